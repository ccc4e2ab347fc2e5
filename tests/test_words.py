"""Every text that a user reads is a whole template, and a translator gets all of them."""

import ast
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.ui.designs.words import with_sign
from nnviz.words import (
    PICTURES,
    CatalogueError,
    language_file,
    number,
    of_pictures,
    percent,
    plain,
    read_catalogue,
    signed,
)
from tests.program import ran_alone
from tests.words.bypass import Found, found_below, found_in, own
from tests.words.exceptions import NO_TEXTS, NOT_YET
from tests.words.longer import KEPT, LONGER, longer, made_up
from tests.words.templates import FILE, PROGRAM, as_text, templates


def texts_outside() -> list[Found]:
    """All texts that bypass the catalogue and have no excuse."""
    return [
        each
        for each in found_below(PROGRAM)
        if not each.file.startswith(NOT_YET)
        and not any(
            re.fullmatch(file, each.file) and re.fullmatch(text, each.text)
            for file, text, _ in NO_TEXTS
        )
    ]


def test_every_text_goes_through_the_catalogue() -> None:
    assert not (found := texts_outside()), "\n" + "\n".join(map(str, found))


def test_every_exception_is_needed() -> None:
    found = found_below(PROGRAM)
    for file, text, _ in NO_TEXTS:
        for one in text.split("|"):
            texts = [each.text for each in found if re.fullmatch(file, each.file)]
            assert any(re.fullmatch(one, each) for each in texts), one
    for place in NOT_YET:
        assert any(each.file.startswith(place) for each in found), f"{place} is done"


FAULTS = {
    'label.setText("Two words")': "a text outside tr",
    'label.setToolTip("Word")': "a text outside tr",
    'label.setText(tr("Words") if fine else "wrong")': "a text outside tr",
    'shown = ["two words"]': "a text outside tr",
    'shown = {"ensemble": "Ensemble", "own": "One-vs-rest"}': "a text outside tr",
    'shown = ["10 outputs"]': "a text outside tr",
    'raise Own("Never.")': "a text outside tr",
    'raise Mistake(f"{name} is")': "a sentence glued in an f-string",
    'raise Mistake("{name} is", names=name)': "fields of the template and of the call differ",
    'print("Never")': "a text outside tr",
    'Kind("Name", 1)': "a text outside tr",
    'Kind(number=1, label="Name")': "a text outside tr",
    'made("Name")': "a text outside tr",
    'option(help="Name")': "a text outside tr",
    'def command(data: Annotated[int, Option(help="Name")] = 0): ...': "a text outside tr",
    "shown = f'{count} digits'": "a sentence glued in an f-string",
    "shown = f'{name} is here: {count} digits {size}'": "a sentence glued in an f-string",
    "shown = f'digit {count}'": "a sentence glued in an f-string",
    "shown = f'<b>{tr(\"Two words\")}</b>'": "a template inside an f-string",
    "shown = 'digit ' + name": "a sentence glued with +",
    "shown = '%s digits' % count": "a sentence filled with %",
    "shown = '{} digits'.format(count)": "a text outside tr",
    "shown = ', '.join(names)": "a list by hand",
    "shown = ' and '.join(names)": "a list by hand",
    "shown = 's' if count != 1 else ''": "a plural by hand",
    "shown = 'class' if len(known) == 1 else 'classes'": "a plural by hand",
    'shown = tr("{count} digit(s)", count=count)': "a plural by hand",
    "shown = f'{count:,}'": "a number with its own signs",
    "shown = f'{share:.1%}'": "a number with its own signs",
    "shown = f'{share:+.2f}'": "a number with its own signs",
    'shown = text.replace("%", " %")': "a share by hand",
    "shown = tr(text)": "a template that is not one literal",
    'shown = tr("a" + text)': "a template that is not one literal",
    'shown = tr(f"{text} is")': "a template that is not one literal",
    'shown = tr_n("{count} digit", text, count)': "a template that is not one literal",
    'shown = tr("{0} is", name=name)': "a field that is no plain name",
    'shown = tr("{share:.1f} is", share=share)': "a field that is no plain name",
    'shown = tr("{name} is")': "fields of the template and of the call differ",
    'shown = tr("It is", name=name)': "fields of the template and of the call differ",
    'shown = tr("It is {name", name=name)': "a template with a broken field",
    'shown = tr("{name} is", **fields)': "fields whose names cannot be read",
    'fields = {"name": name}\nshown = tr("{n} is", **fields)': "fields of the template and of the "
    "call differ",
    'shown = tr("It goes {way}", **{"way": "up"})': "a fragment in a field",
    'label.setText(f"{count}x Word")': "a text outside tr",
    'shown = tr("It goes {way}", way="up" if up else "down")': "a fragment in a field",
    'shown = tr(", which is right")': "a template that is no whole text",
    'shown = tr("it is ")': "a template that is no whole text",
}
"""Lines of code with a fault each."""

