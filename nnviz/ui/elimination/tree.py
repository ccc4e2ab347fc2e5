"""The way down through the sets in play, and where the ways lead that branch off."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb

from PySide6.QtCore import QPointF, QRectF

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.elimination import words
from nnviz.ui.elimination.boughs import TreePlaces
from nnviz.ui.elimination.moves import choose_node, connect
from nnviz.ui.elimination.path import Walked, WalkSeen, see_walk, walk_of
from nnviz.ui.kit import layout
from nnviz.ui.kit.canvas import CENTRE, DASHES, DOTS, LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import are_words, fits
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.picture import Region
from nnviz.ui.kit.steps import Places, StepGrid, StepsView, paint_named
from nnviz.ui.kit.theme import BACK_ROW, TEXT, Theme
from nnviz.ui.pages.output_words import STILL_TO_COME
from nnviz.ui.pages.page import Page
from nnviz.words import number

SIGNS = TEXT + 8
"""Size of the classes on the way."""


@dataclass(frozen=True)
class Level:
    """A set on the way, and one step from it."""

    in_play: tuple[int, ...]
    leaving: tuple[int, ...]
    """Who leaves."""
    ghosts: dict[int, int]
    """Class that could have left instead -> the class that is left in the end."""
    told: bool
    """Whether those ends may be said."""
    forced: bool
    """Whether the rule would have gone another way."""
    usual: tuple[int, ...]
    """Who leaves here where the rule is kept from the beginning."""
    heads: str
    """How many sets of this size there are, in words."""

    def boughs(self, usual_end: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Who branches off: to another end, to the usual one or nobody knows where."""
        others = tuple(one for one, end in self.ghosts.items() if self.told and end != usual_end)
        return others, tuple(one for one in self.ghosts if one not in others)


