"""How the book's zero is set and moved: three sliders and a box."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QSlider, QWidget

from nnviz.networks.book_zero import MOST_SHIFT, Trial
from nnviz.session.session import Session
from nnviz.ui.kit.check_box import CheckBox
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.setting_controls import guard_wheel

PERCENT = 100


class ZeroControls(QWidget):
    """Asks the session for another Trial."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._flow = FlowLayout(self)
        self._labels: list[QLabel] = []
        self.threshold = self._slider(
            "fires from",
            "How much of its arc must be inked before a neuron fires; the mean zero inks 100 %.",
            (0, PERCENT),
            lambda value: {"threshold": value / PERCENT},
        )
        self.right = self._slider(
            "right",
            "Moves the zero to the right, or to the left (arrow keys).",
            (-MOST_SHIFT, MOST_SHIFT),
            lambda value: {"right": value},
        )
        self.down = self._slider(
            "down",
            "Moves the zero down, or up (arrow keys).",
            (-MOST_SHIFT, MOST_SHIFT),
            lambda value: {"down": value},
        )
        self.against = CheckBox("ink elsewhere counts against")
        self.against.setObjectName("zero-against")
        self.against.setToolTip("Negative weights in the hole and in the corners.")
        self.against.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.against.clicked.connect(lambda on: self.attempt(against=on))
        self._flow.addWidget(self.against)
        self.use_theme(theme)

    def _slider(
        self,
        words: str,
        tooltip: str,
        ends: tuple[int, int],
        changes: Callable[[int], dict[str, Any]],
    ) -> QSlider:
        label, slider = QLabel(words), QSlider(Qt.Orientation.Horizontal)
        label.setObjectName(f"zero-{words.replace(' ', '-')}-words")
        slider.setObjectName(f"zero-{words.replace(' ', '-')}")
        slider.setAccessibleName(f"Zero: {words}")
        for part in (label, slider):
            part.setToolTip(tooltip)
            self._flow.addWidget(part)
        self._labels.append(label)
        slider.setRange(*ends)
        slider.valueChanged.connect(lambda value: self.attempt(**changes(value)))
        guard_wheel(slider)
        return slider

    def use_theme(self, theme: Theme) -> None:
        metrics = QFontMetrics(theme.font())
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(theme.px(8))
        widest = _in_words(Trial(1.0, right=MOST_SHIFT, down=MOST_SHIFT))
        for label, words in zip(self._labels, widest, strict=True):
            label.setFont(theme.font())
            label.setFixedWidth(metrics.horizontalAdvance(words) + theme.px(4))
        self.against.setFont(theme.font())
        for slider in (self.threshold, self.right, self.down):
            slider.setFixedWidth(theme.px(120))

    def show_trial(self, trial: Trial) -> None:
        """What is in force."""
        for slider, value in (
            (self.threshold, round(PERCENT * trial.threshold)),
            (self.right, trial.right),
            (self.down, trial.down),
        ):
            with QSignalBlocker(slider):
                slider.setValue(value)
        self.against.setChecked(trial.against)
        for label, words in zip(self._labels, _in_words(trial), strict=True):
            label.setText(words)

    def attempt(self, **changes: Any) -> None:
        """Changes fields of the Trial."""
        self._session.choose(
            "detectors", zero=replace(self._session.state.detectors.zero, **changes)
        )


def _in_words(trial: Trial) -> tuple[str, str, str]:
    return (
        f"fires from {PERCENT * trial.threshold:.0f} %",
        f"{'left' if trial.right < 0 else 'right'} {abs(trial.right)}",
        f"{'up' if trial.down < 0 else 'down'} {abs(trial.down)}",
    )
