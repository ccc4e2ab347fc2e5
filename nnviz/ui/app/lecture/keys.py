"""The keys of a lecture: in lecture mode they are its own, wherever the focus is."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from nnviz.session.state import State
from nnviz.ui.app.lecture import playing_words as words
from nnviz.ui.app.lecture.mode import LectureMode
from nnviz.ui.app.lecture.playing import Player
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme

TAKES_DIGITS = "takes-digits"
"""Name of the property of a field in which digits are typed also in a lecture."""
Key, Kind, Modifier = Qt.Key, QEvent.Type, Qt.KeyboardModifier
TEXTS = (QLineEdit, QTextEdit, QPlainTextEdit)
TYPED = (QAbstractSpinBox, QComboBox, *TEXTS)
"""Fields that Tab does not enter in a lecture."""
BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
INSIDE = frozenset(
    {Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End, Key.Key_Space}
    | {Key.Key_Return, Key.Key_Enter}
)
"""Keys of a lecture that a picture has for itself once Tab has entered it."""
ENTER = (Key.Key_Return, Key.Key_Enter)
DIGITS = {Qt.Key(Key.Key_0.value + digit): str(digit) for digit in range(10)}
STAYS = 5000
"""Milliseconds that a number waits for Return."""
MOST = 5
"""Digits of a number at most."""


class TypedNumber(QLabel):
    """The number of a scene while it is typed."""

    def __init__(self, window: QMainWindow, theme: Callable[[], Theme]) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("typed-number")
        explain(self, words.JUMP[1])
        self.setAutoFillBackground(True)
        self._theme = theme
        self._forgetting = QTimer(self)
        self._forgetting.setSingleShot(True)
        self._forgetting.setInterval(STAYS)
        self._forgetting.timeout.connect(self.forget)
        self.digits = ""
        self.hide()

    def type(self, digits: str, scenes: int) -> None:
        """Shows what has been typed by now."""
        self.digits = digits[:MOST]
        if not self.digits:
            self.forget()
            return
        theme = self._theme()
        self.setFont(theme.font(30, bold=True))
        self.setMargin(theme.px(12))
        self.setText(words.typed(self.digits, scenes))
        self.adjustSize()
        room = self._window.rect()
        self.move((room.width() - self.width()) // 2, room.height() - 2 * self.height())
        self.show()
        self.raise_()
        self._forgetting.start()

    def forget(self) -> None:
        """Nothing is typed any more."""
        self._forgetting.stop()
        self.digits = ""
        self.hide()


class LectureKeys(QObject):
    """Hears keys before anybody else while the window is in lecture mode."""

    def __init__(
        self,
        window: QMainWindow,
        mode: LectureMode,
        player: Player,
        theme: Callable[[], Theme],
        *,
        step: Callable[[int], object],
        leave: Callable[[], object],
    ) -> None:
        """`step` goes on (1) and back (-1), `leave` is what Esc does."""
        super().__init__(window)
        self._window, self._mode, self._player = window, mode, player
        self._leave = leave
        self._inside: QWidget | None = None
        self.typed = TypedNumber(window, theme)
        self._does: Mapping[Qt.Key, Callable[[], object]] = {
            Key.Key_PageDown: lambda: step(1),
            Key.Key_Right: lambda: step(1),
            Key.Key_Space: lambda: step(1),
            Key.Key_PageUp: lambda: step(-1),
            Key.Key_Left: lambda: step(-1),
            Key.Key_A: player.toggle_answer,
            Key.Key_B: mode.toggle_blank,
            Key.Key_Period: mode.toggle_blank,
            Key.Key_W: lambda: mode.toggle_blank(white=True),
            Key.Key_L: mode.toggle_spotlight,
            Key.Key_Z: mode.toggle_picture_zoom,
        }
        self._in_a_lecture: Mapping[Qt.Key, Callable[[], object]] = {
            Key.Key_Home: player.home,
            Key.Key_End: player.end,
        }

    def follow(self, state: State, fields: frozenset[str]) -> None:
        """Hears keys only in lecture mode."""
        if "lecturing" not in fields:
            return
        program = QApplication.instance()
        assert program is not None
        program.removeEventFilter(self)
        self._inside = None
        self.typed.forget()
        if state.lecturing:
            program.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (Kind.ShortcutOverride, Kind.KeyPress) and isinstance(watched, QWidget):
            assert isinstance(event, QKeyEvent)
            return self._hear(watched, event)
        if kind == Kind.FocusIn and isinstance(watched, QWidget):
            assert isinstance(event, QFocusEvent)
            entered = event.reason() in BY_TAB and not isinstance(watched, TYPED)
            self._inside = watched if entered else None
        elif kind in (Kind.MouseButtonPress, Kind.TouchBegin) and isinstance(watched, QWidget):
            return self._player.wake()
        elif kind == Kind.ToolTip and isinstance(watched, QWidget):
            # it would lie over the picture, and tell what the room is asked
            return watched.window() is self._window
        return False

    def _hear(self, widget: QWidget, event: QKeyEvent) -> bool:
        """Does what a key of the lecture means; -> whether it is one."""
        if QApplication.activePopupWidget() is not None:
            return False
        focus = QApplication.focusWidget() or widget
        do = self._meant(focus, event)
        if do is None:
            return False
        if event.type() == Kind.ShortcutOverride:
            event.accept()  # no shortcut takes it; it comes again as a key
        elif not event.isAutoRepeat():
            do()
        return True

    def _meant(self, focus: QWidget, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does in the lecture; None for one that it has no use for."""
        modifiers = event.modifiers() & ~Modifier.KeypadModifier
        key = Qt.Key(event.key())
        if key == Key.Key_Escape and not modifiers:
            return self._escape(focus)
        if key == Key.Key_Tab and not modifiers:
            return self._entering(focus)
        if self._is_typed(focus, event):
            return None
        plain = not modifiers or (
            modifiers == Modifier.ShiftModifier and bool(event.text().strip())
        )
        if not plain or (self._is_inside(focus) and (key in INSIDE or key in DIGITS)):
            return None
        if self._player.lecture is None:
            return self._does.get(key)
        if self._player.lecture.loops:
            return self._player.wake
        return self._does.get(key) or self._in_a_lecture.get(key) or self._number(focus, key)

    def _escape(self, focus: QWidget) -> Callable[[], object] | None:
        if QApplication.activeModalWidget() is not None:
            return None
        if self.typed.digits:
            return self.typed.forget
        if self._is_inside(focus):
            return self._lead_back
        return self._leave

    def _entering(self, focus: QWidget) -> Callable[[], object] | None:
        """Tab leads into the picture that has the focus already, else to the next one."""
        if self._is_inside(focus) or not isinstance(focus, Picture | QAbstractScrollArea):
            return None

        def enter() -> None:
            self._mode.reveal()
            focus.clearFocus()
            focus.setFocus(Qt.FocusReason.TabFocusReason)

        return enter

    def _lead_back(self) -> None:
        """Out of the picture: its keys are the lecture's again."""
        inside, self._inside = self._inside, None
        page = self._window.centralWidget()
        if inside is not None:
            inside.clearFocus()
        if page is not None:  # Tab enters the same picture again from here
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_inside(self, focus: QWidget) -> bool:
        return self._inside is not None and focus is self._inside

    def _is_typed(self, focus: QWidget, event: QKeyEvent) -> bool:
        """Whether a key belongs to a text: in a dialog or another window that asks for one, or a
        number of hands."""
        key = Qt.Key(event.key())
        modal = QApplication.activeModalWidget() is not None
        searched = isinstance(focus, TEXTS) and not focus.isReadOnly()
        if modal or (searched and focus.window() is not self._window):
            return isinstance(focus, TYPED) and key not in (Key.Key_PageDown, Key.Key_PageUp)
        holder: QWidget | None = focus
        while holder is not None and not holder.property(TAKES_DIGITS):
            holder = holder.parentWidget()
        edits = (Key.Key_Backspace, Key.Key_Delete, *ENTER)
        return holder is not None and (key in DIGITS or key in edits)

    def _number(self, focus: QWidget, key: Qt.Key) -> Callable[[], object] | None:
        """What a digit does, and Return after some."""
        typed, lecture = self.typed.digits, self._player.lecture
        assert lecture is not None
        scenes = len(lecture.scenes)
        if key in DIGITS:
            return lambda: self.typed.type(typed + DIGITS[key], scenes)
        if typed and key == Key.Key_Backspace:
            return lambda: self.typed.type(typed[:-1], scenes)
        if typed and key in ENTER:
            return self._jump
        return None

    def _jump(self) -> None:
        number = int(self.typed.digits)
        self.typed.forget()
        self._player.jump(number - 1)
