"""Reads the file of a lecture, one that takes long beside the window, and gathers its faults."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from nnviz.errors import Refusal
from nnviz.lectures.faults import Fault
from nnviz.lectures.lecture import Lecture, Scene
from nnviz.lectures.staging import scene_looked
from nnviz.session.background import Background
from nnviz.session.session import Session
from nnviz.ui.app.page_stack import KINDS

AT_ONCE = 60_000
"""Bytes of a file that is read while the window waits; a lecture of an hour has some ten
thousand."""
Play = Callable[[Lecture, Iterable[Fault]], object]
LOOK_EVERY = 30
"""Milliseconds"""
CHECKED = 200
"""Scenes whose lines are read beforehand; faults of later ones are found when they come."""


class Reading(QObject):
    """Reads one file at a time. Faults of lines are looked for scene by scene, as each may need a
    page that is not imported yet."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._beside = Background()
        self._faults: list[Fault] = []
        self._lecture: Lecture | None = None
        self._unchecked: list[Scene] = []
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self._look)

    def read(self, path: Path, play: Play) -> bool:
        """Has a lecture played that a file holds, in a moment where it is long; -> whether it can
        be read, as far as that is known."""
        # only now: no start needs Markdown
        from nnviz.lectures.files import read_lecture

        def take(found: tuple[Lecture, tuple[Fault, ...]]) -> None:
            play(*found)

        def refuse(sentence: str) -> None:
            self._session.say("error", sentence)

        self._beside.forget("lecture")
        if _size(path) > AT_ONCE:
            self._beside.do("lecture", lambda: read_lecture(path), take, refuse)
            self._timer.start()
            return True
        try:
            found = read_lecture(path)
        except Refusal as error:
            refuse(str(error))
            return False
        take(found)
        return True

    def begin(self, lecture: Lecture, faults: Iterable[Fault]) -> None:
        """Gathers the faults of a lecture, some of which are known."""
        self._lecture, self._faults = lecture, list(faults)
        self._unchecked = list(lecture.scenes[:CHECKED])

    def check_next(self) -> bool:
        """Checks the line of one more scene; -> whether there is another one."""
        if self._unchecked and self._lecture is not None and self._lecture.path is not None:
            self.add(*faults_of(self._lecture, self._unchecked.pop(0)))
        return bool(self._unchecked)

    def add(self, *faults: Fault) -> None:
        """Some that were found when their scene came."""
        self._faults += [fault for fault in faults if fault not in self._faults]

    def all_faults(self) -> list[Fault]:
        """All that is known to be wrong in the order of the file; it is told, and forgotten."""
        while self.check_next():
            pass
        found, self._faults = self._faults, []
        return sorted(found, key=lambda fault: fault.line)

    def _look(self) -> None:
        self._beside.look()
        if not self._beside.busy:
            self._timer.stop()


def faults_in(path: Path) -> tuple[Lecture, tuple[Fault, ...]]:
    """A lecture, and what is wrong with its file. Raises LectureError."""
    # only now, as in `read`
    from nnviz.lectures.files import read_lecture

    lecture, found = read_lecture(path)
    faults = list(found)
    for scene in lecture.scenes[:CHECKED]:
        faults += faults_of(lecture, scene)
    return lecture, tuple(sorted(faults, key=lambda fault: fault.line))


def faults_of(lecture: Lecture, scene: Scene) -> list[Fault]:
    """What is wrong with the line of a scene."""
    try:
        scene_looked(lecture, scene, KINDS)
    except Refusal as error:
        return [Fault(lecture.path or Path(), scene.shows_line, str(error))]
    return []


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0  # reading it says why


def written_at(path: Path) -> float:
    """When a file was written; 0 where it is not there."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
