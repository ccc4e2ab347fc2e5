"""Starting: the window first, then what fills it, then the plot library.

Up to the first picture nothing is imported that it does not need; see `opening`.
"""

import gc
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QEvent, QObject, QSettings, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from nnviz.errors import Refusal
from nnviz.ui.app import opening
from nnviz.ui.app.application import SCALES, dress_application, name_application
from nnviz.ui.app.interrupts import Interrupts
from nnviz.ui.app.late_import import LateImport
from nnviz.ui.app.window import Window
from nnviz.ui.kit.colours import THEMES
from nnviz.ui.kit.preferences import preference, put_aside_unreadable

Step = Callable[[], "LateImport | FirstPicture | None"]

if TYPE_CHECKING:  # nothing more than the opening picture needs is imported before it
    from nnviz.lectures.line import Looked
    from nnviz.session.session import Session
    from nnviz.training.engine import TrainingProcess
    from nnviz.ui.app.opening import OpeningKeeper

OF_WINDOW = ("nnviz.ui.app.first_session",)
"""What takes long to import of all that fills the window, and knows nothing of Qt."""
OF_PLOTS = (
    "cProfile",
    "cuda.bindings.driver",
    "cuda.bindings.runtime",
    "importlib.resources",
    "pydoc",
    "xml.etree.ElementTree",
)
"""The same of the plot library; it takes up what is there of NVIDIA's."""


def name_all_of(module: ModuleType) -> None:
    """Names everything of a module of Qt, whose classes are made when they are first named.

    The plot library does so with three modules at once: half of the time that its import takes.
    """
    for name in dir(module):
        getattr(module, name)


def preferred_theme() -> str:
    """The theme of the last time, else the desktop's, else dark."""
    kept = preference("theme", "")
    if kept in THEMES:
        return str(kept)
    scheme = QGuiApplication.styleHints().colorScheme().name
    return "light" if scheme == "Light" else "dark"


def preferred_scale() -> float:
    kept: float = preference("scale", 1.0)
    return kept if kept in SCALES else 1.0


def nothing_kept() -> bool:
    """Whether nobody has used the program here before."""
    kept = QSettings()
    kept.setFallbacksEnabled(False)
    return not kept.allKeys()


def run_window(
    data: str | None,
    network: Path | None,
    smoke: bool,
    images: str | None = None,
    show: str | None = None,
    lecture: Path | None = None,
    ways: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
    names_are_labels: bool = False,
) -> int:
    """Opens the window, and plays a lecture in it; -> exit status when it has been closed. `ways`:
    how the digits of `data` and those of `images` are turned. Raises Refusal."""
    application = name_application()
    # a picture of the window reads none, and neither does it change any
    trouble = put_aside_unreadable()
    window = Window(theme=preferred_theme(), scale=preferred_scale())
    if not smoke:
        window.recall()
    asked = data, network, smoke, images, show, lecture, ways, names_are_labels
    return Start(application, window, *asked, trouble=trouble).run()


