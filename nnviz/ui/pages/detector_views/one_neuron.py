"""One neuron: its weights, what fires it, what it does, and a hand on it."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from nnviz.learning.detectors import Detector, Detectors
from nnviz.learning.network import as_inputs
from nnviz.learning.neuron_inputs import (
    Fired,
    activity_of,
    as_noise,
    fired,
    firing_most,
    usual_ink,
)
from nnviz.learning.shape_measures import weight_images
from nnviz.learning.strokes import random_images
from nnviz.session import Session
from nnviz.state import State
from nnviz.ui.buttons import button
from nnviz.ui.pages.detector_views.neuron_numbers import (
    by_class,
    facts_in_words,
    outgoing,
    shape_in_words,
)
from nnviz.ui.pages.detector_views.neurons_shown import (
    shown_member,
    shown_neurons,
    signed,
)
from nnviz.ui.pages.detector_views.operate_panel import OperatePanel
from nnviz.ui.pages.output_words import network_in_words
from nnviz.ui.pages.page import Page
from nnviz.ui.pictures.digit_strip import DigitStrip
from nnviz.ui.pictures.headline import Headline
from nnviz.ui.pictures.image_panel import ImagePanel
from nnviz.ui.pictures.signed_bars import SignedBars
from nnviz.ui.theme import TEXT, Theme

LISTED = 10
"""Digits at either end."""
MOST_LIVE = 2500
"""Test digits up to which they are asked anew while the network learns."""


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
            "surveys",
            "operations",
            "operated",
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
        self.weights = ImagePanel(
            theme, "Weights", "Ink on orange fires the neuron, ink on blue stops it."
        )
        self.evidence = ImagePanel(
            theme,
            "Weights times digit",
            "What each pixel of the digit on screen adds to the neuron's sum, or takes from it.",
        )
        self.best = ImagePanel(
            theme,
            "Ink that fires it most",
            "Of all images with no more ink than a usual digit, the one that fires it most: full "
            "ink on its largest positive weights. It seldom looks like a digit.",
        )
        self.noise = ImagePanel(
            theme, "Noise", "The same ink, scattered at random, and how strongly that fires it."
        )
        self.chance = ImagePanel(
            theme,
            "Random weights as smooth",
            "A random image exactly as smooth as the weights: shapes that chance makes.",
        )
        self.outgoing = SignedBars(
            theme, "Outgoing weights", "Its weight to each output: right for it, left against it."
        )
        self.by_class = SignedBars(
            theme, "Activity by class", "How strongly it fires on the test digits of each class."
        )
        self.most = DigitStrip(
            theme, "Digits that fire it most", "Click a digit to look at it on every page."
        )
        self.least = DigitStrip(
            theme, "Digits that fire it least", "Click a digit to look at it on every page."
        )
        for strip in (self.most, self.least):
            strip.setObjectName(strip.accessibleName().lower().replace(" ", "-"))
            strip.chosen.connect(lambda image: session.change(image=image))
        self.operate = OperatePanel(session, theme)
        self._arrange()
        self._fired: tuple[object, ...] = ()
        self._found: Fired | None = None
        self.use_theme(theme)

    def _arrange(self) -> None:
        self._head = QHBoxLayout()
        for part in (self.back, self.on):
            self._head.addWidget(part)
        self._head.addWidget(self.headline, 1)
        self._grid = QGridLayout()
        self._grid.addWidget(self.weights, 0, 0, 2, 1)
        for panel, row, column in (
            (self.evidence, 0, 1),
            (self.chance, 0, 2),
            (self.best, 1, 1),
            (self.noise, 1, 2),
        ):
            self._grid.addWidget(panel, row, column)
        self._grid.addWidget(self.outgoing, 0, 3, 2, 1)
        self._grid.addWidget(self.by_class, 0, 4, 2, 1)
        for column, stretch in enumerate((27, 15, 15, 22, 22)):
            self._grid.setColumnStretch(column, stretch)
        for row in (0, 1):
            self._grid.setRowStretch(row, 1)
        self._strips = QHBoxLayout()
        self._strips.addWidget(self.most, 1)
        self._strips.addWidget(self.least, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addLayout(self._grid, 1)
        self._column.addWidget(self.facts)
        self._column.addLayout(self._strips)
        self._column.addWidget(self.operate)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self._column.setSpacing(theme.px(5))
        self._head.setSpacing(theme.px(6))
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setVerticalSpacing(theme.px(4))
        self._strips.setSpacing(theme.px(16))
        self.facts.setFont(theme.font())
        for choice in (self.back, self.on):
            choice.setStyleSheet(theme.button_style())
        for part in (
            self.headline,
            self.weights,
            self.evidence,
            self.best,
            self.noise,
            self.chance,
            self.outgoing,
            self.by_class,
            self.most,
            self.least,
            self.operate,
        ):
            part.use_theme(theme)
        if self.isVisible():
            self.render_state(self.session.state, self.draws)

    # ---- drawing ---------------------------------------------------------------------

    def render_state(self, state: State, fields: frozenset[str]) -> None:
        if state.running and not fields - {"work", "verdict"}:
            self._show_images(state, *self._selected(state))
            return
        if not state.running:
            self.session.survey("detectors")
            self.session.ask_operated()
        self._show(state)

    def slow_tick(self, state: State) -> None:
        self._show(state)

    def _selected(self, state: State) -> tuple[int, int]:
        """Network and number of the neuron shown."""
        member = shown_member(state)
        if state.neuron is not None:
            return member, state.neuron
        shown = shown_neurons(replace(state, all_members=False))
        return member, int(np.abs(shown.neurons.pushes).argmax())

    def _show(self, state: State) -> None:
        member, neuron = self._selected(state)
        self._show_images(state, member, neuron)
        self._show_random(state, member, neuron)
        detector = self._detector(state, member, neuron)
        network = state.seen.network
        output = int(np.flatnonzero(network.output_networks == member)[0])
        title = f"Neuron {neuron}{network_in_words(state, output)}"
        self.headline.say(shape_in_words(detector, title))
        self.facts.setText("" if detector is None else facts_in_words(state, detector))
        self.facts.setVisible(detector is not None)
        self.outgoing.show_view(outgoing(state, member, neuron))
        self._show_digits(state, member, neuron)
        self.operate.show_state(state, member, neuron)

    def _show_images(self, state: State, member: int, neuron: int) -> None:
        """What moves at 30 pictures a second."""
        network, digits = state.operated_network, state.digits
        weights = np.nan_to_num(network.hidden_weights[member, neuron])
        limit = float(np.abs(weights[digits.inked]).max(initial=0)) or 1.0
        self.weights.show_weights(weights, digits.inked, limit, digits.shape)
        inputs = as_inputs(state.pixels)
        self.evidence.show_weights(weights * inputs, digits.inked, limit, digits.shape)
        bias = float(network.hidden_biases[member, neuron])
        fires = float(state.sure_verdict.activity[member, neuron])
        self.weights.say(f"weights, bias {signed(bias)}: fires {fires:.2f}")
        self.evidence.say(f"on this digit {signed(float(weights @ inputs))}")

    def _show_random(self, state: State, member: int, neuron: int) -> None:
        """The ink and the noise made for it, and weights that chance made as smooth."""
        network, digits = state.operated_network, state.digits
        weights = np.nan_to_num(network.hidden_weights[member, neuron])
        best = firing_most(weights, digits.inked, usual_ink(digits.images[:1000]))
        noise = as_noise(best, digits.inked)
        fires = activity_of(network, member, neuron, np.stack([best, noise])).tolist()
        self.best.show_ink(best, digits.shape)
        self.best.say(f"best ink {fires[0]:.2f}")
        self.noise.show_ink(noise, digits.shape)
        self.noise.say(f"noise {fires[1]:.2f}")
        image = weight_images(weights[None], digits.inked, digits.shape)
        number = np.array([member * network.hidden + neuron])
        chance = random_images(image.pixels, number, 1)[0, 0] * image.mask
        inked = image.mask.reshape(-1)
        flat = chance.reshape(-1).astype(np.float32)
        limit = float(np.abs(flat).max(initial=0)) or 1.0
        self.chance.show_weights(flat, inked, limit, (*digits.shape[:2], 1))
        self.chance.say("chance, as smooth")

    def _show_digits(self, state: State, member: int, neuron: int) -> None:
        """What all test digits do to it."""
        digits, network = state.digits, state.operated_network
        wanted = (digits, network, member, neuron)
        too_many = state.running and len(digits.labels) > MOST_LIVE
        if self._found is None or (self._fired != wanted and not too_many):
            self._fired = wanted
            self._found = fired(
                network, member, neuron, digits.images, digits.labels, digits.classes
            )
        found = self._found
        self.by_class.show_view(by_class(state, found))
        for strip, title, order in (
            (self.most, "fires most on", found.order[:LISTED]),
            (self.least, "fires least on", found.order[::-1][:LISTED]),
        ):
            words = [f"{value:.2f}" for value in found.activity[order].tolist()]
            strip.show_digits(title, digits, order.tolist(), words, state.test_digit)

    def _detector(self, state: State, member: int, neuron: int) -> Detector | None:
        told = self.session.surveyed("detectors")
        if told is None:
            return None
        found: Detectors = told.result
        fits = found.shape == state.seen.network.hidden_biases.shape
        return found.of(member, neuron) if fits else None

    # ---- choosing --------------------------------------------------------------------

    def _move(self, direction: int) -> None:
        state = self.session.state
        _, neuron = self._selected(state)
        self.session.change(neuron=(neuron + direction) % state.seen.network.hidden)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        by = {keys.Key_Left: -1, keys.Key_Right: 1}.get(keys(event.key()))
        if by is not None:
            self._move(by)
        elif event.key() == keys.Key_Backspace:
            self.view_asked.emit("all")
        else:
            super().keyPressEvent(event)
