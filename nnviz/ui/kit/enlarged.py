"""One weight image large, with what its neuron does now."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF

from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.theme import Theme

CAPTION_WIDTH = 190
"""Width that the words below an image may take even where it is smaller."""
Draw = Callable[[Canvas, QRectF], None]
Lines = Sequence[tuple[str, str]]
"""Words and their ink."""


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


def paint_overlay(canvas: Canvas, place: QRectF, draw: Draw, lines: Lines) -> None:
    """The image in front of all else, `place` as of `overlay_place`."""
    canvas.box(place.adjusted(-8, -8, 8, 8), "panel", "focus", 2)
    paint_large(canvas, QRectF(place.x(), place.y(), place.width(), place.width()), draw, lines)


def paint_large(canvas: Canvas, place: QRectF, draw: Draw, lines: Lines) -> None:
    """The image in a frame, lines of words below it."""
    draw(canvas, place)
    canvas.box(place, edge="line")
    width = max(place.width(), canvas.px(CAPTION_WIDTH))
    left = max(0.0, place.center().x() - width / 2)
    for number, (words, ink) in enumerate(lines):
        top = place.bottom() + canvas.px(4) + number * canvas.px(26)
        canvas.text(QRectF(left, top, width, canvas.px(26)), words, ink=ink)
