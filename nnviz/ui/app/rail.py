"""The column left of every page: the list of pages, and the digit on screen."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QWidget

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app import words
from nnviz.ui.app.digit_card import DigitCard
from nnviz.ui.app.pages import PAGES
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.layout import column, dress, sized
from nnviz.ui.kit.theme import Theme

WIDTH = 182
"""On the design grid."""
LEAST_ENTRY = 28
"""Height of a page in the list where there are many, on the design grid."""


class Rail(QScrollArea):
    """Tightens when the window is low, and then scrolls."""

    page_chosen = Signal(str)
    shown = Signal(bool)
    """Whether it is there, as soon as that changes."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self._pages = QButtonGroup(self)
        for place, page in enumerate(PAGES, start=1):
            told, tip = words.page(place, page.title), words.page_tip(page.question, place)
            choice = button(told, tip, name=f"page-{page.id}")
            choice.setCheckable(True)
            choice.setProperty("in-list", True)
            choice.clicked.connect(lambda _=False, id=page.id: self.page_chosen.emit(id))
            # closer together, rather than out of sight
            self._pages.addButton(sized(choice, least_height=LEAST_ENTRY))
        self.card = DigitCard(session, theme)
        column(
            *self._pages.buttons(), 1, self.card, spacing=2, margins=(7, 6, 7, 6), of=self._inside
        )
        self.setWidget(self._inside)
        self.verticalScrollBar().rangeChanged.connect(self._fit)
        self.use_theme(theme)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.shown.emit(event.type() == QEvent.Type.ShowToParent)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self._fit()  # words in another size need another width
        return super().eventFilter(watched, event)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        dress(self, theme)
        self._fit()

    def _fit(self) -> None:
        """Makes room for the scroll bar where there is one."""
        bar = self.verticalScrollBar()
        beside = bar.sizeHint().width() if bar.maximum() else 0
        needed = max(self._theme.px(WIDTH), self._inside.minimumSizeHint().width())
        self.setFixedWidth(needed + beside)

    def show_state(self, state: State) -> None:
        for page, choice in zip(PAGES, self._pages.buttons(), strict=True):
            chosen = page.id == state.page
            if chosen and not choice.isChecked():
                self.ensureWidgetVisible(choice, 0, 0)
            choice.setChecked(chosen)
        self.card.show_state(state)
