"""A table: a line of headings and rows of cells, each cell anything that can paint itself.

A table of numbers, designs, results or ways is a view: columns, rows and what is selected.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QKeyEvent

from nnviz.ui.kit.canvas import LEFT, RIGHT, Align, Canvas, Ink
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.words import lines_now, said_now, tr

HEADING_LINE = 26
"""Height of one line of the headings."""
RADIUS, STRIPE = 5, 6


class Cell(Protocol):
    """What stands in one place of a row."""

    def paint(self, canvas: Canvas, place: QRectF) -> None: ...


@dataclass(frozen=True)
class Words:
    """One line, or several below each other."""

    text: str | tuple[str, ...]
    align: Align = LEFT
    ink: Ink = "text"
    size: float = TEXT
    bold: bool = False

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        lines = (self.text,) if isinstance(self.text, str) else self.text
        canvas.lines(place, lines, self.align, self.ink, self.size, self.bold)

    @property
    def said(self) -> str:
        """In a table of texts."""
        return self.text if isinstance(self.text, str) else " ".join(self.text)


def number_cell(text: str, bold: bool = False, ink: Ink = "text") -> Words:
    """A number, at the right end of its place."""
    return Words(text, RIGHT, ink, bold=bold)


@dataclass(frozen=True)
class BarCell:
    """A bar, and a mark on its track where it is to be compared with something."""

    share: float
    ink: Ink = "muted"
    goal: float | None = None
    height: float = 14

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        high = min(place.height(), canvas.px(self.height))
        track = QRectF(place.x(), place.center().y() - high / 2, place.width(), high)
        canvas.bar(track, self.share, self.ink)
        if self.goal is not None:
            x = track.x() + track.width() * self.goal
            over = canvas.px(4)
            canvas.line(QPointF(x, track.y() - over), QPointF(x, track.bottom() + over), "focus", 3)

    @property
    def said(self) -> float:
        """As `said` of Words."""
        return self.share


@dataclass(frozen=True)
class MarkCell:
    """A tick or a cross."""

    right: bool

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        canvas.mark(place, self.right)

    @property
    def said(self) -> str:
        """As `said` of Words."""
        return tr("right") if self.right else tr("wrong")


@dataclass(frozen=True, eq=False)
class ImageCell:
    """An image as large as the place allows."""

    image: QImage

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        side = min(place.width(), place.height())
        where = QRectF(place.x(), place.center().y() - side / 2, side, side)
        canvas.image(where, self.image)


@dataclass(frozen=True)
class Column:
    """A heading and how much room its cells take."""

    heading: str | tuple[str, ...] = ""
    width: float = 60
    """On the design grid, at least."""
    stretch: float = 0
    """Its part of the room that is left."""
    align: Align = LEFT
    tip: str = ""
    key: Any = None
    """What a click on the heading tells; None: it does nothing."""
    head: Cell | None = None
    """What is painted in place of the heading's words."""
    cells: bool = False
    """Whether its cells are chosen by themselves: (key of the row, key of the column)."""
    moving: bool = False
    """Whether its cells are painted every time, and all else only when it has changed."""
    spare: bool = False
    """Whether it is left out where there is little room."""


@dataclass(frozen=True)
class Row:
    """One line of cells, in the order of the columns."""

    key: Any
    cells: tuple[Cell | None, ...]
    tip: str = ""
    words: str = ""
    """What is read out when the keys come to it."""
    frame: str = ""
    """solid, dashed, thin, focus, or none"""


@dataclass(frozen=True)
class TableView:
    """What a table shows."""

    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    selected: Any = None
    """The key of the row that is on screen elsewhere too."""
    sorted_by: Any = None
    """The key of the column that the rows are sorted by."""
    largest_first: bool = True
    words: str = ""
    """What the table says, as a sentence."""
    row_heights: tuple[float, float] = field(default=(28, 46))
    """Least and most, on the design grid."""
    gap: float = 8
    """Between columns."""
    boxed: bool = False
    """Whether rows stand out from the ground, and the selected one has a stripe at its edge."""
    space: bool = False
    """Whether the space bar chooses as Return does."""