@dataclass(frozen=True)
class Tree:
    """What stands in the tree."""

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
    pair: tuple[int, int] | None = None
    lecturing: bool = False

    def said(self, row: int, one: int) -> str:
        level = self.levels[row - 1] if row <= self.shown else None
        end = None if level is None else level.ghosts.get(one)
        if level is None or end is None:
            return words.cell(self.names[one], row)
        return words.end_beside(self.names[one], self.names[end] if level.told else STILL_TO_COME)

    def places(self, width: float, height: float, theme: Theme) -> TreePlaces:
        """Where it all lies in a picture of this size."""
        sides = [level.boughs(self.usual_end) for level in self.levels]
        sizes = (*(len(level.in_play) for level in self.levels), 1)
        others, alike = (max(len(each[side]) for each in sides) for side in (0, 1))
        most = max(others + alike, len(self.names) - 2)  # as wide before the first step
        return TreePlaces(
            width, height, len(self.names), theme, sizes, others, max(alike, most - others)
        )

    def regions(self, places: TreePlaces) -> Iterable[Region]:
        """Sets of the steps shown, and who could have left instead."""
        for row, level in enumerate(self.levels[: self.shown], 1):
            first = level.leaving[0]
            yield Region((row, first), places.on_way(row), words=self.said(row, first))
            for right, side in enumerate(level.boughs(self.usual_end)):
                for at, one in enumerate(side):
                    place, said = places.bough(row, at, len(side), bool(right)), self.said(row, one)
                    yield Region((row, one), place, tip=said, words=said)

    def paint(self, canvas: Canvas, places: Places) -> None:
        assert isinstance(places, TreePlaces)
        self._paint_titles(canvas, places)
        shown = self.levels[: self.shown]
        for row, level in enumerate(shown, 1):
            below = places.on_way(row + 1)
            start, end = QPointF(places.middle, places.on_way(row).bottom()), below.top()
            dashes = DASHES if level.forced else ()
            canvas.line(start, QPointF(places.middle, end), "text", 4, dashes)
        for row, level in enumerate(shown, 1):
            self._paint_boughs(canvas, places, row, level)
        for row in range(1, min(self.shown + 1, len(self.levels)) + 1):
            self._paint_set(canvas, places, row)
            self._paint_words(canvas, places, row)
        if self.shown == len(self.levels):
            self._paint_end(canvas, places)

    def _paint_titles(self, canvas: Canvas, places: TreePlaces) -> None:
        """Above the branches: what the two sides have in common."""
        line = places.line(0)
        canvas.text(places.number(0).adjusted(0, 0, canvas.px(30), 0), words.STEP, LEFT, "muted")
        if not self.lecturing:
            canvas.text(places.words(0), self.heads_title, LEFT, "muted")
        if not self.shown:
            return
        box = places.on_way(1)
        right = QRectF(box.right(), line.y(), line.right() - box.right(), line.height())
        if not self.lecturing:
            right.setRight(places.words(0).left() - canvas.px(8))
        told = self.levels[0].told
        said = words.same_end(self.names[self.usual_end]) if told else words.COULD_HAVE_LEFT
        if told and not fits(said, right.width(), canvas.theme):
            said = words.still(self.names[self.usual_end])
        if any(level.boughs(self.usual_end)[1] for level in self.levels[: self.shown]):
            canvas.text(right, said, LEFT, "muted")
        if not told:
            return
        left = QRectF(line.x() + canvas.px(60), line.y(), 0, line.height())
        left.setRight(box.left())
        canvas.text(left, words.OTHER_END, RIGHT, "muted")

    def _paint_words(self, canvas: Canvas, places: TreePlaces, row: int) -> None:
        """Which step it is, and what becomes of the true class."""
        current, level = row == self.shown, self.levels[row - 1]
        ink = "text" if current else "muted"
        if row <= self.shown:
            canvas.text(places.number(row), number(row), CENTRE, ink, TEXT + 4, bold=current)
        place = places.words(row)
        if row <= self.shown and self.label in level.leaving:
            said = words.falls(self.names[self.label])
            canvas.text(place, said, LEFT, "wrong", TEXT + 6, bold=True)
        elif not self.lecturing:
            canvas.text(place, level.heads, LEFT, "muted" if row <= self.shown else "line")

    def _paint_set(self, canvas: Canvas, places: TreePlaces, row: int) -> None:
        """The classes in play; who leaves is crossed out."""
        level, box, px = self.levels[row - 1], places.on_way(row), canvas.px
        current, gone = row == self.shown, level.leaving if row <= self.shown else ()
        canvas.box(box, "raised" if current else "background", "text", 3 if current else 2, 8)
        if are_words(self.names, canvas.theme):
            self._paint_in_words(canvas, box, level, bool(gone))
            return
        for at, one in enumerate(level.in_play):
            place = places.sign(row, at)
            ink, inside = "text", place.adjusted(px(2), px(3), -px(2), -px(3))
            if one in gone:
                falls = one == self.label
                dashes = DASHES if level.forced else ()
                canvas.box(inside, "wrong" if falls else "", "wrong", 3, 6, dashes)
                ink = "on_accent" if falls else "text"
                if not falls:
                    canvas.line(inside.bottomLeft(), inside.topRight(), "wrong", 3, dashes)
            size = min(SIGNS, box.height() / canvas.theme.scale * 0.86)
            roomy = inside.adjusted(0, -px(6), 0, px(6))  # numerals have no descenders
            canvas.text(roomy, self.names[one], CENTRE, ink, size, bold=one not in gone)
            if one not in gone and one in (self.pair or ()):
                canvas.box(inside, edge="text", width=2, radius=6, dashes=DOTS)

    def _paint_in_words(self, canvas: Canvas, box: QRectF, level: Level, gone: bool) -> None:
        """How many classes are in play, and who leaves: not all names have room."""
        said, ink = words.in_play(len(level.in_play)), "text"
        if gone:
            said = words.leaves_set(len(level.in_play), [self.names[one] for one in level.leaving])
            ink = "wrong" if self.label in level.leaving else "text"
        canvas.text(box.adjusted(canvas.px(3), 0, -canvas.px(3), 0), said, CENTRE, ink, bold=True)

    def _paint_boughs(self, canvas: Canvas, places: TreePlaces, row: int, level: Level) -> None:
        px = canvas.px
        for right, side in enumerate(level.boughs(self.usual_end)):
            if not side:
                continue
            whole, fork = places.boughs(row, len(side), bool(right)), places.fork(row, bool(right))
            near = whole.left() if right else whole.right()
            end = QPointF(near, whole.center().y())
            current = row == self.shown
            canvas.line(fork, end, "text" if current else "muted", 3 if current else 2)
            if right:
                canvas.box(whole, "panel", "muted", 2 if current else 1, 7)
            for at, one in enumerate(side):
                place = places.bough(row, at, len(side), bool(right))
                inside = place.adjusted(px(2), px(2), -px(2), -px(2))
                differs = not right and one != self.usual_end
                if not right:
                    edge, width = ("text", 3) if differs else ("muted", 2 if current else 1)
                    canvas.box(inside, "panel", edge, width, 7)
                if level.forced and one in level.usual:
                    canvas.box(inside, edge="text", width=2, radius=6, dashes=DASHES)
                said = self.names[one] if right else self.said(row, one)
                roomy = inside.adjusted(px(1), -px(6), -px(1), px(6))
                canvas.text(roomy, said, CENTRE, "text", TEXT, bold=differs)

    def _paint_end(self, canvas: Canvas, places: TreePlaces) -> None:
        """Who is left, and whether that is right."""
        box, label, name = places.on_way(places.rows), self.label, self.names[self.end]
        right = None if label is None else self.end == label
        colour = canvas.theme.judged(right)
        canvas.box(box, colour if right else "background", colour, 4, 9)
        ink = canvas.ink("on_accent") if right else colour
        size = min(BACK_ROW, box.height() / canvas.theme.scale * 0.9)
        paint_named(canvas, box, name, ink, size, right)
        if right is not None:
            beside = QRectF(box.right() + canvas.px(14), box.y(), canvas.px(150), box.height())
            said = words.RIGHT if right else words.WRONG
            canvas.text(beside, said, LEFT, colour, min(TEXT + 6, size), bold=True)


