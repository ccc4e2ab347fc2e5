"""Designs: what the outputs are asked, side by side, in several views."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontMetrics, QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout

from nnviz.session import Session
from nnviz.state import State
from nnviz.ui.buttons import button
from nnviz.ui.pages.design_views import VIEWS
from nnviz.ui.pages.page import Page
from nnviz.ui.theme import Theme

LOADING = 30
"""Milliseconds between two networks that are loaded."""


class DesignsPage(Page):
    """A row of buttons, and the view that one of them chose.

    While it is on screen it has the networks that come with the program loaded, one at a time
    so that nothing waits.
    """

    id = "designs"
    title = "Designs"
    question = "Why ten outputs? All designs on the same digit."
    views: Mapping[str, str] = {view.id: view.title for view in VIEWS}
    draws = frozenset({"digits"})

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("page-designs")
        self._row = QHBoxLayout()
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self.shown: dict[str, Page] = {}
        for kind in VIEWS:
            choice = button(kind.title, kind.question, name=f"view-{kind.id}")
            choice.setCheckable(True)
            choice.clicked.connect(lambda _=False, id=kind.id: self.choose_view(id))
            self._group.addButton(choice)
            self._row.addWidget(choice)
            self.shown[kind.id] = kind(session, theme)
            self._stack.addWidget(self.shown[kind.id])
        self._row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        self._column.addWidget(self._stack, 1)
        self._loading = QTimer(self)
        self._loading.setInterval(LOADING)
        self._loading.timeout.connect(self._load_next)
        self.choose_view(VIEWS[0].id)
        self.use_theme(theme)

    @property
    def view(self) -> Page:
        """The view on screen."""
        return list(self.shown.values())[self._stack.currentIndex()]

    def choose_view(self, view: str) -> None:
        place = list(self.shown).index(view)
        self._stack.setCurrentIndex(place)
        self._group.buttons()[place].setChecked(True)
        self.setFocusProxy(self.view)
        if self.isVisible():
            self.setFocus()

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setContentsMargins(theme.px(14), theme.px(6), theme.px(12), theme.px(8))
        self._column.setSpacing(theme.px(8))
        self._row.setSpacing(theme.px(6))
        for choice in self._group.buttons():
            choice.setStyleSheet(theme.button_style())
            # the words of the chosen one are bold, and wider than its size hint knows
            words = QFontMetrics(theme.font(bold=True)).horizontalAdvance(choice.text())
            choice.setMinimumWidth(words + theme.px(32))
        for view in self.shown.values():
            view.use_theme(theme)

    def render_state(self, state: State, fields: frozenset[str]) -> None:
        self._loading.start()  # other digits, other networks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._loading.start()
        self.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._loading.stop()

    def _load_next(self) -> None:
        if not self.session.load_next_trained():
            self._loading.stop()

    def slow_tick(self, state: State) -> None:
        self.view.slow_tick(state)

    def step(self, direction: int) -> None:
        self.session.pick("next" if direction > 0 else "previous")

    def load_late(self) -> None:
        for view in self.shown.values():
            view.load_late()
