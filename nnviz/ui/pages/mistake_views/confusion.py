"""Confusion and digits: how often each class is taken for each other one, and which digits."""

from dataclasses import replace

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from nnviz.learning.answers import NOT_A_DIGIT
from nnviz.learning.confusion import confusion
from nnviz.learning.listing import ANY, EVERY, ORDERS, SHOWN, Listing, Said, listed
from nnviz.learning.readings import READINGS
from nnviz.session import Session
from nnviz.state import State
from nnviz.ui.buttons import button
from nnviz.ui.check_box import CheckBox
from nnviz.ui.flow_layout import FlowLayout
from nnviz.ui.pages.mistake_views.listing_bar import ListingBar
from nnviz.ui.pages.mistake_views.listing_words import (
    count_in_words,
    empty_in_words,
    missing_in_words,
    saved_in_words,
    short_names,
)
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.untrained import Untrained, is_untrained
from nnviz.ui.pictures.confusion_layout import ConfusionView
from nnviz.ui.pictures.confusion_matrix import ConfusionMatrix
from nnviz.ui.pictures.digit_grid import DigitGrid
from nnviz.ui.pictures.digit_tiles import GridView
from nnviz.ui.pictures.headline import Headline
from nnviz.ui.theme import BACK_ROW, Theme

FOLDED = 860
"""Width on the design grid below which the digits stand under the matrix."""
RESORTED = 10
"""Slow ticks between two lists while a design learns: two seconds."""
DRAWN = frozenset(
    {"work", "shelf", "race", "trained", "judged", "reading", "options", "operations", "operated"}
    | {"digits", "engine", "running", "listing", "ticked", "rates", "image", "moment"}
)
FOLLOWING = frozenset({"work", "judged", "shelf", "verdict"})
"""Fields that move while a design learns."""


