"""One picture over the whole window, painted anew in its own lines and words."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.ui.app.lecture.blank import Cover
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.plot import Plot

Shown = Picture[Any] | Plot[Any]
MARGIN = 16
"""Pixels on the design grid."""
LARGEST = 6.0
"""How much larger a picture becomes at most."""


def picture_at(page: QWidget, at: QPoint) -> Shown | None:
    """The picture under a point of a page; where there is none, the largest that can be seen."""
    under = page.childAt(at)
    while under is not None and under is not page:
        if isinstance(under, Picture | Plot) and _shows(under):
            return under
        under = under.parentWidget()
    every = (each for each in page.findChildren(QWidget) if isinstance(each, Picture | Plot))
    return max(filter(_shows, every), key=_area, default=None)


def _shows(picture: Shown) -> bool:
    return picture.view is not None and picture.isVisible()


def _area(widget: QWidget) -> int:
    return widget.visibleRegion().boundingRect().width() * widget.height()


class PictureZoom(Cover):
    """Shows a copy of the picture, which shows whatever that shows."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "picture-zoom")
        self._of: Shown | None = None
        self._copy: Shown | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._follow)

    def open(self, picture: Shown) -> None:
        """Lays a picture over the window, as large as that allows."""
        self.close_picture()
        self._of, self._copy = picture, picture.alone()
        self._copy.setParent(self)
        self._copy.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._copy.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(picture.accessibleName())
        self.lay()
        self._fit()
        self._copy.show()

    def close_picture(self) -> None:
        """Shows the page again."""
        self.hide()
        if self._copy is not None:
            self._copy.deleteLater()
        self._of = self._copy = None

    def follow(self) -> None:
        """Has it show what the picture shows, as soon as its page has drawn that."""
        if self.lies:
            self._later.start()

    def _follow(self) -> None:
        """Shows what the picture shows now; nothing once it is gone with its page."""
        if self._of is None or self._copy is None:
            return
        if not self._of.isVisible():
            self.close_picture()
        elif self._of.view is not None and self._of.view is not self._copy.view:
            self._copy.show_view(self._of.view)

    def _fit(self) -> None:
        picture, copy = self._of, self._copy
        if picture is None or copy is None:
            return
        margin = picture.theme.px(MARGIN)
        room = self.rect().adjusted(margin, margin, -margin, -margin)
        across, down = room.width() / picture.width(), room.height() / picture.height()
        larger = max(1.0, min(across, down, LARGEST))
        theme = picture.theme
        copy.use_theme(replace(theme, scale=theme.scale * larger))
        copy.resize(round(picture.width() * larger), round(picture.height() * larger))
        copy.move((self.width() - copy.width()) // 2, (self.height() - copy.height()) // 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.close_picture()

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = (
            self.palette().window().color() if self._of is None else self._of.theme.colour("panel")
        )
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colour)
