"""A hand on one neuron: off, scaled, its bias shifted, held at its mean."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSlider, QWidget

from nnviz.session.session import Session
from nnviz.ui.detectors.neurons_shown import NeuronsSeen, signed
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.setting_controls import guard_wheel

NO_SCALE = "Off: the outputs hear nothing of it, whatever its scale and bias."
NO_SHIFT = "Held at its mean, it does not hear its own bias."
STEPS = 10
"""Of a slider for one unit."""


class OperatePanel(QFrame):
    """Asks the session for operations; shows what is in force for the neuron."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("operate-panel")
        self.setAutoFillBackground(True)
        self._session = session
        self._place = (0, 0)
        self._tips: dict[QSlider, str] = {}
        self._flow = FlowLayout(self)
        self.off = button("Off", "The outputs no longer hear this neuron (its activity is 0).")
        self.off.setCheckable(True)
        self.off.clicked.connect(lambda on: self._operate(off=on, held=False))
        self.held = button(
            "Hold at its mean",
            "The outputs hear its mean activity over all test digits, whatever the digit.",
        )
        self.held.setCheckable(True)
        self.held.clicked.connect(lambda on: self._operate(held=on, off=False))
        self.scale_words, self.scale = self._slider(
            "scale",
            "What the outputs hear of it, from turned round to three times as much.",
            (-1, 3),
            lambda value: self._operate(drag=True, scale=value),
        )
        self.shift_words, self.shift = self._slider(
            "shift",
            "Added to its bias: to the right it fires more readily.",
            (-10, 10),
            lambda value: self._operate(drag=True, shift=value),
        )
        for choice in (self.off, self.held):
            self._flow.addWidget(choice)
        self._together = [
            self._side_by_side(words, slider)
            for words, slider in (
                (self.scale_words, self.scale),
                (self.shift_words, self.shift),
            )
        ]
        self.use_theme(theme)

    def add(self, part: QWidget) -> None:
        """Something else that has room in its line."""
        self._flow.add_spring()
        self._flow.addWidget(part)

    def _side_by_side(self, words: QLabel, slider: QSlider) -> QHBoxLayout:
        """Where the line breaks they stay together."""
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words)
        row.addWidget(slider)
        self._flow.addWidget(both)
        return row

    def _slider(
        self,
        name: str,
        tooltip: str,
        ends: tuple[int, int],
        moved: Callable[[float], object],
    ) -> tuple[QLabel, QSlider]:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setObjectName(f"operate-{name}")
        slider.setRange(ends[0] * STEPS, ends[1] * STEPS)
        slider.setPageStep(STEPS)
        slider.setAccessibleName({"scale": "Scale the neuron", "shift": "Shift its bias"}[name])
        slider.valueChanged.connect(lambda value: moved(value / STEPS))
        guard_wheel(slider)
        words = QLabel()
        words.setObjectName(f"operate-{name}-words")
        self._tips[slider] = tooltip
        for part in (slider, words):
            part.setToolTip(tooltip)
        return words, slider

    def use_theme(self, theme: Theme) -> None:
        px = theme.px
        self._flow.setContentsMargins(px(10), px(4), px(10), px(4))
        for row in (self._flow, *self._together):
            row.setSpacing(px(10))
        for choice in (self.off, self.held):
            choice.setStyleSheet(theme.button_style())
        metrics = QFontMetrics(theme.font())
        for words, widest in ((self.scale_words, _scale(-1)), (self.shift_words, _shift(-10))):
            words.setFont(theme.font())
            words.setFixedWidth(metrics.horizontalAdvance(widest) + px(4))
        for slider in (self.scale, self.shift):
            slider.setFixedWidth(px(138))
        self.updateGeometry()

    def show_neuron(self, view: NeuronsSeen, member: int, neuron: int) -> None:
        """The operation in force on a neuron."""
        self._place = (member, neuron)
        operation = view.operations.at(member, neuron)
        for control, value in ((self.off, operation.off), (self.held, operation.held)):
            control.setChecked(value)
        why_not_scale = NO_SCALE if operation.off else ""
        why_not_shift = why_not_scale or (NO_SHIFT if operation.held else "")
        for slider, words, number, why_not in (
            (self.scale, self.scale_words, operation.scale, why_not_scale),
            (self.shift, self.shift_words, operation.shift, why_not_shift),
        ):
            with QSignalBlocker(slider):
                slider.setValue(round(number * STEPS))
            for part in (slider, words):
                part.setEnabled(not why_not)
                part.setToolTip(why_not or self._tips[slider])
        self.scale_words.setText(_scale(operation.scale))
        self.shift_words.setText(_shift(operation.shift))
        self.held.setEnabled(view.can_hold)

    def _operate(self, drag: bool = False, **values: Any) -> None:
        self._session.operations.change(*self._place, drag, **values)


def _scale(value: float) -> str:
    return f"scale × {value:.1f}".replace("-", "−")


def _shift(value: float) -> str:
    return f"bias {signed(value)}"
