"""Views of what was said of all test digits; where nothing has learned, they offer training."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.scrolled import Scrolled
from nnviz.ui.pages.untrained import Untrained, is_untrained
from nnviz.ui.theme import Theme


class LearnedView(Page):
    """A view that has something to show only of a network that has learned."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.untrained = Untrained(session, theme)
        self._stack = QStackedWidget()

    def _put(self, inside: QWidget) -> None:
        """Shows this, scrolling where there is little room."""
        self._stack.addWidget(Scrolled(inside))
        self._stack.addWidget(self.untrained)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _offers_training(self, state: State) -> bool:
        """Shows what there is to show; -> whether it is only the offer to train."""
        untrained = is_untrained(state)
        if untrained:
            self.untrained.show_state(state)
        self._stack.setCurrentIndex(int(untrained))
        return untrained


class JudgedView(LearnedView):
    """Has the designs judged, and draws again when something else than weights changes."""

    def _ask(self, state: State) -> None:
        self.session.judgements.ask()

    def _show(self, state: State) -> None:
        raise NotImplementedError

    def render_state(self, state: State, fields: frozenset[str]) -> None:
        if self._offers_training(state):
            return
        self._ask(state)
        if state.running and not fields - {"work", "shelf"}:
            return  # nothing here moves but what judging brings
        self._show(state)

    def slow_tick(self, state: State) -> None:
        if not is_untrained(state):
            self.session.judgements.ask()
