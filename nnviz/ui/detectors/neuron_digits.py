"""The test digits that fire one neuron most and least."""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnviz.questions.detectors.inputs import Fired, fired, summed
from nnviz.ui.detectors.digit_strip import DigitStrip
from nnviz.ui.detectors.neurons_shown import NeuronsSeen, signed
from nnviz.ui.kit.theme import Theme

LISTED = 10
"""Digits at either end."""
MOST_LIVE = 1000
"""Test digits that are asked while the weights move; all are once they rest."""
NEVER = "It never fires, whatever the digit: a dead neuron."
CLICK = "Below each the weighted sum with the bias. Click a digit to look at it on every page."


class NeuronDigits(QWidget):
    """Two strips; asks the digits anew only for other weights."""

    chosen = Signal(int)
    """Number of a digit."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.most = DigitStrip(theme, "Digits that fire it most", CLICK)
        self.least = DigitStrip(theme, "Digits that fire it least", CLICK)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for strip in (self.most, self.least):
            strip.setObjectName(strip.accessibleName().lower().replace(" ", "-"))
            strip.chosen.connect(self.chosen)
            self._row.addWidget(strip, 1)
        self._asked: tuple[object, ...] = ()
        self._sums = np.zeros(0, np.float32)

    def use_theme(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(16))
        for strip in (self.most, self.least):
            strip.use_theme(theme)

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
        most = () if found.never else found.order[:LISTED].tolist()
        for strip, title, order in (
            (self.most, NEVER if found.never else "fires\nmost on\n(sum)", most),
            (self.least, "fires\nleast on\n(sum)", found.order[::-1][:LISTED].tolist()),
        ):
            words = [signed(value) for value in found.sums[order].tolist()] if order else []
            strip.show_digits(title, digits, order, words, view.test_digit)
        return found
