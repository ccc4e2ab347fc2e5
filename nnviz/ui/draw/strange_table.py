"""How every reader takes every kind of strange images: readers as rows, kinds as columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage

from nnviz.ui.draw import asked_words as words
from nnviz.ui.draw.morph_lanes import NAMES, least_line, names_of, paint_name
from nnviz.ui.kit.canvas import RIGHT, Canvas
from nnviz.ui.kit.contrast import clear_fill, readable
from nnviz.ui.kit.fitted_text import SMALLEST, fits
from nnviz.ui.kit.table import Column, Row, TableView
from nnviz.ui.kit.theme import TEXT

ANSWERS, COLUMN, GAP = 134, 46, 4
"""Widths on the design grid: of the answers, of a kind at least, and between columns."""
HEADING = 26
"""Height of the words of a heading."""
NUMERAL = 28
ON_LIGHT, ON_DARK = QColor("#101317"), QColor("#FFFFFF")
Place = tuple[str, str]
"""A reader ("": none) and a kind."""


@dataclass(frozen=True)
class StrangeColumn:
    """One kind of images; the heading of its column."""

    id: str
    words: str
    example: QImage
    chosen: bool
    """Whether it is the kind that is listed."""

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        side = place.height() - canvas.px(HEADING)
        example = QRectF(place.center().x() - side / 2, place.y(), side, side)
        canvas.image(example, self.example, edge="")
        edge, ink = ("text", "text") if self.chosen else ("line", "muted")
        canvas.box(example.adjusted(1, 1, -1, -1), edge=edge, width=3 if self.chosen else 2)
        below = place.adjusted(0, side, 0, 0)
        if fits(self.words, below.width(), canvas.theme, SMALLEST, self.chosen):
            canvas.text(below, self.words, ink=ink, size=TEXT, bold=self.chosen)


@dataclass(frozen=True)
class StrangeCell:
    """One number."""

    words: str
    amount: float
    """0..1: how much of the colour it has."""
    good: bool
    """Whether a large number is as it should be."""
    chosen: bool = False
    """Whether it is what is listed."""
    short: str = ""
    """The same where there is little room."""

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        towards = canvas.ink("right" if self.good else "wrong")
        amount = 0.75 * min(1.0, max(0.0, self.amount))
        fill = clear_fill(canvas.ink("background"), towards, amount, (ON_LIGHT, ON_DARK))
        canvas.box(place, fill, radius=4)
        ink = (ON_LIGHT, ON_DARK)[readable(fill, (ON_LIGHT, ON_DARK))]
        size = min(NUMERAL - 2, place.height() / canvas.theme.scale * 0.8)
        shown = self.words
        if self.short and not fits(shown, place.width(), canvas.theme, SMALLEST, True):
            shown = self.short
        canvas.text(place, shown, ink=ink, size=max(TEXT, size), bold=True)
        if self.chosen:
            canvas.box(place, edge="text", width=3, radius=4)


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
    """Whether it is on screen."""
    apart: bool
    """Whether a line sets it apart from the rows above."""
    own: str = ""
    """What tells it from others of its design, where there are several."""


def strange_table(
    columns: Sequence[StrangeColumn], rows: Sequence[StrangeRow], chosen: Place, told: str
) -> TableView:
    """Tells a reader, a kind, or both as a Place."""
    kinds = (
        Column(("", each.words), COLUMN, 1, key=each.id, head=each, cells=True) for each in columns
    )
    answers = Column(("", ""), ANSWERS, head=_Headings())
    lines = tuple(
        Row(
            row.id,
            (_Name(row), _Answer(row), *(cell or _Unknown() for cell in row.cells)),
            words=row.name,
        )
        for row in rows
    )
    return TableView(
        (Column("", NAMES + GAP), answers, *kinds),
        lines,
        chosen if chosen[0] else chosen[1],
        words=told,
        row_heights=(least_line((row.own for row in rows), 24), 1000),
        gap=GAP,
    )


@dataclass(frozen=True)
class _Headings:
    """Over what is said of the image on screen."""

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        canvas.lines(place, (words.THIS_IMAGE, words.ANSWER_OUTPUT), ink="muted")


@dataclass(frozen=True)
class _Name:
    row: StrangeRow

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        row, line = self.row, QRectF(0, place.y(), place.right(), place.height())
        if row.apart:
            above = place.y() - canvas.px(2)
            end = QPointF(canvas.window().width(), above)
            canvas.line(QPointF(0, above), end, "muted", 2)
        names = names_of(row.id, row.name, row.own)
        paint_name(canvas, line, names, row.shown, row.shown or row.apart)


@dataclass(frozen=True)
class _Answer:
    """What is said of the image on screen, and how strongly."""

    row: StrangeRow

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        row, chip = self.row, QRectF(place)
        chip.setWidth(canvas.px(46))
        canvas.box(chip, "background", "wrong" if row.sure else "line", 2, radius=5)
        ink = "text" if row.answer else "muted"
        canvas.text(chip, row.answer or "–", ink=ink, size=NUMERAL - 4, bold=True)
        support = place.adjusted(chip.width(), 0, -canvas.px(8), 0)
        canvas.text(support, row.support, RIGHT, size=TEXT + 2)


@dataclass(frozen=True)
class _Unknown:
    """A number that is still asked for."""

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        canvas.box(place, "background", radius=4)
        canvas.text(place, "…", ink="muted", size=NUMERAL)
