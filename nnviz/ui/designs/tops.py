"""Swapped last layers: each hidden layer with its own outputs and with those of the other one."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from nnviz.data.results import Result, result
from nnviz.networks.designs import BITS, DESIGNS, ONE_NETWORK
from nnviz.questions.lessons import read_out
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.designs import size_words as words
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import CENTRE, LEFT, Canvas
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.layout import column
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import BACK_ROW, Theme
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.pages.page import Page, seen
from nnviz.words import number, percent, sentences

BOTH = ONE_NETWORK, BITS
"""Hidden layers from above, last layers from the left."""
SIDE, HEAD, TITLE, GAP = 200, 40, 34, 10
"""Room for names of rows and columns, for what they are names of, and between cells."""
HIGHEST = 150
SHARE, SPREAD = 64, BACK_ROW
"""Sizes of type in a cell."""


def of(hidden: str, top: str) -> Result:
    """What a last layer reached on the hidden layer of a design."""
    return result(top if hidden == top else f"{top}/on-{hidden}")


@dataclass(frozen=True)
class Cell:
    """What a last layer reached."""

    hidden: str
    """The design that its hidden layer learned for"""
    top: str
    """The design of the last layer"""
    mean: float
    deviation: float
    starts: int


@dataclass(frozen=True)
class TopsView:
    """What the table shows."""

    cells: tuple[Cell, ...]
    told: bool
    """Whether it says what they reached"""


class TopsPicture(Picture[TopsView]):
    """Four cells: a row for each hidden layer, a column for each last layer."""

    id = "tops-picture"
    title = words.TOPS_PICTURE
    tip = words.TOPS_TIP
    least = (520, 260)

    def cell(self, hidden: str, top: str) -> QRectF:
        """Where a number stands."""
        px, left, above = self.px, self.px(SIDE), self.px(HEAD + TITLE)
        wide = (self.width() - left - px(GAP)) / len(BOTH)
        high = min(px(HIGHEST), (self.height() - above) / len(BOTH))
        corner = QPointF(left + BOTH.index(top) * wide, above + BOTH.index(hidden) * high)
        return QRectF(corner.x(), corner.y(), wide - px(GAP), high - px(GAP))

    def regions(self, view: TopsView) -> Iterable[Region]:
        for each in view.cells:
            told = words.top(each.hidden, each.top, each.mean if view.told else None)
            yield Region((each.hidden, each.top), self.cell(each.hidden, each.top), words=told)

    def words(self, view: TopsView) -> str:
        return sentences(*(each.words for each in self.regions(view)))

    def table(self, view: TopsView) -> Twin | None:
        if not view.told:
            return super().table(view)
        rows = []
        for each in view.cells:
            hidden, top = DESIGNS[each.hidden].label, DESIGNS[each.top].label
            rows.append((hidden, top, each.mean, each.deviation, each.starts))
        headings = (
            words.HIDDEN_LAYER,
            words.LAST_LAYER,
            heads.ACCURACY,
            heads.DEVIATION,
            heads.STARTS,
        )
        return twin_of(headings, rows)

    def paint(self, canvas: Canvas, view: TopsView) -> None:
        px, first = canvas.px, self.cell(*BOTH)
        right = self.cell(BOTH[0], BOTH[-1]).right()
        over = QRectF(px(SIDE), 0, right - px(SIDE), px(TITLE))
        canvas.text(over, words.LAST_LAYER, CENTRE, "muted")
        beside = QRectF(0, px(HEAD), px(SIDE - GAP), px(TITLE))
        canvas.text(beside, words.HIDDEN_LAYER, LEFT, "muted")
        for name in BOTH:
            cell, row = self.cell(BOTH[0], name), self.cell(name, BOTH[0])
            column = QRectF(cell.x(), px(TITLE), cell.width(), px(HEAD))
            canvas.text(column, DESIGNS[name].label, CENTRE, size=26, bold=True)
            side = QRectF(0, row.y(), first.x() - px(GAP), row.height())
            canvas.text(side, DESIGNS[name].label, LEFT, size=26, bold=True)
        for each in view.cells:
            self._paint_cell(canvas, each, view.told)

    def _paint_cell(self, canvas: Canvas, cell: Cell, told: bool) -> None:
        place, own = self.cell(cell.hidden, cell.top), cell.hidden == cell.top
        canvas.box(place, "background" if own else "raised", "line", 2, radius=8)
        if not told:
            canvas.text(place, words.UNKNOWN, size=SHARE, bold=True)
            return
        above = place.adjusted(0, 0, 0, -place.height() * 0.36)
        below = place.adjusted(0, place.height() * 0.62, 0, -place.height() * 0.06)
        canvas.text(above, percent(cell.mean), size=SHARE, bold=True)
        canvas.text(below, words.give_or_take(cell.deviation), ink="muted", size=SPREAD)


@dataclass(frozen=True)
class TopsSeen:
    """All that the view shows of a state."""

    answer_hidden: bool


class SwappedTops(Page):
    """What was measured on all of MNIST; nothing of it depends on the networks on screen."""

    id = "tops"
    of_digit = False
    title = words.TOPS
    question = words.TOPS_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-of-tops")
        self.told = Headline(theme, size=26)
        self.picture = TopsPicture(theme)
        column(self.told, (self.picture, 1), spacing=12, of=self)
        self.setFocusProxy(self.picture)
        self.use_theme(theme)

    def see(self, state: State) -> TopsSeen:
        return seen(TopsSeen, state)

    def draw(self, view: TopsSeen, only_moving: bool) -> None:
        cells = []
        for hidden in BOTH:
            for top in BOTH:
                reached = of(hidden, top)
                values = reached.values
                cells.append(Cell(hidden, top, reached.mean, reached.deviation, len(values)))
        self.picture.show_view(TopsView(tuple(cells), not view.answer_hidden))
        found, starts = read_out(), cells[0].starts
        share, gap = percent(found.share, 0), number(100 * found.gap, 1)
        known = words.of_read_out(share, gap) if not view.answer_hidden else ""
        self.told.say(sentences(known, words.measured_before(found.data, starts)))
