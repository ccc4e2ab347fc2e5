"""One weight image large, with what its neuron does now."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnviz.ui.pictures.weight_images import SIDE, Floats, WeightImages
from nnviz.ui.theme import Theme


class Neurons(Protocol):
    """What the caption needs (see NetworkView)."""

    @property
    def neurons(self) -> NDArray[np.intp]: ...
    @property
    def activity(self) -> Floats: ...
    @property
    def contributions(self) -> Floats: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def shown_output(self) -> int: ...


def overlay_place(tile: QRectF, inside: QRectF, theme: Theme) -> QRectF:
    """Where a large picture with its caption goes: beside the tile, inside the widget."""
    room = min(inside.height() - 100 * theme.scale, 9 * SIDE * theme.scale)
    side = max(3.0 * SIDE, room // SIDE * SIDE)
    width, height = side, side + 60 * theme.scale
    gap = 26 * theme.scale
    x = tile.right() + gap
    if x + width + gap > inside.right():
        x = tile.left() - width - gap
    y = min(max(tile.center().y() - height / 2, inside.top() + 12), inside.bottom() - height - 12)
    return QRectF(x, y, width, height)


def draw_enlarged(
    painter: QPainter, images: WeightImages, theme: Theme, view: Neurons, tile: int, place: QRectF
) -> None:
    """The weight image in `place`, two lines of words below it."""
    images.draw(painter, tile, place)
    painter.setPen(QPen(theme.colour("line"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)
    push = float(view.contributions[tile])
    direction = "up" if push > 0 else "down"
    lines = (
        f"neuron {view.neurons[tile] + 1} fires {view.activity[tile]:.2f}",
        f"pushes {view.names[view.shown_output]} {direction} {abs(push):.1f}",
    )
    painter.setFont(theme.font())
    metrics = painter.fontMetrics()
    for number, line in enumerate(lines):
        painter.setPen(theme.colour("text" if number == 0 else _sign(push)))
        width = max(place.width(), metrics.horizontalAdvance(line) + 2)
        row = QRectF(
            max(0, place.center().x() - width / 2),
            place.bottom() + theme.px(4) + number * theme.px(26),
            width,
            theme.px(26),
        )
        painter.drawText(row, Qt.AlignmentFlag.AlignCenter, line)


def _sign(amount: float) -> str:
    return "positive" if amount > 0 else "negative"
