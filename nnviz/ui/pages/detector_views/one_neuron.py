"""One neuron: its weights, what fires it, what it does, and a hand on it."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.buttons import button
from nnviz.ui.pages.detector_views.neuron_digits import NeuronDigits
from nnviz.ui.pages.detector_views.neuron_images import NeuronImages
from nnviz.ui.pages.detector_views.neuron_numbers import (
    by_class,
    facts_in_words,
    outgoing,
    shape_in_words,
    unmeasured_in_words,
)
from nnviz.ui.pages.detector_views.neurons_shown import shown_member, shown_neurons
from nnviz.ui.pages.detector_views.operate_panel import OperatePanel
from nnviz.ui.pages.detector_views.resting import Resting
from nnviz.ui.pages.output_words import member_in_words
from nnviz.ui.pages.page import Page
from nnviz.ui.pictures.digit_with_label import DigitWithLabel
from nnviz.ui.pictures.headline import Headline
from nnviz.ui.pictures.sign_line import FIRES_OR_STOPS, SignLine
from nnviz.ui.pictures.signed_bars import SignedBars
from nnviz.ui.theme import TEXT, Theme


class OneNeuron(Page):
    """The neuron selected, else the one that pushes the answer most."""

    id = "neuron"
    title = "One neuron"
    question = "What fires this neuron, and what does it do to the answer?"
    draws = frozenset(
        {
            "work",
            "verdict",
            "running",
            "member",
            "neuron",
            "image",
            "digits",
            "answers",
            "operations",
            "reading",
            "options",
            "engine",
        }
    )

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.setObjectName("view-one-neuron")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.back = button(
            "‹", "The neuron before this one (left arrow)", lambda: self._move(-1), "neuron-before"
        )
        self.on = button(
            "›", "The neuron after this one (right arrow)", lambda: self._move(1), "neuron-after"
        )
        self.back.setAccessibleName("Previous neuron")
        self.on.setAccessibleName("Next neuron")
        self.headline = Headline(theme, TEXT + 6)
        self.facts = QLabel()
        self.facts.setObjectName("neuron-facts")
        self.facts.setWordWrap(True)
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.facts.setToolTip("Against random images as smooth; selectivity; what it is worth.")
        self.legend = SignLine(theme, FIRES_OR_STOPS)
        self.digit = DigitWithLabel(theme)
        self.images = NeuronImages(theme)
        self.outgoing = SignedBars(
            theme, "Outgoing weights", "Its weight to each output: right for it, left against it."
        )
        self.by_class = SignedBars(
            theme, "Activity by class", "How strongly it fires on the test digits of each class."
        )
        self.digits = NeuronDigits(theme)
        self.digits.chosen.connect(self._show_digit)
        self.operate = OperatePanel(session, theme)
        self._resting = Resting(self, self._measure, lambda: self._show(session.state))
        self._arrange()
        self.use_theme(theme)

    def _arrange(self) -> None:
        self._head = QHBoxLayout()
        self.operate.add(self.legend)
        for part in (self.back, self.on, self.headline, self.digit):
            self._head.addWidget(part, 1 if part is self.headline else 0)
        self._middle = QHBoxLayout()
        shares: tuple[tuple[QWidget, int], ...] = (
            (self.images, 57),
            (self.outgoing, 22),
            (self.by_class, 22),
        )
        for picture, stretch in shares:
            self._middle.addWidget(picture, stretch)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addWidget(self.operate)  # above what may have to scroll
        self._column.addLayout(self._middle, 1)
        self._column.addWidget(self.facts)
        self._column.addWidget(self.digits)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setSpacing(theme.px(4))
        self._head.setSpacing(theme.px(6))
        self._middle.setSpacing(theme.px(14))
        self.facts.setFont(theme.font())
        # two lines, so that nothing below moves while a film is scrubbed
        self.facts.setMinimumHeight(2 * QFontMetrics(theme.font()).lineSpacing())
        for choice in (self.back, self.on):
            choice.setStyleSheet(theme.button_style())
        for part in (
            self.headline,
            self.legend,
            self.digit,
            self.images,
            self.outgoing,
            self.by_class,
            self.digits,
            self.operate,
        ):
            part.use_theme(theme)
        if self.isVisible():
            self.render_state(self.session.state, self.draws)

    def leave(self) -> bool:
        """Back to all of them."""
        self.view_asked.emit("all")
        return True

    def beside_digit(self, beside: bool) -> None:
        self.digit.setVisible(not beside)

    # ---- drawing ---------------------------------------------------------------------

    def render_state(self, state: State, fields: frozenset[str]) -> None:
        self.digit.show_state(state)
        if state.running and not fields - {"work", "verdict"}:
            self.images.show_moving(state, *self._selected(state))
            return
        self._resting.see(state, at_once=fields == self.draws)
        self._show(state)

    def slow_tick(self, state: State) -> None:
        self._show(state)

    def _measure(self) -> None:
        self.session.measures.measure_neurons()
        self.session.operations.ask()

    def _selected(self, state: State) -> tuple[int, int]:
        """Network and number of the neuron shown."""
        member = shown_member(state)
        if state.neuron is not None:
            return member, state.neuron
        shown = shown_neurons(replace(state, detectors=replace(state.detectors, all_members=False)))
        return member, int(np.abs(shown.neurons.pushes).argmax())

    def _show(self, state: State) -> None:
        member, neuron = self._selected(state)
        self.images.show_moving(state, member, neuron)
        self.images.show_random(state, member, neuron)
        found = self.session.measures.neurons_measured
        detector = None if found is None else found.of(member, neuron)
        title = f"Neuron {neuron}{member_in_words(state, member)}"
        self.headline.say(shape_in_words(detector, title))
        facts = unmeasured_in_words(state) if detector is None else facts_in_words(state, detector)
        self.facts.setText(facts)
        self.outgoing.show_view(outgoing(state, member, neuron))
        moving = self._resting.waiting or (state.running and state.past is None)
        found_on = self.digits.show_neuron(state, member, neuron, moving)
        self.by_class.show_view(by_class(state, found_on))
        self.operate.show_state(state, member, neuron)

    # ---- choosing --------------------------------------------------------------------

    def _move(self, direction: int) -> None:
        state = self.session.state
        _, neuron = self._selected(state)
        self.session.change(neuron=(neuron + direction) % state.seen.network.hidden)

    def _show_digit(self, image: int) -> None:
        """Another digit, and still the same neuron."""
        member, neuron = self._selected(self.session.state)
        self.session.change(image=image, member=member, neuron=neuron)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        by = {keys.Key_Left: -1, keys.Key_Right: 1}.get(keys(event.key()))
        if by is not None:
            self._move(by)
        elif event.key() == keys.Key_Backspace:
            self.view_asked.emit("all")
        else:
            super().keyPressEvent(event)
