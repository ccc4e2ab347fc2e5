"""What decides between two classes: probability, weights, neurons, the digits they confuse."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt

from nnviz.data.arrays import Bools, Bytes, Floats
from nnviz.data.digits import Shape
from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import fits
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.weight_images import WeightImages, digit_image, own_limits
from nnviz.ui.votes import words

NEURONS, CONFUSED = 4, 4
"""Hidden neurons and digits shown at most."""
HEADING, BAR, LINE = 34, 30, 26
"""Heights on the design grid."""
TITLE, NUMBER, SMALL_MARK = 26, 24, 6.4
"""Sizes of type and of a mark beside it."""


@dataclass(frozen=True)
class Confused:
    """A test digit that the pair says little for."""

    image: int
    """Its number."""
    pixels: Bytes
    name: str
    """Its class."""
    said: float
    """What the pair says for its class."""


@dataclass(frozen=True)
class PairView:
    """What the picture shows."""

    classes: tuple[int, int]
    names: tuple[str, str]
    source: str
    """Who compares the two."""
    beats: float
    """For the first one."""
    said: float
    """The same as the numbers have it, which follow more slowly."""
    shape: Shape
    inked: Bools
    pixels: Bytes
    """(inputs,) of the digit on screen"""
    template: Floats
    """(inputs,), positive for the first one"""
    neurons: tuple[tuple[int, int], ...]
    """Network and number of each hidden neuron shown."""
    weights: Floats
    """(neurons, inputs)"""
    pushes: Floats
    """(neurons,), positive for the first one"""
    fact: str
    """What all test digits say."""
    confused: tuple[Confused, ...]
    trouble: str = ""
    """Why there is no evidence to draw, if so."""
    no_images: str = ""
    """Why there are no weights to draw, if so."""


@dataclass(frozen=True)
class Places:
    """Everything in pixels, from top to bottom."""

    large: list[QRectF]
    """The weights, and the weights times the digit."""
    neurons: list[QRectF]
    confused: list[QRectF]
    confused_top: float
    step: float
    """From one confused digit to the next."""


class PairPicture(Picture[PairView]):
    """Tells network and number of a hidden neuron, or the number of a digit."""

    id = "pair-picture"
    title = words.PAIR
    tip = words.PAIR_TIP
    least = (250, 306)

    def wanted_size(self, view: PairView | None) -> tuple[float, float]:
        return 272, 390

    def words(self, view: PairView) -> str:
        return view.trouble or words.pair(*view.names, view.said)

    @property
    def places(self) -> Places:
        """So large as there is room; images are square."""
        px, width, gap = self.px, self.width(), self.px(6)
        room = self.height() - px(HEADING + BAR + 6 * LINE + 22)
        large = min(0.46 * room, (width - px(20)) / 2)
        small = min(0.29 * room, (width - px(8)) / NEURONS - gap)
        digit = min(0.25 * room, (width - px(8)) / CONFUSED - gap)
        first = px(HEADING + BAR + LINE + 8)
        second = first + large + px(2 * LINE + 4)
        third = second + small + px(2 * LINE + 8)
        step = (width - gap) / CONFUSED
        neurons, confused = range(len(self.view.neurons)), range(len(self.view.confused))
        return Places(
            [QRectF((n + 0.5) * width / 2 - large / 2, first, large, large) for n in (0, 1)],
            [QRectF(gap / 2 + n * (small + gap), second, small, small) for n in neurons],
            [QRectF(gap / 2 + n * step, third, digit, digit) for n in confused],
            third,
            step,
        )

    def regions(self, view: PairView) -> Iterable[Region]:
        if view.trouble:
            return
        places = self.places
        for neuron, place in zip(view.neurons, places.neurons, strict=True):
            yield Region(neuron, place, words=words.neuron(neuron[1]))
        for digit, place in zip(view.confused, places.confused, strict=True):
            yield Region(digit.image, place, words=words.confused(digit.name, digit.said))

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: PairView) -> None:
        if view.trouble:
            canvas.setPen(canvas.ink("text"))
            canvas.setFont(self.theme.font(NUMBER))
            wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
            canvas.drawText(self.room, wrapped, view.trouble)
            return
        slow = view.names, view.source, view.said, view.fact, view.confused, len(view.neurons)
        self.still(canvas, slow, partial(self._paint_words, view), paper="panel")
        self._paint_bar(canvas, view)
        if view.no_images:
            return
        images = self._images(view)
        for number, place in enumerate(self.places.large):
            images.draw(canvas, number, place)
            canvas.box(place, edge="line")
        for number, place in enumerate(self.places.neurons):
            positive = bool(view.pushes[number] > 0)
            images.draw(canvas, 2 + number, place)
            canvas.box(place, edge="positive" if positive else "negative", width=2)
            corner = place.topLeft() + QPointF(canvas.px(8), canvas.px(8))
            canvas.sign(corner, positive, radius=9)

    def _images(self, view: PairView) -> WeightImages:
        on_digit = view.template * (view.pixels / np.float32(255))
        shown = np.concatenate([view.template[None], on_digit[None], view.weights])
        images, limits = WeightImages(), own_limits(shown, view.inked)
        images.colour(shown, view.inked, limits, self.theme.weight_colours, view.shape)
        return images

    def _paint_bar(self, canvas: Canvas, view: PairView) -> None:
        px, over = canvas.px, canvas.px(3)
        bar = QRectF(1, px(36), self.width() - 2, px(26))
        won = QRectF(bar)
        won.setWidth(bar.width() * view.beats)
        canvas.fillRect(bar, self.theme.digit(view.classes[1]))
        canvas.fillRect(won, self.theme.digit(view.classes[0]))
        canvas.box(bar, edge="text", width=2)
        for x, beyond in ((bar.center().x(), over), (won.right(), 0)):
            ends = QPointF(x, bar.y() - beyond), QPointF(x, bar.bottom() + beyond)
            canvas.line(*ends, "text", 2)

    def _paint_words(self, view: PairView, canvas: Canvas) -> None:
        """All that does not follow every step."""
        px, width, places = canvas.px, self.width(), self.places
        title, heading = QRectF(0, 0, width, px(HEADING)), words.against(*view.names)
        canvas.text(title, heading, LEFT, size=TITLE, bold=True)
        used = canvas.fontMetrics().horizontalAdvance(heading) + px(12)
        # long names leave no room for it, and half a word says nothing
        if fits(view.source, width - used, self.theme):
            canvas.text(title.adjusted(used, 0, 0, 0), view.source, RIGHT, "muted")
        numbers, half = QRectF(0, px(62), width, px(LINE + 4)), width / 2 - px(6)
        first, second = words.shares(*view.names, view.said)
        canvas.text(numbers.adjusted(0, 0, -half, 0), first, LEFT, size=NUMBER, bold=True)
        canvas.text(numbers.adjusted(half, 0, 0, 0), second, RIGHT, size=NUMBER, bold=True)
        if view.no_images:
            top = places.large[0].y()
            room = QRectF(0, top, width, places.confused_top - px(2 * LINE + 4) - top)
            canvas.paragraph(room, view.no_images, "muted", align=Qt.AlignmentFlag.AlignCenter)
        for number, said in enumerate(
            () if view.no_images else (words.WEIGHTS, words.ON_THIS_DIGIT)
        ):
            top = places.large[number].bottom()
            canvas.text(QRectF(number * width / 2, top, width / 2, px(LINE)), said, ink="muted")
        if places.neurons:
            line = QRectF(0, places.neurons[0].y() - px(LINE + 2), width, px(LINE))
            canvas.text(line, words.neurons(*view.names), LEFT, "muted")
        fact = QRectF(0, places.confused_top - px(2 * LINE + 2), width, px(LINE))
        canvas.text(fact, view.fact, LEFT)
        if view.confused:
            canvas.text(fact.translated(0, px(LINE)), words.MOST_CONFUSED, LEFT, "muted")
        for digit, place in zip(view.confused, places.confused, strict=True):
            canvas.image(place, digit_image(digit.pixels, self.theme.grey_colours, view.shape))
            below = QRectF(place.x(), place.bottom(), places.step, px(LINE))
            canvas.text(below.adjusted(px(20), 0, 0, 0), words.share(digit.said), LEFT)
            mark = QRectF(below.x(), below.y(), px(18), below.height())
            canvas.mark(mark, digit.said > 0.5, radius=SMALL_MARK)
