"""The column left of every page: the list of pages, and the digit on screen."""

import math

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QWidget

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app import words
from nnviz.ui.app.digit_card import DigitCard
from nnviz.ui.app.pages import PAGES
from nnviz.ui.kit.controls import button
from nnviz.ui.kit.layout import column, dress
from nnviz.ui.kit.theme import Theme

WIDTH = 182
"""On the design grid."""
LARGEST_ZOOM = 1.5
"""Of the text, beyond which the list does not become smaller to have everything in sight: then
the digit below it scrolls."""
SMALLEST, STEP, TRIES = 0.8, 0.05, 4
"""Least scale, and the steps in which one is looked for."""


class Rail(QScrollArea):
    """Scrolls when the window is low."""

    page_chosen = Signal(str)

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self._column = column(spacing=2, margins=(7, 6, 7, 6), of=self._inside)
        self._pages = QButtonGroup(self)
        for number, page in enumerate(PAGES, start=1):
            name, tip = words.page_name(number, page.title), words.page_tip(number, page.question)
            choice = button(name, tip, name=f"page-{page.id}")
            choice.setCheckable(True)
            choice.setProperty("in-list", True)
            choice.clicked.connect(lambda _=False, id=page.id: self.page_chosen.emit(id))
            self._pages.addButton(choice)
            self._column.addWidget(choice)
        self._column.addStretch(1)
        self.card = DigitCard(session, theme)
        self._column.addWidget(self.card)
        self.setWidget(self._inside)
        self.verticalScrollBar().rangeChanged.connect(self._fit)
        self.use_theme(theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self._fit()  # words in another size need another width
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().height() != event.size().height():
            self._tighten()

    def use_theme(self, theme: Theme) -> None:
        self._asked = theme
        self._dress(theme)
        self._tighten()

    def _tighten(self) -> None:
        """Makes the type as large as it is wanted, or as much smaller as it takes to have every
        page in sight."""
        for _ in range(TRIES):
            needed = self._inside.minimumSizeHint().height()
            most = self._theme.scale * self.maximumViewportSize().height() / max(1, needed)
            least = max(SMALLEST, self._asked.scale / LARGEST_ZOOM)
            theme = self._asked.at_most(max(least, math.floor(most / STEP) * STEP))
            if theme == self._theme or not self.isVisible():
                break
            self._dress(theme)

    def _dress(self, theme: Theme) -> None:
        self._theme = theme
        dress(self, theme)
        self._column.invalidate()
        self._fit()

    def _fit(self) -> None:
        """Makes room for the scroll bar where there is one."""
        bar = self.verticalScrollBar()
        beside = bar.sizeHint().width() if bar.maximum() else 0
        needed = max(self._theme.px(WIDTH), self._inside.minimumSizeHint().width())
        self.setFixedWidth(needed + beside)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tighten()

    def show_state(self, state: State, held_back: bool) -> None:
        """`held_back`: the page on screen does not tell yet what the network says."""
        for page, choice in zip(PAGES, self._pages.buttons(), strict=True):
            choice.setChecked(page.id == state.page)
        self.card.show_state(state.here, held_back)
