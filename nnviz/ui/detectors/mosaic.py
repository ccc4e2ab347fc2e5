"""All weight images side by side, scrolling once they no longer fit."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollBar

from nnviz.data.digits import Shape
from nnviz.ui.detectors.words import MOSAIC, MOSAIC_TIP, OFF, both
from nnviz.ui.kit.canvas import CENTRE, Align, Canvas
from nnviz.ui.kit.enlarged import overlay_place, paint_overlay
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.seeing import alike
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.tile_rows import FRAME, TileRows
from nnviz.ui.kit.tile_rows import GAP as TILE_GAP
from nnviz.ui.kit.weight_images import Floats

SMALLEST = 64
"""Side of an image on the design grid below which the mosaic scrolls instead."""
CAPTION = 26
GAP = 8
TOP_LEFT, TOP_RIGHT = Align.AlignLeft, Align.AlignRight
SIGNS = {1: "positive", 0: "muted", -1: "negative"}


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
    captions: tuple[str, ...] = ()
    """What is written beside the name"""
    signs: tuple[int, ...] = ()
    """1, 0, -1: the colour of the caption"""
    sentences: tuple[tuple[str, str], ...] = ()
    """What is said of the tile when it is large, in two lines"""
    selected: int | None = None
    """Number of a tile"""
    marks: tuple[str, ...] = ()
    """What is written on the images; OFF strikes one out. Empty for none anywhere."""
    words: str = ""
    """What the mosaic shows, as a sentence."""
    smallest: int = SMALLEST

    @property
    def plain(self) -> bool:
        """Only images: no words below them, no bars beside them, and none is shown large."""
        return not self.captions


@dataclass(frozen=True)
class Places:
    """Where the tiles lie; all lengths in pixels of the screen."""

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
    def overflow(self) -> int:
        """How far it can be scrolled."""
        return max(0, self.pitch * ceil(self.tiles / self.columns) - int(self.room.height()))

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
) -> Places:
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
    return Places(tiles, columns, side, caption, pitch, wide, high, FRAME / width * side, room)


class Mosaic(Picture[MosaicView]):
    """A click or Return chooses a tile; arrows go from the selected one to those beside it."""

    walked = Signal(int)
    """The tile that an arrow has come to."""

    id = "mosaic"
    title = MOSAIC
    tip = MOSAIC_TIP
    hovers = True

    def __init__(self, theme: Theme, view: MosaicView | None = None, **names: str) -> None:
        self._places = lay_out(1, (28, 28, 1), QSizeF(1, 1), 1, SMALLEST, CAPTION, GAP)
        super().__init__(theme, view, **names)
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.valueChanged.connect(self._scrolled)
        self.bar.hide()
        self._rows = TileRows(bars=view is None or not view.plain)
        self._coloured: tuple[MosaicView | None, range] = (None, range(0))
        self._longest: tuple[Any, float] = ((), 0.0)
        self._lines = 1
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._lay_out()

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._coloured = (None, range(0))
        self._lay_out()

    def show_view(self, view: MosaicView) -> None:
        old = self.view
        super().show_view(view)
        if old is None or len(old.names) != len(view.names) or old.shape != view.shape:
            self.bar.setValue(0)
            self._rows = TileRows(bars=not view.plain)
            self._lay_out()
        elif (self._longest_of(view) > self._words_width) == (self._lines == 1):
            self._lay_out()
        if view.selected is not None and (old is None or old.selected != view.selected):
            self._scroll_to(view.selected)
        if view.selected is not None:
            self.at = view.selected

    def words(self, view: MosaicView) -> str:
        return view.words

    # ---- places ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Name and caption share a line where there is room for the longest, else take two. The
        bar takes its room only where it is needed."""
        for inside in (self.width(), self.width() - self.bar.sizeHint().width()):
            self._places = self._placed(QSizeF(max(1, inside), max(1, self.height())))
            if not self._places.overflow:
                break
        self.bar.setVisible(bool(self._places.overflow))
        self.bar.setRange(0, self._places.overflow)
        self.bar.setPageStep(self.height())
        self.bar.setSingleStep(max(1, self._places.pitch // 4))
        self.bar.setGeometry(
            int(self._places.room.width()), 0, self.bar.sizeHint().width(), self.height()
        )

    def _placed(self, room: QSizeF) -> Places:
        view, px = self.view, self.px
        tiles, shape, smallest = 1, (28, 28, 1), SMALLEST
        if view is not None:
            tiles, shape, smallest = len(view.names), view.shape, view.smallest
        line, beside = 0 if view is not None and view.plain else CAPTION, self._rows.beside
        for self._lines in (1, 2):
            caption = px(line * self._lines) if line else 0
            places = lay_out(tiles, shape, room, beside, px(smallest), caption, px(GAP))
            self._places = places
            if not line or self._longest_of(view) <= self._words_width:
                break
        return places

    @property
    def columns(self) -> int:
        return self._places.columns

    @property
    def side(self) -> int:
        """Of an image, in pixels."""
        return self._places.side

    @property
    def inside(self) -> QRectF:
        """All but the bar."""
        return QRectF(QPointF(), self._places.room)

    @property
    def _words_width(self) -> float:
        """Room for words below an image: up to where the bar beside it ends."""
        taken = (FRAME + TILE_GAP) / self._rows.beside
        return self.side * (1 + (self._places.wide - 1) * (1 - taken))

    def _longest_of(self, view: MosaicView | None) -> float:
        """Width of the longest name with its caption, in pixels."""
        if view is None or view.plain:
            return 0.0
        asked = (view.names, view.captions, self.theme)
        if not alike(self._longest[0], asked):
            bold, plain = _metrics(self.theme, True), _metrics(self.theme, False)
            self._longest = (
                asked,
                max(
                    bold.horizontalAdvance(f"{name} ") + plain.horizontalAdvance(caption)
                    for name, caption in set(zip(view.names, view.captions, strict=True))
                ),
            )
        return self._longest[1]

    def row_place(self, row: int) -> QRectF:
        """Where the images of a row lie with their frames."""
        return self._places.row_place(row, self.bar.value())

    def place(self, tile: int) -> QRectF:
        """Where the image of a tile lies, whole or in part."""
        return self._places.place(tile, self.bar.value())

    def _seen(self) -> range:
        """The tiles that can be seen, whole or in part."""
        return self._places.seen(self.bar.value())

    def regions(self, view: MosaicView) -> Iterable[Region]:
        for tile in self._seen():
            place = self.place(tile).adjusted(0, 0, 0, self._places.caption)
            said = both(*view.sentences[tile]) if view.sentences else view.names[tile]
            yield Region(tile, place, words=said)

    def selected(self, view: MosaicView) -> Hashable:
        return view.selected

    def _scroll_to(self, tile: int) -> None:
        pitch = self._places.pitch
        top = tile // self.columns * pitch
        self.bar.setValue(min(top, max(self.bar.value(), top + pitch - self.height())))

    def _scrolled(self) -> None:
        self.hovered = None
        self.update()

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: MosaicView) -> None:
        seen, top = self._seen(), self.bar.value()
        if self._coloured[0] is not view or self._coloured[1] != seen:
            self._colour(view, seen)
        still = self.kept(
            (view.names, view.captions, view.signs, seen, top, self._places),
            lambda once: self._paint_words(once, view, seen),
            fill="background",
        )
        canvas.sharp()
        self._paint_rows(canvas, still, seen)
        for tile in seen if view.marks else ():
            if view.marks[tile]:
                paint_mark(canvas, self.place(tile), view.marks[tile])
        if view.selected is not None and view.selected in seen:
            canvas.box(self.place(view.selected).adjusted(-2, -2, 2, 2), edge="focus", width=4)
        hovered = self.hovered
        if isinstance(hovered, int) and hovered in seen and not view.plain:
            place = overlay_place(self.place(hovered), self.inside, self.theme, view.shape[0])
            lines = [(words, "text") for words in view.sentences[hovered]]

            def draw(painter: Canvas, target: QRectF) -> None:
                self._rows.draw(painter, hovered - seen.start, target)

            paint_overlay(canvas, place, draw, lines)

    def _paint_rows(self, canvas: Canvas, still: QPixmap, seen: range) -> None:
        """The images, and between them the words; no pixel is painted twice."""
        ratio, width, height = still.devicePixelRatio(), self.inside.width(), self.height()
        top = 0.0
        for number in range(ceil(len(seen) / self.columns) + 1):
            place = self.row_place(seen.start // self.columns + number)
            words = QRectF(0, top, width, min(place.y(), height) - top)
            if words.height() > 0:
                source = QRectF(0, top * ratio, width * ratio, words.height() * ratio)
                canvas.drawPixmap(words, still, source)
            if number * self.columns < len(seen):
                for x, end in ((0.0, place.x()), (place.right(), float(width))):
                    if end > x:
                        margin = QRectF(x, place.y(), end - x, place.height())
                        canvas.fillRect(margin, canvas.ink("background"))
                self._rows.draw_row(canvas, number, place)
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
            self.theme,
            view.shape,
            self.columns,
        )
        self._coloured = view, seen

    def _paint_words(self, canvas: Canvas, view: MosaicView, seen: range) -> None:
        """Names and captions, which do not move at 30 pictures a second."""
        line, gap = self.px(CAPTION), self._places.frame + 1
        for tile in seen if not view.plain else ():
            place, bold = self.place(tile), _metrics(self.theme, True)
            words = QRectF(place.x(), place.bottom() + gap, self._words_width, line)
            canvas.text(words, view.names[tile], TOP_LEFT, bold=True)
            taken = bold.horizontalAdvance(view.names[tile] + " ")
            beside = words.adjusted(taken, 0, 0, 0)
            below = words.translated(0, line)
            ink = SIGNS[view.signs[tile]]
            canvas.text(beside if self._lines == 1 else below, view.captions[tile], TOP_RIGHT, ink)

    def update(self, *where: Any) -> None:
        # without the bar: drawing that costs more than all images
        super().update(self.inside.toAlignedRect())

    # ---- input -----------------------------------------------------------------------

    def tip_at(self, point: QPointF) -> str:
        # its words would lie across the large image
        return "" if self.hovered is not None and not self.view.plain else super().tip_at(point)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        if self.view is not None and self.view.selected is not None:
            self._scroll_to(self.view.selected)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.bar.isHidden():
            super().wheelEvent(event)
        else:
            QApplication.sendEvent(self.bar, event)

    def step(self, across: int, down: int) -> bool:
        moved = 0 if self.at is None else self.at + across + down * self.columns
        if 0 <= moved < len(self.view.names):
            self.move_to(moved)
            self.walked.emit(moved)
        return True

    def least_size(self, view: MosaicView | None) -> tuple[float, float]:
        plain, smallest = (False, SMALLEST) if view is None else (view.plain, view.smallest)
        pitch = smallest + (0 if plain else CAPTION) + GAP
        return 2 * smallest * self._places.wide, 2 * pitch


def paint_mark(canvas: Canvas, place: QRectF, mark: str) -> None:
    """What is done to a neuron, on its image."""
    if mark == OFF:
        canvas.line(place.bottomLeft(), place.topRight(), "text", 3)
    width = _metrics(canvas.theme, True).horizontalAdvance(mark) + canvas.px(8)
    label = QRectF(place.x(), place.y(), min(width, place.width()), canvas.px(CAPTION))
    canvas.fillRect(label, canvas.ink("text"))
    canvas.text(label, mark, CENTRE, "background", bold=True)


@lru_cache(maxsize=8)
def _metrics(theme: Theme, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(theme.font(bold=bold))
