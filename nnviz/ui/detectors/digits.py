"""The test digits that fire one neuron most and least."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from nnviz.questions.detectors.inputs import Fired, fired, summed
from nnviz.ui.detectors import words
from nnviz.ui.detectors.neurons_shown import NeuronsSeen
from nnviz.ui.kit.layout import row
from nnviz.ui.kit.strip import Strip, StripImage, StripView
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import digit_image
from nnviz.ui.pages.output_words import signed
from nnviz.words import listed

LISTED = 10
"""Digits at either end."""
MOST_LIVE = 1000
"""Test digits that are asked while the weights move; all are once they rest."""
TITLE = 84
"""Width of the words beside the digits on the design grid, at least."""


class NeuronDigits(QWidget):
    """Two strips; asks the digits anew only for other weights."""

    chosen = Signal(object)
    """Number of a digit."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.most = Strip(theme, title=words.MOST, tip=words.CLICK, id="fires-most")
        self.least = Strip(theme, title=words.LEAST, tip=words.CLICK, id="fires-least")
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
            metrics = QFontMetricsF(strip.theme.font())
            longest = max(metrics.horizontalAdvance(line) for line in title)
            labels = [digits.class_names[digits.labels[image]] for image in order]
            images = [
                StripImage(
                    image,
                    digit_image(digits.images[image], strip.theme.grey_colours, digits.shape),
                    signed(float(found.sums[image])),
                )
                for image in order
            ]
            strip.show_view(
                StripView(
                    tuple(images),
                    view.test_digit,
                    said.format(digits=listed(labels)) if order else words.NEVER,
                    title if order else (words.NEVER,),
                    max(TITLE, longest / strip.theme.scale + 10),
                )
            )
        return found
