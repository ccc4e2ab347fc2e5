"""Where the parts of a row lie on its picture: the row, its pieces, and all that were tried."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF

from nnviz.data.arrays import Indices
from nnviz.ui.kit.theme import Theme

HANDLES, TITLE, LINKS = 20, 28, 14
"""Heights above the row, above what was tried, and between the row and its pieces."""
IMAGE, NAME, PERCENT = 64, 42, 26
"""Side of the image of a piece, height of its class, height of its percentage."""
WIDE, NARROW = 118, 44
"""Width of a piece whose class stands beside its image, and below which its percentage is left
out."""
LEAST = 30
"""Width of an answer at least: where pieces lie nearer, answers are moved apart."""
TRIED = 0.29
"""Share of the height for what was tried, at most."""
BAR = 9


Around = tuple[float, float, float, float]
"""Pixels of the row above, before, under and behind it that others stand on"""


@dataclass(frozen=True)
class RowLayout:
    """Places on a picture of some size, in pixels."""

    row: QRectF
    whole: QRectF
    """Of the row with all that was left out around it"""
    column: float
    """Pixels of one column of the row."""
    tiles: tuple[QRectF, ...]
    """Of the pieces of the way shown."""
    title: QRectF
    """Of the line over what was tried."""
    tried: QRectF
    """Of all pieces that were tried."""
    bars: tuple[QRectF, ...]
    """Of each of them: below the columns that it covers."""
    shows_tried: bool
    """Whether there is room for what was tried."""

    def room_of(self, number: int) -> float:
        """How wide something can be that stands under a piece, between its neighbours."""
        middles = [tile.center().x() for tile in self.tiles]
        near = [abs(middles[number] - each) for each in middles[:number] + middles[number + 1 :]]
        return min(near, default=self.whole.width())

    def x_of(self, column: float) -> float:
        """Where a column of the row begins."""
        return self.row.x() + column * self.column

    def column_at(self, x: float) -> int:
        """The column that begins nearest."""
        return round((x - self.row.x()) / self.column)


def row_layout(
    width: float,
    height: float,
    size: tuple[int, int],
    pieces: Indices,
    tried: Indices,
    theme: Theme,
    compact: bool = False,
    around: Around = (0, 0, 0, 0),
) -> RowLayout:
    """Places for a row of so many rows and columns of pixels, cut into pieces with these spans
    of ink (pieces, 2), where those with the spans `tried` were tried; `compact` without the
    images of the pieces; `around` for what was left out."""
    px, (above, before, under, behind) = theme.px, around
    rows, columns = size[0] + above + under, size[1] + before + behind
    low, title = min(TRIED * height, px(170)), px(TITLE)
    tile = min(float(px(WIDE)), width / max(1, len(pieces)))
    for _ in range(2):  # narrower answers are less high, which leaves more room for the row
        tile_height = px(NAME) if compact else _tile_height(tile, theme)
        room = height - low - tile_height - px(HANDLES + LINKS) - title
        column = min((width - 2 * px(6)) / columns, max(room, px(50 if compact else 80)) / rows)
        tile = min(tile, _nearest(pieces, column, theme))
    tile_height = px(NAME) if compact else _tile_height(tile, theme)
    whole = QRectF((width - columns * column) / 2, px(HANDLES), columns * column, rows * column)
    left, high = whole.x() + before * column, whole.y() + above * column
    row = QRectF(left, high, size[1] * column, size[0] * column)
    centres = [left + column * (start + end) / 2 for start, end in pieces.tolist()]
    top = whole.bottom() + px(LINKS)
    tiles = tuple(
        QRectF(centre - tile / 2, top, tile, tile_height) for centre in spread(centres, tile, width)
    )
    below = top + tile_height + title
    area = QRectF(0, below, width, max(0.0, height - below))
    lanes = lanes_of(tried)
    lane_high = min(float(px(BAR + 3)), area.height() / (int(lanes.max(initial=0)) + 1))
    bars = tuple(
        QRectF(
            left + start * column + 1,
            below + lane * lane_high,
            max(2.0, (end - start) * column - 2),
            lane_high - 1,
        )
        for (start, end), lane in zip(tried.tolist(), lanes.tolist(), strict=True)
    )
    line = QRectF(px(4), below - title, width - px(8), px(TITLE - 2))
    return RowLayout(row, whole, column, tiles, line, area, bars, area.height() >= px(8))


def _tile_height(tile: float, theme: Theme) -> float:
    """Of an answer so wide."""
    px = theme.px
    beside = px(PERCENT) if tile >= px(WIDE) else px(PERCENT + NAME)
    return min(tile - px(4), px(IMAGE)) + beside


def _nearest(pieces: Indices, column: float, theme: Theme) -> float:
    """How wide an answer can be so that each stands under its piece (pieces, 2): as wide as the
    nearest pieces lie apart, if letters that can be read from afar have room there."""
    if len(pieces) < 2:
        return float(theme.px(WIDE))
    nearest = column * float(np.diff(pieces.mean(axis=1)).min())
    return max(nearest, float(theme.px(LEAST)))


def spread(centres: Sequence[float], apart: float, width: float) -> list[float]:
    """Ascending centres moved until they are `apart` and inside, as little as is simple."""
    least = [apart * (number + 0.5) for number in range(len(centres))]
    most = [width - each for each in reversed(least)]
    inside = [
        min(max(centre, low), high) for centre, low, high in zip(centres, least, most, strict=True)
    ]
    to_right, to_left = list(inside), list(inside)
    for number in range(1, len(inside)):
        to_right[number] = max(to_right[number], to_right[number - 1] + apart)
    for number in reversed(range(len(inside) - 1)):
        to_left[number] = min(to_left[number], to_left[number + 1] - apart)
    return [(one + other) / 2 for one, other in zip(to_right, to_left, strict=True)]


def lanes_of(spans: Indices) -> Indices:
    """(pieces,): a lane for each span (pieces, 2) in which it overlaps no other, narrow first."""
    order = np.lexsort((spans[:, 0], spans[:, 1] - spans[:, 0]))
    lanes = np.zeros(len(spans), np.intp)
    taken: list[list[tuple[int, int]]] = []
    for piece in order.tolist():
        start, end = (int(each) for each in spans[piece])
        free = (
            lane
            for lane, there in enumerate(taken)
            if all(end < first or last < start for first, last in there)
        )
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((start, end))
        lanes[piece] = lane
    return lanes
