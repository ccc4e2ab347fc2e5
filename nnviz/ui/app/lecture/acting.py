"""What a scene does by itself once it stands: it learns, plays a film, or has designs race."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from nnviz.lectures.lecture import Action, PlayFilm, RaceOf, Train
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.words import tr


class Acting(QObject):
    """Begins one action at a time, and cuts it short. Networks that learn are the lecture's own."""

    ended = Signal()
    """It has come to its end by itself."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._learns = False
        self._moments: list[int] = []
        self.film = QTimer(self)
        self.film.setTimerType(Qt.TimerType.PreciseTimer)
        self.film.timeout.connect(self.show_next_moment)
        session.watch(self._changed)

    @property
    def on(self) -> bool:
        """Whether an action goes on."""
        return self._learns or self.film.isActive()

    def begin(self, action: Action) -> str:
        """Begins an action; -> why it cannot be had, or nothing."""
        self.cut_short()
        if isinstance(action, PlayFilm):
            return self._play(action)
        if isinstance(action, Train | RaceOf):
            return self._learn(action)
        return ""

    def show_end(self, film: PlayFilm) -> None:
        """Shows the moment with which a film ends."""
        moments = self._numbers(film)
        if moments:
            self._session.change(moment=moments[-1])

    def cut_short(self) -> None:
        """Ends what goes on where it is."""
        self.film.stop()
        if self._learns:
            self._learns = False
            self._session.runs.rest()

    def show_next_moment(self) -> None:
        """One moment of the film on."""
        if self._moments:
            self._session.change(moment=self._moments.pop(0))
        if not self._moments:
            self.film.stop()
            self.ended.emit()

    def _play(self, action: PlayFilm) -> str:
        self._moments = self._numbers(action)
        if not self._moments:
            return tr("This network carries no film.")
        self._session.change(moment=self._moments.pop(0))
        self.film.start(max(1, round(1000 / action.speed)))
        return ""

    def _numbers(self, action: PlayFilm) -> list[int]:
        """The numbers of the moments that are shown, one after the other."""
        moments = self._session.state.work.film.moments
        if not moments:
            return []
        first, last = (min(max(0, each), len(moments) - 1) for each in (action.first, action.last))
        way = 1 if first <= last else -1
        return [moments[place].number for place in range(first, last + way, way)]

    def _learn(self, action: Train | RaceOf) -> str:
        with self._session.store.together():
            trouble = self._train(action) if isinstance(action, Train) else self._race(action)
            if not trouble:
                self._session.runs.run()
        state = self._session.state
        self._learns = not trouble and (state.running or state.awaiting)
        return trouble

    def _train(self, action: Train) -> str:
        session, work = self._session, self._session.state.work
        settings = work.settings.change(epochs=action.epoch, speed=action.speed or 0)
        if not session.runs.can_learn():
            return _said(session.state)
        if work.learned:
            if not session.runs.start_over(settings):
                return _said(session.state)
        else:
            session.runs.adjust(replace(work, settings=settings))
        session.aside.taught(session.state.work)
        return ""

    def _race(self, action: RaceOf) -> str:
        session = self._session
        session.change(baseline=action.designs[0])
        if not session.race.begin(action.designs, action.fair):
            return _said(session.state)
        session.race.adjust(epochs=action.epochs, speed=0)
        session.aside.taught(*session.state.racing)
        return ""

    def _changed(self, state: State, fields: frozenset[str]) -> None:
        if self._learns and not (state.running or state.awaiting):
            self._learns = False
            self.ended.emit()


def _said(state: State) -> str:
    return state.notice.sentence if state.notice is not None else ""
