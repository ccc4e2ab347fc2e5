"""What is typed into a field for a number keeps its meaning in every language, or is refused in
words and changes nothing."""

import re
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox

import nnviz.ui
from nnviz.networks.settings import SETTING_TYPES, SETTINGS, Settings
from nnviz.ui.kit.number_field import NumberField
from nnviz.ui.kit.typed_numbers import NoNumber, Signs, TwoNumbers, as_typed, number_in
from nnviz.ui.pages.setting_controls import make_control
from tests.ui.conftest import Show
from tests.ui.rows_window import opened_rows

pytestmark = pytest.mark.usefixtures("application")

LANGUAGES = ("de_DE", "en_US", "fr_FR", "tr_TR", "ar")
NUMBERS = [
    name
    for name, setting in SETTINGS.items()
    if SETTING_TYPES[name] in (int, float) and not setting.choices and name != "speed"
]
"""Settings with a field; the speed has a slider."""

# ---- the meaning of a text -----------------------------------------------------------


def arabic(text: str) -> str:
    """The same in Arabic digits and signs."""
    digits = {ord("0") + digit: 0x660 + digit for digit in range(10)}
    return text.translate(digits | {ord("."): 0x66B, ord(","): 0x66C})


PIECES = st.text("0123456789", max_size=6) | st.sampled_from(
    [*".,-+eE' x", "\u202f", "\xa0", "\u2019", "\u2212", QLocale("ar").exponential()]
)
GROUPS = st.from_regex(
    r"[+-]?[0-9]{1,3}([., \u202f][0-9]{3}){1,2}([.,][0-9]{1,3})?", fullmatch=True
)
TEXTS = st.lists(PIECES, max_size=6).map("".join) | GROUPS
TEXTS = TEXTS | TEXTS.map(arabic)


def by_qt(text: str, locale: QLocale) -> Decimal | None:
    """What the language takes the text for; groups that begin with a 0 are none."""
    value, known = locale.toDouble(text.strip())
    grouped = locale.groupSeparator() in text
    if not known or (grouped and re.match(r"[+-]?[0\u0660]", text.strip())):
        return None
    return Decimal(repr(value))


def by_decimal(text: str) -> Decimal | None:
    """What programs take it for, with a decimal point."""
    try:
        return Decimal(text.strip()) if re.search(r"\d", text) else None
    except InvalidOperation:
        return None


@given(TEXTS, st.sampled_from(LANGUAGES), st.booleans())
@example("60.000", "de_DE", True)
@example("60.000", "en_US", True)
@example("60,000", "de_DE", True)
@example("1.500", "de_DE", False)
@example("0,00005", "en_US", False)
@example("0.00005", "de_DE", False)
def test_a_text_means_what_the_language_or_a_decimal_point_says(
    text: str, language: str, whole: bool
) -> None:
    locale = QLocale(language)
    ours, point, comma = by_qt(text, locale), by_decimal(text), by_decimal(text.replace(",", "."))
    try:
        found = number_in(text, Signs.of(locale), whole)
    except NoNumber:
        assert ours is None
        assert point is None
        return
    except TwoNumbers as error:
        readings = {error.one, error.other}
        found = None
    if found is None:
        assert len(readings) == 2
        assert readings & {ours, point, comma}
        assert ours is None or point is None or ours != point or whole
        return
    if ours is not None:
        assert float(found) == float(ours)
    elif point is not None:
        assert found == point
    elif comma is not None:
        assert found == comma
    else:  # groups that stand apart by spaces, in other languages too
        spaceless = re.sub(r"\s", "", text)
        assert float(found) == float(by_qt(spaceless, locale) or by_decimal(spaceless) or 0)


@cache
def all_signs() -> set[Signs]:
    """What any language of Qt writes numbers with."""
    locales = QLocale.matchingLocales(
        QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry
    )
    return {Signs.of(locale) for locale in locales}


