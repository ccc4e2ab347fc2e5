"""The book's zero: four shapes set by hand, how far they get, and the learned ones beside them."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nnviz.networks.book_zero import (
    ARCS,
    MOST_SHIFT,
    ZERO,
    Counted,
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
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.detectors.arc_row import ArcRow, ArcView
from nnviz.ui.detectors.neurons_shown import NeuronsSeen, see_neurons, shown_neurons
from nnviz.ui.detectors.zero_controls import ZeroControls
from nnviz.ui.detectors.zero_words import a_zero, counts_in_words, moved_in_words
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.image_panel import ImagePanel
from nnviz.ui.kit.theme import BACK_ROW, TEXT, Theme
from nnviz.ui.kit.weight_images import digit_image
from nnviz.ui.pages.output_words import member_in_short, member_in_words
from nnviz.ui.pages.page import Page

ARROWS = "↖↗↙↘"
"""For ARCS, where there is no room for words."""
NOTHING = "The book's zero needs digits of 28 × 28 pixels with a class 0: choose MNIST's below."


class ZeroOfTheBook(Page):
    """Arcs and learned neurons at the left, three digits and their verdicts at the right."""

    id = "zero"
    title = "The book's zero"
    question = "Would four hidden neurons that detect the quarters of a 0 do?"

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
        self.controls = ZeroControls(session, theme)
        self._arrange()
        self._count: tuple[tuple[object, ...], Counted] | None = None
        self._shift: tuple[tuple[object, ...], str] | None = None
        self.use_theme(theme)

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
        for part in (self.measured, self.shifted, self.controls):
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
        self.nothing.setFont(theme.font(BACK_ROW))
        self.similar.setFont(theme.font())
        self.controls.use_theme(theme)
        for panel in (*self.arcs, *self.learned):
            panel.use_theme(theme)
        for row in self.rows:
            row.use_theme(theme)
        for line in (self.measured, self.shifted):
            line.use_theme(theme)
        if self.isVisible():
            self.draw(self.see(self.session.state), False)

    # ---- drawing ---------------------------------------------------------------------

    def see(self, state: State) -> NeuronsSeen:
        return see_neurons(self.session, state)

    def draw(self, view: NeuronsSeen, only_moving: bool) -> None:
        able = has_zero(view.digits)
        self._stack.setCurrentIndex(0 if able else 1)
        if not able or only_moving:
            return  # the arcs stay; the learned ones follow at the slow tick
        self.controls.show_trial(view.detectors.zero)
        self._show_arcs(view)
        self._show_learned(view)
        self._show_rows(view)
        self._show_counts(view)

    def slow_tick(self, state: State) -> None:
        if has_zero(state.digits):
            self._show_learned(self.see(state))

    def _show_arcs(self, view: NeuronsSeen) -> None:
        digits = view.digits
        everywhere = np.ones_like(digits.inked)
        weights = arc_weights(mean_zero(), view.detectors.zero.against)
        limit = float(weights.max())
        for panel, name, arrow, each in zip(self.arcs, ARCS, ARROWS, weights, strict=True):
            panel.say(name, arrow)
            panel.show_weights(each, everywhere, limit, digits.shape)

    def _show_learned(self, view: NeuronsSeen) -> None:
        digits = view.digits
        shown = shown_neurons(view)
        weights = shown.neurons.weights
        found, similar = closest(arcs(mean_zero()), weights, digits.inked)
        for panel, place, r in zip(self.learned, found.tolist(), similar.tolist(), strict=True):
            each = np.nan_to_num(weights[place])
            limit = float(np.abs(each[digits.inked]).max(initial=0)) or 1.0
            panel.show_weights(each, digits.inked, limit, digits.shape)
            member, neuron = shown.key(place)
            several = len(shown.members) > 1
            name = (
                f"{member_in_short(view.layout, view.digits.class_names, member)} · {neuron}"
                if several
                else f"{neuron}"
            )
            panel.say(f"no. {name}: r {r:.2f}", f"{name}: r {r:.2f}", f"r {r:.2f}")
        by_chance = chance_of(len(weights), digits.inked)
        which = member_in_words(view.layout, view.digits.class_names, view.member)
        if len(shown.members) > 1:
            which = " of all networks"
        self.similar.setText(
            f"Below each arc the learned neuron{which} most like it (r is 1 for the same "
            f"picture). The closest of {len(weights)} images of noise: r {by_chance:.2f}."
        )

    def _show_rows(self, view: NeuronsSeen) -> None:
        digits, trial = view.digits, view.detectors.zero
        zero = digits.class_names.index(ZERO)
        detector = zero_detector(mean_zero(), trial)
        image = a_zero(view, zero)
        label = view.label
        is_zero = None if label is None else label == zero
        shown = np.stack(
            [
                digits.images[image],
                view.pixels,
                moved(digits.images[image][None], trial.right, trial.down)[0],
            ]
        )
        activity, outputs = judged(detector, shown)
        this = "your drawing" if label is None else f"this digit, label {digits.class_names[label]}"
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

    def _show_counts(self, view: NeuronsSeen) -> None:
        digits, trial = view.digits, view.detectors.zero
        zero = digits.class_names.index(ZERO)
        asked = (digits, trial.threshold, trial.against)
        if self._count is None or self._count[0] != asked:
            detector = zero_detector(mean_zero(), trial)
            self._count = (asked, counted(detector, digits.images, digits.labels, zero))
        self.measured.say(counts_in_words(self._count[1]))
        moving = (*asked, trial.right, trial.down, view.seen.run, view.seen.position.examples)
        if self._shift is None or self._shift[0] != moving:
            self._shift = (moving, moved_in_words(view, zero))
        self.shifted.say(self._shift[1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, trial = Qt.Key, self.session.state.detectors.zero
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
            self.controls.attempt(right=right, down=down)
