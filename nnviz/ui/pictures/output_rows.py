"""The outputs as rows: name, bar, percentage; which one answers and which one is right."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from nnviz.ui.pictures.weight_images import Floats
from nnviz.ui.theme import TEXT, Theme


class Outputs(Protocol):
    """What the rows show (see NetworkView)."""

    @property
    def outputs(self) -> Floats: ...
    @property
    def percents(self) -> tuple[str, ...]: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def answer(self) -> int: ...
    @property
    def label(self) -> int: ...
    @property
    def shown_output(self) -> int: ...


NAME, MARK, PERCENT = 44, 26, 92
"""Widths of the parts of a row on the design grid; the bar has what is left."""


def draw_output_rows(
    painter: QPainter, rows: Sequence[QRectF], theme: Theme, view: Outputs
) -> None:
    """One row for each output, without its bar.

    The answer is bold with a tick or a cross; the output whose contributions are drawn has a
    frame.
    """
    for output, row in enumerate(rows):
        chosen, answers = output == view.shown_output, output == view.answer
        painter.setPen(QPen(theme.colour("focus"), theme.px(3)) if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("raised" if chosen else "panel"))
        painter.drawRoundedRect(row, theme.px(6), theme.px(6))
        size = min(30.0, row.height() / theme.scale * 0.8)
        strong = "text" if answers or chosen else "muted"
        name = QRectF(row.x(), row.y(), theme.px(NAME), row.height())
        painter.setFont(theme.font(size, bold=True))
        painter.setPen(theme.colour(strong))
        painter.drawText(name, Qt.AlignmentFlag.AlignCenter, view.names[output])
        left = row.right() - theme.px(PERCENT)
        mark = QRectF(left - theme.px(MARK), row.y(), theme.px(MARK), row.height())
        if answers or output == view.label:
            colour = theme.colour("right" if output == view.label else "wrong")
            draw_mark(painter, mark, colour, theme.scale, output == view.label)
        percent = QRectF(left, row.y(), theme.px(PERCENT - 8), row.height())
        painter.setFont(theme.font(min(size, TEXT + 6 if answers else TEXT), bold=answers))
        painter.setPen(theme.colour(strong))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(percent, align, view.percents[output])


def draw_bars(
    painter: QPainter, rows: Sequence[QRectF], theme: Theme, values: Sequence[float]
) -> None:
    """How strongly each output fires, 0..1."""
    for output, (row, value) in enumerate(zip(rows, values, strict=True)):
        height = min(row.height() * 0.55, 22 * theme.scale)
        left = row.x() + theme.px(NAME)
        right = row.right() - theme.px(PERCENT) - theme.px(MARK) - theme.px(4)
        track = QRectF(left, row.center().y() - height / 2, max(4.0, right - left), height)
        painter.fillRect(track, theme.colour("track"))
        filled = QRectF(track.x(), track.y(), max(2.0, track.width() * value), height)
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
