"""Weight images with their activity bars as pixels: one strip for each row of tiles.

A row is one image, so that drawing it costs one call and touches every pixel of the screen
once; a mosaic of many separate images costs several times as much.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from nnviz.data.digits import Shape
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import Floats, colour_weights

FRAME, BAR = 1, 2
"""Widths in pixels of an image's own size: a frame all round, the bar right of it or below it."""
GAPS = (3, 2, 1)
"""The gap right of that: usual, and where images can be larger with less of it."""


@dataclass(frozen=True)
class TileParts:
    """What lies round the image of a tile, in pixels of an image's own size."""

    bar: int
    """Width of the activity bar; 0 without one"""
    below: bool
    """The bar lies below the image, and grows to the right; else right of it, and grows up."""
    gap: int
    """To the next tile of the row"""

    @property
    def across(self) -> int:
        """How much wider a tile is than its image."""
        return 2 * FRAME + self.gap + (0 if self.below else self.bar)

    @property
    def down(self) -> int:
        """How much higher."""
        return 2 * FRAME + (self.bar if self.below else 0)


class TileRows:
    """Pictures of weights in rows of so many columns."""

    def __init__(self) -> None:
        self._parts = TileParts(BAR, False, GAPS[0])
        self._loose = np.zeros((0, 1, 1), np.uint32)
        self._rows = np.zeros((0, 1, 1), np.uint32)
        self._image = QImage()
        self._drawn: tuple[int, Shape, int, TileParts, str] | None = None
        self._shape: Shape = (1, 1, 1)

    def colour(
        self,
        weights: Floats,
        activity: Floats,
        inked: NDArray[np.bool_],
        limit: float | Floats,
        theme: Theme,
        shape: Shape,
        columns: int,
        parts: TileParts,
    ) -> None:
        """Takes new weights (tiles, inputs) and activities (tiles,) in -1..1."""
        height, width, _ = self._shape = shape
        self._parts = parts
        tiles, rows = len(weights), -(-len(weights) // columns)
        if self._drawn != (tiles, shape, columns, parts, theme.name):
            self._drawn = (tiles, shape, columns, parts, theme.name)
            self._begin(tiles, rows, columns, theme)
        colour_weights(weights, inked, limit, theme.weight_colours, shape, self._loose[:tiles])
        grid = self._grid(columns)
        images = self._loose.reshape(rows, columns, height, width).swapaxes(1, 2)
        grid[:, FRAME : FRAME + height, :, FRAME : FRAME + width] = images
        length, amount = width if parts.below else height, np.clip(np.nan_to_num(activity), -1, 1)
        track, up, down = (theme.colour(c).rgb() for c in ("raised", "text", "negative"))
        reached = np.arange(length) + 0.5 < np.abs(amount)[:, None] * length
        bars = np.full((rows * columns, length), theme.colour("background").rgb(), np.uint32)
        bars[:tiles] = np.where(reached, np.where(amount > 0, up, down)[:, None], track)
        placed = bars.reshape(rows, columns, length)
        if parts.below:
            first = height + 2 * FRAME
            grid[:, first : first + parts.bar, :, FRAME : FRAME + width] = placed[:, None]
        else:
            first = width + 2 * FRAME
            upright = placed[..., ::-1].swapaxes(1, 2)[..., None]
            grid[:, FRAME : FRAME + height, :, first : first + parts.bar] = upright

    def _grid(self, columns: int) -> NDArray[np.uint32]:
        """(rows, height, columns, width) of the tiles, with all that lies round the images."""
        rows, high, wide = self._rows.shape
        return self._rows.reshape(rows, high, columns, wide // columns)

    def _begin(self, tiles: int, rows: int, columns: int, theme: Theme) -> None:
        """Makes the buffers, with what stays: frames and gaps."""
        height, width, _ = self._shape
        background = theme.colour("background").rgb()
        self._loose = np.full((rows * columns, height, width), background, np.uint32)
        high, wide = height + self._parts.down, columns * (width + self._parts.across)
        self._rows = np.full((rows, high, wide), background, np.uint32)
        grid = self._grid(columns)
        for tile in range(tiles):
            row, column = divmod(tile, columns)
            tinted = grid[row, :, column, : width + self._parts.across - self._parts.gap]
            tinted[...] = theme.colour("raised").rgb()
        self._image = QImage(
            self._rows.data, wide, rows * high, wide * 4, QImage.Format.Format_RGB32
        )

    def draw_row(self, painter: QPainter, row: int, target: QRectF) -> None:
        """Draws one row of tiles with their frames, bars and gaps."""
        _, height, width = self._rows.shape
        painter.drawImage(target, self._image, QRectF(0, row * height, width, height))

    def draw(self, painter: QPainter, tile: int, target: QRectF) -> None:
        """Draws one image alone; neighbouring weights keep sharp edges."""
        height, width, _ = self._shape
        wide, high = width + self._parts.across, height + self._parts.down
        row, column = divmod(tile, self._rows.shape[2] // wide)
        x, y = column * wide + FRAME, row * high + FRAME
        painter.drawImage(target, self._image, QRectF(x, y, width, height))
