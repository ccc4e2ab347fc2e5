"""What a scene of a lecture says to the room: heading, caption, question, choices, answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from nnviz.session.slices import LectureShown
from nnviz.ui.app.lecture import words
from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import width_of
from nnviz.ui.kit.picture import Picture, Policy
from nnviz.ui.kit.theme import TEXT, Theme

SMALL = 15
"""Size of the type that the back row need not read."""
CHOICE, GAP, MARGIN = 33, 3, 4
"""Height of a row of choices, and what is between and around them, on the design grid."""
MARK, PADDING = 24, 10


@dataclass(frozen=True)
class Line:
    """One thing said, and where."""

    kind: str
    """heading, caption, question, choices or answer"""
    text: str
    size: float
    bold: bool
    height: float


class ScenePicture(Picture[LectureShown]):
    """In one place whatever is shown already, so that nothing moves as the answer comes."""

    id = "scene"
    title = words.SCENE_TITLE
    tip = words.SCENE_TIP
    keys = False
    policy = (Policy.Expanding, Policy.Preferred)

    def words(self, view: LectureShown) -> str:
        return words.scene_aloud(view)

    def needed_height(self, width: float) -> int:
        """For all that comes to be said in this scene."""
        if self.view is None:
            return 0
        both = [replace(self.view, revealed=shown) for shown in (True, False)]
        said = both if self.view.words.question else both[:1]
        return max(round(_height(self._lines(each, width))) for each in said) + 2 * self.px(MARGIN)

    def _lines(self, view: LectureShown, width: float) -> list[Line]:
        return list(_lines_of(view, width - 2 * self.px(PADDING), self.theme))

    def paint(self, canvas: Canvas, view: LectureShown) -> None:
        room = self.room.adjusted(self.px(PADDING), self.px(MARGIN), -self.px(PADDING), 0)
        lines = fitted(self._lines(view, self.width()), room, self.theme)
        top = room.y()
        for line in lines:
            place = QRectF(room.x(), top, room.width(), line.height)
            place.setBottom(min(place.bottom(), room.bottom()))
            top += line.height
            if line.kind == "choices":
                self._paint_choices(canvas, place, view)
            elif line.kind == "heading":
                canvas.text(place, line.text, LEFT, "muted", SMALL, bold=True)
            else:
                canvas.paragraph(place, line.text, size=line.size, bold=line.bold)
        canvas.fillRect(
            QRectF(0, self.height() - self.px(1), self.width(), self.px(1)), canvas.ink("line")
        )

    def _paint_choices(self, canvas: Canvas, place: QRectF, view: LectureShown) -> None:
        for number, (cell, size) in enumerate(_cells(view, place, self.theme)):
            right = view.revealed and number == view.words.right
            inside = cell.adjusted(1, 1, -self.px(5), -self.px(GAP))
            edge = "right" if right else "line"
            canvas.box(inside, "raised" if right else "", edge, 3 if right else 1, radius=7)
            inside.adjust(self.px(6), 0, -self.px(5), 0)
            hands = view.hands[number] if number < len(view.hands) else None
            if hands is not None:
                inside.setRight(self._paint_hands(canvas, inside, str(hands)))
            if right:
                wide = width_of(words.RIGHT, self.theme, SMALL, bold=True)
                word = QRectF(inside)
                word.setLeft(inside.right() - wide)
                canvas.text(word, words.RIGHT, RIGHT, size=SMALL, bold=True)
                mark = QRectF(word.x() - self.px(MARK), word.y(), self.px(MARK), word.height())
                canvas.mark(mark, True, radius=9)
                inside.setRight(mark.x())
            text = words.choice(number, view.words.choices[number])
            canvas.text(inside, text, LEFT, size=size, bold=right)

    def _paint_hands(self, canvas: Canvas, inside: QRectF, count: str) -> float:
        """-> where the place for the words ends"""
        wide = width_of(count, self.theme, bold=True) + self.px(10)
        pill = QRectF(inside.right() - wide, inside.y(), wide, inside.height())
        pill.adjust(0, self.px(2), 0, -self.px(2))
        canvas.box(pill, "text", radius=6)
        canvas.text(pill, count, ink="background", bold=True)
        return pill.x() - self.px(4)


def _lines_of(view: LectureShown, width: float, theme: Theme) -> Iterator[Line]:
    said = view.words
    told = (
        ("heading", said.heading, SMALL, True, True),
        ("caption", said.caption, TEXT, False, True),
        ("question", said.question, TEXT, True, True),
        ("choices", " ".join(said.choices), TEXT, False, bool(said.choices)),
        ("answer", said.answer, TEXT, False, view.revealed),
    )
    for kind, text, size, bold, shown in told:
        if text and shown:
            yield _line(kind, text, size, bold, width, theme, view)


def _line(
    kind: str, text: str, size: float, bold: bool, width: float, theme: Theme, view: LectureShown
) -> Line:
    if kind == "choices":
        height = float(theme.px(CHOICE) * len(_rows(view, width, theme)))
    elif kind == "heading":
        height = QFontMetricsF(theme.font(size, bold)).height()
    else:
        height = _wrapped(text, theme, size, bold, width)
    return Line(kind, text, size, bold, height + theme.px(GAP))


def _wrapped(text: str, theme: Theme, size: float, bold: bool, width: float) -> float:
    metrics = QFontMetricsF(theme.font(size, bold))
    flags = Qt.TextFlag.TextWordWrap
    return metrics.boundingRect(QRectF(0, 0, max(1.0, width), 10_000), flags, text).height()


def _height(lines: Sequence[Line]) -> float:
    return sum(line.height for line in lines)


def fitted(lines: list[Line], room: QRectF, theme: Theme) -> list[Line]:
    """What has room. The caption makes way for the answer, then the heading for all else; what
    was written too long is written smaller, as far as that can be read, the question last."""
    kinds = {line.kind for line in lines}
    ways = [partial(_without, kind="heading")]
    if {"answer", "question"} <= kinds:
        ways.insert(0, partial(_without, kind="caption"))
    ways += [
        partial(_smaller, kinds=smaller, size=size, width=room.width(), theme=theme)
        for smaller in (("caption", "answer"), ("question",))
        for size in range(TEXT - 1, SMALL - 1, -1)
    ]
    ways.append(partial(_without, kind="caption"))
    for way in ways:
        if _height(lines) <= room.height():
            break
        lines = way(lines)
    return lines


def _without(lines: list[Line], kind: str) -> list[Line]:
    return [line for line in lines if line.kind != kind]


def _smaller(
    lines: list[Line], kinds: Sequence[str], size: float, width: float, theme: Theme
) -> list[Line]:
    def one(line: Line) -> Line:
        height = _wrapped(line.text, theme, size, line.bold, width) + theme.px(GAP)
        return replace(line, size=size, height=height)

    return [one(line) if line.kind in kinds else line for line in lines]


@dataclass(frozen=True)
class Row:
    """Choices side by side."""

    widths: tuple[float, ...]
    """What each of all choices needs"""
    numbers: tuple[int, ...]
    """Which of them stand in this row"""
    size: float


def _widths(view: LectureShown, theme: Theme, size: float, marks: bool) -> tuple[float, ...]:
    """What each choice needs in type of a size; `marks`: as if each were the right one, so that
    nothing moves as the answer comes."""
    mark = width_of(words.RIGHT, theme, SMALL, bold=True) + theme.px(MARK)
    most = max((hands for hands in view.hands if hands is not None), default=None)
    beside = float(theme.px(18))
    if most is not None:
        beside += width_of(str(most), theme, bold=True) + theme.px(14)
    right = view.words.right if view.revealed else None
    return tuple(
        width_of(words.choice(number, text), theme, size, bold=True)
        + beside
        + mark * (marks or number == right)
        for number, text in enumerate(view.words.choices)
    )


def _rows(view: LectureShown, width: float, theme: Theme) -> list[Row]:
    """Which choices stand side by side: all in one row, if need be in smaller type."""
    every = tuple(range(len(view.words.choices)))
    for size, marks in ((TEXT, True), (TEXT, False), (TEXT - 2, False), (SMALL + 1, False)):
        widths = _widths(view, theme, size, marks)
        if sum(widths) <= width:
            return [Row(widths, every, size)]
    widths = _widths(view, theme, SMALL + 1, False)
    rows: list[list[int]] = [[]]
    for number, wide in enumerate(widths):
        if rows[-1] and sum(widths[each] for each in rows[-1]) + wide > width:
            rows.append([])
        rows[-1].append(number)
    return [Row(widths, tuple(row), SMALL + 1) for row in rows]


def _cells(view: LectureShown, place: QRectF, theme: Theme) -> list[tuple[QRectF, float]]:
    """Where each choice stands, and the size of its type; in a row they share what is left
    evenly."""
    cells, high = [], theme.px(CHOICE)
    for at, row in enumerate(_rows(view, place.width(), theme)):
        left = place.x()
        free = place.width() - sum(row.widths[each] for each in row.numbers)
        more = min(max(0.0, free) / max(1, len(row.numbers)), theme.px(60))
        for number in row.numbers:
            wide = min(row.widths[number] + more, place.width())
            cells.append((QRectF(left, place.y() + at * high, wide, high), row.size))
            left += wide
    return cells
