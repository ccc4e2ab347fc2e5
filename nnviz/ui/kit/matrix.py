"""A matrix with the names of its rows and columns: where everything lies, and how names look.

A picture paints the cells themselves; what it shows besides (totals, marks, a caption) has the
room that it leaves around the cells.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from nnviz.ui.kit.canvas import CENTRE, LEFT, RIGHT, Canvas, Ink
from nnviz.ui.kit.fitted_text import are_words
from nnviz.ui.kit.picture import Region
from nnviz.ui.kit.theme import TEXT, Theme

Place = tuple[int | None, int | None]
"""Row and column; None is a heading: (3, None) is the name of row 3, or all of it."""
NAME = TEXT + 4
"""Size of a name that stands like a digit."""


@dataclass(frozen=True)
class Matrix:
    """Rows and columns in pixels."""

    cells: QRectF
    """All of them together."""
    rows: int
    columns: int
    side: float
    """Width of the names of the rows, left of the cells."""
    head: float
    """Height of the names of the columns, above the cells."""
    after: tuple[float, float] = (0, 0)
    """Width and height of one more column and row, such as of totals."""
    turned: bool = False
    """Whether the names of the columns stand on their end."""

    def place(self, row: int | None, column: int | None) -> QRectF:
        """A cell; None is a name, and `rows` and `columns` are one more row and column."""
        width, height = self.cells.width() / self.columns, self.cells.height() / self.rows
        x, across = self.cells.x(), width
        if column is None:
            x, across = x - self.side, self.side
        else:
            x += column * width
            across = self.after[0] if column == self.columns else width
        y, down = self.cells.y(), height
        if row is None:
            y, down = y - self.head, self.head
        else:
            y += row * height
            down = self.after[1] if row == self.rows else height
        return QRectF(x, y, across, down)

    def whole(self, row: int | None, column: int | None) -> QRectF:
        """A cell, or a row or column with its name and what comes after it; nothing for both."""
        if row is None and column is None:
            return QRectF()
        if row is not None and column is not None:
            return self.place(row, column)
        if column is None:
            last = self.columns if self.after[0] else self.columns - 1
            return self.place(row, None).united(self.place(row, last))
        last = self.rows if self.after[1] else self.rows - 1
        return self.place(None, column).united(self.place(last, column))

    def at(self, point: QPointF) -> Place | None:
        """The cell or name under a point; what comes after belongs to its row and column."""
        outer = self.cells.adjusted(-self.side, -self.head, *self.after)
        if not outer.contains(point):
            return None
        column = int((point.x() - self.cells.x()) // (self.cells.width() / self.columns))
        row = int((point.y() - self.cells.y()) // (self.cells.height() / self.rows))
        return (
            row if 0 <= row < self.rows else None,
            column if 0 <= column < self.columns else None,
        )

    def regions(
        self,
        tip: Callable[[int, int], str] | None = None,
        words: Callable[[int, int], str] | None = None,
        skip: Callable[[int, int], bool] | None = None,
    ) -> Iterable[Region]:
        """Every cell, row by row, with (row, column) as its key, but for those to skip."""
        for row in range(self.rows):
            for column in range(self.columns):
                if skip is None or not skip(row, column):
                    yield Region(
                        (row, column),
                        self.place(row, column),
                        tip(row, column) if tip is not None else "",
                        words(row, column) if words is not None else "",
                    )

    def paint_names(self, canvas: Canvas, rows: Sequence[str], columns: Sequence[str]) -> None:
        """The names of rows and columns."""
        for row, name in enumerate(rows):
            place = self.place(row, None).adjusted(2, 0, -canvas.px(6), 0)
            canvas.text(place, name, RIGHT if self.turned else CENTRE, size=NAME, bold=True)
        for column, name in enumerate(columns):
            place = self.place(None, column)
            if self.turned:
                paint_turned(canvas, place, name)
            else:
                canvas.text(place, name, size=NAME if len(name) < 3 else TEXT, bold=True)

    def paint_cells(self, canvas: Canvas, paint: Callable[[QRectF, int, int], None]) -> None:
        """Has every cell painted: its place, row and column."""
        for row in range(self.rows):
            for column in range(self.columns):
                paint(self.place(row, column), row, column)


def paint_turned(canvas: Canvas, place: QRectF, words: str, ink: Ink = "text") -> None:
    """A line that is read from below, beginning at the lower end of its place."""
    canvas.save()
    canvas.translate(place.center().x(), place.bottom() - canvas.px(3))
    canvas.rotate(-90)
    canvas.text(QRectF(0, -place.width() / 2, place.height(), place.width()), words, LEFT, ink)
    canvas.restore()


def matrix_in(
    room: QRectF,
    theme: Theme,
    shape: tuple[int, int],
    names: Sequence[str],
    *,
    side: tuple[float, float],
    head: tuple[float, float],
    after: tuple[float, float] = (0, 0),
    tallest: float = 88,
    widest: float = 2.6,
) -> Matrix:
    """A matrix of so many rows and columns, as large as the room, its cells not much wider than
    high and of whole pixels.

    Width of the names of rows (`side`) and height of those of columns (`head`) are given on the
    design grid, for names that stand like a digit and for those that are words; so are `after`
    and the greatest height of a cell. An `after` of -1 is as wide or high as a cell.
    """
    (rows, columns), words = shape, are_words(names, theme)
    beside, above = theme.px(side[words]), theme.px(head[words])
    like_cells = [each < 0 for each in after]
    right, below = (theme.px(each) if each > 0 else 0 for each in after)
    height = (room.height() - above - below) / (rows + like_cells[1])
    down = int(max(8, min(height, theme.px(tallest))))
    width = (room.width() - beside - right) / (columns + like_cells[0])
    across = int(max(8, min(width, down * widest)))
    return Matrix(
        QRectF(room.x() + beside, room.y() + above, across * columns, down * rows),
        rows,
        columns,
        beside,
        above,
        (across if like_cells[0] else right, down if like_cells[1] else below),
        words,
    )
