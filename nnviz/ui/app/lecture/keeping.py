"""What only the window knows of what was open before a lecture: how far all was scrolled, where the
keys were, whether the film was playing. The session keeps all else (see `Aside`)."""

from functools import partial

from PySide6.QtCore import QElapsedTimer, QMetaObject, QObject, QTimer
from PySide6.QtWidgets import QScrollBar, QWidget
from shiboken6 import isValid

from nnviz.ui.app.timeline import Timeline

RETURN = 1000
"""Milliseconds after which nothing more comes back, unless something has just got another size."""
TOO_LATE = 15 * RETURN
"""Milliseconds after which nothing scrolls by itself any more, however slow the computer is."""


class Scrolled(QObject):
    """Remembers it for the bars of a window, hidden pages among them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._places: dict[int, tuple[QScrollBar, int]] = {}
        self._links: list[QMetaObject.Connection] = []
        self._returning = QTimer(self)
        self._returning.setSingleShot(True)
        self._returning.setInterval(RETURN)
        self._returning.timeout.connect(self.arrive)
        self._since = QElapsedTimer()
        self._later = QTimer(self)  # whoever lays out anew scrolls by itself first
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._scroll)

    def keep(self) -> None:
        """How far all is scrolled now."""
        self.arrive()
        bars = self._window.findChildren(QScrollBar)
        own = (bar for bar in bars if bar.window() is self._window)
        self._places = {number: (bar, bar.value()) for number, bar in enumerate(own)}
        for number, (bar, _) in self._places.items():
            # Qt makes bars and ends them, and nobody tells Python
            self._links.append(bar.destroyed.connect(partial(self._forget, number)))

    def bring_back(self) -> None:
        """All as far as it was, and again as soon as more of it has come back, until somebody
        scrolls by hand."""
        for bar, _ in self._places.values():
            self._links.append(bar.rangeChanged.connect(self._scroll_soon))
            self._links.append(bar.actionTriggered.connect(self.arrive))
        self._scroll()
        self._since.start()
        self._scroll_soon()

    @property
    def returning(self) -> bool:
        """Whether something may still be on its way back."""
        return self._returning.isActive()

    def arrive(self) -> None:
        """From now on nothing scrolls by itself."""
        self._returning.stop()
        self._later.stop()
        self._places = {}
        for link in self._links:
            QObject.disconnect(link)
        self._links = []

    def _forget(self, number: int, *_: object) -> None:
        self._places.pop(number, None)

    def _scroll_soon(self) -> None:
        if self._since.hasExpired(TOO_LATE):
            self.arrive()
        else:
            self._later.start()
            self._returning.start()

    def _scroll(self) -> None:
        for bar, value in tuple(self._places.values()):
            bar.setValue(value)


class Keeping:
    """Remembers it, and brings it back."""

    def __init__(self, window: QWidget, timeline: Timeline) -> None:
        self._window, self._timeline = window, timeline
        self._scrolled = Scrolled(window)
        self._focus: QWidget | None = None
        self._played = False

    def keep(self) -> None:
        """How it is now."""
        self._scrolled.keep()
        self._focus = self._window.focusWidget()
        self._played = self._timeline.playing
        self._timeline.stop()

    def bring_back(self) -> None:
        """As it was."""
        self._scrolled.bring_back()
        focus = self._focus
        if focus is not None and isValid(focus) and focus.isVisible():
            focus.setFocus()
        if self._played:
            self._timeline.toggle()
        self._focus, self._played = None, False
