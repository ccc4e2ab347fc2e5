"""Experiments and their results as rows: words, a bar, the accuracy, digits seen."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.theme import Theme

ROW = (26, 44)
"""Least and most height of a row on the design grid."""
HEADING = 28
SIGN, ACCURACY, SEEN, BAR = 30, 98, 84, 90
LOWEST = 0.5
"""Accuracy at the left end of a bar."""


@dataclass(frozen=True)
class ResultRow:
    """One line of the list."""

    label: str
    help: str
    accuracy: float | None = None
    """Test accuracy, where it has been run."""
    seen: int = 0
    """Training digits seen."""
    learning: bool = False
    shown: bool = False
    """Whether its network is on screen."""
    behind: bool = False
    """Whether it rests after fewer digits than others have seen."""


@dataclass(frozen=True)
class ResultView:
    """What the list shows."""

    rows: tuple[ResultRow, ...]
    goal: float | None
    """The accuracy that all are compared with: a line across the bars."""


class ResultList(QWidget):
    """Draws a ResultView; a click, Space or Enter asks to run or show a row."""

    chosen = Signal(int)
    moved = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("result-list")
        self.setAccessibleName("Experiments and their results")
        self.setToolTip(
            "Click to run an experiment, to go on with one that has seen fewer digits than others "
            "(empty triangle), or to show its network; Space does the same."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view: ResultView | None = None
        self.current = 0
        """The row that the keys are on"""
        self.use_theme(theme)

    @property
    def view(self) -> ResultView | None:
        return self._view

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_view(self, view: ResultView) -> None:
        """Draws this from now on."""
        old, self._view = self._view, view
        self.current = min(self.current, len(view.rows) - 1)
        if old is None or len(old.rows) != len(view.rows):
            self.updateGeometry()
        self._describe()
        self.update()

    def place(self, row: int) -> QRectF:
        """Where a row stands."""
        assert self._view is not None
        px, rows = self._theme.px, len(self._view.rows)
        room = (self.height() - px(HEADING)) / rows
        height = max(float(px(ROW[0])), min(room, float(px(ROW[1]))))
        return QRectF(0, px(HEADING) + row * height, self.width(), height)

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        if view is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_heading(painter)
            for number, row in enumerate(view.rows):
                self._draw_row(painter, number, row, view.goal)

    def _draw_heading(self, painter: QPainter) -> None:
        theme, right = self._theme, self.width() - self._theme.px(8)
        seen, accuracy, height = (theme.px(size) for size in (SEEN, ACCURACY + BAR, HEADING))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.setPen(theme.colour("muted"))
        draw_fitted(painter, QRectF(right - seen, 0, seen, height), align, "seen", theme)
        place = QRectF(right - seen - accuracy, 0, accuracy, height)
        draw_fitted(painter, place, align, "test accuracy", theme)
        place = QRectF(theme.px(4), 0, place.x() - theme.px(8), height)
        left = Qt.AlignmentFlag.AlignVCenter
        draw_fitted(painter, place, left, "Can four bits be enough?", theme)

    def _draw_row(self, painter: QPainter, number: int, row: ResultRow, goal: float | None) -> None:
        theme, place = self._theme, self.place(number).adjusted(2, 1.5, -2, -1.5)
        px = theme.px
        focused = self.hasFocus() and number == self.current
        painter.setPen(Qt.PenStyle.NoPen)
        if number == self.current:  # what is written below is about it
            colour, width = ("focus", 3) if focused else ("muted", 2)
            painter.setPen(QPen(theme.colour(colour), px(width)))
        painter.setBrush(theme.colour("raised" if row.shown else "panel"))
        painter.drawRoundedRect(place, px(5), px(5))
        self._draw_sign(painter, QPointF(px(17), place.center().y()), row)
        right = place.right() - px(6)
        seen = QRectF(right - px(SEEN), place.y(), px(SEEN), place.height())
        accuracy = QRectF(seen.x() - px(ACCURACY), place.y(), px(ACCURACY), place.height())
        bar = QRectF(accuracy.x() - px(BAR), place.center().y() - px(7), px(BAR), px(14))
        label = QRectF(px(SIGN + 4), place.y(), bar.x() - px(SIGN + 12), place.height())
        align = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.colour("text"))
        draw_fitted(painter, label, align, row.label, theme, 22)
        if row.accuracy is None:
            return
        self._draw_bar(painter, bar, row.accuracy, goal)
        painter.setPen(theme.colour("text"))
        size = min(28.0, 0.85 * place.height() / theme.scale)
        right_aligned = align | Qt.AlignmentFlag.AlignRight
        draw_fitted(
            painter, accuracy, right_aligned, f"{100 * row.accuracy:.1f} %", theme, size, bold=True
        )
        painter.setPen(theme.colour("muted"))
        draw_fitted(painter, seen, right_aligned, f"{row.seen / 1000:,.0f} k", theme)

    def _draw_sign(self, painter: QPainter, centre: QPointF, row: ResultRow) -> None:
        """A triangle to run it, an empty one to go on with it, two bars while it learns."""
        theme = self._theme
        size = 7 * theme.scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("right"))
        if row.learning:
            for side in (-1, 0.3):
                painter.drawRect(QRectF(centre.x() + side * size, centre.y() - size, 5, 2 * size))
        elif row.accuracy is None or row.behind:
            if row.behind:
                painter.setPen(QPen(theme.colour("right"), theme.px(2)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
            corners = ((-0.8, -1.0), (1.0, 0.0), (-0.8, 1.0))
            painter.drawPolygon(
                QPolygonF([centre + QPointF(x * size, y * size) for x, y in corners])
            )

    def _draw_bar(
        self, painter: QPainter, bar: QRectF, accuracy: float, goal: float | None
    ) -> None:
        theme = self._theme
        painter.fillRect(bar, theme.colour("track"))
        filled = QRectF(bar)
        filled.setWidth(bar.width() * _along(accuracy))
        painter.fillRect(filled, theme.colour("muted"))
        if goal is not None:
            x = bar.x() + bar.width() * _along(goal)
            painter.setPen(QPen(theme.colour("focus"), theme.px(3)))
            painter.drawLine(QPointF(x, bar.y() - theme.px(4)), QPointF(x, bar.bottom() + 4))

    # ---- pointer and keys ------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        view = self._view
        if view is None or event.button() != Qt.MouseButton.LeftButton:
            return
        for number in range(len(view.rows)):
            if self.place(number).contains(event.position()):
                self.go_to(number)
                self.chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, view = Qt.Key, self._view
        if view is None:
            return
        if event.key() in (keys.Key_Space, keys.Key_Return, keys.Key_Enter):
            self.chosen.emit(self.current)
        elif event.key() in (keys.Key_Up, keys.Key_Down):
            step = 1 if event.key() == keys.Key_Down else -1
            self.go_to(min(max(self.current + step, 0), len(view.rows) - 1))
        else:
            super().keyPressEvent(event)

    def go_to(self, row: int) -> None:
        """Puts the keys on a row."""
        self.current = row
        self._describe()
        self.update()
        self.moved.emit()

    def _describe(self) -> None:
        view = self._view
        if view is None:
            return
        row = view.rows[self.current]
        result = "not run yet"
        if row.accuracy is not None:
            result = f"{100 * row.accuracy:.1f} % right after {row.seen:,} digits"
        if row.behind:
            result = f"{result}, fewer than others have seen; Space goes on"
        self.setAccessibleDescription(f"{row.label}: {result}")

    def minimumSizeHint(self) -> QSize:
        px = self._theme.px
        rows = 1 if self._view is None else len(self._view.rows)
        return QSize(self._theme.at_most(1.0).px(330), px(HEADING) + rows * px(ROW[0]))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


def _along(accuracy: float) -> float:
    """Place on a bar, 0..1."""
    return min(1.0, max(0.0, (accuracy - LOWEST) / (1 - LOWEST)))