FINE = (
    'label.setText(tr("Two words"))',
    'shown = tr("{name} has {count} digits", name=name, count=3)',
    'shown = tr_n("{count} digit of {name}", "{count} digits of {name}", count, name=name)',
    'fields = dict(name=name)\nfields["count"] = 3\nshown = tr("{name} has {count}", **fields)',
    'def of(name): return {"name": name, "more": 3}\nshown = tr("{name} is", **of(name))',
    'label.setText(f"<b style=\\"a: b\\">{first}</b>&nbsp;{second}")',
    'label.setObjectName("page-train")',
    'raise Mistake("{name} is never.", name=name)',
    "raise Mistake(str(error))",
    'raise ValueError("this cannot happen")',
    'def stub(work: "list[Work] | None") -> "Work | None": ...',
    'label.setStyleSheet(f"QLabel {{ color: {colour}; padding: 2px }}")',
    'shown = " ".join([tr("One."), tr("Two.")])',
    'name = f"{page}-{view}"',
    'print(dumps({"test_accuracy": 1.0}))',
    'label.setText("×")',
    'View = TypeVar("View")',
    'FIRES = tr_later("neuron {neuron} fires {amount}")\nshown = FIRES.format(neuron=n, amount=a)',
    'asked = "classes" if image.shape[2] > 1 else "digits"',
)
"""Lines of code without one."""

AROUND = '''"""Here are words."""
class Refusal(ValueError):
    """Here are words."""
class Mistake(Refusal): ...
class Own(Refusal):
    def __init__(self, sentence): ...
class Kind:
    label: str
    """Here are words."""
    number: int
def made(label: str): ...
'''


def faults_of(code: str) -> list[str]:
    tree = ast.parse(AROUND + code)
    return [each.fault for each in found_in("planted.py", tree, own([tree]))]


@pytest.mark.parametrize("code", FAULTS)
def test_a_planted_fault_is_found(code: str) -> None:
    assert FAULTS[code] in faults_of(code)


@pytest.mark.parametrize("code", FINE)
def test_what_is_fine_is_not_found(code: str) -> None:
    assert faults_of(code) == []


def test_a_fault_is_told_with_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "nnviz"
    folder.mkdir()
    (folder / "page.py").write_text('import x\n\nx.setText("Two words")\n', "utf-8")
    (found,) = found_below(folder)
    assert str(found) == "nnviz/page.py:3: a text outside tr: 'Two words'"


# ---- what a translator gets ----------------------------------------------------------


def test_the_template_file_holds_the_texts_of_today() -> None:
    written = FILE.read_text("utf-8")
    assert written == as_text(templates()), "out of date: python -m tests.words"


def test_one_command_writes_a_language_that_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["tests.words", "--pseudo", str(tmp_path)])
    runpy.run_module("tests.words", run_name="__main__")
    texts, language, broken = read_catalogue(tmp_path / "longer.po")
    assert (language, broken) == ("cs", 0)
    assert texts.gettext("{number} %") == "{number} %"
    assert texts.gettext("label {label}") == longer("label {label}") == "[ļåƀéļ {label}~]"


def test_the_made_up_texts_are_two_fifths_longer() -> None:
    for message in made_up(templates()):
        ids, texts = (
            (each,) if isinstance(each, str) else each for each in (message.id, message.string)
        )
        for text, made in zip(ids, texts, strict=False):
            told = of_pictures(text) if message.context == PICTURES else text
            own = KEPT.sub("", told)
            has_words = any(map(str.isalpha, own))
            assert len(made) >= len(told) + LONGER * len(own) * has_words, text


# ---- the language of the program -----------------------------------------------------

SAID = """
from nnviz.words import commas, listed, number, one_of_them, percent, signed, tr, tr_n
print(number(12345.6, 1), signed(-0.04), percent(0.954), sep="|")
print(listed("abc"), one_of_them("abc"), commas("abc"), sep="|")
print(listed("ab"), one_of_them("a"), listed(""), commas(""), sep="|")
print(tr("{count} of {name}", count=1234, name="x"), sep="|")
print(*(tr_n("{count} digit", "{count} digits", count) for count in (1, 3, 5)), sep="|")
"""
GERMAN = """
msgid ""
msgstr ""
"Language: de\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "{count} of {name}"
msgstr "{name}, davon {count}"

msgid "{count} digit"
msgid_plural "{count} digits"
msgstr[0] "eine Ziffer"
msgstr[1] "{count} Ziffern"
"""


