"""Designs disagree: which digits one design gets right and another wrong, and which none does."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nnviz.data.arrays import Bools
from nnviz.networks.designs import DESIGNS
from nnviz.questions.comparison import mcnemar
from nnviz.questions.listing import CELLS, cell_of, misses
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.mistakes.count_columns import ColumnsView, CountColumns
from nnviz.ui.mistakes.difference_words import verdict_in_words
from nnviz.ui.mistakes.judged_seen import WAITING, JudgedSeen, see_judged
from nnviz.ui.mistakes.listed_digits import ListedDigits
from nnviz.ui.mistakes.listing_words import short_names
from nnviz.ui.mistakes.outcome_table import OutcomeTable, OutcomeView
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.untrained import OnceLearned, is_untrained

LONE = "There is only one network. Train another design, and the two are compared here."


class Disagree(Page):
    """McNemar's table of two designs, how many designs miss each digit, and the digits."""

    id = "disagree"
    title = "Designs disagree"
    question = "Which digits does one design get right and another wrong?"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-disagree")
        self.first, self.second = (
            self._choice("first-design", "First design", "The design in the rows of the table."),
            self._choice("second-design", "Second design", "The design in its columns."),
        )
        self.first.activated.connect(
            lambda index: self._choose(first=str(self.first.itemData(index)))
        )
        self.second.activated.connect(
            lambda index: self._choose(second=str(self.second.itemData(index)))
        )
        self.against = QLabel("against")
        self.sentence = QLabel()
        self.sentence.setObjectName("difference-sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setToolTip(
            "McNemar's exact test on the digits that only one of the two gets right."
        )
        self.table = OutcomeTable(theme)
        self.table.chosen.connect(lambda cell: self._choose(cell=cell, missed=None))
        self.columns = CountColumns(theme)
        self.columns.chosen.connect(lambda count: self._choose(missed=count))
        self.digits = ListedDigits(session, theme, self)
        self._arrange()
        self.setFocusProxy(self.table)
        self.use_theme(theme)

    @staticmethod
    def _choice(name: str, words: str, tooltip: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setAccessibleName(words)
        box.setToolTip(tooltip)
        return box

    def _arrange(self) -> None:
        self._top = QHBoxLayout()
        for part in (self.first, self.against, self.second):
            self._top.addWidget(part)
        self._top.addStretch(1)
        self._left = QVBoxLayout()
        self._left.addLayout(self._top)
        self._left.addWidget(self.table, 3)
        self._left.addWidget(self.sentence)
        self._left.addWidget(self.columns, 2)
        self._middle = QHBoxLayout()
        self._middle.addLayout(self._left, 48)
        self._middle.addWidget(self.digits, 52)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._middle)
        self.learned = OnceLearned(self.session, self.theme, self, inside)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._left.setSpacing(theme.px(6))
        self._middle.setSpacing(theme.px(20))
        self._top.setSpacing(theme.px(8))
        for words in (self.first, self.second, self.against):
            words.setFont(theme.font())
        self.sentence.setFont(theme.font(TEXT, bold=True))
        for part in (self.table, self.columns, self.digits, self.learned):
            part.use_theme(theme)

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> JudgedSeen:
        return see_judged(self.session, state)

    def draw(self, view: JudgedSeen, only_moving: bool) -> None:
        if self.learned.hides(view):
            return
        self.session.judgements.ask()
        if not only_moving:  # nothing here moves but what judging brings
            self._show(view)

    def slow_tick(self, state: State) -> None:
        if not is_untrained(state):
            self.session.judgements.ask()

    def _show(self, view: JudgedSeen) -> None:
        right = {name: each.answers == view.digits.labels for name, each in view.known.items()}
        self._show_choices(view)
        self._show_table(view)
        self._show_columns(view, right)
        self._list(view, right)

    def _show_choices(self, view: JudgedSeen) -> None:
        for box, chosen in zip((self.first, self.second), view.compared, strict=True):
            with QSignalBlocker(box):
                box.clear()
                for design in view.designs:
                    box.addItem(DESIGNS[design].label, design)
                box.setCurrentIndex(box.findData(chosen))

    def _show_table(self, view: JudgedSeen) -> None:
        judged, (first, second) = view.known, view.compared
        names = DESIGNS[first].label, DESIGNS[second].label if second else ""
        both = first in judged and second in judged
        if not both:
            self.table.show_view(None)
            self.sentence.setText(WAITING[view.engine] if second else LONE)
            return
        ours, theirs = judged[first].answers, judged[second].answers
        labels = view.digits.labels
        counts = tuple(
            int(np.count_nonzero(cell_of(ours == labels, theirs == labels, cell))) for cell in CELLS
        )
        wanted = view.mistakes.disagreement
        chosen = wanted.cell if wanted.missed is None else ""
        self.table.show_view(OutcomeView(*names, counts, chosen))
        self.sentence.setText(verdict_in_words(mcnemar(ours, theirs, labels), *names))

    def _show_columns(self, view: JudgedSeen, right: Mapping[str, Bools]) -> None:
        self.columns.setVisible(bool(right))
        if not right:
            return
        counts = np.bincount(misses(list(right.values())), minlength=len(right) + 1).tolist()
        waiting = len(view.missing)
        more = f" ({waiting} still to come)" if waiting else ""
        self.columns.show_view(
            ColumnsView(
                f"digits missed by so many of {len(right)} designs{more}",
                tuple(counts),
                view.mistakes.disagreement.missed,
            )
        )

    def _list(self, view: JudgedSeen, right: Mapping[str, Bools]) -> None:
        judged, (first, second) = view.known, view.compared
        wanted, images = view.mistakes.disagreement, self.session.mistakes.listed(self.id)
        if images is None:
            self.digits.show_nothing(WAITING[view.engine] if second else LONE)
            return
        if wanted.missed is not None:
            heading = _missed_in_words(wanted.missed, len(right), len(images))
            heading += ". Below each: all answers"
        else:
            table = self.table.view
            what = table.in_words(wanted.cell) if table is not None else ""
            count = f"{len(images):,} digit{'' if len(images) == 1 else 's'}"
            heading = f"{count}: {what}. Below each: {DESIGNS[second].label}"
        own = first if first in judged else next(iter(judged))
        other = second if second in judged else own

        short, known = short_names(view.digits.class_names), tuple(judged.values())

        def words(image: int) -> str:
            if wanted.missed is None:
                return short(int(judged[other].answers[image]))
            return " ".join(map(short, sorted({int(each.answers[image]) for each in known})))

        self.digits.show_digits(view, heading, images, judged[own].answers, words, wanted)

    def step(self, direction: int) -> None:
        """The next and the previous digit of the list."""
        if not self.session.mistakes.walk(direction):
            super().step(direction)

    # ---- choosing --------------------------------------------------------------------

    def _choose(self, **changes: Any) -> None:
        self.session.choose(
            "mistakes", disagreement=replace(self.session.state.mistakes.disagreement, **changes)
        )


def _missed_in_words(missed: int, designs: int, count: int) -> str:
    many = f"{count:,} digit{'' if count == 1 else 's'}"
    if missed == 0:
        return f"{many} that every design gets right"
    if missed == designs:
        return f"{many} that no design gets right"
    return f"{many} missed by {missed} of {designs} designs"
