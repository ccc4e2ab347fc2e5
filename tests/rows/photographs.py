"""Rows of digits as people photograph them: with dashes, points, printed labels, lines, boxes,
shadows; seeded, so that the same rows come again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from nnviz.data.arrays import Bytes
from nnviz.data.normalising import ink_box, resized
from nnviz.paths import RESOURCES

DIGIT = 20
"""Pixels of a digit of MNIST along its longer side."""
FONT = RESOURCES / "fonts" / "Inter-Regular.otf"
PEN = 0.1
"""Thickness of a stroke, in heights of the digits."""
LABELS = ("Nr.", "Tel.", "No.", "Tel:", "Datum:", "PLZ", "Code:")
UNITS = ("EUR", "kg", "cm", "CHF")

Box = tuple[float, float, float, float]
"""left, top, right, bottom"""


@dataclass(frozen=True, eq=False)
class Photograph:
    """A picture of a row, and what its digits say."""

    levels: Bytes
    """(height, width) 0..255, dark ink on light paper"""
    string: str


@dataclass(eq=False)
class _Sheet:
    """What is being written: ink 0..1 on a large sheet, pen going right."""

    ink: NDArray[np.float64]
    high: int
    """Pixels of a digit"""
    pen: float
    """Column that the next sign begins at"""
    base: float
    """Row of the base line"""
    random: "np.random.Generator"
    spans: list[tuple[float, float]]
    """First and last column of each digit"""

    @property
    def thick(self) -> float:
        return PEN * self.high * float(self.random.uniform(0.8, 1.3))

    def gap(self, least: float = 0.15, most: float = 0.35) -> None:
        """Moves the pen on, in heights of digits."""
        self.pen += self.high * float(self.random.uniform(least, most))

    def drawn(self, draw: Callable[["ImageDraw.ImageDraw"], object]) -> None:
        """Adds what Pillow draws."""
        layer = Image.new("L", (self.ink.shape[1], self.ink.shape[0]))
        draw(ImageDraw.Draw(layer))
        np.maximum(self.ink, np.asarray(layer) / 255.0, out=self.ink)

    def line(self, *points: tuple[float, float], thick: float | None = None) -> None:
        """A line with round ends through points (right, down)."""
        wide = max(1, round(thick or self.thick))

        def draw(pen: "ImageDraw.ImageDraw") -> None:
            pen.line(points, fill=255, width=wide, joint="curve")
            for x, y in points if wide > 2 else ():
                pen.ellipse((x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2), fill=255)

        self.drawn(draw)

    def digit(self, image: Bytes) -> None:
        """A digit at the pen."""
        box = ink_box(image)
        assert box is not None
        scale = self.high / DIGIT * float(self.random.uniform(0.92, 1.08))
        found = image[box.top : box.bottom, box.left : box.right]
        found = resized(found, *(round(scale * side) for side in found.shape))
        height, width = found.shape
        left = round(self.pen)
        top = round(self.base - height + self.high * float(self.random.uniform(-0.05, 0.03)))
        place = self.ink[top : top + height, left : left + width]
        np.maximum(place, found / 255.0, out=place)
        self.spans.append((left, left + width))
        self.pen = left + width

    def sign(self, sign: str) -> None:
        """A mark at the pen, about as a hand makes it."""
        high, low, left, chance = self.high, self.base, self.pen, self.random.uniform
        thick, size = self.thick, float(chance(0.3, 0.5)) * self.high
        if sign == "-":
            middle = low - high * float(chance(0.4, 0.58))
            end = middle + size * float(chance(-0.12, 0.12))
            self.line((left, middle), (left + size, end), thick=thick)
        elif sign == "+":
            middle = low - high * 0.45
            self.line((left, middle), (left + size, middle), thick=thick)
            half = left + size / 2, middle
            self.line((half[0], half[1] - size / 2), (half[0], half[1] + size / 2), thick=thick)
        elif sign == ".":
            size = thick * 1.3
            place = left, low - size, left + size, low
            self.drawn(lambda pen: pen.ellipse(place, fill=255))
        elif sign == ",":
            size = high * 0.13
            self.line((left + size, low - size / 2), (left, low + size), thick=thick)
        elif sign == ":":
            size = thick * 1.3
            for middle in (low - 0.6 * high, low - size):
                place = left, middle, left + size, middle + size
                self.drawn(partial(lambda place, pen: pen.ellipse(place, fill=255), place))
        elif sign == "/":
            size = 0.45 * high
            self.line((left, low + 0.15 * high), (left + size, low - 1.2 * high), thick=thick)
        else:
            raise ValueError(sign)
        self.pen = left + size

    def printed(self, text: str, share: float) -> None:
        """A word in print, so many heights of digits high."""
        font = ImageFont.truetype(str(FONT), max(8, round(share * self.high / 0.73)))
        where = round(self.pen), round(self.base)
        self.drawn(lambda pen: pen.text(where, text, fill=255, font=font, anchor="ls"))
        self.pen += font.getlength(text)


Write = Callable[[_Sheet, Callable[[str], None]], None]
"""Writes on a sheet; the second writes a text of digits and marks at the pen."""


def _row(text: Callable[["np.random.Generator"], str]) -> Write:
    return lambda sheet, write: write(text(sheet.random))


def _digits(random: "np.random.Generator", least: int = 3, most: int = 6) -> str:
    count = int(random.integers(least, most + 1))
    return "".join(map(str, random.integers(0, 10, count)))


def _amount(random: "np.random.Generator", mark: str) -> str:
    return f"{_digits(random, 1, 3)}{mark}{_digits(random, 2, 2)}"


def _date(random: "np.random.Generator", mark: str) -> str:
    day, month = random.integers(1, 32), random.integers(1, 13)
    return f"{day}{mark}{month}{mark}{random.integers(1990, 2030)}"


def _phone(random: "np.random.Generator") -> str:
    return f"0{_digits(random, 2, 3)}-{_digits(random, 3, 5)}"


def _labelled(sheet: _Sheet, write: Callable[[str], None]) -> None:
    sheet.printed(str(sheet.random.choice(LABELS)), float(sheet.random.uniform(0.5, 0.9)))
    sheet.gap(0.35, 0.7)
    write(_digits(sheet.random))


def _with_unit(sheet: _Sheet, write: Callable[[str], None]) -> None:
    write(_digits(sheet.random, 2, 4))
    sheet.gap(0.35, 0.7)
    sheet.printed(str(sheet.random.choice(UNITS)), float(sheet.random.uniform(0.5, 0.9)))


def _ends(sheet: _Sheet, beyond: float = 0.4) -> tuple[float, float]:
    far = beyond * sheet.high
    return sheet.spans[0][0] - far, sheet.spans[-1][1] + far


def _base_line(sheet: _Sheet, write: Callable[[str], None], below: tuple[float, float]) -> None:
    write(_digits(sheet.random))
    left, right = _ends(sheet)
    row = sheet.base + sheet.high * float(sheet.random.uniform(*below))
    sheet.line((left, row), (right, row), thick=max(1.0, sheet.thick * 0.4))


def _ruled(sheet: _Sheet, write: Callable[[str], None], squared: bool = False) -> None:
    write(_digits(sheet.random))
    apart = sheet.high * float(sheet.random.uniform(0.5, 0.7) if squared else 1.4)
    thick = max(1.0, 0.03 * sheet.high)
    rows = np.arange(sheet.base + 0.05 * sheet.high - 4 * apart, len(sheet.ink), apart)
    for row in rows[rows > 0]:
        sheet.line((0, row), (sheet.ink.shape[1], row), thick=thick)
    if squared:
        for column in np.arange(sheet.random.uniform(0, apart), sheet.ink.shape[1], apart):
            sheet.line((column, 0), (column, len(sheet.ink)), thick=thick)


def _boxes(sheet: _Sheet, write: Callable[[str], None], apart: tuple[float, float]) -> None:
    wide, high = 1.15 * sheet.high, 1.4 * sheet.high
    thick, left = max(1.0, 0.04 * sheet.high), sheet.pen
    top, bottom = sheet.base - 1.2 * sheet.high, sheet.base + 0.2 * sheet.high
    between = float(sheet.random.uniform(*apart)) * sheet.high
    text = _digits(sheet.random)
    for number, digit in enumerate(text):
        start = left + number * (wide + between)
        sheet.pen = start + float(sheet.random.uniform(0.2, 0.3)) * sheet.high
        write(digit)
        corners = (start, top), (start + wide, top), (start + wide, bottom), (start, bottom)
        sheet.line(*corners, (start, top), thick=thick)
    assert high > 0


def _comb(sheet: _Sheet, write: Callable[[str], None]) -> None:
    """The form whose cells are open above."""
    wide, thick, left = 1.1 * sheet.high, max(1.0, 0.04 * sheet.high), sheet.pen
    bottom = sheet.base + 0.12 * sheet.high
    text = _digits(sheet.random)
    for number, digit in enumerate(text):
        sheet.pen = left + number * wide + float(sheet.random.uniform(0.15, 0.3)) * sheet.high
        write(digit)
    sheet.line((left, bottom), (left + len(text) * wide, bottom), thick=thick)
    for number in range(len(text) + 1):
        column = left + number * wide
        sheet.line((column, bottom - 0.35 * sheet.high), (column, bottom), thick=thick)


def _two_lines(sheet: _Sheet, write: Callable[[str], None]) -> None:
    start = sheet.pen
    write(_digits(sheet.random))
    sheet.pen, sheet.base = start, sheet.base + 1.5 * sheet.high
    write(_digits(sheet.random).replace("", ""))


KINDS: Mapping[str, Write] = {
    "plain": _row(_digits),
    "minus": _row(lambda random: f"-{_digits(random, 2, 4)}"),
    "hyphen": _row(_phone),
    "date-": _row(partial(_date, mark="-")),
    "date.": _row(partial(_date, mark=".")),
    "point": _row(partial(_amount, mark=".")),
    "comma": _row(partial(_amount, mark=",")),
    "colon": _row(partial(_amount, mark=":")),
    "label": _labelled,
    "unit": _with_unit,
    "base line": partial(_base_line, below=(-0.04, 0.04)),
    "underline": partial(_base_line, below=(0.12, 0.25)),
    "ruled": _ruled,
    "squared": partial(_ruled, squared=True),
    "boxes": partial(_boxes, apart=(0.0, 0.0)),
    "boxes apart": partial(_boxes, apart=(0.15, 0.4)),
    "comb": _comb,
    "shadow": _row(_digits),
}
"""Kind -> how it is written."""
PLUS = {"slash": _row(partial(_date, mark="/")), "plus": _row(lambda random: f"+{_phone(random)}")}
"""Kinds that may fail."""
EVERY: Mapping[str, Write] = {**KINDS, **PLUS}


def photograph(
    kind: str, images: Bytes, labels: NDArray[np.integer], random: "np.random.Generator"
) -> Photograph:
    """A row of such a kind of digits (images, 784) with labels (images,)."""
    high = int(random.integers(40, 110))
    sheet = _Sheet(np.zeros((5 * high, 16 * high)), high, 1.2 * high, 2.6 * high, random, [])
    said: list[str] = []

    def write(text: str) -> None:
        for number, sign in enumerate(text):
            if number:
                sheet.gap()
            if sign.isdigit():
                own = random.choice(np.flatnonzero(labels == int(sign)))
                sheet.digit(images[own].reshape(28, 28))
                said.append(sign)
            else:
                sheet.sign(sign)

    EVERY[kind](sheet, write)
    right = round(sheet.pen + 1.2 * high)
    ink = sheet.ink[:, :right]
    if kind not in ("ruled", "squared"):
        ink = ink[round(0.8 * high) : round(4.2 * high)]
    return Photograph(_photographed(ink, high, random, shadow=kind == "shadow"), "".join(said))


def _photographed(
    ink: NDArray[np.float64], high: int, random: "np.random.Generator", shadow: bool
) -> Bytes:
    """Ink 0..1 as grey levels of a photo: a little turned, lit from one side, blurred, noisy."""
    height, width = ink.shape
    page = Image.fromarray((255 * ink).astype(np.uint8))
    page = page.rotate(float(random.uniform(-0.8, 0.8)), Image.Resampling.BILINEAR)
    page = page.filter(ImageFilter.GaussianBlur(float(random.uniform(0.4, 0.012 * high))))
    x, y = np.linspace(-1, 1, width), np.linspace(-1, 1, height)[:, None]
    paper = random.uniform(190, 235) + random.uniform(-12, 12) * x + random.uniform(-8, 8) * y
    if shadow:
        edge = random.uniform(-0.5, 0.5) + random.uniform(-0.5, 0.5) * y
        soft = random.uniform(0.005, 0.08)
        paper = paper * (1 - 0.42 / (1 + np.exp(-(x - edge) / soft)))
    dark = random.uniform(0.15, 0.4)
    levels = paper * (1 - (1 - dark) * np.asarray(page) / 255.0)
    levels = levels + random.normal(0, random.uniform(0.5, 2.5), levels.shape)
    return np.clip(np.rint(levels), 0, 255).astype(np.uint8)
