"""Lecture mode: full screen, larger type, only the picture; Esc returns to where one was."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMainWindow, QWidget


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
