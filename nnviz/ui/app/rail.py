"""The column left of every page: the list of pages, and the digit on screen."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QScrollArea, QWidget

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app import words
from nnviz.ui.app.digit_card import DigitCard
from nnviz.ui.app.pages import PAGES
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.layout import column, dress, style_button
from nnviz.ui.kit.theme import Theme

WIDTH = 182
"""On the design grid."""
GAP, MARGIN = 2, 6
LOOSE = 10
"""Height of a page in the list beside that of its title."""


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
        self.entries: list[QPushButton] = []
        for place, page in enumerate(PAGES, start=1):
            told, tip = words.page(place, page.title), words.page_tip(page.question, place)
            choice = button(told, tip, name=f"page-{page.id}")
            choice.setCheckable(True)
            choice.setProperty("in-list", True)
            choice.clicked.connect(lambda _=False, id=page.id: self.page_chosen.emit(id))
            choice.installEventFilter(self)
            self._pages.addButton(choice)
            self.entries.append(choice)
        self.card = DigitCard(session, theme)
        margins = (7, MARGIN, 7, MARGIN)
        column(*self.entries, 1, self.card, spacing=GAP, margins=margins, of=self._inside)
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
        elif isinstance(watched, QPushButton) and event.type() == QEvent.Type.FocusIn:
            self.ensureWidgetVisible(watched, 0, 0)
        return super().eventFilter(watched, event)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        dress(self, theme)
        self._tighten()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tighten()

    def _tighten(self) -> None:
        """Puts the pages closer together, rather than out of sight."""
        px = self._theme.px
        line = QFontMetrics(self._theme.font()).height() + px(LOOSE)
        needed = len(self.entries) * (line + px(GAP)) + 2 * px(MARGIN)
        tight = needed + self.card.minimumSizeHint().height() > self.height()
        for choice in self.entries:
            if choice.property("tight") != tight:
                choice.setProperty("tight", tight)
                style_button(choice, self._theme)

    def _fit(self) -> None:
        """Makes room for the scroll bar where there is one."""
        bar = self.verticalScrollBar()
        beside = bar.sizeHint().width() if bar.maximum() else 0
        needed = max(self._theme.px(WIDTH), self._inside.minimumSizeHint().width())
        self.setFixedWidth(needed + beside)

    def show_state(self, state: State) -> None:
        for page, choice in zip(PAGES, self.entries, strict=True):
            chosen = page.id == state.page
            if chosen and not choice.isChecked():
                self.ensureWidgetVisible(choice, 0, 0)
            choice.setChecked(chosen)
        self.card.show_state(state)
