"""A matrix with the names of its rows and columns: where everything lies, and how names look.

A picture paints the cells themselves; what it shows besides (totals, marks, a caption) has the
room that it leaves around the cells.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from nnviz.ui.kit.canvas import CENTRE, LEFT, RIGHT, Align, Canvas, Ink
from nnviz.ui.kit.fitted_text import are_words
from nnviz.ui.kit.picture import Region
from nnviz.ui.kit.theme import TEXT, Theme

Place = tuple[int | None, int | None]
"""Row and column; None is a name: (3, None) is row 3 with its name, (None, None) everything."""
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

    def regions(
        self,
        words: Callable[[int | None, int | None], str] | None = None,
        *,
        skip: Callable[[int, int], bool] | None = None,
        names: bool = False,
    ) -> Iterable[Region]:
        """Every cell, row by row, with (row, column) as its key, but for those to skip; with
        `names` also whole rows and columns and the corner where the names meet, where None is
        that of a name. `words` are read out when the keys come to one."""
        none: tuple[int | None, ...] = (None,) if names else ()
        for row in (*none, *range(self.rows)):
            for column in (*none, *range(self.columns)):
                cell = row is not None and column is not None
                if cell and skip is not None and skip(row or 0, column or 0):
                    continue
                place = self.whole(row, column) if row != column else self.place(row, column)
                told = words(row, column) if words is not None else ""
                yield Region((row, column), place, words=told)

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

    def each_cell(self, do: Callable[[QRectF, int, int], None]) -> None:
        """Does something with each cell: its place, row and column."""
        for row in range(self.rows):
            for column in range(self.columns):
                do(self.place(row, column), row, column)


def paint_turned(
    canvas: Canvas, place: QRectF, words: str, align: Align = LEFT, ink: Ink = "text"
) -> None:
    """A line that is read from below; LEFT begins at the lower end of its place."""
    canvas.save()
    canvas.translate(place.center().x(), place.bottom() - canvas.px(3))
    canvas.rotate(-90)
    canvas.text(QRectF(0, -place.width() / 2, place.height(), place.width()), words, align, ink)
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
