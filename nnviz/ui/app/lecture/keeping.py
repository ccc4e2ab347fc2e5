"""What only the window knows of what was open before a lecture: how far lists were scrolled, where
the keys were, whether the film was playing. The session keeps all else (see `Aside`)."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget
from shiboken6 import isValid

from nnviz.ui.app.timeline import Timeline

RETURN = 1000
"""Milliseconds in which everything has its room back, at most."""


class Keeping(QObject):
    """Remembers it, and brings it back."""

    def __init__(self, window: QWidget, timeline: Timeline) -> None:
        super().__init__(window)
        self._window, self._timeline = window, timeline
        self._scrolled: dict[QScrollBar, int] = {}
        self._focus: QWidget | None = None
        self._played = False
        self._returning = QTimer(self)
        self._returning.setSingleShot(True)
        self._returning.setInterval(RETURN)
        self._returning.timeout.connect(self._arrive)

    def keep(self) -> None:
        """How it is now."""
        self._arrive()
        self._scrolled = {
            bar: bar.value()
            for area in self._window.findChildren(QAbstractScrollArea)
            for bar in (area.verticalScrollBar(), area.horizontalScrollBar())
        }
        self._focus = self._window.focusWidget()
        self._played = self._timeline.playing
        self._timeline.stop()

    def bring_back(self) -> None:
        """As it was; what scrolls comes back as soon as it has its room again."""
        self._scrolled = {bar: value for bar, value in self._scrolled.items() if isValid(bar)}
        for bar in self._scrolled:
            bar.rangeChanged.connect(self._scroll_back)
        self._scroll_back()
        self._returning.start()
        focus = self._focus
        if focus is not None and isValid(focus) and focus.isVisible():
            focus.setFocus()
        if self._played:
            self._timeline.toggle()
        self._focus, self._played = None, False

    def _scroll_back(self) -> None:
        for bar, value in self._scrolled.items():
            if isValid(bar):
                bar.setValue(value)

    def _arrive(self) -> None:
        """From now on nothing scrolls by itself."""
        if self._returning.isActive():
            for bar in filter(isValid, self._scrolled):
                bar.rangeChanged.disconnect(self._scroll_back)
        self._returning.stop()
        self._scrolled = {}
