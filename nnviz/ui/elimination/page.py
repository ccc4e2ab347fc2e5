"""Elimination: the walk from all classes to one, the ways not taken, and all test digits."""

from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nnviz.questions.elimination import variants_of
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.elimination.departures import DeparturesOfAll
from nnviz.ui.elimination.path import WalkSeen, see_walk, walk_of
from nnviz.ui.elimination.savings import SavingsOfVariants
from nnviz.ui.elimination.step_grid import StepGrid
from nnviz.ui.elimination.steps import (
    leave_branch,
    show,
    step_or_next_digit,
)
from nnviz.ui.elimination.tree import TreeOfWalks
from nnviz.ui.elimination.walk import WalkView
from nnviz.ui.elimination.words import (
    fate_of_pair,
    fate_of_true,
    variant_in_words,
)
from nnviz.ui.kit.buttons import button, style_buttons
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.theme import BACK_ROW, TEXT, Theme
from nnviz.ui.pages.page import MOVING, Page
from nnviz.ui.pages.player import Player
from nnviz.ui.pages.scrolled import Scrolled
from nnviz.ui.pages.untrained import Untrained, is_untrained
from nnviz.ui.pages.views_page import Views, style_choices
from nnviz.verdicts.answers import Options
from nnviz.verdicts.branches import KINDS
from nnviz.verdicts.readings import READINGS

NO_NUMBERS = (
    "Learning has diverged: the weights are no longer numbers, so nothing can be said of the "
    "digit. Start again with a lower learning rate."
)

VIEWS: tuple[type[Page], ...] = (WalkView, TreeOfWalks, DeparturesOfAll, SavingsOfVariants)


@dataclass(frozen=True)
class EliminationSeen(WalkSeen):
    """All that the page shows of a state."""

    design: str
    engine: str
    untrained: bool
    seen: Work = field(metadata=MOVING)
    """The network on screen, or a moment of its film."""


class EliminationPage(Page):
    """A row of choices, the view that one of them chose, and the player."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("page-elimination")
        self.fate = Headline(theme, TEXT + 2, bold=False)
        self.player = Player(theme, partial(show, session))
        self.back = button(
            "Leave the branch",
            "Back to the way that the rule takes (Esc)",
            lambda: leave_branch(session),
            "leave-branch",
        )
        self._walks = QButtonGroup(self)
        self.variants = self._make_variants()
        self.untrained = Untrained(session, theme)
        self._message = _Message(session)
        self.views = Views(self, VIEWS)
        self.shown = self.views.shown
        self._body = QStackedWidget()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.views)
        self._arrange()
        self.choose_view(VIEWS[0].id)
        self.use_theme(theme)

    def _arrange(self) -> None:
        self.views.row.add_spring()
        for name in KINDS:
            reading = READINGS[name]
            choice = button(reading.label, reading.help, name=f"kind-{name}")
            choice.setCheckable(True)
            choice.clicked.connect(lambda _=False, id=name: self.session.change(reading=id))
            self._walks.addButton(choice)
            self.views.row.addWidget(choice)
        self.views.row.addWidget(self.variants)
        for body in (self.views.stack, self._message, self.untrained):
            self._body.addWidget(body)
        self._bar = QWidget(self)
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.addWidget(self.player)
        bar.addWidget(self.back)
        bar.addWidget(self.fate, 1)
        self._scrolled = Scrolled(self._body)
        self._column.addWidget(self._scrolled, 1)
        self._column.addWidget(self._bar)

    def _make_variants(self) -> QComboBox:
        box = QComboBox()
        box.setObjectName("elimination-variant")
        box.setAccessibleName("Who leaves at each step")
        box.setToolTip(
            "How many classes leave at each step: the least likely ones, or all below a share."
        )
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        policy = box.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # what stands beside it must not jump
        box.setSizePolicy(policy)
        box.activated.connect(lambda index: self.session.change(options=box.itemData(index)))
        return box

    @property
    def view(self) -> Page:
        """The view on screen."""
        return self.views.view

    def choose_view(self, view: str) -> None:
        self.views.show_view(view)
        self._bar.setVisible(view in ("walk", "tree"))
        if self._body.currentWidget() is self.untrained:
            self.setFocusProxy(self.untrained.train)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setContentsMargins(theme.px(14), theme.px(6), theme.px(12), theme.px(8))
        self._column.setSpacing(theme.px(6))
        style_choices(self._walks, theme)
        self.back.setStyleSheet(theme.button_style())
        self.variants.setFont(theme.font())
        for part in (self.views, self.player, self.fate, self._message, self.untrained):
            part.use_theme(theme)

    def slow_tick(self, state: State) -> None:
        super().slow_tick(state)
        self.view.slow_tick(state)

    def step(self, direction: int) -> None:
        self.player.stop()
        if self._bar.isVisible():
            step_or_next_digit(self.session, direction)
        else:
            self.session.picking.pick("next" if direction > 0 else "previous")

    def see(self, state: State) -> EliminationSeen:
        return EliminationSeen(
            **vars(see_walk(state)),
            design=state.design,
            engine=state.engine,
            untrained=is_untrained(state),
            seen=state.seen,
        )

    def draw(self, view: EliminationSeen, only_moving: bool) -> None:
        if only_moving:
            return
        body: QWidget = self.views.stack
        if view.untrained:
            body = self.untrained
            self.untrained.show_state(view)
        elif not view.seen.network.finite():
            body = self._message
        trouble = body is not self.views.stack
        self._show_body(body)
        found = walk_of(view)
        grid = self.view.focusProxy()
        if isinstance(grid, StepGrid) and not trouble:
            row = found.layout.classes if found.complete else found.shown
            self._scrolled.keep_in_sight(grid, grid.line(row))
        self.player.show_steps(found.shown, found.total)
        self.back.setVisible(bool(view.branch))
        self.fate.say("" if trouble else f"{fate_of_true(found)} {fate_of_pair(found)}".strip())
        self._bar.setEnabled(not trouble)
        self._walks.buttons()[KINDS.index(view.kind)].setChecked(True)
        self.variants.setVisible(view.kind == "walk")
        self._show_variant(view.options, view.digits.classes)

    def _show_body(self, body: QWidget) -> None:
        if body is self._body.currentWidget():
            return
        self._body.setCurrentWidget(body)
        nothing = body is self.untrained
        self.setFocusProxy(self.untrained.train if nothing else self.view)
        if self.isVisible():
            self.setFocus()

    def _show_variant(self, options: Options, classes: int) -> None:
        box, offered = self.variants, list(dict.fromkeys((*variants_of(classes), options)))
        with QSignalBlocker(box):
            if offered != [box.itemData(index) for index in range(box.count())]:
                box.clear()
                for each in offered:
                    box.addItem(f"leave: {variant_in_words(each)}", each)
            box.setCurrentIndex(offered.index(options))

    def leave(self) -> bool:
        return leave_branch(self.session) or super().leave() or self.view.leave()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()  # arrows work at once

    def beside_digit(self, beside: bool) -> None:
        for view in self.shown.values():
            view.beside_digit(beside)

    def load_late(self) -> None:
        for view in self.shown.values():
            view.load_late()


class _Message(QWidget):
    """Why there is nothing to show, with the button that changes it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._words = QLabel(NO_NUMBERS)
        self._words.setObjectName("elimination-message")
        self._words.setAccessibleName(NO_NUMBERS)
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.reset: QPushButton = button(
            "Reset", "Back to the random start of the same seed", session.controls.reset
        )
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def use_theme(self, theme: Theme) -> None:
        self._words.setFont(theme.font(BACK_ROW))
        style_buttons(self, theme)
