"""Images in a line or several, each with words below or beside it; one of them is chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QImage, QResizeEvent

from nnviz.ui.kit.canvas import CENTRE, LEFT, Canvas
from nnviz.ui.kit.picture import Picture, Policy, Region
from nnviz.ui.kit.theme import TEXT

LINE, GAP = 26, 6
"""Height of a line of words, and the room between two images."""


@dataclass(frozen=True)
class StripImage:
    """An image and what is said of it."""

    key: Any
    """What is told when it is chosen."""
    image: QImage
    words: str = ""
    tip: str = ""
    read_out: str = ""
    """What is read out when the keys come to it, if not `words`."""


@dataclass(frozen=True)
class StripView:
    """What a strip shows; sizes are on the design grid."""

    images: tuple[StripImage, ...] = ()
    selected: Any = None
    """The key of the image that is on screen elsewhere too."""
    words: str = ""
    """What the strip shows, as a sentence."""
    title: tuple[str, ...] = ()
    """Lines to the left of the images; without any image they have the whole width."""
    title_width: float = 0
    side: float = 58
    """Of an image."""
    beside: float = 0
    """Width of the words beside an image; 0: they stand below it."""
    lines: int = 1
    """How many lines of images there are at most."""


class Strip(Picture[StripView]):
    """As many images as there is room for."""

    id = "strip"
    policy = (Policy.Expanding, Policy.Fixed)
    arrows_choose = True

    resized = Signal()
    """There is room for more images, or for fewer."""

    @property
    def columns(self) -> int:
        """How many images stand side by side."""
        view = self.view or StripView()
        wide, _ = _tile(view)
        room = self.width() - self.px(view.title_width) + self.px(GAP)
        return max(1, room // self.px(wide))

    @property
    def capacity(self) -> int:
        """How many images have room."""
        return self.columns * (self.view or StripView()).lines

    def place(self, number: int) -> QRectF:
        """Where an image lies."""
        down, across = divmod(number, self.columns)
        wide, high = (self.px(size) for size in _tile(self.view))
        left = self.px(self.view.title_width) if self.view.title_width else 0
        side = self.px(self.view.side)
        return QRectF(left + across * wide, down * high, side, side)

    def shown(self, view: StripView) -> Sequence[StripImage]:
        """The images that have room."""
        return view.images[: self.capacity]

    def regions(self, view: StripView) -> Iterable[Region]:
        for number, one in enumerate(self.shown(view)):
            words = one.read_out or one.words
            yield Region(one.key, self._tile_place(number, view), one.tip, words)

    def _tile_place(self, number: int, view: StripView) -> QRectF:
        """Of an image with its words."""
        place, words = self.place(number), self._words_place(number, view)
        return place.united(words) if view.images[number].words else place

    def _words_place(self, number: int, view: StripView) -> QRectF:
        place = self.place(number)
        if view.beside:
            gap = self.px(4)
            return QRectF(place.right() + gap, place.y(), self.px(view.beside), place.height())
        return QRectF(place.x(), place.bottom(), place.width(), self.px(LINE))

    def words(self, view: StripView) -> str:
        return view.words

    def selected(self, view: StripView) -> Any:
        return view.selected

    def paint(self, canvas: Canvas, view: StripView) -> None:
        width = self.px(view.title_width - 8) if view.images else self.width()
        for number, line in enumerate(view.title):
            canvas.text(QRectF(2, self.px(LINE * number), width - 2, self.px(LINE)), line, LEFT)
        for number, one in enumerate(self.shown(view)):
            chosen = one.key == view.selected
            place = self.place(number).adjusted(1, 1, -1, -1)
            edge, thick = ("focus", 3) if chosen else ("line", 1)
            canvas.image(place, one.image, edge, thick)
            words = self._words_place(number, view)
            if view.beside:
                canvas.text(words, one.words, LEFT, size=TEXT + 6, bold=True)
            else:
                canvas.text(words, one.words, CENTRE)

    def least_size(self, view: StripView | None) -> tuple[float, float]:
        return self._size(view, 2)

    def wanted_size(self, view: StripView | None) -> tuple[float, float]:
        return self._size(view, 5)

    def _size(self, view: StripView | None, columns: int) -> tuple[float, float]:
        shown = view if view is not None else StripView()
        wide, high = _tile(shown)
        return shown.title_width + columns * wide, high * shown.lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


def _tile(view: StripView) -> tuple[float, float]:
    """Width and height of an image with its words and the gap behind it."""
    return view.side + view.beside + GAP, view.side + (0 if view.beside else LINE)
