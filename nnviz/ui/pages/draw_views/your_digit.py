"""A digit drawn by hand or from a file, and what every design says of it."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nnviz.learning.designs import DESIGNS
from nnviz.learning.digits import GREY
from nnviz.session import Session
from nnviz.state import State
from nnviz.ui.buttons import button, style_buttons
from nnviz.ui.check_box import CheckBox
from nnviz.ui.flow_layout import FlowLayout
from nnviz.ui.pages.draw_views.drawn_answers import Answered, answers, rows, summary
from nnviz.ui.pages.page import Page
from nnviz.ui.pictures.big_answer import AnswerView, BigAnswer
from nnviz.ui.pictures.design_table import DesignTable
from nnviz.ui.pictures.headline import Headline
from nnviz.ui.pictures.pad import Pad
from nnviz.ui.pictures.seen_digit import SeenDigit, SeenView
from nnviz.ui.theme import BACK_ROW, Theme

EMPTY = "Draw a digit: every design answers while you draw."
NO_PAD = (
    "The pad is for digits of 28 × 28 grey pixels; these networks want 32 × 32 in colour. "
    "Choose other digits below."
)


class YourDigit(Page):
    """The pad, what the networks see, the answer of the design on screen, and all the others."""

    id = "pad"
    title = "Your digit"
    question = "Draw or open a digit: what does each design say of it?"
    draws = frozenset(
        {
            "work",
            "shelf",
            "trained",
            "digits",
            "image",
            "drawing",
            "normalising",
            "reading",
            "options",
            "operations",
            "running",
        }
    )

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-your-digit")
        self.summary = Headline(theme, BACK_ROW)
        self.pad = Pad(theme)
        self.pad.drawn.connect(session.draw)
        self.pad.cleared.connect(session.clear_drawing)
        self.undo = button("Undo", "Take back the last stroke (Ctrl+Z)", self._undo)
        self.redo = button("Redo", "Do again what was undone (Ctrl+Shift+Z)", session.redo_drawing)
        self.clear = button("Clear", "Empty the pad (Delete); Undo brings it back", self._clear)
        self.take = button(
            "Take test digit",
            "Put the test digit on screen onto the pad, pixel for pixel",
            session.draw_shown_digit,
        )
        self._bar = QWidget()
        self._flow = FlowLayout(self._bar)
        for made in (self.undo, self.redo, self.clear, self.take):
            self._flow.addWidget(made)
        self.seen = SeenDigit(theme)
        self.normalise = CheckBox("normalise")
        self.normalise.setObjectName("normalise")
        self.normalise.setToolTip(
            "Crop, scale and centre the ink as MNIST's digits were;\n"
            "without it, networks get the whole pad."
        )
        self.normalise.clicked.connect(lambda on: session.change(normalising=on))
        self.answer = BigAnswer(theme)
        self.table = DesignTable(theme, (), "shown")
        self.table.activated.connect(self._choose)
        self._arrange()
        self.setFocusProxy(self.pad)
        self._answered: dict[str, Answered] = {}
        self.use_theme(theme)

    def _arrange(self) -> None:
        left, middle = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.pad, 1)
        left.addWidget(self._bar)
        left.addStretch(0)
        middle.addWidget(self.seen)
        middle.addWidget(self.normalise)
        middle.addWidget(self.answer, 1)
        self._row = QHBoxLayout()
        self._row.addLayout(left, 15)
        self._row.addLayout(middle, 0)
        self._row.addWidget(self.table, 20)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.summary)
        self._column.addLayout(self._row, 1)
        self._columns = (left, middle)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._row.setSpacing(theme.px(14))
        for column in self._columns:
            column.setSpacing(theme.px(6))
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(theme.px(6))
        for part in (self.summary, self.pad, self.seen, self.answer, self.table):
            part.use_theme(theme)
        self.normalise.setFont(theme.font())
        style_buttons(self, theme)

    # ---- the state -------------------------------------------------------------------

    def render_state(self, state: State, fields: frozenset[str]) -> None:
        self.pad.show_drawing(state.drawing, state.normalising)
        self._answered = answers(state, self._answered)
        only_moving = state.running and not fields - {"work", "shelf"}
        if not only_moving or not self.table.rows:
            self._write(state)
        self.table.show_values(self._values())

    def slow_tick(self, state: State) -> None:
        self._answered = answers(state, self._answered)
        self._write(state)
        self.table.show_values(self._values())

    def _values(self) -> list[list[float]]:
        return [
            list(self._answered[design].values) if design in self._answered else []
            for design in DESIGNS
        ]

    def _write(self, state: State) -> None:
        fits = state.digits.shape == GREY
        if not fits:
            self.summary.say(NO_PAD)
        else:
            self.summary.say(summary(state, self._answered) if self._answered else EMPTY)
        self.table.show_rows((), rows(state, self._answered), state.digits.class_names, ("", False))
        self.seen.show_view(seen_view(state))
        self.answer.show_view(answer_view(state, self._answered))
        self.undo.setEnabled(bool(state.drawings_before))
        self.redo.setEnabled(bool(state.drawings_undone))
        self.clear.setEnabled(not state.drawing.empty)
        self.take.setEnabled(fits)
        self.pad.setEnabled(fits)
        with QSignalBlocker(self.normalise):
            self.normalise.setChecked(state.normalising)

    # ---- what is clicked -------------------------------------------------------------

    def _undo(self) -> None:
        self.pad.lift()
        self.session.undo_drawing()

    def _clear(self) -> None:
        self.pad.lift()
        self.session.clear_drawing()

    def _choose(self, row: int, column: int) -> None:
        if row < 0:
            return
        design = tuple(DESIGNS)[row]
        had_network = design in self.session.state.representatives
        self.session.choose_design(design)
        if not had_network:
            self.session.run()


def seen_view(state: State) -> SeenView:
    """What the networks see of the drawing."""
    pixels, drawing = state.drawn, state.drawing
    if pixels is None:
        return SeenView(None, None, ())
    done = drawing.normalised if state.normalising else None
    if done is None:
        return SeenView(pixels, None, ("the whole pad,", "made smaller"))
    before, after = done.ink, done.placed
    pixel = len(drawing.ink) / GREY[0]
    right = (after.left + after.right) / 2 - (before.left + before.right) / 2 / pixel
    down = (after.top + after.bottom) / 2 - (before.top + before.bottom) / 2 / pixel
    if (before, 1) == (after, pixel):
        return SeenView(pixels, after, ("as it was: no pixel", "has changed"))
    return SeenView(
        pixels,
        after,
        (
            f"{before.width}×{before.height} → {after.width}×{after.height}",
            _moved(right, down),
        ),
    )


def _moved(right: float, down: float) -> str:
    """How far the middle of the ink was moved, in pixels of what the networks see."""
    across, along = round(abs(right)), round(abs(down))
    parts = [
        f"{far} {arrow}"
        for far, arrow in ((across, "→" if right > 0 else "←"), (along, "↓" if down > 0 else "↑"))
        if far
    ]
    return f"moved {' '.join(parts)}" if parts else "not moved"


def answer_view(state: State, answered: Mapping[str, Answered]) -> AnswerView:
    """What the design on screen says of the drawing."""
    who = DESIGNS[state.design].label
    if state.design not in answered:
        return AnswerView(who)
    verdict = answered[state.design].verdict
    return AnswerView(
        who,
        state.named(verdict.answer),
        verdict.confidence,
        max(0, verdict.answer),
        f"then {state.named(verdict.runner_up)}",
    )
