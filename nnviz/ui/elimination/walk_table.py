"""The walk as a table: one row per step, one column per class, who leaves and who is left."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from nnviz.ui.elimination.step_grid import StepGrid
from nnviz.ui.kit.fitted_text import are_words, draw_fitted
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import BACK_ROW, TEXT
from nnviz.verdicts.answers import Step

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
NUMERAL = 0.42
"""How much of a cell's width the numeral takes; the percentage or the cross has the rest."""
LEAST_TELLING = 46
"""Width on the design grid from which a cell has room for a numeral and a percentage."""
TWO_LINES = 42
"""Height on the design grid from which a word and a percentage stand below each other."""
BAR = 0.17
"""How much of a cell's height its bar takes."""


@dataclass(frozen=True, eq=False)
class TableView:
    """What the table shows."""

    names: tuple[str, ...]
    label: int | None
    """The true class, where it is known."""
    steps: tuple[Step, ...]
    shown: int
    """How many of the steps are shown."""
    places: tuple[str, ...]
    """For each step where the true class stands, in words."""
    forced: frozenset[int]
    """The steps at which another class leaves than the rule says."""
    bars: NDArray[np.float64]
    """(steps, classes) in 0..1"""


class EliminationTable(StepGrid):
    """Draws a TableView; bars follow every frame, all else when it is told to."""

    view: TableView | None = None

    def show_view(self, view: TableView) -> None:
        """Shows a walk."""
        self.view, self.classes, self.row = view, len(view.names), view.shown
        self._bars = view.bars
        self.redraw()

    @property
    def columns(self) -> Sequence[int]:
        view = self.view
        return view.steps[view.shown - 1].in_play if view is not None and view.shown else ()

    def show_bars(self, bars: NDArray[np.float64]) -> None:
        """Other bars (steps, classes) for the same steps."""
        if self.view is not None:
            self._bars = bars
            self.update()

    _bars: NDArray[np.float64] = np.zeros((0, 0))

    def bar(self, row: int, one: int, share: float) -> QRectF:
        """The filled part of a bar."""
        track = self._track(self.cell(row, one))
        return QRectF(track.x(), track.y(), max(2.0, track.width() * share), track.height())

    # ---- what moves ------------------------------------------------------------------

    def draw_moving(self, painter: QPainter) -> None:
        view = self.view
        if view is None:
            return
        by_class: list[list[QRectF]] = [[] for _ in view.names]
        for row, step in enumerate(view.steps[: view.shown], 1):
            for one in step.rivals or step.in_play:
                by_class[one].append(self.bar(row, one, float(self._bars[row - 1, one])))
        painter.setPen(QPen(self.theme.colour("text"), 1))
        for one, found in enumerate(by_class):
            painter.setBrush(self.theme.digit(one))
            painter.drawRects(found)

    def _track(self, cell: QRectF) -> QRectF:
        inset = self.theme.px(6)
        height = max(4.0, cell.height() * BAR)
        bottom = cell.bottom() - self.theme.px(3)
        return QRectF(cell.x() + inset, bottom - height, cell.width() - 2 * inset, height)

    # ---- what stays ------------------------------------------------------------------

    def draw_still(self, painter: QPainter) -> None:
        view = self.view
        if view is None:
            return
        self._draw_header(painter, view)
        words = are_words(view.names, self.theme)
        for row in range(1, self.classes):
            self._draw_number(painter, row, view)
            if row <= view.shown:
                self._draw_step(painter, row, view, words)
            elif row == view.shown + 1 and row <= len(view.steps):
                for one in range(self.classes):
                    self._draw_waiting(painter, self.cell(row, one), one, view)
            elif row <= len(view.steps):
                for one in range(self.classes):
                    self._draw_dotted(painter, self.cell(row, one))
        self._draw_spared(painter, view)
        self._draw_end(painter, view, words)

    def _draw_header(self, painter: QPainter, view: TableView) -> None:
        theme = self.theme
        if view.label is None:
            return
        column = self.cell(1, view.label)
        band = QRectF(column.x() - theme.px(1), 0, column.width() + theme.px(2), self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(band, theme.px(6), theme.px(6))
        header = self.line(0)
        flag = QRectF(band.center().x() - theme.px(60), header.y(), theme.px(120), header.height())
        flag.moveLeft(min(max(flag.x(), 0), self.words(0).x() - theme.px(126)))
        painter.setPen(theme.colour("text"))
        draw_fitted(painter, flag, CENTRE, "true class", theme, bold=True)
        painter.setPen(theme.colour("muted"))
        name = view.names[view.label]
        draw_fitted(painter, self.words(0), LEFT, f"place of {name}", theme)

    def _draw_number(self, painter: QPainter, row: int, view: TableView) -> None:
        theme, current = self.theme, row == view.shown
        if row > len(view.steps):
            return
        if current:
            painter.setPen(QPen(theme.colour("focus"), theme.px(3)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.line(row), theme.px(7), theme.px(7))
        painter.setPen(theme.colour("text" if current else "muted"))
        draw_fitted(painter, self.number(row), CENTRE, str(row), theme, TEXT + 4, bold=current)

    def _draw_step(self, painter: QPainter, row: int, view: TableView, words: bool) -> None:
        step, theme = view.steps[row - 1], self.theme
        shares = dict(zip(step.in_play, view.bars[row - 1][list(step.in_play)], strict=True))
        for one in range(self.classes):
            cell = self.cell(row, one)
            if one not in shares:
                painter.setPen(theme.colour("line"))
                draw_fitted(painter, cell, CENTRE, view.names[one], theme, TEXT + 2)
                continue
            leaves, falls = one in step.leaving, one in step.leaving and one == view.label
            fights = one in step.rivals
            painter.setBrush(theme.colour("wrong" if falls else "background"))
            edge = "wrong" if leaves else "text" if fights else "line"
            forced = leaves and row in view.forced
            style = Qt.PenStyle.DashLine if forced else Qt.PenStyle.SolidLine
            width = theme.px(3 if leaves or fights else 1)
            painter.setPen(QPen(theme.colour(edge), width, style))
            painter.drawRoundedRect(cell, theme.px(6), theme.px(6))
            ink = theme.colour("on_accent" if falls else "muted" if leaves else "text")
            share = shares[one] if fights or not step.rivals else None
            self._write(painter, row, one, ink, share, leaves, words)
        mark = view.places[row - 1]
        falls = view.label in step.leaving
        painter.setPen(theme.colour("wrong" if falls else "muted"))
        draw_fitted(painter, self.words(row), LEFT, mark, theme, bold=falls)
        self._draw_cursor(painter, row, view)

    def _write(
        self,
        painter: QPainter,
        row: int,
        one: int,
        ink: QColor,
        share: float | None,
        leaves: bool,
        words: bool,
    ) -> None:
        """The class, its percentage or the cross of one that leaves, and the bar's track."""
        assert self.view is not None
        theme, cell = self.theme, self.cell(row, one)
        track = self._track(cell)
        name = QRectF(cell.x(), cell.y(), cell.width(), track.y() - cell.y())
        beside = QRectF(name)
        if share is not None:
            painter.fillRect(track, theme.colour("track"))
        tells = share is not None and share >= 0.005
        if words:
            beside = self._beside_words(name, leaves, tells)
        elif leaves or (tells and cell.width() >= theme.px(LEAST_TELLING)):
            name.setWidth(cell.width() * NUMERAL)
            beside.setLeft(name.right() - theme.px(2))
        else:
            beside = QRectF()
        painter.setPen(ink)
        roomy = name.adjusted(0, -theme.px(5), 0, theme.px(5))  # numerals have no descenders
        size = self._size(roomy) if not words else TEXT
        draw_fitted(painter, roomy, CENTRE, self.view.names[one], theme, size, bold=True)
        if leaves:
            draw_mark(painter, beside, ink if one == self.view.label else theme.colour("wrong"),
                      theme.scale, right=False)  # fmt: skip
        elif not beside.isEmpty() and share is not None:
            beside.setRight(cell.right() - theme.px(3))
            painter.setPen(theme.colour("muted"))
            draw_fitted(painter, beside, RIGHT, f"{100 * share:.0f}", theme)

    def _beside_words(self, name: QRectF, leaves: bool, tells: bool) -> QRectF:
        """Makes room in the place of a name that is a word; -> for its cross beside it, or for
        its percentage below it where the cell is high enough, else nowhere."""
        px, beside = self.theme.px, QRectF(name)
        if leaves:
            name.setRight(name.right() - px(20))
            beside.setLeft(name.right() - px(2))
        elif tells and name.height() >= px(TWO_LINES):
            name.setHeight(name.height() / 2)
            beside.setTop(name.bottom() - px(2))
        else:
            return QRectF()
        return beside

    def _size(self, place: QRectF) -> float:
        return min(float(BACK_ROW), place.height() / self.theme.scale * 0.8)

    def _draw_waiting(self, painter: QPainter, cell: QRectF, one: int, view: TableView) -> None:
        """A class in the row that comes next."""
        theme = self.theme
        in_play = one in view.steps[view.shown].in_play
        if in_play:
            painter.setPen(QPen(theme.colour("line"), theme.px(1)))
            painter.setBrush(theme.colour("background"))
            painter.drawRoundedRect(cell, theme.px(6), theme.px(6))
        painter.setPen(theme.colour("text" if in_play else "line"))
        size = self._size(cell) * (0.8 if in_play else 0.7)
        draw_fitted(painter, cell, CENTRE, view.names[one], theme, max(size, TEXT), bold=in_play)

    def _draw_dotted(self, painter: QPainter, cell: QRectF) -> None:
        painter.setPen(QPen(self.theme.colour("line"), 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cell, self.theme.px(6), self.theme.px(6))

    def _draw_spared(self, painter: QPainter, view: TableView) -> None:
        """The rows that a quicker variant does not need."""
        spared = self.classes - 1 - len(view.steps)
        if spared <= 0:
            return
        first, last = self.line(len(view.steps) + 1), self.line(self.classes - 1)
        place = QRectF(first.topLeft(), last.bottomRight())
        painter.setPen(self.theme.colour("muted"))
        words = f"{spared} step{'s' if spared > 1 else ''} spared"
        draw_fitted(painter, place, CENTRE, words, self.theme, TEXT + 4)

    def _draw_end(self, painter: QPainter, view: TableView, words: bool) -> None:
        theme, row = self.theme, self.classes
        _draw_star(painter, self.number(row).center(), theme.px(12), theme.colour("muted"))
        complete = view.shown == len(view.steps)
        end = view.steps[-1].staying[0]
        for one in range(self.classes):
            cell = self.cell(row, one)
            if not complete or one != end:
                self._draw_dotted(painter, cell)
                continue
            right = None if view.label is None else one == view.label
            colour = theme.judged(right)
            painter.setPen(QPen(colour, theme.px(3)))
            painter.setBrush(colour if right else theme.colour("background"))
            painter.drawRoundedRect(cell, theme.px(6), theme.px(6))
            ink = theme.colour("on_accent") if right else colour
            name = QRectF(cell)
            if right is not None:
                name.setWidth(cell.width() * (0.7 if words else NUMERAL))
            painter.setPen(ink)
            draw_fitted(painter, name, CENTRE, view.names[one], theme, self._size(cell), bold=True)
            if right is not None:
                mark = QRectF(name.right() - theme.px(4), cell.y(), 0, cell.height())
                mark.setWidth(cell.right() - name.right())
                draw_mark(painter, mark, ink, theme.scale, right)
        if complete and view.label is not None:
            right = end == view.label
            painter.setPen(theme.judged(right))
            said = "right" if right else "wrong"
            draw_fitted(painter, self.words(row), LEFT, said, theme, bold=True)

    def _draw_cursor(self, painter: QPainter, row: int, view: TableView) -> None:
        if not self.cursor_seen or row != view.shown or self.column not in self.columns:
            return
        px = self.theme.px
        painter.setPen(QPen(self.theme.colour("focus"), px(3)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        place = self.cell(row, self.column).adjusted(-px(1), -px(1), px(1), px(1))
        painter.drawRoundedRect(place, px(7), px(7))


def _draw_star(painter: QPainter, centre: QPointF, size: float, colour: QColor) -> None:
    """Drawn, so that no font decides how it looks."""
    angles = np.arange(10) * np.pi / 5 - np.pi / 2
    radii = np.where(np.arange(10) % 2, 0.45, 1.0) * size
    points = [
        centre + QPointF(float(x), float(y))
        for x, y in zip(radii * np.cos(angles), radii * np.sin(angles), strict=True)
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF(points))
