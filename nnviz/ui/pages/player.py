"""Buttons that walk through the steps of a picture, by hand or by themselves."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from nnviz.session.session import Session
from nnviz.ui.kit.controls import button, combo_box, keep_width, offer
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import dress, row
from nnviz.ui.kit.theme import Theme
from nnviz.words import tr

USUAL = tr("usual")
SPEEDS = {tr("slow"): 2400, USUAL: 1200, tr("fast"): 400}
"""Milliseconds per step."""
PLAY, STOP = tr("Play"), tr("Stop")
Ask = Callable[[int | None], object]
"""Called with the number of steps to show; None for all."""


def show_step(session: Session, step: int | None, total: int) -> None:
    """Shows so many of all steps; None: all."""
    session.change(step=None if step is None or step >= total else step)


def step_on(session: Session, direction: int, shown: int, total: int) -> None:
    """One step on (1) or back (-1); past the ends, the next digit from its first step or the
    previous one with all of them; before a room nothing follows by itself."""
    if session.state.lecturing and not 0 <= shown + direction <= total:
        return
    if direction > 0 and shown == total:
        session.picking.pick("next")
        session.change(step=0)
    elif direction < 0 and not shown:
        session.picking.pick("previous")
        session.change(step=None)
    else:
        show_step(session, shown + direction, total)


class Player(QWidget):
    """Asks for steps; it is told how many there are and how many are shown."""

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self._ask = ask
        self._shown = self._total = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._forward)
        self.first = button(
            tr("|‹"), tr("Before the first step (Home)"), lambda: ask(0), "player-first"
        )
        self.back = button(
            tr("‹ Back"), tr("One step back (PageUp)"), self._backward, "player-back"
        )
        self.play = button(PLAY, tr("Show one step after the other"), self.toggle, "player-play")
        self.on = button(tr("Step ›"), tr("The next step (PageDown)"), self._onward, "player-step")
        self.last = button(
            tr("›|"), tr("All steps at once (End)"), lambda: ask(None), "player-last"
        )
        self.first.setAccessibleName(tr("To the beginning"))
        self.last.setAccessibleName(tr("To the end"))
        self.speed = combo_box(
            "player-speed", tr("Speed of playing"), tr("How fast Play goes."), self._set_speed
        )
        offer(self.speed, list(SPEEDS.items()), SPEEDS[USUAL])
        for_operator(self.first, self.last, self.speed)  # there are keys for the ends
        parts = (self.first, self.back, self.play, self.on, self.last, self.speed)
        self.setLayout(row(*parts, spacing=6))

    def use_theme(self, theme: Theme) -> None:
        dress(self, theme)
        keep_width(self.play, (PLAY, STOP))

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

    def _set_speed(self, pause: int) -> None:
        if self.playing:
            self._timer.start(pause)

    def _write(self) -> None:
        with QSignalBlocker(self.play):
            self.play.setText(STOP if self.playing else PLAY)
            self.play.setAccessibleName(self.play.text())
