"""Parts of a page that fold or scroll where there is little room."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QScrollArea, QScrollBar, QWidget

from nnviz.ui.kit.layout import dress, shaped
from nnviz.ui.kit.theme import Theme

Directions = QBoxLayout.Direction


def room_across(part: QWidget) -> int:
    """The width that a part has where nothing scrolls: what folds is higher, so that the scroll
    bar which this may bring must not be a reason to fold."""
    width, above = part.width(), part.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QScrollArea) and above.verticalScrollBar().isVisible():
            width += above.verticalScrollBar().width()
        above = above.parentWidget()
    return width


class Folding(QWidget):
    """`parts` with their stretches; `beside`: the width on the design grid from which they stand
    side by side."""

    def __init__(
        self, theme: Theme, *parts: tuple[QWidget | QLayout, int], beside: float, spacing: float = 8
    ) -> None:
        super().__init__()
        self._theme, self._beside = theme, beside
        self._row = shaped(QBoxLayout(Directions.LeftToRight, self), spacing)
        for part, stretch in parts:
            if isinstance(part, QWidget):
                self._row.addWidget(part, stretch)
            else:
                self._row.addLayout(part, stretch)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        dress(self, theme)
        if self.isVisible():  # before that its width means nothing
            self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def minimumSizeHint(self) -> QSize:
        # as narrow as when folded: else what stands side by side would keep the width to do so
        items = (self._row.itemAt(number) for number in range(self._row.count()))
        width = max((each.minimumSize().width() for each in items if each), default=0)
        return QSize(width, super().minimumSizeHint().height())

    def _fold(self) -> None:
        beside = room_across(self) >= self._theme.px(self._beside)
        self._row.setDirection(Directions.LeftToRight if beside else Directions.TopToBottom)


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


class ScrollPlace:
    """What lay half-way down lies there again after the room or the type has changed, and exactly
    where it was once both are as before."""

    def __init__(self, bar: QScrollBar) -> None:
        self._bar = bar
        self._share = 0.0
        self._laying_out = False
        bar.valueChanged.connect(self._learn)
        bar.rangeChanged.connect(self._learn)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Around what lays out anew and calls `restore` after it."""
        self._laying_out = True
        try:
            yield
        finally:
            self._laying_out = False

    def restore(self) -> None:
        """Back to the place, within `kept`."""
        self._bar.setValue(round(self._share * self._bar.maximum()))

    def _learn(self) -> None:
        if not self._laying_out:
            self._share = min(1.0, self._bar.value() / max(1, self._bar.maximum()))
