"""All test digits of one class: at which step each class leaves, and where it is lost."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from nnviz.data.digits import ShownDigits
from nnviz.questions.elimination import Departures, SurveyDepartures, shares_of_departures
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.elimination import words
from nnviz.ui.elimination.digit_sheet import DigitSheet, SheetView
from nnviz.ui.elimination.path import kind_of
from nnviz.ui.kit.canvas import CENTRE, LEFT, Canvas
from nnviz.ui.kit.contrast import clear_fill, readable
from nnviz.ui.kit.controls import choices
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, dress, flow, row, sized
from nnviz.ui.kit.steps import Places, StepGrid, StepsView
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.pages.page import MOVING, LiveSurvey, Page, when_asked
from nnviz.verdicts.answers import Options
from nnviz.words import number, percent, sentences

SHEET = 260
"""Width of the sheet of digits on the design grid."""
STRONG = 0.1
"""The share from which a number is bold."""


@dataclass(frozen=True)
class DeparturesTable:
    """Blue: leaves, orange: is left; where the true class is lost has an outline."""

    names: tuple[str, ...]
    label: int
    """The true class."""
    shares: NDArray[np.float64]
    """(classes, classes): how often each class (row) leaves at each step (column); the last
    column: how often it is left"""
    selected: tuple[int, int] | None
    """Row and class of the cell whose digits are listed."""

    def said(self, row: int, one: int) -> str:
        share = percent(self.shares[one, row - 1])
        last = row == len(self.names)
        return words.departure(self.names[one], None if last else row, share)

    def paint(self, canvas: Canvas, places: Places) -> None:
        for one, name in enumerate(self.names):
            own = one == self.label
            ink = "text" if own else "muted"
            canvas.text(places.header(one), name, CENTRE, ink, TEXT + 4, bold=own)
        above = places.number(0)
        above.setRight(places.header(0).center().x() - canvas.px(10))
        canvas.text(above, words.STEP, LEFT, "muted")
        canvas.text(places.words(0), words.lost(self.names[self.label]), LEFT, "muted")
        for at in range(1, places.classes + 1):
            last = at == places.classes
            said = words.LEFT if last else number(at)
            canvas.text(places.number(at), said, CENTRE, "muted")
            for one in range(places.classes):
                self._paint_cell(canvas, places.cell(at, one), at, one)
            share, place = float(self.shares[self.label, at - 1]), places.words(at)
            if share or last:
                ink = "right" if last else "wrong"
                canvas.text(place, percent(share), LEFT, ink, bold=True)
            if last:
                place.setLeft(place.right() - canvas.px(26))
                canvas.mark(place, True)

    def _paint_cell(self, canvas: Canvas, cell: QRectF, row: int, one: int) -> None:
        theme, share = canvas.theme, float(self.shares[one, row - 1])
        last = row == len(self.names)
        towards = theme.colour("positive" if last else "negative")
        inks = theme.colour("text"), theme.colour("on_accent")
        fill = clear_fill(theme.colour("background"), towards, share**0.7 * 0.85, inks)
        canvas.box(cell, fill, radius=4)
        if share:
            ink = inks[readable(fill, inks)]
            strong = share >= STRONG
            canvas.text(cell, words.share_in_short(share), CENTRE, ink, TEXT + 4, bold=strong)
        if share and (one == self.label) != last:
            canvas.box(cell.adjusted(2, 2, -2, -2), edge="wrong", width=3, radius=5)
        if self.selected == (row, one):
            canvas.box(cell, edge="focus", width=3, radius=5)


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
    lecturing: bool
    hidden: bool
    found: Known[Departures] | None
    when: str
    work: Work = field(metadata=MOVING)


class DeparturesOfAll(Page):
    """A table of shares, and the digits behind the cell selected."""

    id = "departures"
    title = words.ALL_DIGITS
    question = words.ALL_DIGITS_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.live = LiveSurvey(session, SurveyDepartures)
        self.headline = Headline(theme)
        self.table = StepGrid(
            theme, title=words.DEPARTURES, tip=words.DEPARTURES_TIP, id="departures-table"
        )
        self.table.chosen.connect(self._select)
        self.sheet = sized(DigitSheet(theme), width=SHEET)
        self.sheet.chosen.connect(lambda image: session.change(image=image))
        self.behind = sized(QLabel(), width=SHEET)
        self.behind.setWordWrap(True)
        self._names: tuple[str, ...] = ()
        self._classes = flow(spacing=5)
        self._offered: dict[str, QPushButton] = {}
        self._side = QWidget()
        column(self.behind, (self.sheet, 1), of=self._side)
        tables = row((self.table, 1), self._side, spacing=10)
        for_operator(self._classes)
        column(self._classes, self.headline, (tables, 1), spacing=4, of=self)
        self.setFocusProxy(self.table)
        self.use_theme(theme)

    @staticmethod
    def ask(session: Session) -> None:
        session.surveys.ask(SurveyDepartures)

    def see(self, state: State) -> DeparturesSeen:
        found, state = self.session.surveys.found(SurveyDepartures), state.here
        return DeparturesSeen(
            running=state.learns,
            engine=state.engine,
            digits=state.digits,
            test_digit=state.test_digit,
            kind=kind_of(state),
            options=state.options,
            label=state.asked_class,
            cell=state.elimination.departure,
            pair=state.pair,
            lecturing=state.lecturing,
            hidden=state.answer_hidden,
            found=found,
            when=when_asked(state, found) if found is not None else "",
            work=state.work,
        )

    def slow_tick(self, state: State) -> None:
        self.live.tick()

    def draw(self, view: DeparturesSeen, only_moving: bool) -> None:
        if only_moving:  # a run that goes on is asked at slow ticks
            return
        self._offer_classes(view.digits.class_names)
        self._offered[str(view.label)].setChecked(True)
        self.ask(self.session)
        found, digits, label = view.found, view.digits, view.label
        self._side.setVisible(not view.lecturing or view.cell is not None)
        if found is None or view.hidden or len(found.result.walk) != len(digits.labels):
            self.table.show_nothing()
            self.sheet.show_view(SheetView(digits))
            self.headline.say(words.HIDDEN if view.hidden else words.ASKING)
            self.behind.setText("")
            return
        left = found.result.duels if view.kind == "duels" else found.result.walk
        shares = shares_of_departures(left, digits.labels, label)
        names = digits.class_names
        said = sentences(view.when, words.departures_heading(names[label], label, shares))
        self.headline.say(said)
        selected = None
        if view.cell is not None:
            one, step = view.cell
            selected = (step or digits.classes, one)
        table = DeparturesTable(names, label, shares, selected)
        self.table.show_view(StepsView(table, selected=selected, pair=view.pair, words=said))
        self._show_behind(view, left)

    def _show_behind(self, view: DeparturesSeen, left: np.ndarray) -> None:
        digits, label = view.digits, view.label
        names, own = digits.class_names, digits.labels == label
        one, step = (label, -1) if view.cell is None else view.cell
        behind = np.flatnonzero(own & (left[:, one] > 0 if step < 0 else left[:, one] == step))
        right, count = left[behind, label] == 0, len(behind)
        self.behind.setText(
            words.behind_lost(names[label], count)
            if view.cell is None
            else words.behind_cell(names[label], names[one], step or None, count, int(right.sum()))
        )
        images = tuple(behind.tolist())
        self.sheet.show_view(SheetView(digits, images, tuple(right.tolist()), view.test_digit))

    def _offer_classes(self, names: tuple[str, ...]) -> None:
        if names == self._names:
            return
        self._names = names
        layout = self._classes.layout()
        assert layout is not None
        for old in self._offered.values():
            layout.removeWidget(old)
            old.deleteLater()
        said = {str(label): (name, words.only_of_class(name)) for label, name in enumerate(names)}
        pick = self.session.picking.pick_label
        self._offered = choices(said, "true-class", lambda label: pick(int(label)), self._classes)
        for made in self._offered.values():
            layout.addWidget(made)
        dress(self._classes, self.theme)

    def _select(self, place: tuple[int, int]) -> None:
        state = self.session.state
        at, one = place
        cell = (one, 0 if at == state.digits.classes else at)
        self.session.choose(
            "elimination", departure=None if cell == state.elimination.departure else cell
        )
