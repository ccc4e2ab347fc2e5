"""What only the window knows of what was open before a lecture: how far all was scrolled, where the
keys were, whether the film was playing. The session keeps all else (see `Aside`)."""

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from nnviz.ui.app.lecture.scrolled import Scrolled
from nnviz.ui.app.timeline import Timeline


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
