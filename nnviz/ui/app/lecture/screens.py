"""Which screen the speaker has for himself, and how windows come to a screen.

Screens that mirror each other show the same part of the desktop: on such a pair the room would see
the notes.
"""

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


def own_screen(window: QWidget) -> QScreen | None:
    """A screen that shows something else than that of a window: the first one beside it. None
    where there is only one, or where the others mirror it."""
    room = window.screen()
    beside = (each for each in QGuiApplication.screens() if each is not room)
    return next((each for each in beside if not _mirrors(each, room)), None)


def _mirrors(one: QScreen, other: QScreen) -> bool:
    """Whether two screens show the same part of the desktop."""
    return bool(one.geometry().intersects(other.geometry()))


def fill_screen(window: QWidget, screen: QScreen) -> None:
    """Shows a window on all of a screen."""
    # where a window is decides on which screen it opens, not which screen it is told
    window.setGeometry(inside(screen.availableGeometry()))
    window.showMaximized()


def inside(room: QRect) -> QRect:
    """A place in the middle of a room, for a window that is no longer maximized."""
    across, down = room.width() // 10, room.height() // 10
    return room.adjusted(across, down, -across, -down)


def put_on_screen(window: QWidget, place: QRect) -> None:
    """Moves a window that fills a screen to where a place is."""
    states = window.windowState()
    window.showNormal()
    window.setGeometry(place)
    window.setWindowState(states)
