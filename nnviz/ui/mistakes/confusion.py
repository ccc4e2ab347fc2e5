"""Confusion and digits: how often each class is taken for each other one, and which digits."""

from dataclasses import replace

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QLabel, QVBoxLayout, QWidget

from nnviz.questions.judged import confusion
from nnviz.questions.listing import ANY, EVERY, ORDERS, SHOWN, AllSaid, Listing, listed
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.check_box import CheckBox
from nnviz.ui.kit.digit_grid import DigitGrid
from nnviz.ui.kit.digit_tiles import GridView
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.theme import Theme
from nnviz.ui.mistakes.confusion_layout import ConfusionView
from nnviz.ui.mistakes.confusion_matrix import ConfusionMatrix
from nnviz.ui.mistakes.judged_seen import JudgedSeen, see_judged
from nnviz.ui.mistakes.listing_bar import ListingBar
from nnviz.ui.mistakes.listing_words import (
    count_in_words,
    empty_in_words,
    facts_in_words,
    judge_of,
    missing_in_words,
    short_names,
    unlisted_in_words,
)
from nnviz.ui.mistakes.ticks_bar import TicksBar
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.untrained import Untrained
from nnviz.verdicts.answers import NOT_A_DIGIT

JUDGING = "Judging the test digits …"
FOLDED = 860
"""Width on the design grid below which the digits stand under the matrix."""


