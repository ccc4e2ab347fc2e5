"""What a confusion matrix shows, and where its cells, headings and totals lie."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from nnviz.ui.kit.fitted_text import are_words
from nnviz.ui.kit.theme import Theme

Counts = NDArray[np.intp]
Place = tuple[int | None, int | None]
"""Row and column; None is a heading: (3, None) is the whole row of class 3."""

CAPTION = 26
HEAD, WORDS_HEAD = 30, 92
SIDE, WORDS_SIDE = 34, 108
TOTAL = 64
LEGEND = 30
GAP = 2
LARGEST = 88
"""Height of a cell, where there are few."""
WIDEST = 2.6
"""How much wider than high a cell gets."""
SMALLEST_CELL = 47, 21


@dataclass(frozen=True, eq=False)
class ConfusionView:
    """What the matrix shows."""

    counts: Counts
    """(classes, columns): digits of the row's class read as the column's"""
    names: tuple[str, ...]
    """Of the classes; a last column beyond them is *not a digit*"""
    rates: bool
    """Percent of the row instead of counts"""
    selected: Place
    """(None, None): everything"""
    judge: str
    """Whose answers are counted"""

    @property
    def heads(self) -> tuple[str, ...]:
        """Of the columns."""
        return (*self.names, "none")[: self.counts.shape[1]]

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
    def wrong(self) -> Counts:
        """The counts with nothing on the diagonal."""
        found = self.counts.copy()
        np.fill_diagonal(found, 0)
        return found


@dataclass(frozen=True)
class ConfusionLayout:
    """A matrix in pixels, with headings above and left of it and totals right and below."""

    cells: QRectF
    """All cells together"""
    rows: int
    columns: int
    head: float
    """Height of the column headings"""
    side: float
    """Width of the row headings"""
    total: float
    """Width of the totals of the rows"""
    caption: float
    """Height of the line above the column headings"""
    upright: bool
    """Whether column headings are short enough to be read without turning the head"""

    def place(self, row: int | None, column: int | None) -> QRectF:
        """A cell; None is a heading, and `rows` and `columns` are the totals."""
        width, height = self.cells.width() / self.columns, self.cells.height() / self.rows
        x, across = self.cells.x(), width
        if column is None:
            x, across = x - self.side, self.side
        else:
            x += column * width
            across = self.total if column == self.columns else width
        y, down = self.cells.y(), height
        if row is None:
            y, down = y - self.head, self.head
        else:
            y += row * height
        return QRectF(x, y, across, down)

    def marked(self, selected: Place) -> QRectF:
        """The frame of what is selected: a cell, or a row or column with its heading."""
        row, column = selected
        if row is None and column is None:
            return QRectF()
        if column is None:
            return self.place(row, None).united(self.place(row, self.columns))
        if row is None:
            return self.place(None, column).united(self.place(self.rows, column))
        return self.place(row, column)

    def at(self, point: QPointF) -> Place | None:
        """The cell or heading under a point; totals belong to their row and column."""
        left, top = self.cells.x(), self.cells.y()
        column = int((point.x() - left) // (self.cells.width() / self.columns))
        row = int((point.y() - top) // (self.cells.height() / self.rows))
        right = self.cells.right() + self.total
        if not (left - self.side <= point.x() < right and top - self.head <= point.y()):
            return None
        if row > self.rows:
            return None
        return (
            row if 0 <= row < self.rows else None,
            column if 0 <= column < self.columns else None,
        )


def least_size(theme: Theme, names: Sequence[str], columns: int) -> tuple[int, int]:
    """(width, height) below which the numbers no longer fit."""
    side, head = _headings(theme, names)
    width, height = SMALLEST_CELL
    return (
        side + theme.px(width) * columns + theme.px(TOTAL),
        theme.px(CAPTION) + head + theme.px(height) * (len(names) + 1) + theme.px(LEGEND),
    )


def lay_out(
    width: float, height: float, theme: Theme, names: Sequence[str], columns: int
) -> ConfusionLayout:
    """A matrix as large as the room, its cells not much wider than high."""
    rows, (side, head) = len(names), _headings(theme, names)
    caption, total = theme.px(CAPTION), theme.px(TOTAL)
    room = height - caption - head - theme.px(LEGEND)
    cell_height = int(max(8, min(room / (rows + 1), theme.px(LARGEST))))
    cell_width = int(max(8, min((width - side - total) / columns, cell_height * WIDEST)))
    return ConfusionLayout(
        QRectF(side, caption + head, cell_width * columns, cell_height * rows),
        rows,
        columns,
        head,
        side,
        total,
        caption,
        upright=not are_words(names, theme),
    )


def _headings(theme: Theme, names: Sequence[str]) -> tuple[int, int]:
    """(width of the row headings, height of the column headings)"""
    words = are_words(names, theme)
    return theme.px(WORDS_SIDE if words else SIDE), theme.px(WORDS_HEAD if words else HEAD)
