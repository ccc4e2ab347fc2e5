"""The walk of the digit on screen, step by step."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.elimination.path import Walked, WalkSeen, see_walk, walk_of, walked
from nnviz.ui.elimination.step_card import CardView, Ghost, StepCard
from nnviz.ui.elimination.steps import choose_class, jump, show_steps
from nnviz.ui.elimination.walk_table import EliminationTable, TableView
from nnviz.ui.elimination.words import (
    description,
    fate_of_true,
    heading,
    heads_asked,
    percent,
    place_of_true,
    saved,
    source_of_heads,
)
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import Page
from nnviz.verdicts.answers import Step

CARD_FITS = 870
"""Width on the design grid from which there is room for the step in large type."""

LONG_PERCENT = 5
"""Characters of a percentage from which two of them need a line each."""


class WalkView(Page):
    """The table of steps, and the step on screen in large type."""

    id = "walk"
    title = "Walk"
    question = "Who leaves at each step, and where does it end?"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.headline = Headline(theme)
        self.table = EliminationTable(theme)
        self.table.setObjectName("elimination-table")
        self.table.setAccessibleName("Elimination, step by step")
        self.table.setToolTip(
            "Click a row to go to its step; a class in the row with the frame to see what follows "
            "if it leaves instead."
        )
        self.card = StepCard(theme)
        self.table.chosen.connect(lambda row, one: choose_class(session, row, one))
        self.table.stepped.connect(lambda by: show_steps(session, by))
        self.table.jumped.connect(lambda end: jump(session, end))
        self.card.ghost_clicked.connect(self._follow)
        self._steps: tuple[Step, ...] = ()
        self._row = QHBoxLayout()
        self._row.addWidget(self.table, 1)
        self._row.addWidget(self.card)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.headline)
        self._column.addLayout(self._row, 1)
        self.setFocusProxy(self.table)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setSpacing(theme.px(4))
        self._row.setSpacing(theme.px(8))
        for part in (self.headline, self.table, self.card):
            part.use_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.card.setVisible(self.width() >= self.theme.px(CARD_FITS))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.table.minimumSizeHint().width(), self.theme.px(344))

    def see(self, state: State) -> WalkSeen:
        return see_walk(state)

    def draw(self, view: WalkSeen, only_moving: bool) -> None:
        if only_moving and self._steps:  # who leaves, and all numbers, wait
            self.table.show_bars(_bars_now(view, self._steps))
            return
        found = walk_of(view)
        self._steps = found.steps
        self.headline.say(heading(found))
        self.table.show_view(_table(found))
        self.table.mark_pair(view.pair)
        self.table.setAccessibleDescription(description(found))
        self.card.show_view(_card(found))
        self.card.setAccessibleDescription(f"{fate_of_true(found)} {heads_asked(found)}.")

    def _follow(self, one: int) -> None:
        choose_class(self.session, walked(self.session.state).shown, one)


def _table(found: Walked) -> TableView:
    return TableView(
        names=found.names,
        label=found.label,
        steps=found.steps,
        shown=found.shown,
        places=tuple(place_of_true(found, number) for number in range(1, found.total + 1)),
        forced=frozenset(at for at, _ in found.detours),
        bars=_bars(found.steps, found.layout.classes),
    )


def _bars(steps: tuple[Step, ...], classes: int) -> NDArray[np.float64]:
    bars = np.zeros((len(steps), classes))
    for row, step in enumerate(steps):
        bars[row, list(step.in_play)] = step.scores
    return bars


def _bars_now(seen: WalkSeen, steps: tuple[Step, ...]) -> NDArray[np.float64]:
    """The probabilities of the classes in play in these steps, by the newest weights."""
    evidence = seen.verdict.evidence
    bars = np.zeros((len(steps), seen.digits.classes))
    for row, step in enumerate(steps):
        if step.rivals:
            first, last = step.rivals
            bars[row, first] = evidence.pairs[0, first, last]
            bars[row, last] = 1 - bars[row, first]
        else:
            bars[row, list(step.in_play)] = evidence.head(step.in_play)[0]
    return bars


def _card(found: Walked) -> CardView:
    seen, step = found.seen, found.current
    ghosts: tuple[Ghost, ...] = ()
    title = "PageDown: the first step"
    if step is not None:
        ends = found.ends.beside(step)
        ghosts = tuple(
            Ghost(one, found.names[one], found.names[end], end != found.usual_end != one)
            for one, end in ends.items()
        )
        title = "if another had won:" if found.duel else "if another had left:"
    return CardView(
        pixels=seen.pixels,
        shape=seen.digits.shape,
        large=_large(found, step),
        words=_beside_digit(found, step),
        ghosts_title=title,
        ghosts=ghosts,
        footer=(heads_asked(found), *saved(found)),
        note=source_of_heads(found),
    )


def _large(found: Walked, step: Step | None) -> tuple[tuple[int, str, bool], ...]:
    if step is None:
        return ()
    shown = step.rivals or step.leaving
    return tuple((one, found.names[one], one in step.leaving) for one in shown)


def _beside_digit(found: Walked, step: Step | None) -> tuple[str, ...]:
    label = found.seen.label_in_words
    if step is None:
        return (label, f"{found.layout.classes} in play")
    scores = dict(zip(step.in_play, step.scores, strict=True))
    if found.duel:
        first, last = step.rivals
        both = percent(scores[first]), percent(scores[last])
        if max(map(len, both)) > LONG_PERCENT:
            return (f"{both[0]} to", both[1], label)
        return (" : ".join(both), label)
    if len(step.leaving) > 1:
        return (f"{len(step.leaving)} leave", label)
    return (f"leaves, {percent(scores[step.leaving[0]])}", label)
