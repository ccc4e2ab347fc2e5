"""Results: one sentence, a table and two plots, which grow while trials arrive."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from nnviz.session.session import Session
from nnviz.session.slices import Expectation, PlanShown
from nnviz.session.state import State
from nnviz.study.plan import Study
from nnviz.study.rows import Row
from nnviz.ui.kit.controls import button, keep_width, paragraph
from nnviz.ui.kit.folding import Folding, Scrolled
from nnviz.ui.kit.headline import Caption
from nnviz.ui.kit.layout import column, muted, row
from nnviz.ui.kit.seeing import seen
from nnviz.ui.kit.table import Table
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.untrained import sentence_and_button
from nnviz.ui.study import words
from nnviz.ui.study.progress import standing
from nnviz.ui.study.progress_bar import ProgressBar
from nnviz.ui.study.results_table import differences_view, reached_view
from nnviz.ui.study.saving import Saving

if TYPE_CHECKING:  # what runs trials and judges them is imported where it does
    from nnviz.study.running import Progress
    from nnviz.study.table import Table as StudyTable

SENTENCE = 26
"""Size of the type of the result: large enough for the back row"""
BESIDE = 900
"""Width on the design grid from which table and plots stand side by side"""


@dataclass(frozen=True)
class ResultsSeen:
    """All that the view shows of a state."""

    plan: PlanShown | None
    trouble: str
    expected: Expectation | None
    rows: tuple[Row, ...]
    table: "StudyTable | None"
    running: Study | None
    progress: "Progress | None"


class ResultsView(Page):
    """What came out so far."""

    id = "results"
    title, question = words.RESULTS

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-study-results")
        self._action = ""
        self.sentence = Caption(theme, SENTENCE, 2)
        self.bar = ProgressBar(theme)
        self.act = button("", "", self._act, "study-run")
        self.act.setProperty("main", True)
        self.cancel = button(*words.CANCEL, session.studies.runs.cancel, "study-cancel")
        self.saving = Saving(session, self)
        self.reached = Table(
            theme, id="study-table", title=words.RESULT_TABLE, tip=words.RESULT_TABLE_TIP
        )
        self.differences = Table(
            theme,
            id="study-differences",
            title=words.DIFFERENCE_TABLE,
            tip=words.DIFFERENCE_TABLE_TIP,
        )
        for table in (self.reached, self.differences):
            table.chosen.connect(self._look_at_trials)
        self.notes = muted(paragraph("study-notes", words.NOTES_TIP, plain=True))
        inside, nothing = QWidget(), QWidget()
        column(
            Folding(theme, (self.reached, 11), beside=BESIDE, spacing=16),
            Folding(theme, (self.differences, 11), beside=BESIDE, spacing=16),
            self.notes,
            1,
            spacing=12,
            of=inside,
        )
        self.to_plan = button(*words.TO_PLAN, lambda: self.view_asked.emit("plan"), "study-to-plan")
        self.empty = sentence_and_button(nothing, words.NO_ROWS, self.to_plan)
        self._parts = QStackedWidget()
        for part in (Scrolled(inside), nothing):
            self._parts.addWidget(part)
        column(
            self.sentence,
            row((self.bar, 1), self.act, self.cancel, *self.saving.buttons, spacing=8),
            (self._parts, 1),
            spacing=8,
            of=self,
        )
        self.setFocusProxy(self.reached)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        keep_width(self.act, [text for text, _ in words.ACTIONS.values()])

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> ResultsSeen:
        return seen(ResultsSeen, state.studies)

    def draw(self, view: ResultsSeen, only_moving: bool) -> None:
        self.session.studies.begin()
        now = standing(view.plan, view.rows, view.running, view.progress)
        self.bar.show_view(now.bar)
        self._action = now.action
        text, tip = words.ACTIONS[now.action or "start"]
        self.act.setText(text)
        self.act.setAccessibleName(text)
        explain(self.act, tip)
        expected = view.expected
        ready = expected is not None and not expected.refused and not view.trouble
        self.act.setEnabled(bool(now.action) and (ready or view.running is not None))
        self.cancel.setEnabled(now.cancels)
        table = view.table
        self.saving.enable(table is not None)
        self._parts.setCurrentIndex(int(table is None))
        if table is None or view.plan is None:
            self.sentence.say(
                words.question_of("" if view.plan is None else view.plan.study.question)
            )
            return
        self.sentence.say(table.sentence)
        self.reached.show_view(reached_view(table))
        self.differences.show_view(differences_view(table))
        self.notes.setText(words.notes(table.notes))

    # ---- choosing --------------------------------------------------------------------

    def _act(self) -> None:
        runs = self.session.studies.runs
        if self._action == "pause":
            runs.pause()
        elif self.session.state.studies.running is not None:
            runs.go_on()
        else:
            runs.start()

    def _look_at_trials(self, key: tuple[str, ...]) -> None:
        """The trials behind a line of a table."""
        self.session.choose("studies", condition=key[-1])
        self.view_asked.emit("trials")
