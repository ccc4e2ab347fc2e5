"""The way through the tree of all walks, and where the ways beside it lead."""

from dataclasses import dataclass
from math import comb

from PySide6.QtCore import QPointF, QRectF

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.elimination import words
from nnviz.ui.elimination.moves import choose_node, connect
from nnviz.ui.elimination.path import Walked, WalkSeen, see_walk, walk_of
from nnviz.ui.elimination.walk_steps import paint_left
from nnviz.ui.kit.canvas import CENTRE, DASHES, LEFT, Canvas
from nnviz.ui.kit.digit_with_label import DigitWithLabel
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.layout import column, row
from nnviz.ui.kit.steps import Places, StepGrid, StepsView, paint_named
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.pages.page import Page
from nnviz.words import number

NAME = 0.6
"""How much of a node's width its name takes; the mark has the rest."""


@dataclass(frozen=True)
class Level:
    """The nodes below the one visited in the step before."""

    leaving: tuple[int, ...]
    """Who leaves: the node visited."""
    ghosts: dict[int, int]
    """Class that could have left instead -> the class that is left in the end."""
    forced: bool
    """Whether the rule would have gone another way."""
    usual: tuple[int, ...]
    """Who leaves at this level where the rule is kept from the beginning."""
    heads: str
    """How many heads this level has, in words."""


@dataclass(frozen=True)
class Tree:
    """What stands in the tree. A node stands in the column of the class that leaves."""

    names: tuple[str, ...]
    label: int | None
    """The true class, where it is known."""
    levels: tuple[Level, ...]
    shown: int
    """How many levels are unfolded."""
    end: int
    usual_end: int
    """The end where the rule is kept."""
    heads_title: str

    def said(self, row: int, one: int) -> str:
        level = self.levels[row - 1] if row <= self.shown else None
        end = None if level is None else level.ghosts.get(one)
        if end is None:
            return words.cell(self.names[one], row)
        return words.end_beside(self.names[one], self.names[end])

    def paint(self, canvas: Canvas, places: Places) -> None:
        root = self._paint_root(canvas, places)
        above = [QPointF(root.center().x(), root.bottom())]
        for at, level in enumerate(self.levels[: self.shown], 1):
            start = _middle(above)
            for ghost in level.ghosts:
                top = _above(node(places, at, ghost))
                canvas.line(start, top, "line", dashes=DASHES)
            for one in level.leaving:
                canvas.line(start, _above(node(places, at, one)), "text", 4)
            above = [_below(node(places, at, one)) for one in level.leaving]
        for at, level in enumerate(self.levels, 1):
            current, unfolded = at == self.shown, at <= self.shown
            ink = "text" if current else "muted"
            canvas.text(places.number(at), number(at), CENTRE, ink, TEXT + 4, bold=current)
            canvas.text(places.words(at), level.heads, LEFT, "text" if unfolded else "line")
            if unfolded:
                self._paint_ghosts(canvas, places, at, level)
                self._paint_visited(canvas, places, at, level)
        if self.shown == len(self.levels):
            last = node(places, places.classes, self.end)
            canvas.line(_middle(above), _above(last), "text", 4)
            name, label = self.names[self.end], self.label
            paint_left(canvas, places, last, name, label, self.end, TEXT + 8, NAME)

    def _paint_root(self, canvas: Canvas, places: Places) -> QRectF:
        first, last = places.header(0), places.header(places.classes - 1)
        root = QRectF(first.topLeft(), last.bottomRight()).adjusted(0, 0, 0, -2)
        canvas.box(root, "background", "text", 2, 8)
        for one, name in enumerate(self.names):
            canvas.text(places.header(one).adjusted(0, 0, 0, -2), name, size=TEXT + 2, bold=True)
        canvas.text(places.words(0), self.heads_title, LEFT, "muted")
        return root

    def _paint_ghosts(self, canvas: Canvas, places: Places, row: int, level: Level) -> None:
        px = canvas.px
        for ghost, end in level.ghosts.items():
            place = node(places, row, ghost)
            differs = end != self.usual_end != ghost
            was_usual = level.forced and ghost in level.usual
            edge, width = ("focus", 3) if differs else ("line", 2)
            canvas.box(place, "panel", edge, width, 7, () if was_usual else DASHES)
            said = words.end_beside(self.names[ghost], self.names[end])
            ink = "text" if end != self.usual_end else "muted"
            inside = place.adjusted(px(3), -px(3), -px(3), px(3))
            canvas.text(inside, said, CENTRE, ink, bold=differs)

    def _paint_visited(self, canvas: Canvas, places: Places, row: int, level: Level) -> None:
        for one in level.leaving:
            place, falls = node(places, row, one), one == self.label
            fill, dashes = "wrong" if falls else "background", DASHES if level.forced else ()
            canvas.box(place, fill, "wrong", 3, 7, dashes)
            ink, mark = ("on_accent", None) if falls else ("text", "wrong")
            paint_named(canvas, place, self.names[one], ink, TEXT + 8, False, NAME, mark)


