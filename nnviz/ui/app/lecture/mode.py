"""Lecture mode: full screen, larger type, only the picture; Esc returns to where one was."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QCursor, QMouseEvent, QScreen, QWheelEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app.lecture.blank import Blank
from nnviz.ui.app.lecture.keeping import Scrolled
from nnviz.ui.app.lecture.picture_zoom import PictureZoom, picture_at
from nnviz.ui.app.lecture.screens import inside, put_on_screen
from nnviz.ui.app.lecture.spotlight import Spotlight
from nnviz.ui.app.lecture.strip import LectureStrip
from nnviz.ui.app.lecture.trouble import Trouble
from nnviz.ui.kit.in_lectures import NONE, OF_THE_PICTURE, of_the_picture, show_controls
from nnviz.ui.kit.theme import Theme

STAY = 3000
"""Milliseconds that the controls of a picture stay once the mouse rests."""
SHAKE = 3
"""Pixels; a mouse on a lectern moves less by itself."""
Kind = QEvent.Type
TOUCHES = frozenset({Kind.MouseButtonPress, Kind.TouchBegin, Kind.TouchUpdate, Kind.TabletMove})

PLACED = frozenset({Kind.Move, Kind.Resize})


class LectureMode(QObject):
    """Leaves of a window what a room needs, and brings the rest back as it was."""

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        theme: Theme,
        page: Callable[[], QWidget],
        rescale: Callable[[], None],
        draw_once_settled: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._page = page
        self._rescale = rescale
        self._draw_once_settled = draw_once_settled
        self._scrolled = Scrolled(window)
        self._focus: QWidget | None = None
        self._resting = self._once(STAY, self._rest)
        self._pointer = self._rested = QPoint()
        """Where in the window the mouse is, and where it was when it last moved further than a
        lectern shakes"""
        self._state = Qt.WindowState.WindowNoState
        self._place, self._moved = QRect(), False
        self.fills_screen = False
        """Whether lecture mode has all of a screen."""
        self.rescales = False
        """Whether the type is about to get the size that fits."""
        self.strip = LectureStrip(theme)
        self.trouble = Trouble(theme)
        self.blank = Blank(window)
        self.spotlight = Spotlight(window)
        self.zoom = PictureZoom(window)
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
        self._scrolled.keep()
        self._state, self._focus = self._window.windowState(), self._window.focusWidget()
        self._place, self._moved = self._window.geometry(), False
        self.fills_screen = full_screen
        self._draw_once_settled()
        self._session.change(lecturing=True)
        show_controls(self._window, NONE)
        self.strip.show()
        self._watch_input()
        self._pointer = self._rested = self._window.mapFromGlobal(QCursor.pos())
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
        while self.put_away():
            pass
        self.strip.hide()
        self._session.change(lecturing=False, answer_hidden=False)
        show_controls(self._window, None)
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        if self._moved:
            put_on_screen(self._window, self._place)
        self._window.setWindowState(self._state)
        self._rescale_later()
        self._scrolled.bring_back()

    def use_theme(self, theme: Theme) -> None:
        """Another look, or another size of the type."""
        self.strip.use_theme(theme)
        self.trouble.use_theme(theme)

    def show_state(self, state: State, held_back: bool, of_digit: bool) -> None:
        """Shows what the room is told beside the page; `held_back`: that does not tell the answer
        yet; `of_digit`: it is about the digit in use."""
        self.trouble.show_state(state)
        if state.lecturing:
            self.strip.show_state(state, held_back, of_digit)
            self.zoom.follow()

    def move_to(self, screen: QScreen) -> None:
        """Shows the picture on another screen until lecture mode ends."""
        self._moved = True
        put_on_screen(self._window, inside(screen.availableGeometry()))

    def _put_back(self) -> None:
        """Where it was before; a screen that it was on meanwhile may still send word of itself."""
        normal = self._window.windowState() == Qt.WindowState.WindowNoState
        if normal and self._window.geometry() != self._place:
            self._window.setGeometry(self._place)

    def speaks_elsewhere(self, elsewhere: bool) -> None:
        """Whether the speaker has a window of his own: what goes wrong is told there."""
        self.trouble.elsewhere = elsewhere
        self.trouble.show_state(self._session.state)

    def _rescale_later(self) -> None:
        """After the new size has come, if it comes at all: with it the type fits at once."""
        self.rescales = True
        QTimer.singleShot(0, self, self._rescale_now)
        self._draw_once_settled()

    def _rescale_now(self) -> None:
        self.rescales = False
        self._rescale()

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
            elif kind in PLACED and self._moved and self._scrolled.returning:
                QTimer.singleShot(0, self, self._put_back)
        elif self.on:
            if kind in TOUCHES:
                self.reveal()
            elif kind == Kind.MouseMove and isinstance(event, QMouseEvent):
                self._move(event.position().toPoint())
            elif kind == Kind.Wheel and isinstance(event, QWheelEvent) and self.spotlight.lies:
                self.spotlight.grow(event.angleDelta().y() / 120)
                return True
        return False

    def _move(self, to: QPoint) -> None:
        self._pointer = to
        if self.spotlight.lies:
            self.spotlight.follow(to)
        if (to - self._rested).manhattanLength() >= SHAKE:
            self._rested = to
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

    # ---- what lies over the page -----------------------------------------------------

    def toggle_blank(self, white: bool = False) -> None:
        """Covers the screen with black or white, or uncovers it."""
        self.blank.toggle(white)

    def toggle_spotlight(self) -> None:
        """Darkens all but what is round the mouse, or nothing any more; a covered screen is only
        uncovered."""
        if self.blank.lies:
            self.blank.hide()
            return
        self.spotlight.toggle(self._pointer)

    def point_at(self, place: QPoint) -> None:
        """As if the mouse were at a place of the window, which the speaker points at elsewhere."""
        self._pointer = place
        if self.spotlight.lies:
            self.spotlight.follow(place)

    def toggle_picture_zoom(self) -> None:
        """Lays the picture under the mouse over the page, or puts it away; a covered screen is only
        uncovered."""
        if self.blank.lies:
            self.blank.hide()
            return
        if self.zoom.lies:
            self.zoom.close_picture()
            return
        page = self._page()
        picture = picture_at(page, page.mapFrom(self._window, self._pointer))
        if picture is not None:
            self.zoom.open(picture)

    def put_away(self) -> bool:
        """Takes away what lies over the page, the last laid first; -> whether anything did."""
        for there, away in (
            (self.blank.lies, self.blank.hide),
            (self.zoom.lies, self.zoom.close_picture),
            (self.spotlight.lies, self.spotlight.hide),
        ):
            if there:
                away()
                return True
        return False
