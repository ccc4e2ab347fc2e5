"""What lies over the whole window: first of all nothing but black or white."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

BLACK, WHITE = "#000000", "#ffffff"


class Cover(QWidget):
    """As large as its window, above all else in it; hidden at first."""

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # only while it lies: a window is told of much, which costs time for each who listens
        self.window().installEventFilter(self)
        self.setGeometry(self.window().rect())  # which may be another after it was minimised

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.window().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self.window().rect())
        return False

    def lay(self) -> None:
        """Covers the window."""
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()

    @property
    def lies(self) -> bool:
        """Whether it is there."""
        return not self.isHidden()


class Blank(Cover):
    """A dark room, or a bright one: everybody looks at the speaker."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "blank")
        self.setAutoFillBackground(True)

    def toggle(self, white: bool) -> None:
        """Covers the window with this colour, or uncovers it, whatever it has been."""
        if self.lies:
            self.hide()
            return
        palette = self.palette()
        palette.setColor(self.backgroundRole(), QColor(WHITE if white else BLACK))
        self.setPalette(palette)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.lay()
