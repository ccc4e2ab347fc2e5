"""A table of code words to edit: a row for each class, a column for each bit."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent

from nnviz.ui.designs import code_words as words
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.picture import Picture, Policy, Region
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.pages.output_words import natural_bit_names
from nnviz.words import number, tr

NAME, MARK = 48, 30
"""Widths on the design grid: the class, and the cross beside equal words."""
HEADING, FOOT = 28, 28
"""Heights on the design grid: the names of the bits, how often each is right."""
ROW = (26, 44)
"""Least and most height of a row."""
NARROWEST, WIDEST = 240, 130
READABLE = 46
"""Width of a column that has room for a percentage."""


@dataclass(frozen=True)
class CodeTableView:
    """What the table shows."""

    names: tuple[str, ...]
    """Of the classes"""
    words: tuple[str, ...]
    """One of 0s and 1s for each class"""
    bit_names: tuple[str, ...]
    equal: frozenset[int]
    """Classes that share their word with another one"""
    accuracy: tuple[float, ...]
    """How often each bit is right; empty where it is not known"""


class CodeTable(Picture[CodeTableView]):
    """Tells class and bit that are to be turned over."""

    id = "code-table"
    title = words.CODE_TABLE
    tip = words.CODE_TABLE_TIP
    policy = (Policy.Preferred, Policy.Preferred)

    def cell(self, row: int, bit: int) -> QRectF:
        """Where a bit of a class stands."""
        view, px = self.view, self.px
        room = self.width() - px(NAME) - px(MARK)
        width = min(px(WIDEST), room / len(view.bit_names))
        left = px(NAME) + max(0.0, (room - width * len(view.bit_names)) / 2)
        high = (self.height() - px(HEADING) - px(FOOT)) / len(view.words)
        height = max(float(px(ROW[0])), min(high, float(px(ROW[1]))))
        return QRectF(left + bit * width, px(HEADING) + row * height, width, height)

    @property
    def _names(self) -> float:
        """Where the names of the classes begin."""
        return self.cell(0, 0).x() - self.px(NAME)

    def regions(self, view: CodeTableView) -> Iterable[Region]:
        for row, word in enumerate(view.words):
            for bit, value in enumerate(word):
                told = words.code_word(view.names[row], word, view.bit_names[bit], value)
                yield Region((row, bit), self.cell(row, bit), words=told)

    def key(self, event: QKeyEvent) -> bool:
        here = self.here
        if event.key() == Qt.Key.Key_Space and here is not None:
            self.choose(here.key)
            return True
        return False

    def table(self, view: CodeTableView) -> Twin:
        rows = [(name, *word) for name, word in zip(view.names, view.words, strict=True)]
        if view.accuracy:
            rows.append((heads.ACCURACY, *map(str, view.accuracy)))
        return twin_of((heads.NAME, *view.bit_names), rows)

    def paint(self, canvas: Canvas, view: CodeTableView) -> None:
        for bit, name in enumerate(view.bit_names):
            self._paint_heading(canvas, view, bit, name)
        if self._shows_accuracy(view):
            bottom = self.cell(len(view.words) - 1, 0).bottom()
            foot = QRectF(self._names, bottom, self.px(NAME), self.px(FOOT))
            canvas.text(foot, tr("%"), ink="muted", size=22)
        for row, word in enumerate(view.words):
            self._paint_row(canvas, view, row, word)

    def _shows_accuracy(self, view: CodeTableView) -> bool:
        return bool(view.accuracy) and self.cell(0, 0).width() >= self.px(READABLE)

    def _paint_heading(self, canvas: Canvas, view: CodeTableView, bit: int, name: str) -> None:
        column = self.cell(len(view.words) - 1, bit)
        many = len(view.bit_names) > 9
        if not many or bit == 0 or (bit + 1) % 5 == 0:  # there is no room for each two-figure name
            aside = self.px(8) if many else 0
            place = QRectF(column.x() - aside, 0, column.width() + 2 * aside, self.px(HEADING))
            canvas.text(place, name, ink="muted", size=22, bold=True)
        if self._shows_accuracy(view):
            hardest = view.accuracy[bit] == min(view.accuracy)
            place = QRectF(column.x(), column.bottom(), column.width(), self.px(FOOT))
            share, ink = number(100 * view.accuracy[bit], 1), "text" if hardest else "muted"
            canvas.text(place, share, ink=ink, size=22, bold=hardest)

    def _paint_row(self, canvas: Canvas, view: CodeTableView, row: int, word: str) -> None:
        equal, first = row in view.equal, self.cell(row, 0)
        name = QRectF(self._names, first.y(), self.px(NAME), first.height())
        ink = "wrong" if equal else "text"
        canvas.text(name, view.names[row], ink=ink, size=28, bold=True)
        for bit, value in enumerate(word):
            place, on = self.cell(row, bit).adjusted(1.5, 1.5, -1.5, -1.5), value == "1"
            edge = "wrong" if equal else "text" if on else "line"
            canvas.box(place, "text" if on else "", edge, 2 if equal else 1)
            canvas.text(place, value, ink="background" if on else "muted", size=24, bold=on)
        if equal:
            last = self.cell(row, len(word) - 1)
            canvas.mark(QRectF(last.right(), last.y(), self.px(MARK), last.height()), False)

    def least_size(self, view: CodeTableView | None) -> tuple[float, float]:
        rows = 10 if view is None else len(view.words)
        narrow = NARROWEST * self.theme.at_most(1.0).scale / self.theme.scale
        return narrow, HEADING + FOOT + rows * ROW[0]


def bit_names(code: tuple[str, ...]) -> tuple[str, ...]:
    """8, 4, 2, 1 for binary numbers, else 1, 2, 3 .."""
    bits = len(code[0])
    if all(int(word, 2) == number for number, word in enumerate(code)):
        return natural_bit_names(bits)
    return tuple(str(place) for place in range(1, bits + 1))
