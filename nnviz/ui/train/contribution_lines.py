"""The lines from the hidden neurons that push an output most, each in a lane of its own."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from nnviz.ui.kit.signs import draw_sign
from nnviz.ui.kit.theme import Theme
from nnviz.ui.train.network_layout import NetworkLayout

MOST_LANES = 3
"""Lanes between two rows before the other side of the row is taken."""

LANE = 14
"""Height of a lane on the design grid where there is room for more."""
LEAST_ROOM = 12
"""Height that the lanes above the first row or below the last one take at least."""


def draw_lines(
    painter: QPainter,
    layout: NetworkLayout,
    theme: Theme,
    tiles: Sequence[int],
    amounts: Sequence[float],
    output: int,
) -> None:
    """Draws a line from each tile to the output: solid up, dashed down, thick for much."""
    largest = max((abs(amount) for amount in amounts), default=0) or 1
    target = layout.outputs[output]
    lanes = _lanes(layout, tiles, target.center().y(), theme.scale)
    for place, (tile, amount) in enumerate(zip(tiles, amounts, strict=True)):
        colour = theme.colour("positive" if amount > 0 else "negative")
        width = theme.scale * (1.8 + 3 * abs(amount) / largest)
        end = QPointF(
            target.left(),
            target.center().y() + theme.scale * 4 * (place - (len(tiles) - 1) / 2),
        )
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if amount <= 0:
            pen.setDashPattern([2.2, 1.2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_path(layout, theme.scale, tile, lanes[tile], end))


def _lanes(
    layout: NetworkLayout, tiles: Sequence[int], target: float, scale: float
) -> dict[int, float]:
    """Height of the lane of each tile: below its row or above it, spread over the gutter."""
    gutters: dict[int, list[int]] = {}
    for tile in sorted(tiles, key=lambda tile: -(tile % layout.columns)):
        row = tile // layout.columns
        # the gutter above row r is number r, the one below it is number r + 1
        near, far = (row + 1, row) if layout.tiles[tile].center().y() < target else (row, row + 1)
        crowded = len(gutters.get(near, [])) >= MOST_LANES
        gutters.setdefault(far if crowded else near, []).append(tile)
    heights: dict[int, float] = {}
    for gutter, members in gutters.items():
        first = layout.tiles[min(gutter * layout.columns, len(layout.tiles) - 1)]
        below_last = gutter * layout.columns >= len(layout.tiles)
        # only half a gutter lies between an outer row and the edge of the grid
        room = layout.gutter / (2 if gutter == 0 or below_last else 1)
        room = max(room, LEAST_ROOM * scale)
        middle = first.bottom() + room / 2 if below_last else first.top() - room / 2
        gap = min(room / MOST_LANES, LANE * scale)
        for lane, tile in enumerate(members):
            heights[tile] = middle + gap * (lane - (len(members) - 1) / 2)
    return heights


def _path(
    layout: NetworkLayout, scale: float, tile: int, lane: float, end: QPointF
) -> QPainterPath:
    start = QPointF(layout.bars[tile].right() + scale, layout.tiles[tile].center().y())
    turn = 9 * scale
    right = layout.tiles[layout.columns - 1].right() + 20 * scale
    path = QPainterPath(start)
    path.cubicTo(start.x() + turn, start.y(), start.x(), lane, start.x() + turn, lane)
    path.lineTo(max(right, start.x() + turn), lane)
    leave = path.currentPosition().x()
    middle = (leave + end.x()) / 2
    path.cubicTo(middle, lane, middle, end.y(), end.x(), end.y())
    return path


def draw_badge(painter: QPainter, tile: QRectF, theme: Theme, positive: bool) -> None:
    """The frame round a tile that has a line, with its sign."""
    colour = theme.colour("positive" if positive else "negative")
    painter.setPen(QPen(colour, theme.px(3)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(tile.adjusted(-2, -2, 2, 2), 2, 2)
    draw_sign(
        painter, tile.topLeft(), theme.scale * 10, colour, theme.colour("background"), positive
    )
