"""A grid of steps and classes: rows are steps, columns classes, the last row who is left."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
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
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.ui.kit.theme import Theme

STEP, WORDS = 36, 108
"""Widths on the design grid of the columns left and right of the classes."""
HEADER = 30
"""Height on the design grid of the line above the rows."""


class StepGrid(QWidget):
    """Geometry, keys and mouse of the grid; what is slow to paint is kept between frames."""

    chosen = Signal(int, int)
    """Row from 1 and class."""
    stepped = Signal(int)
    """Up (-1) and down (1)."""
    jumped = Signal(bool)
    """To the first (False) or the last row."""

    def __init__(self, theme: Theme, classes: int = 10) -> None:
        super().__init__()
        self.theme = theme
        self.classes = classes
        self.row = 0
        """Where the cursor stands; 0 is above the first row."""
        self.column = 0
        self.pair: tuple[int, int] | None = None
        """Two classes whose columns are marked."""
        self.by_keys = False
        """Whether keys moved the cursor last."""
        self._still = QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def cursor_seen(self) -> bool:
        """Whether the cursor is drawn: only for those who move it."""
        return self.hasFocus() and self.by_keys

    @property
    def columns(self) -> Sequence[int]:
        """Classes that the cursor can stand on in its row."""
        return range(self.classes)

    # ---- geometry --------------------------------------------------------------------

    def line(self, row: int) -> QRectF:
        """The place of a row from 1; 0 is the header."""
        top, px = self.theme.px(HEADER), self.theme.px
        if row == 0:
            return QRectF(0, 0, self.width(), top)
        height = (self.height() - top - px(4)) / self.classes
        return QRectF(px(2), top + (row - 1) * height, self.width() - px(4), height)

    def cell(self, row: int, column: int) -> QRectF:
        """The place of a class in a row, with the gap to its neighbours."""
        line, px = self.line(row), self.theme.px
        left, right = line.x() + px(STEP), line.right() - px(WORDS)
        width = (right - left) / self.classes
        gap = px(2)
        place = QRectF(left + column * width, line.y(), width, line.height())
        return place.adjusted(gap, gap, -gap, -gap)

    def number(self, row: int) -> QRectF:
        """The place left of the classes."""
        line = self.line(row)
        return QRectF(line.x(), line.y(), self.theme.px(STEP), line.height())

    def words(self, row: int) -> QRectF:
        """The place right of the classes."""
        line, width = self.line(row), self.theme.px(WORDS - 8)
        return QRectF(line.right() - width, line.y(), width, line.height())

    def at(self, point: QPointF) -> tuple[int, int] | None:
        """Row and class under a point."""
        first, last = self.cell(1, 0), self.cell(self.classes, self.classes - 1)
        if not QRectF(first.topLeft(), last.bottomRight()).contains(point):
            return None
        step = self.line(1).height()
        row = min(self.classes, 1 + int((point.y() - self.line(1).y()) / step))
        width = (last.right() - first.x()) / self.classes
        return row, min(self.classes - 1, int((point.x() - first.x()) / width))

    # ---- painting --------------------------------------------------------------------

    def use_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.redraw()
        self.updateGeometry()

    def redraw(self) -> None:
        """Everything is to be painted anew, not only what moves."""
        self._still = QPixmap()
        self.update()

    def mark_pair(self, pair: tuple[int, int] | None) -> None:
        """Marks the columns of two classes, or of none."""
        if pair != self.pair:
            self.pair = pair
            self.redraw()

    def column_place(self, column: int) -> QRectF:
        """The whole column of a class, without the header."""
        return self.cell(1, column).united(self.cell(self.classes, column))

    def _draw_pair(self, painter: QPainter) -> None:
        px = self.theme.px
        painter.setPen(QPen(self.theme.colour("text"), px(3), Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for one in self.pair or ():
            place = self.column_place(one).adjusted(-px(2), 0, px(2), px(2))
            painter.drawRoundedRect(place, px(7), px(7))

    def draw_still(self, painter: QPainter) -> None:
        """Paints what stays from one frame to the next."""

    def draw_moving(self, painter: QPainter) -> None:
        """Paints what every frame can change."""

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatio()
        if self._still.size() != self.size() * ratio:
            self._still = QPixmap(self.size() * ratio)
            self._still.setDevicePixelRatio(ratio)
            self._still.fill(self.theme.colour("panel"))
            with QPainter(self._still) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self.draw_still(painter)
                self._draw_pair(painter)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._still)
            self.draw_moving(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.redraw()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.redraw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.redraw()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(760), self.theme.px(430))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(560), self.theme.px(HEADER + 27 * self.classes))

    # ---- keys and mouse --------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, key = Qt.Key, event.key()
        if key in (keys.Key_Up, keys.Key_Down):
            self.stepped.emit(1 if key == keys.Key_Down else -1)
        elif key in (keys.Key_Left, keys.Key_Right):
            onward = key == keys.Key_Right
            beyond = [c for c in self.columns if (c > self.column if onward else c < self.column)]
            if beyond:
                self.column = beyond[0] if onward else beyond[-1]
            self.by_keys = True
            self.redraw()
        elif key in (keys.Key_Home, keys.Key_End):
            self.jumped.emit(key == keys.Key_End)
        elif key in (keys.Key_Return, keys.Key_Enter):
            self.chosen.emit(self.row, self.column)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.column, self.by_keys = found[1], False
            self.chosen.emit(*found)
