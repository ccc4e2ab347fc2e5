"""A hand on the cuts of a row: they are dragged, added and taken away, by mouse or keys."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip

from nnviz.ui.draw.row_layout import RowLayout, row_layout
from nnviz.ui.draw.row_picture import Marks, RowDrawing, RowView, in_words, piece_in_words
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.theme import Theme

NEAR = 10
"""Distance from a cut at which the mouse takes it."""


class RowBoard(KeyCursor):
    """Shows a RowView, and tells where a person wants the row cut."""

    cut = Signal(object, bool)
    """columns, whether it goes on with the cut before"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("row-picture")
        self.setAccessibleName("The row and its pieces")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setToolTip(
            "Framed in orange: pieces that it is sure of, above 90 %.\n"
            "Drag a cut to move it, double-click to add one, right-click one to take it away.\n"
            "Keys: Up and Down choose a cut, Left and Right move it, + adds one after it,\n"
            "Comma and full stop go through the pieces tried; "
            "Delete takes it away."
        )
        self.setMouseTracking(True)
        self.drawing = RowDrawing(theme)
        self.view: RowView | None = None
        self.chosen = 0
        """Number of the cut that keys move."""
        self.hovered: int | None = None
        """The piece tried that the mouse is on."""
        self.dragged: int | None = None
        """Number of the cut that the mouse holds."""
        self.compact = False
        """Whether the images of the pieces are left out."""
        self._moved = False
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.drawing.use_theme(theme)
        self.updateGeometry()
        self.update()

    def show_view(self, view: RowView | None) -> None:
        """Another row, or another way to cut it."""
        old, self.view = self.view, view
        if view is not None:
            if old is None or old.row is not view.row:
                self.hovered = None
            self.drawing.prepare(view)
            self.chosen = max(0, min(self.chosen, len(view.columns) - 1))
            self.setAccessibleDescription(in_words(view))
        else:
            self.setAccessibleDescription("No row yet.")
        self.update()

    def show_compact(self, compact: bool) -> None:
        """Leaves out the images of the pieces, where something else needs their room."""
        self.compact = compact
        self.updateGeometry()
        self.update()

    def layout_of_view(self, view: RowView) -> RowLayout:
        """Where everything lies."""
        rows, columns = view.row.picture.shape
        spans = [(int(start), int(end)) for start, end in view.shown.pieces.spans]
        size = self.width(), self.height()
        return row_layout(*size, columns, rows, spans, self._theme, self.compact)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.view is None:
            return
        marks = Marks(self.chosen if self.shows_cursor else None, self.dragged, self.hovered)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.drawing.draw(painter, self.layout_of_view(self.view), marks, self.compact)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(220 if self.compact else 350))

    # ---- the mouse -------------------------------------------------------------------

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
                told = "" if piece is None else f"{piece_in_words(self.view, piece)}. "
                self.setAccessibleDescription(f"{told}{in_words(self.view)}")
            self.update()

    def _piece_at(self, view: RowView, layout: RowLayout, point: QPointF) -> int | None:
        if point.y() < layout.tried.y():
            return None
        high = self.drawing.bar_height(layout)
        for piece, (start, end) in enumerate(view.tried.pieces.spans.tolist()):
            if self.drawing.bar_of(layout, piece, start, end, high).contains(point):
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
