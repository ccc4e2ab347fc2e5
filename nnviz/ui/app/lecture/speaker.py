"""When and where the speaker's window is there: on a screen of its own, in lecture mode."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMainWindow

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app.lecture.mode import LectureMode
from nnviz.ui.app.lecture.screens import fill_screen, inside, own_screen, put_on_screen
from nnviz.ui.app.lecture.speaker_window import Controls, Played, SpeakerWindow

SAID = frozenset({"lecture", "answer_hidden", "notice"})
"""Fields that the window says something of."""

AFTERWARDS = 40
"""Milliseconds after which it says so: the room comes first."""


class Speaker(QObject):
    """Opens the window with lecture mode where a second screen shows something else than the
    first, and closes it at the end; with one screen only on demand."""

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        mode: LectureMode,
        player: Played,
        step: Callable[[int], object],
        theme: Callable[[], str],
    ) -> None:
        """`theme` is the name of that of the room's window."""
        super().__init__(window)
        self._window, self._session, self._mode = window, session, mode
        self._player, self._step, self._theme = player, step, theme
        self._asked = self._put_away = False
        self.shown: SpeakerWindow | None = None
        """The window, while it is there."""
        session.watch(self._changed)
        program = QGuiApplication.instance()
        assert isinstance(program, QGuiApplication)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._follow)
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(AFTERWARDS)
        self._telling.timeout.connect(self._tell)
        program.screenAdded.connect(self._screens_changed)
        program.screenRemoved.connect(self._screens_changed)

    def toggle(self) -> None:
        """Opens the window wherever there is room for it, or closes it."""
        if self.shown is not None:
            self._asked, self._put_away = False, True
            self._close()
        else:
            self._asked, self._put_away = True, False
            self._open(own_screen(self._window))

    def follow_theme(self) -> None:
        """The room's window has other colours."""
        if self.shown is not None:
            self.shown.use_theme(self._theme())

    def _changed(self, state: State, fields: frozenset[str]) -> None:
        if "lecturing" in fields:
            self._put_away = False
            self._follow()
        if self.shown is not None and fields & SAID:
            self._telling.start()

    def _screens_changed(self, _screen: QScreen) -> None:
        self._later.start()  # windows have not moved yet

    def _follow(self) -> None:
        """Opens it where it belongs now, or closes it."""
        screen = own_screen(self._window)
        played = self._session.state.lecture
        spoken = played is None or not played.by_itself
        shown = self._mode.on and self._mode.fills_screen and spoken and not self._put_away
        if (shown and screen is not None) or self._asked:
            self._open(screen)
        else:
            self._close()
        if self.shown is not None:
            self._tell()

    def _open(self, screen: QScreen | None) -> None:
        if self.shown is not None and self.shown.screen() is (screen or self.shown.screen()):
            return
        self._close()
        mode, room = self._mode, self._window
        controls = Controls(
            self._step,
            mode.toggle_blank,
            lambda: mode.toggle_blank(white=True),
            mode.toggle_spotlight,
            mode.toggle_picture_zoom,
            mode.point_at,
            self.swap,
        )
        self.shown = SpeakerWindow(room, self._theme(), self._player, controls)
        self.shown.put_away.connect(self._closed_by_hand)
        self._tell()
        if screen is None:
            self.shown.resize(room.screen().availableSize() * 0.7)
            self.shown.show()
        else:
            fill_screen(self.shown, screen)
        mode.speaks_elsewhere(True)
        room.activateWindow()  # keys go on working

    def _tell(self) -> None:
        if self.shown is not None:
            self.shown.show_state(self._session.state, own_screen(self._window) is not None)

    def swap(self) -> None:
        """The room gets the screen of this window, and the other way round."""
        screen, shown = own_screen(self._window), self.shown
        if screen is None or shown is None or not self._mode.on:
            return
        room = self._window.screen()
        self._mode.move_to(screen)
        put_on_screen(shown, inside(room.availableGeometry()))

    def _close(self) -> None:
        shown, self.shown = self.shown, None
        if shown is not None:
            shown.put_away.disconnect(self._closed_by_hand)
            shown.close()
            self._forget(shown)

    def _closed_by_hand(self) -> None:
        self._asked, self._put_away = False, True
        shown, self.shown = self.shown, None
        if shown is not None:
            self._forget(shown)

    def _forget(self, shown: SpeakerWindow) -> None:
        shown.deleteLater()
        self._mode.speaks_elsewhere(False)
        self._window.activateWindow()  # keys go there again
