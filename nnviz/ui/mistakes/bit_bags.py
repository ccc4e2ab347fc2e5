"""Under each bit the digits that have it: what its output must say yes to is a bag, no shape."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from nnviz.data.arrays import Bytes
from nnviz.data.digits import Shape
from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.picture import Picture, Policy, Region
from nnviz.ui.kit.weight_images import digit_image
from nnviz.ui.mistakes import bits_words as words
from nnviz.words import sentences

TITLE, TILE, GAP, ROWS = 28, 34, 3, 2
"""Heights of a name and of a digit, what is between two digits, and rows of them."""
MOST_BITS = 6
"""Bits that have room."""


@dataclass(frozen=True, eq=False)
class BagsView:
    """The bits, and a digit of each class."""

    bits: tuple[tuple[str, tuple[int, ...]], ...]
    """Name, and the classes that have it"""
    names: tuple[str, ...]
    """Of the classes"""
    images: Bytes
    """(classes, inputs): one digit of each"""
    shape: Shape


class BitBags(Picture[BagsView]):
    """One heap a bit, side by side."""

    id = "bit-bags"
    title = words.BAGS
    tip = words.BAGS_TIP
    policy = (Policy.Expanding, Policy.Fixed)
    least = (300, TITLE + ROWS * (TILE + GAP) + 2)

    def place(self, bit: int) -> QRectF:
        """Where a heap lies, with its name."""
        wide = self.width() / max(1, len(self.view.bits))
        return QRectF(bit * wide, 0, wide, self.height()).adjusted(4, 0, -4, 0)

    def regions(self, view: BagsView) -> Iterable[Region]:
        for place, (bit, classes) in enumerate(view.bits):
            told = words.bag_told(bit, [view.names[each] for each in classes])
            yield Region(place, self.place(place), tip=told, words=told)

    def words(self, view: BagsView) -> str:
        return sentences(*(each.words for each in self.regions(view)))

    def paint(self, canvas: Canvas, view: BagsView) -> None:
        px = canvas.px
        for number, (bit, classes) in enumerate(view.bits):
            place = self.place(number)
            canvas.box(place, "panel", radius=6)
            title = QRectF(place.x() + px(8), 0, place.width() - px(12), px(TITLE))
            canvas.text(title, bit, LEFT, bold=True)
            across = max(1, int((place.width() - px(8)) // px(TILE + GAP)))
            if across * ROWS < len(classes):
                across = -(-len(classes) // ROWS)
            side = min(px(TILE), (place.width() - px(8)) / across - px(GAP))
            for at, each in enumerate(classes):
                row, column = divmod(at, across)
                where = QRectF(
                    place.x() + px(4) + column * (side + px(GAP)),
                    px(TITLE) + row * (side + px(GAP)),
                    side,
                    side,
                )
                image = digit_image(view.images[each], self.theme.grey_colours, view.shape)
                canvas.image(where, image)