@given(st.floats(1e-4, 1e6) | st.integers(0, 999_999_999) | st.just(1.125) | st.just(1024.5))
def test_a_number_that_is_shown_reads_back_to_itself_in_every_language(value: float) -> None:
    for signs in all_signs():
        whole = isinstance(value, int)
        assert float(number_in(as_typed(value, signs), signs, whole)) == value


# ---- the fields ----------------------------------------------------------------------


class Told(list[object]):
    """What a field asked for, and what it said."""

    def ask(self, name: str, value: object) -> None:
        self.append(value)


def field(name: str, language: str) -> tuple[NumberField, Told]:
    """That of a setting, showing its default."""
    told = Told()
    made = make_control(name, told.ask, told.append)
    assert isinstance(made, NumberField)
    made.setLocale(QLocale(language))
    made.setValue(getattr(Settings(), name))
    told.clear()
    return made, told


def enter(made: NumberField, text: str) -> None:
    made.lineEdit().setText(text)
    QTest.keyClick(made, Qt.Key.Key_Return)


TYPED: dict[str, dict[str, tuple[str | None, str | None]]] = {
    "de_DE": {
        "60.000": ("60000", None),
        "60,000": (None, "60"),
        "1.500": ("1500", None),
        "1.234,5": ("1234.5", "1234.5"),
        "12.5": ("12.5", "12.5"),
        "0,5": ("0.5", "0.5"),
        "1,125": (None, "1.125"),
        "0.00005": ("0.00005", "0.00005"),
        "0.005": ("0.005", "0.005"),
    },
    "en_US": {
        "60.000": (None, "60"),
        "60,000": ("60000", "60000"),
        "1,500": ("1500", "1500"),
        "1,5": ("1.5", "1.5"),
        "0,00005": ("0.00005", "0.00005"),
        "1.000.000": (None, None),
        "0.125": ("0.125", "0.125"),
    },
    "fr_FR": {
        "60\u202f000": ("60000", "60000"),
        "60 000": ("60000", "60000"),
        "60.000": (None, "60"),
        "0,0625": ("0.0625", "0.0625"),
        "1 2": (None, None),
    },
    "tr_TR": {"1.000": ("1000", None), "0,25": ("0.25", "0.25"), "2,0": ("2", "2")},
    "ar": {
        arabic("60,000"): ("60000", "60000"),
        arabic("0.25"): ("0.25", "0.25"),
        arabic("12"): ("12", "12"),
        "0.25": ("0.25", "0.25"),
        "60,000": (None, None),
    },
}
"""Language, text -> its meaning in a field for whole numbers and in one for any; None: neither."""
ANYWHERE: dict[str, tuple[str | None, str | None]] = {
    "": (None, None),
    "-": (None, None),
    "-5": ("-5", "-5"),
    "1e": (None, None),
    "1e3": ("1000", "1000"),
    "1e999999999999": ("1e999999999999", "1e999999999999"),
    "7": ("7", "7"),
    "30": ("30", "30"),
    "5.": ("5", "5"),
    "1/2": (None, None),
    "nan": (None, None),
    "inf": (None, None),
    "1_0": (None, None),
    "99999999999999999999": ("99999999999999999999", "99999999999999999999"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NUMBERS)
def test_each_setting_takes_what_a_text_means_or_says_what_it_allows(
    name: str, language: str
) -> None:
    setting, whole = SETTINGS[name], SETTING_TYPES[name] is int
    made, told = field(name, language)
    for text, meanings in (TYPED[language] | ANYWHERE).items():
        meant = meanings[0] if whole else meanings[1]
        before, shown = made.value(), made.text()
        told.clear()
        enter(made, text)
        wanted = None if meant is None else Decimal(meant)
        fits = wanted is not None and (
            Decimal(repr(setting.low)) <= wanted <= Decimal(repr(setting.high))
            or (bool(setting.zero) and wanted == 0)
        )
        if fits and whole:
            fits = wanted == wanted.to_integral_value()  # type: ignore[union-attr]
        if fits:
            assert made.value() == float(wanted)  # type: ignore[arg-type]
            assert told == ([] if made.value() == before else [made.value()]), text
            assert not whole or not told or type(told[0]) is int
        else:
            assert (made.value(), made.text()) == (before, shown), text
            (sentence,) = told
            assert isinstance(sentence, str)
            assert sentence.startswith(setting.label)
            assert f"“{text}”" in sentence
            assert sentence.endswith(f"stays {shown}.")


def test_a_refusal_names_the_ends_as_they_can_be_typed() -> None:
    made, told = field("rate", "de_DE")
    enter(made, "0.00005")
    assert told == [
        "Learning rate η must be a number from 0,0001 to 100, not “0.00005”: it stays 0,1."
    ]
    made, told = field("images", "en_US")
    enter(made, "60.000")
    enter(made, "1.5")
    assert told == [
        "Training digits: “60.000” can be read as 60 and as 60000: it stays all.",
        "Training digits must be a whole number from 1 to 1000000, or “all”, not “1.5”: it stays "
        "all.",
    ]
    enter(made, "9" * 10_000)
    assert len(str(told[-1])) < 200


def test_a_value_that_a_setting_shows_reads_back() -> None:
    fields = {(name, where): field(name, where) for name in NUMBERS for where in LANGUAGES}

    @given(st.data(), st.sampled_from(NUMBERS))
    def check(data: st.DataObject, name: str) -> None:
        setting, whole = SETTINGS[name], SETTING_TYPES[name] is int
        ends = setting.low, setting.high
        values = st.integers(*map(int, ends)) if whole else st.floats(*ends)
        value = data.draw(values | st.just(0) if setting.zero else values)
        for language in LANGUAGES:
            made, told = fields[name, language]
            made.setValue(value)
            told.clear()
            assert made.value() == value
            enter(made, made.text())
            assert (made.value(), told) == (value, [])

    check()


def test_no_key_is_lost_while_one_types() -> None:
    made, told = field("epochs", "en_US")
    made.selectAll()
    QTest.keyClicks(made, "1x/2,5e")
    assert (made.lineEdit().text(), told) == ("1x/2,5e", [])
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert made.value() == Settings().epochs
    assert len(told) == 1


def test_an_arrow_goes_on_from_what_is_typed() -> None:
    made, told = field("rate", "de_DE")
    made.lineEdit().setText("0,5")
    made.stepBy(1)
    assert (made.text(), told) == ("1", [1.0])
    made.lineEdit().setText("2")
    made.stepBy(-1)  # back to where it was
    assert (made.text(), told) == ("1", [1.0])
    made.lineEdit().setText("2..")
    made.stepBy(1)
    assert (made.text(), len(told)) == ("1", 2)
    made, told = field("seed", "en_US")
    made.lineEdit().setText("41")
    made.stepBy(1)
    assert (made.value(), told[-1]) == (42, 42)


# ---- the window ----------------------------------------------------------------------


def test_every_number_in_the_window_is_typed_into_such_a_field(show: Show) -> None:
    opened, _ = opened_rows(show)
    opened.window.show_settings(True)
    found = {each.objectName(): each for each in opened.window.findChildren(QAbstractSpinBox)}
    assert found.keys() >= {"setting-rate", "setting-seed", "film-speed", "row-length"}
    for each in found.values():
        assert isinstance(each, NumberField)
        each.setEnabled(True)
        opened.session.change(notice=None)
        shown = each.text()
        enter(each, shown.replace(each.cleanText(), "1.2.3"))
        assert each.text() == shown
        notice = opened.session.state.notice
        assert notice is not None
        assert notice.kind == "error"
        assert notice.sentence.startswith(each.accessibleName())
        assert "“1.2.3”" in notice.sentence
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for file in Path(nnviz.ui.__path__[0]).rglob("*.py")
        if file.name != "number_field.py"
    )
    assert not re.findall(r"Q(?:Double)?SpinBox|getInt|getDouble|toDouble|toInt", code)
