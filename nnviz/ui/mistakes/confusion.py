"""Confusion and digits: how often each class is taken for each other one, and which digits."""

from dataclasses import replace

import numpy as np
from PySide6.QtWidgets import QLabel, QWidget

from nnviz.networks.designs import DESIGNS
from nnviz.questions.judged import confusion
from nnviz.questions.listing import (
    ANY,
    EVERY,
    ORDERS,
    SHOWN,
    AllSaid,
    Listing,
    MatrixCells,
    listed,
)
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.controls import CheckBox, button, keep_width
from nnviz.ui.kit.folding import Folding
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, flow, row
from nnviz.ui.kit.matrix import Place
from nnviz.ui.kit.more import more
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.ui.mistakes import words
from nnviz.ui.mistakes.confusion_matrix import ConfusionMatrix, ConfusionView
from nnviz.ui.mistakes.digit_list import DigitList
from nnviz.ui.mistakes.guess_words import HIDDEN
from nnviz.ui.mistakes.listing_bar import ListingBar
from nnviz.ui.mistakes.seen import JudgedSeen, see_judged
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.untrained import OnceLearned
from nnviz.verdicts.answers import NOT_A_DIGIT

FOLDED = 860
"""Width on the design grid below which the digits stand under the matrix."""


def cells_within(cells: MatrixCells, rejects: bool) -> MatrixCells:
    """Those that the matrix has; a column of *not a digit* only where a network `rejects`."""
    return tuple(cell for cell in cells if rejects or cell[1] != NOT_A_DIGIT)