class Table(Picture[TableView]):
    """Rows are chosen by a click or Return, headings too where they have a key."""

    id = "table"
    least = (180, 60)
    _laid: Any = None
    """What the places of the columns were found for."""
    _columns: Sequence[tuple[float, float]] = ()

    def heading_height(self, view: TableView) -> float:
        """In pixels."""
        lines = _most_lines(view)
        return self.px(HEADING_LINE * lines + 2) if lines else 0

    def row_place(self, row: int, view: TableView) -> QRectF:
        """The whole of a row."""
        top = self.heading_height(view)
        least, most = (self.px(each) for each in view.row_heights)
        height = max(least, min(most, (self.height() - top) / max(1, len(view.rows))))
        return QRectF(0, top + row * height, self.width(), height)

    def column_places(self, view: TableView) -> Sequence[tuple[float, float]]:
        """Left edge and width of each column; one that is left out has no width."""
        laid = (view.columns, view.gap, self.width(), self.theme.scale)
        if self._laid != laid:  # every cell asks
            self._laid, self._columns = laid, self._lay_columns(view)
        return self._columns

    def _lay_columns(self, view: TableView) -> list[tuple[float, float]]:
        gap = self.px(view.gap)
        widths = [float(self.px(each.width)) for each in view.columns]
        if sum(widths) + gap * (len(widths) + 1) > self.width():
            kept = zip(view.columns, widths, strict=True)
            widths = [0.0 if each.spare else width for each, width in kept]
        spare = self.width() - sum(widths) - gap * (len(widths) + 1)
        parts = sum(each.stretch for each, width in zip(view.columns, widths, strict=True) if width)
        places, x = [], float(gap if view.gap else 0)
        for column, width in zip(view.columns, widths, strict=True):
            if spare > 0 and parts and width:
                width += spare * column.stretch / parts
            elif spare < 0:
                width *= 1 + spare / max(1.0, sum(widths))
            places.append((x, width))
            x += width + gap
        return places

    def cell_place(self, row: int, column: int, view: TableView) -> QRectF:
        """The place of a cell; row -1 is the line of headings."""
        x, width = self.column_places(view)[column]
        if row < 0:
            return QRectF(x, 0, width, self.heading_height(view))
        line = self.row_place(row, view)
        return QRectF(x, line.y() + self.px(2), width, line.height() - 2 * self.px(2))

    def regions(self, view: TableView) -> Iterable[Region]:
        # rows first: there the keys begin
        alone = [number for number, column in enumerate(view.columns) if column.cells]
        for number, row in enumerate(view.rows):
            place = self.row_place(number, view)
            if alone:
                place.setRight(self.cell_place(number, alone[0], view).left())
            yield Region(row.key, place, row.tip, row.words)
            for each in alone:
                column = view.columns[each]
                cell = self.cell_place(number, each, view)
                yield Region((row.key, column.key), cell, column.tip, row.words)
        for number, column in enumerate(view.columns):
            if column.key is not None or column.tip:
                place = self.cell_place(-1, number, view)
                yield Region(column.key, place, column.tip, " ".join(_lines(column.heading)))

    def words(self, view: TableView) -> str:
        """If the table says nothing, what its selected row says."""
        rows = {row.key: row.words for row in view.rows}
        return view.words or rows.get(view.selected, "") or super().words(view)

    def table(self, view: TableView) -> Twin | None:
        """Its columns, without those whose cells are images; of rows without texts what they
        say."""
        cells = [[getattr(cell, "said", None) for cell in row.cells] for row in view.rows]
        told = [
            at
            for at, _ in enumerate(view.columns)
            if any(_at(row, at) not in (None, "") for row in cells)
        ]
        if not told:
            return super().table(view)
        headings = [" ".join(_lines(view.columns[at].heading)) for at in told]
        return twin_of(headings, ([_at(row, at) for at in told] for row in cells))

    def selected(self, view: TableView) -> Any:
        return view.selected

    def choose(self, key: Any) -> None:
        if key is not None:
            super().choose(key)

    def key(self, event: QKeyEvent) -> bool:
        here = self.here
        if self.view.space and event.key() == Qt.Key.Key_Space and here is not None:
            self.choose(here.key)
            return True
        return False

    def paint(self, canvas: Canvas, view: TableView) -> None:
        moving = [number for number, column in enumerate(view.columns) if column.moving]
        if not moving:
            self.still(canvas, view, lambda once: self._paint_all(once, view))
            return
        rest = tuple(
            replace(
                row,
                cells=tuple(
                    None if number in moving else cell for number, cell in enumerate(row.cells)
                ),
            )
            for row in view.rows
        )
        quiet = replace(view, rows=rest)
        self.still(canvas, quiet, lambda once: self._paint_all(once, quiet))
        for number, row in enumerate(view.rows):
            for column in moving:
                self._paint_cell(canvas, number, column, row, view)

    def _paint_all(self, canvas: Canvas, view: TableView) -> None:
        self._paint_headings(canvas, view)
        for number, row in enumerate(view.rows):
            self._paint_row(canvas, number, row, view)

    def _paint_cell(
        self, canvas: Canvas, number: int, column: int, row: Row, view: TableView
    ) -> None:
        cell = row.cells[column] if column < len(row.cells) else None
        place = self.cell_place(number, column, view)
        if cell is not None and place.width() > 0:
            cell.paint(canvas, place)

    def _paint_headings(self, canvas: Canvas, view: TableView) -> None:
        for number, column in enumerate(view.columns):
            place = self.cell_place(-1, number, view)
            if column.head is not None and place.width() > 0:
                column.head.paint(canvas, place)
            if column.head is not None or place.width() <= 0:
                continue
            sorts = column.key is not None and column.key == view.sorted_by
            if sorts:
                self._paint_order(canvas, place, view.largest_first)
                place.setRight(place.right() - self.px(16))
            lines = _lines(column.heading)
            height = self.px(HEADING_LINE) * len(lines)
            place.setTop(place.bottom() - height)
            canvas.lines(place, lines, column.align, "text" if sorts else "muted")

    def _paint_order(self, canvas: Canvas, place: QRectF, largest_first: bool) -> None:
        """The triangle of the column that the rows are sorted by."""
        size, sign = self.px(6), 1 if largest_first else -1
        x, y = place.right() - size, place.bottom() - self.px(HEADING_LINE) / 2
        corners = ((x - size, y - sign * size / 2), (x + size, y - sign * size / 2))
        canvas.polygon(
            [*(QPointF(*each) for each in corners), QPointF(x, y + sign * size / 2)], fill="text"
        )

    def _paint_row(self, canvas: Canvas, number: int, row: Row, view: TableView) -> None:
        place = self.row_place(number, view).adjusted(2, 1.5, -2, -1.5)
        if view.boxed:
            place.adjust(-2, -0.5, 2, 0.5)
        strong = row.key == view.selected
        rest = "background" if view.boxed else "panel"
        canvas.box(place, "raised" if strong else rest, radius=RADIUS)
        if strong and view.boxed:
            stripe = QRectF(place.x(), place.y(), self.px(STRIPE), place.height())
            canvas.box(stripe, "focus")
        for column in range(len(row.cells)):
            self._paint_cell(canvas, number, column, row, view)
        if row.frame:
            thin = row.frame in ("dashed", "thin")
            canvas.box(
                place,
                edge={"focus": "focus", "thin": "muted"}.get(row.frame, "text"),
                width=2 if thin else 3,
                radius=RADIUS,
                dashes=(4, 3) if row.frame == "dashed" else (),
            )

    def least_size(self, view: TableView | None) -> tuple[float, float]:
        if view is None:
            return self.least
        lines = _most_lines(view)
        kept = [each for each in view.columns if not each.spare]
        width = sum(each.width + view.gap for each in kept) + view.gap
        return width, HEADING_LINE * lines + 2 + view.row_heights[0] * max(1, len(view.rows))


def _at(row: Sequence[Any], place: int) -> Any:
    """A value of a row that may end early."""
    return row[place] if place < len(row) else None


def _most_lines(view: TableView) -> int:
    """Of its headings; as many whatever they are said of."""
    headings = (each.heading for each in view.columns)
    return max((bool(each) if isinstance(each, str) else len(each) for each in headings), default=0)


def _lines(heading: str | Sequence[str]) -> tuple[str, ...]:
    """The lines of a heading, as they are said now."""
    if isinstance(heading, str):
        return (said_now(heading),) if heading else ()
    return tuple(lines_now(heading)) if heading else ()