class ConfusionAndDigits(Page):
    """The matrix of the design whose mistakes are listed, and beside it every digit asked for."""

    id = "confusion"
    title = "Confusion and digits"
    question = "Which digits are taken for which, and what do they look like?"

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
        self.rates.clicked.connect(lambda checked: session.choose("mistakes", rates=checked))
        self.progress = QLabel()
        self.progress.setObjectName("judging-progress")
        self.bar = ListingBar(theme)
        self.bar.asked.connect(lambda listing: session.choose("mistakes", listing=listing))
        self.grid = DigitGrid(theme)
        self.grid.chosen.connect(lambda image: session.change(image=image, output=None))
        self.grid.ticking.connect(lambda images: session.choose("mistakes", ticked=images))
        self.grid.missed.connect(lambda number: self._say_missing(number))
        self.grid.opened.connect(lambda: self.view_asked.emit("digit"))
        self.below_each = QLabel()
        self.below_each.setObjectName("below-each")
        self.below_each.setToolTip("What the last line below each digit means.")
        self.everything = button(
            "All misread", "List all misread digits again", self._list_all, "list-all"
        )
        self.ticks = TicksBar(session, self)
        self.untick, self.save = self.ticks.buttons
        self._arrange()
        self.setFocusProxy(self.grid)
        self._listed: tuple[object, ...] = ()
        self._images = np.zeros(0, np.intp)
        self.use_theme(theme)

    def _arrange(self) -> None:
        self._below = QWidget()
        self._flow = FlowLayout(self._below)
        for part in (self.rates, self.everything, self.untick, self.save, self.progress):
            self._flow.addWidget(part)
        digits = QVBoxLayout()
        digits.setSpacing(0)
        digits.addWidget(self.below_each)
        digits.addWidget(self.grid, 1)
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
        for words in (self.rates, self.progress, self.below_each):
            words.setFont(theme.font())
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

    def see(self, state: State) -> JudgedSeen:
        return see_judged(self.session, state)

    def draw(self, view: JudgedSeen, only_moving: bool) -> None:
        if only_moving:  # a run that goes on is asked at slow ticks
            return
        self.session.judgements.ask()
        self._write(view)

    def slow_tick(self, state: State) -> None:
        self.session.judgements.ask()

    def _write(self, view: JudgedSeen) -> None:
        """Sentence, matrix and list, all from what was said at one moment."""
        self._swap(view.untrained)
        if view.untrained:
            self.untrained.show_state(view)
            return
        self.bar.show_view(view)
        self.rates.setChecked(view.mistakes.rates)
        self.progress.setText(missing_in_words(view.missing))
        if view.said is None:
            self._wait(view)
            return
        self._draw_matrix(view, view.said)
        self._list(view, view.said)

    def _swap(self, untrained: bool) -> None:
        """Shows what there is; the keys go on working in it."""
        parts: list[QWidget] = [self._content, self.untrained]
        leaving, coming = parts if untrained else parts[::-1]
        focus: QWidget = self.untrained.train if untrained else self.grid
        here = QApplication.focusWidget()
        inside = here is not None and leaving.isAncestorOf(here)
        coming.show()
        if inside:
            focus.setFocus()
        leaving.hide()

    def _wait(self, view: JudgedSeen) -> None:
        """Nothing to see yet: what another network said is not left standing."""
        self._listed, self._images = (), np.zeros(0, np.intp)
        self.matrix.show_view(None)
        self.grid.show_nothing(JUDGING)
        self.below_each.clear()
        self.headline.say(JUDGING)
        self.ticks.count(view.mistakes.ticked, self._images)

    def _draw_matrix(self, view: JudgedSeen, said: AllSaid) -> None:
        names, listing = view.digits.class_names, view.mistakes.listing
        counts = confusion(said.own.answers, said.labels, len(names))
        if not said.rejects:
            counts = counts[:, :-1]
        column = len(names) if listing.answer == NOT_A_DIGIT else listing.answer
        if column is not None and column >= counts.shape[1]:
            column = None
        selected = listing.label, column
        self.matrix.show_view(
            ConfusionView(counts, names, view.mistakes.rates, selected, judge_of(view))
        )

    def _list(self, view: JudgedSeen, said: AllSaid) -> None:
        wanted = (said, view.mistakes.listing)
        if wanted != self._listed:
            self._listed, self._images = wanted, listed(view.mistakes.listing, said)
        order = ORDERS[view.mistakes.listing.order]
        self.headline.say(count_in_words(view.mistakes.listing, said, len(self._images)))
        self.ticks.count(view.mistakes.ticked, self._images)
        if not len(self._images):
            self.below_each.clear()
            self.grid.show_nothing(empty_in_words(view))
            return
        self.below_each.setText(f"below each: {order.below}")
        self.grid.show_view(
            GridView(
                view.digits,
                self._images,
                said.own.answers,
                short_names(view.digits.class_names),
                lambda image: order.words(said, image),
                view.image,
                view.mistakes.ticked,
                lambda image: facts_in_words(view, said, image),
                view.mistakes.listing,
            )
        )

    def _say_missing(self, number: int) -> None:
        self.session.say("info", unlisted_in_words(number, len(self._images)))

    # ---- choosing --------------------------------------------------------------------

    def _choose_cell(self, row: int | None, column: int | None) -> None:
        """Lists the digits of a cell, a row or a column; all misread ones the second time."""
        state = self.session.state
        names = state.digits.class_names
        answer = NOT_A_DIGIT if column == len(names) else column
        right = row is not None and row == column
        wanted = replace(
            state.mistakes.listing,
            label=row,
            answer=answer,
            kind="right" if right else "misread",
            # the cells count the answers of one design
            whose=SHOWN
            if state.mistakes.listing.whose in (ANY, EVERY)
            else state.mistakes.listing.whose,
        )
        if (row, answer) == (state.mistakes.listing.label, state.mistakes.listing.answer):
            wanted = replace(wanted, label=None, answer=None, kind="misread")
        self.session.choose("mistakes", listing=wanted)

    def _list_all(self) -> None:
        self.session.choose(
            "mistakes", listing=Listing(order=self.session.state.mistakes.listing.order)
        )

    def _go_to_digits(self) -> None:
        """Shows the first digit listed, and lets the arrow keys go on from there."""
        if len(self._images):
            self.grid.setFocus()
            if self.grid.tile_of(self.session.state.image) is None:
                self.session.change(image=int(self._images[0]), output=None)

    def step(self, direction: int) -> None:
        """The next and the previous digit of the list."""
        if not self.session.mistakes.walk(direction):
            super().step(direction)
