"""The buttons above and below the votes."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from nnviz.questions.votes import RULES
from nnviz.session.session import Session
from nnviz.ui.kit.buttons import button, style_buttons
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.layout import dress
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.player import Player
from nnviz.ui.votes.vote_count import Count, Pair, VotesSeen
from nnviz.ui.votes.vote_words import RULE_NAMES
from nnviz.verdicts.readings import READINGS

VIEWS = {"digit": "This digit", "all": "All digits"}
VIEWS_HELP = {
    "digit": "The votes of the digit on screen.",
    "all": "The mean votes of all test digits, the pairs most often wrong and those that decide.",
}
DECISIVE = "decisive: the answer changes if this pair alone says the opposite"
SEARCH = ("Next where they differ", "Searching … stop")
OFTEN_ASKED = (("4", "9"), ("3", "5"), ("5", "8"))
"""Names of classes that are easily confused."""


class VoteBar(QWidget):
    """What both bars have."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.flow = FlowLayout(self)

    def use_theme(self, theme: Theme) -> None:
        style_buttons(self, theme)
        self.flow.setContentsMargins(0, 0, 0, 0)
        self.flow.setSpacing(theme.px(6))
        self.flow.invalidate()


class RuleBar(VoteBar):
    """The rules with the answer of each, and the views."""

    def __init__(
        self, session: Session, search: Callable[[], None], choose_view: Callable[[str], None]
    ) -> None:
        super().__init__("rule-bar")
        self._reserved: tuple[Theme, tuple[str, ...]] | None = None
        self.rules: dict[str, QPushButton] = {}
        for rule in RULES:
            made = button(
                RULE_NAMES[rule],
                READINGS[rule].help,
                partial(session.change, reading=rule),
                f"rule-{rule}",
            )
            made.setCheckable(True)
            self.rules[rule] = made
            self.flow.addWidget(made)
        self.search = button(
            SEARCH[False],
            "The next test digit that the four rules do not all read alike; ≠ marks a rule that "
            "answers otherwise than the one chosen.",
            search,
            "next-disagreement",
        )
        self.flow.addWidget(self.search)
        self.flow.add_spring()
        self.views: dict[str, QPushButton] = {}
        for view, words in VIEWS.items():
            made = button(words, VIEWS_HELP[view], partial(choose_view, view), f"view-{view}")
            made.setCheckable(True)
            self.views[view] = made
            self.flow.addWidget(made)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._theme = theme
        if self._reserved is not None:
            self._reserve(self._reserved[1])

    def _reserve(self, names: tuple[str, ...]) -> None:
        """Makes the buttons as wide as their widest words: none may move under the pointer."""
        if self._reserved == (self._theme, names):
            return
        self._reserved = self._theme, names
        metrics, frame = QFontMetrics(self._theme.font(bold=True)), self._theme.px(28)
        longest = max(map(metrics.horizontalAdvance, names))
        for rule, made in self.rules.items():
            words = metrics.horizontalAdvance(f"{RULE_NAMES[rule]}  ≠")
            made.setMinimumWidth(words + longest + frame)
        self.search.setMinimumWidth(max(map(metrics.horizontalAdvance, SEARCH)) + frame)

    def show_view(self, view: VotesSeen, counted: Count) -> None:
        self._reserve(view.names)
        for rule, answer in zip(RULES, counted.answers, strict=True):
            same = answer == counted.verdict.answer
            words = f"{RULE_NAMES[rule]} {view.names[answer]}"
            made = self.rules[rule]
            # answers stay hidden while the votes are still being counted
            words = words if counted.complete else RULE_NAMES[rule]
            made.setText(words if same or not counted.complete else f"{words} ≠")
            made.setAccessibleName(words if same else f"{words}, differs")
            made.setChecked(rule == counted.rule)
        for name, choice in self.views.items():
            choice.setChecked(name == view.shown)
        self.flow.invalidate()

    def show_searching(self, searching: bool) -> None:
        self.search.setText(SEARCH[searching])
        self.flow.invalidate()


class StepBar(VoteBar):
    """The player, the pairs that are often confused, and the table."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        ask: Callable[[int | None], None],
        table: Callable[[], None],
    ) -> None:
        super().__init__("step-bar")
        self._session = session
        self.player = Player(ask)
        self.flow.addWidget(self.player)
        self.definition = QLabel(DECISIVE)
        self.flow.addWidget(self.definition)
        self.flow.add_spring()
        self.pairs: dict[tuple[str, str], QPushButton] = {}
        for names in OFTEN_ASKED:
            made = button(
                f"{names[0]} | {names[1]}",
                f"What decides between {names[0]} and {names[1]}.",
                partial(self._choose, names),
                f"pair-{names[0]}-{names[1]}",
            )
            made.setAccessibleName(f"{names[0]} against {names[1]}")
            made.setCheckable(True)
            self.pairs[names] = made
            self.flow.addWidget(made)
        self.flow.addWidget(
            button("Table", "The numbers as a table, for screen readers too (T).", table, "table")
        )

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self.definition.setFont(theme.font())
        dress(self.player, theme)

    def _choose(self, names: tuple[str, str]) -> None:
        known = self._session.state.digits.class_names
        self._session.change(pair=(known.index(names[0]), known.index(names[1])))

    def show_view(self, view: VotesSeen, counted: Count, pair: Pair) -> None:
        self.player.setVisible(view.shown == "digit")
        self.definition.setVisible(view.shown == "all")
        self.player.show_steps(counted.done, len(counted.steps))
        known = view.names
        shown = {known[each] for each in pair}
        for names, made in self.pairs.items():
            made.setVisible(view.roomy and set(names) <= set(known))
            made.setChecked(set(names) == shown)
        self.flow.invalidate()
