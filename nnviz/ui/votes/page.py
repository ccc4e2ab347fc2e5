"""Votes: who beats whom, what the rules make of it, and what decides between two classes."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedWidget, QWidget

from nnviz.questions.votes import SurveyVotes
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.folding import Scrolled
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.layout import column, row, sized
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.against_one import conclude_by_rule
from nnviz.ui.pages.conclusion import Concluded, Conclusion
from nnviz.ui.pages.own_kind import OwnKind, see_own_kind
from nnviz.ui.pages.page import LiveSurvey, Page, choose_view_of, when_asked
from nnviz.ui.pages.player import show_step, step_on
from nnviz.ui.pages.untrained import Untrained, is_broken, is_untrained
from nnviz.ui.votes import words
from nnviz.ui.votes.against import RuleAgainstRule
from nnviz.ui.votes.bars import RuleBar, StepBar
from nnviz.ui.votes.count import Count, VotesSeen, count, rule_of, selected_pair
from nnviz.ui.votes.matrix import Key
from nnviz.ui.votes.pictures import VotePictures, show_table
from nnviz.ui.votes.search import VoteSearch
from nnviz.ui.votes.views import (
    matrix_view,
    mean_view,
    pair_lists,
    pair_view,
    totals_view,
    weights_of,
)
from nnviz.verdicts.answers import Options
from nnviz.words import sentences

PAIRS_FIT = 420
"""Height on the design grid from which there is room for buttons of single pairs."""
MOST = 1000
"""Parts of a line that a sentence takes, beside one of the buttons."""
SENTENCE = 22
"""Size of its type."""


def conclude(session: Session, state: State) -> Concluded:
    """What the rule on screen makes of all answers, beside one network."""
    if state.answer_hidden:
        return Concluded("")
    state = state.here
    return conclude_by_rule(session, state, rule_of(state), Options())


class Counting(QWidget):
    """What counts votes."""

    def heightForWidth(self, width: int) -> int:
        # as of a page: what is hidden asks for no lines
        return -1 if self.isHidden() else super().heightForWidth(width)


class VotesPage(Page):
    """The matrix, the totals beside it, and the pair that is selected."""

    id = "votes"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("page-votes")
        self._roomy = True
        self._count: Count | None = None
        self.live = LiveSurvey(session, SurveyVotes)
        self.rules = RuleBar(session, self.search, self.choose_view)
        self.steps = StepBar(session, self._show_step, self.show_table)
        self.player = self.steps.player
        self.sentence = sized(QLabel(), text=SENTENCE, bold=True)
        self.sentence.setObjectName("vote-sentence")
        self.sentence.setWordWrap(True)
        self.pictures = VotePictures(theme)
        self.matrix, self.pair = self.pictures.matrix, self.pictures.pair
        self.totals = self.pictures.totals
        self.worst, self.decisive = self.pictures.worst, self.pictures.decisive
        self.matrix.chosen.connect(self._choose_cell)
        self.totals.chosen.connect(self._choose_class)
        for pairs in (self.worst, self.decisive):
            pairs.chosen.connect(self._choose_listed)
        self.pair.chosen.connect(self._choose_evidence)
        self.untrained = Untrained(session, theme)
        self._body, self._stack = QWidget(), QStackedWidget()
        top, scrolled = row((self.sentence, 1)), Scrolled(self.pictures)
        self.conclusion = Conclusion(session, theme, conclude, lines=1)
        self.own_kind = OwnKind(session, self)
        self.against = RuleAgainstRule(session, theme)
        self._inside, counting = QStackedWidget(), Counting()
        self._parts = (counting, self.against)
        self.told = Headline(theme, SENTENCE, bold=False)  # in lecture mode, where room is dear
        self._top = QWidget()
        self._top.setLayout(top)
        below = row((self.told, MOST), (self.steps, 1))
        column(self._top, (scrolled, 1), below, self.conclusion, spacing=5, of=counting)
        for part in self._parts:
            self._inside.addWidget(part)
        self._show_inside(0)
        parts = self.rules, self.own_kind, (self._inside, 1)
        column(*parts, spacing=5, margins=(14, 6, 12, 8), of=self._body)
        for body in (self._body, self.untrained):
            self._stack.addWidget(body)
        column(self._stack, of=self)
        self.searching = VoteSearch(self)
        self.searching.changed.connect(self.rules.show_searching)
        self.searching.found.connect(self._show_digit)
        self.searching.failed.connect(self._say_alike)
        for key, act in (
            (Qt.Key.Key_Home, lambda: self._jump(0)),
            (Qt.Key.Key_End, lambda: self._jump(None)),
            (Qt.Key.Key_T, self.show_table),
        ):
            keys = QShortcut(QKeySequence(key), self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(act)
        self.setFocusProxy(self.matrix)
        self.use_theme(theme)

    # ---- drawing ---------------------------------------------------------------------

    @property
    def view(self) -> str:
        """The view that is chosen."""
        return self.session.state.views.get(self.id, "digit")

    def choose_view(self, view: str) -> None:
        self.player.stop()
        choose_view_of(self.session, self.id, view)
        self.draw(self.see(self.session.state), False)  # also what a click has unchecked
        self.view_turned.emit()

    def tells_of_digit(self, state: State) -> bool:
        return state.views.get(self.id, "digit") == "digit"

    def holds_back(self, state: State) -> bool:
        if state.answer_hidden:
            return True
        if self.view != "digit" or is_untrained(state.here) or state.step is None:
            return False
        return not count(self.see(state)).complete

    def slow_tick(self, state: State) -> None:
        self.live.tick()
        super().slow_tick(state)
        if self.conclusion.isVisible():
            self.conclusion.slow_tick(state)

    @staticmethod
    def ask(session: Session) -> None:
        session.surveys.ask(SurveyVotes)
        if session.state.views.get("votes") == RuleAgainstRule.id:
            RuleAgainstRule.ask(session)

    def see(self, state: State) -> VotesSeen:
        found, own_kind = self.session.surveys.found(SurveyVotes), see_own_kind(state)
        state = state.here
        return VotesSeen(
            own_kind=own_kind,
            untrained=is_untrained(state),
            running=state.learns,
            engine=state.engine,
            design=state.design,
            digits=state.digits,
            pixels=state.pixels,
            label=None if state.answer_hidden else state.shown_label,
            asked=state.asked_class,
            rule=rule_of(state),
            step=0 if state.answer_hidden else state.step,
            pair=state.pair,
            shown=self.view,
            lecturing=state.lecturing,
            hidden=state.answer_hidden,
            roomy=self._roomy,
            found=found,
            when=when_asked(state, found) if found is not None else "",
            seen=state.seen,
            verdict=state.sure_verdict,
            broken=is_broken(state),
        )

    def draw(self, view: VotesSeen, only_moving: bool) -> None:
        if view.untrained:
            self.player.stop()
            self.untrained.show_state(view)
            self._show_body(self.untrained, self.untrained.train)
            return
        against = view.shown == self.against.id
        self._show_body(self._body, self.against if against else self.matrix)
        if against != self._inside.currentIndex():
            self._show_inside(int(against))
        for part in (self._top, self.conclusion):
            part.setVisible(not view.lecturing)
        self.told.setVisible(view.lecturing)
        # cells and weights follow at once; words and numbers only as fast as they can be read
        if only_moving and self._count is not None:
            self._draw_moving(view, self._count)
        else:
            self.session.surveys.ask(SurveyVotes)
            self._draw(view)

    def _show_inside(self, shown: int) -> None:
        """Counting, or rule against rule; what is hidden asks for no room."""
        for place, part in enumerate(self._parts):
            policy = QSizePolicy.Policy.Preferred if place == shown else QSizePolicy.Policy.Ignored
            part.setSizePolicy(policy, policy)
        self._inside.setCurrentIndex(shown)

    def _show_body(self, body: QWidget, focus: QWidget) -> None:
        if body is self._stack.currentWidget() and focus is self.focusProxy():
            return
        self._stack.setCurrentWidget(body)
        self.setFocusProxy(focus)
        if self.isVisible():
            self.setFocus()

    def _draw(self, view: VotesSeen) -> None:
        counted = self._count = count(view)
        self.own_kind.show_view(view.own_kind)
        pair = selected_pair(view, counted)
        self.rules.show_view(view, counted)
        if view.shown == self.against.id:
            return
        self.steps.show_view(view, counted, pair)
        self.pictures.show_lists(view.shown == "all")
        self.pictures.show_pair(view.pair is not None or not view.lecturing)
        of_digit = view.shown == "digit"
        matrix = matrix_view(view, counted) if of_digit else mean_view(view, pair)
        self.matrix.show_view(matrix)
        self.totals.show_view(totals_view(view, counted))
        worst, decisive = pair_lists(view, pair)
        self.worst.show_view(worst)
        self.decisive.show_view(decisive)
        if view.hidden or (of_digit and not counted.done and view.pair is None):
            self.pair.show_nothing()  # before the first step nothing tells who beats whom
        else:
            self.pair.show_view(pair_view(view, pair))
        self.sentence.setText(matrix.words)
        same = of_digit and counted.complete and view.verdict.evidence.derived_pairs
        said = matrix.words if counted.done or not of_digit else words.NOT_YET
        self.told.say(sentences(said, words.SAME if same else ""))

    def _draw_moving(self, view: VotesSeen, counted: Count) -> None:
        pair, old = selected_pair(view, counted), self.pair.view
        if old is not None and old.classes == pair:
            weights = weights_of(view.seen.network, old.neurons)
            self.pair.show_view(replace(old, weights=weights))

    def show_table(self) -> None:
        """Opens the numbers as a table."""
        if self.matrix.view is not None and self.view != self.against.id:
            totals = self.totals.view if self.view == "digit" else None
            show_table(self, self.theme, self.matrix.view, totals)

    # ---- steps -----------------------------------------------------------------------

    def step(self, direction: int) -> None:
        """The next step; after the last one the next digit, as far as its steps are shown."""
        self.player.stop()
        if self.view != "digit" or is_untrained(self.session.state.here):
            if not self.session.state.lecturing:
                super().step(direction)
        else:
            counted = count(self.see(self.session.state))
            step_on(self.session, direction, counted.done, len(counted.steps))

    def _show_step(self, step: int | None) -> None:
        show_step(self.session, step, len(count(self.see(self.session.state)).steps))

    def _jump(self, step: int | None) -> None:
        self.player.stop()
        self._show_step(step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.height() >= self.theme.px(PAIRS_FIT)
        if roomy != self._roomy:
            self._roomy = roomy
            self.look(self.session.state)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()  # arrows work at once

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.player.stop()
        self.searching.stop()

    # ---- choosing --------------------------------------------------------------------

    def _choose_cell(self, key: Key) -> None:
        """Selects a pair; by the name of a row shows the mean votes of another class, and of one
        digit what the row is up against."""
        line, other = key
        if other is not None:
            self.session.change(pair=(line, other))
        elif self.view == "all":
            self.session.picking.pick_label(line)
        else:
            self._choose_class(line)

    def _choose_listed(self, key: int) -> None:
        self.session.change(pair=divmod(key, self.session.state.digits.classes))

    def _choose_evidence(self, key: tuple[int, int] | int) -> None:
        """Selects a hidden neuron, by its network and number, or shows a digit."""
        if isinstance(key, int):
            self._show_digit(key)
        else:
            self.session.change(member=key[0], neuron=key[1])

    def _choose_class(self, each: int) -> None:
        """Shows the class against the answer, the answer against the one next to it."""
        state = self.session.state
        leading = count(self.see(state)).ranking[:2]
        rival = leading[1] if each == leading[0] else leading[0]
        self.session.change(pair=(each, rival))

    def search(self) -> None:
        """Looks for the next digit that the rules read differently, or stops looking."""
        state = self.session.state.here
        if self.searching.active:
            self.searching.stop()
        elif state.layout.has_pairs:
            self.searching.start(state)
        else:
            self.session.say("passing", words.SAME)

    def _say_alike(self) -> None:
        state = self.session.state
        label = None if state.label is None else state.named(state.label)
        self.session.say("passing", words.read_alike(label))

    def _show_digit(self, image: int) -> None:
        self.session.change(image=image, output=None, step=None)