def node(places: Places, row: int, one: int) -> QRectF:
    """The place of a node."""
    cell = places.cell(row, one)
    inset = cell.height() * 0.16
    return cell.adjusted(0, inset, 0, -inset)


def _middle(points: list[QPointF]) -> QPointF:
    return points[len(points) // 2]


def _above(place: QRectF) -> QPointF:
    return QPointF(place.center().x(), place.top())


def _below(place: QRectF) -> QPointF:
    return QPointF(place.center().x(), place.bottom())


class TreeOfWalks(Page):
    """Visited nodes, and their siblings as ghosts with the end that they lead to."""

    id = "tree"
    title = words.TREE
    question = words.TREE_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.headline = Headline(theme)
        self.digit = DigitWithLabel(theme)
        self.tree = StepGrid(
            theme, title=words.TREE_NAME, tip=words.TREE_TIP, id="elimination-tree"
        )
        connect(self.tree, session, choose_node)
        column(row(self.digit, (self.headline, 1)), (self.tree, 1), spacing=4, of=self)
        self.setFocusProxy(self.tree)
        self.use_theme(theme)

    def beside_digit(self, beside: bool) -> None:
        self.digit.setVisible(not beside)

    def see(self, state: State) -> WalkSeen:
        return see_walk(state)

    def draw(self, view: WalkSeen, only_moving: bool) -> None:
        if only_moving:  # a tree that changes faster than five times a second cannot be read
            return
        found = walk_of(view)
        self.headline.say(words.tree_heading(found))
        answer = view.verdict.answer if found.complete else None
        self.digit.show_digit(view.pixels, view.digits, view.label, answer)
        self.tree.show_view(tree_of(found))


def tree_of(found: Walked) -> StepsView:
    """The steps as a way through the tree."""
    classes, levels = found.layout.classes, []
    for at, step in enumerate(found.steps, 1):
        usual = found.usual[at - 1].leaving if at <= len(found.usual) else ()
        size = len(step.in_play)
        nodes = classes - size + 1 if found.duel else comb(classes, size)
        ghosts = found.ends.beside(step) if at <= found.shown else {}
        forced = any(each == at for each, _ in found.detours)
        levels.append(Level(step.leaving, ghosts, forced, usual, words.one_of(nodes)))
    tree = Tree(
        names=found.names,
        label=found.label,
        levels=tuple(levels),
        shown=found.shown,
        end=found.end,
        usual_end=found.usual_end,
        heads_title=words.what_exists(found),
    )
    level = levels[found.shown - 1] if found.shown else None
    columns = () if level is None else tuple(sorted((*level.leaving, *level.ghosts)))
    told = words.description(found)
    return StepsView(tree, row=found.shown, columns=columns, pair=found.seen.pair, words=told)
