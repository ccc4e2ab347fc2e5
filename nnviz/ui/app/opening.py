"""The picture that opens the program.

A program with numpy, bars and menus takes two to three times as long to start as an empty
window. What it shows when it has started is the same every time: the trained network, judging
the first digit. So its picture is kept, and the next start shows it at once, until the real
thing is there. It is renewed at every start, and only shown where it fits exactly.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from nnviz import __version__
from nnviz.errors import Refusal
from nnviz.ui.app.window import Window
from nnviz.ui.kit.capture import encoded
from nnviz.writing import sweep, write

FORMAT = "bmp"
"""Read three times as fast as PNG."""
LARGEST = 3840 * 2160
"""Pixels of the largest window whose picture is kept: 33 MB."""
LOOK_EVERY = 500
"""Milliseconds between two looks whether the pointer is out of the way."""
BY_ITSELF = frozenset({"engine", "answers", "work", "verdict"})
"""Fields of the state that change though nobody touches anything: the training process gets ready
and answers what the first page asks. Every start comes to look so a moment later."""


@dataclass(frozen=True)
class Look:
    """All that decides how the program looks when it has just started."""

    width: int
    height: int
    theme: str
    scale: float
    settings_shown: bool

    @property
    def file(self) -> str:
        """The name of its picture."""
        panel = "-settings" if self.settings_shown else ""
        return (
            f"{__version__}-{self.width}x{self.height}-{self.theme}-{self.scale:g}{panel}.{FORMAT}"
        )


def look_of(window: Window) -> Look:
    """What decides how the window looks when it has just started."""
    return Look(
        window.width(),
        window.height(),
        window.theme_name,
        window.scale,
        window.settings_shown,
    )


def folder() -> str:
    """Where the picture is kept; only the newest one."""
    caches = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    return f"{caches}/nnviz/opening"


def kept(look: Look) -> QImage | None:
    """The picture of an earlier start that looked exactly so."""
    image = QImage(f"{folder()}/{look.file}")
    return None if image.isNull() else image


def keep(image: QImage, look: Look) -> None:
    """Keeps this picture for the next start, in place of the one before; needs no window.

    Without it the next start is only slower: what goes wrong here is nobody's trouble.
    """
    if image.width() * image.height() > LARGEST:
        return
    place = Path(folder())
    with suppress(Refusal, OSError):
        place.mkdir(parents=True, exist_ok=True)
        write(place / look.file, encoded(image, FORMAT))
        for other in place.glob(f"*.{FORMAT}"):
            if other.name != look.file:
                other.unlink()
        sweep(place)


class OpeningPicture(QLabel):
    """Covers a window with a picture until the window is filled."""

    def __init__(self, image: QImage, window: QWidget) -> None:
        super().__init__(window)
        self.setPixmap(QPixmap.fromImage(image))
        self.setScaledContents(True)  # the screen can have finer pixels
        self.resize(window.size())


def picture_of(window: Window) -> QImage:
    """How the window looks without the page for newcomers, which comes only once."""
    here = window.start_here
    if here is None or not here.lies:
        return window.grab().toImage()
    with here.aside():
        return window.grab().toImage()


class OpeningKeeper(QObject):
    """Watches a window from its filling on; takes the picture only of one that nobody touched."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        session = window.session
        self._touched = session.state.notice is not None
        session.watch(self._changed)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Called once the window has everything."""
        self._timer.start()

    def _changed(self, _state: object, fields: frozenset[str]) -> None:
        self._touched = self._touched or bool(fields - BY_ITSELF)

    def look(self) -> None:
        """Takes the picture if the time has come."""
        window = self._window
        if self._touched:
            self._timer.stop()
        elif window.isVisible() and not (window.parts.lecture.on or window.page.hovering):
            self._timer.stop()
            picture, look = picture_of(window), look_of(window)
            threading.Thread(target=keep, args=(picture, look), name="opening picture").start()
