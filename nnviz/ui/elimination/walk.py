"""The walk of the digit on screen, step by step."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.elimination import words
from nnviz.ui.elimination.moves import choose_class, connect
from nnviz.ui.elimination.path import Walked, WalkSeen, see_walk, walk_of, walked
from nnviz.ui.elimination.step_card import CardView, Ghost, StepCard
from nnviz.ui.elimination.walk_steps import Bars, Walk
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.layout import column, row
from nnviz.ui.kit.more import more
from nnviz.ui.kit.steps import StepGrid, StepsView
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.output_words import STILL_TO_COME
from nnviz.ui.pages.page import Page
from nnviz.verdicts.answers import Step

CARD_FITS = 870
"""Width on the design grid from which there is room for the step in large type."""
HEIGHT, HEADLINE = 344, 38
"""On the design grid: of all at least, and of the headline with the gap below it."""


class WalkView(Page):
    """The table of steps, and the step on screen in large type."""

    id = "walk"
    title = words.WALK
    question = words.WALK_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.headline = Headline(theme)
        self.table = StepGrid(theme, title=words.TABLE, tip=words.TABLE_TIP, id="elimination-table")
        self.card = StepCard(theme)
        connect(self.table, session, choose_class)
        self.card.chosen.connect(
            lambda one: choose_class(session, walked(session.state).shown, one)
        )
        self.more = more("walk")
        self.more.toggled.connect(self.card.show_details)
        self.card.show_details(self.more.isChecked())
        self._side = QWidget()
        column((self.card, 1), row(1, self.more), spacing=4, of=self._side)
        column(self.headline, (row((self.table, 1), self._side), 1), spacing=4, of=self)
        self.setFocusProxy(self.table)
        self.use_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_side(self.session.state.lecturing)

    def _show_side(self, lecturing: bool) -> None:
        """Before a room the table has all the room."""
        roomy = self.width() >= self.theme.px(CARD_FITS)
        self._side.setVisible(roomy and not lecturing)

    def minimumSizeHint(self) -> QSize:
        height = HEIGHT - (HEADLINE if self.headline.isHidden() else 0)
        return QSize(self.table.minimumSizeHint().width(), self.theme.px(height))

    def see(self, state: State) -> WalkSeen:
        return see_walk(state)

    def draw(self, view: WalkSeen, only_moving: bool) -> None:
        if only_moving and self.table.view is not None:
            return
        found = walk_of(view)
        self.headline.say(words.heading(found))
        self.headline.setVisible(not view.lecturing)  # the page says it below
        self._show_side(view.lecturing)
        self.table.show_view(table_of(found))
        self.card.show_view(card_of(found))


def table_of(found: Walked) -> StepsView:
    """The steps as a table."""
    steps, current = found.steps[: found.shown], found.current
    shares = np.zeros((found.total, found.layout.classes))
    for line, step in zip(shares, found.steps, strict=True):
        line[list(step.in_play)] = step.scores
    walk = Walk(
        names=found.names,
        label=found.label,
        steps=found.steps,
        shown=found.shown,
        places=tuple(words.place_of_true(found, at) for at in range(1, found.total + 1)),
        forced=frozenset(at for at, _ in found.detours),
        shares=shares,
    )
    return StepsView(
        walk,
        row=found.shown,
        columns=current.in_play if current is not None else (),
        pair=found.seen.pair,
        moving=Bars(steps, shares[: found.shown]),
        words=words.description(found),
    )


def _shares_now(seen: WalkSeen, steps: tuple[Step, ...]) -> NDArray[np.float64]:
    """The probabilities of the classes in play in these steps, by the newest weights."""
    evidence = seen.verdict.evidence
    shares = np.zeros((len(steps), seen.digits.classes))
    for line, step in zip(shares, steps, strict=True):
        if step.rivals:
            first, last = step.rivals
            line[first] = evidence.pairs[0, first, last]
            line[last] = 1 - line[first]
        else:
            line[list(step.in_play)] = evidence.head(step.in_play)[0]
    return shares


def card_of(found: Walked) -> CardView:
    """The step on screen in large type."""
    seen, step, names = found.seen, found.current, found.names
    ghosts: tuple[Ghost, ...] = ()
    large: tuple[int, ...] = ()
    title = words.FIRST_STEP
    if step is not None:
        ghosts = tuple(
            Ghost(one, names[one], names[end], end != found.usual_end != one)
            if found.ends_told
            else Ghost(one, names[one], STILL_TO_COME, False)
            for one, end in found.ends.beside(step).items()
        )
        title = words.HAD_WON if found.duel else words.HAD_LEFT
        large = step.rivals or step.leaving
    return CardView(
        pixels=seen.pixels,
        shape=seen.digits.shape,
        large=tuple((one, names[one], step is not None and one in step.leaving) for one in large),
        beside=words.beside_digit(found),
        ghosts_title=title,
        ghosts=ghosts,
        footer=(words.heads_asked(found), *words.saved(found), words.kept(found)),
        note=words.source_of_heads(found),
        words=words.card(found),
    )
