"""A page of several views: a row of buttons, and the view that one of them chose."""

from PySide6.QtGui import QFontMetrics, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.buttons import button
from nnviz.ui.flow_layout import FlowLayout
from nnviz.ui.pages.page import Page
from nnviz.ui.theme import Theme


class ViewsPage(Page):
    """Shows one of `kinds` at a time; each is a page of its own."""

    kinds: tuple[type[Page], ...] = ()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName(f"page-{self.id}")
        self._choices = QWidget()
        self._row = FlowLayout(self._choices)
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self.shown: dict[str, Page] = {}
        for kind in self.kinds:
            choice = button(kind.title, kind.question, name=f"view-{kind.id}")
            choice.setCheckable(True)
            choice.clicked.connect(lambda _=False, id=kind.id: self.choose_view(id))
            self._group.addButton(choice)
            self._row.addWidget(choice)
            view = self.shown[kind.id] = kind(session, theme)
            view.view_asked.connect(self.choose_view)
            view.export_asked.connect(self.export_asked)
            self._stack.addWidget(view)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._choices)
        self._column.addWidget(self._below(), 1)
        self._show_view(self.kinds[0].id)
        self.use_theme(theme)

    def _below(self) -> QWidget:
        """What stands below the buttons."""
        return self._stack

    @property
    def view(self) -> Page:
        """The view on screen."""
        return list(self.shown.values())[self._stack.currentIndex()]

    def choose_view(self, view: str) -> None:
        self._show_view(view)

    def _show_view(self, view: str) -> None:
        place = list(self.shown).index(view)
        for name, page in self.shown.items():  # what is hidden asks for no room
            policy = QSizePolicy.Policy.Preferred if name == view else QSizePolicy.Policy.Ignored
            page.setSizePolicy(policy, policy)
        self._stack.setCurrentIndex(place)
        self._group.buttons()[place].setChecked(True)
        self.setFocusProxy(self.view)
        if self.isVisible():
            self.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()  # arrows work at once

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setContentsMargins(theme.px(14), theme.px(6), theme.px(12), theme.px(8))
        self._column.setSpacing(theme.px(8))
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(6))
        style_choices(self._group, theme)
        for view in self.shown.values():
            view.use_theme(theme)

    def slow_tick(self, state: State) -> None:
        self.view.slow_tick(state)

    def step(self, direction: int) -> None:
        self.view.step(direction)

    def leave(self) -> bool:
        return super().leave() or self.view.leave()

    def beside_digit(self, beside: bool) -> None:
        for view in self.shown.values():
            view.beside_digit(beside)

    def load_late(self) -> None:
        for view in self.shown.values():
            view.load_late()


def style_choices(choices: QButtonGroup, theme: Theme) -> None:
    """Gives buttons of which one is chosen the look of the theme."""
    for choice in choices.buttons():
        choice.setStyleSheet(theme.button_style())
        # the words of the chosen one are bold, and wider than its size hint knows
        words = QFontMetrics(theme.font(bold=True)).horizontalAdvance(choice.text())
        choice.setMinimumWidth(words + theme.px(32))
