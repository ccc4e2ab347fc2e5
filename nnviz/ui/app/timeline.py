"""The strip that scrubs and plays the film of the run on screen."""

from bisect import bisect_right
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from nnviz.session.session import Session
from nnviz.session.state import TYPED, State
from nnviz.ui.app import words
from nnviz.ui.app.film_track import FilmTrack, Reel
from nnviz.ui.kit.controls import button, keep_width
from nnviz.ui.kit.layout import dress, row, sized
from nnviz.ui.kit.number_field import NumberField
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.setting_controls import guard_wheel

SPEEDS = range(1, 61)
"""Moments per second."""
USUAL = 10


class Timeline(QFrame):
    """Lies above the footer on every page; in lecture mode it plays unseen."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("timeline")
        self.setAutoFillBackground(True)
        self._session = session
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.forward)
        self.play = button(words.PLAY, words.PLAY_TIP, self.toggle, "film-play")
        self.track = FilmTrack(theme)
        self.track.chosen.connect(self._scrub)
        self.words = QLabel()
        self.words.setObjectName("film-words")
        explain(self.words, words.MOMENT_TIP)
        self.words.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.speed = NumberField(words.FILM_SPEED, SPEEDS.start, SPEEDS.stop - 1)
        self.speed.setObjectName("film-speed")
        explain(self.speed, words.FILM_SPEED_TIP)
        self.speed.setSuffix(words.per_second())
        self.speed.setValue(USUAL)
        self.speed.refused.connect(partial(session.say, "error", about=TYPED))
        self.speed.valueChanged.connect(self._set_speed)
        guard_wheel(self.speed)
        self.now = button(words.NOW, words.NOW_TIP, self.show_present, "film-now")
        parts = (
            self.play,
            (self.track, 1),
            sized(self.words, least_width=200, bold=True),
            sized(self.speed, least_width=100),
            self.now,
        )
        self.setLayout(row(*parts, spacing=10, margins=(10, 4, 14, 4)))
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        dress(self, theme)
        keep_width(self.play, (words.PLAY, words.STOP))
        self.show_state(self._session.state)

    def show_state(self, state: State) -> None:
        """Draws the film and the place in it."""
        reel = _reel(state)
        self.track.show_view(reel)
        there = len(reel.epochs) > 1
        self.words.setText(words.moment(state) if there else words.no_film(state))
        for widget in (self.play, self.track, self.speed):
            widget.setEnabled(there)
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
        self._timer.start(int(1000 // self.speed.value()))
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
        if not self._session.state.lecturing:
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
            self._timer.start(int(1000 // self.speed.value()))

    def _write(self) -> None:
        with QSignalBlocker(self.play):
            self.play.setText(words.STOP if self.playing else words.PLAY)
            self.play.setAccessibleName(words.STOP_NAME if self.playing else words.PLAY_NAME)


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
    return Reel(epochs, place, words.moment(state))
