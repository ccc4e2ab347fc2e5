"""Elimination: the walk from all classes to one, the ways not taken, and all test digits."""

from dataclasses import dataclass, field
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from nnviz.questions.elimination import variants_of
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.elimination import words
from nnviz.ui.elimination.departures import DeparturesOfAll
from nnviz.ui.elimination.heaps import RescuedAndLost
from nnviz.ui.elimination.moves import leave_branch, look_at, show
from nnviz.ui.elimination.path import Walked, WalkSeen, kind_of, see_walk, walk_of, walked
from nnviz.ui.elimination.savings import SavingsOfVariants
from nnviz.ui.elimination.tree import TreeOfWalks
from nnviz.ui.elimination.walk import WalkView
from nnviz.ui.kit.controls import button, choices, combo_box, offer
from nnviz.ui.kit.folding import Scrolled
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.in_lectures import for_operator, for_picture
from nnviz.ui.kit.layout import column, row
from nnviz.ui.kit.more import more
from nnviz.ui.kit.steps import StepGrid
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.pages.against_one import conclude_by_rule
from nnviz.ui.pages.conclusion import Concluded, Conclusion
from nnviz.ui.pages.own_kind import OwnKind, OwnKindSeen, see_own_kind
from nnviz.ui.pages.page import MOVING, Page, choose_view_of
from nnviz.ui.pages.player import Player, step_on
from nnviz.ui.pages.untrained import Untrained, is_untrained, sentence_and_button
from nnviz.ui.pages.views_page import Views, style_choices
from nnviz.verdicts.answers import Options
from nnviz.verdicts.branches import KINDS
from nnviz.verdicts.readings import READINGS
from nnviz.words import sentences

VIEWS: tuple[type[Page], ...] = (
    WalkView,
    TreeOfWalks,
    RescuedAndLost,
    DeparturesOfAll,
    SavingsOfVariants,
)
MARGINS = (14, 6, 12, 8)
"""Of the page on the design grid."""


@dataclass(frozen=True)
class EliminationSeen(WalkSeen):
    """All that the page shows of a state."""

    engine: str
    untrained: bool
    own_kind: OwnKindSeen | None
    seen: Work = field(metadata=MOVING)
    """The network on screen, or a moment of its film."""


def conclude(session: Session, state: State) -> Concluded:
    """What the walk on screen makes of all answers, beside one network."""
    if state.answer_hidden:
        return Concluded("")
    state, kind = state.here, kind_of(state)
    options = state.options if kind == "walk" else Options()
    return conclude_by_rule(session, state, kind, options)


