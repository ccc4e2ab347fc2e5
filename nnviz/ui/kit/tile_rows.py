"""Weight images with their activity bars as pixels: one strip for each row of tiles.

A row is one image, so that drawing it costs one call and touches every pixel of the screen
once; a mosaic of many separate images costs several times as much.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from nnviz.data.digits import Shape
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import Floats, colour_weights

FRAME, BAR = 1, 2
"""Widths in pixels of an image's own size: a frame all round, the bar right of it."""
GAPS = (3, 2, 1)
"""The gap right of that: usual, and where images can be larger with less of it."""


class TileRows:
    """Pictures of weights in rows of so many columns."""

    def __init__(self, bars: bool = True) -> None:
        self.bar = BAR if bars else 0
        self.gap = GAPS[0]
        self._loose = np.zeros((0, 1, 1), np.uint32)
        self._rows = np.zeros((0, 1, 1), np.uint32)
        self._image = QImage()
        self._drawn: tuple[int, Shape, int, int, str] | None = None
        self._shape: Shape = (1, 1, 1)

    @property
    def beside(self) -> int:
        """Pixels of an image's own size that a tile is wider than its image."""
        return 2 * FRAME + self.bar + self.gap

    def colour(
        self,
        weights: Floats,
        activity: Floats,
        inked: NDArray[np.bool_],
        limit: float | Floats,
        theme: Theme,
        shape: Shape,
        columns: int,
    ) -> None:
        """Takes new weights (tiles, inputs) and activities (tiles,) in -1..1."""
        height, width, _ = self._shape = shape
        tiles, rows = len(weights), -(-len(weights) // columns)
        if self._drawn != (tiles, shape, columns, self.gap, theme.name):
            self._drawn = (tiles, shape, columns, self.gap, theme.name)
            self._begin(tiles, rows, columns, theme)
        colour_weights(weights, inked, limit, theme.weight_colours, shape, self._loose[:tiles])
        grid = self._rows.reshape(rows, height + 2 * FRAME, columns, width + self.beside)
        inside = grid[:, FRAME : FRAME + height]
        inside[..., FRAME : FRAME + width] = self._loose.reshape(
            rows, columns, height, width
        ).swapaxes(1, 2)
        track, up, down = (theme.colour(c).rgb() for c in ("raised", "text", "negative"))
        amount = np.clip(np.nan_to_num(activity), -1, 1)
        reached = np.arange(height, 0, -1) - 0.5 < np.abs(amount)[:, None] * height
        bars = np.full((rows * columns, height), theme.colour("background").rgb(), np.uint32)
        bars[:tiles] = np.where(reached, np.where(amount > 0, up, down)[:, None], track)
        inside[..., width + 2 * FRAME : width + 2 * FRAME + self.bar] = bars.reshape(
            rows, columns, height, 1
        ).swapaxes(1, 2)

    def _begin(self, tiles: int, rows: int, columns: int, theme: Theme) -> None:
        """Makes the buffers, with what stays: frames and gaps."""
        height, width, _ = self._shape
        background = theme.colour("background").rgb()
        self._loose = np.full((rows * columns, height, width), background, np.uint32)
        high, wide = height + 2 * FRAME, columns * (width + self.beside)
        self._rows = np.full((rows, high, wide), background, np.uint32)
        grid = self._rows.reshape(rows, high, columns, width + self.beside)
        for tile in range(tiles):
            row, column = divmod(tile, columns)
            grid[row, :, column, : width + 2 * FRAME + self.bar] = theme.colour("raised").rgb()
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
        row, column = divmod(tile, self._rows.shape[2] // (width + self.beside))
        x, y = column * (width + self.beside) + FRAME, row * (height + 2 * FRAME) + FRAME
        painter.drawImage(target, self._image, QRectF(x, y, width, height))
