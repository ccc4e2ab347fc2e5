"""Trials: what each scheme reached in each repetition, and the networks that did."""

from dataclasses import dataclass
from textwrap import wrap

from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from nnviz.session.session import Session
from nnviz.session.slices import PlanShown, Remaking
from nnviz.session.state import State
from nnviz.study.plan import Study
from nnviz.study.rows import Row
from nnviz.study.saying import condition_in_words
from nnviz.ui.kit.canvas import RIGHT
from nnviz.ui.kit.controls import button, combo_box, offer, paragraph
from nnviz.ui.kit.folding import Scrolled
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, row
from nnviz.ui.kit.seeing import seen
from nnviz.ui.kit.table import Column, MarkCell, Table, TableView, Words, number_cell
from nnviz.ui.kit.table import Row as Line
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.untrained import sentence_and_button
from nnviz.ui.study import words
from nnviz.words import percent, sentences

NUMBER, SCHEME, KEPT = 60, 72, 60
"""Widths of columns on the design grid"""
LETTERS, FEW_LETTERS = 18, 8
"""In a line of a heading, and where there are many"""
SPREAD = 9
"""So many schemes take all of the width"""


@dataclass(frozen=True)
class TrialsSeen:
    """All that the view shows of a state."""

    plan: PlanShown | None
    rows: tuple[Row, ...]
    condition: str
    trial: int | None
    remaking: Remaking | None
    shipped: bool
    answer_hidden: bool


class TrialsView(Page):
    """A click on a trial opens its networks."""

    id = "trials"
    of_digit = False
    title, question = words.TRIALS_VIEW

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-study-trials")
        self.condition = combo_box(
            "study-condition",
            *words.CONDITION,
            lambda word: session.choose("studies", condition=word),
        )
        self.told = paragraph("study-trial-words", plain=True)
        self.cancel = button(*words.CANCEL_REMAKING, session.studies.trials.cancel, "study-remade")
        self.table = Table(theme, id="trial-list", title=words.TRIAL_LIST, tip=words.TRIAL_LIST_TIP)
        self.table.chosen.connect(self._open)
        self.table.walked.connect(self._keep_in_sight)
        inside, nothing = QWidget(), QWidget()
        column(self.table, of=inside)
        self._area = Scrolled(inside)
        shown = QWidget()
        under = QLabel(words.UNDER)
        under.setBuddy(self.condition)
        for_operator(under, self.condition, self.cancel)
        column(
            row(under, self.condition, (self.told, 1), self.cancel, spacing=12),
            (self._area, 1),
            of=shown,
        )
        self.to_plan = button(*words.TO_PLAN, lambda: self.view_asked.emit("plan"), "trials-plan")
        self.empty = sentence_and_button(nothing, words.NO_TRIALS, self.to_plan)
        self._parts = QStackedWidget()
        for part in (shown, nothing, QWidget()):
            self._parts.addWidget(part)
        column(self._parts, of=self)
        self.setFocusProxy(self.table)
        self.use_theme(theme)

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> TrialsSeen:
        return seen(TrialsSeen, state.studies, answer_hidden=state.answer_hidden)

    def draw(self, view: TrialsSeen, only_moving: bool) -> None:
        self.session.studies.begin()
        self._parts.setCurrentIndex(1 if not view.rows else 2 if view.answer_hidden else 0)
        if view.plan is None or not view.rows:
            return
        study = view.plan.study
        conditions = study.conditions
        here = view.condition or conditions[0].word
        items = [(condition_in_words(each), each.word) for each in conditions]
        offer(self.condition, items, here)
        rows = [each for each in view.rows if each.condition == here]
        self.table.show_view(self._table(study, rows, view))
        self.cancel.setVisible(view.remaking is not None)
        self.told.setText(_told(view))

    def _table(self, study: Study, rows: list[Row], view: TrialsSeen) -> TableView:
        names = [each.name for each in study.schemes]
        letters = FEW_LETTERS if len(names) > SPREAD // 2 else LETTERS
        kept = () if view.shipped else (Column(words.KEPT, KEPT, tip=words.KEPT_TIP),)
        columns = (
            Column(words.TRIAL, NUMBER),
            *(Column(_lines(name, letters), SCHEME, 1, RIGHT, name) for name in names),
            *kept,
            Column(stretch=max(0, SPREAD - len(names)), width=1),
        )
        lines = tuple(
            self._line(names, each, study.measure == "accuracy")
            for each in sorted(rows, key=lambda row: row.trial)
        )
        return TableView(columns, lines, view.trial, row_heights=(32, 40), space=False)

    def _line(self, names: list[str], found: Row, marks: bool) -> Line:
        """`marks`: the best of them stands out."""
        accuracies = {
            name: found.outcomes[name].accuracy for name in names if name in found.outcomes
        }
        reached = {name: percent(each) for name, each in accuracies.items()}
        best = reached[max(accuracies, key=accuracies.__getitem__)] if marks and reached else ""
        cells = tuple(
            number_cell(reached[name], reached[name] == best) if name in reached else None
            for name in names
        )
        kept = bool(self.session.studies.trials.kept(found))
        mark = MarkCell(True) if kept else None
        said = words.trial_told(found.trial, reached, kept)
        return Line(found.trial, (Words(str(found.trial)), *cells, mark), words=said)

    def step(self, direction: int) -> None:
        """PageUp: back to the results."""
        if direction < 0:
            self.view_asked.emit("results")

    # ---- choosing --------------------------------------------------------------------

    def _open(self, trial: int) -> None:
        studies = self.session.state.studies
        plan = studies.plan
        if plan is not None:
            condition = studies.condition or plan.study.conditions[0].word
            self.session.studies.trials.open(condition, trial)

    def _keep_in_sight(self, trial: int) -> None:
        region = self.table.region(trial)
        if region is not None:
            self._area.keep_in_sight(self.table, region.place)


def _told(view: TrialsSeen) -> str:
    """How far the networks of a trial are, else whose trials these are and what opens them."""
    if view.remaking is not None:
        return words.remaking(view.remaking)
    return sentences(words.measured(view.rows) if view.shipped else "", words.TRIALS_TOLD)


def _lines(name: str, letters: int) -> tuple[str, ...]:
    """A heading in lines of so many letters, where its words allow that."""
    return tuple(wrap(name, letters, break_long_words=False))
