"""Starting: the application, the session and the window."""

import signal
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.autosave import Autosave
from nnviz.engine import Engine, TrainingProcess
from nnviz.folders import TRAINED, user_data
from nnviz.learning.digits import ShownDigits, Source, bundled_digits
from nnviz.learning.settings import Settings
from nnviz.session import Session
from nnviz.ui.colours import THEMES
from nnviz.ui.smoke import Smoke
from nnviz.ui.theme import load_fonts
from nnviz.ui.window import SCALES, Window

LECTURE_SPEED = 400
"""Batches per second at the start: about one epoch of the bundled digits."""


def make_application() -> QApplication:
    """The Qt application with the look that every page is made for."""
    QGuiApplication.setApplicationName("nnviz")
    QGuiApplication.setOrganizationName("nnviz")
    QGuiApplication.setApplicationDisplayName("nnviz")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    application = QApplication.instance() or QApplication(["nnviz"])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    load_fonts()
    return application


def make_session(
    engine: Engine,
    digits: ShownDigits,
    network: Path | None = None,
    autosave: Autosave | None = None,
) -> Session:
    """A session that shows a network file: the one named, else the one shipped."""
    session = Session(engine, digits, Settings(speed=LECTURE_SPEED), autosave)
    if network is not None and session.open_network(network):
        return session
    told = session.state.notice  # why the file named could not be opened
    shipped = TRAINED / f"{session.state.settings.design}.safetensors"
    if session.open_shipped(shipped) or digits.source != Source():
        session.change(notice=told)  # with other classes than its own there is nothing to report
    return session


def preferred_theme() -> str:
    """The theme of the last time, else the desktop's, else dark."""
    kept = QSettings().value("theme")
    if kept in THEMES:
        return str(kept)
    scheme = QGuiApplication.styleHints().colorScheme().name
    return "light" if scheme == "Light" else "dark"


def preferred_scale() -> float:
    kept = QSettings().value("scale", 1.0, float)
    return kept if isinstance(kept, float) and kept in SCALES else 1.0


def run_window(data: str | None, network: Path | None, smoke: bool) -> int:
    """Opens the window; -> exit status when it has been closed."""
    application = make_application()
    autosave = None if smoke else Autosave(user_data() / "runs")
    session = make_session(TrainingProcess(), bundled_digits().to_look_at(), network, autosave)
    window = Window(session, preferred_theme(), preferred_scale())
    if not smoke:
        window.recall()
    sys.excepthook = _Reporter(session)
    # Python sees Ctrl+C between two frames of the clock
    signal.signal(signal.SIGINT, lambda *_: window.leave(interrupted=True))
    source = None if data is None else Source("folder", data)

    def after_first_picture() -> None:
        session.start_engine(source)
        session.offer_interrupted()
        window.clock.start()
        window.load_late()

    first = FirstPicture(window)
    first.painted.connect(after_first_picture)
    window.show()
    if smoke:
        Smoke(window).start()
    try:
        return application.exec()
    finally:
        session.stop()


class FirstPicture(QObject):
    """Tells once when a window has been painted; on X11 that is well after `show`."""

    painted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self.painted.emit)
        return False


class _Reporter:
    """Puts an error of the program itself on the banner, and pauses learning."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        if self._session.state.running:
            self._session.pause()
        self._session.say(
            "error",
            f"Something went wrong inside nnviz ({kind.__name__}); learning is paused.",
            details=details,
        )
