"""One neuron in pictures: its weights, alone and on the digit, and what chance would make."""

import numpy as np
from PySide6.QtWidgets import QGridLayout, QWidget

from nnviz.networks.network import as_inputs
from nnviz.questions.detectors.inputs import activity_of, as_noise, firing_most, usual_ink
from nnviz.questions.detectors.shapes import random_images, weight_images
from nnviz.ui.detectors import words
from nnviz.ui.detectors.neurons_shown import NeuronsSeen
from nnviz.ui.kit.image_panel import ImagePanel
from nnviz.ui.kit.layout import dress
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import Floats
from nnviz.ui.pages.output_words import signed
from nnviz.words import number

ASKED_FOR_INK = 1000
"""Test digits whose mean ink is what a usual digit has."""
PLACES = ((0, 0, 2, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1))
"""Row, column and how many of them each picture takes."""


class NeuronPictures(QWidget):
    """The weights large; at their right four smaller images."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        panels = [ImagePanel(theme, title=name, tip=tip) for name, tip in words.IMAGES.values()]
        self.weights, self.evidence, self.chance, self.best, self.noise = panels
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for panel, place in zip(panels, PLACES, strict=True):
            self._grid.addWidget(panel, *place)
        for column, stretch in enumerate((27, 15, 15)):
            self._grid.setColumnStretch(column, stretch)
        for row in (0, 1):
            self._grid.setRowStretch(row, 1)

    def use_theme(self, theme: Theme) -> None:
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setVerticalSpacing(theme.px(4))
        dress(self, theme)

    def show_moving(self, view: NeuronsSeen, member: int, neuron: int) -> None:
        """What moves at 30 pictures a second."""
        network, digits = view.network, view.digits
        weights = np.nan_to_num(network.hidden_weights[member, neuron])
        limit = largest(weights[digits.inked])
        self.weights.show_weights(weights, digits.inked, limit, digits.shape)
        inputs = as_inputs(view.pixels)
        self.evidence.show_weights(weights * inputs, digits.inked, limit, digits.shape)
        bias = signed(float(network.hidden_biases[member, neuron]))
        activity = number(float(view.verdict.activity[member, neuron]), 2)
        self.weights.fill(words.WEIGHTS_TITLES, bias=bias, amount=activity)
        self.evidence.fill(words.EVIDENCE_TITLES, sum=signed(float(weights @ inputs)))

    def show_random(self, view: NeuronsSeen, member: int, neuron: int) -> None:
        """The ink and the noise made for it, and weights that chance made as smooth."""
        network, digits = view.network, view.digits
        weights = np.nan_to_num(network.hidden_weights[member, neuron])
        ink = usual_ink(digits.images[:ASKED_FOR_INK])
        best = firing_most(weights, digits.inked, ink)
        noise = as_noise(best, digits.inked)
        fires = activity_of(network, member, neuron, np.stack([best, noise])).tolist()
        self.best.show_ink(best, digits.shape)
        self.best.fill(words.BEST_TITLES, amount=number(fires[0], 2))
        self.noise.show_ink(noise, digits.shape)
        self.noise.fill(words.NOISE_TITLES, amount=number(fires[1], 2))
        image = weight_images(weights[None], digits.inked, digits.shape)
        place = np.array([member * network.hidden + neuron])
        chance = random_images(image.pixels, place, 1)[0, 0] * image.mask
        flat = chance.reshape(-1).astype(np.float32)
        inked = image.mask.reshape(-1)
        self.chance.show_weights(flat, inked, largest(flat), (*digits.shape[:2], 1))
        self.chance.say(*words.CHANCE)


def largest(weights: Floats) -> float:
    """The end of the colour scale of one image."""
    return float(np.abs(weights).max(initial=0)) or 1.0
