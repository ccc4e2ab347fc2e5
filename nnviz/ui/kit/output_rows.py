"""The outputs as rows: name, bar, percentage; which one answers and which one is right."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from nnviz.ui.kit.fitted_text import are_words, draw_fitted, fitting_font
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import Floats


class Outputs(Protocol):
    """What the rows show (see NetworkView)."""

    @property
    def outputs(self) -> Floats: ...
    @property
    def percents(self) -> tuple[str, ...]: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def strong(self) -> frozenset[int]: ...
    @property
    def marks(self) -> tuple[bool | None, ...]: ...
    @property
    def shown_output(self) -> int: ...


NAME, MARK, PERCENT = 44, 26, 92
"""Widths of the parts of a row on the design grid; the bar has what is left."""
NAMED_PERCENT = 78
"""Width of the percentage where a word needs room; the bar is then below them."""
WORDS_HEIGHT = 0.66
"""How much of a row its words take when the bar is below them."""


def draw_output_rows(
    painter: QPainter, rows: Sequence[QRectF], theme: Theme, view: Outputs
) -> None:
    """One row for each output, without its bar.

    The answer is bold with a tick or a cross; the output whose contributions are drawn has a
    frame.
    """
    words = are_words(view.names, theme)
    size = _name_size(rows[0], theme, view.names if words else ())
    for output, row in enumerate(rows):
        chosen, answers = output == view.shown_output, output in view.strong
        painter.setPen(QPen(theme.colour("focus"), theme.px(3)) if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("raised" if chosen else "panel"))
        painter.drawRoundedRect(row, theme.px(6), theme.px(6))
        strong = "text" if answers or chosen else "muted"
        height = row.height() * (WORDS_HEIGHT if words else 1)
        left = row.right() - theme.px(NAMED_PERCENT if words else PERCENT)
        mark = QRectF(left - theme.px(MARK), row.y(), theme.px(MARK), height)
        painter.setPen(theme.colour(strong))
        if words:
            inset = theme.px(8)
            name = QRectF(row.x() + inset, row.y(), mark.x() - row.x() - inset, height)
            flags = Qt.AlignmentFlag.AlignVCenter
        else:
            name = QRectF(row.x(), row.y(), theme.px(NAME), height)
            flags = Qt.AlignmentFlag.AlignCenter
        draw_fitted(painter, name, flags, view.names[output], theme, size, bold=True)
        right = view.marks[output]
        if right is not None:
            colour = theme.colour("right" if right else "wrong")
            draw_mark(painter, mark, colour, theme.scale, right)
        percent = QRectF(left, row.y(), row.right() - theme.px(8) - left, height)
        larger = answers and not words
        painter.setFont(theme.font(min(size, TEXT + 6 if larger else TEXT), bold=answers))
        painter.setPen(theme.colour(strong))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(percent, align, view.percents[output])


def _name_size(row: QRectF, theme: Theme, words: Sequence[str]) -> float:
    """One size for the names of all rows; `words` are those that must fit beside the rest."""
    if not words:
        return min(30.0, row.height() / theme.scale * 0.8)
    size = min(float(TEXT), row.height() * WORDS_HEIGHT / theme.scale * 0.8)
    room = row.width() - theme.px(8 + MARK + NAMED_PERCENT)
    fonts = [fitting_font(word, room, theme, size, bold=True) for word in words]
    return min(font.pixelSize() for font in fonts) / theme.scale


def _track(row: QRectF, theme: Theme, words: bool) -> QRectF:
    """Where the bar of a row can go."""
    if words:
        top = row.y() + row.height() * WORDS_HEIGHT
        inset = theme.px(8)
        height = (row.bottom() - top) * 0.7
        return QRectF(row.x() + inset, top, row.width() - 2 * inset, height)
    height = min(row.height() * 0.55, 22 * theme.scale)
    left = row.x() + theme.px(NAME)
    right = row.right() - theme.px(PERCENT) - theme.px(MARK) - theme.px(4)
    return QRectF(left, row.center().y() - height / 2, max(4.0, right - left), height)


def draw_bars(
    painter: QPainter,
    rows: Sequence[QRectF],
    theme: Theme,
    names: Sequence[str],
    values: Sequence[float],
) -> None:
    """How strongly each output fires, 0..1."""
    words = are_words(names, theme)
    for output, (row, value) in enumerate(zip(rows, values, strict=True)):
        track = _track(row, theme, words)
        painter.fillRect(track, theme.colour("track"))
        filled = QRectF(track.x(), track.y(), max(2.0, track.width() * value), track.height())
        painter.fillRect(filled, theme.digit(output))
        painter.setPen(theme.colour("text"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(filled)


def draw_mark(painter: QPainter, place: QRectF, colour: QColor, scale: float, right: bool) -> None:
    """A tick for right, a cross for wrong, drawn, so that no font decides how it looks."""
    size = 8 * scale
    centre = place.center()
    painter.setPen(QPen(colour, 3.5 * scale))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if right:
        points = [(-1.0, 0.1), (-0.3, 0.8), (1.0, -0.8)]
        painter.drawPolyline(QPolygonF([centre + QPointF(x * size, y * size) for x, y in points]))
    else:
        for slope in (1, -1):
            arm = QPointF(size * 0.8, slope * size * 0.8)
            painter.drawLine(centre - arm, centre + arm)
