"""Fields for the hands that each choice of a question got."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from nnviz.session.slices import LectureShown
from nnviz.ui.app.lecture import speaker_words as words
from nnviz.ui.app.lecture.keys import TAKES_DIGITS
from nnviz.ui.app.lecture.words import choice
from nnviz.ui.kit.layout import dress, flowing, row, sized
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme

MOST = 9999
Count = Callable[[int, int, int | None], object]
"""Is told a scene and a choice of it by their numbers, and its hands; None where they were not
counted."""


class HandField(QLineEdit):
    """The hands of one choice."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty(TAKES_DIGITS, True)
        self.setAccessibleName(name)
        explain(self, words.HANDS_TIP)
        self.setValidator(QIntValidator(0, MOST, self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        sized(self, width=76)

    @property
    def hands(self) -> int | None:
        """What is typed."""
        return int(self.text()) if self.hasAcceptableInput() else None

    def show_hands(self, hands: int | None) -> None:
        """What was counted, unless something else is being typed."""
        if not self.hasFocus() and hands != self.hands:
            with QSignalBlocker(self):
                self.setText("" if hands is None else str(hands))


class Hands(QWidget):
    """One field a choice; hidden where nothing is asked."""

    def __init__(self, count: Count) -> None:
        super().__init__()
        self.setObjectName("hands")
        self._count = count
        self._theme = Theme()
        self._choices: tuple[str, ...] = ()
        self._scene = 0  # whose choices they are: the lecture may be further already
        self._row = flowing(self, spacing=10)
        self.fields: list[HandField] = []
        self.hide()

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        dress(self, theme)

    def follow(self, lecture: LectureShown | None) -> None:
        """The choices of the scene on screen, with what was counted."""
        choices = lecture.words.choices if lecture is not None else ()
        self._scene = lecture.scene if lecture is not None else 0
        if choices != self._choices:
            self._ask(choices)
        hands = lecture.hands if lecture is not None else ()
        for number, field in enumerate(self.fields):
            field.show_hands(hands[number] if number < len(hands) else None)
        self.setVisible(bool(choices))

    def _ask(self, choices: tuple[str, ...]) -> None:
        self._choices, self.fields = choices, []
        while (item := self._row.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for number, text in enumerate(choices):
            field = HandField(words.hands_of(number, text))
            field.setObjectName(f"hands-{number}")
            field.textEdited.connect(partial(self._typed, number))
            field.returnPressed.connect(partial(self._go_on, number + 1))
            self.fields.append(field)
            pair = QWidget()  # a field is in the line of its words
            pair.setLayout(row(QLabel(choice(number, text)), field, spacing=6))
            self._row.addWidget(pair)
        dress(self, self._theme)

    def _go_on(self, number: int) -> None:
        """To the next field; from the last one the keys go back to the lecture."""
        if number < len(self.fields):
            self.fields[number].setFocus(Qt.FocusReason.TabFocusReason)
            self.fields[number].selectAll()
        else:
            self.fields[-1].clearFocus()

    def _typed(self, number: int, _text: str) -> None:
        self._count(self._scene, number, self.fields[number].hands)
