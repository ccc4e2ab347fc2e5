"""Where many morphs turn, design by design: a histogram each, and how often else what happens."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from nnviz.questions.morphs import STEPS, Turns
from nnviz.ui.draw import asked_words as words
from nnviz.ui.draw.morph_lanes import NAMES, least_line, names_of, paint_axis
from nnviz.ui.kit.canvas import CENTRE, Canvas
from nnviz.ui.kit.table import Column, Row, TableView, Words
from nnviz.ui.kit.theme import TEXT
from nnviz.words import percent

NUMBER, LEAST = 84, 110
"""Widths on the design grid: of a column of numbers, and of a histogram at least."""
BINS = 25


@dataclass(frozen=True)
class TurnRow:
    """One design."""

    id: str
    name: str
    turns: Turns
    shown: bool
    """Whether it is what the baseline is compared with."""
    baseline: bool
    own: str = ""
    """What tells it from others of its design, where there are several."""

    @property
    def counts(self) -> NDArray[np.intp]:
        """(BINS,): how many pairs that it reads right at both ends turn in each part of the way"""
        places = self.turns.places[self.turns.read]
        found: NDArray[np.intp] = np.histogram(places, BINS, (0, STEPS - 1))[0]
        return found

    @property
    def numbers(self) -> tuple[str, ...]:
        """One for each of TURN_HEADINGS."""
        read = self.turns.read
        reads = str(np.count_nonzero(read))
        if not read.any():
            return (reads, "–", "–", "–")
        rest = (
            percent(float(each[read].mean()), 0) for each in (self.turns.third, self.turns.unsure)
        )
        return (reads, words.at_step(self.turns.quartiles()[1]), *rest)


def turn_table(rows: Sequence[TurnRow], told: str) -> TableView:
    """Tells the id of a row."""
    numbers = (Column(tuple(each.split("\n")), NUMBER, 0, CENTRE) for each in words.TURN_HEADINGS)
    most = max((int(row.counts.max()) for row in rows), default=1)
    lines = [_row(row, most) for row in rows]
    if rows:
        lines.append(Row(None, (None, None, _Axis())))
    return TableView(
        (Column("", 1), Column("", NAMES), Column("", LEAST, 1), *numbers),
        tuple(lines),
        next((row.id for row in rows if row.shown), None),
        words=told,
        row_heights=(least_line((row.own for row in rows), 30), 1000),
        gap=4,
        boxed=True,
    )


def _row(row: TurnRow, most: int) -> Row:
    ink = "text" if row.shown or row.baseline else "muted"
    bars = "text" if row.baseline else "focus" if row.shown else "muted"
    quartiles = row.turns.quartiles() if row.turns.read.any() else None
    names = names_of(row.id, row.name, row.own)
    cells = (Words(each, CENTRE, size=TEXT + 4, bold=row.shown) for each in row.numbers)
    return Row(
        row.id,
        (
            None,
            Words(names, ink=ink, size=TEXT + 2 if len(names) == 1 else TEXT - 2, bold=True),
            _Histogram(tuple(row.counts.tolist()), most, quartiles, bars),
            *cells,
        ),
        words=row.name,
    )


@dataclass(frozen=True)
class _Histogram:
    """The quartiles are a box, the median a line."""

    counts: tuple[int, ...]
    most: int
    """The longest bar of all rows."""
    quartiles: tuple[float, float, float] | None
    """None where no pair counts."""
    ink: str

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        wide, inset = place.width() / BINS, canvas.px(3)
        for part, count in enumerate(self.counts):
            high = count / self.most * (place.height() - canvas.px(2))
            left = place.x() + part * wide
            canvas.box(QRectF(left, place.bottom() - high, wide - 1, high), self.ink)
        if self.quartiles is None:
            return
        low, middle, high = (place.x() + q / (STEPS - 1) * place.width() for q in self.quartiles)
        box = QRectF(low, place.y() + inset, high - low, place.height() - 2 * inset)
        canvas.box(box, edge="right", width=2)
        for ink, width in (("background", 8), ("right", 4)):
            start, end = QPointF(middle, place.y()), QPointF(middle, place.bottom())
            canvas.line(start, end, ink, width)


@dataclass(frozen=True)
class _Axis:
    """How far along the way, below all histograms."""

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        paint_axis(canvas, place, place.y(), min(place.height(), canvas.px(30)))
