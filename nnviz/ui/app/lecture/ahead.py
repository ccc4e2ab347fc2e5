"""While a scene stands, what those round it will ask is asked already, and their pages are made."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer

from nnviz.errors import Refusal
from nnviz.lectures.foresight import Foresight
from nnviz.lectures.lecture import Lecture
from nnviz.lectures.line import Looked
from nnviz.lectures.staging import scene_looked
from nnviz.session.session import Session
from nnviz.ui.app.page_stack import KINDS

EVERY = 40
"""Milliseconds between two pieces, each of which is shorter than that but for making a page."""
ROUND = (1, 2, -1, 3)
"""The scenes that are prepared, in this order, seen from the one that stands."""
ROUNDS = 5
"""How often a scene is asked what it wants to know: one answer may lead to another question."""


class Ahead(QObject):
    """Gives way to everything that the scene on screen asks, learns or plays."""

    def __init__(
        self,
        session: Session,
        make_page: Callable[[str], object],
        check: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """`check` looks for faults in one more scene; -> whether there is another one."""
        super().__init__(parent)
        self._session, self._make_page, self._check = session, make_page, check
        self._foresight: Foresight | None = None
        self._pieces: Iterator[None] = iter(())
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY)
        self.timer.timeout.connect(self.work)

    def prepare(self, lecture: Lecture, standing: int) -> None:
        """Prepares what may come after a scene, which has just come on screen."""
        self._pieces = self._prepare(lecture, standing)
        self.timer.start()

    def end(self) -> None:
        """Nothing is to be prepared any more."""
        self.timer.stop()
        self._pieces = iter(())
        self._session.answers.never_mind()
        if self._foresight is not None:
            self._foresight.close()
            self._foresight = None

    def work(self) -> None:
        """A piece of it, where nothing else is to be done."""
        state = self._session.state
        plays = state.lecture is not None and state.lecture.acting and not state.running
        if plays or state.engine != "ready":
            return
        if self._session.answers.waiting:
            self._check()
        elif next(self._pieces, self) is self:
            self.timer.stop()

    def _prepare(self, lecture: Lecture, standing: int) -> Iterator[None]:
        yield
        if self._foresight is None:
            self._foresight = Foresight(self._session)
        for number in _round(lecture, standing):
            yield
            try:
                looked = scene_looked(lecture, lecture.scenes[number], KINDS)
                if looked is not None and looked.page:
                    yield from self._prepare_scene(looked, self._foresight)
            except Refusal:
                continue  # which is told once it comes
        while self._check():
            yield

    def _prepare_scene(self, looked: Looked, foresight: Foresight) -> Iterator[None]:
        kind = KINDS[looked.page]
        for _ in range(ROUNDS):
            yield
            asked = foresight.asked_by(looked, KINDS, kind.ask, kind.all_designs)
            begun = False
            for question in (yield from asked):
                if self._session.answers.ask_ahead(question):
                    begun = True
                    yield  # until it is answered
            if not begun:
                break
        while self._session.state.running:
            yield  # it learns before a room, and making a page takes long
        self._make_page(looked.page)


def _round(lecture: Lecture, standing: int) -> list[int]:
    """The numbers of the scenes round the one that stands."""
    scenes = len(lecture.scenes)
    near = [standing + each for each in ROUND]
    if lecture.loops:
        near = [each % scenes for each in near]
    return [each for each in dict.fromkeys(near) if 0 <= each < scenes and each != standing]
