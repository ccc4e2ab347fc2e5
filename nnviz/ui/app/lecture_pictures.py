"""Every scene of a lecture as a picture: one window, in which they stand one after the other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtGui import QImage

from nnviz.errors import Refusal
from nnviz.lectures.faults import Fault, Faults
from nnviz.lectures.lecture import Lecture, Scene
from nnviz.ui.app.application import make_application
from nnviz.ui.app.lecture_stage import Stage
from nnviz.ui.app.still import SIZES, check_theme, settle, size_of
from nnviz.ui.app.window import Window
from nnviz.ui.kit.capture import picture_of


@dataclass(frozen=True)
class SceneLook:
    """How the pictures look, as ordered on the command line."""

    size: str = "1280x720"
    theme: str = "light"
    says_words: bool = False
    """Whether they hold what the scene says, as the room sees it."""

    def check(self) -> tuple[int, int]:
        """Width and height, if all is as it can be. Raises SettingError."""
        check_theme(self.theme)
        return size_of(self.size)


class ScenePictures:
    """Draws scenes in one window; those that cannot be shown are named."""

    def __init__(self, lecture: Lecture, look: SceneLook) -> None:
        """Raises Refusal, for a wrong option SettingError."""
        width, height = look.check()
        self._application = make_application()
        self._look = look
        self._stage = Stage(lecture)
        self._faults = Faults(lecture.path) if lecture.path is not None else None
        self._load_designs()
        self._window = Window(self._stage.session, look.theme)
        self._window.setMinimumSize(SIZES.start, SIZES.start)
        self._window.resize(width, height)
        self._window.parts.lecture.enter(full_screen=False)
        self._window.show()
        self._window.load_late()

    @property
    def faults(self) -> Sequence[Fault]:
        """Why scenes could not be shown."""
        return () if self._faults is None else self._faults.in_order()

    def draw(self, scene: Scene) -> QImage | None:
        """A scene at its end; None where it shows nothing, and nothing is to be read on it."""
        stage, shows = self._stage, bool(scene.shows)
        if shows:
            try:
                stage.put(scene)
                self._load_designs()  # other digits have let them go
                stage.end(scene)
            except Refusal as refusal:
                shows = False
                if self._faults is not None:
                    self._faults.add(scene.shows_line, str(refusal))
        if self._look.says_words:
            stage.say(scene)
        elif not shows:
            return None
        stage.hear_all()
        self._window.setFocus()  # nobody presses a key on a picture
        settle(self._application)
        return picture_of(self._window)

    def close(self) -> None:
        """Lets the window go."""
        self._window.close()
        self._window.deleteLater()

    def _load_designs(self) -> None:
        while self._stage.session.designs.load_next():
            pass
        self._stage.hear_all()


@contextmanager
def scene_pictures(lecture: Lecture, look: SceneLook) -> Iterator[ScenePictures]:
    """What draws the scenes of a lecture; its window goes at the end. Raises Refusal."""
    pictures = ScenePictures(lecture, look)
    try:
        yield pictures
    finally:
        pictures.close()
