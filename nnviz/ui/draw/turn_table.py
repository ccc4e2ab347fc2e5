"""Where many morphs turn, design by design: a histogram each, and how often else what happens."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from nnviz.data.arrays import Doubles
from nnviz.questions.morphs import STEPS, Turns
from nnviz.ui.draw import asked_words as words
from nnviz.ui.draw.morph_lanes import NAMES, paint_axis, paint_name
from nnviz.ui.kit.canvas import CENTRE, Canvas
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import TEXT
from nnviz.words import percent

NUMBER, HEADER, AXIS = 84, 58, 30
"""Sizes on the design grid: each column of numbers, the lines above and below."""
ROW = 34
"""Least height of a row on the design grid."""
LEAST = 110
"""Least width of a histogram on the design grid."""
BINS = 25
COLUMNS = len(words.TURN_HEADINGS)


@dataclass(frozen=True)
class TurnRow:
    """One design."""

    id: str
    name: str
    places: Doubles
    """(pairs,): where those turn that it reads right at both ends, in steps"""
    quartiles: tuple[float, float, float] | None
    """None where no pair counts."""
    numbers: tuple[str, ...]
    """One for each of TURN_HEADINGS."""
    shown: bool
    """Whether it is what the baseline is compared with."""
    baseline: bool

    @property
    def counts(self) -> NDArray[np.intp]:
        """(BINS,): how many pairs turn in each part of the way."""
        found: NDArray[np.intp] = np.histogram(self.places, BINS, (0, STEPS - 1))[0]
        return found


@dataclass(frozen=True)
class TurnsView:
    """All designs."""

    rows: tuple[TurnRow, ...] = ()
    words: str = ""
    """What they show, as sentences."""


def turn_row(id: str, name: str, turns: Turns, shown: bool, baseline: bool) -> TurnRow:
    """The row of one design."""
    read = turns.read
    reads, none = str(np.count_nonzero(read)), "–"
    quartiles = None
    numbers: tuple[str, ...] = (reads, none, none, none)
    if read.any():
        quartiles = turns.quartiles()
        shares = (percent(float(each[read].mean()), 0) for each in (turns.third, turns.unsure))
        numbers = (reads, words.at_step(quartiles[1]), *shares)
    return TurnRow(id, name, turns.places[read], quartiles, numbers, shown, baseline)


class TurnTable(Picture[TurnsView]):
    """Rows with a histogram over the way; the quartiles are a box, the median a line.

    Tells the id of a row.
    """

    id = "turn-table"
    title = words.TURN_TABLE
    tip = words.TURN_TIP
    arrows_choose = True

    def words(self, view: TurnsView) -> str:
        return view.words

    def line(self, row: int) -> QRectF:
        """The place of a row."""
        px = self.px
        height = (self.height() - px(HEADER) - px(AXIS)) / max(1, len(self.view.rows))
        return QRectF(0, px(HEADER) + row * height, self.width(), height - px(4))

    def track(self, row: int) -> QRectF:
        """The place of its histogram."""
        px, line = self.px, self.line(row)
        width = line.width() - px(NAMES + COLUMNS * NUMBER)
        return QRectF(px(NAMES), line.y(), width, line.height())

    def number(self, column: int, line: QRectF) -> QRectF:
        """The place of a number in a line."""
        left = self.width() - self.px((COLUMNS - column) * NUMBER)
        return QRectF(left, line.y(), self.px(NUMBER), line.height())

    def regions(self, view: TurnsView) -> Iterable[Region]:
        for number, row in enumerate(view.rows):
            yield Region(row.id, self.line(number), words=row.name)

    def selected(self, view: TurnsView) -> str | None:
        return next((row.id for row in view.rows if row.shown), None)

    def least_size(self, view: TurnsView | None) -> tuple[float, float]:
        rows = 0 if view is None else len(view.rows)
        return NAMES + COLUMNS * NUMBER + LEAST, HEADER + AXIS + max(1, rows) * ROW

    def paint(self, canvas: Canvas, view: TurnsView) -> None:
        header = QRectF(0, self.px(2), self.width(), 2 * self.px(26))
        for column, heading in enumerate(words.TURN_HEADINGS):
            canvas.lines(self.number(column, header), heading, CENTRE, "muted")
        most = max((int(row.counts.max()) for row in view.rows), default=1)
        for number, row in enumerate(view.rows):
            self._paint_row(canvas, number, row, most)
        if view.rows:
            top = self.height() - self.px(AXIS)
            paint_axis(canvas, self.track(0), top, self.px(AXIS))

    def _paint_row(self, canvas: Canvas, number: int, row: TurnRow, most: int) -> None:
        line, track = self.line(number), self.track(number)
        if row.shown:
            canvas.fillRect(line, canvas.ink("raised"))
        paint_name(canvas, line, row.name, row.shown, row.shown or row.baseline)
        canvas.fillRect(track, canvas.ink("background"))
        ink = "text" if row.baseline else "focus" if row.shown else "muted"
        wide = track.width() / BINS
        for part, count in enumerate(row.counts.tolist()):
            high = count / most * (track.height() - self.px(2))
            bar = QRectF(track.x() + part * wide, track.bottom() - high, wide - 1, high)
            canvas.box(bar, ink)
        if row.quartiles is not None:
            self._paint_quartiles(canvas, track, row.quartiles)
        for column, text in enumerate(row.numbers):
            canvas.text(self.number(column, line), text, size=TEXT + 4, bold=row.shown)

    def _paint_quartiles(
        self, canvas: Canvas, track: QRectF, quartiles: tuple[float, float, float]
    ) -> None:
        low, middle, high = (track.x() + q / (STEPS - 1) * track.width() for q in quartiles)
        inset = self.px(3)
        box = QRectF(low, track.y() + inset, high - low, track.height() - 2 * inset)
        canvas.box(box, edge="right", width=2)
        for ink, width in (("background", 8), ("right", 4)):
            start, end = QPointF(middle, track.y()), QPointF(middle, track.bottom())
            canvas.line(start, end, ink, width)
