"""Starting: the window with all that is in it, then what moves, then the plot library."""

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.ui.app.application import SCALES, dress_application, name_application
from nnviz.ui.app.late_import import LateImport
from nnviz.ui.app.window import Window
from nnviz.ui.kit.colours import THEMES

if TYPE_CHECKING:
    from nnviz.session.session import Session

OF_PLOTS = (
    "cProfile",
    "cuda.bindings.driver",
    "cuda.bindings.runtime",
    "importlib.resources",
    "pydoc",
    "xml.etree.ElementTree",
)
"""What the plot library takes long to import, and what knows nothing of Qt; it takes up what is
there of NVIDIA's."""


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


def run_window(
    data: str | None, network: Path | None, smoke: bool, images: str | None = None
) -> int:
    """Opens the window; -> exit status when it has been closed. Raises Refusal."""
    application = name_application()
    window = Window(theme=preferred_theme(), scale=preferred_scale())
    if not smoke:
        window.recall()
    return Start(application, window, data, network, smoke, images).run()


class Start(QObject):
    """A start: the window is filled before it is shown, and what works beside it is started once
    it has been painted."""

    def __init__(
        self,
        application: QApplication,
        window: Window,
        data: str | None,
        network: Path | None,
        smoke: bool,
        images: str | None = None,
    ) -> None:
        super().__init__()
        self._application, self._window = application, window
        self._data, self._network, self._smoke = data, network, smoke
        self._images = images

    def run(self) -> int:
        """Shows the window and waits for its end; -> exit status. Raises Refusal."""
        session = self._make_session()
        try:
            self._fill(session)
            FirstPicture(self._window).painted.connect(self._begin)
            # Python sees Ctrl+C between two frames of the clock
            signal.signal(signal.SIGINT, lambda *_: self._window.leave(undecided=True))
            self._window.show()
            return self._application.exec()
        finally:
            session.stop()

    def _make_session(self) -> "Session":
        from nnviz.data.digits import bundled_digits
        from nnviz.paths import user_data
        from nnviz.session.autosave import Autosave
        from nnviz.training.engine import TrainingProcess
        from nnviz.ui.app.first_session import digits_of_network, make_session

        autosave = None if self._smoke else Autosave(user_data() / "runs")
        # with other digits the network named is opened once they are there
        network = self._network if self._data is None else None
        digits = digits_of_network(network, bundled_digits())
        session = make_session(TrainingProcess(), digits.to_look_at(), network, autosave)
        if self._data is not None and self._network is not None:
            session.digits.open_network_then(self._network)
        return session

    def _fill(self, session: "Session") -> None:
        from nnviz.ui.app.banner import ErrorReport

        dress_application(self._application)
        self._window.fill(session)
        sys.excepthook = ErrorReport(session)

    def _begin(self) -> None:
        """Everything is in its place: what moves begins to move."""
        from dataclasses import replace

        from nnviz.data.digits import Source
        from nnviz.data.download_process import sweep_downloads

        session, window = self._window.session, self._window
        here = session.state.digits.source
        source = here if self._data is None else Source("folder", self._data)
        session.process.start(source)
        if self._images is not None:
            session.digits.open(replace(source, tests=self._images))
        session.survival.offer()
        sweep_downloads()
        window.parts.clock.start()
        if self._smoke:
            self._visit()
        QTimer.singleShot(0, self, self._import_plots)

    def _import_plots(self) -> None:
        late = LateImport(OF_PLOTS, self)
        late.done.connect(self._load_late)
        late.start()

    def _load_late(self) -> None:
        import pyqtgraph  # noqa: F401 - takes longer than any other step

        QTimer.singleShot(0, self._window, self._window.load_late)

    def _visit(self) -> None:
        from nnviz.ui.app.smoke import Smoke

        Smoke(self._window).start()


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
