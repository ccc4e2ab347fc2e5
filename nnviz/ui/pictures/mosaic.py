"""All weight images side by side, scrolling once they no longer fit."""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from nnviz.learning.digits import Shape
from nnviz.ui.pictures.enlarged import overlay_place
from nnviz.ui.pictures.tile_rows import FRAME, TileRows
from nnviz.ui.pictures.tile_rows import GAP as TILE_GAP
from nnviz.ui.pictures.weight_images import Floats
from nnviz.ui.pictures.words import draw_fitted
from nnviz.ui.theme import Theme

SMALLEST = 64
"""Side of an image on the design grid below which the mosaic scrolls instead."""
CAPTION = 26
GAP = 8


@dataclass(frozen=True, eq=False)
class MosaicView:
    """What the mosaic shows; one entry for each tile, in the order shown."""

    weights: Floats
    """(tiles, inputs)"""
    limit: float | Floats
    """End of the colour scale, shared or (tiles, 1)"""
    inked: NDArray[np.bool_]
    shape: Shape
    activity: Floats
    """(tiles,) in -1..1"""
    names: tuple[str, ...]
    captions: tuple[str, ...]
    """What is written beside the name"""
    signs: tuple[int, ...]
    """1, 0, -1: the colour of the caption"""
    sentences: tuple[str, ...]
    """What is said of the tile when it is large"""
    selected: int | None
    """Number of a tile"""


