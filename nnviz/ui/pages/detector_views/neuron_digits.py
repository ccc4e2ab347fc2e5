"""The test digits that fire one neuron most and least."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnviz.learning.neuron_inputs import Fired, fired
from nnviz.state import State
from nnviz.ui.pages.detector_views.neurons_shown import signed
from nnviz.ui.pictures.digit_strip import DigitStrip
from nnviz.ui.theme import Theme

LISTED = 10
"""Digits at either end."""
MOST_LIVE = 2500
"""Test digits up to which they are asked anew while the network learns."""
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
        self._found: Fired | None = None

    def use_theme(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(16))
        for strip in (self.most, self.least):
            strip.use_theme(theme)

    def show_neuron(self, state: State, member: int, neuron: int) -> Fired:
        """Shows what all test digits do to it; -> that."""
        digits = state.digits
        shift = state.operations.at(member, neuron).shift
        wanted = (digits, state.seen.network, member, neuron, shift)
        too_many = state.running and len(digits.labels) > MOST_LIVE
        if self._found is None or (self._asked != wanted and not too_many):
            self._asked, network = wanted, state.operated_network
            self._found = fired(
                network, member, neuron, digits.images, digits.labels, digits.classes
            )
        found = self._found
        most = () if found.never else found.order[:LISTED].tolist()
        for strip, title, order in (
            (self.most, NEVER if found.never else "fires\nmost on\n(sum)", most),
            (self.least, "fires\nleast on\n(sum)", found.order[::-1][:LISTED].tolist()),
        ):
            words = [signed(value) for value in found.sums[order].tolist()] if order else []
            strip.show_digits(title, digits, order, words, state.image)
        return found
