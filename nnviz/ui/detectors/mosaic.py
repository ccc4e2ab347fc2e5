"""All weight images side by side, scrolling once they no longer fit."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollBar

from nnviz.data.digits import Shape
from nnviz.ui.detectors.words import MOSAIC, MOSAIC_TIP, OFF
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import CENTRE, Align, Canvas
from nnviz.ui.kit.enlarged import overlay_place, paint_overlay
from nnviz.ui.kit.folding import ScrollPlace
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.tile_rows import BAR, FRAME, GAPS, TileParts, TileRows
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.kit.weight_images import Floats
from nnviz.words import clauses

SMALLEST = 64
"""Side of an image on the design grid below which the mosaic scrolls instead."""
CAPTION = 26
ROW_GAPS = (8, 4)
"""Below the words, to the next row: usual, and where images can be larger with less of it."""
EVEN_COST = 2
"""So many pixels smaller are images drawn for all their pixels to be as large on the screen."""
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
    ringed: tuple[bool, ...] = ()
    """Which images have a ring; empty for none"""

    @property
    def plain(self) -> bool:
        """Only images: no words below them, no bars at them, and none is shown large."""
        return not self.captions


@dataclass(frozen=True)
class Needs:
    """What the tiles of a mosaic take besides their room; lengths in pixels of the screen."""

    shape: Shape
    """Of an image"""
    bar: int
    """Of TileParts"""
    smallest: int
    """Side of an image below which the mosaic scrolls instead"""
    line: int
    """Height of a line of words; 0 without any"""
    longest: float
    """Width of the longest name with its caption"""
    gaps: tuple[int, ...]
    """Below the words; the usual one first"""


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
    shape: Shape
    """Of an image"""
    parts: TileParts
    """What lies round an image"""
    width: int
    height: int
    """Of the room"""

    @property
    def pixel(self) -> float:
        """Side of a pixel of an image."""
        return self.side / self.shape[1]

    @property
    def frame(self) -> float:
        """Width of the frame round an image."""
        return FRAME * self.pixel

    @property
    def wide(self) -> float:
        """Of a tile with all that lies beside the image, against its image."""
        return _wide(self.shape, self.parts)

    @property
    def overflow(self) -> int:
        """How far it can be scrolled."""
        return max(0, self.pitch * ceil(self.tiles / self.columns) - self.height)

    @property
    def words_width(self) -> float:
        """Room for words below an image: up to where its frame, or the bar beside it, ends."""
        return _words_width(self.side, self.shape, self.parts)

    @property
    def words_drop(self) -> float:
        """From the lower edge of an image to the words below it."""
        return (self.parts.down - FRAME) * self.pixel + 1

    def row_place(self, row: int, top: int) -> QRectF:
        """Where the images of a row lie with their frames, scrolled by `top`."""
        width = int(self.columns * self.side * self.wide)
        height = _tall(self.side, self.shape, self.parts)
        x = max(0, (self.width - width) // 2)
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
        first, last = top // self.pitch, (top + self.height - 1) // self.pitch + 1
        return range(first * self.columns, min(self.tiles, last * self.columns))


def _wide(shape: Shape, parts: TileParts) -> float:
    return 1 + parts.across / shape[1]


def _tall(side: float, shape: Shape, parts: TileParts) -> int:
    return int(side * (1 + parts.down / shape[0]))


def _words_width(side: float, shape: Shape, parts: TileParts) -> float:
    return side * (1 + (parts.across - FRAME - parts.gap) / shape[1])


@dataclass(frozen=True)
class Arrangement:
    """A way to lay out the tiles, in as many columns as make the images largest."""

    side: int
    """Of an image; smaller ones have room too"""
    columns: int
    lines: int
    """Of words below an image"""
    gap: int
    """Below the words"""
    parts: TileParts

    def holds(self, side: float, needs: Needs) -> bool:
        """Whether there is room for images so large, and for the words below them."""
        room = _words_width(side, needs.shape, self.parts)
        return side <= self.side and (self.lines > 1 or needs.longest <= room)


def _arrange(tiles: int, needs: Needs, room: tuple[int, int]) -> Iterable[Arrangement]:
    """All arrangements, those first that are nicest where images are as large in others."""
    columns = np.arange(1, tiles + 1)
    rows = -(-tiles // columns)
    for lines, below, gap, between in product((1, 2), (False, True), needs.gaps, GAPS):
        parts = TileParts(needs.bar, below, between)
        tall = (room[1] / rows - lines * needs.line - gap) / (1 + parts.down / needs.shape[0])
        sides = np.minimum(room[0] / columns / _wide(needs.shape, parts), tall).astype(int)
        best = int(sides.argmax())
        yield Arrangement(int(sides[best]), best + 1, lines, gap, parts)


def _scrolling(needs: Needs, width: int) -> Arrangement:
    """Where not all images have room: as many beside each other as are not too small."""
    shape, bar = needs.shape, needs.bar
    columns = max(1, int(width / needs.smallest / _wide(shape, TileParts(bar, False, max(GAPS)))))
    parts = TileParts(bar, False, min(GAPS))
    side = int(width / columns / _wide(shape, parts))
    lines = 1 if needs.longest <= _words_width(side, shape, parts) else 2
    return Arrangement(side, columns, lines, needs.gaps[0], parts)


def _even(side: int, needs: Needs) -> int:
    """Images somewhat smaller where all their pixels are then as large on the screen."""
    even = side // needs.shape[1] * needs.shape[1]
    return even if side - even <= EVEN_COST and even >= needs.smallest else side


@lru_cache(maxsize=32)
def lay_out(tiles: int, needs: Needs, room: tuple[int, int]) -> Places:
    """Images as large as fit, at least `needs.smallest`, with as little between them as that
    takes. The bar lies below each where images are larger than with it beside them; name and
    caption share a line where there is room for the longest, else take two."""
    found = [each for each in _arrange(tiles, needs, room) if each.holds(each.side, needs)]
    largest = max(each.side for each in found)
    if largest < needs.smallest:
        found = [_scrolling(needs, room[0])]
        largest = found[0].side
    side, chosen = next(
        (side, each)
        for side in (_even(largest, needs), largest)
        for each in found
        if each.holds(side, needs)
    )
    caption, columns, parts = chosen.lines * needs.line, chosen.columns, chosen.parts
    high = _tall(side, needs.shape, parts) + caption + chosen.gap
    pitch = max(high, room[1] // ceil(tiles / columns))
    return Places(tiles, columns, side, caption, pitch, needs.shape, parts, *room)


NOTHING = MosaicView(
    np.zeros((1, 1), np.float32),
    1.0,
    np.ones(1, bool),
    (28, 28, 1),
    np.zeros(1, np.float32),
    ("",),
    ("",),
)
"""Before there is anything to show."""
NO_NEEDS = Needs(NOTHING.shape, BAR, SMALLEST, CAPTION, 0.0, ROW_GAPS)


class Mosaic(Picture[MosaicView]):
    """A click or Return chooses a tile; arrows go from the selected one to those beside it."""

    id = "mosaic"
    title = MOSAIC
    tip = MOSAIC_TIP
    hovers = True

    def __init__(self, theme: Theme, view: MosaicView | None = None, **names: str) -> None:
        self.places = lay_out(1, NO_NEEDS, (1, 1))
        super().__init__(theme, view, **names)
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.valueChanged.connect(self._scrolled)
        self._kept = ScrollPlace(self.bar)
        self._fresh = True  # has not been painted since it was hidden
        self._rows = TileRows()
        self._coloured: tuple[Any, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._lay_out()

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._fit()

    def show_view(self, view: MosaicView) -> None:
        old = self.view or NOTHING
        super().show_view(view)
        if len(old.names) != len(view.names) or old.shape != view.shape:
            self.bar.setValue(0)
        if (old.plain, old.smallest) == (view.plain, view.smallest):
            self._lay_out()
        else:
            self._fit()
        if view.selected is not None:
            self.at = view.selected
            if old.selected != view.selected:
                self._scroll_to(view.selected)

    def table(self, view: MosaicView) -> Twin:
        """How strongly each neuron fires, then its weights."""
        headings = (heads.NAME, heads.FIRES, *map(str, range(1, view.weights.shape[1] + 1)))
        each = zip(view.names, view.activity, view.weights.tolist(), strict=True)
        return twin_of(headings, ((name, fires, *weights) for name, fires, weights in each))

    def words(self, view: MosaicView) -> str:
        return view.words

    # ---- places ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        """The bar takes its room only where it is needed."""
        for width in (self.width(), self.width() - self.bar.sizeHint().width()):
            self.places = self._placed(max(1, width), max(1, self.height()))
            if not self.places.overflow:
                break
        self.bar.setVisible(bool(self.places.overflow))
        self.bar.setRange(0, self.places.overflow)
        self.bar.setPageStep(self.height())
        self.bar.setSingleStep(max(1, self.places.pitch // 4))
        self.bar.setGeometry(self.places.width, 0, self.bar.sizeHint().width(), self.height())

    def _fit(self) -> None:
        """Other room or type: the tile selected stays in sight if it was, and so does the place
        among the others."""
        selected = None if self.view is None else self.view.selected
        in_sight = self._fresh or selected in self._seen()
        with self._kept.kept():
            self._lay_out()
            self._kept.restore()
            if in_sight and selected is not None:
                self._scroll_to(selected)

    def _placed(self, *room: int) -> Places:
        view, px = self.view or NOTHING, self.px
        needs = Needs(
            view.shape,
            0 if view.plain else BAR,
            px(view.smallest),
            0 if view.plain else px(CAPTION),
            longest_words(view.names, view.captions, self.theme),
            tuple(px(gap) for gap in ROW_GAPS),
        )
        return lay_out(len(view.names), needs, room)

    @property
    def inside(self) -> QRectF:
        """All but the bar."""
        return QRectF(0, 0, self.places.width, self.places.height)

    def place(self, tile: int) -> QRectF:
        """Where the image of a tile lies, whole or in part."""
        return self.places.place(tile, self.bar.value())

    def _seen(self) -> range:
        """The tiles that can be seen, whole or in part."""
        return self.places.seen(self.bar.value())

    def regions(self, view: MosaicView) -> Iterable[Region]:
        below = 0 if view.plain else self.places.words_drop + self.places.caption
        for tile in self._seen():
            place = self.place(tile).adjusted(0, 0, 0, below)
            said = clauses(view.sentences[tile]) if view.sentences else view.names[tile]
            yield Region(tile, place, words=said)

    def selected(self, view: MosaicView) -> Hashable:
        return view.selected

    def _scroll_to(self, tile: int) -> None:
        pitch = self.places.pitch
        top = tile // self.places.columns * pitch
        self.bar.setValue(min(top, max(self.bar.value(), top + pitch - self.height())))

    def _scrolled(self) -> None:
        self.hovered = None
        self.update()

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: MosaicView) -> None:
        self._fresh = False
        seen, top = self._seen(), self.bar.value()
        if self._coloured != (view, seen, self.theme, self.places):
            self._colour(view, seen)
        self.still(
            canvas,
            (view.names, view.captions, view.signs, seen, top, self.places),
            lambda once: self._paint_words(once, view, seen),
            paper="background",
        )
        canvas.sharp()
        for number, row in enumerate(range(seen.start, seen.stop, self.places.columns)):
            place = self.places.row_place(row // self.places.columns, top)
            self._rows.draw_row(canvas, number, place)
        for tile in seen if view.marks else ():
            if view.marks[tile]:
                paint_mark(canvas, self.place(tile), view.marks[tile])
        for tile in seen if view.ringed else ():
            if view.ringed[tile]:
                canvas.box(self.place(tile).adjusted(1, 1, -1, -1), edge="text", width=4, radius=9)
        if view.selected is not None and view.selected in seen:
            canvas.box(self.place(view.selected).adjusted(-2, -2, 2, 2), edge="focus", width=4)
        hovered = self.hovered
        if isinstance(hovered, int) and hovered in seen and not view.plain:
            place = overlay_place(self.place(hovered), self.inside, self.theme, view.shape[0])
            lines = [(words, "text") for words in view.sentences[hovered]]

            def draw(painter: Canvas, target: QRectF) -> None:
                self._rows.draw(painter, hovered - seen.start, target)

            paint_overlay(canvas, place, draw, lines)

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
            self.places.columns,
            self.places.parts,
        )
        self._coloured = view, seen, self.theme, self.places

    def _paint_words(self, canvas: Canvas, view: MosaicView, seen: range) -> None:
        """Names and captions, which do not move at 30 pictures a second."""
        line, drop, bold = self.px(CAPTION), self.places.words_drop, _metrics(self.theme, True)
        one_line = self.places.caption == line
        wide = self.places.words_width - (GAPS[0] - self.places.parts.gap) * self.places.pixel
        if longest_words(view.names, view.captions, self.theme) > wide:
            wide = self.places.words_width  # else as far from the next words whatever the gap
        for tile in seen if not view.plain else ():
            place, name = self.place(tile), view.names[tile]
            words = QRectF(place.x(), place.bottom() + drop, wide, line)
            canvas.text(words, name, TOP_LEFT, bold=True)
            taken = bold.horizontalAdvance(f"{name} ")
            words = words.adjusted(taken, 0, 0, 0) if one_line else words.translated(0, line)
            canvas.text(words, view.captions[tile], TOP_RIGHT, SIGNS[view.signs[tile]])

    def update(self, *where: Any) -> None:
        # without the bar: drawing that costs more than all images
        super().update(self.inside.toAlignedRect())

    # ---- input -----------------------------------------------------------------------

    def tip_at(self, point: QPointF) -> str:
        # its words would lie across the large image
        return "" if self.hovered is not None and not self.view.plain else super().tip_at(point)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._fresh = True
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.bar.isHidden():
            super().wheelEvent(event)
        else:
            QApplication.sendEvent(self.bar, event)

    def step(self, across: int, down: int) -> bool:
        moved = 0 if self.at is None else self.at + across + down * self.places.columns
        if 0 <= moved < len(self.view.names):
            self.move_to(moved)
        return True

    def least_size(self, view: MosaicView | None) -> tuple[float, float]:
        view = view or NOTHING
        pitch = view.smallest + (0 if view.plain else CAPTION) + ROW_GAPS[0]
        return 2 * view.smallest * self.places.wide, 2 * pitch


def paint_mark(canvas: Canvas, place: QRectF, mark: str) -> None:
    """What is done to a neuron, on its image."""
    if mark == OFF:
        canvas.line(place.bottomLeft(), place.topRight(), "text", 3)
    width = _metrics(canvas.theme, True).horizontalAdvance(mark) + canvas.px(8)
    label = QRectF(place.x(), place.y(), min(width, place.width()), canvas.px(CAPTION))
    canvas.fillRect(label, canvas.ink("text"))
    canvas.text(label, mark, CENTRE, "background", bold=True)


@lru_cache(maxsize=4)
def longest_words(names: tuple[str, ...], captions: tuple[str, ...], theme: Theme) -> float:
    """Width of the longest name with its caption, in pixels; 0 where there are no captions."""
    bold, plain = _metrics(theme, True), _metrics(theme, False)
    return max(
        (
            bold.horizontalAdvance(f"{name} ") + plain.horizontalAdvance(caption)
            for name, caption in zip(names, captions, strict=False)
        ),
        default=0.0,
    )


@lru_cache(maxsize=8)
def _metrics(theme: Theme, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(theme.font(bold=bold))
