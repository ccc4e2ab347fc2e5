"""What the table of designs shows: one row for each design, drawn part by part."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.ui.kit.fitted_text import draw_fitted, fits, fitting_font
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import TEXT, Theme

NAME, VERDICT, OUTPUTS = 156, 158, 146
"""Widths of the parts before the columns, on the design grid."""
BADGE, SIGN = 76, 20
MOST_NUMERALS = 7
"""Up to so many lamps have room for a 0 or a 1."""
WIDEST = "100 %"
NOTHING = "Click to train one."
"""What stands in the place of an answer where there is no network."""


@dataclass(frozen=True)
class Column:
    """A column of numbers."""

    id: str
    heading: tuple[str, str]
    """Two lines."""
    help: str
    width: int
    """On the design grid."""


@dataclass(frozen=True)
class DesignRow:
    """One design: what it says of the digit, and its numbers."""

    design: str
    name: str
    origin: str
    """Where its network comes from."""
    answer: str = ""
    """Empty where there is no network."""
    right: bool | None = False
    """None where nobody knows the label."""
    confidence: str = ""
    differs: bool = False
    """Whether it answers otherwise than the design that the rows are compared with."""
    bits: bool = False
    """Whether the values are the bits of a code word."""
    marks: tuple[bool | None, ...] = ()
    """For each value whether it is right; None where there is nothing to say."""
    cells: tuple[tuple[str, str], ...] = ()
    """Two lines for each column."""
    shown: bool = False
    """Whether it is the design on screen."""
    baseline: bool = False
    learns_from: str = ""
    """A sentence for the tooltip, where the design can say one."""
    nothing: str = NOTHING
    """What stands in the place of an answer that there is not."""
    compared_with: str = "the baseline"

    @property
    def in_words(self) -> str:
        """The row as a sentence."""
        if not self.answer:
            return f"{self.name}: {self.origin}. {self.nothing}"
        judged = self.confidence if self.right is None else "right" if self.right else "wrong"
        differs = f", unlike {self.compared_with}" if self.differs else ""
        parts = (f"{judged}{differs}", *(" ".join(cell).strip() for cell in self.cells))
        said = f"{self.name} says {self.answer}, {'; '.join(parts)}"
        return f"{said}. {self.learns_from}" if self.learns_from else said


def draw_name(painter: QPainter, place: QRectF, theme: Theme, row: DesignRow) -> None:
    """Name and origin, one above the other."""
    half = place.height() / 2
    inside = place.adjusted(theme.px(10), theme.px(2), 0, -theme.px(2))
    painter.setPen(theme.colour("text"))
    above = QRectF(inside.x(), inside.y(), inside.width(), half)
    draw_fitted(painter, above, Qt.AlignmentFlag.AlignVCenter, row.name, theme, bold=True)
    painter.setPen(theme.colour("muted"))
    below = QRectF(inside.x(), place.y() + half - theme.px(1), inside.width(), half)
    draw_fitted(painter, below, Qt.AlignmentFlag.AlignVCenter, row.origin, theme)


def draw_answer(painter: QPainter, place: QRectF, theme: Theme, row: DesignRow) -> None:
    """The answer on a badge with a tick or a cross, and how sure it is."""
    centre = Qt.AlignmentFlag.AlignCenter
    if row.differs:
        painter.setPen(theme.colour("focus"))
        sign = QRectF(place.x(), place.y(), theme.px(SIGN), place.height())
        draw_fitted(painter, sign, centre, "≠", theme, 28, bold=True)
    known = row.right is not None
    colour = theme.colour("text" if not known else "right" if row.right else "wrong")
    ink = theme.colour("on_accent") if row.right else colour
    badge = QRectF(place.x() + theme.px(SIGN), place.y(), theme.px(BADGE), place.height())
    badge.adjust(0, theme.px(4), 0, -theme.px(4))
    painter.setPen(QPen(colour, theme.px(3)))
    painter.setBrush(colour if row.right else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(badge.adjusted(2, 1, -2, -1), theme.px(6), theme.px(6))
    painter.setPen(ink)
    words = badge.adjusted(theme.px(6), 0, -theme.px(26 if known else 6), 0)
    if fits(row.answer, words.width(), theme):
        draw_fitted(painter, words, centre, row.answer, theme, 30, bold=True)
    else:
        first, _, second = row.answer.rpartition(" ")
        lines = (first, second) if first else (second, "")
        for number, line in enumerate(lines):
            half = QRectF(words.x() - theme.px(2), words.y(), words.width() + theme.px(1), 0)
            half.setHeight(words.height() / (2 if first else 1))
            half.translate(0, number * half.height())
            draw_fitted(painter, half, centre, line, theme)
    beside = QRectF(badge.right() + theme.px(7), place.y(), 0, place.height() / 2)
    beside.setRight(place.right())
    if row.right is None:
        beside.setHeight(place.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        size = fitting_font(WIDEST, beside.width(), theme, TEXT + 4, bold=True).pixelSize()
        draw_fitted(painter, beside, middle, row.confidence, theme, size / theme.scale, bold=True)
        return
    mark = QPointF(badge.right() - theme.px(16), badge.center().y())
    around = QPointF(theme.px(8), theme.px(8))
    draw_mark(painter, QRectF(mark - around, mark + around), ink, theme.scale * 0.9, row.right)
    for number, line in enumerate(("right" if row.right else "wrong", row.confidence)):
        painter.setPen(theme.colour("text" if number == 0 else "muted"))
        line_place = beside.translated(0, number * (beside.height() - theme.px(2)) + theme.px(1))
        draw_fitted(painter, line_place, Qt.AlignmentFlag.AlignVCenter, line, theme)


def value_places(place: QRectF, count: int) -> list[QRectF]:
    """Where the bars or lamps of a row stand."""
    pitch = place.width() / max(count, 1)
    return [
        QRectF(place.x() + number * pitch, place.y(), pitch, place.height())
        for number in range(count)
    ]


def draw_bars(painter: QPainter, place: QRectF, theme: Theme, values: Sequence[float]) -> None:
    """One standing bar for each class, 0..1."""
    inside = place.adjusted(0, theme.px(5), 0, -theme.px(5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for number, (one, value) in enumerate(
        zip(value_places(inside, len(values)), values, strict=True)
    ):
        track = one.adjusted(one.width() * 0.14, 0, -one.width() * 0.14, 0)
        painter.fillRect(track, theme.colour("track"))
        height = max(1.5, track.height() * min(1.0, value))
        filled = QRectF(track.x(), track.bottom() - height, track.width(), height)
        painter.fillRect(filled, theme.digit(number))
        painter.setPen(theme.colour("text"))
        painter.drawRect(filled)


def draw_lamps(
    painter: QPainter,
    place: QRectF,
    theme: Theme,
    values: Sequence[float],
    marks: Sequence[bool | None],
) -> None:
    """One lamp for each bit: filled with a 1, or empty with a 0; crossed where it is wrong."""
    numerals = len(values) <= MOST_NUMERALS
    for one, value, right in zip(value_places(place, len(values)), values, marks, strict=True):
        side = min(one.width() * 0.86, place.height() - theme.px(6))
        lamp = QRectF(0, 0, side, side)
        lamp.moveCenter(one.center())
        lit = value > 0.5
        colour = theme.colour("wrong" if right is False else "text")
        painter.setPen(QPen(colour, theme.px(4 if right is False else 2)))
        painter.setBrush(_mixed(theme.colour("panel"), theme.colour("text"), value))
        painter.drawEllipse(lamp.adjusted(2, 2, -2, -2))
        if numerals:
            painter.setPen(theme.colour("background" if lit else "text"))
            centre = Qt.AlignmentFlag.AlignCenter
            draw_fitted(painter, lamp, centre, "1" if lit else "0", theme, TEXT + 4, bold=True)
        if right is False:
            corner = QPointF(lamp.right() - theme.px(3), lamp.bottom() - theme.px(5))
            around = QPointF(theme.px(5), theme.px(5))
            draw_mark(painter, QRectF(corner - around, corner + around), colour, theme.scale, False)


def draw_cell(
    painter: QPainter, place: QRectF, theme: Theme, lines: tuple[str, str], bold: bool
) -> None:
    """Two lines, or one in the middle."""
    align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    first, second = lines
    half = place.height() / 2
    inside = place.adjusted(theme.px(2), 0, -theme.px(6), 0)
    if not second:
        painter.setPen(theme.colour("text"))
        draw_fitted(painter, inside, align, first, theme, 22 if bold else TEXT, bold)
        return
    for number, line in enumerate(lines):
        painter.setPen(theme.colour("muted" if number else "text"))
        row = QRectF(inside.x(), place.y() + number * (half - 1) + 1, inside.width(), half)
        draw_fitted(painter, row, align, line, theme, bold=bold and not number)


def _mixed(low: QColor, high: QColor, share: float) -> QColor:
    """A colour between two, pushed away from the middle so that the numeral stays legible."""
    share = 0.75 + 0.25 * share if share > 0.5 else 0.4 * share
    parts = zip(low.getRgb()[:3], high.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a + (b - a) * share) for a, b in parts))
