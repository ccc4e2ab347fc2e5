"""The book's zero: four shapes set by hand, how far they get, and the learned ones beside them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nnviz.learning.book_zero import (
    ARCS,
    MOST_SHIFT,
    ZERO,
    Counted,
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
from nnviz.learning.mistakes import measured
from nnviz.session import Session
from nnviz.state import State
from nnviz.ui.check_box import CheckBox
from nnviz.ui.flow_layout import FlowLayout
from nnviz.ui.pages.detector_views.neurons_shown import shown_member, shown_neurons
from nnviz.ui.pages.page import Page
from nnviz.ui.pictures.arc_row import ArcRow, ArcView
from nnviz.ui.pictures.headline import Headline
from nnviz.ui.pictures.image_panel import ImagePanel
from nnviz.ui.pictures.weight_images import Floats, digit_image
from nnviz.ui.setting_controls import guard_wheel
from nnviz.ui.theme import BACK_ROW, TEXT, Theme

NOTHING = "The book's zero needs digits of 28 × 28 pixels with a class 0: choose MNIST's below."
PERCENT = 100


class ZeroOfTheBook(Page):
    """Arcs and learned neurons at the left, three digits and their verdicts at the right."""

    id = "zero"
    title = "The book's zero"
    question = "Would four hidden neurons that detect the quarters of a 0 do?"
    draws = frozenset(
        {"work", "verdict", "running", "image", "digits", "zero", "member", "all_members"}
    )

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-book-zero")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.arcs: list[ImagePanel] = []
        self.learned: list[ImagePanel] = []
        self._grid = QGridLayout()
        for number, name in enumerate(ARCS):
            arc = ImagePanel(
                theme, f"Arc {name}", "Weights set by hand: a quarter of the mean zero."
            )
            near = ImagePanel(
                theme,
                f"Learned, closest to {name}",
                "The hidden neuron whose weights correlate most with the arc (Pearson's r). "
                "Of many random images, too, one is always closest.",
            )
            self.arcs.append(arc)
            self.learned.append(near)
            self._grid.addWidget(arc, 0, number)
            self._grid.addWidget(near, 1, number)
        self.similar = QLabel()
        self.similar.setObjectName("closest-words")
        self.similar.setWordWrap(True)
        self.rows = tuple(
            ArcRow(theme, name) for name in ("A real zero", "The digit on screen", "A moved zero")
        )
        self.measured = Headline(theme, TEXT + 6)
        self.measured.setObjectName("zero-measured")
        self.shifted = Headline(theme, TEXT + 2, bold=False)
        self.shifted.setObjectName("zero-shifted")
        self._bar = QWidget()
        self._flow = FlowLayout(self._bar)
        self._labels: list[QLabel] = []
        self.threshold = self._slider(
            "fires from",
            "How much of its arc must be inked before a neuron fires; the mean zero inks 100 %.",
            (0, PERCENT),
            lambda value: {"threshold": value / PERCENT},
        )
        self.right = self._slider(
            "right",
            "Moves the zero to the right, or to the left.",
            (-MOST_SHIFT, MOST_SHIFT),
            lambda value: {"right": value},
        )
        self.down = self._slider(
            "down",
            "Moves the zero down, or up.",
            (-MOST_SHIFT, MOST_SHIFT),
            lambda value: {"down": value},
        )
        self.against = CheckBox("ink elsewhere counts against")
        self.against.setObjectName("zero-against")
        self.against.setToolTip("Negative weights in the hole and in the corners.")
        self.against.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.against.clicked.connect(lambda on: self._try(against=on))
        self._flow.addWidget(self.against)
        self._arrange()
        self._count: tuple[tuple[object, ...], Counted] | None = None
        self._shift: tuple[tuple[object, ...], str] | None = None
        self.use_theme(theme)

    def _slider(
        self,
        words: str,
        tooltip: str,
        ends: tuple[int, int],
        changes: Callable[[int], dict[str, Any]],
    ) -> QSlider:
        label, slider = QLabel(words), QSlider(Qt.Orientation.Horizontal)
        label.setObjectName(f"zero-{words.replace(' ', '-')}-words")
        slider.setObjectName(f"zero-{words.replace(' ', '-')}")
        slider.setAccessibleName(f"Zero: {words}")
        for part in (label, slider):
            part.setToolTip(tooltip)
            self._flow.addWidget(part)
        self._labels.append(label)
        slider.setRange(*ends)
        slider.valueChanged.connect(lambda value: self._try(**changes(value)))
        guard_wheel(slider)
        return slider

    def _arrange(self) -> None:
        left = QVBoxLayout()
        left.addLayout(self._grid, 1)
        left.addWidget(self.similar)
        right = QVBoxLayout()
        for row in self.rows:
            right.addWidget(row, 1)
        self._middle = QHBoxLayout()
        self._middle.addLayout(left, 1)
        self._middle.addLayout(right, 1)
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._middle, 1)
        for part in (self.measured, self.shifted, self._bar):
            self._column.addWidget(part)
        self.nothing = QLabel(NOTHING)
        self.nothing.setObjectName("no-zero")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(body)
        self._stack.addWidget(self.nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        px = theme.px
        self._column.setSpacing(px(5))
        self._middle.setSpacing(px(20))
        self._grid.setSpacing(px(6))
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(px(8))
        self.nothing.setFont(theme.font(BACK_ROW))
        self.similar.setFont(theme.font())
        for label, width in zip(self._labels, (156, 88, 88), strict=True):
            label.setFont(theme.font())
            label.setFixedWidth(px(width))
        self.against.setFont(theme.font())
        for slider in (self.threshold, self.right, self.down):
            slider.setFixedWidth(px(120))
        for panel in (*self.arcs, *self.learned):
            panel.use_theme(theme)
        for row in self.rows:
            row.use_theme(theme)
        for line in (self.measured, self.shifted):
            line.use_theme(theme)
        if self.isVisible():
            self.render_state(self.session.state, self.draws)

    # ---- drawing ---------------------------------------------------------------------

    def render_state(self, state: State, fields: frozenset[str]) -> None:
        able = has_zero(state.digits)
        self._stack.setCurrentIndex(0 if able else 1)
        if not able:
            return
        if state.running and not fields - {"work", "verdict"}:
            return  # the arcs stay; the learned ones follow at the slow tick
        self._show_controls(state.zero)
        self._show_arcs(state)
        self._show_learned(state)
        self._show_rows(state)
        self._show_counts(state)

    def slow_tick(self, state: State) -> None:
        if has_zero(state.digits):
            self._show_learned(state)

    def _show_controls(self, trial: Trial) -> None:
        for slider, value in (
            (self.threshold, round(PERCENT * trial.threshold)),
            (self.right, trial.right),
            (self.down, trial.down),
        ):
            with QSignalBlocker(slider):
                slider.setValue(value)
        self.against.setChecked(trial.against)
        words = (
            f"fires from {PERCENT * trial.threshold:.0f} %",
            f"{'left' if trial.right < 0 else 'right'} {abs(trial.right)}",
            f"{'up' if trial.down < 0 else 'down'} {abs(trial.down)}",
        )
        for label, text in zip(self._labels, words, strict=True):
            label.setText(text)

    def _show_arcs(self, state: State) -> None:
        digits = state.digits
        everywhere = np.ones_like(digits.inked)
        weights = arc_weights(mean_zero(), state.zero.against)
        limit = float(weights.max())
        for panel, name, each in zip(self.arcs, ARCS, weights, strict=True):
            panel.say(name)
            panel.show_weights(each, everywhere, limit, digits.shape)

    def _show_learned(self, state: State) -> None:
        digits = state.digits
        shown = shown_neurons(state)
        weights = shown.neurons.weights
        found, similar = closest(arcs(mean_zero()), weights, digits.inked)
        for panel, place, r in zip(self.learned, found.tolist(), similar.tolist(), strict=True):
            each = np.nan_to_num(weights[place])
            limit = float(np.abs(each[digits.inked]).max(initial=0)) or 1.0
            panel.show_weights(each, digits.inked, limit, digits.shape)
            member, neuron = shown.key(place)
            name = f"{neuron}" if len(shown.members) == 1 else f"{member + 1}·{neuron}"
            panel.say(f"no. {name}: r {r:.2f}")
        by_chance = chance_of(len(weights), digits.inked)
        networks = state.work.network.networks
        which = f" of network {shown_member(state) + 1}" if networks > 1 else ""
        if len(shown.members) > 1:
            which = " of all networks"
        self.similar.setText(
            f"Below each arc the learned neuron{which} most like it (r is 1 for the same "
            f"picture). The closest of {len(weights)} images of noise: r {by_chance:.2f}."
        )

    def _show_rows(self, state: State) -> None:
        digits, trial = state.digits, state.zero
        zero = digits.class_names.index(ZERO)
        detector = zero_detector(mean_zero(), trial)
        image = _a_zero(state, zero)
        label = state.shown_label
        is_zero = None if label is None else label == zero
        shown = np.stack(
            [
                digits.images[image],
                state.pixels,
                moved(digits.images[image][None], trial.right, trial.down)[0],
            ]
        )
        activity, outputs = judged(detector, shown)
        this = "your drawing" if label is None else f"this digit, {state.label_in_words}"
        titles = ("a real 0", this, "the 0 moved")
        for row, pixels, fires, output, title, wanted in zip(
            self.rows,
            shown,
            activity.tolist(),
            outputs.tolist(),
            titles,
            (True, is_zero, True),
            strict=True,
        ):
            says = output > 0.5
            row.show_view(
                ArcView(
                    title,
                    digit_image(pixels, self.theme.grey_colours, digits.shape),
                    ARCS,
                    tuple(fires),
                    "says: a 0" if says else "says: no 0",
                    None if wanted is None else says == wanted,
                )
            )

    def _show_counts(self, state: State) -> None:
        digits, trial = state.digits, state.zero
        zero = digits.class_names.index(ZERO)
        asked = (digits, trial.threshold, trial.against)
        if self._count is None or self._count[0] != asked:
            detector = zero_detector(mean_zero(), trial)
            self._count = (asked, counted(detector, digits.images, digits.labels, zero))
        self.measured.say(_counts_in_words(self._count[1]))
        moving = (*asked, trial.right, trial.down, state.work.run, state.work.position.examples)
        if self._shift is None or self._shift[0] != moving:
            self._shift = (moving, _moved_in_words(state, zero))
        self.shifted.say(self._shift[1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, trial = Qt.Key, self.session.state.zero
        by = {
            keys.Key_Left: (-1, 0),
            keys.Key_Right: (1, 0),
            keys.Key_Up: (0, -1),
            keys.Key_Down: (0, 1),
        }.get(keys(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        right, down = trial.right + by[0], trial.down + by[1]
        if max(abs(right), abs(down)) <= MOST_SHIFT:
            self._try(right=right, down=down)

    def _try(self, **changes: Any) -> None:
        self.session.change(zero=replace(self.session.state.zero, **changes))


def _a_zero(state: State, zero: int) -> int:
    """The digit on screen if it is a zero, else the next one after it."""
    labels = state.digits.labels
    zeros = np.flatnonzero(labels == zero)
    if not len(zeros):
        return state.image
    return int(zeros[np.searchsorted(zeros, state.image) % len(zeros)])


def _counts_in_words(found: Counted) -> str:
    hits, alarms = found.hits / max(1, found.zeros), found.false_alarms / max(1, found.others)
    return (
        f"All test digits: finds {100 * hits:.0f} % of the 0s, takes {100 * alarms:.1f} % of the "
        f"others for a 0; right {100 * found.accuracy:.1f} % "
        f"(always “no 0”: {100 * found.accuracy_of_never:.1f} %)"
    )


def _moved_in_words(state: State, zero: int) -> str:
    """How many zeros each finds where the sliders put them."""
    digits, trial, work = state.digits, state.zero, state.work
    zeros = digits.images[digits.labels == zero]
    if not len(zeros):
        return ""
    there: Floats = judged(
        zero_detector(mean_zero(), trial), moved(zeros, trial.right, trial.down)
    )[1]
    by_hand = float(np.mean(there > 0.5))
    learned = measured(
        state.seen.network,
        work.layout(digits.classes),
        work.readings[0],
        0,
        moved(zeros, trial.right, trial.down),
        np.full(len(zeros), zero, np.uint8),
    ).accuracy
    where = "moved like this" if trial.right or trial.down else "not moved"
    return (
        f"0s {where}: the four arcs find {100 * by_hand:.0f} %, the learned network "
        f"{100 * learned:.0f} %."
    )
