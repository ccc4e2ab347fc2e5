"""A window over the real session and the real training loop, without a second process."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnviz.data.digits import ShownDigits, bundled_digits
from nnviz.data.specimens import KINDS
from nnviz.networks.settings import Settings
from nnviz.session.autosave import Autosave
from nnviz.session.session import Session
from nnviz.session.work import Work
from nnviz.ui.app.application import make_application
from nnviz.ui.app.first_session import make_session
from nnviz.ui.app.window import Window
from nnviz.ui.pages.page import choose_view_of
from tests.in_process import InProcess
from tests.patience import patience
from tests.remembering import Remembering
from tests.ui.kept_specimens import keep_specimens

FRAMES_AT_ONCE = 100
SPECIMENS = 100
"""Images of each kind that are no digits."""


@dataclass
class Opened:
    """A window on screen with what is behind it."""

    window: Window
    session: Session
    engine: InProcess
    bot: QtBot
    passed: float = 0.0
    """Seconds that ticks by hand stand for"""

    def __post_init__(self) -> None:
        self.session.answers.clock = lambda: time.monotonic() + self.passed

    def ticks_until(self, reached: Callable[[], bool]) -> None:
        """Lets frames pass, by hand, until something holds.

        What is awaited may be worked out beside the window, on a core that others use as well:
        after some frames in vain the next ones leave it time.
        """
        deadline = time.monotonic() + patience()
        for frame in count():
            if reached():
                return
            assert time.monotonic() < deadline, "never reached"
            if frame >= FRAMES_AT_ONCE:
                time.sleep(0.001)
            self.window.parts.clock.tick()
            self.passed += 1 / 30

    def learn(self, steps: int = 1) -> None:
        """Learns at least so many batches and comes to rest."""
        session = self.session
        goal = session.state.work.position.steps + steps
        while session.state.work.position.steps < goal:
            session.runs.step("batch" if steps < 10 else "hundred")
            self.ticks_until(lambda: not session.state.running)
        self.ticks_until(lambda: _at_rest(session))

    def load_all(self) -> None:
        """Loads the trained networks of all designs."""
        self.session.designs.load_all()

    def click(self, widget: QWidget, place: QRectF | None = None) -> None:
        """The left button in the middle of a widget, or of a place of it."""
        at = {} if place is None else {"pos": place.center().toPoint()}
        self.bot.mouseClick(widget, Qt.MouseButton.LeftButton, **at)

    @property
    def said(self) -> str:
        """The sentence on the banner."""
        assert self.session.state.notice is not None
        return self.session.state.notice.sentence


Show = Callable[..., Opened]
"""Opens a window: show(theme, scale, size, trained, autosave, page, view, before)."""


def _at_rest(session: Session) -> bool:
    work = session.state.work
    return work.measured is not None and work.measured.examples == work.position.examples


@pytest.fixture(autouse=True, scope="module")
def few_specimens() -> Iterator[None]:
    """Fewer images that are no digits than the program asks about: to judge all takes seconds.
    Only in tests of the window: others run beside them in one process. For windows that a whole
    file shares as well."""
    with pytest.MonkeyPatch.context() as fewer:
        for name, kind in list(KINDS.items()):
            fewer.setitem(KINDS, name, replace(kind, count=min(kind.count, SPECIMENS)))
        yield


@pytest.fixture(scope="session")
def application() -> QApplication:
    keep_specimens()
    return make_application()


@pytest.fixture(scope="session")
def digits() -> ShownDigits:
    return bundled_digits().to_look_at()


@pytest.fixture(scope="session")
def shipped(digits: ShownDigits) -> Work:
    """The network that the program opens with, read and measured once."""
    return make_session(InProcess(), digits).state.work


@pytest.fixture
def show(
    application: QApplication, qtbot: QtBot, digits: ShownDigits, shipped: Work
) -> Iterator[Show]:
    """Opens a window: show(theme, scale, size, trained, autosave, page, view, before). Closes it at
    the end.

    What is done to the session `before` is drawn once, with the window: no other page, view or
    network is made and drawn on the way to it.
    """
    opened: list[Window] = []

    def make(
        theme: str = "dark",
        scale: float = 1.0,
        size: tuple[int, int] = (1280, 720),
        trained: bool = False,
        autosave: Autosave | None = None,
        page: str = "train",
        view: str = "",
        before: Callable[[Session], object] = lambda session: None,
    ) -> Opened:
        engine = Remembering()
        session = Session(engine, digits, Settings(epochs=0), autosave)
        if trained:
            session.shelf.put(shipped)
            session.controls.set(epochs=0)
        session.change(page=page)
        if view:
            choose_view_of(session, page, view)
        session.process.start()
        session.refresh()
        before(session)
        window = Window(session, theme, scale)
        window.resize(*size)
        window.show()
        qtbot.waitExposed(window)
        opened.append(window)
        QApplication.processEvents()
        return Opened(window, session, engine, qtbot)

    yield make
    for window in opened:
        window.leave()
        window.deleteLater()
    QApplication.processEvents()


def on_digit(design: str, image: int) -> Callable[[Session], None]:
    """What has a session look at a test digit of a design."""

    def choose(session: Session) -> None:
        session.designs.choose(design)
        session.change(image=image)

    return choose


@pytest.fixture
def votes(show: Show) -> Show:
    """votes(design, image, **window) -> a window with a trained network on the page."""

    def opened(design: str = "all-pairs", image: int = 0, **how: object) -> Opened:
        window = show(trained=True, page="votes", before=on_digit(design, image), **how)
        window.window.page.setFocus()
        return window

    return opened


MISREAD = 35
"""An 8 that the shipped elimination network takes for a 6; its head of all ten does not."""


@pytest.fixture
def look(show: Show) -> Show:
    """Opens the page on a digit of a design."""

    def make(design: str = "elimination", image: int = MISREAD, **options: object) -> Opened:
        before = on_digit(design, image)
        return show(trained=True, page="elimination", before=before, **options)

    return make
