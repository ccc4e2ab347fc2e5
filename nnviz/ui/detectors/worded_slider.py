"""A slider, and beside it in words what it is set to."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QSlider, QWidget

from nnviz.ui.kit.layout import dress, row, sized
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.setting_controls import guard_wheel


class WordedSlider(QWidget):
    """Its words have room for either end, and where a line breaks the two stay together."""

    moved = Signal(int)

    def __init__(
        self,
        id: str,
        title: str,
        tip: str,
        ends: tuple[int, int],
        words: Callable[[int], str],
        width: float = 120,
    ) -> None:
        """`width`: of the slider on the design grid."""
        super().__init__()
        self._tip, self._words, self._ends = tip, words, ends
        self.label = QLabel()
        self.label.setObjectName(f"{id}-words")
        self.slider = sized(QSlider(Qt.Orientation.Horizontal), width=width)
        self.slider.setObjectName(id)
        self.slider.setAccessibleName(title)
        self.slider.setRange(*ends)
        self.slider.valueChanged.connect(self.moved)
        guard_wheel(self.slider)
        self.allow("")
        self.setLayout(row(self.label, self.slider))

    def use_theme(self, theme: Theme) -> None:
        dress(self, theme)
        metrics = QFontMetrics(theme.font())
        widest = max(metrics.horizontalAdvance(self._words(end)) for end in self._ends)
        self.label.setFixedWidth(widest + theme.px(4))

    def show_value(self, value: int) -> None:
        """What it is set to."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(value)
        self.label.setText(self._words(value))

    def allow(self, why_not: str) -> None:
        """Whether it does anything: a reason why it does not turns it off."""
        for part in (self.label, self.slider):
            part.setEnabled(not why_not)
            explain(part, why_not or self._tip)
