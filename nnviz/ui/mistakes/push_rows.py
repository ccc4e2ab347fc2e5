"""What adds up to a lead: weight images with signed bars, and the rest down to the total."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QKeyEvent

from nnviz.data.arrays import Bools
from nnviz.data.digits import Shape
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.picture import ENTER, Picture, Region
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.kit.weight_images import Floats, WeightImages
from nnviz.ui.mistakes import digit_words as words

TITLE, TALLEST, PLAIN, TOTAL = 28, 62, 30, 36
NAME, WORDS = 122, 76
FEWEST = 3
"""Neurons that are shown however little room there is."""
Neuron = tuple[int, int]
"""(network, neuron)"""


@dataclass(frozen=True)
class PushRow:
    """One term of the sum."""

    name: str
    amount: float
    words: str
    neuron: Neuron | None = None
    """Of which neuron, if of one."""


@dataclass(frozen=True)
class PushView:
    """The terms: first those of neurons with weight images, then others, then the total."""

    title: str
    neurons: tuple[PushRow, ...]
    others: tuple[PushRow, ...]
    total: PushRow
    selected: Neuron | None
    whole: float
    """The amount that fills half of the width."""
    weights: Floats
    """(neurons, inputs), or none (0, inputs)"""
    limit: float
    """End of the colour scale of the weights."""
    inked: Bools
    """(inputs,): which ever carry ink"""
    shape: Shape

    @property
    def rows(self) -> tuple[PushRow, ...]:
        """All terms from above."""
        return *self.neurons, *self.others, self.total


class PushRows(Picture[PushView]):
    """Tells which neuron was chosen."""

    opened = Signal(object)
    """A neuron, by a double click or Return."""

    id = "push-rows"
    title = words.PUSHES
    tip = words.PUSHES_TIP
    arrows_choose = True

    def places(self) -> list[QRectF]:
        """Where the rows lie, the total last."""
        view, px = self.view, self.px
        below = len(view.others) * px(PLAIN) + px(TOTAL)
        room = (self.height() - px(TITLE) - below) / max(1, len(view.neurons))
        tall = max(float(px(PLAIN)), min(room, px(TALLEST)))
        heights = [tall] * len(view.neurons) + [px(PLAIN)] * len(view.others) + [px(TOTAL)]
        tops = px(TITLE) + np.concatenate([[0], np.cumsum(heights)[:-1]])
        return [
            QRectF(0, top, self.width(), height)
            for top, height in zip(tops.tolist(), heights, strict=True)
        ]

    def regions(self, view: PushView) -> Iterable[Region]:
        for row, place in zip(view.neurons, self.places(), strict=False):
            yield Region(row.neuron, place, words=words.push_told(row.name, row.words))

    def selected(self, view: PushView) -> Neuron | None:
        return view.selected

    def words(self, view: PushView) -> str:
        terms = [words.push_told(row.name, row.words) for row in view.rows]
        return words.pushes_told(view.title, terms)

    # ---- painting --------------------------------------------------------------------

    def table(self, view: PushView) -> Twin:
        return twin_of((heads.NAME, view.title), ((row.name, row.amount) for row in view.rows))

    def paint(self, canvas: Canvas, view: PushView) -> None:
        canvas.text(QRectF(0, 0, self.width(), canvas.px(TITLE)), view.title, LEFT, "muted")
        images = WeightImages()
        images.colour(view.weights, view.inked, view.limit, self.theme.weight_colours, view.shape)
        for number, (row, place) in enumerate(zip(view.rows, self.places(), strict=True)):
            left = place.x()
            if row.neuron is not None and len(view.weights):
                side = min(canvas.px(TALLEST) - canvas.px(6), int(place.height()) - canvas.px(4))
                square = QRectF(place.x() + 2, place.center().y() - side / 2, side, side)
                images.draw(canvas, number, square)
                chosen = row.neuron == view.selected
                canvas.box(square, edge="text" if chosen else "line", width=3 if chosen else 1)
                left = square.right() + canvas.px(8)
            self._paint_row(canvas, place, left, row, row is view.total)

    def _paint_row(
        self, canvas: Canvas, place: QRectF, left: float, row: PushRow, total: bool
    ) -> None:
        """A term, its name from `left` on."""
        px, size = canvas.px, TEXT + 6 if total else TEXT
        if total:
            top = place.y() + 1
            canvas.line(QPointF(place.x(), top), QPointF(place.right(), top), "text", 2)
        start = place.x() + px(TALLEST + NAME + 8)
        name = QRectF(left, place.y(), start - px(4) - left, place.height())
        canvas.text(name, row.name, LEFT, size=size, bold=total)
        words = QRectF(place.right() - px(WORDS + 4), place.y(), px(WORDS), place.height())
        canvas.text(words, row.words, RIGHT, size=size, bold=total)
        track = QRectF(start, place.y(), max(8.0, words.x() - px(6) - start), place.height())
        self._paint_bar(canvas, track, row.amount)

    def _paint_bar(self, canvas: Canvas, track: QRectF, amount: float) -> None:
        high = min(track.height() * 0.6, float(canvas.px(24)))
        bar = QRectF(track.x(), track.center().y() - high / 2, track.width(), high)
        canvas.box(bar, "track")
        zero = bar.center().x()
        length = bar.width() / 2 * min(1.0, abs(amount) / (self.view.whole or 1.0))
        filled = QRectF(zero if amount > 0 else zero - length, bar.y(), length, high)
        canvas.box(filled, "positive" if amount > 0 else "negative")
        canvas.line(QPointF(zero, track.y()), QPointF(zero, track.bottom()), "text", 2)

    # ---- pointer and keys ------------------------------------------------------------

    def press_again(self, point: QPointF) -> None:
        found = self.region_at(point)
        if found is not None:
            self.choose(found.key)
            self.opened.emit(found.key)

    def key(self, event: QKeyEvent) -> bool:
        here = self.here
        if event.key() not in ENTER or here is None:
            return False
        self.choose(here.key)
        self.opened.emit(here.key)
        return True

    def least_size(self, view: PushView | None) -> tuple[float, float]:
        # of the neurons it asks room for a few only, or it could never become lower again
        neurons = 0 if view is None else min(FEWEST, len(view.neurons))
        others = 0 if view is None else len(view.others)
        return TALLEST + NAME + WORDS + 60, TITLE + neurons * 40 + others * PLAIN + TOTAL
