"""A page of several views about all designs, so that all their networks are needed."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.pages.views_page import ViewsPage
from nnviz.ui.theme import Theme

LOADING = 30
"""Milliseconds between two networks that are loaded."""


class AllDesignsPage(ViewsPage):
    """While it is on screen it has the networks that come with the program loaded, one at a
    time so that nothing waits."""

    draws = frozenset({"digits"})

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self._loading = QTimer(self)
        self._loading.setInterval(LOADING)
        self._loading.timeout.connect(self._load_next)

    def render_state(self, state: State, fields: frozenset[str]) -> None:
        self._loading.start()  # other digits, other networks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._loading.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._loading.stop()

    def _load_next(self) -> None:
        if not self.session.designs.load_next():
            self._loading.stop()
