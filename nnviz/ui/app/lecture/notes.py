"""The speaker's notes, in type that can be read from a step away."""

from typing import Any

from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from nnviz.ui.app.lecture import speaker_words as words
from nnviz.ui.kit.controls import button
from nnviz.ui.kit.layout import column, dress, row, sized
from nnviz.ui.kit.preferences import preference
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme

SIZES = (16, 18, 20, 22, 24, 28, 32, 36, 42, 50)
USUAL = 24
KEY = "speaker/notes-size"
FEATURES = QTextDocument.MarkdownFeature
# an unclosed tag would take the rest of the notes with it
DIALECT = FEATURES.MarkdownDialectCommonMark | FEATURES.MarkdownNoHTML


class NotesText(QTextEdit):
    """Markdown that can be read, and loads nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("speaker-notes")
        self.setReadOnly(True)
        self.setAccessibleName(words.NOTES)
        explain(self, words.NOTES_TIP)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def loadResource(self, type: int, name: QUrl | str) -> Any:
        return None

    def show_markdown(self, text: str) -> None:
        """Shows notes, with room between two paragraphs."""
        self.document().setMarkdown(text, DIALECT)
        whole = QTextCursor(self.document())
        whole.select(QTextCursor.SelectionType.Document)
        apart = QTextBlockFormat()
        apart.setBottomMargin(self.fontInfo().pixelSize() * 0.5)
        whole.mergeBlockFormat(apart)


class Notes(QWidget):
    """With two buttons for the size of the type, which is remembered."""

    def __init__(self) -> None:
        super().__init__()
        self._theme, self._said = Theme(), ""
        kept = preference(KEY, USUAL)
        self._size = kept if kept in SIZES else USUAL
        self.text = NotesText()
        self.smaller = button(
            words.SMALLER, words.SMALLER_TIP, lambda: self.resize_type(-1), "notes-smaller"
        )
        self.larger = button(
            words.LARGER, words.LARGER_TIP, lambda: self.resize_type(1), "notes-larger"
        )
        self.smaller.setAccessibleName(words.SMALLER_TIP)
        self.larger.setAccessibleName(words.LARGER_TIP)
        buttons = row(1, self.smaller, self.larger, spacing=6)
        column(buttons, (self.text, 1), spacing=4, of=self)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        sized(self.text, text=self._size)
        dress(self, theme)

    def resize_type(self, direction: int) -> None:
        """The next larger (1) or smaller (-1) type."""
        place = SIZES.index(self._size) + direction
        self._size = SIZES[min(max(place, 0), len(SIZES) - 1)]
        QSettings().setValue(KEY, self._size)
        self.use_theme(self._theme)

    def say(self, text: str) -> None:
        """Shows the notes of a scene, from their beginning."""
        if text != self._said:
            self._said = text
            self.text.show_markdown(text)
