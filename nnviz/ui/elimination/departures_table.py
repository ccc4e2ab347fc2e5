"""For the digits of one class: at which step each class leaves, as a table of shares."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen

from nnviz.ui.elimination.step_grid import StepGrid
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import TEXT

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, eq=False)
class DeparturesView:
    """What the table shows."""

    names: tuple[str, ...]
    label: int
    """The true class."""
    shares: NDArray[np.float64]
    """(classes, classes): how often each class (row) leaves at each step (column); the last
    column: how often it is left"""
    selected: tuple[int, int] | None
    """Class and column of the cell whose digits are listed."""


class DeparturesTable(StepGrid):
    """Blue: leaves, orange: is left; where the true class is lost has an outline."""

    view: DeparturesView | None = None

    def show_view(self, view: DeparturesView | None) -> None:
        self.view = view
        if view is not None:
            self.classes = len(view.names)
        self.row = max(1, self.row)
        self.redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        self.row, self.by_keys = min(self.classes, max(1, self.row + by)), True
        self.redraw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.at(event.position())
        if found is not None:
            self.row = found[0]
        super().mousePressEvent(event)

    def draw_still(self, painter: QPainter) -> None:
        view, theme = self.view, self.theme
        if view is None:
            return
        header = self.line(0)
        for one, name in enumerate(view.names):
            column = self.cell(1, one)
            place = QRectF(column.x(), header.y(), column.width(), header.height())
            own = one == view.label
            painter.setPen(theme.colour("text" if own else "muted"))
            draw_fitted(painter, place, CENTRE, name, theme, TEXT + 4, bold=own)
        painter.setPen(theme.colour("muted"))
        draw_fitted(painter, self.number(0), CENTRE, "step", theme)
        draw_fitted(painter, self.words(0), LEFT, f"{view.names[view.label]} lost", theme)
        for row in range(1, self.classes + 1):
            self._draw_row(painter, row, view)
        if self.cursor_seen and view.selected != (self.column, self.row):
            self._ring(painter, self.cell(self.row, self.column), "focus", Qt.PenStyle.DashLine)

    def _draw_row(self, painter: QPainter, row: int, view: DeparturesView) -> None:
        theme, last = self.theme, row == self.classes
        painter.setPen(theme.colour("muted"))
        draw_fitted(painter, self.number(row), CENTRE, "left" if last else str(row), theme)
        for one in range(self.classes):
            self._draw_cell(painter, row, one, view)
        lost = float(view.shares[view.label, row - 1])
        if lost and not last:
            painter.setPen(theme.colour("wrong"))
            draw_fitted(painter, self.words(row), LEFT, f"{100 * lost:.1f} %", theme, bold=True)
        elif last:
            painter.setPen(theme.colour("right"))
            place = self.words(row)
            draw_fitted(painter, place, LEFT, f"{100 * lost:.1f} %", theme, bold=True)
            place.setLeft(place.right() - theme.px(26))
            draw_mark(painter, place, theme.colour("right"), theme.scale, right=True)

    def _draw_cell(self, painter: QPainter, row: int, one: int, view: DeparturesView) -> None:
        theme, cell = self.theme, self.cell(row, one)
        share = float(view.shares[one, row - 1])
        last = row == self.classes
        towards = theme.colour("positive" if last else "negative")
        fill = _mixed(theme.colour("background"), towards, share**0.7 * 0.85)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(cell, theme.px(4), theme.px(4))
        if share:
            dark = fill.lightness() > 110
            painter.setPen(QColor("#101317" if dark else "#FFFFFF"))
            words = f"{100 * share:.0f}" if share >= 0.005 else "<1"
            draw_fitted(painter, cell, CENTRE, words, theme, TEXT + 4, bold=share >= 0.1)
        wrong = share and (one == view.label) != last
        if wrong:
            self._ring(painter, cell.adjusted(2, 2, -2, -2), "wrong")
        if view.selected == (one, row):
            self._ring(painter, cell, "focus")

    def _ring(
        self,
        painter: QPainter,
        place: QRectF,
        colour: str,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        px = self.theme.px
        painter.setPen(QPen(self.theme.colour(colour), px(3), style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, px(5), px(5))


def _mixed(low: QColor, high: QColor, amount: float) -> QColor:
    parts = [
        round(a + (b - a) * min(1.0, amount))
        for a, b in zip(low.getRgb()[:3], high.getRgb()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*parts)
