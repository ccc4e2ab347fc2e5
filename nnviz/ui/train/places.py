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
WORD, WORD_LINE = 70, 28
"""Heights of the word that bits make, and of each line below it, on the design grid, ..."""
MOST_WORD = 0.4
"""... but not more of the picture's."""


@dataclass(frozen=True)
class Sizes:
    """How the width is divided; parts of it, and sizes on the design grid at most."""

    digit: tuple[float, float]
    outputs: tuple[float, float]
    row: float
    """Height of an output."""
    gaps: tuple[float, float, float]
    """Beside a tile, below it, and of the bar at its side."""


USUAL = Sizes((172, 0.16), (238, 0.25), 64, (18, 16, 12))
LARGE = Sizes((258, 0.24), (357, 0.28), 96, (12, 12, 10))
"""As it is shown to a room: digit and outputs half as large again."""
LAYER = 1.6, 0.75
"""How much wider the outputs are with a layer of bits behind them, and how much of its size is
left to the digit."""
FAN, BITS = 0.18, 0.32
"""Of the outputs with that layer: what lines and bits take."""


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
    bits: tuple[QRectF, ...]
    """The bits of the fixed layer behind the outputs."""
    word: QRectF
    """The word that the bits make (empty without one)."""
    lanes: QRectF
    """All that lines and activity bars lie in: from the first tile to the outputs."""

    @property
    def images(self) -> QRectF:
        """All tiles with what lies between them."""
        last = self.tiles[min(self.columns, len(self.tiles)) - 1]
        return self.tiles[0].united(self.tiles[-1]).united(last).adjusted(0, 0, 1, 1)


@lru_cache(maxsize=4)
def lay_out(
    width: float,
    height: float,
    scale: float,
    tiles: int,
    outputs: int,
    dense: bool = False,
    selected: bool = False,
    large: bool = False,
    word: int | None = None,
    bits: int = 0,
) -> NetworkPlaces:
    """Divides the picture; `scale` is the theme's, for text and gaps; `word`: lines below the word
    of bits, if there is one; `bits` are those of a layer behind the outputs."""
    sizes = LARGE if large else USUAL
    heading = 34 * scale
    below = height - heading - 4 * scale
    wider, narrower = LAYER if bits else (1.0, 1.0)
    left = narrower * _of(sizes.digit, width, scale)
    right = width - round(width - wider * _of(sizes.outputs, width, scale))
    bundle = min(38 * scale, 0.04 * width)
    fan = min((24 if dense else 56) * scale, 0.06 * width)
    grid = QRectF(left + bundle, heading, width - left - right - bundle - fan, below)
    gap_x, gap_y, bar = (each * scale for each in sizes.gaps)
    if dense:
        gap_x, gap_y, bar = DENSE_GAP, DENSE_GAP, 0.0
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
    column = QRectF(width - right, heading, right, below)
    if word is not None:
        high = (WORD + WORD_LINE * max(1, word)) * scale
        column.setHeight(below - min(high, MOST_WORD * below))
    rows_of_bits = QRectF(column)
    rows_of_bits.setLeft(column.right() - BITS * right)
    shown = QRectF(column)
    if bits:
        shown.setWidth((1 - FAN - BITS) * right)
    return NetworkPlaces(
        digit=digit,
        enlarged=enlarged,
        tiles=places,
        bars=bars,
        columns=columns,
        outputs=_output_rows(shown, outputs, sizes.row * scale, scale),
        grid=grid,
        headings=(
            QRectF(0, 0, left + bundle - 8 * scale, heading),
            QRectF(grid.x(), 0, grid.width() + fan - 8 * scale, heading),
            QRectF(width - right, 0, right, heading),
        ),
        gutter=max(0.0, pitch_y - side),
        bits=_output_rows(rows_of_bits, bits, 110 * scale, 3 * scale) if bits else (),
        word=QRectF(column.x(), column.bottom(), right, heading + below - column.bottom())
        if word is not None
        else QRectF(),
        lanes=QRectF(
            places[0].left() - LINE * scale,
            heading - LINE * scale,
            width - right - places[0].left() + LINE * scale,
            below + LINE * scale,
        ),
    )


def _of(size: tuple[float, float], width: float, scale: float) -> float:
    """So much of the design grid, or so much of the width."""
    return min(size[0] * scale, size[1] * width)


def _output_rows(place: QRectF, count: int, most: float, scale: float) -> tuple[QRectF, ...]:
    """So many rows below each other, in the middle of a place, none higher than `most`."""
    pitch = min(place.height() / count, most)
    top = place.center().y() - pitch * count / 2
    inset = min(2 * scale, pitch * 0.05)
    return tuple(
        QRectF(place.x(), top + i * pitch + inset, place.width(), pitch - 2 * inset)
        for i in range(count)
    )


def _best_columns(grid: QRectF, tiles: int, gap_x: float, gap_y: float) -> tuple[int, float]:
    """The number of columns that makes the tiles largest, and their side."""

    def side(columns: int) -> float:
        rows = ceil(tiles / columns)
        return min(grid.width() / columns - gap_x, grid.height() / rows - gap_y)

    columns = max(range(1, tiles + 1), key=side)
    return columns, max(4.0, float(int(side(columns))))
