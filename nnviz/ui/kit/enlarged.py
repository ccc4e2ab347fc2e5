"""One weight image large, with what its neuron does now."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnviz.ui.kit.fitted_text import draw_fitted, fits
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import Floats, WeightImages

CAPTION_WIDTH = 190
"""Width that the words below an image may take even where it is smaller."""


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


def overlay_place(tile: QRectF, inside: QRectF, theme: Theme, rows: int) -> QRectF:
    """Where a large picture with its caption goes: beside the tile, inside the widget.

    Its side is a multiple of the image's `rows`, so that all its pixels have one size.
    """
    room = min(inside.height() - 100 * theme.scale, 252 * theme.scale)
    side = max(3.0 * rows, room // rows * rows)
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
    effect = f"{view.names[view.shown_output]} {direction} {abs(push):.1f}"
    width = max(place.width(), theme.px(CAPTION_WIDTH))
    lines = (
        f"neuron {view.neurons[tile]} fires {view.activity[tile]:.2f}",
        f"pushes {effect}" if fits(f"pushes {effect}", width, theme) else effect,
    )
    for number, line in enumerate(lines):
        painter.setPen(theme.colour("text" if number == 0 else _sign(push)))
        row = QRectF(
            max(0, place.center().x() - width / 2),
            place.bottom() + theme.px(4) + number * theme.px(26),
            width,
            theme.px(26),
        )
        draw_fitted(painter, row, Qt.AlignmentFlag.AlignCenter, line, theme)


def _sign(amount: float) -> str:
    return "positive" if amount > 0 else "negative"
