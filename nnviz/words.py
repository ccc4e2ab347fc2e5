"""What the program says: whole sentences, and the numbers, shares and lists in them.

Every text that a user reads is a template of `tr` or `tr_n` with named fields, so that a
translator sees whole sentences. The language is that of the variable NNVIZ_LANGUAGE, read once:
`de` takes `resources/words/de.po`, and a path takes the .po file there; without it the texts are
as they stand in the code. `python -m tests.words` writes all templates to
`resources/words/nnviz.pot`.
"""

import gettext
import io
import os
import re
import string
import sys
from collections.abc import Iterable
from functools import lru_cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from nnviz.paths import RESOURCES

if TYPE_CHECKING:  # Babel takes 40 ms, and the texts in the code do without
    from babel.core import Locale
    from babel.messages.catalog import Message

VARIABLE = "NNVIZ_LANGUAGE"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
FOLDER = RESOURCES / "words"
AS_IN_THE_CODE = "en_GB"
"""The language of the texts in the code, and how it writes numbers and lists."""


Value = str | int | Path


class CatalogueError(ValueError):
    """A language that cannot be read; the message is one sentence for the user."""


def language_file(language: str) -> Path:
    """Where the texts of a language lie: it is a name, or the path of a .po file itself."""
    return Path(language) if language.endswith(".po") else FOLDER / f"{language}.po"


def read_catalogue(file: Path) -> tuple[gettext.GNUTranslations, str, int]:
    """The translations in a .po file, the language whose numbers and lists go with them, and how
    many were left out as their fields are not those of the text. Raises CatalogueError."""
    # Babel: the texts in the code do without, as below
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        with file.open("rb") as lines:
            found = read_po(lines, abort_invalid=True)
        broken = [message for message in found if message.id and not _same_fields(message)]
        for message in broken:
            found.delete(message.id, message.context)
        compiled = io.BytesIO()
        write_mo(compiled, found)
        compiled.seek(0)
        translations = gettext.GNUTranslations(compiled)
        translations.ngettext("", "", 1)  # the rule for plurals is read with the first of them
    except OSError as error:
        raise CatalogueError(f"{file} cannot be read: {error.strerror or error}.") from error
    except (PoFileError, ValueError, ArithmeticError, LookupError, SyntaxError) as error:
        raise CatalogueError(f"{file} is no catalogue of texts: {error}.") from error
    return translations, str(found.locale or AS_IN_THE_CODE), len(broken)


def _same_fields(message: "Message") -> bool:
    """Whether each translation of a message has exactly its fields (one that is missing counts
    as right, and the singular may do without the number)."""
    ids = (message.id,) if isinstance(message.id, str) else message.id
    texts = (message.string,) if isinstance(message.string, str) else message.string or ()
    wanted = {name for text in ids for name in _fields(text)}
    counted = {"count"} if len(ids) > 1 else set()
    try:
        return all(_fields(text) | counted == wanted | counted for text in texts if text)
    except ValueError:
        return False


def _fields(text: str) -> set[str]:
    """The names of its fields; raises ValueError where one is more than a name."""
    parsed = [part for part in string.Formatter().parse(text) if part[1] is not None]
    if any(spec or conversion for _, _, spec, conversion in parsed):
        raise ValueError(text)
    return {str(name) for _, name, _, _ in parsed}


def _chosen() -> tuple[gettext.NullTranslations, str]:
    """The texts and the name of the language that the user wants; says what is wrong with it."""
    language = os.environ.get(VARIABLE, "")
    if language in ("", "en"):
        return gettext.NullTranslations(), AS_IN_THE_CODE
    try:
        translations, name, broken = read_catalogue(language_file(language))
    except CatalogueError as error:
        # taken away, so that the processes started from here do not say it again
        del os.environ[VARIABLE]
        print(f"nnviz: {VARIABLE}={language}: {error} The texts are English.", file=sys.stderr)
        return gettext.NullTranslations(), AS_IN_THE_CODE
    if broken:
        print(
            f"nnviz: {VARIABLE}={language}: texts that stay English, as their fields differ: "
            f"{broken}.",
            file=sys.stderr,
        )
    return translations, name


_CATALOGUE, LANGUAGE = _chosen()


# ---- digits, or pictures -------------------------------------------------------------

PICTURES = "pictures"
"""The context of a text in a catalogue that speaks of pictures where the usual one says digits."""
_IN_ENGLISH = {
    "not a digit": "no class",
    "Not a digit": "No class",
    "that is no digit": "of no class",
    "that are no digit": "of no class",
    "digits": "pictures",
    "digit": "picture",
    "Digits": "Pictures",
    "Digit": "Picture",
}
_WHOLE = {"Digits": "Data set", "digits": "test pictures"}
"""Texts whose words would be those of another text"""
_DIGIT = re.compile(rf"\b({'|'.join(_IN_ENGLISH)})\b(?!\}})")
_OF_DIGITS_ALONE = re.compile(r"[Pp]icture|MNIST|binary|non-digit|\b[Rr]ow|written|--|nnviz digits")
"""Texts that stay as they are, whatever is looked at"""
_speaks_of_pictures = False
_templates: dict[str, str] = {}
"""Text without fields, in either way of speaking -> its template"""


def speak_of(pictures: bool) -> None:
    """Has texts speak of pictures from now on, or again of digits."""
    global _speaks_of_pictures
    _speaks_of_pictures = pictures


def said_now(text: str) -> str:
    """A text as it would be said now, where it or whole sentences in it were said otherwise."""
    template = _templates.get(text)
    if template is not None:
        return _said(template)
    if ("igit" if _speaks_of_pictures else "icture") not in text:
        return text
    return _parts_said_now(text, len(_templates), _speaks_of_pictures)