class Start(QObject):
    """The steps of a start, each in its own turn of the event loop."""

    def __init__(
        self,
        application: QApplication,
        window: Window,
        data: str | None,
        network: Path | None,
        smoke: bool,
        images: str | None = None,
        show: str | None = None,
        lecture: Path | None = None,
        ways: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
        names_are_labels: bool = False,
        trouble: str = "",
    ) -> None:
        """`trouble`: a sentence about the preferences."""
        super().__init__()
        self._turned, self._tests_turned = ways
        self._application, self._window = application, window
        self._data, self._network, self._smoke = data, network, smoke
        self._images, self._show, self._lecture = images, show, lecture
        self._names_are_labels = names_are_labels
        self._trouble = trouble
        asked = smoke or data or network or images or show or lecture
        self._newcomer = not asked and nothing_kept()
        self._looked: Looked | None = None
        self._steps: Iterator[Step] = iter(())
        self._engine: TrainingProcess | None = None
        self._session: Session | None = None
        self._keeper: OpeningKeeper | None = None
        self._refused: Refusal | None = None
        self._opening: opening.OpeningPicture | None = None

    def run(self) -> int:
        """Shows the window and waits for its end; -> exit status. Raises Refusal."""
        # nothing that is made now is thrown away again: looking for it took an eighth of the start
        gc.disable()
        interrupts = Interrupts(self._interrupt)
        try:
            self._picture_first()
            self._window.show()
            status = self._application.exec()
        finally:
            gc.enable()
            if self._session is not None:
                self._session.stop()
            elif self._engine is not None:
                self._engine.stop()
            if self._engine is not None:
                from nnviz.training.kernels_kept import sweep_kernel_locks

                sweep_kernel_locks()
            interrupts.stop()
        if self._refused is not None:
            raise self._refused
        return status if interrupts.status is None else interrupts.status

    def _interrupt(self) -> None:
        """Closes without a question; what nobody has decided about is offered at the next start."""
        self._steps = iter(())
        self._window.leave(undecided=True)
        self._application.exit()  # also out of the dialogs that are open

    def _picture_first(self) -> None:
        named = (self._network, self._show, self._lecture)
        ordinary = named == (None, None, None) and not self._smoke
        image = opening.kept(opening.look_of(self._window)) if ordinary else None
        later: list[Step] = [
            self._begin,
            self._await_picture,
            lambda: LateImport(OF_PLOTS, self),
            *(partial(name_all_of, module) for module in (QtCore, QtGui, QtWidgets)),
            self._import_plots,
            self._window_load_late,
            self._keep_picture,
        ]
        if image is None:
            self._make_engine()
            self._make_session()
            self._fill()
            if self._lecture is not None:  # its first scene is the first thing that is seen
                self._begin()
                self._window.parts.player.open(self._lecture)
                later.remove(self._begin)
        else:
            self._opening = opening.OpeningPicture(image, self._window)
            later = [
                lambda: LateImport(["nnviz.training.engine"], self),
                self._prepare_engine,
                lambda: LateImport(OF_WINDOW, self),
                self._import_widgets,
                self._make_session,
                self._fill,
                *later,
            ]
        self._steps = iter(later)
        FirstPicture(self._window, self._lecture is not None).painted.connect(self._step)

    def _step(self) -> None:
        """One step in its own turn of the event loop, and so on to the end."""
        step = next(self._steps, None)
        if step is None:
            return
        try:
            late = step()
        except Exception as error:
            if self._window.filled:
                raise
            self._application.exit(1)
            if not isinstance(error, Refusal):
                raise
            self._refused = error
            return
        if late is None:
            QTimer.singleShot(0, self, self._step)
        elif isinstance(late, FirstPicture):
            late.painted.connect(self._step)
        else:
            late.done.connect(self._step)
            late.start()

    def _prepare_engine(self) -> None:
        self._make_engine().prepare()  # it has much to import: the sooner the better

    def _import_widgets(self) -> None:
        import nnviz.ui.app.parts  # noqa: F401 - takes as long as filling the window

    def _make_engine(self) -> "TrainingProcess":
        from nnviz.training.engine import TrainingProcess

        self._engine = TrainingProcess()
        return self._engine

    def _fill(self) -> None:
        from nnviz.ui.app.banner import ErrorReport
        from nnviz.ui.app.opening import OpeningKeeper

        assert self._session is not None
        dress_application(self._application)
        self._window.fill(self._session)
        sys.excepthook = ErrorReport(self._session)
        if self._newcomer:
            self._window.show_start()
        self._keeper = OpeningKeeper(self._window)
        if self._opening is not None:
            self._opening.raise_()

    def _make_session(self) -> None:
        from nnviz.data.digits import bundled_digits
        from nnviz.paths import user_data
        from nnviz.session.autosave import Autosave
        from nnviz.ui.app.first_session import digits_of_network, make_session

        autosave = None if self._smoke else Autosave(user_data() / "runs")
        assert self._engine is not None
        # with other digits the network named is opened once they are there
        network = self._network if self._data is None else None
        digits = digits_of_network(network, bundled_digits())
        self._session = make_session(self._engine, digits.to_look_at(), network, autosave)
        if self._data is not None and self._network is not None:
            self._session.digits.open_network_then(self._network)
        if self._show is not None:
            self._look(self._show)

    def _look(self, line: str) -> None:
        """Shows what a line says, or waits for its digits. Raises Refusal."""
        from nnviz.lectures.line import looked_at
        from nnviz.lectures.looking import look, needs_digits
        from nnviz.ui.app.page_stack import KINDS

        assert self._session is not None
        looked = looked_at(line, KINDS)
        if self._data is not None or needs_digits(self._session.state, looked):
            self._looked = looked
        else:
            look(self._session, looked, KINDS)

    def _begin(self) -> None:
        """Everything is in its place: what moves begins to move."""
        from dataclasses import replace

        from nnviz.data.digits import Source
        from nnviz.data.download_process import sweep_downloads
        from nnviz.session.namesakes import what_lies_among_ours
        from nnviz.writing import sweep_noted

        session, window = self._session, self._window
        assert session is not None
        if self._opening is not None:
            self._opening.deleteLater()
        here = session.state.digits.source
        source = here
        if self._data is not None:
            source = Source("folder", self._data, turned=self._turned)
        if self._looked is not None:
            window.parts.lines.await_digits(self._looked)
            source = self._looked.source or source
        session.process.start(source)
        if self._images is not None:
            tests = replace(source, tests=self._images, tests_turned=self._tests_turned)
            session.digits.open(replace(tests, numbers_are_labels=self._names_are_labels))
        session.survival.offer()
        if (strangers := what_lies_among_ours()) and session.state.notice is None:
            session.say("info", strangers)
        sweep_downloads()
        sweep_noted()
        session.watch(self._say_trouble)
        self._say_trouble()
        window.parts.clock.start()
        if self._smoke:
            self._visit()

    def _say_trouble(self, _state: object = None, _fields: object = None) -> None:
        """Says once what was wrong with the preferences, when there is nothing else to decide."""
        session = self._session
        if session is not None and self._trouble and session.state.notice is None:
            said, self._trouble = self._trouble, ""
            QTimer.singleShot(0, self, lambda: session.say("info", said))

    def _visit(self) -> None:
        from nnviz.ui.app.smoke import Smoke

        Smoke(self._window).start()

    def _await_picture(self) -> "FirstPicture":
        """What is filled comes on screen before anything else is loaded."""
        self._window.update()
        return FirstPicture(self._window, self._lecture is not None)

    def _import_plots(self) -> None:
        import pyqtgraph  # noqa: F401 - takes longer than any other step

    def _window_load_late(self) -> None:
        self._window.load_late()
        gc.freeze()  # nor is it looked at later
        gc.enable()

    def _keep_picture(self) -> None:
        assert self._keeper is not None
        self._keeper.start()
        # before the training process answers: from then on it is no picture of a start
        self._keeper.look()


class FirstPicture(QObject):
    """Tells once when a window has been painted; on X11 that is well after `show`."""

    painted = Signal()

    def __init__(self, window: Window, covered: bool = False) -> None:
        """`covered`: what it is filled with leaves nothing to paint of the window itself."""
        super().__init__(window)
        self._window, self._covered = window, covered
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        asked = self._covered and kind == QEvent.Type.UpdateRequest
        if kind == QEvent.Type.Paint or (asked and self._window.parts.body.updatesEnabled()):
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self.painted.emit)
        return False
