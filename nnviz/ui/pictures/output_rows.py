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


def draw_outputs(
    painter: QPainter, rows: Sequence[QRectF], theme: Theme, view: Outputs
) -> None:
    """One row for each output. The answer is bold with a tick or a cross; the output whose
    contributions are drawn has a frame."""
    for output, row in enumerate(rows):
        chosen, answers = output == view.shown_output, output == view.answer
        painter.setPen(QPen(theme.colour("focus"), theme.px(3)) if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("raised" if chosen else "panel"))
        painter.drawRoundedRect(row, theme.px(6), theme.px(6))
        size = min(30.0, row.height() / theme.scale * 0.8)
        strong = "text" if answers or chosen else "muted"
        name = QRectF(row.x(), row.y(), theme.px(44), row.height())
        painter.setFont(theme.font(size, bold=True))
        painter.setPen(theme.colour(strong))
        painter.drawText(name, Qt.AlignmentFlag.AlignCenter, view.names[output])
        percent_width = theme.px(92)
        mark = QRectF(row.right() - percent_width - theme.px(26), row.y(), theme.px(24), row.height())
        _draw_bar(painter, row, name.right(), mark.left(), theme, output, float(view.outputs[output]))
        if answers or output == view.label:
            colour = theme.colour("right" if output == view.label else "wrong")
            draw_mark(painter, mark, colour, theme.scale, output == view.label)
        percent = QRectF(row.right() - percent_width, row.y(), percent_width - theme.px(8), row.height())
        painter.setFont(theme.font(min(size, TEXT + 6 if answers else TEXT), bold=answers))
        painter.setPen(theme.colour(strong))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(percent, align, view.percents[output])


def _draw_bar(
    painter: QPainter,
    row: QRectF,
    left: float,
    right: float,
    theme: Theme,
    output: int,
    value: float,
) -> None:
    height = min(row.height() * 0.55, 22 * theme.scale)
    track = QRectF(left, row.center().y() - height / 2, max(4.0, right - left - 4), height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("line"))
    painter.setOpacity(0.45)
    painter.drawRect(track)
    painter.setOpacity(1)
    painter.setPen(QPen(theme.colour("text"), 1))
    painter.setBrush(theme.digit(output))
    painter.drawRect(QRectF(track.x(), track.y(), max(2.0, track.width() * value), height))


def draw_mark(
    painter: QPainter, place: QRectF, colour: QColor, scale: float, right: bool
) -> None:
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