class EliminationPage(Page):
    """A row of choices, the view that one of them chose, and the player."""

    id = "elimination"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("page-elimination")
        self.fate = Headline(theme, TEXT + 2, bold=False)
        self.player = Player(partial(show, session))
        leave = partial(leave_branch, session)
        self.back = button(words.LEAVE_BRANCH, words.LEAVE_BRANCH_TIP, leave, "leave-branch")
        self.untrained = Untrained(session, theme)
        self.message = QWidget()
        self.reset = button(words.RESET, words.RESET_TIP, session.controls.reset)
        self.trouble = sentence_and_button(self.message, words.NO_NUMBERS, self.reset)
        self.views = Views(self, VIEWS)
        self.shown = self.views.shown
        kinds = {name: (READINGS[name].label, READINGS[name].help) for name in KINDS}
        self._kinds = choices(kinds, "kind", partial(look_at, session), self)
        self.variants = combo_box(
            "elimination-variant",
            words.VARIANTS,
            words.VARIANTS_TIP,
            lambda options: session.change(options=options),
        )
        policy = self.variants.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # what stands beside it must not jump
        self.variants.setSizePolicy(policy)
        seldom = QWidget()
        seldom.setLayout(row(*self._kinds.values(), self.variants))
        behind = more("elimination", seldom)
        for_operator(self.views)
        for_picture(self.player)
        self.views.row.add_spring()
        for part in (behind, seldom):
            self.views.row.addWidget(part)
        self._body = QStackedWidget()
        for body in (self.views.stack, self.message, self.untrained):
            self._body.addWidget(body)
        self._bar = QWidget()
        self._bar.setLayout(row((self.fate, 1), self.back, self.player))
        self._scrolled = Scrolled(self._body)
        self.conclusion = Conclusion(session, theme, conclude, lines=1)
        self.own_kind = OwnKind(session, self)
        parts = self.views, self.own_kind, (self._scrolled, 1), self._bar, self.conclusion
        column(*parts, spacing=6, margins=MARGINS, of=self)
        self._view = ""
        self._follow_choice(session.state)
        self.use_theme(theme)

    @property
    def view(self) -> Page:
        """The view on screen."""
        return self.views.view

    def choose_view(self, view: str) -> None:
        choose_view_of(self.session, self.id, view)

    def _follow_choice(self, state: State) -> None:
        """Shows the view that is chosen."""
        view = state.views.get(self.id, VIEWS[0].id)
        if view == self._view:
            return
        self._view = view
        self.views.show_view(view, state)
        self._show_parts(state)
        if self._body.currentWidget() is self.untrained:
            self.setFocusProxy(self.untrained.train)
        self.view_turned.emit()

    def come(self, state: State) -> None:
        self._follow_choice(state)

    def _show_parts(self, state: State) -> None:
        """What stands below a walk; the other views say what they conclude themselves."""
        steps = self._view in (WalkView.id, TreeOfWalks.id)
        self._bar.setVisible(steps)
        self.conclusion.setVisible(steps and not state.lecturing)

    def _changed(self, state: State, fields: frozenset[str]) -> None:
        if "views" in fields:
            self._follow_choice(state)
        if "lecturing" in fields:
            self._show_parts(state)
        super()._changed(state, fields)

    def tells_of_digit(self, state: State) -> bool:
        view = self.shown.get(state.views.get(self.id, ""), self.view)
        return view.tells_of_digit(state)

    def holds_back(self, state: State) -> bool:
        if state.answer_hidden:
            return True
        state = state.here
        if self._bar.isHidden() or state.step is None or is_untrained(state):
            return False
        return state.seen.network.finite() and not walked(state).complete

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        style_choices(self._kinds["walk"].group(), theme)
        self.variants.setFont(theme.font())

    def slow_tick(self, state: State) -> None:
        super().slow_tick(state)
        self.view.slow_tick(state)
        if self.conclusion.isVisible():
            self.conclusion.slow_tick(state)

    def step(self, direction: int) -> None:
        self.player.stop()
        if self._bar.isVisible():
            found = walked(self.session.state)
            step_on(self.session, direction, found.shown, found.total)
        elif not self.session.state.lecturing:
            super().step(direction)

    def see(self, state: State) -> EliminationSeen:
        return EliminationSeen(
            **vars(see_walk(state)),
            engine=state.engine,
            untrained=is_untrained(state.here),
            own_kind=see_own_kind(state),
            seen=state.here.seen,
        )

    def draw(self, view: EliminationSeen, only_moving: bool) -> None:
        if only_moving:
            return
        self.own_kind.show_view(view.own_kind)
        body: QWidget = self.views.stack
        if view.untrained:
            body = self.untrained
            self.untrained.show_state(view)
        elif not view.seen.network.finite():
            body = self.message
        trouble = body is not self.views.stack
        self._show_body(body)
        found = walk_of(view)
        grid = self.view.focusProxy()
        if isinstance(grid, StepGrid) and not trouble:
            line = found.layout.classes if found.complete else found.shown
            self._scrolled.keep_in_sight(grid, grid.places.line(line))
        self.player.show_steps(found.shown, found.total)
        self.back.setVisible(bool(view.branch))
        self.fate.say("" if trouble else self._fate(found))
        self._bar.setEnabled(not trouble)
        self._kinds[view.kind].setChecked(True)
        self.variants.setVisible(view.kind == "walk")
        offered = dict.fromkeys((*variants_of(view.digits.classes), view.options))
        items = [(words.choice_of_variant(each, view.digits.classes), each) for each in offered]
        offer(self.variants, items, view.options)

    def _fate(self, found: Walked) -> str:
        """What the view says in lecture mode, where it has no headline; else what becomes of the
        true class."""
        if found.seen.lecturing and self._view == TreeOfWalks.id:
            return words.tree_heading(found)
        if found.seen.lecturing and found.derived and found.complete:
            return words.source_of_heads(found)
        if found.seen.lecturing:
            return words.heading(found)
        return sentences(words.fate_of_true(found), words.fate_of_pair(found))

    def _show_body(self, body: QWidget) -> None:
        if body is self._body.currentWidget():
            return
        self._body.setCurrentWidget(body)
        nothing = body is self.untrained
        self.setFocusProxy(self.untrained.train if nothing else self.view)
        if self.isVisible():
            self.setFocus()

    def leave(self) -> bool:
        return leave_branch(self.session) or super().leave() or self.view.leave()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()  # arrows work at once

    def load_late(self) -> None:
        self.views.load_late()
