"""What a matrix of votes shows, and where its cells, names and marks lie."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF

from nnviz.ui.kit.fitted_text import are_words
from nnviz.ui.kit.theme import Theme

Doubles = NDArray[np.float64]
Bools = NDArray[np.bool_]
Indices = NDArray[np.intp]
Pair = tuple[int, int]

CAPTION = 30
HEAD, WORDS_HEAD = 32, 96
"""Height of the names of the columns; names that are words stand upright on their end."""
SIDE, WORDS_SIDE = 36, 116
"""Width of the names of the rows."""
MARK = 24
LARGEST = 84
"""Side of a cell, where there are few."""
WIDEST = 1.5
"""How much wider than high a cell gets."""


@dataclass(frozen=True, eq=False)
class MatrixView:
    """What the matrix shows."""

    beats: Doubles
    """(classes, classes): r_ij, 0..1, for the row against the column"""
    names: tuple[str, ...]
    shown: Bools
    """(classes, classes): cells with a number; the others are still to come or never asked"""
    turns: Indices
    """(classes, classes): number to show in the mirror cell of a duel; 0 for none"""
    now: int | None
    """The column that is being counted."""
    first: int | None
    """The row with the thick frame."""
    second: int | None
    """The row with the dashed frame."""
    marks: tuple[bool | None, ...]
    """For each row a tick, a cross or nothing."""
    selected: Pair
    caption: str


@dataclass(frozen=True)
class MatrixLayout:
    """A square matrix in pixels."""

    classes: int
    caption: QRectF
    cells: QRectF
    """All cells together."""
    head: float
    """Height of the column names above the cells."""
    side: float
    """Width of the row names left of the cells."""
    mark_side: float
    upright: bool
    """Whether column names are short enough to be read without turning the head."""
    gap: float
    gaps: list[QLineF]
    """Lines between and around the cells."""

    @property
    def cell_width(self) -> float:
        return self.cells.width() / self.classes

    @property
    def cell_height(self) -> float:
        return self.cells.height() / self.classes

    def cell(self, row: int, column: int) -> QRectF:
        width, height = self.cell_width, self.cell_height
        return QRectF(self.cells.x() + column * width, self.cells.y() + row * height, width, height)

    @cached_property
    def outlines(self) -> list[QRectF]:
        """Inside of every cell, row after row, where a line round it stands free of the gaps."""
        inset = self.gap / 2 + 1
        each = range(self.classes)
        return [
            self.cell(row, column).adjusted(inset, inset, -inset, -inset)
            for row in each
            for column in each
        ]

    @cached_property
    def centres(self) -> list[QPointF]:
        """Of every cell, row after row."""
        return [outline.center() for outline in self.outlines]

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        if not self.cells.contains(point):
            return None
        row = int((point.y() - self.cells.y()) / self.cell_height)
        column = int((point.x() - self.cells.x()) / self.cell_width)
        return min(row, self.classes - 1), min(column, self.classes - 1)

    def row(self, row: int) -> QRectF:
        """A whole row with its name."""
        return self.row_name(row).united(self.cell(row, self.classes - 1)).adjusted(0, 1, 0, -1)

    def row_name(self, row: int) -> QRectF:
        first = self.cell(row, 0)
        return QRectF(first.x() - self.side, first.y(), self.side, first.height())

    def mark(self, row: int) -> QRectF:
        """Left of the name of a row."""
        name = self.row_name(row)
        return QRectF(name.x() - self.mark_side, name.y(), self.mark_side, name.height())

    def column(self, column: int) -> QRectF:
        """A whole column with its name."""
        return self.column_name(column).united(self.cell(self.classes - 1, column))

    def column_name(self, column: int) -> QRectF:
        first = self.cell(0, column)
        return QRectF(first.x(), first.y() - self.head, first.width(), self.head)


def lay_out(width: float, height: float, theme: Theme, names: tuple[str, ...]) -> MatrixLayout:
    """A matrix as large as the room, its cells not much wider than high."""
    classes, words = len(names), are_words(names, theme)
    head = theme.px(WORDS_HEAD if words else HEAD)
    side = theme.px(WORDS_SIDE if words else SIDE)
    mark, caption = theme.px(MARK), theme.px(CAPTION)
    edge = theme.px(3)
    cell_height = min((height - caption - head - edge) / classes, theme.px(LARGEST))
    cell_width = min((width - side - mark - edge) / classes, cell_height * WIDEST)
    # whole pixels, so that all cells of the scaled image have one size
    cell_width, cell_height = max(8, int(cell_width)), max(8, int(cell_height))
    cells = QRectF(mark + side, caption + head, cell_width * classes, cell_height * classes)
    gaps = [
        line
        for place in range(classes + 1)
        for line in (
            QLineF(
                cells.x() + place * cell_width,
                cells.y(),
                cells.x() + place * cell_width,
                cells.bottom(),
            ),
            QLineF(
                cells.x(),
                cells.y() + place * cell_height,
                cells.right(),
                cells.y() + place * cell_height,
            ),
        )
    ]
    return MatrixLayout(
        classes,
        QRectF(0, 0, max(cells.right(), width - edge), caption),
        cells,
        head,
        side,
        mark,
        not words,
        edge,
        gaps,
    )
