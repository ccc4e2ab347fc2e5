"""Plan: what a study compares, on which digits, and how often; the same as its file, as a form."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from nnviz.session.history import History
from nnviz.session.session import Session
from nnviz.session.slices import Begun, Expectation, PlanShown
from nnviz.session.state import TYPED, State
from nnviz.study.plan import Study
from nnviz.study.rows import Row
from nnviz.ui.kit.controls import button, choices, combo_box, name_undo, offer
from nnviz.ui.kit.file_dialogs import ask_open, ask_save
from nnviz.ui.kit.file_names import network_in
from nnviz.ui.kit.folding import Scrolled
from nnviz.ui.kit.headline import Caption, Headline
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, flow, row, sized
from nnviz.ui.kit.seeing import seen
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import Page
from nnviz.ui.pages.views_page import style_choices
from nnviz.ui.study import words
from nnviz.ui.study.comparison_form import ComparisonForm
from nnviz.ui.study.field_grid import FieldGrid, make_field, show_in
from nnviz.ui.study.fields import (
    DATA,
    DIGIT_FIELDS,
    FIELDS,
    HEAD_FIELDS,
    LEARNING_FIELDS,
    TRIAL_FIELDS,
    PlanField,
    value_in,
    with_value,
)
from nnviz.ui.study.scheme_form import SchemeForm
from nnviz.ui.study.scheme_pictures import SchemePictures, schemes_view

TOLD, LINES = 20, 3
"""Size of the type of what is told of the plan, and for how many lines there is room."""
LABELS = {field.place: field.label for field in FIELDS}
REDO = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)


@dataclass(frozen=True)
class PlanSeen:
    """All that the view shows of a state."""

    plan: PlanShown | None
    history: History[PlanShown]
    scheme: int
    trouble: str
    expected: Expectation | None
    begun: tuple[Begun, ...]
    running: Study | None
    rows: tuple[Row, ...]
    shipped: bool
    shown: tuple[int, ...]
    lecturing: bool


class PlanView(Page):
    """Choose a study, change it, see what it takes, and start it."""

    id = "plan"
    of_digit = False
    title, question = words.PLAN

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-study-plan")
        plan = session.studies.plan
        self.which = combo_box("study-which", words.WHICH, words.WHICH_TIP, self._choose)
        self.open = button(*words.OPEN, self._ask_open, "study-open")
        self.save = button(*words.SAVE, self._ask_save, "study-save")
        self.undo = button(*words.UNDO, plan.undo, "study-undo")
        self.redo = button(*words.REDO, plan.redo, "study-redo")
        self._heads = {field.place: self._head(field) for field in HEAD_FIELDS}
        self.sections = choices(words.SECTIONS, "study-section", self._turn, self)
        self.grids = tuple(
            FieldGrid([(field, field.kind) for field in fields], "study")
            for fields in (DIGIT_FIELDS, LEARNING_FIELDS, TRIAL_FIELDS)
        )
        for grid in self.grids:
            grid.entered.connect(self._enter)
            grid.refused.connect(self._refuse)
        self.schemes = SchemeForm(session, theme)
        self.comparisons = ComparisonForm(session, theme)
        digits = QWidget()
        digits.setLayout(row(*((grid, 1) for grid in self.grids), spacing=28))
        self._parts = QStackedWidget()
        for part in (digits, self.schemes, self.comparisons):
            self._parts.addWidget(Scrolled(part))
        self.told = Caption(theme, TOLD, LINES)
        self.fetch = button(*words.FETCH, self._ask_fetch, "study-fetch")
        self.start = button(*words.START, self._start, "study-start")
        self.start.setProperty("main", True)
        self.asks, self.pictures = Headline(theme, size=26), SchemePictures(theme)
        self.form = QWidget()
        column(
            flow(self.which, self.open, self.save, self.undo, self.redo),
            row(self._heads["name"], (self._heads["question"], 1)),
            flow(*self.sections.values()),
            (self._parts, 1),
            row((self.told, 1), self.fetch, self.start, spacing=12),
            spacing=8,
            of=self.form,
        )
        for_operator(self.form)
        for part in (self.asks, self.pictures):
            part.hide()
        column(self.asks, (self.pictures, 1), (self.form, 1), spacing=8, of=self)
        self.setAcceptDrops(True)
        for box in self.findChildren(QComboBox):
            box.installEventFilter(self)
        self._turn("digits")
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        group = self.sections["digits"].group()
        if group is not None:
            style_choices(group, theme)

    def _head(self, field: PlanField) -> QWidget:
        enter = partial(self._enter, field.place)
        made = make_field(field, field.kind, "study", enter, self._refuse)
        return sized(made, width=300) if field.place == "name" else made

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> PlanSeen:
        return seen(PlanSeen, state.studies, lecturing=state.lecturing)

    def draw(self, view: PlanSeen, only_moving: bool) -> None:
        self.session.studies.begin()
        plan = view.plan
        for part in (self.asks, self.pictures):
            part.setVisible(view.lecturing and plan is not None)
        if plan is None:
            return
        self.asks.say(plan.study.question)
        self.pictures.show_view(schemes_view(plan.study, view.shown))
        for place, control in self._heads.items():
            show_in(control, _kind(place), value_in(plan.study, place))
        for grid, fields in zip(
            self.grids, (DIGIT_FIELDS, LEARNING_FIELDS, TRIAL_FIELDS), strict=True
        ):
            for field in fields:
                value = value_in(plan.study, field.place)
                kind, matters = field.kind_in(plan.study), field.matters(plan.study)
                grid.show_value(field.place, kind, value, matters)
        self.schemes.show_plan(plan.study, view.scheme)
        self.comparisons.show_plan(plan.study)
        self._offer_studies(view, plan)
        name_undo(self.undo, view.history, self.redo)
        self._tell(view, plan)

    def _offer_studies(self, view: PlanSeen, plan: PlanShown) -> None:
        presets = self.session.studies.plan.presets
        items: list[tuple[str, Any]] = [(study.name, word) for word, study in presets.items()]
        items += [(words.begun_entry(each), Path(each.file)) for each in view.begun]
        here: Any = plan.origin
        if here not in presets:
            here = Path(plan.origin)
            if here not in [value for _, value in items]:
                items.append((here.name or plan.study.name, here))
        shown = [
            (words.changed(label) if plan.edited and value == here else label, value)
            for label, value in items
        ]
        offer(self.which, shown, here)

    def _tell(self, view: PlanSeen, plan: PlanShown) -> None:
        expected = view.expected
        if view.trouble:
            said = view.trouble
        elif expected is None:
            said = words.CHECKING
        else:
            said = expected.sentence
        if not view.trouble and (expected is None or not expected.refused):
            data = DATA.get(plan.study.digits.data, plan.study.digits.folder)
            said = words.told(words.plan_in_words(plan.study, data), said)
        if view.shipped:
            said = words.told(said, words.result_is_here(view.rows))
        self.told.say(said)
        self.fetch.setVisible(expected is not None and bool(expected.missing))
        ready = expected is not None and not expected.refused and not view.trouble
        text, tip = words.START if view.running is None else words.LOOK
        self.start.setText(text)
        self.start.setAccessibleName(text)
        explain(self.start, tip)
        self.start.setEnabled(ready or view.running is not None)

    def step(self, direction: int) -> None:
        """PageDown: on to the results."""
        if direction > 0:
            self.view_asked.emit("results")

    # ---- choosing --------------------------------------------------------------------

    def _turn(self, section: str) -> None:
        self._parts.setCurrentIndex(list(words.SECTIONS).index(section))
        self.sections[section].setChecked(True)

    def _choose(self, chosen: str | Path) -> None:
        plan = self.session.studies.plan
        if isinstance(chosen, str):
            plan.choose(chosen)
        else:
            plan.open(chosen)
        self.look(self.session.state)

    def _enter(self, place: str, value: Any) -> None:
        study = self.session.studies.plan.study
        if study is not None:
            changes = with_value(study, place, value)
            self.session.studies.plan.edit(words.change_of(LABELS[place]), **changes)

    def _refuse(self, sentence: str) -> None:
        self.session.say("error", sentence, about=TYPED)

    def _start(self) -> None:
        """Starts the study; while one runs, leads to what it has found."""
        if self.session.state.studies.running is None:
            self.session.studies.runs.start()
        if self.session.state.studies.running is not None:
            self.view_asked.emit("results")

    def _ask_fetch(self) -> None:
        expected = self.session.state.studies.expected
        if expected is not None and expected.missing:
            self.fetch_asked.emit(expected.missing)

    # ---- files -----------------------------------------------------------------------

    def _ask_open(self) -> None:
        path = ask_open(self, "studies", words.OPEN_STUDY, words.STUDY_FILES)
        if path is not None:
            self.session.studies.plan.open(path)

    def _ask_save(self) -> None:
        study = self.session.studies.plan.study
        if study is None:
            return
        path, _ = ask_save(self, "studies", words.SAVE_STUDY, "study.toml", words.STUDY_FILES)
        if path is not None:
            self.session.studies.plan.save(path if path.suffix else path.with_suffix(".toml"))

    def event(self, event: QEvent) -> bool:
        """Undo and redo, before the window has these keys, and what is dropped."""
        kind, kinds = event.type(), QEvent.Type
        if self._turns(event):
            return True
        if isinstance(event, QDropEvent) and kind in (kinds.DragEnter, kinds.Drop):
            if network_in(event.mimeData()) is not None:
                event.ignore()  # the window opens it
                return True
            files = [each for each in event.mimeData().urls() if each.isLocalFile()]
            if files:
                event.acceptProposedAction()  # what is no study is told by a sentence
            if files and kind == kinds.Drop:
                self.session.studies.plan.open(Path(files[0].toLocalFile()))
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Boxes would look for an entry that begins with such a key."""
        return self._turns(event)

    def _turns(self, event: QEvent) -> bool:
        """Takes back or does again what a key says; -> whether it says so."""
        kind, kinds = event.type(), QEvent.Type
        if not isinstance(event, QKeyEvent) or kind not in (kinds.ShortcutOverride, kinds.KeyPress):
            return False
        turn = self._turned_by(event)
        if turn is None:
            return False
        event.accept()
        if kind == kinds.KeyPress:
            turn()
        return True

    def _turned_by(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does, if it takes back or does again."""
        plan, keys = self.session.studies.plan, QKeySequence.StandardKey
        if event.matches(keys.Undo):
            return plan.undo
        if event.matches(keys.Redo) or event.keyCombination() == REDO:
            return plan.redo
        return None


def _kind(place: str) -> Any:
    return next(field.kind for field in HEAD_FIELDS if field.place == place)
