"""The test digits that fire one neuron most and least."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from nnviz.data.digits import ShownDigits
from nnviz.questions.detectors.inputs import Fired, fired, summed
from nnviz.ui.detectors import words
from nnviz.ui.detectors.neurons_shown import NeuronsSeen, signed
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.layout import row
from nnviz.ui.kit.picture import Picture, Policy, Region
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import digit_image
from nnviz.words import listed

LISTED = 10
"""Digits at either end."""
MOST_LIVE = 1000
"""Test digits that are asked while the weights move; all are once they rest."""
SIDE, LINE, TITLE = 58, 26, 84


@dataclass(frozen=True)
class StripView:
    """Digits in a line; without any the title is all there is."""

    title: tuple[str, ...]
    """Lines"""
    digits: ShownDigits
    images: tuple[int, ...]
    """Their numbers"""
    below: tuple[str, ...]
    """What stands below each"""
    shown: int
    """The one on screen"""
    words: str


class DigitStrip(Picture[StripView]):
    """As many as fit; a click, and arrows at once, choose one."""

    id = "digit-strip"
    arrows_choose = True
    policy = (Policy.Expanding, Policy.Fixed)
    least = (TITLE + 2 * (SIDE + 6), SIDE + LINE + 2)

    def wanted_size(self, view: StripView | None) -> tuple[float, float]:
        return TITLE + 4 * (SIDE + 6), SIDE + LINE + 2

    def words(self, view: StripView) -> str:
        return view.words

    @property
    def left(self) -> float:
        """Where the images begin."""
        metrics = QFontMetricsF(self.theme.font())
        longest = max(metrics.horizontalAdvance(line) for line in self.view.title)
        return max(self.px(TITLE), longest + self.px(10)) if self.view.images else self.width()

    def place(self, number: int) -> QRectF:
        """Where the image of a digit lies."""
        px = self.px
        return QRectF(self.left + number * px(SIDE + 6), 2, px(SIDE), px(SIDE))

    def regions(self, view: StripView) -> Iterable[Region]:
        room = max(1, int((self.width() - self.left) / self.px(SIDE + 6)))
        for number, image in enumerate(view.images[:room]):
            name = view.digits.class_names[view.digits.labels[image]]
            yield Region(image, self.place(number), words=f"{name} {view.below[number]}")

    def selected(self, view: StripView) -> Hashable:
        return view.shown

    def paint(self, canvas: Canvas, view: StripView) -> None:
        px = self.px
        title = QRectF(3, 0, self.left - 6, px(LINE) * len(view.title))
        canvas.lines(title, view.title)
        for number, region in enumerate(self.regions(view)):
            place, image = region.place, view.images[number]
            picture = digit_image(
                view.digits.images[image], self.theme.grey_colours, view.digits.shape
            )
            shown = image == view.shown
            canvas.image(place, picture, "focus" if shown else "line", 3 if shown else 1)
            below = QRectF(place.x(), place.bottom(), place.width(), px(LINE))
            canvas.text(below, view.below[number])


class NeuronDigits(QWidget):
    """Two strips; asks the digits anew only for other weights."""

    chosen = Signal(object)
    """Number of a digit."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.most = DigitStrip(theme, title=words.MOST, tip=words.CLICK, id="fires-most")
        self.least = DigitStrip(theme, title=words.LEAST, tip=words.CLICK, id="fires-least")
        for strip in (self.most, self.least):
            strip.chosen.connect(self.chosen)
        self.setLayout(row((self.most, 1), (self.least, 1), spacing=16))
        self._asked: tuple[object, ...] = ()
        self._sums = np.zeros(0, np.float32)

    def show_neuron(self, view: NeuronsSeen, member: int, neuron: int, moving: bool) -> Fired:
        """Shows what the test digits do to it; -> that."""
        digits, network = view.digits, view.seen.network
        count = MOST_LIVE if moving else len(digits.labels)
        wanted = (digits, network, member, neuron, count)
        if self._asked != wanted:
            self._asked = wanted
            self._sums = summed(network, member, neuron, digits.images[:count])
        shift = np.float32(view.operations.at(member, neuron).shift)
        found = fired(network, self._sums + shift, digits.labels[:count], digits.classes)
        most: Sequence[int] = () if found.never else found.order[:LISTED].tolist()
        least: Sequence[int] = found.order[::-1][:LISTED].tolist()
        for strip, title, order, said in (
            (self.most, words.MOST_LINES, most, words.MOST_ON),
            (self.least, words.LEAST_LINES, least, words.LEAST_ON),
        ):
            sums = found.sums[order].tolist() if order else []
            labels = [digits.class_names[digits.labels[image]] for image in order]
            strip.show_view(
                StripView(
                    title if order else (words.NEVER,),
                    digits,
                    tuple(order),
                    tuple(signed(value) for value in sums),
                    view.test_digit,
                    said.format(digits=listed(labels)) if order else words.NEVER,
                )
            )
        return found
