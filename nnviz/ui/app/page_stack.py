"""The pages of a window, each made when it is first needed."""

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget

from nnviz.session.state import State
from nnviz.ui.app.pages import PAGES
from nnviz.ui.kit.telling import retell
from nnviz.ui.pages.page import Page, PageKind

KINDS: Mapping[str, PageKind] = {kind.id: kind for kind in PAGES}


class PageStack(QStackedWidget):
    """Shows one page at a time; a page scrolls once the window is too small for it."""

    def __init__(self, make: Callable[[PageKind], Page]) -> None:
        super().__init__()
        self._make = make
        self._late = False
        self.made: dict[str, Page] = {}
        """Id -> page, of those that were needed so far."""
        for _ in KINDS:
            area = QScrollArea()
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.addWidget(area)

    def page(self, id: str) -> Page:
        """The page with this id."""
        if id not in self.made:
            page = self.made[id] = self._make(KINDS[id])
            area = self.widget(list(KINDS).index(id))
            assert isinstance(area, QScrollArea)
            area.setWidget(page)
            retell(page)
            if self._late:
                page.load_late()
        return self.made[id]

    def turn_to(self, state: State) -> None:
        """Shows the page of a state."""
        id = state.page
        self.page(id).come(state)
        self.setCurrentIndex(list(KINDS).index(id))

    def load_late(self) -> None:
        """Loads what the first picture did not need."""
        self._late = True
        for page in self.made.values():
            page.load_late()


class Pages(Mapping[str, Page]):
    """All pages of a stack by their ids; whoever asks for one has it made."""

    def __init__(self, stack: PageStack) -> None:
        self._stack = stack

    def __getitem__(self, id: str) -> Page:
        return self._stack.page(id)

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)
