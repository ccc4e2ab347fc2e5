"""Parts side by side where there is room, else below each other."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from nnviz.ui.kit.layout import dress, shaped
from nnviz.ui.kit.theme import Theme

Directions = QBoxLayout.Direction


class Folding(QWidget):
    """`parts` with their stretches; `beside`: the width on the design grid from which they stand
    side by side."""

    def __init__(
        self, theme: Theme, *parts: tuple[QWidget | QLayout, int], beside: float, spacing: float = 8
    ) -> None:
        super().__init__()
        self._theme, self._beside = theme, beside
        self._row = shaped(QBoxLayout(Directions.LeftToRight, self), spacing)
        for part, stretch in parts:
            if isinstance(part, QWidget):
                self._row.addWidget(part, stretch)
            else:
                self._row.addLayout(part, stretch)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        dress(self, theme)
        if self.isVisible():  # before that its width means nothing
            self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        beside = self.width() >= self._theme.px(self._beside)
        self._row.setDirection(Directions.LeftToRight if beside else Directions.TopToBottom)
