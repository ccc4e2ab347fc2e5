"""The walk as a table: one row per step, one column per class, who leaves and who is left."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from nnviz.ui.elimination import words
from nnviz.ui.kit.canvas import CENTRE, DASHES, DOTS, LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import SMALLEST, are_words, fits
from nnviz.ui.kit.steps import Places, paint_named
from nnviz.ui.kit.theme import BACK_ROW, TEXT, Theme
from nnviz.verdicts.answers import Step
from nnviz.words import number, percent

NUMERAL = 0.42
"""How much of a cell's width the numeral takes; the percentage or the cross has the rest."""
NAME = 0.7
"""The same of a word at the end."""
LEAST_TELLING = 46
"""Width on the design grid from which a cell has room for a numeral and a percentage."""
TWO_LINES = 42
"""Height on the design grid from which a word and a percentage stand below each other."""
BAR = 0.17
"""How much of a cell's height its bar takes."""
SEEN = 0.005
"""The least share that is told."""


@dataclass(frozen=True)
class Walk:
    """What stands in the table."""

    names: tuple[str, ...]
    label: int | None
    """The true class, where it is known."""
    steps: tuple[Step, ...]
    shown: int
    """How many of the steps are shown."""
    places: tuple[str, ...]
    """For each step where the true class stands, in words."""
    forced: frozenset[int]
    """The steps at which another class leaves than the rule says."""
    shares: NDArray[np.float64]
    """(steps, classes) in 0..1"""

    def said(self, row: int, one: int) -> str:
        return words.cell(self.names[one], row)

    def paint(self, canvas: Canvas, places: Places) -> None:
        self._paint_label(canvas, places)
        for row in range(1, len(self.steps) + 1):
            self._paint_number(canvas, places, row)
            if row <= self.shown:
                self._paint_step(canvas, places, row)
                continue
            for one in range(places.classes):
                cell = places.cell(row, one)
                if row == self.shown + 1:
                    self._paint_waiting(canvas, cell, one)
                else:
                    canvas.box(cell, edge="line", radius=6, dashes=DOTS)
        spared = places.classes - 1 - len(self.steps)
        if spared > 0:  # by a quicker variant
            first, last = places.line(len(self.steps) + 1), places.line(places.classes - 1)
            place = QRectF(first.topLeft(), last.bottomRight())
            canvas.text(place, words.steps_spared(spared), CENTRE, "muted", TEXT + 4)
        self._paint_end(canvas, places)

    def _paint_label(self, canvas: Canvas, places: Places) -> None:
        """The band behind the true class."""
        if self.label is None:
            return
        px, column, header = canvas.px, places.column(self.label), places.line(0)
        band = QRectF(column.x() - px(1), 0, column.width() + 2 * px(1), places.height)
        canvas.box(band, "raised", radius=6)
        flag = QRectF(band.center().x() - px(60), header.y(), px(120), header.height())
        flag.moveLeft(min(max(flag.x(), 0), places.words(0).x() - px(126)))
        canvas.text(flag, words.TRUE_CLASS, bold=True)
        canvas.text(places.words(0), words.place_of(self.names[self.label]), LEFT, "muted")

    def _paint_number(self, canvas: Canvas, places: Places, row: int) -> None:
        current = row == self.shown
        if current:
            canvas.box(places.line(row), edge="text", width=3, radius=7)
        ink = "text" if current else "muted"
        canvas.text(places.number(row), number(row), CENTRE, ink, TEXT + 4, bold=current)

    def _paint_step(self, canvas: Canvas, places: Places, row: int) -> None:
        step, wordy = self.steps[row - 1], are_words(self.names, canvas.theme)
        for one, name in enumerate(self.names):
            cell = places.cell(row, one)
            if one not in step.in_play:
                canvas.text(cell, name, CENTRE, "muted", TEXT + 2)
                continue
            leaves, fights = one in step.leaving, one in step.rivals
            canvas.box(
                cell,
                "wrong" if leaves and one == self.label else "background",
                "wrong" if leaves else "text" if fights else "line",
                3 if leaves or fights else 1,
                6,
                DASHES if leaves and row in self.forced else (),
            )
            share = float(self.shares[row - 1, one]) if fights or not step.rivals else None
            self._write(canvas, cell, one, share, leaves, wordy)
        falls = self.label in step.leaving
        ink = "wrong" if falls else "muted"
        canvas.text(places.words(row), self.places[row - 1], LEFT, ink, bold=falls)

    def _write(
        self,
        canvas: Canvas,
        cell: QRectF,
        one: int,
        share: float | None,
        leaves: bool,
        wordy: bool,
    ) -> None:
        """The class, its percentage or the cross of one that leaves, and the bar's track."""
        px, below = canvas.px, track(cell, canvas.theme)
        name = QRectF(cell.x(), cell.y(), cell.width(), below.y() - cell.y())
        if share is not None:
            canvas.fillRect(below, canvas.ink("track"))
        tells = share is not None and share >= SEEN
        if wordy:
            name, beside = beside_words(name, canvas.theme, leaves, tells)
        else:
            beside = QRectF()
            if leaves or (tells and cell.width() >= px(LEAST_TELLING)):
                beside = QRectF(name)
                name.setWidth(cell.width() * NUMERAL)
                beside.setLeft(name.right() - px(2))
        ink = "text" if not leaves else "on_accent" if one == self.label else "muted"
        # numerals have no descenders; a frame leaves less room
        roomy = name.adjusted(px(3) if leaves else 0, -px(3), 0, px(6))
        size = TEXT if wordy else _size(roomy, canvas)
        canvas.text(roomy, self.names[one], CENTRE, ink, size, bold=True)
        if leaves:
            canvas.mark(beside, False, ink if one == self.label else None)
        elif not beside.isEmpty() and share is not None:
            beside.setRight(cell.right() - px(3))
            said = percent(share, 0)
            if not fits(said, beside.width(), canvas.theme, SMALLEST):
                said = number(100 * share)
            canvas.text(beside, said, RIGHT, "muted")

    def _paint_waiting(self, canvas: Canvas, cell: QRectF, one: int) -> None:
        """A class in the row that comes next."""
        in_play = one in self.steps[self.shown].in_play
        if in_play:
            canvas.box(cell, "background", "line", radius=6)
        size = max(_size(cell, canvas) * (0.8 if in_play else 0.7), TEXT)
        ink = "text" if in_play else "muted"
        canvas.text(cell, self.names[one], CENTRE, ink, size, bold=in_play)

    def _paint_end(self, canvas: Canvas, places: Places) -> None:
        row, complete = places.classes, self.shown == len(self.steps)
        canvas.text(places.number(row), words.END, CENTRE, "muted")
        end = self.steps[-1].staying[0] if complete else None
        for one in range(places.classes):
            if one != end:
                canvas.box(places.cell(row, one), edge="line", radius=6, dashes=DOTS)
        if end is not None:
            part = NAME if are_words(self.names, canvas.theme) else NUMERAL
            cell = places.cell(row, end)
            size = _size(cell, canvas)
            paint_left(canvas, places, cell, self.names[end], self.label, end, size, part)


