"""Pages of several views: a row of buttons, and the view that one of them chose."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from nnviz.data.digits import ShownDigits
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.controls import button
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, dress, flowing, style
from nnviz.ui.kit.telling import retell
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.conclusion import Conclude, Conclusion
from nnviz.ui.pages.page import Inside, Page, choose_view_of
from nnviz.ui.pages.weight_images_needed import InTheirPlace, has_weight_images

LOADING = 30
"""Milliseconds between two networks that are loaded."""
ROOM = QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred
NO_ROOM = QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored


class Shown(Mapping[str, Page]):
    """Id -> view; one that nobody has looked at yet is made when it is asked for."""

    def __init__(self, kinds: Sequence[type[Page]], make: Callable[[type[Page]], Page]) -> None:
        self._kinds = {kind.id: kind for kind in kinds}
        self._make = make
        self.made: dict[str, Page] = {}

    def __getitem__(self, id: str) -> Page:
        if id not in self.made:
            self.made[id] = self._make(self._kinds[id])
        return self.made[id]

    def __contains__(self, id: object) -> bool:
        return id in self._kinds

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)


class Views(QWidget):
    """The row of buttons of a page, and its views in `stack`; each is a page of its own."""

    def __init__(self, page: Page, kinds: Sequence[type[Page]]) -> None:
        super().__init__()
        self._page = page
        self.row = flowing(self, spacing=6)
        self._group = QButtonGroup(self)
        self.stack = QStackedWidget()
        self.instead = InTheirPlace(page.theme, self._show_filters)
        self._id = kinds[0].id
        self._front: QWidget | None = None
        self._late = False
        self.shown = Shown(kinds, self._make)
        for kind in kinds:
            choice = button(kind.title, kind.question, name=f"view-{kind.id}")
            choice.setCheckable(True)
            choice.clicked.connect(lambda _=False, id=kind.id: page.choose_view(id))
            self._group.addButton(choice)
            self.row.addWidget(choice)
        self.stack.addWidget(self.instead)

    def _make(self, kind: type[Page]) -> Page:
        page = self._page
        view = kind(page.session, page.theme)
        view.view_asked.connect(page.choose_view)
        view.export_asked.connect(page.export_asked)
        view.fetch_asked.connect(page.fetch_asked)
        view.setSizePolicy(*NO_ROOM)
        self.stack.addWidget(view)
        # Tab goes where it would if all views had been there from the beginning
        own = (each for each in view.findChildren(QWidget) if each.window() is self.window())
        inside = filter(_takes_focus, (view, *own))
        for before, each in pairwise((self.instead.to_filters, *inside)):
            QWidget.setTabOrder(before, each)
        retell(view)
        if self._late:
            view.load_late()
        return view

    def load_late(self) -> None:
        """Has each view load what the first picture did not need."""
        self._late = True
        for view in self.shown.made.values():
            view.load_late()

    @property
    def view(self) -> Page:
        """The view that is chosen."""
        return self.shown[self._id]

    @property
    def is_there(self) -> bool:
        """Whether that is on screen, rather than a sentence in its place."""
        return self._front is self.view

    def show_view(self, id: str, state: State) -> None:
        """Puts another view on screen; keys go to it."""
        # only Tab gives a button the focus: then it is to be seen where the keys go
        by_keys = isinstance(QApplication.focusWidget(), QAbstractButton)
        self._id = id
        self._group.buttons()[list(self.shown).index(id)].setChecked(True)
        self.follow(state)
        if self._page.isVisible():
            reasons = Qt.FocusReason
            self._page.setFocus(reasons.TabFocusReason if by_keys else reasons.OtherFocusReason)

    def follow(self, state: State) -> None:
        """Puts a sentence in the place of weight images that the network on screen lacks."""
        missing = self.view.of_weight_images and not has_weight_images(state)
        front = self.instead if missing else self.view
        if front is self._front:
            return
        self._front = front
        for part in (*self.shown.made.values(), self.instead):  # what is hidden asks for no room
            part.setSizePolicy(*(ROOM if part is front else NO_ROOM))
        self.stack.setCurrentWidget(front)
        self._page.setFocusProxy(self.view if front is self.view else self.instead.to_filters)

    def _show_filters(self) -> None:
        if "filters" in self.shown:
            self._page.choose_view("filters")
        else:
            self._page.session.change(page="detectors")

    def use_theme(self, theme: Theme) -> None:
        dress(self, theme)
        style_choices(self._group, theme)


def _takes_focus(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None


@dataclass(frozen=True)
class Loaded:
    """What decides which networks a page has loaded."""

    digits: ShownDigits


class ViewsPage(Page):
    """Shows one of `kinds` at a time.

    `all_designs`: while it is on screen it has the networks that come with the program loaded,
    one at a time so that nothing waits. `chosen` is told which view was chosen. `at_first` says
    which view one wants to see who has chosen none, by what is selected elsewhere. `conclude` makes
    the sentence below the views, or below those named in `concludes_on`; `concludes_to_room` says
    whether also in lecture mode.
    """

    def __init__(
        self,
        id: str,
        kinds: Sequence[type[Page]],
        session: Session,
        theme: Theme,
        *,
        all_designs: bool = False,
        chosen: Callable[[Session, str], None] | None = None,
        at_first: Callable[[State], str | None] | None = None,
        conclude: Conclude | None = None,
        concludes_on: Collection[str] = (),
        concludes_to_room: bool = True,
    ) -> None:
        super().__init__(session, theme)
        self.id = id
        self.setObjectName(f"page-{id}")
        self._all_designs, self._told, self._at_first = all_designs, chosen, at_first
        self._loading = QTimer(self)
        self._loading.setInterval(LOADING)
        self._loading.timeout.connect(self._load_next)
        self.views = Views(self, kinds)
        for_operator(self.views)
        self.shown = self.views.shown
        self.conclusion = None if conclude is None else Conclusion(session, theme, conclude)
        self._concludes_on = concludes_on or tuple(self.shown)
        self._concludes_to_room = concludes_to_room
        parts = self.views, (self.views.stack, 1), self.conclusion
        column(*parts, spacing=8, margins=(14, 6, 12, 8), of=self)
        self._view = ""
        self._follow_choice(session.state)
        self.use_theme(theme)

    @property
    def view(self) -> Page:
        """The view on screen."""
        return self.views.view

    @property
    def inside(self) -> tuple[QWidget, ...]:
        return (self.view,)

    def choose_view(self, view: str) -> None:
        self._at_first = None
        choose_view_of(self.session, self.id, view)
        if self._told is not None:
            self._told(self.session, view)

    def _follow_choice(self, state: State) -> None:
        """Shows the view that is chosen."""
        view = state.views.get(self.id, next(iter(self.shown)))
        if view != self._view:
            self._show_view(view)

    def come(self, state: State) -> None:
        self._follow_choice(state)

    def _show_view(self, view: str) -> None:
        self._view = view
        self.views.show_view(view, self.session.state)
        self._make_room(self.session.state)

    def _make_room(self, state: State) -> None:
        """In a lecture its scenes choose the view and say what follows from it."""
        self.views.setVisible(state.lecture is None)
        if self.conclusion is not None:
            to_room = self._concludes_to_room or not state.lecturing
            told = state.lecture is None and not state.answer_hidden and to_room
            self.conclusion.setVisible(told and self._view in self._concludes_on)

    def see(self, state: State) -> Loaded | None:
        return Loaded(state.digits) if self._all_designs else None

    def draw(self, view: Loaded, only_moving: bool) -> None:
        self._loading.start()  # other digits, other networks

    def _load_next(self) -> None:
        if not self.session.designs.load_next():
            self._loading.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()  # arrows work at once
        if self._all_designs:
            self._loading.start()
        state = self.session.state
        if self._at_first is not None and self.id not in state.views:
            view = self._at_first(state)
            if view is not None:
                self.choose_view(view)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._loading.stop()

    def _changed(self, state: State, fields: frozenset[str]) -> None:
        if "views" in fields:
            self._follow_choice(state)
        self._make_room(state)
        self.views.follow(state)  # before its views, which look only where they are seen
        super()._changed(state, fields)

    def slow_tick(self, state: State) -> None:
        if self.views.is_there:
            self.view.slow_tick(state)
        if self.conclusion is not None and self.conclusion.isVisible():
            self.conclusion.slow_tick(state)

    def step(self, direction: int) -> None:
        self.view.step(direction)

    def holds_back(self, state: State) -> bool:
        return self._view_of(state).holds_back(state)

    def tells_of_digit(self, state: State) -> bool:
        return self._view_of(state).tells_of_digit(state)

    def asks_first(self, state: State) -> bool:
        return self._view_of(state).asks_first(state)

    def _view_of(self, state: State) -> Page:
        """The view that a state chooses, which may be still to come."""
        return self.shown.get(state.views.get(self.id, ""), self.view)

    def open_picture(self) -> None:
        self.view.open_picture()

    def take_dropped(self, data: QMimeData) -> None:
        self.view.take_dropped(data)

    def leave(self) -> bool:
        return self.view.leave()

    def load_late(self) -> None:
        self.views.load_late()


def of_views(
    id: str, views: Sequence[type[Page]], *, all_designs: bool = False, **how: Any
) -> Inside:
    """The inside of a page that shows one of several views; the rest as of a ViewsPage."""
    presses = {view.id: view.presses for view in views}

    def count(state: State) -> int:
        """Steps of the view that is chosen; of a view that is there at once, of the verdict."""
        chosen = state.views.get(id, views[0].id)
        return presses.get(chosen, 0) or len(state.sure_verdict.steps)

    return Inside(
        partial(ViewsPage, id, views, all_designs=all_designs, **how),
        {view.id: view.title for view in views},
        steps=count if any(presses.values()) else None,
        ask=asks_of(id, views),
        all_designs=all_designs,
    )


def asks_of(id: str, views: Sequence[type[Page]]) -> Callable[[Session], None]:
    """Asks what the view that is chosen shows."""
    by_id = {view.id: view for view in views}

    def ask(session: Session) -> None:
        by_id[session.state.views.get(id, views[0].id)].ask(session)

    return ask


def style_choices(choices: QButtonGroup, theme: Theme) -> None:
    """Gives buttons of which one is chosen the look of the theme."""
    for choice in choices.buttons():
        style(choice, theme)
        # the words of the chosen one are bold, and wider than its size hint knows
        words = QFontMetrics(theme.font(bold=True)).horizontalAdvance(choice.text())
        choice.setMinimumWidth(words + theme.px(32))
