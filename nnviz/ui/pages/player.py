"""Buttons that walk through the steps of a picture, by hand or by themselves."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from nnviz.ui.kit.buttons import button, style_buttons
from nnviz.ui.kit.theme import Theme

SPEEDS = {"slow": 2400, "usual": 1200, "fast": 400}
"""Milliseconds per step."""
Ask = Callable[[int | None], object]
"""Called with the number of steps to show; None for all."""


class Player(QWidget):
    """Asks for steps; it is told how many there are and how many are shown."""

    def __init__(self, theme: Theme, ask: Ask) -> None:
        super().__init__()
        self._ask = ask
        self._shown = self._total = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._forward)
        self.first = button("|‹", "Before the first step (Home)", lambda: ask(0), "player-first")
        self.back = button("‹ Back", "One step back (PageUp)", self._backward, "player-back")
        self.play = button("Play", "Show one step after the other", self.toggle, "player-play")
        self.on = button("Step ›", "The next step (PageDown)", self._onward, "player-step")
        self.last = button("›|", "All steps at once (End)", lambda: ask(None), "player-last")
        self.first.setAccessibleName("To the beginning")
        self.last.setAccessibleName("To the end")
        self.speed = QComboBox()
        self.speed.setObjectName("player-speed")
        self.speed.setAccessibleName("Speed of playing")
        self.speed.setToolTip("How fast Play goes.")
        self.speed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for name, pause in SPEEDS.items():
            self.speed.addItem(name, pause)
        self.speed.setCurrentIndex(1)
        self.speed.activated.connect(self._set_speed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.first, self.back, self.play, self.on, self.last, self.speed):
            self._row.addWidget(widget)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(6))
        style_buttons(self, theme)
        self.speed.setFont(theme.font())

    def show_steps(self, shown: int, total: int) -> None:
        """How many of how many steps are on screen."""
        self._shown, self._total = shown, total
        if shown >= total:
            self.stop()

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def toggle(self) -> None:
        """Plays from here, or from the beginning when everything is shown; or stops."""
        if self.playing:
            self.stop()
            return
        if self._shown >= self._total:
            self._ask(0)
        self._timer.start(self.speed.currentData())
        self._write()

    def stop(self) -> None:
        self._timer.stop()
        self._write()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.stop()

    def _forward(self) -> None:
        self._ask(self._shown + 1)

    def _onward(self) -> None:
        self.stop()
        self._ask(min(self._total, self._shown + 1))

    def _backward(self) -> None:
        self.stop()
        self._ask(max(0, self._shown - 1))

    def _set_speed(self) -> None:
        if self.playing:
            self._timer.start(self.speed.currentData())

    def _write(self) -> None:
        with QSignalBlocker(self.play):
            self.play.setText("Stop" if self.playing else "Play")
            self.play.setAccessibleName(self.play.text())