@dataclass(frozen=True, eq=False)
class Bars:
    """How likely each class is in the steps shown; they follow every frame."""

    steps: tuple[Step, ...]
    shares: NDArray[np.float64]
    """(steps, classes) in 0..1"""

    def paint(self, canvas: Canvas, places: Places) -> None:
        by_class: list[list[QRectF]] = [[] for _ in range(places.classes)]
        for row, step in enumerate(self.steps, 1):
            for one in step.rivals or step.in_play:
                by_class[one].append(self.bar(places, row, one))
        for one, found in enumerate(by_class):
            canvas.outline(canvas.theme.digit(one), "text")
            canvas.drawRects(found)

    def bar(self, places: Places, row: int, one: int) -> QRectF:
        """The filled part of a bar."""
        place = track(places.cell(row, one), places.theme)
        place.setWidth(max(2.0, place.width() * float(self.shares[row - 1, one])))
        return place


def paint_left(
    canvas: Canvas,
    places: Places,
    cell: QRectF,
    name: str,
    label: int | None,
    end: int,
    size: float,
    part: float,
) -> None:
    """Who is left, and whether that is right."""
    right = None if label is None else end == label
    colour = canvas.theme.judged(right)
    canvas.box(cell, colour if right else "background", colour, 3, 6)
    ink = canvas.ink("on_accent") if right else colour
    paint_named(canvas, cell, name, ink, size, right, part)
    if right is not None:
        said = words.RIGHT if right else words.WRONG
        canvas.text(places.words(places.classes), said, LEFT, colour, bold=True)


def track(cell: QRectF, theme: Theme) -> QRectF:
    """Where the bar of a cell can go."""
    inset, bottom = theme.px(6), cell.bottom() - theme.px(3)
    height = max(4.0, cell.height() * BAR)
    return QRectF(cell.x() + inset, bottom - height, cell.width() - 2 * inset, height)


def beside_words(place: QRectF, theme: Theme, leaves: bool, tells: bool) -> tuple[QRectF, QRectF]:
    """The place of a name that is a word, and that of its cross beside it, or of its percentage
    below it where the cell is high enough; else nowhere."""
    px, name, beside = theme.px, QRectF(place), QRectF(place)
    if leaves:
        name.setRight(name.right() - px(20))
        beside.setLeft(name.right() - px(2))
    elif tells and name.height() >= px(TWO_LINES):
        name.setHeight(name.height() / 2)
        beside.setTop(name.bottom() - px(2))
    else:
        return name, QRectF()
    return name, beside


def _size(place: QRectF, canvas: Canvas) -> float:
    return min(float(BACK_ROW), place.height() / canvas.theme.scale * 0.8)
