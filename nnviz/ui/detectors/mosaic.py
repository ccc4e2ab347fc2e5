"""All weight images side by side, scrolling once they no longer fit."""

from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
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

from nnviz.ui.detectors.mosaic_layout import lay_out
from nnviz.ui.detectors.mosaic_view import MosaicView
from nnviz.ui.detectors.mosaic_words import (
    draw_large_frame,
    draw_mark,
    draw_words,
    longest_words,
)
from nnviz.ui.kit.enlarged import overlay_place
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.tile_rows import FRAME, TileRows
from nnviz.ui.kit.tile_rows import GAP as TILE_GAP

SMALLEST = 64
"""Side of an image on the design grid below which the mosaic scrolls instead."""
CAPTION = 26
GAP = 8


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
        self._longest, self._lines = 0.0, 1
        self._coloured = range(0)
        self._still: QPixmap | None = None
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._longest = self._longest_of(self._view)
        self._lay_out()

    @property
    def view(self) -> MosaicView | None:
        return self._view

    def show_view(self, view: MosaicView, only_moving: bool = False) -> None:
        """Draws this from now on; `only_moving` leaves the words as they were."""
        old, self._view = self._view, view
        self._coloured = range(0)
        if not only_moving:
            self._still, self._longest = None, self._longest_of(view)
        if old is None or len(old.names) != len(view.names) or old.shape != view.shape:
            self.verticalScrollBar().setValue(0)
            self._lay_out()
        elif (self._longest > self._words_width) == (self._lines == 1):
            self._lay_out()
        if view.selected is not None and (old is None or old.selected != view.selected):
            self._scroll_to(view.selected)
        self.viewport().update()

    # ---- places ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Name and caption share a line where there is room for the longest, else take two."""
        view, px = self._view, self._theme.px
        tiles = len(view.names) if view else 1
        shape = view.shape if view else (28, 28, 1)
        room = QSizeF(self.viewport().size())
        for lines in (1, 2):
            caption = px(self._caption * lines)
            self._layout = lay_out(
                tiles, shape, room, self._rows.beside, px(self._smallest), caption, px(GAP)
            )
            if self._longest <= self._words_width or not caption:
                break
        self._lines = lines
        bar = self.verticalScrollBar()
        bar.setRange(0, self._layout.overflow)
        bar.setPageStep(int(room.height()))
        bar.setSingleStep(max(1, self._layout.pitch // 4))
        self._moved()

    @property
    def columns(self) -> int:
        return self._layout.columns

    @property
    def side(self) -> int:
        """Of an image, in pixels."""
        return self._layout.side

    @property
    def _words_width(self) -> float:
        """Room for words below an image: up to where the bar beside it ends."""
        taken = (FRAME + TILE_GAP) / self._rows.beside
        return self.side * (1 + (self._layout.wide - 1) * (1 - taken))

    def _longest_of(self, view: MosaicView | None) -> float:
        return longest_words(view, self._theme) if view and self._caption else 0.0

    def _moved(self) -> None:
        """Other tiles are seen, or the same ones elsewhere."""
        self._still, self._coloured, self._hovered = None, range(0), None
        self.viewport().update()

    def _row_place(self, row: int) -> QRectF:
        return self._layout.row_place(row, self.verticalScrollBar().value())

    def place(self, tile: int) -> QRectF:
        """Where the image of a tile lies in the viewport, whole or in part."""
        return self._layout.place(tile, self.verticalScrollBar().value())

    def tile_at(self, point: QPointF) -> int | None:
        """The tile under a point of the viewport."""
        for tile in self._seen():
            if self.place(tile).adjusted(0, 0, 0, self._layout.caption).contains(point):
                return tile
        return None

    def _seen(self) -> range:
        """The tiles that the viewport shows, whole or in part."""
        if self._view is None:
            return range(0)
        return self._layout.seen(self.verticalScrollBar().value())

    def _scroll_to(self, tile: int) -> None:
        pitch = self._layout.pitch
        bar, top = self.verticalScrollBar(), tile // self.columns * pitch
        height = self.viewport().height()
        bar.setValue(min(top, max(bar.value(), top + pitch - height)))

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
            for tile in seen if view.marks else ():
                if view.marks[tile]:
                    draw_mark(painter, self.place(tile), view.marks[tile], theme)
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
        line, gap = theme.px(self._caption), self._layout.frame + 1
        with QPainter(still) as painter:
            for tile in seen if self._caption else ():
                place = self.place(tile)
                words = QRectF(place.x(), place.bottom() + gap, self._words_width, line)
                draw_words(painter, words, view, tile, theme, self._lines)
        return still

    def _draw_large(self, painter: QPainter, view: MosaicView, tile: int, number: int) -> None:
        theme, inside = self._theme, QRectF(self.viewport().rect())
        place = overlay_place(self.place(tile), inside, theme, view.shape[0])
        draw_large_frame(painter, place, view.sentences[tile], theme)
        side = place.width()
        self._rows.draw(painter, number, QRectF(place.x(), place.y(), side, side))

    # ---- pointer, keys, scrolling ----------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._hovered is not None:
            return True  # its words would lie across the large image
        return super().viewportEvent(event)

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
        wide = self._layout.wide
        return QSize(self._theme.px(2 * self._smallest * wide), self._theme.px(2 * pitch))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
