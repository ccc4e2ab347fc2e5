"""A hand on the cuts of a row: they are dragged, added and taken away, by mouse or keys."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip

from nnviz.ui.pictures.row_layout import RowLayout
from nnviz.ui.pictures.row_picture import RowPicture, RowView, in_words
from nnviz.ui.theme import Theme

NEAR = 10
"""Distance from a cut at which the mouse takes it."""


class RowBoard(RowPicture):
    """Tells where a person wants the row cut."""

    cut = Signal(object, bool)
    """columns, whether it goes on with the cut before"""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setToolTip(
            "Framed in orange: pieces that it is sure of, above 90 %.\n"
            "Drag a cut to move it, double-click to add one, right-click one to take it away.\n"
            "Keys: Up and Down choose a cut, Left and Right move it, + adds one after it,\n"
            "Comma and full stop go through the pieces tried; "
            "Delete takes it away."
        )
        self.setMouseTracking(True)
        self._moved = False

    def _cut_near(self, view: RowView, layout: RowLayout, point: QPointF) -> int | None:
        if point.y() > layout.row.bottom():
            return None
        distances = [abs(point.x() - layout.x_of(column)) for column in view.columns]
        if not distances or min(distances) > self._theme.px(NEAR):
            return None
        return distances.index(min(distances))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        view = self.view
        if view is None:
            return
        found = self._cut_near(view, self.layout_of_view(view), event.position())
        if found is None:
            return
        self.chosen = found
        if event.button() == Qt.MouseButton.RightButton:
            self._remove(view, found)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.dragged, self._moved = found, False
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        view = self.view
        if view is None:
            return
        layout = self.layout_of_view(view)
        if self.dragged is not None and self.dragged < len(view.columns):
            self._move(view, self.dragged, layout.column_at(event.position().x()), self._moved)
            return
        near = self._cut_near(view, layout, event.position()) is not None
        self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)
        self._hover(self._piece_at(view, layout, event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.dragged = None
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        view = self.view
        if view is None:
            return
        layout = self.layout_of_view(view)
        if layout.row.contains(event.position()):
            self._add(view, layout.column_at(event.position().x()))

    def event(self, event: QEvent) -> bool:
        """Over what was tried, the score stands above it instead of a tooltip on it."""
        if isinstance(event, QHelpEvent) and self.view is not None:
            layout = self.layout_of_view(self.view)
            if event.pos().y() >= layout.tried.y():
                QToolTip.hideText()
                event.ignore()
                return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, piece: int | None) -> None:
        if piece != self.hovered:
            self.hovered = piece
            if self.view is not None:
                told = "" if piece is None else f"{self.told_of(self.view, piece)}. "
                self.setAccessibleDescription(f"{told}{in_words(self.view)}")
            self.update()

    def _piece_at(self, view: RowView, layout: RowLayout, point: QPointF) -> int | None:
        if point.y() < layout.tried.y():
            return None
        high = self.bar_height(layout)
        for piece, (start, end) in enumerate(view.tried.pieces.spans.tolist()):
            if self.bar_of(layout, piece, start, end, high).contains(point):
                return piece
        return None

    # ---- cuts ------------------------------------------------------------------------

    def _move(self, view: RowView, number: int, column: int, goes_on: bool) -> None:
        """Moves a cut, not beyond its neighbours."""
        ends = (0, *view.columns, view.row.width)
        column = min(max(column, ends[number] + 1), ends[number + 2] - 1)
        if column != view.columns[number]:
            self._moved = True
            columns = (*view.columns[:number], column, *view.columns[number + 1 :])
            self.cut.emit(columns, goes_on)

    def _remove(self, view: RowView, number: int) -> None:
        self.cut.emit((*view.columns[:number], *view.columns[number + 1 :]), False)

    def _add(self, view: RowView, column: int) -> None:
        if 0 < column < view.row.width and column not in view.columns:
            columns = tuple(sorted((*view.columns, column)))
            self.chosen = columns.index(column)
            self.cut.emit(columns, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view, key, keys = self.view, event.key(), Qt.Key
        if view is None or not self._done_by_key(view, key, keys):
            super().keyPressEvent(event)

    def _look_on(self, view: RowView, by: int) -> None:
        """At the next piece tried, from the left, short ones first."""
        spans = view.tried.pieces.spans
        order = np.lexsort((spans[:, 1], spans[:, 0])).tolist()
        here = order.index(self.hovered) + by if self.hovered in order else min(by, 0)
        self._hover(order[here % len(order)] if order else None)

    def _done_by_key(self, view: RowView, key: int, keys: type[Qt.Key]) -> bool:
        if key in (keys.Key_Comma, keys.Key_Period) and len(view.tried.pieces):
            self._look_on(view, 1 if key == keys.Key_Period else -1)
            return True
        count = len(view.columns)
        if key in (keys.Key_Plus, keys.Key_Insert):
            ends = (0, *view.columns, view.row.width)
            after = min(self.chosen + 1, count)
            self._add(view, (ends[after] + ends[after + 1]) // 2)
        elif not count:
            return False
        elif key in (keys.Key_Up, keys.Key_Down):
            self.chosen = (self.chosen + (1 if key == keys.Key_Down else -1)) % count
            self.update()
        elif key in (keys.Key_Left, keys.Key_Right):
            by = 1 if key == keys.Key_Right else -1
            self._move(view, self.chosen, view.columns[self.chosen] + by, False)
        elif key in (keys.Key_Delete, keys.Key_Backspace):
            self._remove(view, self.chosen)
        else:
            return False
        return True
