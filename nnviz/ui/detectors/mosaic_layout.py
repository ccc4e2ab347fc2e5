"""Where the tiles of a mosaic lie: rows and columns of images as large as the room allows."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF, QSizeF

from nnviz.data.digits import Shape
from nnviz.ui.kit.tile_rows import FRAME


@dataclass(frozen=True)
class MosaicLayout:
    """All lengths in pixels of the screen."""

    tiles: int
    columns: int
    side: int
    """Of an image"""
    caption: int
    """Height of the words below an image"""
    pitch: int
    """From one row to the next"""
    wide: float
    """Of a tile with all that lies beside the image, against its image"""
    high: float
    frame: float
    """Width of the frame round an image"""
    room: QSizeF

    @property
    def rows(self) -> int:
        return ceil(self.tiles / self.columns)

    @property
    def overflow(self) -> int:
        """How far it can be scrolled."""
        return max(0, self.pitch * self.rows - int(self.room.height()))

    def row_place(self, row: int, top: int) -> QRectF:
        """Where the images of a row lie with their frames, scrolled by `top`."""
        width = int(self.columns * self.side * self.wide)
        x = max(0, (int(self.room.width()) - width) // 2)
        height = int(self.side * self.high)
        y = row * self.pitch + (self.pitch - height - self.caption) // 2
        return QRectF(x, y - top, width, height)

    def place(self, tile: int, top: int) -> QRectF:
        """Where the image of a tile lies, whole or in part."""
        row, column = divmod(tile, self.columns)
        place = self.row_place(row, top)
        x = place.x() + column * place.width() / self.columns + self.frame
        return QRectF(x, place.y() + self.frame, self.side, self.side)

    def seen(self, top: int) -> range:
        """The tiles that can be seen, whole or in part."""
        first = top // self.pitch
        last = (top + int(self.room.height()) - 1) // self.pitch + 1
        return range(first * self.columns, min(self.tiles, last * self.columns))


def lay_out(
    tiles: int, shape: Shape, room: QSizeF, beside: int, smallest: int, caption: int, gap: int
) -> MosaicLayout:
    """Images as large as fit, at least `smallest`; `beside` as of TileRows."""
    height, width, _ = shape
    wide, high = 1 + beside / width, 1 + 2 * FRAME / height
    below = caption + gap

    def side_of(columns: int) -> float:
        tall = room.height() / ceil(tiles / columns) - below
        return min(room.width() / columns / wide, tall / high)

    columns = max(range(1, tiles + 1), key=side_of)
    side = int(side_of(columns))
    if side < smallest:
        columns = max(1, int(room.width() / (smallest * wide)))
        side = int(room.width() / columns / wide)
    pitch = max(int(side * high) + below, int(room.height()) // ceil(tiles / columns))
    return MosaicLayout(
        tiles, columns, side, caption, pitch, wide, high, FRAME / width * side, room
    )
