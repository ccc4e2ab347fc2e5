"""The confusion matrix: rows are what the digits are, columns what they are taken for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QLinearGradient, QMouseEvent

from nnviz.data.arrays import Indices
from nnviz.questions.listing import MatrixCells
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import CENTRE, LEFT, Canvas
from nnviz.ui.kit.contrast import clear_fill, readable
from nnviz.ui.kit.fitted_text import are_words, fits
from nnviz.ui.kit.matrix import Matrix, Place, matrix_in
from nnviz.ui.kit.picture import ENTER, MOVES, Picture, Region
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.mistakes import words
from nnviz.ui.mistakes.cells_words import cells_told
from nnviz.ui.mistakes.guess_words import HIDDEN
from nnviz.verdicts.answers import NOT_A_DIGIT
from nnviz.words import number

CAPTION, LEGEND, TOTAL = 26, 29, 64
"""Heights of the lines above and below, and width of the totals of the rows."""
HEAD, SIDE = (30, 92), (34, 108)
"""Height and width of the names of columns and rows, as of digits and as words."""
GAP = 2
EMPHASIS = 0.6
"""Power that makes rare mistakes visible beside the commonest."""
SMALLEST_CELL = 47, 21
DIGITS = 10, 10
"""Rows and columns that it makes room for before it knows any."""


@dataclass(frozen=True)
class ConfusionView:
    """What the matrix shows."""

    counts: Indices
    """(classes, columns): digits of the row's class read as the column's"""
    names: tuple[str, ...]
    """Of the classes; a last column beyond them is *not a digit*"""
    rates: bool
    """Percent of the row instead of counts"""
    selected: Place
    """(None, None): everything"""
    judge: str
    """Whose answers are counted"""
    hidden: bool = False
    """Whether the counts are not to be told."""
    cells: MatrixCells = ()
    """Several cells that are selected instead; the last column is NOT_A_DIGIT."""

    @property
    def places(self) -> tuple[Place, ...]:
        """All that is selected."""
        last = len(self.names)
        several = [(row, last if column == NOT_A_DIGIT else column) for row, column in self.cells]
        return tuple(several) if several else (self.selected,)

    @property
    def heads(self) -> tuple[str, ...]:
        """Of the columns."""
        return (*self.names, words.NONE)[: self.counts.shape[1]]

    @property
    def values(self) -> NDArray[np.float64]:
        """(classes, columns): what stands in the cells, and decides on their colours."""
        if not self.rates:
            return self.counts.astype(np.float64)
        of_row = np.maximum(self.counts.sum(axis=1, keepdims=True), 1)
        shares: NDArray[np.float64] = 100 * self.counts / of_row
        return shares

    @property
    def most(self) -> float:
        """The largest of the values off the diagonal: the end of the colour scale."""
        values = self.values
        np.fill_diagonal(values, 0)
        return float(values.max())

    @property
    def wrong(self) -> Indices:
        """The counts with nothing on the diagonal."""
        found = self.counts.copy()
        np.fill_diagonal(found, 0)
        return found


class ConfusionMatrix(Picture[ConfusionView]):
    """Tells which (row, column) was chosen; None where a name was."""

    opened = Signal()
    """Return was pressed on what is selected."""
    added = Signal(object)
    """A (row, column) that is to be selected besides, or no longer."""

    id = "confusion-matrix"
    title = words.MATRIX
    tip = words.MATRIX_TIP
    arrows_choose = True

    @property
    def matrix(self) -> Matrix:
        """Where everything lies at the present size."""
        view = self.view
        room = self.room.adjusted(0, self.px(CAPTION), -2, -self.px(LEGEND))
        return matrix_in(
            room,
            self.theme,
            view.counts.shape,
            view.names,
            side=SIDE,
            head=HEAD,
            after=(TOTAL, -1 if self._totals_fit else 0),
        )

    @property
    def _totals_fit(self) -> bool:
        """Whether there is room for the totals below, too."""
        return self.height() >= self.px(self.least_size(self.view)[1] + SMALLEST_CELL[1])

    def regions(self, view: ConfusionView) -> Iterable[Region]:
        return self.matrix.regions(names=True)

    def words(self, view: ConfusionView) -> str:
        if view.hidden:
            return HIDDEN
        if view.cells:
            told = (
                (view.names[row], view.heads[column], int(view.counts[row, column]))
                for row, column in view.places
                if row is not None and column is not None
            )
            return cells_told(list(told), view.judge)
        return words.matrix_in_words(view.counts, view.names, view.selected, view.judge)

    def table(self, view: ConfusionView) -> Twin | None:
        if view.hidden:
            return super().table(view)
        counted = zip(view.names, view.counts.tolist(), strict=True)
        rows = [(name, *counts, sum(counts)) for name, counts in counted]
        return twin_of((heads.TRUE_CLASS, *view.heads, heads.DIGITS), rows)

    def selected(self, view: ConfusionView) -> Place:
        return view.selected

    def ring(self, view: ConfusionView) -> QRectF | None:
        if self.at is not None and (view.cells or self.at != view.selected):
            return self.matrix.place(*self.at)
        selects = view.selected != (None, None)  # which has a frame anyway
        return None if selects else self.matrix.place(None, None)

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: ConfusionView) -> None:
        matrix = self.matrix
        parts = (view.counts.tobytes(), view.names, view.rates, view.judge, view.hidden)
        self.still(canvas, parts, lambda once: self._paint_all(once, view, matrix))
        for place in view.places:
            frame = matrix.whole(*place)
            if not view.hidden and not frame.isEmpty():
                canvas.box(frame.adjusted(1, 1, -2, -2), edge="focus", width=3)

    def _paint_all(self, canvas: Canvas, view: ConfusionView, matrix: Matrix) -> None:
        """Cells, totals, names and legend; all but what is selected."""
        canvas.setRenderHint(Canvas.RenderHint.Antialiasing, False)  # all edges are straight
        values, most = view.values, view.most
        decimals = 1 if view.rates else 0

        def cell(place: QRectF, row: int, column: int) -> None:
            inside, value = place.adjusted(GAP, GAP, -GAP, -GAP), float(values[row, column])
            right = row == column
            fill = canvas.ink("panel") if right else self._fill(value, most)
            canvas.fillRect(inside, fill)
            if right:
                canvas.box(inside.adjusted(1, 1, -1, -1), edge="right", width=2)
            if value:
                ink = canvas.ink("text") if right else self._ink(fill)
                told = number(value, decimals)
                if value >= 10 and not fits(told, inside.width(), self.theme, TEXT + 2, True):
                    told = number(value)
                canvas.text(inside, told, ink=ink, size=TEXT + 2, bold=True)

        def empty(place: QRectF, *_: int) -> None:
            canvas.fillRect(place.adjusted(GAP, GAP, -GAP, -GAP), canvas.ink("raised"))

        matrix.each_cell(empty if view.hidden else cell)
        matrix.paint_names(canvas, view.names, view.heads)
        line = QRectF(matrix.cells.x(), 0, matrix.cells.width(), canvas.px(CAPTION))
        canvas.text(line, words.taken_by(view.judge), CENTRE, "muted")
        corner = QRectF(2, 0, canvas.px(80), canvas.px(CAPTION))
        canvas.text(corner, words.TRUE_BELOW, LEFT, "muted")
        if not view.hidden:
            self._paint_totals(canvas, view, matrix)
            self._paint_legend(canvas, view, matrix)

    def _paint_totals(self, canvas: Canvas, view: ConfusionView, matrix: Matrix) -> None:
        """At the ends of rows and columns."""
        for row, total in enumerate(view.counts.sum(axis=1).tolist()):
            self._paint_total(canvas, matrix.place(row, matrix.columns), total)
        if self._totals_fit:
            for column, total in enumerate(view.counts.sum(axis=0).tolist()):
                self._paint_total(canvas, matrix.place(matrix.rows, column), total)
            corner = matrix.place(matrix.rows, matrix.columns)
            canvas.text(corner, number(view.counts.sum()), ink="muted", bold=True)
        canvas.text(matrix.place(None, matrix.columns), words.TOTALS, ink="muted")

    def _paint_total(self, canvas: Canvas, place: QRectF, total: int) -> None:
        canvas.text(place.adjusted(2, 0, -2, 0), number(total), ink="muted")

    def _fill(self, value: float, most: float) -> QColor:
        """The colour of a cell off the diagonal."""
        amount = (value / most) ** EMPHASIS if most else 0.0
        ends = self.theme.colour("background"), self.theme.colour("wrong")
        return clear_fill(*ends, amount, self._inks)

    @property
    def _inks(self) -> tuple[QColor, QColor]:
        """The two colours of text."""
        return self.theme.colour("text"), self.theme.colour("on_accent")

    def _ink(self, fill: QColor) -> QColor:
        """The one of them that stands out more."""
        return self._inks[readable(fill, self._inks)]

    def _paint_legend(self, canvas: Canvas, view: ConfusionView, matrix: Matrix) -> None:
        """What the colours mean; the diagonal has none."""
        px, below = canvas.px, matrix.place(matrix.rows, 0).bottom()
        line = QRectF(2, below, matrix.cells.right() + matrix.after[0], px(LEGEND))
        side = px(16)
        box = QRectF(line.x() + 2, line.center().y() - side / 2, side, side)
        canvas.box(box, edge="right", width=2)
        beside = QRectF(box.right() + px(7), line.y(), px(60), line.height())
        canvas.text(beside, words.RIGHT, LEFT, "muted")
        start = beside.right() + px(14)
        canvas.text(QRectF(start, line.y(), px(16), line.height()), number(0), LEFT, "muted")
        bar = QRectF(start + px(18), box.y(), px(110), side)
        shades = QLinearGradient(bar.topLeft(), QPointF(bar.right(), bar.y()))
        for tenth in range(11):
            shades.setColorAt(tenth / 10, self._fill(tenth, 10.0))
        canvas.fillRect(bar, shades)
        canvas.box(bar, edge="muted")
        rest = QRectF(bar.right() + px(8), line.y(), 0, line.height())
        rest.setRight(line.right())
        canvas.text(rest, words.end_of_scale(view.most, view.rates), LEFT, "muted")

    # ---- keys ------------------------------------------------------------------------

    def step(self, across: int, down: int) -> bool:
        """To the next cell or name."""
        self.move_to(self._beside(across, down))
        return True

    def _beside(self, across: int, down: int) -> Place:
        """The next cell or name in a direction."""
        at: Any = self.view.selected if self.at is None else self.at
        row, column = (
            min(limit - 1, max(-1, (-1 if part is None else part) + by))
            for part, by, limit in zip(at, (down, across), self.view.counts.shape, strict=True)
        )
        return None if row < 0 else row, None if column < 0 else column

    def add(self, place: Place) -> None:
        """Selects a cell besides what is selected, or no longer."""
        if None not in place:
            self.at = place
            self.added.emit(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = None if self.view is None else self.region_at(event.position())
        besides = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if besides and event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.add(found.key)
        else:
            super().mousePressEvent(event)

    def press(self, point: QPointF) -> None:
        """A click on what is selected selects everything."""
        found = self.region_at(point)
        if found is not None and found.key == self.view.selected:
            self.choose((None, None))
        else:
            super().press(point)

    def key(self, event: QKeyEvent) -> bool:
        besides = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Home:
            self.move_to((None, None))
        elif event.key() == Qt.Key.Key_Space and self.at is not None:
            self.add(self.at)
        elif besides and Qt.Key(event.key()) in MOVES:
            self.at = self._beside(*MOVES[Qt.Key(event.key())])
            self.update()
        elif event.key() in ENTER:
            self.choose(self.view.selected)
            self.opened.emit()
        else:
            return False
        return True

    def least_size(self, view: ConfusionView | None) -> tuple[float, float]:
        wordy, (width, height) = False, SMALLEST_CELL
        rows, columns = DIGITS
        if view is not None:
            wordy, (rows, columns) = are_words(view.names, self.theme), view.counts.shape
        return (
            SIDE[wordy] + width * columns + TOTAL,
            CAPTION + HEAD[wordy] + height * rows + LEGEND,
        )