def lines_now(lines: Iterable[str]) -> list[str]:
    """The lines of one text as they would be said now."""
    return said_now("\n".join(lines)).split("\n")


@lru_cache(maxsize=1024)
def _parts_said_now(text: str, *_: int) -> str:
    """Texts of several words that were put into another one, said as now; kept as long as no
    other text is known and the way of speaking stays."""
    inside = [each for each in _templates if " " in each and each in text]
    for each in sorted(inside, key=len, reverse=True):
        text = text.replace(each, _said(_templates[each]))
    return text


def of_pictures(template: str) -> str:
    """A template in English that speaks of pictures instead of digits; the same where it is
    about digits alone."""
    if template in _WHOLE:
        return _WHOLE[template]
    if _OF_DIGITS_ALONE.search(template):
        return template
    return _DIGIT.sub(lambda found: _IN_ENGLISH[found[0]], template)


def _said(template: str) -> str:
    usual = _CATALOGUE.gettext(template)
    if "igit" not in template:  # most texts: nothing to look up
        return usual
    other = _CATALOGUE.pgettext(PICTURES, template)
    if other == template:  # no such text in the catalogue
        other = of_pictures(template) if usual == template else usual
    _templates[usual] = _templates[other] = template
    return other if _speaks_of_pictures else usual


def _said_n(one: str, many: str, count: int) -> str:
    usual = _CATALOGUE.ngettext(one, many, count)
    if not _speaks_of_pictures or "igit" not in one:
        return usual
    other = _CATALOGUE.npgettext(PICTURES, one, many, count)
    if other in (one, many):
        return of_pictures(usual) if usual in (one, many) else usual
    return other


# ---- texts ---------------------------------------------------------------------------


def tr(template: str, **fields: Value) -> str:
    """A sentence or a name; `{field}` are places for values. Whole numbers are written with
    `number`, all other numbers must be text already."""
    return _filled(_said(template), fields)


def tr_later(template: str) -> str:
    """A template whose fields are filled in by its `format`, where it is used: for those that
    stand side by side in a table. Whole numbers are written as they are, without a separator;
    all others must be text already."""
    return _said(template)


def tr_n(one: str, many: str, count: int, **fields: Value) -> str:
    """A sentence about so many things, `{count}`, in the singular or the plural."""
    return _filled(_said_n(one, many, count), {"count": count, **fields})


def _filled(template: str, fields: dict[str, Value]) -> str:
    if not fields:
        return template
    words = {
        name: number(value) if isinstance(value, int) else str(value)
        for name, value in fields.items()
    }
    return template.format(**words)


# ---- numbers and lists ---------------------------------------------------------------


def number(value: float, decimals: int = 0) -> str:
    """12,345.6: rounded like Python rounds, with the signs of the language; never a minus
    before zero."""
    return f"{value:z,.{decimals}f}".translate(_SIGNS)


def plain(value: float, digits: int = 10) -> str:
    """0.0001, 12,345 or 1e+12: with the decimals that it has, but so many digits at most."""
    return f"{value:z,.{digits}g}".translate(_SIGNS)


def signed(value: float, decimals: int = 1) -> str:
    """+1.5 or -1.5; never a sign before zero."""
    shown = number(value, decimals)
    return f"+{shown}" if float(f"{value:.{decimals}f}") > 0 else shown


def raised(base: int | str, exponent: int) -> str:
    """2¹⁰ or k², with the exponent raised."""
    return f"{base}{str(exponent).translate(_RAISED)}"


def percent(share: float, decimals: int = 1) -> str:
    """95.4 %, of 0.954"""
    return tr("{number} %", number=number(100 * share, decimals))


def listed(items: Iterable[str]) -> str:
    """a, b and c"""
    return _list(list(items), "standard", "and")


def one_of_them(items: Iterable[str]) -> str:
    """a, b or c"""
    return _list(list(items), "or", "or")


def commas(items: Iterable[str]) -> str:
    """a, b, c: where a list has no last word, or no room for one"""

    def with_another(before: str, item: str) -> str:
        # Translators: a list without a last word, and one item more of it
        return tr("{before}, {item}", before=before, item=item)

    found = list(items)
    return reduce(with_another, found) if found else ""


def clauses(items: Iterable[str]) -> str:
    """a; b; c: what one sentence says one after the other"""

    def with_another(before: str, item: str) -> str:
        # Translators: parts of a sentence, and one part more
        return tr("{before}; {item}", before=before, item=item)

    found = list(items)
    return reduce(with_another, found) if found else ""


def sentences(*parts: str) -> str:
    """Whole sentences one after another; empty ones are left out."""
    return " ".join(part for part in parts if part)


def _list(items: list[str], style: Literal["standard", "or"], last: str) -> str:
    if LANGUAGE == AS_IN_THE_CODE:  # the first page has lists, and must not wait for Babel
        before = [", ".join(items[:-1])] if len(items) > 1 else []
        return f" {last} ".join([*before, *items[-1:]])
    # Babel: only other languages need it
    from babel.lists import format_list

    return format_list(items, style, _locale())


def _locale() -> "Locale":
    # Babel: only other languages need it
    from babel.core import Locale

    return Locale.parse(LANGUAGE)


def _signs() -> dict[int, str]:
    """What stands in this language for the signs that Python writes numbers with."""
    if LANGUAGE == AS_IN_THE_CODE:
        return {}
    # Babel: only other languages need it
    from babel.numbers import get_decimal_symbol, get_group_symbol, get_minus_sign_symbol

    locale = _locale()
    return {
        ord(","): get_group_symbol(locale),
        ord("."): get_decimal_symbol(locale),
        ord("-"): get_minus_sign_symbol(locale),
    }


_SIGNS = _signs()
