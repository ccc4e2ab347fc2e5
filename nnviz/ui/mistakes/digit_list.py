"""The digits behind what was chosen: how many, and each of them."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from nnviz.session.session import Session
from nnviz.ui.kit.digit_grid import DigitGrid
from nnviz.ui.kit.digit_tiles import GridView
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.theme import Theme
from nnviz.ui.mistakes.judged_seen import JudgedSeen
from nnviz.ui.mistakes.listing_words import (
    facts_in_words,
    short_names,
    unlisted_in_words,
)
from nnviz.ui.mistakes.ticks_bar import TicksBar
from nnviz.ui.pages.page import Page

Numbers = NDArray[np.intp]


class ListedDigits(QWidget):
    """A heading above the digits; a click shows one on every page."""

    def __init__(self, session: Session, theme: Theme, page: Page) -> None:
        super().__init__()
        self.heading = QLabel()
        self.heading.setObjectName("digits-heading")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        self.grid = DigitGrid(theme)
        self.grid.chosen.connect(lambda image: session.change(image=image, output=None))
        self.grid.ticking.connect(lambda images: session.choose("mistakes", ticked=images))
        self.grid.opened.connect(lambda: page.view_asked.emit("digit"))
        self.grid.missed.connect(self._say_missing)
        self.ticks = TicksBar(session, page)
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.grid, 1)
        below = QWidget()
        self._below = FlowLayout(below)
        for choice in self.ticks.buttons:
            self._below.addWidget(choice)
        column.addWidget(below)
        self._column = column
        self.setFocusProxy(self.grid)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._column.setSpacing(theme.px(6))
        self.heading.setFont(theme.font(bold=True))
        self.grid.use_theme(theme)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(theme.px(8))
        for choice in self.ticks.buttons:
            choice.setStyleSheet(theme.button_style())

    def show_digits(
        self,
        view: JudgedSeen,
        heading: str,
        images: Numbers,
        answers: NDArray[np.int8],
        words: Callable[[int], str],
        what: object,
    ) -> None:
        """Numbers of test digits, what each of all of them is read as, and what stands below;
        another list is told by `what`."""
        self.heading.setText(heading)
        self.heading.show()
        self.ticks.count(view.mistakes.ticked, images)
        if not len(images):
            self.show_nothing(f"{heading.split('.')[0]}.")
            return
        old = self.grid.view
        if old is not None and np.array_equal(old.images, images):
            images = old.images  # what is known of its places stays known
        facts = None if view.said is None else partial(facts_in_words, view, view.said)
        digits, image, ticked = view.digits, view.image, view.mistakes.ticked
        names = short_names(digits.class_names)
        self.grid.show_view(
            GridView(digits, images, answers, names, words, image, ticked, facts, what)
        )

    def _say_missing(self, number: int) -> None:
        view = self.grid.view
        listed = 0 if view is None else len(view.images)
        self._session.say("info", unlisted_in_words(number, listed))

    def show_nothing(self, why: str) -> None:
        """Says why no digit is there."""
        self.ticks.count(self._session.state.mistakes.ticked, np.zeros(0, np.intp))
        self.heading.hide()
        self.grid.show_nothing(why)