class Mosaic(QAbstractScrollArea):
    """Draws a MosaicView; tells which tile was chosen, and which was opened."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, theme: Theme, smallest: int = SMALLEST, captions: bool = True) -> None:
        """`captions`: names and words below the images, bars for activities beside them, and
        the image under the pointer large."""
        super().__init__()
        self._smallest, self._caption = smallest, CAPTION if captions else 0
        self.setObjectName("mosaic")
        self.setAccessibleName("Hidden neurons: their weights")
        self.setToolTip("Click a neuron to see it alone; the arrow keys select, Return opens.")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self._rows = TileRows(bars=captions)
        self._view: MosaicView | None = None
        self._hovered: int | None = None
        self._wide = self._high = 1.0  # of a tile, against its image
        self._coloured = range(0)
        self._still: QPixmap | None = None
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._lay_out()

    @property
    def view(self) -> MosaicView | None:
        return self._view

    def show_view(self, view: MosaicView, only_moving: bool = False) -> None:
        """Draws this from now on; `only_moving` leaves the words as they were."""
        old, self._view = self._view, view
        self._coloured = range(0)
        if old is None or len(old.names) != len(view.names) or old.shape != view.shape:
            self.verticalScrollBar().setValue(0)
            self._lay_out()
        elif not only_moving:
            self._still = None
        if view.selected is not None and (old is None or old.selected != view.selected):
            self._scroll_to(view.selected)
        self.viewport().update()

    # ---- places ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Images as large as the room allows, at least SMALLEST."""
        view, px = self._view, self._theme.px
        width, height = self.viewport().width(), self.viewport().height()
        tiles = len(view.names) if view else 1
        rows, columns, _ = view.shape if view else (28, 28, 1)
        self._wide, self._high = 1 + self._rows.beside / columns, 1 + 2 * FRAME / rows
        below = px(self._caption + GAP)

        def side(columns: int) -> float:
            high = height / ceil(tiles / columns) - below
            return min(width / columns / self._wide, high / self._high)

        self.columns = max(range(1, tiles + 1), key=side)
        self.side = int(side(self.columns))
        if self.side < px(self._smallest):
            self.columns = max(1, int(width / (px(self._smallest) * self._wide)))
            self.side = int(width / self.columns / self._wide)
        rows = ceil(tiles / self.columns)
        self._pitch = max(int(self.side * self._high) + below, height // rows)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._pitch * rows - height))
        bar.setPageStep(height)
        bar.setSingleStep(max(1, self._pitch // 4))
        self._moved()

    def _moved(self) -> None:
        """Other tiles are seen, or the same ones elsewhere."""
        self._still, self._coloured, self._hovered = None, range(0), None
        self.viewport().update()

    def _row_place(self, row: int) -> QRectF:
        """Where the images of a row lie in the viewport, with their frames."""
        width = int(self.columns * self.side * self._wide)
        x = max(0, (self.viewport().width() - width) // 2)
        height = int(self.side * self._high)
        y = row * self._pitch + (self._pitch - height - self._theme.px(self._caption)) // 2
        return QRectF(x, y - self.verticalScrollBar().value(), width, height)

    def place(self, tile: int) -> QRectF:
        """Where the image of a tile lies in the viewport, whole or in part."""
        row, column = divmod(tile, self.columns)
        place, frame = (
            self._row_place(row),
            FRAME * (self._wide - 1) / self._rows.beside * self.side,
        )
        x = place.x() + column * place.width() / self.columns + frame
        return QRectF(x, place.y() + frame, self.side, self.side)

    def tile_at(self, point: QPointF) -> int | None:
        """The tile under a point of the viewport."""
        for tile in self._seen():
            place = self.place(tile).adjusted(0, 0, 0, self._theme.px(self._caption))
            if place.contains(point):
                return tile
        return None

    def _seen(self) -> range:
        """The tiles that the viewport shows, whole or in part."""
        if self._view is None:
            return range(0)
        top = self.verticalScrollBar().value()
        first = top // self._pitch
        last = (top + self.viewport().height() - 1) // self._pitch + 1
        return range(first * self.columns, min(len(self._view.names), last * self.columns))

    def _scroll_to(self, tile: int) -> None:
        bar, top = self.verticalScrollBar(), tile // self.columns * self._pitch
        height = self.viewport().height()
        bar.setValue(min(top, max(bar.value(), top + self._pitch - height)))

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self._view, self._theme
        if view is None:
            return
        seen = self._seen()
        if seen != self._coloured:
            self._colour(view, seen)
        if self._still is None:
            self._still = self._draw_still(view, seen)
        with QPainter(self.viewport()) as painter:
            self._draw_rows(painter, self._still, seen)
            if view.selected is not None and view.selected in seen:
                painter.setPen(QPen(theme.colour("focus"), theme.px(4)))
                painter.drawRect(self.place(view.selected).adjusted(-2, -2, 2, 2))
            if self._hovered is not None and self._hovered in seen:
                self._draw_large(painter, view, self._hovered, self._hovered - seen.start)

    def _draw_rows(self, painter: QPainter, still: QPixmap, seen: range) -> None:
        """The images, and between them the words; no pixel is painted twice."""
        ratio, width = still.devicePixelRatio(), self.viewport().width()
        top = 0.0
        for number in range(ceil(len(seen) / self.columns) + 1):
            place = self._row_place(seen.start // self.columns + number)
            words = QRectF(0, top, width, min(place.y(), self.viewport().height()) - top)
            if words.height() > 0:
                source = QRectF(0, top * ratio, width * ratio, words.height() * ratio)
                painter.drawPixmap(words, still, source)
            if number * self.columns < len(seen):
                for x, end in ((0.0, place.x()), (place.right(), float(width))):
                    if end > x:
                        margin = QRectF(x, place.y(), end - x, place.height())
                        painter.fillRect(margin, self._theme.colour("background"))
                self._rows.draw_row(painter, number, place)
            top = place.bottom()

    def _colour(self, view: MosaicView, seen: range) -> None:
        """Colours only what can be seen."""
        part = slice(seen.start, seen.stop)
        limit = view.limit if isinstance(view.limit, float) else view.limit[part]
        self._rows.colour(
            view.weights[part],
            view.activity[part],
            view.inked,
            limit,
            self._theme,
            view.shape,
            self.columns,
        )
        self._coloured = seen

    def _draw_still(self, view: MosaicView, seen: range) -> QPixmap:
        """Names and captions, which do not move at 30 pictures a second."""
        theme, ratio = self._theme, self.devicePixelRatioF()
        still = QPixmap(self.viewport().size() * ratio)
        still.setDevicePixelRatio(ratio)
        still.fill(theme.colour("background"))
        colours = {1: "positive", 0: "muted", -1: "negative"}
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        width = self.side * (1 + (self._wide - 1) * (1 - (FRAME + TILE_GAP) / self._rows.beside))
        with QPainter(still) as painter:
            for tile in seen if self._caption else ():
                place = self.place(tile)
                below = QRectF(
                    place.x(), place.bottom() + theme.px(3), width, theme.px(self._caption)
                )
                painter.setPen(theme.colour("text"))
                draw_fitted(painter, below, left, view.names[tile], theme, bold=True)
                taken = painter.fontMetrics().horizontalAdvance(view.names[tile] + " ")
                painter.setPen(theme.colour(colours[view.signs[tile]]))
                draw_fitted(
                    painter, below.adjusted(taken, 0, 0, 0), right, view.captions[tile], theme
                )
        return still

    def _draw_large(self, painter: QPainter, view: MosaicView, tile: int, number: int) -> None:
        theme, inside = self._theme, QRectF(self.viewport().rect())
        place = overlay_place(self.place(tile), inside, theme, view.shape[0])
        painter.fillRect(place.adjusted(-8, -8, 8, 8), theme.colour("panel"))
        painter.setPen(QPen(theme.colour("focus"), theme.px(2)))
        painter.drawRect(place.adjusted(-8, -8, 8, 8))
        side = place.width()
        self._rows.draw(painter, number, QRectF(place.x(), place.y(), side, side))
        painter.setPen(theme.colour("text"))
        lines = view.sentences[tile].split("; ")[:2]
        for row, line in enumerate(lines):
            below = QRectF(place.x(), place.y() + side + theme.px(4 + 26 * row), side, theme.px(26))
            draw_fitted(painter, below, Qt.AlignmentFlag.AlignCenter, line, theme)

    # ---- pointer, keys, scrolling ----------------------------------------------------

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._moved()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.tile_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, tile: int | None) -> None:
        if tile != self._hovered and self._caption:
            self._hovered = tile
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tile = self.tile_at(event.position())
        if tile is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(tile)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view, key, keys = self._view, event.key(), Qt.Key
        moves = {
            keys.Key_Left: -1,
            keys.Key_Right: 1,
            keys.Key_Up: -self.columns,
            keys.Key_Down: self.columns,
        }
        if view is None or key not in (*moves, keys.Key_Return, keys.Key_Enter):
            event.ignore()  # page keys are the window's
        elif key in moves:
            here = view.selected
            moved = 0 if here is None else here + moves[keys(key)]
            if 0 <= moved < len(view.names):
                self.chosen.emit(moved)
        elif view.selected is not None:
            self.opened.emit(view.selected)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        pitch = self._smallest + self._caption + GAP
        return QSize(self._theme.px(2 * self._smallest * self._wide), self._theme.px(2 * pitch))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
