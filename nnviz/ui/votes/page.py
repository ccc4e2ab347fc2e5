"""Votes: who beats whom, what the rules make of it, and what decides between two classes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from nnviz.questions.votes import SurveyVotes
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.digit_with_label import DigitWithLabel
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.live_survey import LiveSurvey, when_asked
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.scrolled import Scrolled
from nnviz.ui.pages.untrained import Untrained, is_broken, is_untrained
from nnviz.ui.votes.vote_bars import RuleBar, StepBar
from nnviz.ui.votes.vote_count import Count, VotesSeen, count, rule_of, selected_pair
from nnviz.ui.votes.vote_pictures import VotePictures
from nnviz.ui.votes.vote_search import VoteSearch
from nnviz.ui.votes.vote_table import show_table
from nnviz.ui.votes.vote_views import (
    NO_EVIDENCE,
    matrix_view,
    mean_view,
    pair_lists,
    pair_view,
    totals_view,
)
from nnviz.ui.votes.vote_words import sentence, survey_sentence

PAIRS_FIT = 420
"""Height on the design grid from which there is room for buttons of single pairs."""
ALIKE = "The four rules read every other test digit{label} alike."
SAME = "The pairs are derived from the class scores, so the four rules always agree."


class VotesPage(Page):
    """The matrix, the totals beside it, and the pair that is selected."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("page-votes")
        self.view = "digit"
        self._roomy = True
        self.live = LiveSurvey(session, SurveyVotes)
        self.rules = RuleBar(session, self.search, self.choose_view)
        self.steps = StepBar(session, theme, self._show_step, self.show_table)
        self.player = self.steps.player
        self.sentence = QLabel()
        self.sentence.setObjectName("vote-sentence")
        self.sentence.setWordWrap(True)
        self.digit = DigitWithLabel(theme)
        self.pictures = VotePictures(theme)
        self.matrix, self.pair = self.pictures.matrix, self.pictures.pair
        self.totals = self.pictures.totals
        self.worst, self.decisive = self.pictures.worst, self.pictures.decisive
        self.matrix.chosen.connect(self._choose_pair)
        self.matrix.row_chosen.connect(self._choose_row)
        self.totals.chosen.connect(self._choose_class)
        for pairs in (self.worst, self.decisive):
            pairs.chosen.connect(self._choose_listed)
        self.pair.neuron_chosen.connect(lambda m, n: session.change(member=m, neuron=n))
        self.pair.digit_chosen.connect(self._show_digit)
        self.untrained = Untrained(session, theme)
        self._arrange()
        self._count: Count | None = None
        self.searching = VoteSearch(self)
        self.searching.changed.connect(self.rules.show_searching)
        self.searching.found.connect(self._show_digit)
        self.searching.failed.connect(self._say_alike)
        self.setFocusProxy(self.matrix)
        self.use_theme(theme)

    def _arrange(self) -> None:
        body = self._body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.addWidget(self.rules)
        top = QHBoxLayout()
        top.addWidget(self.digit)
        top.addWidget(self.sentence, 1)
        self._column.addLayout(top)
        self._column.addWidget(Scrolled(self.pictures), 1)
        self._column.addWidget(self.steps)
        self._stack = QStackedWidget()
        self._stack.addWidget(body)
        self._stack.addWidget(self.untrained)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setContentsMargins(theme.px(14), theme.px(6), theme.px(12), theme.px(8))
        self._column.setSpacing(theme.px(6))
        self.sentence.setFont(theme.font(22, bold=True))
        for part in (self.digit, self.rules, self.steps, self.pictures, self.untrained):
            part.use_theme(theme)

    # ---- drawing ---------------------------------------------------------------------

    def choose_view(self, view: str) -> None:
        self.view = view
        self.player.stop()
        self.draw(self.see(self.session.state), False)  # also what a click has unchecked

    def beside_digit(self, beside: bool) -> None:
        self.digit.setVisible(not beside)

    def slow_tick(self, state: State) -> None:
        self.live.tick()
        super().slow_tick(state)

    def see(self, state: State) -> VotesSeen:
        found = self.session.surveys.found(SurveyVotes)
        return VotesSeen(
            untrained=is_untrained(state),
            running=state.running,
            engine=state.engine,
            design=state.design,
            digits=state.digits,
            pixels=state.pixels,
            label=state.shown_label,
            asked=state.asked_class,
            rule=rule_of(state),
            step=state.step,
            pair=state.pair,
            shown=self.view,
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
        self._show_body(self._body, self.matrix)
        # cells and weights follow at once; words and numbers only as fast as they can be read
        if only_moving and self._count is not None:
            self._draw_moving(view, self._count)
        else:
            self.session.surveys.ask(SurveyVotes)
            self._draw(view)

    def _show_body(self, body: QWidget, focus: QWidget) -> None:
        if body is self._stack.currentWidget():
            return
        self._stack.setCurrentWidget(body)
        self.setFocusProxy(focus)
        if self.isVisible():
            self.setFocus()

    def _draw(self, view: VotesSeen) -> None:
        counted = self._count = count(view)
        pair = selected_pair(view, counted)
        self.rules.show_view(view, counted)
        self.steps.show_view(view, counted, pair)
        self.pictures.show_lists(view.shown == "all")
        if view.shown == "digit":
            words = sentence(view.names, counted, view.broken)
            self.matrix.show_view(matrix_view(view, counted))
        else:
            words = survey_sentence(view)
            self.matrix.show_view(mean_view(view, pair))
        self.totals.show_view(totals_view(view, counted))
        worst, decisive = pair_lists(view, pair)
        self.worst.show_view(worst)
        self.decisive.show_view(decisive)
        self.pair.show_view(pair_view(view, pair, None))
        self.sentence.setText(words)
        self.digit.show_digit(view.pixels, view.digits, view.label, view.verdict.answer)
        self.matrix.setAccessibleDescription(words)
        self.totals.setAccessibleDescription(words)
        names, said = view.names, view.verdict.pairs[pair]
        self.pair.setAccessibleDescription(
            NO_EVIDENCE
            if view.broken
            else f"{names[pair[0]]} against {names[pair[1]]}: {100 * said:.0f} percent."
        )

    def _draw_moving(self, view: VotesSeen, counted: Count) -> None:
        pair, old = selected_pair(view, counted), self.pair.view
        if view.shown == "digit":
            self.matrix.follow(view.verdict.pairs)
        if old is not None and old.classes == pair:
            self.pair.show_view(pair_view(view, pair, old), only_moving=True)

    def show_table(self) -> None:
        """Opens the numbers as a table."""
        view = self.matrix.view
        if view is not None:
            totals = self.totals.view if self.view == "digit" else None
            show_table(self, self.theme, self.sentence.text(), view, totals)

    # ---- steps -----------------------------------------------------------------------

    def step(self, direction: int) -> None:
        """The next step; after the last one the next digit, as far as its steps are shown."""
        self.player.stop()
        if self.view != "digit" or is_untrained(self.session.state):
            self.session.picking.pick("next" if direction > 0 else "previous")
            return
        counted = count(self.see(self.session.state))
        if direction > 0 and counted.complete:
            self.session.picking.pick("next")
            self.session.change(step=0)
        elif direction < 0 and not counted.done:
            self.session.picking.pick("previous")
            self.session.change(step=None)
        else:
            self._show_step(counted.done + direction)

    def _show_step(self, step: int | None) -> None:
        total = len(count(self.see(self.session.state)).steps)
        self.session.change(step=None if step is None or step >= total else step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, key = Qt.Key, event.key()
        if key == keys.Key_Home:
            self.player.stop()
            self._show_step(0)
        elif key == keys.Key_End:
            self.player.stop()
            self._show_step(None)
        elif key == keys.Key_T:
            self.show_table()
        else:
            super().keyPressEvent(event)

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

    def _choose_pair(self, row: int, column: int) -> None:
        self.session.change(pair=(row, column))

    def _choose_listed(self, key: int) -> None:
        self._choose_pair(*divmod(key, self.session.state.digits.classes))

    def _choose_class(self, each: int) -> None:
        """Shows the class against the answer, the answer against the one next to it."""
        state = self.session.state
        leading = count(self.see(state)).ranking[:2]
        rival = leading[1] if each == leading[0] else leading[0]
        self.session.change(pair=(each, rival))

    def search(self) -> None:
        """Looks for the next digit that the rules read differently, or stops looking."""
        state = self.session.state
        if self.searching.active:
            self.searching.stop()
        elif state.layout.has_pairs:
            self.searching.start(state)
        else:
            self.session.say("info", SAME)

    def _say_alike(self) -> None:
        state = self.session.state
        label = "" if state.label is None else f" with the label {state.named(state.label)}"
        self.session.say("info", ALIKE.format(label=label))

    def _choose_row(self, row: int) -> None:
        """Shows the mean votes of another class; of one digit, what its row is up against."""
        if self.view == "all":
            self.session.picking.pick_label(row)
        else:
            self._choose_class(row)

    def _show_digit(self, image: int) -> None:
        self.session.change(image=image, output=None, step=None)
