"""Where the parts of a tree of walks lie: the way down its middle, and what branches off."""

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF

from nnviz.ui.kit.steps import HEADER, STEP, Places

WORDS = 112
"""Width on the design grid of the column at the right edge."""
SIGN, SMALL = 32, 26
"""Widths on the design grid of a class on the way, and of one that branches off."""
PAIR = 80
"""The same of a class with the end that it leads to."""
GAP = 26
"""Between the way and a branch, on the design grid."""
MOST_ZOOM = 1.25
"""How much wider all that gets where there is room."""
BOX = 0.82
"""How much of a row's height a set takes."""
TALLEST = 64
"""Height on the design grid of a row that a set is as high as, at most."""
LEAST_ROOM = 2
"""Classes with another end for which there is room even where no step has any."""


@dataclass(frozen=True)
class TreePlaces(Places):
    """In pixels. Row r holds the classes in play before step r; the last one who is left. What
    branches off in a step lies half a row lower, as far beside the way as the set is wide."""

    sizes: tuple[int, ...]
    """Classes in play before each step; at the end 1."""
    others: int
    """Classes with another end that branch off in one step, at most."""
    alike: int
    """The same of classes that change nothing."""

    @property
    def rows(self) -> int:
        """One for each step, and the end."""
        return len(self.sizes)

    def line(self, row: int) -> QRectF:
        row = min(row, self.rows)
        if row == 0:
            return super().line(0)
        top, px = self.theme.px(HEADER + 2), self.theme.px
        height = (self.height - top - px(2)) / self.rows
        return QRectF(px(2), top + (row - 1) * height, self.width - px(4), height)

    @cached_property
    def unit(self) -> float:
        """Pixels of a unit of the design grid across, so that the widest row has room."""
        others = max(self.others, LEAST_ROOM)
        wanted = self.sizes[0] * SIGN + others * PAIR + self.alike * SMALL + 2 * GAP
        room = self.width - self.theme.px(STEP + WORDS)
        return min(self.theme.scale * MOST_ZOOM, room / wanted)

    @cached_property
    def middle(self) -> float:
        """Where the way runs down."""
        px, others = self.theme.px, max(self.others, LEAST_ROOM)
        left = others * PAIR + GAP + self.sizes[0] * SIGN / 2
        right = self.alike * SMALL + GAP + self.sizes[0] * SIGN / 2
        spare = self.width - px(STEP + WORDS) - (left + right) * self.unit
        return px(STEP) + left * self.unit + spare / 2

    def on_way(self, row: int) -> QRectF:
        """The box of a set."""
        line, width = self.line(row), self.sizes[row - 1] * SIGN * self.unit
        if row == self.rows:
            width *= 2.4
        height = min(line.height(), self.theme.px(TALLEST)) * (BOX if row < self.rows else 0.94)
        top = line.center().y() - height / 2
        return QRectF(self.middle - width / 2, top, width, height)

    def sign(self, row: int, number: int) -> QRectF:
        """A class in the box of its set, by its place there."""
        box = self.on_way(row)
        width = box.width() / self.sizes[row - 1]
        return QRectF(box.x() + number * width, box.y(), width, box.height())

    def fork(self, row: int, right: bool) -> QPointF:
        """Where what branches off in a step leaves the way."""
        box = self.on_way(row)
        return QPointF(box.right() if right else box.left(), box.center().y())

    def bough(self, row: int, number: int, count: int, right: bool) -> QRectF:
        """A class that could have left in a step: one of so many on its side."""
        box, line = self.on_way(row), self.line(row)
        width, height = (SMALL if right else PAIR) * self.unit, box.height() * 0.9
        gap = GAP * self.unit
        left = box.right() + gap if right else box.x() - gap - count * width
        return QRectF(left + number * width, line.bottom() - height / 2, width, height)

    def boughs(self, row: int, count: int, right: bool) -> QRectF:
        """All of a side."""
        first = self.bough(row, 0, count, right)
        return first.united(self.bough(row, count - 1, count, right))

    def words(self, row: int) -> QRectF:
        line, width = self.line(row), self.theme.px(WORDS - 4)
        return QRectF(line.right() - width, line.y(), width, line.height())
