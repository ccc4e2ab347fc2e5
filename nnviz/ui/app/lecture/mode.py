"""Lecture mode: full screen, larger type, only the picture; Esc returns to where one was."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QScrollArea, QScrollBar, QWidget
from shiboken6 import isValid

from nnviz.session.session import Session
from nnviz.ui.kit.in_lectures import NONE, OF_THE_PICTURE, of_the_picture, show_controls

RETURN = 1000
"""Milliseconds in which the window gets its size back, at most."""
STAY = 3000
"""Milliseconds that the controls of a picture stay once the mouse rests."""
SHAKE = 3
"""Pixels that a mouse on a lectern moves by itself."""
Kind = QEvent.Type
TOUCHES = frozenset({Kind.MouseButtonPress, Kind.TouchBegin, Kind.TouchUpdate, Kind.TabletMove})


class LectureMode(QObject):
    """Leaves of a window what a room needs, and brings the rest back as it was."""

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        rescale: Callable[[], None],
        draw_once_settled: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._rescale = rescale
        self._draw_once_settled = draw_once_settled
        self._scrolled: dict[QScrollBar, int] = {}
        self._focus: QWidget | None = None
        self._returning = self._once(RETURN, self._arrive)
        self._resting = self._once(STAY, self._rest)
        self._pointer = QPointF()
        self._state = Qt.WindowState.WindowNoState
        self.blank = QWidget(window)
        self.blank.setObjectName("blank")
        self.blank.setAutoFillBackground(True)
        self.blank.hide()
        window.installEventFilter(self)

    def _once(self, wait: int, do: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(wait)
        made.timeout.connect(do)
        return made

    @property
    def on(self) -> bool:
        """Whether the window is in lecture mode."""
        return self._session.state.lecturing

    def toggle(self) -> None:
        if self.on:
            self.leave()
        else:
            self.enter()

    def enter(self, full_screen: bool = True) -> None:
        """Shows only the picture."""
        if self.on:
            return
        self._arrive()
        self._scrolled = {
            bar: bar.value()
            for area in self._window.findChildren(QScrollArea)
            for bar in (area.verticalScrollBar(), area.horizontalScrollBar())
        }
        self._state, self._focus = self._window.windowState(), self._window.focusWidget()
        self._draw_once_settled()
        self._session.change(lecturing=True)
        show_controls(self._window, NONE)
        self._watch_input()
        if full_screen:
            self._window.showFullScreen()
            self._rescale_later()
        else:
            self._rescale()

    def leave(self) -> None:
        """Back to exactly how it was; what was hidden of the answer is told again."""
        if not self.on:
            return
        self._resting.stop()
        self.blank.hide()
        self._session.change(lecturing=False, answer_hidden=False)
        show_controls(self._window, None)
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        self._window.setWindowState(self._state)
        self._rescale_later()
        for bar in self._scrolled:
            bar.rangeChanged.connect(self._scroll_back)
        self._scroll_back()
        self._returning.start()

    def _scroll_back(self) -> None:
        """As far as the room that has come back by now allows."""
        for bar, value in self._scrolled.items():
            bar.setValue(value)

    def _arrive(self) -> None:
        """From now on nothing scrolls by itself."""
        if not self.on:
            for bar in self._scrolled:
                bar.rangeChanged.disconnect(self._scroll_back)
        self._returning.stop()
        self._scrolled = {}

    def _rescale_later(self) -> None:
        """After the new size has come, if it comes at all: with it the type fits at once."""
        QTimer.singleShot(0, self, self._rescale)
        self._draw_once_settled()

    # ---- the mouse -------------------------------------------------------------------

    def _watch_input(self) -> None:
        """Hears of the mouse wherever it moves, and whatever it moves over."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._window:
            if kind == Kind.Show and self.on:
                self._watch_input()
        elif self.on:
            if kind in TOUCHES:
                self.reveal()
            elif kind == Kind.MouseMove and isinstance(event, QMouseEvent):
                self._move(event.position())
        return False

    def _move(self, to: QPointF) -> None:
        if (to - self._pointer).manhattanLength() >= SHAKE:
            self._pointer = to
            self.reveal()

    def reveal(self) -> None:
        """Shows the controls of the picture for a while; the keys could not come to them
        otherwise."""
        if self.on:
            show_controls(self._window, OF_THE_PICTURE)
            self._resting.start()

    def _rest(self) -> None:
        """Hides them again, unless they are in use."""
        if self._in_use():
            self._resting.start()
        elif self.on:
            show_controls(self._window, NONE)

    def _in_use(self) -> bool:
        held = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if held or QApplication.activePopupWidget() is not None:
            return True
        focus = self._window.focusWidget()
        return any(
            each.underMouse() or each is focus or (focus is not None and each.isAncestorOf(focus))
            for each in of_the_picture(self._window)
        )

    # ---- the dark --------------------------------------------------------------------

    def toggle_spotlight(self) -> None:
        """Lights what is under the mouse."""

    def toggle_picture_zoom(self) -> None:
        """Enlarges the picture under the mouse."""

    def toggle_blank(self, white: bool = False) -> None:
        """Covers the screen with black or white, or uncovers it."""
        palette = self.blank.palette()
        palette.setColor(
            self.blank.backgroundRole(), Qt.GlobalColor.white if white else Qt.GlobalColor.black
        )
        self.blank.setPalette(palette)
        self.blank.setGeometry(self._window.rect())
        self.blank.setVisible(self.blank.isHidden())
        self.blank.raise_()
