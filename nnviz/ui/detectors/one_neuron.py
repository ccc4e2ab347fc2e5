"""One neuron: its weights, what fires it, what it does, and a hand on it."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.detectors.neuron_digits import NeuronDigits
from nnviz.ui.detectors.neuron_images import NeuronImages
from nnviz.ui.detectors.neuron_numbers import (
    by_class,
    facts_in_words,
    outgoing,
    shape_in_words,
    unmeasured_in_words,
)
from nnviz.ui.detectors.neurons_shown import NeuronsSeen, see_neurons, shown_neurons
from nnviz.ui.detectors.operate_panel import OperatePanel
from nnviz.ui.detectors.resting import Resting
from nnviz.ui.detectors.signed_bars import SignedBars
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.digit_with_label import DigitWithLabel
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.sign_line import FIRES_OR_STOPS, SignLine
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.pages.output_words import member_in_words
from nnviz.ui.pages.page import Page


class OneNeuron(Page):
    """The neuron selected, else the one that pushes the answer most."""

    id = "neuron"
    title = "One neuron"
    question = "What fires this neuron, and what does it do to the answer?"

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
        self._resting = Resting(self, self._measure, lambda: self._show(self.see(session.state)))
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
            self.draw(self.see(self.session.state), False)

    def leave(self) -> bool:
        """Back to all of them."""
        self.view_asked.emit("all")
        return True

    def beside_digit(self, beside: bool) -> None:
        self.digit.setVisible(not beside)

    # ---- drawing ---------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        state = self.session.state
        self._resting.see(state.seen, state.past is not None, state.running, at_once=True)
        super().showEvent(event)

    def see(self, state: State) -> NeuronsSeen:
        return see_neurons(self.session, state)

    def draw(self, view: NeuronsSeen, only_moving: bool) -> None:
        self.digit.show_digit(view.pixels, view.digits, view.label, view.verdict.answer)
        if only_moving:
            self.images.show_moving(view, *_selected(view))
            return
        self._resting.see(view.seen, view.film, view.running)
        self._show(view)

    def slow_tick(self, state: State) -> None:
        self._show(self.see(state))

    def _measure(self) -> None:
        self.session.measures.measure_neurons()
        self.session.operations.ask()

    def _show(self, view: NeuronsSeen) -> None:
        member, neuron = _selected(view)
        self.images.show_moving(view, member, neuron)
        self.images.show_random(view, member, neuron)
        found = view.measured
        detector = None if found is None else found.of(member, neuron)
        title = f"Neuron {neuron}{member_in_words(view.layout, view.digits.class_names, member)}"
        self.headline.say(shape_in_words(detector, title))
        facts = unmeasured_in_words(view) if detector is None else facts_in_words(view, detector)
        self.facts.setText(facts)
        self.outgoing.show_view(outgoing(view, member, neuron))
        moving = self._resting.waiting or (view.running and not view.film)
        found_on = self.digits.show_neuron(view, member, neuron, moving)
        self.by_class.show_view(by_class(view, found_on))
        self.operate.show_neuron(view, member, neuron)

    # ---- choosing --------------------------------------------------------------------

    def _move(self, direction: int) -> None:
        view = self.see(self.session.state)
        _, neuron = _selected(view)
        self.session.change(neuron=(neuron + direction) % view.seen.network.hidden)

    def _show_digit(self, image: int) -> None:
        """Another digit, and still the same neuron."""
        member, neuron = _selected(self.see(self.session.state))
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


def _selected(view: NeuronsSeen) -> tuple[int, int]:
    """Network and number of the neuron shown."""
    if view.neuron is not None:
        return view.member, view.neuron
    alone = replace(view.detectors, all_members=False)
    shown = shown_neurons(replace(view, detectors=alone))
    return view.member, int(np.abs(shown.neurons.pushes).argmax())
