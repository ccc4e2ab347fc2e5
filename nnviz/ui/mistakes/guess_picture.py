"""A digit alone at full height, and beside it what it could be."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from nnviz.data.arrays import Bytes
from nnviz.data.digits import Shape
from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import BACK_ROW
from nnviz.ui.kit.weight_images import digit_image
from nnviz.ui.mistakes import guess_words as words
from nnviz.words import sentences

BESIDE, LEAST_BESIDE, TALLEST, GAP = 430, 230, 92, 12
"""Width of what stands beside the digit, height of a choice, and between two."""
TITLE, LINE, NAME = 48, 40, 52
"""Heights of the line above the choices and of those below, and type of a choice."""


@dataclass(frozen=True)
class Choice:
    """One thing that it could be."""

    key: int | None
    """What is told when it is chosen; None: nothing."""
    name: str
    told: str = ""
    """Hands, or how many designs say so"""
    right: bool | None = None
    """None while nobody tells."""
    chosen: bool = False


@dataclass(frozen=True)
class GuessView:
    """The digit, the choices, and what is said once the answer is shown."""

    pixels: Bytes
    """(inputs,)"""
    shape: Shape
    choices: tuple[Choice, ...] = ()
    told: tuple[str, ...] = ()


class GuessPicture(Picture[GuessView]):
    """Tells which choice was clicked; without any, the digit has all the room."""

    id = "guess"
    title = words.PICTURE
    tip = words.PICTURE_TIP
    least = (360, 200)

    @property
    def beside(self) -> float:
        """Width of what stands beside the digit, in pixels; 0 where nothing does."""
        view = self.view
        if not view.choices and not view.told:
            return 0
        rest = self.width() - self.height() - self.px(24)
        return max(self.px(LEAST_BESIDE), min(self.px(BESIDE), rest))

    @property
    def digit(self) -> QRectF:
        """Where the digit lies."""
        room = self.width() - self.beside - (self.px(24) if self.beside else 0)
        side = max(8, min(room, self.height())) - 2
        left = (room - side) / 2
        return QRectF(left, (self.height() - side) / 2, side, side)

    def place(self, number: int) -> QRectF:
        """Where a choice lies."""
        view, px = self.view, self.px
        below = len(view.told) * px(LINE) + px(GAP)
        count = max(1, len(view.choices))
        room = self.height() - px(TITLE) - below
        high = min(px(TALLEST), (room - (count - 1) * px(GAP)) / count)
        whole = px(TITLE) + count * high + (count - 1) * px(GAP) + below
        top = max(0.0, (self.height() - whole) / 2) + px(TITLE)
        return QRectF(
            self.width() - self.beside, top + number * (high + px(GAP)), self.beside - 2, high
        )

    def regions(self, view: GuessView) -> Iterable[Region]:
        for number, choice in enumerate(view.choices):
            marks = () if choice.right is None else (words.label_told(choice.name),)
            facts = (choice.told, *(marks if choice.right else ()))
            said = words.choice_told(choice.name, *facts)
            yield Region(choice.key, self.place(number), words=said)

    def words(self, view: GuessView) -> str:
        chosen = [
            words.guessed(each.name, each.right)
            for each in view.choices
            if each.chosen and each.key is not None
        ]
        return sentences(
            words.WHAT, *(each.words for each in self.regions(view)), *chosen, *view.told
        )

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: GuessView) -> None:
        canvas.image(self.digit, digit_image(view.pixels, self.theme.grey_colours, view.shape))
        px = canvas.px
        if not self.beside:
            return
        first = self.place(0)
        if view.choices:
            above = QRectF(first.x(), first.y() - px(TITLE), first.width(), px(TITLE - 6))
            canvas.text(above, words.WHAT, LEFT, "muted", size=BACK_ROW)
        for number, choice in enumerate(view.choices):
            self._paint_choice(canvas, self.place(number), choice)
        top = self.place(len(view.choices) - 1).bottom() + px(8) if view.choices else first.y()
        for number, line in enumerate(view.told):
            below = QRectF(first.x(), top + number * px(LINE), first.width(), px(LINE))
            canvas.text(below, line, LEFT, size=BACK_ROW, bold=not number)

    def _paint_choice(self, canvas: Canvas, place: QRectF, choice: Choice) -> None:
        px = canvas.px
        frame = "right" if choice.right else "text" if choice.chosen else ""
        canvas.box(place, "raised", frame, width=4, radius=8)
        mark = px(44) if choice.right is not None and (choice.right or choice.chosen) else 0
        inside = place.adjusted(px(16), 0, -px(14), 0)
        told = px(170) if choice.told else 0
        size = min(NAME, place.height() / self.theme.scale * 0.7)
        name = inside.adjusted(0, 0, -told - mark, 0)
        canvas.text(name, choice.name, LEFT, size=size, bold=True)
        if choice.told:
            canvas.text(QRectF(name.right(), place.y(), told, place.height()), choice.told, RIGHT)
        if mark:
            at = QRectF(inside.right() - mark, place.y(), mark + px(6), place.height())
            canvas.mark(at, bool(choice.right), radius=12)
