"""How every reader takes every kind of strange images: readers as rows, kinds as columns."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage

from nnviz.ui.draw import asked_words as words
from nnviz.ui.draw.morph_lanes import NAMES, paint_name
from nnviz.ui.kit.canvas import RIGHT, Canvas, mixed
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import TEXT

ANSWERS, EXAMPLE, HEADER = 132, 36, 62
"""Sizes on the design grid: the column of answers, an example, the header."""
ROW, COLUMN = 25, 42
"""Least sizes of a cell on the design grid."""
NUMERAL = 28
ON_LIGHT, ON_DARK = QColor("#101317"), QColor("#FFFFFF")
Place = tuple[str, str]
"""Ids of a row ("": the headings) and a column ("": the names)."""


@dataclass(frozen=True)
class StrangeColumn:
    """One kind of images."""

    id: str
    words: str
    example: QImage


@dataclass(frozen=True)
class StrangeCell:
    """One number."""

    words: str
    amount: float
    """0..1: how much of the colour it has."""
    good: bool
    """Whether a large number is as it should be."""


@dataclass(frozen=True)
class StrangeRow:
    """One reader."""

    id: str
    name: str
    answer: str
    """What it says of the specimen on screen; empty for no digit."""
    support: str
    sure: bool
    cells: tuple[StrangeCell | None, ...]
    """One for each column; None until it is known."""
    shown: bool
    """Whether it is the design on screen."""
    apart: bool
    """Whether a line sets it apart from the rows above."""


@dataclass(frozen=True)
class StrangeTableView:
    """All that the table shows."""

    columns: tuple[StrangeColumn, ...] = ()
    rows: tuple[StrangeRow, ...] = ()
    selected: Place = ("", "")
    """The row ("": none) and the column that are listed."""
    words: str = ""
    """What it says, as sentences."""


class StrangeTable(Picture[StrangeTableView]):
    """A number in each cell; tells the Place that is chosen."""

    id = "strange-table"
    title = words.STRANGE_TABLE
    tip = words.STRANGE_TIP

    def words(self, view: StrangeTableView) -> str:
        return view.words

    def selected(self, view: StrangeTableView) -> Place:
        return view.selected

    # ---- geometry --------------------------------------------------------------------

    def line(self, row: int) -> QRectF:
        """The place of a row; -1 is the header."""
        px = self.px
        if row < 0:
            return QRectF(0, 0, self.width(), px(HEADER))
        height = (self.height() - px(HEADER)) / max(1, len(self.view.rows))
        return QRectF(0, px(HEADER) + row * height, self.width(), height - px(2))

    def cell(self, row: int, column: int) -> QRectF:
        """The place of a cell."""
        px, line = self.px, self.line(row)
        left = px(NAMES + ANSWERS)
        width = (self.width() - left) / max(1, len(self.view.columns))
        gap = px(2)
        place = QRectF(left + column * width, line.y(), width, line.height())
        return place.adjusted(gap, 0, -gap, 0)

    def regions(self, view: StrangeTableView) -> Iterable[Region]:
        heads = [("", "")] if view.columns else []
        for number, (id, name) in enumerate([*heads, *((row.id, row.name) for row in view.rows)]):
            row = number - 1
            names = self.line(row)
            names.setRight(self.px(NAMES + ANSWERS))
            if id:
                yield Region((id, ""), names, words=name)
            for place, column in enumerate(view.columns):
                cell = view.rows[row].cells[place] if id else None
                said = (name, column.words, cell.words if cell is not None else "")
                yield Region(
                    (id, column.id), self.cell(row, place), words=" ".join(filter(None, said))
                )

    def least_size(self, view: StrangeTableView | None) -> tuple[float, float]:
        columns, rows = (0, 0) if view is None else (len(view.columns), len(view.rows))
        return NAMES + ANSWERS + max(1, columns) * COLUMN, HEADER + max(1, rows) * ROW

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: StrangeTableView) -> None:
        self.still(canvas, view, lambda once: self._paint_all(once, view))

    def _paint_all(self, canvas: Canvas, view: StrangeTableView) -> None:
        self._paint_header(canvas, view)
        for number, row in enumerate(view.rows):
            self._paint_row(canvas, number, row)
            for column, cell in enumerate(row.cells):
                _paint_cell(canvas, self.cell(number, column), cell)
        chosen = self.region(view.selected)
        if chosen is not None and view.selected[0]:
            canvas.ring(chosen.place, radius=4)

    def _paint_header(self, canvas: Canvas, view: StrangeTableView) -> None:
        px = self.px
        line = QRectF(px(NAMES), 0, px(ANSWERS - 8), px(EXAMPLE))
        canvas.text(line, words.THIS_IMAGE, ink="muted")
        line = QRectF(line.x(), px(EXAMPLE), line.width(), px(HEADER - EXAMPLE))
        canvas.text(line, words.ANSWER_OUTPUT, ink="muted")
        for number, column in enumerate(view.columns):
            cell, chosen = self.cell(-1, number), column.id == view.selected[1]
            side = px(EXAMPLE - 2)
            example = QRectF(cell.center().x() - side / 2, 0, side, side)
            canvas.image(example, column.example, edge="")
            canvas.box(example.adjusted(1, 1, -1, -1), edge="focus" if chosen else "line", width=2)
            below = QRectF(cell.x(), px(EXAMPLE), cell.width(), px(HEADER - EXAMPLE))
            canvas.text(below, column.words, ink="text" if chosen else "muted", bold=chosen)

    def _paint_row(self, canvas: Canvas, number: int, row: StrangeRow) -> None:
        """The name of a reader, and what it says of the image on screen."""
        px, line = self.px, self.line(number)
        if row.apart:
            above = QPointF(0, line.y() - px(1))
            canvas.line(above, above + QPointF(line.width(), 0), "muted", 2)
        paint_name(canvas, line, row.name, row.shown, row.shown or row.apart)
        chip = QRectF(px(NAMES), line.y() + px(1), px(46), line.height() - px(2))
        canvas.box(chip, "background", "wrong" if row.sure else "line", 2, radius=5)
        ink = "text" if row.answer else "muted"
        canvas.text(chip, row.answer or "–", ink=ink, size=NUMERAL - 4, bold=True)
        support = QRectF(chip.right(), line.y(), px(ANSWERS - 60), line.height())
        canvas.text(support, row.support, RIGHT, size=TEXT + 2)


def _paint_cell(canvas: Canvas, place: QRectF, cell: StrangeCell | None) -> None:
    if cell is None:
        canvas.box(place, "background", radius=4)
        canvas.text(place, "…", ink="muted", size=NUMERAL)
        return
    towards = canvas.ink("right" if cell.good else "wrong")
    fill = mixed(canvas.ink("background"), towards, 0.75 * min(1.0, max(0.0, cell.amount)))
    canvas.box(place, fill, radius=4)
    ink = ON_LIGHT if fill.lightnessF() > 0.5 else ON_DARK
    size = NUMERAL if cell.words.isdigit() else NUMERAL - 6  # letters reach below the line
    canvas.text(place, cell.words, ink=ink, size=size, bold=True)