class ConfusionAndDigits(Page):
    """The matrix of the design whose mistakes are listed, and beside it every digit asked for."""

    id = "confusion"
    title, question = words.CONFUSION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-confusion")
        self.headline = Headline(theme)
        self.matrix = ConfusionMatrix(theme)
        self.matrix.chosen.connect(self._choose_cell)
        self.matrix.added.connect(self._add_cell)
        self.matrix.opened.connect(self._go_to_digits)
        self.rates = CheckBox(words.RATES)
        self.rates.setObjectName("confusion-rates")
        explain(self.rates, words.RATES_TIP)
        self.rates.clicked.connect(lambda checked: session.choose("mistakes", rates=checked))
        self.progress = QLabel()
        self.progress.setObjectName("judging-progress")
        self.bar = ListingBar()
        self.bar.asked.connect(self._list_asked)
        self.below_each = QLabel()
        self.below_each.setObjectName("below-each")
        explain(self.below_each, words.BELOW_EACH_TIP)
        self.digits = DigitList(self, self.below_each, spacing=0)
        self.grid = self.digits.grid
        self.everything = button(*words.ALL_MISREAD, self._list_all, "list-all")
        self.more = more("mistakes", self.bar)
        for_operator(self.bar, self.more, self.rates, self.everything, self.below_each)
        self._listed: tuple[object, ...] = ()
        self._images = np.zeros(0, np.intp)
        self._arrange()
        self.setFocusProxy(self.grid)
        self.use_theme(theme)

    def _arrange(self) -> None:
        digits = self.digits
        halves = Folding(self.theme, (self.matrix, 62), (digits, 38), beside=FOLDED, spacing=14)
        above = row((self.headline, 1), self.more, spacing=10)
        below = flow(
            self.rates, self.everything, digits.save, digits.untick, self.progress, spacing=12
        )
        inside = QWidget()
        column(above, self.bar, (halves, 1), below, spacing=5, of=inside)
        self.learned = OnceLearned(self.session, self.theme, self, inside, scrolls=False)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self.digits.keep_widths()
        # the row below stays as high when all are judged
        ever = (tuple(DESIGNS), *((design,) for design in DESIGNS))
        keep_width(self.progress, map(words.missing_in_words, ever))

    # ---- drawing ---------------------------------------------------------------------

    @staticmethod
    def ask(session: Session) -> None:
        session.judgements.ask()

    def see(self, state: State) -> JudgedSeen:
        return see_judged(self.session, state)

    def draw(self, view: JudgedSeen, only_moving: bool) -> None:
        if only_moving:  # a run that goes on is asked at slow ticks
            return
        self.session.judgements.ask()
        if not self.learned.hides(view):
            self._show(view)

    def slow_tick(self, state: State) -> None:
        self.session.judgements.ask()

    def _show(self, view: JudgedSeen) -> None:
        """Sentence, matrix and list, all from what was said at one moment."""
        self.bar.show_view(view)
        self.rates.setChecked(view.mistakes.rates)
        self.progress.setText(words.missing_in_words(view.missing, view.labels))
        if view.said is None:  # what another network said is not left standing
            self._listed, self._images = (), np.zeros(0, np.intp)
            self.matrix.show_nothing()
            self.digits.show_nothing(words.JUDGING)
            self.headline.say(words.JUDGING)
            return
        self._show_matrix(view, view.said)
        self._list(view, view.said)

    def _show_matrix(self, view: JudgedSeen, said: AllSaid) -> None:
        names, listing = view.digits.class_names, view.mistakes.listing
        counts = confusion(said.own.answers, said.labels, len(names))
        if not said.rejects:
            counts = counts[:, :-1]
        answer = len(names) if listing.answer == NOT_A_DIGIT else listing.answer
        if answer is not None and answer >= counts.shape[1]:
            answer = None
        selected = listing.label, answer
        self.matrix.show_view(
            ConfusionView(
                counts,
                names,
                view.mistakes.rates,
                selected,
                words.judge_of(view),
                view.hidden,
                cells_within(listing.cells, counts.shape[1] > len(names)),
            )
        )

    def _list(self, view: JudgedSeen, said: AllSaid) -> None:
        listing = view.mistakes.listing
        if (said, listing) != self._listed:
            self._listed, self._images = (said, listing), listed(listing, said)
        asked = replace(listing, whose=view.whose)
        told = words.count_in_words(asked, said, len(self._images), view.labels)
        self.headline.say(HIDDEN if view.hidden else told)
        self.digits.show_digits(
            view,
            self._images,
            said.own,
            lambda image: ORDERS[listing.order].words(said, image),
            listing,
            heading=words.below_each(listing),
            empty=words.empty_in_words(view),
        )

    # ---- choosing --------------------------------------------------------------------

    def _choose_cell(self, place: Place) -> None:
        """Lists the digits of a cell, a row or a column; (None, None): all misread ones."""
        state, (row, column) = self.session.state, place
        listing = state.mistakes.listing
        answer = NOT_A_DIGIT if column == len(state.digits.class_names) else column
        right = row is not None and row == column
        kind = "right" if right else "misread"
        wanted = replace(listing, label=row, answer=answer, kind=kind, cells=())
        if listing.whose in (ANY, EVERY):  # the cells count the answers of one design
            wanted = replace(wanted, whose=SHOWN)
        self.session.choose("mistakes", listing=wanted)

    def _list_asked(self, listing: Listing) -> None:
        whose = self.session.state.keeping(listing.whose)
        self.session.choose("mistakes", listing=replace(listing, whose=whose))

    def _add_cell(self, place: tuple[int, int]) -> None:
        """Lists the digits of one more cell, or of one less; the first of several is the cell
        that was chosen before."""
        state, (row, column) = self.session.state, place
        listing = state.mistakes.listing
        answer = NOT_A_DIGIT if column == len(state.digits.class_names) else column
        chosen = set(listing.cells)
        if not chosen and listing.label is not None and listing.answer is not None:
            chosen = {(listing.label, listing.answer)}
        wanted = listing.with_cells(chosen ^ {(row, answer)})
        if listing.whose in (ANY, EVERY):
            wanted = replace(wanted, whose=SHOWN)
        self.session.choose("mistakes", listing=wanted)

    def _list_all(self) -> None:
        order = self.session.state.mistakes.listing.order
        self.session.choose("mistakes", listing=Listing(order=order))

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