class TreeOfWalks(Page):
    """The sets visited, and who could have left instead with the end that it leads to."""

    id = "tree"
    title = words.TREE
    question = words.TREE_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.headline = Headline(theme)
        self.tree = StepGrid(
            theme, title=words.TREE_NAME, tip=words.TREE_TIP, id="elimination-tree"
        )
        connect(self.tree, session, choose_node)
        layout.column(self.headline, (self.tree, 1), spacing=4, of=self)
        self.setFocusProxy(self.tree)
        self.use_theme(theme)

    def see(self, state: State) -> WalkSeen:
        return see_walk(state)

    def draw(self, view: WalkSeen, only_moving: bool) -> None:
        if only_moving:  # a tree that changes faster than five times a second cannot be read
            return
        found = walk_of(view)
        self.headline.say(words.tree_heading(found))
        self.headline.setVisible(not view.lecturing)  # the page says it below
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
        said = words.one_of(nodes)
        told = found.ends_told
        levels.append(Level(step.in_play, step.leaving, ghosts, told, forced, usual, said))
    tree = Tree(
        names=found.names,
        label=found.label,
        levels=tuple(levels),
        shown=found.shown,
        end=found.end,
        usual_end=found.usual_end,
        heads_title=words.what_exists(found),
        pair=found.seen.pair,
        lecturing=found.seen.lecturing,
    )
    level = levels[found.shown - 1] if found.shown else None
    columns = () if level is None else tuple(sorted((*level.leaving, *level.ghosts)))
    said = words.description(found)
    return StepsView(tree, row=found.shown, columns=columns, pair=found.seen.pair, words=said)
