"""A small copy of what the room sees, for the speaker."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.ui.app.lecture import speaker_words as words
from nnviz.ui.kit.telling import explain

EVERY = 500
"""Milliseconds between two copies, at least."""


class RoomCopy(QWidget):
    """Taken anew a moment after the window has drawn something, so that no scene waits for it."""

    pointed = Signal(QPoint)
    """Where in the window the mouse would be."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self._picture = QPixmap()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(EVERY)
        self._later.timeout.connect(self.take)
        self.setObjectName("room-copy")
        self.setAccessibleName(words.COPY)
        explain(self, words.COPY_TIP)
        self.setMouseTracking(True)
        policy = QSizePolicy.Policy.Expanding
        self.setSizePolicy(policy, policy)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        drawn = event.type() in (QEvent.Type.UpdateRequest, QEvent.Type.Paint)
        if drawn and self.isVisible() and not self._later.isActive():
            self._later.start()
        return False

    def take(self) -> None:
        """Copies what the window shows now."""
        if self._window.isVisible() and self.isVisible():
            ratio = self.devicePixelRatioF()
            taken = self._window.grab()
            taken.setDevicePixelRatio(1)
            self._picture = taken.scaled(
                self.size() * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._picture.setDevicePixelRatio(ratio)
            self._later.stop()  # what was drawn for the copy itself is no change
            self.update()

    @property
    def place(self) -> QRect:
        """Where the copy is."""
        size = self._picture.deviceIndependentSize().toSize()
        middle = QPoint((self.width() - size.width()) // 2, 0)
        return QRect(middle, size)

    def sizeHint(self) -> QSize:
        return QSize(640, 360)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._later.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place, room = self.place, self._window.size()
        at = event.position().toPoint() - place.topLeft()
        if place.width() and place.height():
            across, down = room.width() / place.width(), room.height() / place.height()
            self.pointed.emit(QPoint(round(at.x() * across), round(at.y() * down)))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if not self._picture.isNull():
                painter.drawPixmap(self.place.topLeft(), self._picture)
