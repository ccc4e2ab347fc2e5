"""Where everything lies in the picture of a network: digit, weight images, outputs."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QRectF

DENSE_GAP = 3
LINE = 4
"""How far a line reaches beyond the middle of its lane at most, on the design grid."""
CAPTION = 62
"""Height of the words below an enlarged weight image, on the design grid."""


@dataclass(frozen=True)
class NetworkPlaces:
    """All rectangles of the picture, in widget pixels."""

    digit: QRectF
    enlarged: QRectF
    """Where the selected neuron's weight image is shown large (empty without one)."""
    tiles: tuple[QRectF, ...]
    """At whole pixels, so that all are divided alike."""
    bars: tuple[QRectF, ...]
    """The activity bar of each tile."""
    columns: int
    outputs: tuple[QRectF, ...]
    grid: QRectF
    headings: tuple[QRectF, QRectF, QRectF]
    gutter: float
    """Height between two rows of tiles, where the lines run."""
    lanes: QRectF
    """All that lines and activity bars lie in: from the first tile to the outputs."""

    @property
    def images(self) -> QRectF:
        """All tiles with what lies between them."""
        last = self.tiles[min(self.columns, len(self.tiles)) - 1]
        return self.tiles[0].united(self.tiles[-1]).united(last).adjusted(0, 0, 1, 1)


@lru_cache(maxsize=4)
def lay_out(
    width: float, height: float, scale: float, tiles: int, outputs: int, dense: bool, selected: bool
) -> NetworkPlaces:
    """Divides the picture; `scale` is the theme's, for text and gaps."""
    heading = 34 * scale
    below = height - heading - 4 * scale
    left = min(172 * scale, 0.16 * width)
    right = width - round(width - min(238 * scale, 0.25 * width))
    bundle = min(38 * scale, 0.04 * width)
    fan = min((24 if dense else 56) * scale, 0.06 * width)
    grid = QRectF(left + bundle, heading, width - left - right - bundle - fan, below)
    gap_x, gap_y, bar = (
        (DENSE_GAP, DENSE_GAP, 0.0)
        if dense
        else (
            18 * scale,
            16 * scale,
            12 * scale,
        )
    )
    columns, side = _best_columns(grid, tiles, gap_x + bar, gap_y)
    rows = ceil(tiles / columns)
    pitch_x = side + gap_x + bar if dense else grid.width() / columns
    pitch_y = side + gap_y if dense else grid.height() / rows
    places = tuple(
        QRectF(
            round(grid.x() + (i % columns) * pitch_x),
            round(grid.y() + (i // columns) * pitch_y + (pitch_y - side) / 2),
            side,
            side,
        )
        for i in range(tiles)
    )
    bars = tuple(
        QRectF(place.right() + 3 * scale, place.y(), max(0.0, bar - 3 * scale), side)
        for place in places
    )
    half = (below - 12 * scale) / 2
    if selected:
        digit_side = min(left, half - 8 * scale)
        digit = QRectF((left - digit_side) / 2, heading, digit_side, digit_side)
        large_side = min(left, half - CAPTION * scale)
        enlarged = QRectF((left - large_side) / 2, height - half, large_side, large_side)
    else:
        digit = QRectF(0, heading + (below - left) / 2, left, left)
        enlarged = QRectF()
    return NetworkPlaces(
        digit=digit,
        enlarged=enlarged,
        tiles=places,
        bars=bars,
        columns=columns,
        outputs=_output_rows(width - right, heading, right, below, outputs, scale),
        grid=grid,
        headings=(
            QRectF(0, 0, left + bundle - 8 * scale, heading),
            QRectF(grid.x(), 0, grid.width() + fan - 8 * scale, heading),
            QRectF(width - right, 0, right, heading),
        ),
        gutter=max(0.0, pitch_y - side),
        lanes=QRectF(
            places[0].left() - LINE * scale,
            heading - LINE * scale,
            width - right - places[0].left() + LINE * scale,
            below + LINE * scale,
        ),
    )


def _output_rows(
    x: float, y: float, width: float, height: float, outputs: int, scale: float
) -> tuple[QRectF, ...]:
    pitch = min(height / outputs, 64 * scale)
    top = y + (height - pitch * outputs) / 2
    inset = min(2 * scale, pitch * 0.05)
    return tuple(
        QRectF(x, top + i * pitch + inset, width, pitch - 2 * inset) for i in range(outputs)
    )


def _best_columns(grid: QRectF, tiles: int, gap_x: float, gap_y: float) -> tuple[int, float]:
    """The number of columns that makes the tiles largest, and their side."""

    def side(columns: int) -> float:
        rows = ceil(tiles / columns)
        return min(grid.width() / columns - gap_x, grid.height() / rows - gap_y)

    columns = max(range(1, tiles + 1), key=side)
    return columns, max(4.0, float(int(side(columns))))
