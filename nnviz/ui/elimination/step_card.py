"""One step of a walk in large type: who leaves, and where it would end had another left."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from nnviz.data.arrays import Bytes
from nnviz.data.digits import Shape
from nnviz.ui.elimination import words
from nnviz.ui.kit.canvas import CENTRE, DASHES, LEFT, Canvas
from nnviz.ui.kit.picture import Picture, Policy, Region
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.weight_images import digit_image

WIDTH, HEIGHT = 294, 300
"""On the design grid, the height at least."""
DIGIT = 128
"""Side of the digit on the design grid."""
IN_A_ROW = 5
GHOSTS_TOP = 188
GHOST, LOW_GHOST, LEAST_GHOST = 66, 50, 32
"""Heights on the design grid: where there is room; below which name and end share a line; the
least."""
LARGE_LINE = 34
"""Height of the first line of the footer on the design grid."""
LARGE_FIT = 3
"""Classes in large type that fit beside the digit; of more, the first and how many more."""


@dataclass(frozen=True)
class Ghost:
    """A class that could have left instead."""

    one: int
    name: str
    end: str
    """Name of the class that is left then."""
    differs: bool
    """Whether the end is another one although the class that wins stays in play."""


@dataclass(frozen=True)
class CardView:
    """What the card shows."""

    pixels: Bytes
    shape: Shape
    large: tuple[tuple[int, str, bool], ...]
    """(class, name, whether it leaves) of those the step is about"""
    beside: tuple[str, ...]
    """At most three short lines beside the digit."""
    ghosts_title: str
    ghosts: tuple[Ghost, ...]
    footer: tuple[str, ...]
    """Lines at the bottom; the first is large."""
    note: str
    words: str


class StepCard(Picture[CardView]):
    """Tells the class of a ghost that is chosen."""

    id = "step-card"
    title = words.CARD
    tip = words.CARD_TIP
    least = (WIDTH, HEIGHT)
    policy = (Policy.Fixed, Policy.Expanding)
    _detailed = True

    def show_details(self, shown: bool) -> None:
        """Whether outputs, multiply-adds and memory are told, too."""
        self._detailed = shown
        self.update()

    def regions(self, view: CardView) -> Iterable[Region]:
        for number, ghost in enumerate(view.ghosts):
            said = words.end_beside(ghost.name, ghost.end)
            yield Region(ghost.one, self.ghost(number), words=said)

    def words(self, view: CardView) -> str:
        return view.words

    def ghost(self, number: int) -> QRectF:
        """The place of a ghost."""
        px, height = self.px, self._ghost_height()
        width = (self.width() - px(20)) / IN_A_ROW
        row, column = divmod(number, IN_A_ROW)
        top = px(GHOSTS_TOP) + row * height
        place = QRectF(px(10) + column * width, top, width, height)
        return place.adjusted(px(3), px(3), -px(3), -px(3))

    def _ghost_rows(self) -> int:
        return -(-len(self.view.ghosts) // IN_A_ROW)

    def _ghost_height(self) -> float:
        px, (first, _) = self.px, self.lines_below()[0]
        room = (first.top() - px(GHOSTS_TOP)) / max(1, self._ghost_rows())
        return min(max(room, px(LEAST_GHOST)), px(GHOST))

    def lines_below(self) -> list[tuple[QRectF, str]]:
        """Place and words of what stands below the ghosts; where the card is too low for all,
        first the details are left out, then the note."""
        px, view, room = self.px, self.view, QRectF(0, 0, self.width() - self.px(24), self.px(200))
        metrics, wrapped = QFontMetricsF(self.theme.font()), Qt.TextFlag.TextWordWrap
        lines = [(float(px(LARGE_LINE)), view.footer[0])] + [
            (metrics.boundingRect(room, wrapped, line).height() + px(3), line)
            for line in (*(view.footer[1:] if self._detailed else ()), view.note)
            if line
        ]
        least = px(GHOSTS_TOP) + self._ghost_rows() * px(LEAST_GHOST) + px(8)
        while len(lines) > 1 and least + sum(height for height, _ in lines) > self.height():
            del lines[-2 if view.note and len(lines) > 2 else -1]
        bottoms = self.height() - px(8) - np.cumsum([0, *(height for height, _ in lines[:0:-1])])
        return [
            (QRectF(px(12), bottom - height, room.width(), height), line)
            for (height, line), bottom in zip(lines, bottoms[::-1].tolist(), strict=True)
        ]

    def paint(self, canvas: Canvas, view: CardView) -> None:
        canvas.box(self.room, "background", radius=10)
        self._paint_top(canvas, view)
        self._paint_ghosts(canvas, view)
        (place, line), *rest = self.lines_below()
        canvas.text(place, line, LEFT, size=TEXT + 4, bold=True)
        for place, line in rest:
            canvas.paragraph(place.adjusted(0, 0, canvas.px(4), canvas.px(4)), line, "muted")

    def _paint_top(self, canvas: Canvas, view: CardView) -> None:
        px, side = canvas.px, canvas.px(DIGIT)
        digit = QRectF(px(12), px(12), side, side)
        canvas.image(digit, digit_image(view.pixels, self.theme.grey_colours, view.shape))
        left = digit.right() + px(12)
        room = QRectF(left, px(12), self.width() - left - px(10), side)
        if view.large:
            many = len(view.large) > LARGE_FIT
            drawn = view.large[: LARGE_FIT - many]
            parts = len(drawn) + many
            gap = px(8 if parts < LARGE_FIT else 4)
            largest = px(64 if len(view.beside) < 3 else 48)
            size = min(largest, (room.width() - (parts - 1) * gap) / parts)
            places = [QRectF(left + n * (size + gap), px(14), size, size) for n in range(parts)]
            for place, (one, name, leaves) in zip(places, drawn, strict=False):
                self._paint_large(canvas, place, one, name, leaves)
            if many:
                more = words.more(len(view.large) - len(drawn))
                canvas.text(places[-1], more, size=28, bold=True)
            room.setTop(px(14) + size + px(4))
        room.setHeight(room.height() * len(view.beside) / max(len(view.beside), 2))
        canvas.lines(room, view.beside, size=TEXT + 2)

    def _paint_large(
        self, canvas: Canvas, place: QRectF, one: int, name: str, leaves: bool
    ) -> None:
        """An edge in the class's colour, and a cross for who leaves."""
        px = canvas.px
        inside = place.adjusted(px(5), px(5), -px(5), -px(5))
        canvas.box(place, self.theme.digit(one), "text", radius=8)
        canvas.box(inside, "background", "text", radius=5)
        # where there is no room for a cross the line below says that all of them leave
        crossed = leaves and place.width() >= px(46)
        numeral = inside.adjusted(0, 0, -px(16) if crossed else 0, 0)
        size = 28 if place.width() < px(56) else 40
        canvas.text(numeral, name, CENTRE, "muted" if leaves else "text", size, bold=True)
        if crossed:
            middle = QPointF(inside.right() - px(13), inside.y() + px(14))
            canvas.mark(QRectF(middle, middle), False)

    def _paint_ghosts(self, canvas: Canvas, view: CardView) -> None:
        px = canvas.px
        title = QRectF(px(13), px(GHOSTS_TOP) - px(30), self.width() - px(20), px(30))
        canvas.text(title, view.ghosts_title, LEFT, "muted")
        low = self._ghost_height() < px(LOW_GHOST)
        for number, ghost in enumerate(view.ghosts):
            place, strong = self.ghost(number), ghost.differs
            edge, width = ("focus", 3) if strong else ("line", 2)
            canvas.box(place, edge=edge, width=width, radius=6, dashes=DASHES)
            ink = "text" if strong else "muted"
            if low:
                said = words.end_beside(ghost.name, ghost.end)
                canvas.text(place, said, CENTRE, ink, bold=strong)
                continue
            upper = QRectF(place.x(), place.y() + px(2), place.width(), place.height() / 2 - px(2))
            canvas.text(upper, ghost.name, size=TEXT + 6, bold=True)
            lower = upper.translated(0, upper.height())
            canvas.text(lower, words.leads_to(ghost.end), CENTRE, ink, bold=strong)
