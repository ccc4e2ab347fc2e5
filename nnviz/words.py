"""What the program says: whole sentences, and the numbers, shares and lists in them.

Every text that a user reads is a template of `tr` or `tr_n` with named fields, so that a
translator sees whole sentences. The language is that of the variable NNVIZ_LANGUAGE, read once:
`de` takes `resources/words/de.po`; without it the texts are as they stand in the code.
Templates are found by `python -m tests.words`, which writes `resources/words/nnviz.pot`.
"""

import gettext
import io
import os
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel.core import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from nnviz.paths import RESOURCES

LANGUAGE = os.environ.get("NNVIZ_LANGUAGE", "")
FOLDER = RESOURCES / "words"
_LOCALE = Locale.parse("en_GB")


def catalogue(file: Path) -> gettext.NullTranslations:
    """The translations in a .po file. Raises OSError."""
    # imported here, as the texts in the code need none of it
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with file.open("rb") as lines:
        found = read_po(lines)
    compiled = io.BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


_CATALOGUE = catalogue(FOLDER / f"{LANGUAGE}.po") if LANGUAGE else gettext.NullTranslations()


def tr(template: str, **fields: str | int) -> str:
    """A sentence or a name; `{field}` are places for values. Whole numbers are written with
    `number`, all other numbers must be text already."""
    return _filled(_CATALOGUE.gettext(template), fields)


def tr_n(one: str, many: str, count: int, **fields: str | int) -> str:
    """A sentence about so many things, `{count}`, in the singular or the plural."""
    return _filled(_CATALOGUE.ngettext(one, many, count), {"count": count, **fields})


def _filled(template: str, fields: dict[str, str | int]) -> str:
    if not fields:
        return template
    words = {
        name: number(value) if isinstance(value, int) else value for name, value in fields.items()
    }
    return template.format(**words)


def number(value: float, decimals: int = 0) -> str:
    """12,345.6: rounded like Python rounds, with the signs of the language."""
    return format_decimal(Decimal(f"{value:.{decimals}f}"), _pattern(decimals), _LOCALE)


def signed(value: float, decimals: int = 1) -> str:
    """+1.5 or -1.5; never a sign before zero."""
    shown = number(value, decimals)
    return f"+{shown}" if float(f"{value:.{decimals}f}") > 0 else shown


def percent(share: float, decimals: int = 1) -> str:
    """95.4 %, of 0.954"""
    return tr("{number} %", number=number(100 * share, decimals))


def listed(items: Iterable[str]) -> str:
    """a, b and c"""
    return format_list(list(items), locale=_LOCALE)


def one_of_them(items: Iterable[str]) -> str:
    """a, b or c"""
    return format_list(list(items), "or", locale=_LOCALE)


def sentences(*parts: str) -> str:
    """Whole sentences one after another; empty ones are left out."""
    return " ".join(part for part in parts if part)


@cache
def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")