def said_in(language: str) -> tuple[list[str], str]:
    """What is said in a language, line by line, and what on standard error."""
    done = subprocess.run(
        [sys.executable, "-c", SAID],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"NNVIZ_LANGUAGE": language, "PYTHONIOENCODING": "utf-8"},
        cwd=PROGRAM.parent,
        check=True,
    )
    return done.stdout.splitlines(), done.stderr


ENGLISH = [
    "12,345.6|0.0|95.4 %",
    "a, b and c|a, b or c|a, b, c",
    "a and b|a||",
    "1,234 of x",
    "1 digit|3 digits|5 digits",
]


NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.floats(-1e-3, 1e-3)


@example(value=-6.5e-18, decimals=1)
@example(value=-0.0, decimals=0)
@example(value=-0.05, decimals=1)
@example(value=-0.0005, decimals=1)
@given(value=NUMBERS, decimals=st.integers(0, 4))
def test_no_number_is_minus_zero(value: float, decimals: int) -> None:
    written = [
        number(value, decimals),
        signed(value, decimals),
        percent(value, decimals),
        plain(value),
        with_sign(value, decimals),
    ]
    assert not [each for each in written if re.fullmatch(r"[-−]0[.0]*( %)?", each)]


@pytest.mark.parametrize("language", ["", "en"])
def test_without_a_language_the_texts_are_those_of_the_code(language: str) -> None:
    assert said_in(language) == (ENGLISH, "")


def test_numbers_lists_and_plurals_follow_the_language(tmp_path: Path) -> None:
    file = tmp_path / "de.po"
    file.write_text(GERMAN, "utf-8")
    assert said_in(str(file)) == (
        [
            "12.345,6|0,0|95,4 %",
            "a, b und c|a, b oder c|a, b, c",
            "a und b|a||",
            "x, davon 1.234",
            "eine Ziffer|3 Ziffern|5 Ziffern",
        ],
        "",
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "cannot be read"),
        ("\x00\x01", "is no catalogue of texts"),
        ('msgid "x', "is no catalogue of texts"),
        (GERMAN.replace("(n != 1)", "n !!"), "is no catalogue of texts"),
        (GERMAN.replace("(n != 1)", "n % (n - 1)"), "is no catalogue of texts"),
        (GERMAN.replace("utf-8", "no-code"), "is no catalogue of texts"),
        (GERMAN.replace("Language: de", "Language: no-such-one"), "is no catalogue of texts"),
    ],
)
def test_a_broken_language_is_one_sentence_and_english(
    tmp_path: Path, text: str | None, why: str
) -> None:
    file = tmp_path / "xx.po"
    if text is not None:
        file.write_text(text, "utf-8")
    said, complaint = said_in(str(file))
    assert said == ENGLISH
    assert complaint.startswith(f"nnviz: NNVIZ_LANGUAGE={file}: {file} {why}")
    assert complaint.endswith("The texts are English.\n")
    assert complaint.count("\n") == 1


def test_a_name_that_there_is_not_is_said() -> None:
    assert language_file("xx").name == "xx.po"
    with pytest.raises(CatalogueError, match=r"xx\.po cannot be read"):
        read_catalogue(language_file("xx"))


@pytest.mark.parametrize("field", ["{zahl}", "{count:d}", "{count!x}", "{}"])
def test_a_translation_with_other_fields_is_left_out(tmp_path: Path, field: str) -> None:
    file = tmp_path / "de.po"
    file.write_text(GERMAN.replace("davon {count}", f"davon {field}"), "utf-8")
    said, complaint = said_in(str(file))
    assert said[3] == "1.234 of x"
    assert "texts that stay English, as their fields differ: 1." in complaint


def test_the_program_speaks_the_language(tmp_path: Path) -> None:
    file = tmp_path / "longer.po"
    file.write_text(as_text(made_up(templates())), "utf-8")
    with file.open("rb") as lines:
        assert len(read_po(lines)) == len(templates())
    done = ran_alone("evaluate", "no-such-file", NNVIZ_LANGUAGE=str(file))
    assert done.status == 1
    assert done.err.startswith("nnviz: [")
