"""What is on screen becomes a scene of a lecture: asked for is where, and what it says."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget

from nnviz.errors import Refusal
from nnviz.lectures.line import line_of
from nnviz.session.session import Session
from nnviz.ui.app.lecture import playing_words as words
from nnviz.ui.kit.controls import button, paragraph
from nnviz.ui.kit.file_dialogs import last_folder, used
from nnviz.ui.kit.layout import column, dress, row
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme


class SceneDialog(QDialog):
    """Asks for heading and caption, and tells `append`, which says what is wrong, or nothing."""

    def __init__(
        self, parent: QWidget, theme: Theme, file: str, append: Callable[[str, str], str]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("append-scene")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words.APPEND_TITLE)
        self._append = append
        self.heading = QLineEdit()
        self.heading.setObjectName("scene-heading")
        self.heading.setAccessibleName(words.HEADING)
        explain(self.heading, words.HEADING_TIP)
        self.caption = QPlainTextEdit()
        self.caption.setObjectName("scene-caption")
        self.caption.setAccessibleName(words.CAPTION)
        self.caption.setTabChangesFocus(True)
        explain(self.caption, words.CAPTION_TIP)
        self.trouble = paragraph("scene-trouble", plain=True)
        self.take = button(words.APPEND_IT, words.append_tip(file), self._take, "scene-append")
        self.take.setAutoDefault(True)
        self.cancel = button(words.CANCEL, words.CANCEL_TIP, self.reject, "scene-cancel")
        column(
            QLabel(words.HEADING),
            self.heading,
            QLabel(words.CAPTION),
            (self.caption, 1),
            self.trouble,
            row(1, self.take, self.cancel),
            spacing=10,
            margins=(20, 16, 20, 16),
            of=self,
        )
        dress(self, theme)
        self.resize(theme.px(560), theme.px(340))

    def _take(self) -> None:
        trouble = self._append(self.heading.text().strip(), self.caption.toPlainText().strip())
        self.trouble.setText(trouble)
        if not trouble:
            self.accept()


class Appending:
    """Writes what is looked at as a scene at the end of a file."""

    def __init__(self, session: Session, window: QWidget, theme: Callable[[], Theme]) -> None:
        self._session, self._window, self._theme = session, window, theme
        self._last: Path | None = None

    def choose(self) -> None:
        """Asks for the file, a new one or one that is there, and then for the words."""
        # only now: no start needs what reads Markdown
        from nnviz.lectures.collection import ENDING, own_folder

        folder = own_folder()
        begin = last_folder("lectures") or (folder if folder.is_dir() else Path.home())
        first = str(self._last or Path(begin) / f"lecture{ENDING}")
        dialog = QFileDialog(self._window, words.APPEND_TITLE, first, words.LECTURE_FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(first)
        dialog.fileSelected.connect(lambda name: used("lectures", Path(name).parent))
        dialog.fileSelected.connect(lambda name: self.ask(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask(self, path: Path) -> None:
        """Asks for the words of a scene, and appends it."""
        path = path if path.suffix else path.with_suffix(".md")
        line = line_of(self._session.state)

        def append(heading: str, caption: str) -> str:
            return self._append(path, line, heading, caption)

        SceneDialog(self._window, self._theme(), path.name, append).open()

    def _append(self, path: Path, line: str, heading: str, caption: str) -> str:
        # only now, as above
        from nnviz.lectures.appending import append_scene
        from nnviz.lectures.files import read_lecture

        try:
            append_scene(path, line, heading=heading, caption=caption)
            scenes = len(read_lecture(path)[0].scenes)
        except Refusal as error:
            return str(error)
        self._last = path
        self._session.say("passing", words.appended(path.name, scenes))
        return ""