class ConfusionAndDigits(Page):
    """The matrix of the design whose mistakes are listed, and beside it every digit asked for."""

    id = "confusion"
    title = "Confusion and digits"
    question = "Which digits are taken for which, and what do they look like?"
    draws = DRAWN

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-confusion")
        self.headline = Headline(theme)
        self.untrained = Untrained(session, theme)
        self.matrix = ConfusionMatrix(theme)
        self.matrix.chosen.connect(self._choose_cell)
        self.matrix.opened.connect(self._go_to_digits)
        self.rates = CheckBox("percent")
        self.rates.setObjectName("confusion-rates")
        self.rates.setToolTip("Percent of each row instead of numbers of digits.")
        self.rates.clicked.connect(lambda checked: session.change(rates=checked))
        self.progress = QLabel()
        self.progress.setObjectName("judging-progress")
        self.bar = ListingBar(theme)
        self.bar.asked.connect(lambda listing: session.change(listing=listing))
        self.grid = DigitGrid(theme)
        self.grid.chosen.connect(lambda image: session.change(image=image, output=None))
        self.grid.ticking.connect(lambda images: session.change(ticked=images))
        self.grid.opened.connect(lambda: self.view_asked.emit("digit"))
        self.empty = QLabel()
        self.empty.setObjectName("no-digits")
        self.empty.setWordWrap(True)
        self.everything = button(
            "All misread", "List all misread digits again", self._list_all, "list-all"
        )
        self.untick = button(
            "Untick", "Untick all digits", lambda: session.change(ticked=frozenset()), "untick"
        )
        self.save = button(
            "Save digits…",
            "Save the digits ticked, else all listed: as a table (.csv) with every design's "
            "answers, or as a contact sheet (.png)",
            self.export_asked.emit,
            "save-digits",
        )
        self._arrange()
        self.setFocusProxy(self.grid)
        self._waits = 0
        self._said: Said | None = None
        self._listed: tuple[object, ...] = ()
        self._images = np.zeros(0, np.intp)
        self.use_theme(theme)

    def _arrange(self) -> None:
        self._below = QWidget()
        self._flow = FlowLayout(self._below)
        for part in (self.rates, self.everything, self.untick, self.save, self.progress):
            self._flow.addWidget(part)
        digits = QVBoxLayout()
        digits.addWidget(self.grid, 1)
        digits.addWidget(self.empty, 1)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.addWidget(self.matrix, 62)
        self._halves.addLayout(digits, 38)
        self._content = QWidget()
        self._rows = QVBoxLayout(self._content)
        self._rows.addWidget(self.headline)
        self._rows.addWidget(self.bar)
        self._rows.addLayout(self._halves, 1)
        self._rows.addWidget(self._below)
        column = QVBoxLayout(self)
        for layout in (self._rows, column):
            layout.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._content, 1)
        column.addWidget(self.untrained, 1)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        for part in (self.headline, self.untrained, self.matrix, self.bar, self.grid):
            part.use_theme(theme)
        for words in (self.rates, self.progress):
            words.setFont(theme.font())
        self.empty.setFont(theme.font(BACK_ROW))
        for choice in (self.everything, self.untick, self.save):
            choice.setStyleSheet(theme.button_style())
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(theme.px(12))
        self._rows.setSpacing(theme.px(5))
        self._halves.setSpacing(theme.px(14))
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Matrix and digits side by side where there is room."""
        directions = QBoxLayout.Direction
        narrow = self.width() < self.theme.px(FOLDED)
        self._halves.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    # ---- drawing ---------------------------------------------------------------------

    def render_state(self, state: State, fields: frozenset[str]) -> None:
        following = state.running and not fields - FOLLOWING
        if not following:
            self.session.judge()
            self._write(state)
        elif "judged" in fields:
            self._draw_matrix(state)
            if self._said is None:
                self._write(state)

    def slow_tick(self, state: State) -> None:
        self.session.judge()
        self._waits -= 1
        if self._waits <= 0:
            self._waits = RESORTED
            self._write(state)

    def _write(self, state: State) -> None:
        untrained = is_untrained(state)
        self.untrained.setVisible(untrained)
        self._content.setVisible(not untrained)
        if untrained:
            self.untrained.show_state(state)
            return
        self._draw_matrix(state)
        self.bar.show_state(state)
        self._list(state)

    def _draw_matrix(self, state: State) -> None:
        said, names = self.session.said, state.digits.class_names
        self.rates.setChecked(state.rates)
        self.progress.setText(missing_in_words(self.session.unjudged))
        if said is None:
            return
        counts = confusion(said.own.answers, said.labels, len(names))
        if not READINGS[said.own.reading].rejects:
            counts = counts[:, :-1]
        listing = state.listing
        column = len(names) if listing.answer == NOT_A_DIGIT else listing.answer
        if column is not None and column >= counts.shape[1]:
            column = None
        self.matrix.show_view(ConfusionView(counts, names, state.rates, (listing.label, column)))

    def _list(self, state: State) -> None:
        said = self.session.said
        if said is None:
            self._listed, self._images = (), np.zeros(0, np.intp)
            self.grid.hide()
            self.empty.show()
            self.empty.setText("Judging the test digits …")
            self.headline.say("Judging the test digits …")
            return
        wanted = (said.own, tuple(said.everyone.values()), state.listing)
        if wanted != self._listed:
            self._said, self._listed = said, wanted
            self._images = listed(state.listing, said)
        words = ORDERS[state.listing.order].words
        self.grid.show_view(
            GridView(
                state.digits,
                self._images,
                said.own.answers,
                short_names(state),
                lambda image: words(said, image),
                state.image,
                state.ticked,
            )
        )
        found = bool(len(self._images))
        self.grid.setVisible(found)
        self.empty.setVisible(not found)
        self.empty.setText(empty_in_words(state))
        self.headline.say(count_in_words(state, said, len(self._images)))
        self.untick.setEnabled(bool(state.ticked))
        self.save.setEnabled(found or bool(state.ticked))
        self._count_ticked(state)

    def _count_ticked(self, state: State) -> None:
        """What would be saved, and that some of it may not be on screen."""
        ticked = len(state.ticked)
        unseen = ticked - np.count_nonzero(np.isin(list(state.ticked), self._images))
        hidden = f" ({unseen:,} not listed)" if unseen else ""
        self.untick.setText(f"Untick {ticked:,}{hidden}" if ticked else "Untick")
        what = saved_in_words(bool(ticked), ticked or len(self._images)).rsplit(" ", 1)[0]
        self.save.setText(f"Save {what}…")
        for choice in (self.untick, self.save):
            choice.setAccessibleName(choice.text())

    # ---- choosing --------------------------------------------------------------------

    def _choose_cell(self, row: int | None, column: int | None) -> None:
        """Lists the digits of a cell, a row or a column; all misread ones the second time."""
        state = self.session.state
        names = state.digits.class_names
        answer = NOT_A_DIGIT if column == len(names) else column
        right = row is not None and row == column
        wanted = replace(
            state.listing,
            label=row,
            answer=answer,
            kind="right" if right else "misread",
            # the cells count the answers of one design
            whose=SHOWN if state.listing.whose in (ANY, EVERY) else state.listing.whose,
        )
        if (row, answer) == (state.listing.label, state.listing.answer):
            wanted = replace(wanted, label=None, answer=None, kind="misread")
        self.session.change(listing=wanted)

    def _list_all(self) -> None:
        self.session.change(listing=Listing(order=self.session.state.listing.order))

    def _go_to_digits(self) -> None:
        """Shows the first digit listed, and lets the arrow keys go on from there."""
        if len(self._images):
            self.grid.setFocus()
            if self.grid.tile_of(self.session.state.image) is None:
                self.session.change(image=int(self._images[0]), output=None)

    def step(self, direction: int) -> None:
        """The next and the previous digit of the list."""
        if not self.session.walk(direction):
            super().step(direction)
