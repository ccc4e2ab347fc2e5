"""Says on every page that neurons of the network on screen have been operated on."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QFrame, QLabel, QMainWindow, QSizePolicy

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app import words
from nnviz.ui.app.head_room import HeadRoom
from nnviz.ui.kit.controls import button, name_undo
from nnviz.ui.kit.fitted_text import SMALLEST
from nnviz.ui.kit.layout import dress, low, row, sized
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.words import sentences

SPACING, MARGINS = 8, (4, 0, 8, 0)


class AlteredStrip(QFrame):
    """The ways out, what is done, and what that does to the test accuracy.

    Lies in the head of the window, so that nothing moves when it comes and goes.
    """

    def __init__(self, session: Session, window: QMainWindow, head: HeadRoom, theme: Theme) -> None:
        super().__init__(window)
        self.hide()
        self.setObjectName("altered-strip")
        self.setAutoFillBackground(True)
        self._head = head
        self.sentence, self.accuracy = (sized(QLabel(), bold=True) for _ in range(2))
        self.sentence.setObjectName("altered-sentence")
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.accuracy.setObjectName("altered-accuracy")
        does = session.operations
        self.undo = low(button(words.UNDO, words.UNDO_TIP, does.undo, "undo-operation"))
        self.end = low(button(words.AS_IT_WAS, words.AS_IT_WAS_TIP, does.end, "as-it-was"))
        self.keep = low(button(words.KEEP, words.KEEP_TIP, does.keep, "keep-as-new"))
        self._buttons = (self.undo, self.end, self.keep)
        parts = (*self._buttons, (self.sentence, 1), self.accuracy)
        self.setLayout(row(*parts, spacing=SPACING, margins=MARGINS))
        self._said = ""
        head.changed.connect(self.place)
        self.use_theme(theme)
        self.show_state(session.state)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        width, colour = theme.px(2), theme.colours.focus
        self.setStyleSheet(f"QFrame#altered-strip {{ border: {width}px dashed {colour}; }}")
        dress(self, theme)
        self.place()

    def show_state(self, state: State) -> None:
        work = state.work
        done = [words.operation(state, place, each) for place, each in work.operations]
        named = 2 if work.network.networks == 1 else 1
        self._said = words.altered(done, named)
        accuracy = words.altered_accuracy(state)
        explain(self.sentence, sentences(words.altered_tip(done), accuracy))
        explain(self.accuracy, words.ALTERED_TIP if accuracy else "")
        self.accuracy.setText(accuracy)
        name_undo(self.undo, work.history)
        self.end.setEnabled(bool(work.operations))
        self.keep.setEnabled(bool(work.operations))
        there = bool(work.operations or work.history.before)
        came = there == self.isHidden()
        self.setVisible(there)
        self.place()
        if came:
            self._head.changed.emit()  # who stands there, too, makes room

    @property
    def taken(self) -> list[QRect]:
        """Where the buttons are in the window, while they are there."""
        if self.isHidden():
            return []
        corner = self.mapTo(self.window(), QPoint())
        return [each.geometry().translated(corner) for each in self._buttons]

    def place(self) -> None:
        """Goes where there is room, with words as large as it has."""
        if self.isHidden():
            return
        place = self._head.places()[0]
        buttons = sum(each.sizeHint().width() for each in self._buttons)
        left, _, right, _ = MARGINS
        gaps = self._theme.px(left) + self._theme.px(right) + 4 * self._theme.px(SPACING)
        room = place.width() - buttons - gaps - 2 * self._theme.px(2)
        said = (self._said, self.accuracy.text())
        sizes = range(TEXT, round(SMALLEST) - 1, -1)
        whole = next((size for size in sizes if self._width(size, *said) <= room), 0)
        size = whole or next((size for size in sizes if self._width(size, said[0]) <= room), 0)
        font = self._theme.font(size or round(SMALLEST), bold=True)
        self.accuracy.setFont(font)
        self.accuracy.setVisible(bool(whole and said[1]))  # it stands in the bar below, too
        self.sentence.setFont(font)
        dots = Qt.TextElideMode.ElideRight
        metrics = self.sentence.fontMetrics()
        self.sentence.setText(said[0] if size else metrics.elidedText(said[0], dots, room))
        self.setGeometry(place)

    def _width(self, size: float, *texts: str) -> float:
        """Of texts side by side in bold type of a size, in pixels."""
        metrics = QFontMetricsF(self._theme.font(size, bold=True))
        return sum(map(metrics.horizontalAdvance, texts))
