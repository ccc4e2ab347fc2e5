"""The lines from the hidden neurons that push an output most, each in a lane of its own."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.sign_legend import DOWN_DASHES
from nnviz.ui.train.places import NetworkPlaces

MOST_LANES = 3
"""Lanes between two rows before the other side of the row is taken."""

LANE = 14
"""Height of a lane on the design grid where there is room for more."""
LEAST_ROOM = 12
"""Height that the lanes above the first row or below the last one take at least."""


def paint_lines(
    canvas: Canvas,
    places: NetworkPlaces,
    tiles: Sequence[int],
    amounts: Sequence[float],
    output: int,
) -> None:
    """Draws a line from each tile to the output: solid up, dashed down, thick for much."""
    scale, target = canvas.theme.scale, places.outputs[output]
    largest = max((abs(amount) for amount in amounts), default=0) or 1
    lanes = _lanes(places, tiles, target.center().y(), scale)
    for place, (tile, amount) in enumerate(zip(tiles, amounts, strict=True)):
        end = QPointF(
            target.left(), target.center().y() + scale * 4 * (place - (len(tiles) - 1) / 2)
        )
        up = amount > 0
        pen = canvas.stroke("positive" if up else "negative", dashes=() if up else DOWN_DASHES)
        pen.setWidthF(scale * (1.8 + 3 * abs(amount) / largest))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        canvas.setPen(pen)
        canvas.setBrush(Qt.BrushStyle.NoBrush)
        canvas.drawPath(_path(places, scale, tile, lanes[tile], end))


def _lanes(
    places: NetworkPlaces, tiles: Sequence[int], target: float, scale: float
) -> dict[int, float]:
    """Height of the lane of each tile: below its row or above it, spread over the gutter."""
    gutters: dict[int, list[int]] = {}
    for tile in sorted(tiles, key=lambda tile: -(tile % places.columns)):
        row = tile // places.columns
        # the gutter above row r is number r, the one below it is number r + 1
        near, far = (row + 1, row) if places.tiles[tile].center().y() < target else (row, row + 1)
        crowded = len(gutters.get(near, [])) >= MOST_LANES
        gutters.setdefault(far if crowded else near, []).append(tile)
    heights: dict[int, float] = {}
    for gutter, members in gutters.items():
        first = places.tiles[min(gutter * places.columns, len(places.tiles) - 1)]
        below_last = gutter * places.columns >= len(places.tiles)
        # only half a gutter lies between an outer row and the edge of the grid
        room = places.gutter / (2 if gutter == 0 or below_last else 1)
        room = max(room, LEAST_ROOM * scale)
        middle = first.bottom() + room / 2 if below_last else first.top() - room / 2
        gap = min(room / MOST_LANES, LANE * scale)
        for lane, tile in enumerate(members):
            heights[tile] = middle + gap * (lane - (len(members) - 1) / 2)
    return heights


def _path(
    places: NetworkPlaces, scale: float, tile: int, lane: float, end: QPointF
) -> QPainterPath:
    start = QPointF(places.bars[tile].right() + scale, places.tiles[tile].center().y())
    turn = 9 * scale
    right = places.tiles[places.columns - 1].right() + 20 * scale
    path = QPainterPath(start)
    path.cubicTo(start.x() + turn, start.y(), start.x(), lane, start.x() + turn, lane)
    path.lineTo(max(right, start.x() + turn), lane)
    leave = path.currentPosition().x()
    middle = (leave + end.x()) / 2
    path.cubicTo(middle, lane, middle, end.y(), end.x(), end.y())
    return path


def paint_badge(canvas: Canvas, tile: QRectF, positive: bool) -> None:
    """The frame round a tile that has a line, with its sign."""
    edge = "positive" if positive else "negative"
    canvas.outline(edge=edge, width=3)
    canvas.drawRoundedRect(tile.adjusted(-2, -2, 2, 2), 2, 2)
    canvas.sign(tile.topLeft(), positive)
