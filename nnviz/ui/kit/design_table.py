"""The table of designs: the same digit and all test digits, one row for each design."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from nnviz.ui.kit.canvas import CENTRE, LEFT, RIGHT, Align, Canvas
from nnviz.ui.kit.fitted_text import are_words, fits, fitting_font
from nnviz.ui.kit.table import Cell, Column, Row, TableView
from nnviz.ui.kit.theme import BACK_ROW, TEXT
from nnviz.words import commas, lines_now, number, sentences, tr

NAME, VERDICT, OUTPUTS = 148, 164, 128
"""Widths of the columns before those of numbers, on the design grid."""
ROWS, IN_LECTURES, GAP = (31, 66), (37, 92), 5
"""Least and most height of a row, at a desk and before a room, and between columns."""
BADGE, SIGN = 76, 20
MOST_NUMERALS = 7
"""Up to so many lamps have room for a 0 or a 1."""
WIDEST = "100 %"
UNKNOWN = tr("?")
NOTHING = tr("Click to train one.")
"""What stands in the place of an answer where there is no network."""


@dataclass(frozen=True)
class DesignRow:
    """One design, or one of several networks of it: what it says of the digit, and its numbers."""

    design: str
    """The design, or the entrant"""
    name: str
    origin: str
    """Where its network comes from."""
    answer: str = ""
    """Empty where there is no network."""
    right: bool | None = False
    """None where nobody knows the label."""
    confidence: str = ""
    differs: bool = False
    """Whether it answers otherwise than the design that the rows are compared with."""
    bits: bool = False
    """Whether the values are the bits of a code word."""
    marks: tuple[bool | None, ...] = ()
    """For each value whether it is right; None where there is nothing to say."""
    cells: tuple[str, ...] = ()
    """For each column of numbers, in one line or two."""
    shown: bool = False
    """Whether it is the design on screen."""
    learns_from: str = ""
    """A sentence for the tooltip, where the design can say one."""
    nothing: str = NOTHING
    """What stands in the place of an answer that there is not."""
    unlike: str = tr("Its answer differs from that of the baseline.")
    """What is read out where it differs."""
    besides: str = ""
    """A sentence about what must be known to compare it with others."""
    grey: bool = False
    """Whether it cannot be compared with them."""
    called: str = ""
    """Its whole name, where several networks of its design have rows."""
    hidden: bool = False
    """Whether it is not told what it says and how good it is: the room is asked first."""

    @cached_property
    def in_words(self) -> str:
        """The row as sentences."""
        name = self.called or self.name
        if not self.answer or self.hidden:
            without = tr("{name}: {origin}.", name=name, origin=self.origin)
            return sentences(without, "" if self.hidden else self.nothing)
        said = {"name": name, "answer": self.answer, "sure": self.confidence}
        if self.right is None:
            judged = tr("{name} says {answer}, {sure}.", **said)
        elif self.right:
            judged = tr("{name} says {answer}, which is right, {sure}.", **said)
        else:
            judged = tr("{name} says {answer}, which is wrong, {sure}.", **said)
        return sentences(
            judged, self.unlike if self.differs else "", self.besides, self.learns_from
        )


def design_table(
    columns: Sequence[Column],
    rows: Sequence[DesignRow],
    values: Sequence[Sequence[float]],
    class_names: Sequence[str],
    sorted_by: tuple[str, bool] = ("", False),
    verdict: str = tr("answer\n≠ baseline"),
) -> TableView:
    """The view of a table; `values` are the outputs or bits of each row, 0..1, which move while
    all else stays; `sorted_by` is the key of a column and whether the largest is first;
    `verdict` stands over the answers. Without columns of numbers it does without the outputs
    where it is narrow."""
    if columns:
        tip = tr("Click for the usual order.")
    else:
        tip = tr(
            "≠: its answer differs from that of the design on screen. The percentage is the "
            "confidence: how much of what was said last speaks for the answer. The bars are the "
            "outputs as they are; each class has its own colour, on every page."
        )
    heads = (
        Column(tr("design"), NAME, 1, tip=tip, key="name", head=_Head((tr("design"),), 4)),
        Column(_lines(verdict), VERDICT, 1, tip=tip, key="verdict", head=_Head(_lines(verdict), 0)),
        Column(
            tr("outputs"),
            OUTPUTS,
            1,
            tip=tip,
            key="outputs",
            head=_Names(tuple(class_names)),
            moving=True,
            spare=not columns,
        ),
    )
    return TableView(
        (*heads, *columns),
        tuple(_row(row, said) for row, said in zip(rows, values, strict=True)),
        next((row.design for row in rows if row.shown), None),
        *sorted_by,
        row_heights=ROWS,
        gap=GAP,
        boxed=True,
    )


def room_table(
    columns: Sequence[Column], rows: Sequence[DesignRow], verdict: str = tr("answer")
) -> TableView:
    """The same for a room: each design with its answer, and few numbers in large type."""
    heads = (Column(tr("design"), NAME, 1), Column(verdict, VERDICT, 1))
    widths = [Column(_lines(each.heading)[0], each.width, 1, RIGHT) for each in columns]
    lines = []
    for row in rows:
        numbers = [_InLarge(_lines(told)) for told in row.cells]
        named = (row.name, row.origin) if row.called else (row.name,)
        lines.append(
            Row(
                row.design,
                (
                    _InLarge(named, LEFT, row.origin if row.called else ""),
                    _Answer(row, brief=True),
                    *numbers,
                ),
                words=row.in_words,
            )
        )
    shown = next((row.design for row in rows if row.shown), None)
    return TableView(
        (*heads, *widths), tuple(lines), shown, row_heights=IN_LECTURES, gap=GAP, boxed=True
    )


def number_column(key: str, heading: str, tip: str, width: float) -> Column:
    """A column of numbers: its heading in two lines, and cells that are chosen alone."""
    tip = sentences(tip, tr("Click the heading to sort."))
    return Column(_lines(heading), width, 1, RIGHT, tip, key, cells=True)


def _row(row: DesignRow, values: Sequence[float]) -> Row:
    outputs: Cell | None = None
    if row.answer:
        outputs = _Lamps(tuple(values), row.marks) if row.bits else _Bars(tuple(values))
    ink = "muted" if row.grey else "text"
    cells = [_Lines(_lines(told), RIGHT, not at, ink) for at, told in enumerate(row.cells)]
    called = tr("{name}.", name=row.called) if row.called else ""
    tip = sentences(
        called, row.besides, row.learns_from, tr("Click a design to show it on every page.")
    )
    name = _Lines((row.name, row.origin), LEFT, True, ink, inset=4)
    return Row(row.design, (name, _Answer(row), outputs, *cells), tip, row.in_words)


def _lines(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(words.split("\n")) if isinstance(words, str) else words


@dataclass(frozen=True)
class _Head:
    """One line or two over a column, the first ones of all headings on one line."""

    words: tuple[str, ...]
    inset: float

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        line = QRectF(place.x() + canvas.px(self.inset), place.y() + canvas.px(2), 0, canvas.px(26))
        line.setRight(place.right())
        for below, words in enumerate(lines_now(self.words)):
            canvas.text(line.translated(0, below * line.height()), words, LEFT, "muted")


@dataclass(frozen=True)
class _Names:
    """The classes over their bars."""

    names: tuple[str, ...]

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        _Head((tr("outputs"),), 0).paint(canvas, place)
        if not are_words(self.names, canvas.theme):
            below = QRectF(place)
            below.setTop(below.center().y())
            for one, name in zip(value_places(below, len(self.names)), self.names, strict=True):
                canvas.text(one, name, ink="muted")


@dataclass(frozen=True)
class _Lines:
    """Two lines, or one in the middle."""

    lines: tuple[str, ...]
    align: Align
    bold: bool
    ink: str = "text"
    inset: float = 0

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        place = place.adjusted(canvas.px(self.inset), 0, 0, 0)
        if len(self.lines) == 1:
            alone = 22 if self.bold else TEXT
            canvas.text(place, self.lines[0], self.align, self.ink, size=alone, bold=self.bold)
            return
        above, below = _halves(place)
        size = _size_in(above, canvas)
        canvas.text(above, self.lines[0], self.align, self.ink, size=size, bold=self.bold)
        canvas.text(below, self.lines[1], self.align, "muted", size=size)

    @property
    def said(self) -> str:
        """In a table of texts."""
        return " ".join(self.lines)


@dataclass(frozen=True)
class _InLarge:
    """One line for the back row, and one below it."""

    lines: tuple[str, ...]
    align: Align = RIGHT
    alone: str = ""
    """What stands there instead where there is room for one line only"""

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        first, *rest = self.lines
        place = place.adjusted(canvas.px(6), 0, -canvas.px(6), 0)
        if rest and place.height() >= canvas.px(BACK_ROW + TEXT + 10):
            below = QRectF(place.x(), place.bottom() - canvas.px(TEXT + 6), place.width(), 0)
            below.setBottom(place.bottom())
            canvas.text(below, rest[0], self.align, "muted")
            place.setBottom(below.top())
        elif self.alone:
            first = self.alone
        canvas.text(place, first, self.align, size=BACK_ROW, bold=True)

    @property
    def said(self) -> str:
        """In a table of texts."""
        return " ".join(self.lines)


@dataclass(frozen=True)
class _Answer:
    """The answer on a badge with a tick or a cross, and how sure it is."""

    row: DesignRow
    brief: bool = False
    """Whether it does without how sure it is"""

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        px, row = canvas.px, self.row
        after = place.adjusted(px(SIGN), 0, 0, 0)
        if row.hidden:
            canvas.text(after, UNKNOWN, LEFT, size=BACK_ROW, bold=True)
            return
        if not row.answer:
            after.setRight(after.right() + px(OUTPUTS) * 0.5)  # no outputs stand beside it
            canvas.text(after, row.nothing, LEFT)
            return
        if row.differs:
            sign = QRectF(place.x(), place.y(), px(SIGN), place.height())
            canvas.text(sign, "≠", ink="focus", size=28, bold=True)
        ink = canvas.theme.judged(row.right)
        badge = QRectF(after.x(), place.y() + px(2), px(BADGE), place.height() - 2 * px(2))
        canvas.box(badge.adjusted(2, 1, -2, -1), ink if row.right else "", ink, 3, radius=6)
        on = canvas.ink("on_accent") if row.right else ink
        words = badge.adjusted(px(6), 0, -px(6 if row.right is None else 26), 0)
        if fits(row.answer, words.width(), canvas.theme):
            large = min(30.0, words.height() / canvas.theme.scale)
            canvas.text(words, row.answer, ink=on, size=large, bold=True)
        else:
            first, _, second = row.answer.rpartition(" ")
            canvas.lines(
                words.adjusted(-px(2), 0, 0, 0), [first, second] if first else [second], CENTRE, on
            )
        beside = QRectF(badge.right() + px(7), place.y(), 0, place.height())
        beside.setRight(place.right() - px(2))
        if row.right is None:
            font = fitting_font(WIDEST, beside.width(), canvas.theme, TEXT + 4, bold=True)
            size = font.pixelSize() / canvas.theme.scale
            canvas.text(beside, row.confidence, LEFT, size=size, bold=True)
            return
        mark = QRectF(badge.right() - px(24), badge.y(), px(16), badge.height())
        canvas.mark(mark, row.right, on)
        above, below = (beside, QRectF()) if self.brief else _halves(beside)
        size = _size_in(above, canvas)
        canvas.text(above, tr("right") if row.right else tr("wrong"), LEFT, size=size)
        if not self.brief:
            canvas.text(below, row.confidence, LEFT, "muted", size=size)

    @property
    def said(self) -> str:
        """In a table of texts."""
        row = self.row
        if row.hidden:
            return UNKNOWN
        judged = {True: tr("right"), False: tr("wrong"), None: ""}[row.right]
        return commas(each for each in (row.answer, judged, row.confidence) if each)


@dataclass(frozen=True)
class _Bars:
    """One standing bar for each class, 0..1."""

    values: tuple[float, ...]

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        inside = place.adjusted(0, canvas.px(3), 0, -canvas.px(3))
        for label, (one, value) in enumerate(
            zip(value_places(inside, len(self.values)), self.values, strict=True)
        ):
            track = one.adjusted(one.width() * 0.14, 0, -one.width() * 0.14, 0)
            canvas.fillRect(track, canvas.ink("track"))
            filled = QRectF(track)
            filled.setTop(track.bottom() - max(1.5, track.height() * min(1.0, value)))
            canvas.box(filled, canvas.theme.digit(label), "text")

    @property
    def said(self) -> str:
        """In a table of texts."""
        return " ".join(number(value, 2) for value in self.values)


@dataclass(frozen=True)
class _Lamps:
    """One lamp for each bit: filled with a 1, or empty with a 0; crossed where it is wrong."""

    values: tuple[float, ...]
    marks: tuple[bool | None, ...]

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        px = canvas.px
        places = value_places(place, len(self.values))
        for one, value, right in zip(places, self.values, self.marks, strict=True):
            side = min(one.width() * 0.86, place.height() - px(2))
            lamp = QRectF(0, 0, side, side)
            lamp.moveCenter(one.center())
            lit, wrong = value > 0.5, right is False
            fill = _mixed(canvas.ink("panel"), canvas.ink("text"), value)
            edge = "wrong" if wrong else "text"
            canvas.circle(lamp.center(), side / 2 - 2, fill, edge, 4 if wrong else 2)
            if len(self.values) <= MOST_NUMERALS:
                ink = "background" if lit else "text"
                canvas.text(lamp, "1" if lit else "0", ink=ink, size=TEXT + 4, bold=True)
            if wrong:
                corner = QPointF(lamp.right() - px(3), lamp.bottom() - px(5))
                around = QPointF(px(5), px(5))
                canvas.mark(QRectF(corner - around, corner + around), False)

    @property
    def said(self) -> str:
        """In a table of texts."""
        return " ".join("1" if value > 0.5 else "0" for value in self.values)


def value_places(place: QRectF, count: int) -> list[QRectF]:
    """Where the bars or lamps of a row stand."""
    pitch = place.width() / max(count, 1)
    return [QRectF(place.x() + at * pitch, place.y(), pitch, place.height()) for at in range(count)]


def _halves(place: QRectF) -> tuple[QRectF, QRectF]:
    """The places of two lines that stand close to one another."""
    half = place.height() / 2
    above = QRectF(place.x(), place.y(), place.width(), half)
    return above, above.translated(0, half - 1)


def _size_in(place: QRectF, canvas: Canvas) -> float:
    """Of letters that stay clear of the line below, on the design grid."""
    return min(TEXT, place.height() / canvas.theme.scale / 1.12)


def _mixed(low: QColor, high: QColor, share: float) -> QColor:
    """A colour between two, pushed away from the middle so that the numeral stays legible."""
    share = 0.75 + 0.25 * share if share > 0.5 else 0.4 * share
    parts = zip(low.getRgb()[:3], high.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a + (b - a) * share) for a, b in parts))
