"""Lecture mode: full screen, larger type, only the picture; Esc returns to where one was."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMainWindow, QScrollArea, QScrollBar, QWidget

RETURN = 1000
"""Milliseconds in which the window gets its size back, at most."""


class LectureMode(QObject):
    """Hides the bars of a window and brings them back as they were."""

    def __init__(
        self,
        window: QMainWindow,
        bars: Sequence[QWidget],
        rescale: Callable[[], None],
        draw_once_settled: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._bars = bars
        self._rescale = rescale
        self._draw_once_settled = draw_once_settled
        self._shown: list[bool] = []
        self._scrolled: dict[QScrollBar, int] = {}
        self._returning = QTimer(self)
        self._returning.setSingleShot(True)
        self._returning.setInterval(RETURN)
        self._returning.timeout.connect(self._arrive)
        self._state = Qt.WindowState.WindowNoState
        self.on = False
        self.blank = QWidget(window)
        self.blank.setObjectName("blank")
        self.blank.setAutoFillBackground(True)
        self.blank.hide()

    def toggle(self) -> None:
        if self.on:
            self.leave()
        else:
            self.enter()

    def enter(self, full_screen: bool = True) -> None:
        """Shows only the picture."""
        self._arrive()
        self._scrolled = {
            bar: bar.value()
            for area in self._window.findChildren(QScrollArea)
            for bar in (area.verticalScrollBar(), area.horizontalScrollBar())
        }
        self._shown = [not bar.isHidden() for bar in self._bars]
        self._state = self._window.windowState()
        self.on = True
        for bar in self._bars:
            bar.hide()
        if full_screen:
            self._window.showFullScreen()
            self._rescale_later()
        else:
            self._rescale()

    def leave(self) -> None:
        """Back to exactly how it was."""
        if not self.on:
            return
        self.on = False
        self.blank.hide()
        for bar, shown in zip(self._bars, self._shown, strict=True):
            bar.setVisible(shown)
        self._window.setWindowState(self._state)
        self._rescale_later()
        for bar in self._scrolled:
            bar.rangeChanged.connect(self._scroll_back)
        self._scroll_back()
        self._returning.start()

    def _scroll_back(self) -> None:
        """As far as the room that has come back by now allows."""
        for bar, value in self._scrolled.items():
            bar.setValue(value)

    def _arrive(self) -> None:
        """From now on nothing scrolls by itself."""
        if not self.on:
            for bar in self._scrolled:
                bar.rangeChanged.disconnect(self._scroll_back)
        self._returning.stop()
        self._scrolled = {}

    def _rescale_later(self) -> None:
        """After the new size has come, if it comes at all: with it the type fits at once."""
        QTimer.singleShot(0, self, self._rescale)
        self._draw_once_settled()

    def toggle_blank(self) -> None:
        """Covers the screen with black, or uncovers it."""
        palette = self.blank.palette()
        palette.setColor(self.blank.backgroundRole(), Qt.GlobalColor.black)
        self.blank.setPalette(palette)
        self.blank.setGeometry(self._window.rect())
        self.blank.setVisible(self.blank.isHidden())
        self.blank.raise_()
