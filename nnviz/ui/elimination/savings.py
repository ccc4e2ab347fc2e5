"""How often elimination changes the answer, and how many heads can be saved."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from nnviz.data.digits import ShownDigits
from nnviz.questions.elimination import Saving, SurveySavings
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.elimination.savings_figure import SavingsFigure
from nnviz.ui.elimination.words import percent, variant_in_words
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.live_survey import LiveSurvey, when_asked
from nnviz.ui.pages.page import MOVING, Page
from nnviz.verdicts.answers import Options

COLUMNS = ("leave", "heads", "saved", "right", "changed")


@dataclass(frozen=True)
class SavingsSeen:
    """All that the view shows of a state."""

    running: bool
    engine: str
    digits: ShownDigits
    options: Options
    found: Known[tuple[Saving, ...]] | None
    when: str
    work: Work = field(metadata=MOVING)


class SavingsOfVariants(Page):
    """One figure, and the same numbers as a table whose rows choose the variant."""

    id = "savings"
    title = "Savings"
    question = "How often does the top choice change, and how much can be saved?"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.live = LiveSurvey(session, SurveySavings)
        self.headline = Headline(theme)
        self.figure = SavingsFigure(theme)
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setObjectName("savings-table")
        self.table.setAccessibleName("Variants of elimination on all test digits")
        self.table.setToolTip(
            "Heads asked per digit, outputs saved against one class per step, share of digits "
            "right, share of answers that the walk changes. Click a row to use the variant."
        )
        self.table.setHorizontalHeaderLabels(COLUMNS)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        corner = self.table.findChild(QAbstractButton)  # Qt's own, hidden with the header
        if corner is not None:
            corner.setToolTip("Select all variants")
            corner.setAccessibleName("Select all variants")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.table.itemSelectionChanged.connect(self._choose)
        self._savings: Sequence[Saving] = ()
        self._row = QHBoxLayout()
        self._row.addWidget(self.figure, 1)
        self._row.addWidget(self.table)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.headline)
        self._column.addLayout(self._row, 1)
        self.setFocusProxy(self.table)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setSpacing(theme.px(4))
        self._row.setSpacing(theme.px(10))
        self.table.setFont(theme.font())
        self.table.horizontalHeader().setFont(theme.font())
        self.table.verticalHeader().setDefaultSectionSize(theme.px(38))
        self.table.setFixedWidth(theme.px(470))
        self.headline.use_theme(theme)
        self.figure.use_theme(theme)

    def see(self, state: State) -> SavingsSeen:
        found = self.session.surveys.found(SurveySavings)
        when = when_asked(state, found) if found is not None else ""
        return SavingsSeen(
            state.running, state.engine, state.digits, state.options, found, when, state.work
        )

    def slow_tick(self, state: State) -> None:
        self.live.tick()

    def draw(self, view: SavingsSeen, only_moving: bool) -> None:
        if only_moving:  # a run that goes on is asked at slow ticks
            return
        self.session.surveys.ask(SurveySavings)
        found = view.found
        if found is None:
            self._savings = ()
            self.table.setRowCount(0)
            self.figure.show_savings((), view.options)
            self.headline.say("Asking all test digits…")
            return
        if found.result is not self._savings:
            self._savings = found.result
            self._fill(found.result)
        words = f"{view.when} {in_words(found.result)}".strip()
        self.headline.say(words)
        self.figure.show_savings(found.result, view.options)
        self.figure.setAccessibleDescription(words)
        rows = [saving.options for saving in found.result]
        with QSignalBlocker(self.table):
            if view.options in rows:
                self.table.selectRow(rows.index(view.options))
            else:
                self.table.clearSelection()

    def _fill(self, savings: Sequence[Saving]) -> None:
        with QSignalBlocker(self.table):
            self.table.setRowCount(len(savings))
            for row, saving in enumerate(savings):
                for column, words in enumerate(_cells(saving, savings[1])):
                    item = QTableWidgetItem(words)
                    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                    item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                    self.table.setItem(row, column, item)

    def _choose(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._savings):
            options = self._savings[row].options
            if options is not None:
                self.session.change(options=options)


def _cells(saving: Saving, whole: Saving) -> tuple[str, ...]:
    name = variant_in_words(saving.options) if saving.options else "all but the best"
    saved = max(0.0, 1 - saving.outputs / whole.outputs)
    return (
        name,
        f"{saving.heads:.1f}",
        f"{100 * saved:.0f} %",
        f"{100 * saving.accuracy:.1f} %",
        percent(saving.changed),
    )


def in_words(savings: Sequence[Saving]) -> str:
    """The answer to: how often does the top choice change, and how much can be saved?"""
    whole = savings[1]
    if not any(saving.changed for saving in savings):
        return "No variant ever changes the answer: every head after the first can be saved."
    as_good = [saving for saving in savings[1:] if saving.accuracy >= whole.accuracy]
    best = min(as_good, key=lambda saving: saving.outputs)
    words = (
        f"The walk changes {percent(whole.changed)} of the answers ({percent(whole.fixed)} "
        f"become right, {percent(whole.broken)} wrong)"
    )
    saved = 1 - best.outputs / whole.outputs
    if best is whole or best.options is None or saved <= 0:
        return f"{words}."
    return f"{words}; {variant_in_words(best.options)} saves {saved:.0%}.".replace("%.", " %.")
