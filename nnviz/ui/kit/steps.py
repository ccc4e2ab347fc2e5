"""Steps: a grid with a row for each step and a column for each class; the last row is the end.

What stands in it is a value that can paint itself on the places of the grid; a value that moves
with every frame is painted above the rest, which is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import CENTRE, DOTS, Canvas, Ink
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.twin import Twin, twin_of

STEP, WORDS = 36, 108
"""Widths on the design grid of the columns left and right of the classes."""
HEADER, ROW = 30, 27
"""Heights on the design grid of the line above the rows, and of a row at least."""
CLASSES = 10
"""For which there is room before there is anything to show."""


@dataclass(frozen=True)
class Places:
    """Where the parts of a grid lie, in pixels."""

    width: float
    height: float
    classes: int
    theme: Theme

    def line(self, row: int) -> QRectF:
        """A row from 1; 0 is the header."""
        px = self.theme.px
        top = px(HEADER)
        if row == 0:
            return QRectF(0, 0, self.width, top)
        height = (self.height - top - px(4)) / self.classes
        return QRectF(px(2), top + (row - 1) * height, self.width - px(4), height)

    def cell(self, row: int, one: int) -> QRectF:
        """A class in a row, without the gap to its neighbours."""
        gap = self.theme.px(2)
        return self.pitch(row, one).adjusted(gap, gap, -gap, -gap)

    def pitch(self, row: int, one: int) -> QRectF:
        """The same with it."""
        line, px = self.line(row), self.theme.px
        left, right = line.x() + px(STEP), line.right() - px(WORDS)
        width = (right - left) / self.classes
        return QRectF(left + one * width, line.y(), width, line.height())

    def header(self, one: int) -> QRectF:
        """Above the column of a class."""
        column, line = self.cell(1, one), self.line(0)
        return QRectF(column.x(), line.y(), column.width(), line.height())

    def column(self, one: int) -> QRectF:
        """The whole column of a class, without the header."""
        return self.cell(1, one).united(self.cell(self.classes, one))

    def number(self, row: int) -> QRectF:
        """Left of the classes."""
        line = self.line(row)
        return QRectF(line.x(), line.y(), self.theme.px(STEP), line.height())

    def words(self, row: int) -> QRectF:
        """Right of the classes."""
        line, width = self.line(row), self.theme.px(WORDS - 8)
        return QRectF(line.right() - width, line.y(), width, line.height())


class Painted(Protocol):
    """What paints itself on a grid."""

    def paint(self, canvas: Canvas, places: Places) -> None: ...


class Steps(Painted, Protocol):
    """What stands in a grid."""

    @property
    def names(self) -> tuple[str, ...]: ...

    def said(self, row: int, one: int) -> str:
        """A cell in words, for who comes to it with the keys."""
        ...


@runtime_checkable
class LaidOut(Protocol):
    """What stands in it in a way of its own, not in rows and columns."""

    def places(self, width: float, height: float, theme: Theme) -> Places: ...
    def regions(self, places: Any) -> Iterable[Region]: ...


@dataclass(frozen=True)
class StepsView:
    """What a grid shows."""

    steps: Steps
    row: int | None = None
    """The row that the page shows, which arrows up and down take along; None: there is none."""
    columns: tuple[int, ...] = ()
    """The classes that the keys can go to in that row."""
    selected: tuple[int, int] | None = None
    """Row and class that the keys start from."""
    pair: tuple[int, int] | None = None
    """Two classes whose columns are marked."""
    moving: Painted | None = None
    words: str = ""
    """What the steps say."""


class StepGrid(Picture[StepsView]):
    """Tells row (from 1) and class of a cell that is chosen."""

    stepped = Signal(int)
    """The row that arrows up and down ask for; 0 is above the first."""
    jumped = Signal(bool)
    """To the first (False) or the last row."""

    least = (560, HEADER + ROW * CLASSES)

    @property
    def places(self) -> Places:
        """Where everything lies at the present size."""
        if self.view is not None and isinstance(self.view.steps, LaidOut):
            return self.view.steps.places(self.width(), self.height(), self.theme)
        classes = CLASSES if self.view is None else len(self.view.steps.names)
        return Places(self.width(), self.height(), classes, self.theme)

    @property
    def keys_on(self) -> tuple[int, int]:
        """Row and class that the keys are on."""
        at: Any = self.at
        return at if at is not None else (self.view.row, min(self.view.columns, default=0))

    def regions(self, view: StepsView) -> Iterable[Region]:
        places = self.places
        if isinstance(view.steps, LaidOut):
            yield from view.steps.regions(places)
            return
        for row in range(1, places.classes + 1):
            for one in range(places.classes):
                yield Region((row, one), places.pitch(row, one), words=view.steps.said(row, one))

    def selected(self, view: StepsView) -> tuple[int, int] | None:
        return view.selected if view.row is None else (view.row, self.keys_on[1])

    def words(self, view: StepsView) -> str:
        return view.words

    def table(self, view: StepsView) -> Twin | None:
        """A row for each step, and what is said of each class in it."""
        names = view.steps.names
        if isinstance(view.steps, LaidOut):
            return super().table(view)
        said = (
            (row, *(view.steps.said(row, one) for one in range(len(names))))
            for row in range(1, len(names) + 1)
        )
        return twin_of((heads.STEP, *names), said)

    def step(self, across: int, down: int) -> bool:
        if self.view is None or self.view.row is None:
            return super().step(across, down)
        row, one = self.keys_on
        if down:
            row = min(max(0, row + down), self.places.classes)
            self.move_to((row, one))
            self.stepped.emit(row)
        elif row == self.view.row:
            beyond = [each for each in self.view.columns if (each - one) * across > 0]
            if beyond:
                self.move_to((row, min(beyond, key=lambda each: abs(each - one))))
        else:
            super().step(across, down)
        return True

    def key(self, event: QKeyEvent) -> bool:
        jumps = self.view.row is not None and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End)
        if jumps:
            self.jumped.emit(event.key() == Qt.Key.Key_End)
        return jumps

    def paint(self, canvas: Canvas, view: StepsView) -> None:
        def still(once: Canvas) -> None:
            view.steps.paint(once, self.places)
            for one in () if isinstance(view.steps, LaidOut) else view.pair or ():
                place = self.places.column(one).adjusted(-once.px(2), 0, once.px(2), once.px(2))
                once.box(place, edge="text", width=3, radius=7, dashes=DOTS)

        self.still(canvas, (view.steps, view.pair), still, paper="panel")
        if view.moving is not None:
            view.moving.paint(canvas, self.places)

    def least_size(self, view: StepsView | None) -> tuple[float, float]:
        return self.least[0], HEADER + ROW * (len(view.steps.names) if view else CLASSES)

    def wanted_size(self, view: StepsView | None) -> tuple[float, float]:
        return 760, 430


def paint_named(
    canvas: Canvas,
    place: QRectF,
    name: str,
    ink: Ink,
    size: float,
    right: bool | None,
    part: float = 0.6,
    mark_ink: Ink | None = None,
) -> None:
    """A name in a cell, and beside it a tick or a cross, if any; `part`: of the width that the
    name has then."""
    px, name_place, mark = canvas.px, QRectF(place), QRectF(place)
    if right is not None:
        name_place.setWidth(place.width() * part)
        mark.setLeft(name_place.right() - px(4))
        canvas.mark(mark, right, ink if mark_ink is None else mark_ink)
    roomy = name_place.adjusted(0, -px(5), 0, px(5))  # numerals have no descenders
    canvas.text(roomy, name, CENTRE, ink, size, bold=True)
