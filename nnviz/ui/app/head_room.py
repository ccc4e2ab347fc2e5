"""Where the head of the window is free: what is said there moves and covers nothing to click on."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QWidget

from nnviz.ui.kit.layout import size, sized
from nnviz.ui.kit.theme import Theme

HEIGHT = 46
"""On the design grid, of the strip that is there where the window shows no menus."""
GAP = 8
"""Pixels between what stands there and what is around it, at the sides and above or below."""
EDGE = 1
MOVES = frozenset(
    {QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Hide}
)
HIDES = frozenset({QEvent.Type.ShowToParent, QEvent.Type.HideToParent})


class HeadRoom(QObject):
    """Right of the menus, down to the first button; and right of the buttons, all the way down.

    Without menus, in lecture mode or where the desktop shows them, a strip is there instead.
    """

    changed = Signal()
    """The places may be others now."""

    def __init__(self, window: QMainWindow, top_bar: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._menus, self._top_bar = window, window.menuBar(), top_bar
        self.strip = sized(QWidget(), height=HEIGHT)
        self.use_theme(theme)
        self.strip.setObjectName("head-strip")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.changed)
        for each in (window, self._menus, top_bar, self.strip):
            each.installEventFilter(self)
        self._show_strip()

    def use_theme(self, theme: Theme) -> None:
        size(self.strip, theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._menus and event.type() in HIDES:
            self._show_strip()
        if event.type() in MOVES:
            self._later.start()
        return False

    def places(self, taken: Sequence[QRect] = ()) -> list[QRect]:
        """Free rectangles at the right end, each lower and not wider than the one before;
        `taken` is where something stands in their place."""
        if not self._window.isAncestorOf(self._top_bar):
            return [QRect()]  # the window is not filled yet
        if not self.strip.isHidden():
            bottoms, taken = [self._in_window(self.strip).bottom() + 1], list(taken)
        else:
            buttons = [
                self._in_window(each)
                for each in self._top_bar.findChildren(QAbstractButton)
                if each.isVisible()
            ]
            corner = self._menus.mapTo(self._window, QPoint())
            names = (self._menus.actionGeometry(each) for each in self._menus.actions())
            taken = [*taken, *buttons, *(each.translated(corner) for each in names)]
            bottoms = sorted(
                {each.top() for each in buttons} | {self._in_window(self._top_bar).bottom() + 1}
            )
        found = []
        for bottom in bottoms:
            left = max((each.right() + 1 for each in taken if each.top() < bottom), default=0) + GAP
            wide, high = self._window.width() - GAP - left, bottom - 2 * EDGE
            found.append(QRect(left, EDGE, max(0, wide), max(0, high)))
        return found

    def _show_strip(self) -> None:
        self.strip.setVisible(self._menus.isHidden() or self._menus.isNativeMenuBar())

    def _in_window(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self._window, QPoint()), widget.size())
