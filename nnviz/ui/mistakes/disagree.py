"""Designs disagree: which digits one design gets right and another wrong, and which none does."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtWidgets import QLabel, QWidget

from nnviz.data.arrays import Bools
from nnviz.networks.designs import DESIGNS
from nnviz.questions.comparison import Said, difference
from nnviz.questions.learned_from import why_not_compared
from nnviz.questions.listing import CELLS, MatrixCells, cell_of, misses, only_these
from nnviz.session.judging import Everyone, among, designs_compared
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.controls import combo_box, keep_box_width, offer, paragraph
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, low, row, sized
from nnviz.ui.kit.theme import Theme
from nnviz.ui.mistakes import words
from nnviz.ui.mistakes.cells_words import TOGETHER, only_counted
from nnviz.ui.mistakes.count_columns import ColumnsView, CountColumns
from nnviz.ui.mistakes.digit_list import DigitList
from nnviz.ui.mistakes.listing_bar import offer_cells
from nnviz.ui.mistakes.outcome_table import OutcomeTable, OutcomeView
from nnviz.ui.mistakes.seen import JudgedSeen, see_judged
from nnviz.ui.pages.compared import compare_button
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.untrained import is_untrained
from nnviz.words import sentences


class Disagree(Page):
    """McNemar's table of two designs, how many designs miss each digit, and the digits."""

    id = "disagree"
    title, question = words.DISAGREE

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-disagree")
        self.first = combo_box(
            "first-design", *words.FIRST_DESIGN, lambda name: self._compare(first=name)
        )
        self._cells: Mapping[str, MatrixCells] = {}
        self.together = combo_box("mixed-up", *TOGETHER, self._mix)
        self.second = combo_box(
            "second-design", *words.SECOND_DESIGN, lambda name: self._compare(second=name)
        )
        self.sentence = sized(
            paragraph("difference-sentence", words.MCNEMAR_TIP, plain=True), bold=True
        )
        self.table = OutcomeTable(theme)
        self.table.chosen.connect(lambda cell: self._choose(cell=cell, missed=None))
        self.columns = CountColumns(theme)
        self.columns.chosen.connect(lambda count: self._choose(missed=count))
        against = QLabel(words.AGAINST)
        self.networks = low(compare_button(session))
        for_operator(self.first, against, self.second, self.networks, self.together)
        self.digits = DigitList(self)
        left = column(
            row((self.first, 1), against, (self.second, 1), spacing=4),
            (self.table, 3),
            self.sentence,
            (self.columns, 2),
            spacing=6,
        )
        above = QWidget()
        column(row((self.together, 1), self.networks), of=above)
        self.digits.beside(self, left, (50, 50), above)
        self.setFocusProxy(self.table)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        for box in (self.first, self.second):
            keep_box_width(box, (design.label for design in DESIGNS.values()))

    # ---- drawing ---------------------------------------------------------------------

    @staticmethod
    def ask(session: Session) -> None:
        session.judgements.ask()

    def see(self, state: State) -> JudgedSeen:
        return see_judged(self.session, state)

    def draw(self, view: JudgedSeen, only_moving: bool) -> None:
        if self.digits.due(view, only_moving):
            judged = among(view.known, view.alike_to_first)
            here = _counted(view, judged)
            right = {
                name: (each.answers == view.digits.labels)[here] for name, each in judged.items()
            }
            for box, chosen in zip((self.first, self.second), view.compared, strict=True):
                items = [(view.labels[name], name) for name in view.designs]
                items += [(title, name) for name, title in view.more.items()]
                offer(box, items, chosen)
            self._cells = offer_cells(self.together, view)
            self._show_table(view)
            missed = view.mistakes.disagreement.missed is not None
            for part in (self.table, self.sentence):  # before a room, either or
                part.setVisible(not (view.lecturing and missed))
            if view.lecturing and not missed:
                self.columns.hide()
            else:
                self._show_columns(view, right)
            self._list(view, len(right))

    def slow_tick(self, state: State) -> None:
        if not is_untrained(state):
            self.session.judgements.ask()

    def _mix(self, told: str) -> None:
        listing = self.session.state.mistakes.listing
        self.session.choose("mistakes", listing=listing.with_cells(self._cells[told]))

    def _show_table(self, view: JudgedSeen) -> None:
        judged, (first, second) = view.known, view.compared
        if first not in judged or second not in judged:
            self.table.show_nothing()
            self.sentence.setText(_waiting(view))
            return
        names = view.names_compared
        here = _counted(view, among(judged, (first, second)))
        ours, theirs = judged[first].answers[here], judged[second].answers[here]
        labels = view.digits.labels[here]
        counts = tuple(
            int(np.count_nonzero(cell_of(ours == labels, theirs == labels, cell))) for cell in CELLS
        )
        wanted = view.mistakes.disagreement
        chosen = wanted.cell if wanted.missed is None else ""
        self.table.show_view(OutcomeView(*names, counts, chosen, view.hidden))
        if view.hidden:
            self.sentence.setText("")
            return
        taught = view.taught[first], view.taught[second]
        found = difference(Said(ours, taught[0]), Said(theirs, taught[1]), labels)
        if found is None:
            self.sentence.setText(why_not_compared(*taught, *names))
        else:
            told = words.verdict_in_words(found, *names)
            self.sentence.setText(sentences(told, words.epochs_told(*taught)))

    def _show_columns(self, view: JudgedSeen, right: Mapping[str, Bools]) -> None:
        self.columns.setVisible(bool(right))
        if right:
            counts = np.bincount(misses(list(right.values())), minlength=len(right) + 1)
            waiting = [design for design in view.missing if design in view.alike_to_first]
            others = len(view.designs) - len(view.alike_to_first)
            title = words.columns_title(len(right), len(waiting), others, bool(view.own_names))
            missed = view.mistakes.disagreement.missed
            told = tuple(counts.tolist())
            self.columns.show_view(ColumnsView(title, told, missed, view.hidden))

    def _list(self, view: JudgedSeen, designs: int) -> None:
        known, (first, second) = view.known, view.compared
        wanted, images = view.mistakes.disagreement, self.session.mistakes.listed(self.id)
        if images is None:
            self.digits.show_nothing(_waiting(view))
            return
        own = known[first] if first in known else next(iter(known.values()))
        other, short = known.get(second, own), words.short_names(view.digits.class_names)
        if wanted.missed is not None:
            told, below = (
                words.missed_listed(wanted.missed, designs, len(images), bool(view.own_names)),
                words.ALL_ANSWERS,
            )
        else:
            names = view.names_compared
            outcome = words.outcome_in_words(wanted.cell, *names)
            told, below = words.outcome_listed(len(images), outcome), words.answers_below(names[1])

        def answers(image: int) -> str:
            if wanted.missed is None:
                return short(int(other.answers[image]))
            counted = among(known, view.alike_to_first).values()
            return " ".join(map(short, sorted({int(each.answers[image]) for each in counted})))

        what = wanted, view.mistakes.listing.cells
        judged = among(known, view.alike_to_first if wanted.missed is not None else view.compared)
        heading = sentences(told, _only(view, judged), below)
        self.digits.show_digits(view, images, own, answers, what, heading=heading, empty=told)

    def step(self, direction: int) -> None:
        """The next and the previous digit of the list."""
        if not self.session.mistakes.walk(direction):
            super().step(direction)

    # ---- choosing --------------------------------------------------------------------

    def _compare(self, **one: str) -> None:
        """Compares an entrant, or makes a network one. Of several of one design those two are
        meant, whichever of them is on screen later."""
        one = {place: self.session.designs.compare(name) for place, name in one.items()}
        state = self.session.state
        now = dict(zip(("first", "second"), designs_compared(state), strict=True))
        kept = {place: state.keeping(name) for place, name in (now | one).items()}
        changes = {place: name for place, name in kept.items() if name != now[place]}
        self._choose(**one | changes)

    def _choose(self, **changes: Any) -> None:
        self.session.choose(
            "mistakes", disagreement=replace(self.session.state.mistakes.disagreement, **changes)
        )


def _counted(view: JudgedSeen, judged: Everyone) -> Bools:
    """(images,): the test digits that are counted, by what some designs say."""
    said = [each.answers for each in judged.values()]
    return only_these(view.mistakes.listing.cells, view.digits.labels, said)


def _only(view: JudgedSeen, judged: Everyone) -> str:
    """How many digits are counted, where only some mistakes are."""
    cells, here = view.mistakes.listing.cells, _counted(view, judged)
    if not cells:
        return ""
    names = view.digits.class_names
    return only_counted(cells, names, int(np.count_nonzero(here)), len(here))


def _waiting(view: JudgedSeen) -> str:
    """Why there is nothing to compare yet."""
    return words.WAITING[view.engine] if view.compared[1] else words.LONE
