"""All test digits of one class: at which step each class leaves, and where it is lost."""

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnviz.data.digits import ShownDigits
from nnviz.questions.elimination import Departures, SurveyDepartures, shares_of_departures
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.elimination.departures_table import DeparturesTable, DeparturesView
from nnviz.ui.elimination.digit_sheet import DigitSheet
from nnviz.ui.elimination.path import kind_of
from nnviz.ui.elimination.words import listed
from nnviz.ui.kit.buttons import button, style_buttons
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.pages.live_survey import LiveSurvey, when_asked
from nnviz.ui.pages.page import MOVING, Page
from nnviz.verdicts.answers import Options

UNIT = "Cells in %."
SHEET = 260
"""Width of the sheet of digits on the design grid."""


@dataclass(frozen=True)
class DeparturesSeen:
    """All that the view shows of a state."""

    running: bool
    engine: str
    digits: ShownDigits
    test_digit: int
    kind: str
    options: Options
    label: int
    """The class whose digits are asked about."""
    cell: tuple[int, int] | None
    """A class and the step at which it leaves (0: never), whose digits are listed."""
    pair: tuple[int, int] | None
    found: Known[Departures] | None
    when: str
    work: Work = field(metadata=MOVING)


class DeparturesOfAll(Page):
    """A table of shares, and the digits behind the cell selected."""

    id = "departures"
    title = "All digits"
    question = "At which step does each class leave, and where is the true one lost?"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.live = LiveSurvey(session, SurveyDepartures)
        self.headline = Headline(theme)
        self.table = DeparturesTable(theme)
        self.table.setObjectName("departures-table")
        self.table.setAccessibleName("Step at which each class leaves")
        self.table.setToolTip(
            "Of 100 digits of the true class, how many see this class leave at this step. Click "
            "a cell for the digits behind it."
        )
        self.table.chosen.connect(self._select)
        self.sheet = DigitSheet(theme)
        self.sheet.chosen.connect(lambda image: session.change(image=image))
        self.behind = QLabel()
        self.behind.setWordWrap(True)
        self._side = QVBoxLayout()
        self._side.addWidget(self.behind)
        self._side.addWidget(self.sheet, 1)
        self._classes = QWidget()
        self._flow = FlowLayout(self._classes)
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        row.addWidget(self.table, 1)
        row.addLayout(self._side)
        self._row = row
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self._classes, self.headline):
            self._column.addWidget(part)
        self._column.addLayout(row, 1)
        self.setFocusProxy(self.table)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setSpacing(theme.px(4))
        self._row.setSpacing(theme.px(10))
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(theme.px(5))
        self.behind.setFont(theme.font(TEXT))
        self.behind.setFixedWidth(theme.px(SHEET))
        self.sheet.setFixedWidth(theme.px(SHEET))
        style_buttons(self._classes, theme)
        for part in (self.headline, self.table, self.sheet):
            part.use_theme(theme)

    def see(self, state: State) -> DeparturesSeen:
        found = self.session.surveys.found(SurveyDepartures)
        return DeparturesSeen(
            running=state.running,
            engine=state.engine,
            digits=state.digits,
            test_digit=state.test_digit,
            kind=kind_of(state),
            options=state.options,
            label=state.asked_class,
            cell=state.elimination.departure,
            pair=state.pair,
            found=found,
            when=when_asked(state, found) if found is not None else "",
            work=state.work,
        )

    def slow_tick(self, state: State) -> None:
        self.live.tick()

    def draw(self, view: DeparturesSeen, only_moving: bool) -> None:
        if only_moving:  # a run that goes on is asked at slow ticks
            return
        self._offer_classes(view)
        self.table.mark_pair(view.pair)
        self.session.surveys.ask(SurveyDepartures)
        found, digits = view.found, view.digits
        ready = found is not None and len(found.result.walk) == len(digits.labels)
        if found is None or not ready:
            self.table.show_view(None)
            self.sheet.show_digits(digits, (), (), -1)
            self.headline.say("Asking all test digits…")
            self.behind.setText("")
            return
        result: Departures = found.result
        left = result.duels if view.kind == "duels" else result.walk
        shares = shares_of_departures(left, digits.labels, view.label)
        self.table.show_view(
            DeparturesView(
                digits.class_names, view.label, shares, _selected(view.cell, digits.classes)
            )
        )
        words = (
            f"{view.when} {_headline(digits.class_names[view.label], view.label, shares)}".strip()
        )
        self.headline.say(words)
        self.table.setAccessibleDescription(words)
        self._show_behind(view, left)

    def _show_behind(self, view: DeparturesSeen, left: np.ndarray) -> None:
        digits, label = view.digits, view.label
        names, own = digits.class_names, digits.labels == label
        if view.cell is None:
            behind = np.flatnonzero(own & (left[:, label] > 0))
            what = "lost"
        else:
            one, step = view.cell
            behind = np.flatnonzero(own & (left[:, one] == step))
            what = f"{names[one]} leaves in step {step}" if step else f"{names[one]} is left"
        right = left[behind, label] == 0
        count = f"{len(behind)} digit{'' if len(behind) == 1 else 's'}"
        fate = "" if what == "lost" or not len(behind) else f", {int(right.sum())} right"
        self.behind.setText(f"Label {names[label]}, {what}: {count}{fate}.")
        self.sheet.show_digits(digits, behind.tolist(), right.tolist(), view.test_digit)

    def _offer_classes(self, view: DeparturesSeen) -> None:
        names = view.digits.class_names
        if [made.text() for made in self._group.buttons()] != list(names):
            for old in self._group.buttons():
                self._group.removeButton(old)
                old.deleteLater()
            while self._flow.takeAt(0):
                pass
            for label, name in enumerate(names):
                made = button(name, f"Only digits of the class {name}", name=f"true-class-{label}")
                made.setCheckable(True)
                made.clicked.connect(
                    lambda _=False, label=label: self.session.picking.pick_label(label)
                )
                self._group.addButton(made, label)
                self._flow.addWidget(made)
            style_buttons(self._classes, self.theme)
        self._group.button(view.label).setChecked(True)

    def _select(self, row: int, one: int) -> None:
        state = self.session.state
        cell = (one, 0 if row == state.digits.classes else row)
        self.session.choose(
            "elimination", departure=None if cell == state.elimination.departure else cell
        )


def _selected(cell: tuple[int, int] | None, classes: int) -> tuple[int, int] | None:
    if cell is None:
        return None
    one, step = cell
    return one, step or classes


def _headline(name: str, label: int, shares: np.ndarray) -> str:
    lost = shares[label, :-1]
    if not lost.any():
        return f"Of all test digits {name}, none is lost. {UNIT}"
    worst = np.flatnonzero(np.isclose(lost, lost.max())) + 1
    total = f"{100 * lost.sum():.1f} %"
    steps = _steps(worst.tolist())
    return f"Of all test digits {name}, {total} are lost, most often in {steps}. {UNIT}"


def _steps(numbers: list[int]) -> str:
    return f"step{'s' if len(numbers) > 1 else ''} {listed([str(each) for each in numbers])}"
