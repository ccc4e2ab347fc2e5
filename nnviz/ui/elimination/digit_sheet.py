"""Some digits as small pictures; one of them can be chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from nnviz.data.digits import ShownDigits
from nnviz.ui.elimination import words
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.weight_images import digit_image

SIDE, GAP, MARK = 62, 5, 20
"""Of a picture with the gap beside it, the gap, and the mark in it, on the design grid."""


@dataclass(frozen=True)
class SheetView:
    """What the sheet shows."""

    digits: ShownDigits
    images: tuple[int, ...] = ()
    """Numbers of the digits, in their order."""
    right: tuple[bool, ...] = ()
    """Whether each is answered right."""
    shown: int = -1
    """The digit on screen."""


class DigitSheet(Picture[SheetView]):
    """As many as fit; right ones have a tick, wrong ones a cross. Tells the number of a digit."""

    id = "digit-sheet"
    title = words.SHEET
    tip = words.SHEET_TIP
    least = (4 * SIDE, 2 * SIDE)
    arrows_choose = True

    @property
    def columns(self) -> int:
        """How many stand side by side."""
        return max(1, self.width() // self.px(SIDE))

    def place(self, number: int) -> QRectF:
        """Of a picture."""
        side, inside = self.px(SIDE), self.px(SIDE) - self.px(GAP)
        row, column = divmod(number, self.columns)
        return QRectF(column * side, row * side, inside, inside)

    def regions(self, view: SheetView) -> Iterable[Region]:
        capacity = self.columns * max(1, self.height() // self.px(SIDE))
        for number, image in enumerate(view.images[:capacity]):
            label = view.digits.class_names[view.digits.labels[image]]
            yield Region(image, self.place(number), words=words.label(label))

    def selected(self, view: SheetView) -> int:
        return view.shown

    def words(self, view: SheetView) -> str:
        return words.how_many_right(len(view.images), sum(view.right))

    def paint(self, canvas: Canvas, view: SheetView) -> None:
        side = self.px(MARK)
        for number, region in enumerate(self.regions(view)):
            place, image = region.place, view.images[number]
            pixels, greys = view.digits.images[image], self.theme.grey_colours
            canvas.image(place, digit_image(pixels, greys, view.digits.shape), edge="")
            mark = QRectF(place.right() - side, place.y(), side, side)
            canvas.box(mark, "background")
            canvas.mark(mark, view.right[number], radius=6.4)
            edge, width = ("focus", 3) if image == view.shown else ("line", 1)
            canvas.box(place, edge=edge, width=width)
