"""The way through the tree of all walks, and where the ways beside it lead."""

from math import comb

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.elimination.path import Walked, WalkSeen, see_walk, walk_of
from nnviz.ui.elimination.steps import choose_node, jump, show_steps
from nnviz.ui.elimination.tree_picture import EliminationTree, Level, TreeView
from nnviz.ui.elimination.words import description, heading, how_many_exist, what_exists
from nnviz.ui.kit.digit_with_label import DigitWithLabel
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import Page


class TreeOfWalks(Page):
    """Visited nodes, and their siblings as ghosts with the end that they lead to."""

    id = "tree"
    title = "Tree"
    question = "Which of all heads are visited, and what if another class had left?"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.headline = Headline(theme)
        self.digit = DigitWithLabel(theme)
        self.tree = EliminationTree(theme)
        self.tree.setObjectName("elimination-tree")
        self.tree.setAccessibleName("Tree of walks")
        self.tree.setToolTip(
            "6 → 4: if 6 had left here, 4 would be left in the end. Click a dashed class to follow "
            "its branch, another one to go to its step."
        )
        self.tree.chosen.connect(lambda row, one: choose_node(session, row, one))
        self.tree.stepped.connect(lambda by: show_steps(session, by))
        self.tree.jumped.connect(lambda end: jump(session, end))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        top.addWidget(self.digit)
        top.addWidget(self.headline, 1)
        self._column.addLayout(top)
        self._column.addWidget(self.tree, 1)
        self.setFocusProxy(self.tree)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setSpacing(theme.px(4))
        self.headline.use_theme(theme)
        self.digit.use_theme(theme)
        self.tree.use_theme(theme)

    def beside_digit(self, beside: bool) -> None:
        self.digit.setVisible(not beside)

    def see(self, state: State) -> WalkSeen:
        return see_walk(state)

    def draw(self, view: WalkSeen, only_moving: bool) -> None:
        if only_moving:  # a tree that changes faster than five times a second cannot be read
            return
        found = walk_of(view)
        self.headline.say(_heading(found))
        self.digit.show_digit(view.pixels, view.digits, view.label, view.verdict.answer)
        self.tree.show_view(_tree(found))
        self.tree.mark_pair(view.pair)
        self.tree.setAccessibleDescription(description(found))


def _heading(found: Walked) -> str:
    if found.detours:
        return heading(found)
    words = how_many_exist(found)
    ends = [
        (number, gone, end)
        for number, step in enumerate(found.steps[: found.shown], 1)
        for gone, end in found.ends.beside(step).items()
        if end != found.usual_end != gone
    ]
    if not found.shown:
        return words
    if ends:
        number, gone, end = ends[0]
        names = found.names
        return f"{words} Had {names[gone]} left in step {number}, {names[end]} would be left."
    return f"{words} Only if the winner left would the end be another."


def _tree(found: Walked) -> TreeView:
    classes = found.layout.classes
    levels = []
    for number, step in enumerate(found.steps, 1):
        usual = found.usual[number - 1].leaving if number <= len(found.usual) else ()
        size = len(step.in_play)
        nodes = classes - size + 1 if found.duel else comb(classes, size)
        ghosts = found.ends.beside(step) if number <= found.shown else {}
        forced = any(at == number for at, _ in found.detours)
        levels.append(Level(step.leaving, ghosts, forced, usual, f"1 of {nodes}"))
    return TreeView(
        names=found.names,
        label=found.label,
        levels=tuple(levels),
        shown=found.shown,
        end=found.end,
        usual_end=found.usual_end,
        heads_title=what_exists(found),
    )
