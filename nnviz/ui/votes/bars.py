"""The buttons above and below the votes."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from nnviz.questions.votes import RULES
from nnviz.session.session import Session
from nnviz.ui.kit.controls import button, choices
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.in_lectures import for_operator, for_picture
from nnviz.ui.kit.layout import dress, row, shaped
from nnviz.ui.kit.more import more
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.player import Player
from nnviz.ui.votes import words
from nnviz.ui.votes.count import Count, Pair, VotesSeen
from nnviz.verdicts.readings import READINGS
from nnviz.words import sentences

GAP = 6
"""Between buttons on the design grid."""
FRAME = 28
"""What a button is wider than its words on the design grid."""
SELDOM = ("coupling", "duels")
"""Rules that stand behind *More*."""
OFTEN_ASKED = (("4", "9"), ("3", "5"), ("5", "8"))
"""Names of classes that are easily confused."""


class RuleBar(QWidget):
    """The rules with the answer of each, and the views."""

    def __init__(
        self, session: Session, search: Callable[[], None], choose_view: Callable[[str], None]
    ) -> None:
        super().__init__()
        self.setObjectName("rule-bar")
        self.flow = shaped(FlowLayout(self), GAP)
        self._reserved: tuple[Theme, tuple[str, ...]] | None = None
        rules = {
            rule: (words.RULE_NAMES[rule], sentences(READINGS[rule].help, words.RULE_TIP))
            for rule in RULES
        }
        self._session = session
        self.rules = choices(rules, "rule", self._choose, self)
        self.search = button(words.SEARCH, words.SEARCH_TIP, search, "next-disagreement")
        self.views = choices(words.VIEWS_AND_HELP, "view", choose_view, self)
        seldom, self._others = QWidget(), QWidget()
        seldom.setLayout(row(*(self.rules[rule] for rule in SELDOM), spacing=GAP))
        self._others.setLayout(row(seldom))
        self.more = more("votes", seldom)
        usual = [made for rule, made in self.rules.items() if rule not in SELDOM]
        self._counting = (*usual, self.search, self.more, self._others)
        for part in self._counting:
            self.flow.addWidget(part)
        for_operator(self)
        self.flow.add_spring()
        for made in self.views.values():
            self.flow.addWidget(made)

    def _choose(self, rule: str) -> None:
        """Reads by a rule; by the one that is chosen already, as usual again."""
        chosen = self._session.state.reading
        self._session.change(reading="" if rule == chosen else rule)

    def use_theme(self, theme: Theme) -> None:
        dress(self, theme)
        self._theme = theme
        if self._reserved is not None:
            self._reserve(self._reserved[1])

    def _reserve(self, names: tuple[str, ...]) -> None:
        """Makes the buttons as wide as their widest words: none may move under the pointer."""
        if self._reserved == (self._theme, names):
            return
        self._reserved = self._theme, names
        width = QFontMetrics(self._theme.font(bold=True)).horizontalAdvance
        frame = self._theme.px(FRAME)
        for rule, made in self.rules.items():
            said = (words.rule_and_answer(rule, name, same=False) for name in names)
            made.setMinimumWidth(max(map(width, said)) + frame)
        self.search.setMinimumWidth(max(map(width, (words.SEARCH, words.SEARCHING))) + frame)

    def show_view(self, view: VotesSeen, counted: Count) -> None:
        self._reserve(view.names)
        for rule, answer in zip(RULES, counted.answers, strict=True):
            same, made, name = (
                answer == counted.verdict.answer,
                self.rules[rule],
                view.names[answer],
            )
            # answers stay hidden while the votes are still being counted
            if counted.complete:
                made.setText(words.rule_and_answer(rule, name, same))
                made.setAccessibleName(words.rule_and_answer_aloud(rule, name, same))
            else:
                made.setText(words.RULE_NAMES[rule])
                made.setAccessibleName(words.RULE_NAMES[rule])
        self.rules[counted.rule].setChecked(True)
        for part in self._counting:
            part.setVisible(view.shown != "rules")
        self.views[view.shown].setChecked(True)
        self.flow.invalidate()

    def show_searching(self, searching: bool) -> None:
        self.search.setText(words.SEARCHING if searching else words.SEARCH)
        self.flow.invalidate()


class StepBar(QWidget):
    """The player, the pairs that are often confused, and the table."""

    def __init__(
        self, session: Session, ask: Callable[[int | None], None], table: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setObjectName("step-bar")
        self._session = session
        self.flow = shaped(FlowLayout(self), GAP)
        self.player = Player(ask)
        self.definition = QLabel(words.DECISIVE)
        self.pairs: dict[tuple[str, str], QPushButton] = {}
        for one, other in OFTEN_ASKED:
            made = button(
                words.pair_in_short(one, other),
                words.what_decides(one, other),
                partial(self._choose, one, other),
                f"pair-{one}-{other}",
            )
            made.setAccessibleName(words.against(one, other))
            made.setCheckable(True)
            self.pairs[one, other] = made
        self.flow.addWidget(self.player)
        self.flow.addWidget(self.definition)
        self.flow.add_spring()
        self.table = button(words.TABLE, words.TABLE_TIP, table, "table")
        for made in (*self.pairs.values(), self.table):
            self.flow.addWidget(made)
        for_picture(self.player)
        for_operator(self.definition, *self.pairs.values(), self.table)

    def _choose(self, one: str, other: str) -> None:
        known = self._session.state.digits.class_names
        self._session.change(pair=(known.index(one), known.index(other)))

    def show_view(self, view: VotesSeen, counted: Count, pair: Pair) -> None:
        self.player.setVisible(view.shown == "digit")
        self.definition.setVisible(view.shown == "all")
        self.player.show_steps(counted.done, len(counted.steps))
        shown = {view.names[each] for each in pair}
        for names, made in self.pairs.items():
            made.setVisible(view.roomy and set(names) <= set(view.names))
            made.setChecked(set(names) == shown)
        self.flow.invalidate()
