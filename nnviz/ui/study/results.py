"""Results: one sentence, a table and two plots, which grow while trials arrive."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QStackedWidget, QWidget

from nnviz.session.session import Session
from nnviz.session.slices import Expectation, PlanShown
from nnviz.session.state import State
from nnviz.study.plan import Condition, Study
from nnviz.study.rows import Row
from nnviz.study.saying import condition_in_words
from nnviz.ui.kit.controls import button, choices, combo_box, keep_width, offer, paragraph
from nnviz.ui.kit.folding import Folding, Scrolled
from nnviz.ui.kit.headline import Caption
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, flow, muted, row, sized
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.seeing import seen
from nnviz.ui.kit.table import Table
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import BACK_ROW, Theme
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.untrained import sentence_and_button
from nnviz.ui.study import figure_words, words
from nnviz.ui.study.accuracy_figure import AccuracyFigure
from nnviz.ui.study.figures import accuracy_view, called_view, difference_view, reached_view
from nnviz.ui.study.lanes_figure import LanesFigure
from nnviz.ui.study.progress import standing
from nnviz.ui.study.progress_bar import ProgressBar
from nnviz.ui.study.results_table import (
    comparisons_table,
    result_for_room,
    result_of,
    schemes_table,
)
from nnviz.ui.study.room import RoomFigure
from nnviz.ui.study.saving import Saving

if TYPE_CHECKING:  # what runs trials and judges them is imported where it does
    from nnviz.study.running import Progress
    from nnviz.study.table import Table as StudyTable

SENTENCE = 26
"""Size of the type of the result: large enough for the back row"""
FEW = 4
"""Differences that are shown under all conditions at once"""
BESIDE = 900
"""Width on the design grid from which table and plots stand side by side"""
EMPTY, ROOM, UNTOLD = 2, 3, 4
"""Parts beside plots and tables: what stands there before there is a result, what a room sees, and
nothing, where the room is asked first"""


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
    condition: str
    figure: str
    shown: tuple[int, ...]
    shipped: bool
    lecturing: bool
    answer_hidden: bool


class ResultsView(Page):
    """What came out so far."""

    id = "results"
    of_digit = False
    title, question = words.RESULTS

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-study-results")
        self._action, self._turned = "", "plots"
        self.sentence = Caption(theme, SENTENCE, 2)
        self.bar = ProgressBar(theme)
        self.act = button(*words.ACTIONS["start"], self._act, "study-run")
        self.act.setProperty("main", True)
        self.cancel = button(*words.CANCEL, session.studies.runs.cancel, "study-cancel")
        self.saving = Saving(session, self)
        self.shown = choices(words.SHOWN, "study-shown", self._turn, self)
        self.accuracy, self.reached = AccuracyFigure(theme), LanesFigure(theme, id="reached")
        self.called = LanesFigure(theme, id="called", title=figure_words.CALLED)
        self.differences = LanesFigure(theme, id="differences", title=figure_words.DIFFERENCES)
        self.schemes = Table(
            theme, id="study-table", title=words.RESULT_TABLE, tip=words.RESULT_TABLE_TIP
        )
        self.comparisons = Table(
            theme,
            id="study-differences",
            title=words.DIFFERENCE_TABLE,
            tip=words.DIFFERENCE_TABLE_TIP,
        )
        for shown in (self.schemes, self.comparisons, self.reached, self.differences):
            shown.chosen.connect(lambda key: self._look_at_trials(key[-1]))
        self.accuracy.chosen.connect(self._look_at_point)
        self.condition = combo_box("study-shown-condition", *words.CONDITION, self._choose)
        under = QLabel(words.UNDER)
        under.setBuddy(self.condition)
        self._chooser = flow(under, self.condition)
        self.notes = muted(paragraph("study-notes", words.NOTES_TIP, plain=True))
        self.to_plan = button(*words.TO_PLAN, lambda: self.view_asked.emit("plan"), "study-to-plan")
        nothing = QWidget()
        self.empty = sentence_and_button(nothing, words.NO_ROWS, self.to_plan)
        self._parts = QStackedWidget()
        self._parts.addWidget(Scrolled(self._plots(theme)))
        tables = following(Scrolled(self._tables()), self.schemes, self.comparisons)
        self._parts.addWidget(tables)
        self._parts.addWidget(nothing)
        self.room = RoomFigure(theme)
        self._parts.addWidget(self.room)
        self.untold = sized(QLabel(), text=BACK_ROW)
        self.untold.setObjectName("study-untold")
        self.untold.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._parts.addWidget(self.untold)
        for_operator(self.bar, self.act, self.cancel, *self.shown.values(), self.saving.button)
        column(
            self.sentence,
            row(
                (self.bar, 1),
                self.act,
                self.cancel,
                *self.shown.values(),
                self.saving.button,
                spacing=8,
            ),
            (self._parts, 1),
            spacing=8,
            of=self,
        )
        self._turn("plots")
        self.use_theme(theme)

    def _plots(self, theme: Theme) -> QWidget:
        made = QWidget()
        reached, differences = QWidget(), QWidget()
        column((self.accuracy, 1), (self.reached, 1), (self.called, 1), of=reached)
        column(self.differences, 1, of=differences)
        right = column(self._chooser, (following(Scrolled(differences), self.differences), 1))
        left = following(Scrolled(reached), self.accuracy, self.reached, self.called)
        both = Folding(theme, (left, 9), (right, 11), beside=BESIDE)
        column((both, 1), of=made)
        return made

    def _tables(self) -> QWidget:
        made = QWidget()
        column(self.schemes, self.comparisons, self.notes, 1, spacing=12, of=made)
        return made

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        keep_width(self.act, [text for text, _ in words.ACTIONS.values()])

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> ResultsSeen:
        lecturing, hidden = state.lecturing, state.answer_hidden
        return seen(ResultsSeen, state.studies, lecturing=lecturing, answer_hidden=hidden)

    def draw(self, view: ResultsSeen, only_moving: bool) -> None:
        self.session.studies.begin()
        expected = view.expected
        ready = expected is not None and not expected.refused and not view.trouble
        now = standing(view.plan, view.rows, view.running, view.progress, view.shipped, ready)
        self.bar.show_view(now.bar)
        self._action = now.action
        text, tip = words.ACTIONS[now.action or "start"]
        self.act.setText(text)
        self.act.setAccessibleName(text)
        explain(self.act, tip)
        self.act.setEnabled(bool(now.action) and (ready or view.running is not None))
        self.cancel.setEnabled(now.cancels)
        table = view.table
        self.saving.button.setEnabled(table is not None)
        for choice in self.shown.values():
            choice.setEnabled(table is not None)
        if table is not None:
            self._draw_plots(table, self._condition(view))
        untold = table is None or view.answer_hidden
        if table is not None and view.lecturing and not untold:
            self._draw_for_room(table, view)
        self._show_part()
        if table is None or view.plan is None or untold:
            study = None if view.plan is None else view.plan.study
            self.sentence.say(words.question_of("" if study is None else study.question))
            schemes = [] if study is None else [each.name for each in study.schemes]
            self.untold.setText("\n".join(schemes))
            return
        here = self._condition(view)
        if view.lecturing:
            self.sentence.say(result_for_room(table, here, _schemes(table.study, view.shown)))
        else:
            self.sentence.say(result_of(table, here))
        self.schemes.show_view(schemes_table(table))
        self.comparisons.show_view(comparisons_table(table))
        self.notes.setText(words.notes(table.notes))

    def _draw_plots(self, table: "StudyTable", here: Condition) -> None:
        """Of one condition, what was reached is a lane for each scheme; of several, curves, and
        the differences under one of them, where there are many."""
        conditions = table.conditions
        offer(self.condition, [(condition_in_words(each), each) for each in conditions], here)
        every = table.comparisons
        under = here if len(every) > FEW and len(conditions) > 1 else None
        self._chooser.setVisible(under is not None)
        figures: tuple[tuple[Picture[Any], Any], ...] = (
            (self.accuracy, accuracy_view(table)),
            (self.reached, reached_view(table, here) if len(conditions) == 1 else None),
            (self.called, called_view(table, here)),
            (self.differences, difference_view(table, under) if every else None),
        )
        for figure, view in figures:
            figure.setVisible(view is not None)
            if view is not None:
                figure.show_view(view)

    def _draw_for_room(self, table: "StudyTable", view: ResultsSeen) -> None:
        schemes = _schemes(table.study, view.shown)
        self.room.show_table(table, view.figure, self._condition(view), schemes)

    @property
    def _place(self) -> int:
        """Which of the parts is shown."""
        state = self.session.state
        if state.answer_hidden:  # nor that there is none, which may only not be read yet
            return UNTOLD
        if state.studies.table is None:
            return EMPTY
        return ROOM if state.lecturing else list(self.shown).index(self._turned)

    def _show_part(self) -> None:
        """What is hidden asks for no room, and keys that were there go on in what is shown."""
        place = self._place
        focus = QApplication.focusWidget()
        inside = focus is not None and self._parts.isAncestorOf(focus)
        for number in range(self._parts.count()):
            policy = QSizePolicy.Policy.Preferred if number == place else QSizePolicy.Policy.Ignored
            part = self._parts.widget(number)
            if part is not None:
                part.setSizePolicy(policy, policy)
        turns = place != self._parts.currentIndex()
        plot = self.reached if self.accuracy.isHidden() else self.accuracy
        proxy: QWidget = (plot, self.schemes, self.bar, self.room, self.bar)[place]
        if turns and inside:
            self.bar.setFocus()
        self._parts.setCurrentIndex(place)
        self.setFocusProxy(proxy)
        if turns and inside:
            self.setFocus()

    def step(self, direction: int) -> None:
        """PageDown and PageUp: plan, plots, tables and trials one after the other."""
        shown = list(self.shown)
        empty = self.session.state.studies.table is None
        to = -1 if empty and direction < 0 else shown.index(self._turned) + direction
        if to < 0:
            self.view_asked.emit("plan")
        elif empty or to == len(shown):
            self.view_asked.emit("trials")
        else:
            self._turn(shown[to])

    # ---- choosing --------------------------------------------------------------------

    def _turn(self, shown: str) -> None:
        self._turned = shown
        self.shown[shown].setChecked(True)
        self._show_part()

    def _act(self) -> None:
        runs = self.session.studies.runs
        if self._action == "pause":
            runs.pause()
        elif self.session.state.studies.running is not None:
            runs.go_on()
        else:
            runs.start()

    @staticmethod
    def _condition(view: ResultsSeen) -> Condition:
        """The condition that is looked at."""
        assert view.table is not None
        found = {each.word: each for each in view.table.conditions}
        return found.get(view.condition) or view.table.conditions[0]

    def _choose(self, condition: Condition) -> None:
        self.session.choose("studies", condition=condition.word)

    def _look_at_point(self, key: tuple[str, int]) -> None:
        """The differences where a mark of the curves is."""
        table = self.session.state.studies.table
        if table is not None:
            self._choose(table.conditions[key[1]])

    def _look_at_trials(self, condition: str) -> None:
        """The trials behind a line of a table or a figure."""
        self.session.choose("studies", condition=condition)
        self.view_asked.emit("trials")


def _schemes(study: Study, shown: tuple[int, ...]) -> list[str]:
    """The names of schemes by their numbers, 1 being the first."""
    names = [each.name for each in study.schemes]
    return [names[each - 1] for each in shown if 0 < each <= len(names)]


def following(area: Scrolled, *pictures: Picture[Any]) -> Scrolled:
    """An area that keeps in sight what the keys come to in the pictures inside."""

    def follow(picture: Picture[Any], key: Any) -> None:
        region = picture.region(key)
        if region is not None:
            area.keep_in_sight(picture, region.place)

    for each in pictures:
        each.walked.connect(partial(follow, each))
    return area
