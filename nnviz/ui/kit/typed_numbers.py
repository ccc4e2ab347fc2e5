"""What a typed text means as a number, in the signs of a language; never a guess.

- A point is a decimal point everywhere, and so is the decimal sign of the language.
- Groups of three digits may stand apart by the group sign of the language, or by spaces.
- A comma that is neither of the two is a decimal comma, unless it could part groups.
- Whole numbers are not written with three decimals: in a field for one, 60.000 means 60,000 where
  the point is the group sign, and is refused elsewhere.
- What can be read as two numbers (1.500 where the point is the group sign) is refused.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QLocale


class NoNumber(ValueError):
    """A text that is no number."""


class TwoNumbers(ValueError):
    """A text that can be read in two ways; both are kept."""

    def __init__(self, one: Decimal, other: Decimal) -> None:
        super().__init__(one, other)
        self.one, self.other = one, other


@dataclass(frozen=True)
class Signs:
    """What numbers are written with, besides the digits."""

    decimal: str
    group: str
    power: str = "e"

    @classmethod
    def of(cls, locale: QLocale) -> "Signs":
        """Those of a language."""
        power = _in_plain_signs(locale.exponential()).lower()
        return cls(locale.decimalPoint(), _in_plain_signs(locale.groupSeparator()), power)


POINT = "."
APOSTROPHES = dict.fromkeys(
    map(ord, "\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"), "'"
)


def number_in(text: str, signs: Signs, whole: bool) -> Decimal:
    """The number that a text means, with any digits of Unicode; `whole`: of a field for whole
    numbers (the number need not be one). Raises NoNumber or TwoNumbers."""
    typed = _in_plain_signs(text).strip().lower()
    if signs.power != "e":
        typed = typed.replace(signs.power, "e")
    grouped = _grouped(typed, signs)
    if grouped is not None:
        if not whole and _ungrouped(typed, POINT) is not None:
            raise TwoNumbers(_number(typed), grouped)
        return grouped
    for decimal in (signs.decimal, POINT, ","):
        found = _ungrouped(typed, decimal)
        if found is None:
            continue
        strange = whole or decimal not in (signs.decimal, POINT)
        if strange and re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}{re.escape(decimal)}\d{{3}}", typed):
            raise TwoNumbers(found, _number(typed.replace(decimal, "")))
        return found
    raise NoNumber(text)


def as_typed(value: float, signs: Signs) -> str:
    """A number as one would type it, in plain digits and without groups: `number_in` reads it
    back to the same value."""
    written = f"{Decimal(repr(float(value))):f}".removesuffix(".0")
    # 1.125 would be ambiguous where the point is the group sign; where digits are not the plain
    # ones their decimal sign would stand out
    return written.replace(POINT, signs.decimal) if signs.decimal == "," else written


def _in_plain_signs(text: str) -> str:
    """Digits 0 to 9, one kind of space, minus and apostrophe; no marks of writing direction."""
    return "".join(
        _plain_sign(sign) for sign in text if unicodedata.category(sign) != "Cf"
    ).translate(APOSTROPHES)


def _plain_sign(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if sign.isspace():
        return " "
    return "-" if sign == "\N{MINUS SIGN}" else sign


def _grouped(typed: str, signs: Signs) -> Decimal | None:
    """In groups of three, the first of one to three digits and not 0."""
    group = rf"(?P<group>[ {re.escape(signs.group)}])"
    found = re.fullmatch(
        rf"([+-]?[1-9]\d{{0,2}}{group}\d{{3}}(?:(?P=group)\d{{3}})*)"
        rf"(?:{re.escape(signs.decimal)}(\d*))?",
        typed,
    )
    if found is None:
        return None
    return _number(f"{found[1].replace(found['group'], '')}.{found[3] or ''}")


def _ungrouped(typed: str, decimal: str) -> Decimal | None:
    sign = re.escape(decimal)
    if re.fullmatch(rf"[+-]?(?:\d+(?:{sign}\d*)?|{sign}\d+)(?:e[+-]?\d+)?", typed) is None:
        return None
    return _number(typed.replace(decimal, POINT))


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError as error:  # a power that is no power of anything
        raise NoNumber(text) from error
