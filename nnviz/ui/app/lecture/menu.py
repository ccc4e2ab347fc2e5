"""The menu of lectures: those that come along, the user's own, and the way through one."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMainWindow

from nnviz.errors import Refusal
from nnviz.session.session import Session
from nnviz.ui.app.lecture import playing_words as words
from nnviz.ui.app.lecture.appending import Appending
from nnviz.ui.app.lecture.playing import Player
from nnviz.ui.app.lecture.reading import faults_in
from nnviz.ui.kit.controls import Menu
from nnviz.ui.kit.file_dialogs import last_folder, used
from nnviz.ui.kit.telling import explain


class LecturesMenu(Menu):
    """Filled anew whenever it opens, because files come and go."""

    def __init__(
        self, session: Session, window: QMainWindow, player: Player, appending: Appending
    ) -> None:
        super().__init__(window)
        self.setTitle(words.LECTURES_MENU)
        self.setObjectName("lectures-menu")
        self.setToolTipsVisible(True)
        self._session, self._window, self._player = session, window, player
        self.appending = appending
        self.open = self._action("lecture-open", words.OPEN, self.choose)
        self.append = self._action("lecture-append", words.APPEND, appending.choose)
        self.check = self._action("lecture-check", words.CHECK, self.choose_check)
        self.resume = self._action("lecture-resume", words.RESUME, player.resume)
        self.next = self._action("lecture-next", words.NEXT, player.next)
        self.back = self._action("lecture-back", words.BACK, player.back)
        self.jump = self._action("lecture-jump", words.JUMP, self.ask_scene)
        self.leave = self._action("lecture-leave", words.LEAVE, player.leave)
        self.close_it = self._action("lecture-close", words.CLOSE, player.close)
        self.numbered = self._action(
            "lecture-numbered", words.NUMBERED, lambda: player.number(self.numbered.isChecked())
        )
        self.numbered.setCheckable(True)
        self.numbered.setChecked(player.numbered)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Lists the lectures that are there, and what can be done."""
        # only now: no start needs what reads Markdown
        from nnviz.lectures.collection import lectures_at_hand

        self.clear()
        found = lectures_at_hand()
        for title, own in ((words.SHIPPED, False), (words.OWN, True)):
            listed = [each for each in found if each.own == own]
            if listed:
                self.addSection(title)
            for each in listed:
                action = self.addAction(each.title)
                explain(action, words.PLAY if not own else str(each.path))
                action.triggered.connect(partial(self._play, each.path))
        self.addSeparator()
        self.addActions((self.open, self.append, self.check))
        self.addSeparator()
        way = (self.next, self.back, self.jump, self.leave)
        self.addActions((self.resume, *way, self.close_it, self.numbered))
        playing, left = self._player.lecture is not None, self._player.resumes is not None
        for action in way:
            action.setEnabled(playing)
        self.leave.setEnabled(self._player.on)
        self.resume.setEnabled(left and not self._player.on)
        self.close_it.setEnabled(left or self._player.on)

    def choose(self) -> None:
        """Asks for a file and plays it."""
        self._ask_file(words.OPEN_TITLE, self._play)

    def choose_check(self) -> None:
        """Asks for a file and says what is wrong with it."""
        self._ask_file(words.CHECK_TITLE, self.check_file)

    def check_file(self, path: Path) -> None:
        """Says what is wrong with a lecture, or that nothing is."""
        try:
            lecture, faults = faults_in(path)
        except Refusal as error:
            self._session.say("error", str(error))
            return
        if faults:
            self._session.change(notice=words.faults_notice(faults))
        else:
            self._session.say("info", words.faultless(path.name, len(lecture.scenes)))

    def ask_scene(self) -> None:
        """Asks for the number of a scene and shows it."""
        lecture = self._player.lecture
        if lecture is None:
            return
        dialog = QInputDialog(self._window)
        dialog.setObjectName("scene-number")
        dialog.setWindowTitle(words.JUMP[0])
        dialog.setLabelText(words.NUMBER_OF_SCENE)
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(1, len(lecture.scenes))
        dialog.setIntValue(self._player.place.scene + 1)
        dialog.intValueSelected.connect(lambda number: self._player.jump(number - 1))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _play(self, path: Path) -> None:
        self._player.open(path)

    def _ask_file(self, title: str, do: Callable[[Path], object]) -> None:
        # only now, as in `fill`
        from nnviz.lectures.collection import own_folder

        folder = own_folder()
        first = last_folder("lectures") or (str(folder) if folder.is_dir() else "")
        dialog = QFileDialog(self._window, title, first, words.LECTURE_FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: used("lectures", Path(name).parent))
        dialog.fileSelected.connect(lambda name: do(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _action(self, name: str, said: Sequence[str], do: Callable[[], object]) -> QAction:
        action = QAction(said[0], self._window)  # or `clear` would end it
        action.setObjectName(name)
        explain(action, said[1])
        action.triggered.connect(lambda: do())
        return action
