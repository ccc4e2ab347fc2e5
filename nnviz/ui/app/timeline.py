"""The strip that scrubs and plays the film of the run on screen."""

from bisect import bisect_right

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QSpinBox

from nnviz.networks.film import kept
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app.film_track import FilmTrack, Reel
from nnviz.ui.app.top_bar import tested_on
from nnviz.ui.kit.buttons import button, style_buttons
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.setting_controls import guard_wheel

SPEEDS = range(1, 61)
"""Moments per second."""
USUAL = 10
NO_FILM = "No film yet: Run records one."
OLDER = "This network file carries no film."
TOO_LARGE = "This network is too large for a film."


class Timeline(QFrame):
    """Lies above the footer on every page, and stays in lecture mode."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("timeline")
        self.setAutoFillBackground(True)
        self._session = session
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.forward)
        self.play = button(
            "▶  Film", "Play the film of this run (Ctrl+Shift+F)", self.toggle, "film-play"
        )
        self.track = FilmTrack(theme)
        self.track.place_chosen.connect(self._scrub)
        self.words = QLabel()
        self.words.setObjectName("film-words")
        self.words.setToolTip(
            "The moment on screen: epoch, and accuracy then, on the test digits of the run itself."
        )
        self.words.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.speed = QSpinBox()
        self.speed.setObjectName("film-speed")
        self.speed.setAccessibleName("Moments per second")
        self.speed.setToolTip("How many moments of the film are shown per second.")
        self.speed.setRange(SPEEDS.start, SPEEDS.stop - 1)
        self.speed.setSuffix(" / s")
        self.speed.setValue(USUAL)
        self.speed.setKeyboardTracking(False)
        self.speed.valueChanged.connect(self._set_speed)
        guard_wheel(self.speed)
        self.now = button("Now", "Back to the present", self.show_present, "film-now")
        self._row = QHBoxLayout(self)
        for widget in (self.play, self.track, self.words, self.speed, self.now):
            self._row.addWidget(widget, 1 if widget is self.track else 0)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._row.setContentsMargins(theme.px(10), theme.px(4), theme.px(14), theme.px(4))
        self._row.setSpacing(theme.px(10))
        style_buttons(self, theme)
        for widget in (self.words, self.speed):
            widget.setFont(theme.font(bold=widget is self.words))
        self.play.setMinimumWidth(theme.px(104))
        self.words.setMinimumWidth(theme.px(200))
        self.speed.setMinimumWidth(theme.px(100))
        self.track.use_theme(theme)
        self.show_state(self._session.state)

    def show_state(self, state: State) -> None:
        """Draws the film and the place in it."""
        reel = _reel(state)
        self.track.show_reel(reel)
        self.words.setText(_words(state) if len(reel.epochs) > 1 else _no_film(state))
        for widget in (self.play, self.track, self.speed):
            widget.setEnabled(len(reel.epochs) > 1)
        self.now.setEnabled(state.moment is not None)

    # ---- playing ---------------------------------------------------------------------

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def toggle(self) -> None:
        """Plays from here, or from the beginning when the present is shown; or stops."""
        if self.playing:
            self.stop()
            return
        if self._session.state.moment is None:
            self._show(0)
        self._timer.start(1000 // self.speed.value())
        self._write()

    def stop(self) -> None:
        self._timer.stop()
        self._write()

    def forward(self) -> None:
        """Shows the next moment; stops at the present."""
        state = self._session.state
        if state.moment is None or len(state.work.film) < 2:
            self.stop()
            return
        self._show(_reel(state).place + 1)
        if self._session.state.moment is None:
            self.stop()

    def show_present(self) -> None:
        """Leaves the film."""
        self.stop()
        self._session.change(moment=None)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.stop()

    def _scrub(self, place: int) -> None:
        self.stop()
        self._show(place)

    def _show(self, place: int) -> None:
        state = self._session.state
        last = len(_reel(state).epochs) - 1
        moments = state.work.film.moments
        self._session.change(moment=moments[place].number if place < last else None)

    def _set_speed(self) -> None:
        if self.playing:
            self._timer.start(1000 // self.speed.value())

    def _write(self) -> None:
        with QSignalBlocker(self.play):
            self.play.setText("Ⅱ  Film" if self.playing else "▶  Film")
            self.play.setAccessibleName("Stop the film" if self.playing else "Play the film")


def _reel(state: State) -> Reel:
    """The moments of the film, the present last."""
    work, length = state.work, max(1, state.work.epoch_length(state.digits))
    present = work.position.examples
    moments = work.film.moments
    if moments and moments[-1].position.examples >= present:
        moments = moments[:-1]
    epochs = tuple([each.position.examples / length for each in moments] + [present / length])
    place = len(moments)
    if state.past is not None:
        examples = state.past.position.examples / length
        place = min(place, bisect_right(epochs, examples) - 1)
    return Reel(epochs, place, _words(state))


def _no_film(state: State) -> str:
    """Why there is nothing to look back at."""
    if not kept(0, 1, state.work.network.parameters):
        return TOO_LARGE
    return OLDER if state.work.opened is not None else NO_FILM


def _words(state: State) -> str:
    """Epoch and accuracy then; the present one stands in the bar above."""
    seen = state.seen
    epochs = seen.position.examples / max(1, seen.epoch_length(state.digits))
    when = f"epoch {epochs:.2f}" if epochs < 2 else f"epoch {epochs:.1f}"
    if state.past is None:
        return f"{when}, now"
    points = seen.points
    known = points and points[-1].examples == seen.position.examples
    if not known:
        return when
    return f"{when}\n{tested_on(state)} {100 * points[-1].test_accuracy:.1f} %"
