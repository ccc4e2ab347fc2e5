"""The part of a page that scrolls where there is little room, so that its buttons stay in sight."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

LEAST = 120
"""Height in pixels that it asks for."""


class Scrolled(QScrollArea):
    """Around one widget, as large as its room or else as the widget needs at least."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = inside
        self.setWidget(inside)

    def keep_in_sight(self, picture: QWidget, place: QRectF) -> None:
        """Scrolls as little as needed to show a place of a picture inside."""
        centre = picture.mapTo(self._inside, place.center().toPoint())
        margin = round(place.height() / 2) + 4
        self.ensureVisible(self.horizontalScrollBar().value(), centre.y(), 0, margin)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # what needs less room now, as it has folded, gives it back
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._inside.minimumSizeHint().width(), LEAST)

    def sizeHint(self) -> QSize:
        # a page whose buttons wrap is made as high as the hints of its parts
        return self.minimumSizeHint()
