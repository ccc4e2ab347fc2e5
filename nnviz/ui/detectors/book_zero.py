"""The book's zero: four shapes set by hand, how far they get, and the learned ones beside them."""

from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from nnviz.networks.book_zero import (
    ARCS,
    MOST_SHIFT,
    ZERO,
    Trial,
    arc_weights,
    arcs,
    chance_of,
    closest,
    counted,
    has_zero,
    judged,
    mean_zero,
    moved,
    zero_detector,
)
from nnviz.questions.accuracy import measured
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.detectors import words
from nnviz.ui.detectors.bars import ArcRow, ArcView
from nnviz.ui.detectors.neurons_shown import NeuronsSeen, see_neurons, shown_neurons
from nnviz.ui.detectors.worded_slider import WordedSlider
from nnviz.ui.kit.controls import CheckBox, paragraph
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.image_panel import ImagePanel
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, flow, row, shaped, sized
from nnviz.ui.kit.picture import MOVES
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import BACK_ROW, TEXT, Theme
from nnviz.ui.kit.weight_images import own_limit
from nnviz.ui.pages.page import Page
from nnviz.words import number, percent

ARROWS = "↖↗↙↘"
"""For ARCS, where there is no room for words."""
PERCENT = 100


class ZeroOfTheBook(Page):
    """Arcs and learned neurons at the left, three digits and their verdicts at the right."""

    id = "zero"
    title = words.ZERO
    question = words.ZERO_QUESTION
    of_weight_images = True
    presses = 3

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-book-zero")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.arcs = [
            ImagePanel(theme, title=words.ARC.format(arc=arc), tip=words.ARC_TIP) for arc in ARCS
        ]
        self.learned = [
            ImagePanel(theme, title=words.LEARNED.format(arc=arc), tip=words.LEARNED_TIP)
            for arc in ARCS
        ]
        self.similar = paragraph("closest-words")
        self.rows = tuple(ArcRow(theme, title=title) for title in words.ROWS)
        self.measured = sized(paragraph("zero-measured"), bold=True)
        self.shifted = Headline(theme, TEXT + 2, bold=False)
        self.shifted.setObjectName("zero-shifted")
        self.controls = ZeroControls(session)
        self._arrange()
        self._counts: tuple[tuple[object, ...], str] = ((), "")
        self._shift: tuple[tuple[object, ...], str] = ((), "")
        self.use_theme(theme)

    def _arrange(self) -> None:
        self._grid = shaped(QGridLayout(), 6)
        self._put_arcs(False)
        grid, body = self._grid, QWidget()
        for_operator(self.controls, self.similar)
        left = column((grid, 1), self.similar, spacing=20)
        right = column(*((each, 1) for each in self.rows), spacing=20)
        middle = row((left, 1), (right, 1), spacing=20)
        column((middle, 1), self.measured, self.shifted, self.controls, spacing=5, of=body)
        nothing = sized(paragraph("no-zero", text=words.NO_ZERO), text=BACK_ROW)
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(body)
        self._stack.addWidget(nothing)
        column(self._stack, of=self)

    def _put_arcs(self, room: bool) -> None:
        """The four in a row above the learned ones; before a room alone, and large."""
        for place, (arc, near) in enumerate(zip(self.arcs, self.learned, strict=True)):
            self._grid.addWidget(arc, *divmod(place, 2 if room else 4))
            self._grid.addWidget(near, 1 + room, place)
        self._before_room = room

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> NeuronsSeen:
        return see_neurons(self.session, state)

    def step(self, direction: int) -> None:
        """Before a room press by press."""
        if not self.press(direction):
            super().step(direction)

    def _leave_out(self, view: NeuronsSeen) -> None:
        """Before a room what its presses have not come to yet, and what has no room there."""
        if view.lecturing != self._before_room:
            self._put_arcs(view.lecturing)
            for near in self.learned:
                near.setVisible(not view.lecturing)
        pressed, room = self.pressed(self.session.state), view.lecturing
        real, this, moved_one = self.rows
        real.setVisible(pressed >= 1)
        this.setVisible(not room or 1 <= pressed < self.presses)
        moved_one.setVisible(pressed >= self.presses)
        self.measured.setVisible(pressed >= 2 and not view.answer_hidden)
        self.shifted.setVisible(pressed >= self.presses and not view.answer_hidden)

    def draw(self, view: NeuronsSeen, only_moving: bool) -> None:
        able = has_zero(view.digits)
        self._stack.setCurrentIndex(0 if able else 1)
        if not able or only_moving:
            return  # the arcs stay; the learned ones follow at the slow tick
        self._leave_out(view)
        self.controls.show_trial(view.detectors.zero)
        self._show_arcs(view)
        self._show_learned(view)
        self._show_rows(view)
        self._show_counts(view)

    def slow_tick(self, state: State) -> None:
        if has_zero(state.digits):
            self._show_learned(self.see(state))

    def _show_arcs(self, view: NeuronsSeen) -> None:
        everywhere = np.ones_like(view.digits.inked)
        weights = arc_weights(mean_zero(), view.detectors.zero.against)
        limit = float(weights.max())
        for panel, name, arrow, each in zip(self.arcs, ARCS, ARROWS, weights, strict=True):
            panel.say(name, arrow)
            panel.show_weights(each, everywhere, limit, view.digits.shape)

    def _show_learned(self, view: NeuronsSeen) -> None:
        digits, shown = view.digits, shown_neurons(view)
        weights = shown.neurons.weights
        found, similar = closest(arcs(mean_zero()), weights, digits.inked)
        for panel, place, r in zip(self.learned, found.tolist(), similar.tolist(), strict=True):
            each = np.nan_to_num(weights[place])
            panel.show_weights(each, digits.inked, own_limit(each, digits.inked), digits.shape)
            panel.fill(words.LEARNED_TITLES, name=shown.short_name(view, place), r=number(r, 2))
        self.similar.setText(
            words.closest_in_words(
                len(weights),
                chance_of(len(weights), digits.inked),
                view.named(view.member),
                len(shown.members) > 1,
            )
        )

    def _show_rows(self, view: NeuronsSeen) -> None:
        digits, trial, label = view.digits, view.detectors.zero, view.label
        zero = digits.class_names.index(ZERO)
        pixels = digits.images[_a_zero(view, zero)]
        there = moved(pixels[None], trial.right, trial.down)[0]
        shown = np.stack([pixels, view.pixels, there])
        activity, outputs = judged(zero_detector(mean_zero(), trial), shown)
        this = words.DRAWING
        if label is not None:
            this = words.THIS_DIGIT.format(label=digits.class_names[label])
            if view.answer_hidden:
                this = words.THE_DIGIT
        says, hidden = (outputs > 0.5).tolist(), view.answer_hidden
        for place, (title, is_zero) in enumerate(
            (
                (words.REAL_ZERO, True),
                (this, None if label is None else label == zero),
                (words.MOVED_ZERO, True),
            )
        ):
            self.rows[place].show_view(
                ArcView(
                    title,
                    shown[place],
                    tuple(activity[place].tolist()),
                    "" if hidden else words.IS_ZERO if says[place] else words.IS_NO_ZERO,
                    None if hidden or is_zero is None else says[place] == is_zero,
                    hidden,
                )
            )

    def _show_counts(self, view: NeuronsSeen) -> None:
        digits, trial = view.digits, view.detectors.zero
        zero = digits.class_names.index(ZERO)
        asked = (digits, trial.threshold, trial.against)
        if self._counts[0] != asked:
            detector = zero_detector(mean_zero(), trial)
            found = counted(detector, digits.images, digits.labels, zero)
            self._counts = asked, words.counts_in_words(found)
        self.measured.setText(self._counts[1])
        moving = (*asked, trial.right, trial.down, view.seen.run, view.seen.position.examples)
        if self._shift[0] != moving:
            self._shift = moving, _moved(view, zero)
        self.shifted.say(self._shift[1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        trial, by = self.session.state.detectors.zero, MOVES.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        right, down = trial.right + by[0], trial.down + by[1]
        if max(abs(right), abs(down)) <= MOST_SHIFT:
            self.controls.attempt(right=right, down=down)


class ZeroControls(QWidget):
    """How the zero is set and moved; asks the session for another Trial."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.threshold = WordedSlider(
            "zero-fires-from",
            words.FIRES_FROM,
            words.FIRES_FROM_TIP,
            (0, PERCENT),
            lambda value: words.THRESHOLD.format(share=percent(value / PERCENT, 0)),
        )
        self.right = self._mover("zero-right", words.RIGHT, words.RIGHT_TIP, words.ACROSS)
        self.down = self._mover("zero-down", words.DOWN, words.DOWN_TIP, words.ALONG)
        self.threshold.moved.connect(lambda value: self.attempt(threshold=value / PERCENT))
        self.right.moved.connect(lambda value: self.attempt(right=value))
        self.down.moved.connect(lambda value: self.attempt(down=value))
        self.against = CheckBox(words.AGAINST)
        self.against.setObjectName("zero-against")
        explain(self.against, words.AGAINST_TIP)
        self.against.clicked.connect(lambda on: self.attempt(against=on))
        column(flow(self.threshold, self.right, self.down, self.against, spacing=8), of=self)

    def _mover(self, id: str, title: str, tip: str, said: tuple[str, str]) -> WordedSlider:
        """Pixels to the one side or to the other."""
        ends = (-MOST_SHIFT, MOST_SHIFT)
        return WordedSlider(id, title, tip, ends, lambda by: said[by < 0].format(pixels=abs(by)))

    def show_trial(self, trial: Trial) -> None:
        """What is in force."""
        self.threshold.show_value(round(PERCENT * trial.threshold))
        self.right.show_value(trial.right)
        self.down.show_value(trial.down)
        with QSignalBlocker(self.against):
            self.against.setChecked(trial.against)

    def attempt(self, **changes: Any) -> None:
        """Changes fields of the Trial."""
        trial = self._session.state.detectors.zero
        self._session.choose("detectors", zero=replace(trial, **changes))


def _a_zero(view: NeuronsSeen, zero: int) -> int:
    """The digit on screen if it is a zero, else the next one after it."""
    zeros = np.flatnonzero(view.digits.labels == zero)
    if not len(zeros):
        return view.image
    return int(zeros[np.searchsorted(zeros, view.image) % len(zeros)])


def _moved(view: NeuronsSeen, zero: int) -> str:
    """How many zeros each finds where the sliders put them."""
    digits, trial = view.digits, view.detectors.zero
    zeros = digits.images[digits.labels == zero]
    if not len(zeros):
        return ""
    there = moved(zeros, trial.right, trial.down)
    by_hand = float(np.mean(judged(zero_detector(mean_zero(), trial), there)[1] > 0.5))
    labels = np.full(len(zeros), zero, np.uint8)
    learned = measured(view.seen.asked(), there, labels, digits.classes).accuracy
    template = words.MOVED[bool(trial.right or trial.down)]
    return template.format(arcs=percent(by_hand, 0), network=percent(learned, 0))
