"""A hand on one neuron: off, scaled, its bias shifted, held at its mean."""

from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from nnviz.session.session import Session
from nnviz.ui.detectors import words
from nnviz.ui.detectors.neurons_shown import NeuronsSeen
from nnviz.ui.detectors.worded_slider import WordedSlider
from nnviz.ui.kit.controls import button
from nnviz.ui.kit.layout import column, flow
from nnviz.ui.pages.output_words import signed

STEPS = 10
"""Of a slider for one unit."""


class OperatePanel(QFrame):
    """Asks the session for operations; shows what is in force for the neuron. `beside`: something
    else that has room in its line."""

    def __init__(self, session: Session, beside: QWidget) -> None:
        super().__init__()
        self.setObjectName("operate-panel")
        self.setAutoFillBackground(True)
        self._session = session
        self._place = (0, 0)
        self.off = button(words.OFF_BUTTON, words.OFF_TIP, name="off")
        self.held = button(words.HOLD, words.HOLD_TIP, name="hold-at-its-mean")
        for choice in (self.off, self.held):
            choice.setCheckable(True)
        self.off.clicked.connect(lambda on: self._operate(off=on, held=False))
        self.held.clicked.connect(lambda on: self._operate(held=on, off=False))
        self.scale = WordedSlider(
            "operate-scale",
            words.SCALE,
            words.SCALE_TIP,
            (-1 * STEPS, 3 * STEPS),
            lambda value: words.scale_in_words(value / STEPS),
            138,
        )
        self.scale.moved.connect(lambda value: self._operate(drag=True, scale=value / STEPS))
        self.shift = WordedSlider(
            "operate-shift",
            words.SHIFT,
            words.SHIFT_TIP,
            (-10 * STEPS, 10 * STEPS),
            lambda value: words.BIAS.format(shift=signed(value / STEPS)),
            138,
        )
        self.shift.moved.connect(lambda value: self._operate(drag=True, shift=value / STEPS))
        for each in (self.scale, self.shift):
            each.slider.setPageStep(STEPS)
        line = flow(
            self.off,
            self.held,
            self.scale,
            self.shift,
            beside,
            spacing=10,
            spring_before=beside,
        )
        self._column: QVBoxLayout = column(line, margins=(10, 4, 10, 4), of=self)

    def show_neuron(self, view: NeuronsSeen, member: int, neuron: int) -> None:
        """The operation in force on a neuron."""
        self._place = (member, neuron)
        operation = view.operations.at(member, neuron)
        self.off.setChecked(operation.off)
        self.held.setChecked(operation.held)
        self.held.setEnabled(view.can_hold)
        off = words.NO_SCALE if operation.off else ""
        self.scale.allow(off)
        self.shift.allow(off or (words.NO_SHIFT if operation.held else ""))
        self.scale.show_value(round(operation.scale * STEPS))
        self.shift.show_value(round(operation.shift * STEPS))

    def _operate(self, drag: bool = False, **values: Any) -> None:
        self._session.operations.change(*self._place, drag, **values)
