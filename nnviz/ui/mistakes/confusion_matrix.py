"""The confusion matrix: rows are what the digits are, columns what they are taken for."""

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy

from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.tooltips import wrapped
from nnviz.ui.mistakes.confusion_drawing import draw_confusion
from nnviz.ui.mistakes.confusion_layout import (
    ConfusionLayout,
    ConfusionView,
    lay_out,
    least_size,
)
from nnviz.verdicts.answers import NOT_A_DIGIT_IN_WORDS


class ConfusionMatrix(KeyCursor):
    """Draws a ConfusionView; tells which cell, row or column was chosen."""

    chosen = Signal(object, object)
    """Row and column; None where a heading was chosen."""
    opened = Signal()
    """Return was pressed on what is selected."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("confusion-matrix")
        self.setAccessibleName("Confusion matrix: true class against answer")
        self.setToolTip(
            wrapped(
                "How many digits of each class are taken for each other one. Click a cell, the "
                "heading of a row or of a column to list its digits; arrow keys do the same, Home "
                "lists all, Return goes to the digits."
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._view: ConfusionView | None = None
        self._layout: ConfusionLayout | None = None
        self._still = QPixmap()
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._lay_out_again()

    def show_view(self, view: ConfusionView | None) -> None:
        """Draws this from now on; None: nothing."""
        old, self._view = self._view, view
        if view is None:
            self._lay_out_again()
            self.setAccessibleDescription("nothing counted yet")
            return
        if old is None or (old.names, old.counts.shape) != (view.names, view.counts.shape):
            self._lay_out_again()
        elif (old.rates, old.judge) != (view.rates, view.judge) or not np.array_equal(
            old.counts, view.counts
        ):
            self._still = QPixmap()
        self.setAccessibleDescription(self._sentence(view))
        self.update()

    @property
    def view(self) -> ConfusionView | None:
        return self._view

    @property
    def layout_now(self) -> ConfusionLayout:
        """Where everything lies at the present size."""
        assert self._view is not None
        if self._layout is None:
            columns = self._view.counts.shape[1]
            self._layout = lay_out(
                self.width() - 2, self.height(), self._theme, self._view.names, columns
            )
        return self._layout

    def _lay_out_again(self) -> None:
        self._layout, self._still = None, QPixmap()
        self.updateGeometry()
        self.update()

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self._view, self._theme
        if view is None:
            return
        ratio = self.devicePixelRatioF()
        if self._still.isNull():
            self._still = QPixmap(self.size() * ratio)
            self._still.setDevicePixelRatio(ratio)
            self._still.fill(Qt.GlobalColor.transparent)
            with QPainter(self._still) as painter:
                draw_confusion(painter, view, self.layout_now, theme)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._still)
            frame = self.layout_now.marked(view.selected)
            if not frame.isEmpty():
                painter.setPen(QPen(theme.colour("focus"), theme.px(3)))
                painter.drawRect(frame.adjusted(1, 1, -2, -2))
            elif self.shows_cursor:
                painter.setPen(QPen(theme.colour("focus"), theme.px(3)))
                painter.drawRect(self.layout_now.place(None, None).adjusted(1, 1, -2, -2))

    # ---- pointer and keys ------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._view is None or event.button() != Qt.MouseButton.LeftButton:
            return
        found = self.layout_now.at(event.position())
        if found is not None:
            self.chosen.emit(*found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, view = Qt.Key, self._view
        moves = {
            keys.Key_Left: (0, -1),
            keys.Key_Right: (0, 1),
            keys.Key_Up: (-1, 0),
            keys.Key_Down: (1, 0),
        }
        key = event.key()
        if view is None or key not in (*moves, keys.Key_Home, keys.Key_Return, keys.Key_Enter):
            super().keyPressEvent(event)
        elif key in moves:
            limits = view.counts.shape
            here = (-1 if part is None else part for part in view.selected)
            moved = [
                min(limit - 1, max(-1, part + by))
                for part, by, limit in zip(here, moves[keys(key)], limits, strict=True)
            ]
            self.chosen.emit(*(None if part < 0 else part for part in moved))
        elif key == keys.Key_Home:
            self.chosen.emit(None, None)
        else:
            self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._layout, self._still = None, QPixmap()

    def minimumSizeHint(self) -> QSize:
        if self._view is None:
            return QSize(self._theme.px(500), self._theme.px(380))
        return QSize(*least_size(self._theme, self._view.names, self._view.counts.shape[1]))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def _sentence(self, view: ConfusionView) -> str:
        """What a person would say of what is selected."""
        row, column = view.selected
        wrong = view.wrong
        if row is None and column is None:
            return f"All: {wrong.sum():,} of {view.counts.sum():,} digits misread by {view.judge}"
        if row is None:
            assert column is not None
            taken = f"taken for {(*view.names, NOT_A_DIGIT_IN_WORDS)[column]}"
            return f"Column: {wrong[:, column].sum():,} digits of other classes {taken}"
        if column is None:
            of = f"{view.counts[row].sum():,} digits of class {view.names[row]}"
            return f"Row: {wrong[row].sum():,} of {of} misread"
        said = (*view.names, NOT_A_DIGIT_IN_WORDS)[column]
        return f"{view.counts[row, column]:,} digits of class {view.names[row]} read as {said}"
