"""Confusion and digits: how often each class is taken for each other one, and which digits."""

import numpy as np
from PySide6.QtWidgets import QVBoxLayout

from nnviz.learning.designs import DESIGNS
from nnviz.session import Session
from nnviz.state import State
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.untrained import Untrained, is_untrained
from nnviz.ui.pictures.headline import Headline
from nnviz.ui.theme import Theme


class ConfusionAndDigits(Page):
    """How many test digits the design on screen misreads."""

    id = "confusion"
    title = "Confusion and digits"
    question = "Which digits are taken for which, and what do they look like?"
    draws = frozenset(
        {"work", "shelf", "race", "trained", "judged", "reading", "options", "operations"}
        | {"operated", "digits", "engine", "running"}
    )

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-confusion")
        self.headline = Headline(theme)
        self.untrained = Untrained(session, theme)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.headline)
        self._column.addWidget(self.untrained, 1)
        self._column.addStretch(0)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self.headline.use_theme(theme)
        self.untrained.use_theme(theme)

    def render_state(self, state: State, fields: frozenset[str]) -> None:
        self.session.judge()
        self._write(state)

    def slow_tick(self, state: State) -> None:
        self.session.judge()

    def _write(self, state: State) -> None:
        self.untrained.setVisible(is_untrained(state))
        self.untrained.show_state(state)
        judged = self.session.judged(state.design)
        if judged is None:
            self.headline.say("")
            return
        wrong = int(np.count_nonzero(judged.answers != state.digits.labels))
        words = f"{wrong:,} of {len(judged.answers):,} test digits misread."
        missing = [DESIGNS[design].label for design in self.session.unjudged]
        if missing:
            words += f" Still to be judged: {', '.join(missing)}."
        self.headline.say(words)
