"""One neuron in pictures: its weights, alone and on the digit, and what chance would make."""

import numpy as np
from PySide6.QtWidgets import QGridLayout, QWidget

from nnviz.networks.network import as_inputs
from nnviz.questions.detectors.inputs import activity_of, as_noise, firing_most, usual_ink
from nnviz.questions.detectors.shapes import random_images, weight_images
from nnviz.ui.detectors.neurons_shown import NeuronsSeen, signed
from nnviz.ui.kit.image_panel import ImagePanel
from nnviz.ui.kit.theme import Theme

ASKED_FOR_INK = 1000
"""Test digits whose mean ink is what a usual digit has."""


class NeuronImages(QWidget):
    """The weights large; at their right four smaller images."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
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
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self.weights, 0, 0, 2, 1)
        for panel, row, column in (
            (self.evidence, 0, 1),
            (self.chance, 0, 2),
            (self.best, 1, 1),
            (self.noise, 1, 2),
        ):
            self._grid.addWidget(panel, row, column)
        for column, stretch in enumerate((27, 15, 15)):
            self._grid.setColumnStretch(column, stretch)
        for row in (0, 1):
            self._grid.setRowStretch(row, 1)

    def use_theme(self, theme: Theme) -> None:
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setVerticalSpacing(theme.px(4))
        for panel in (self.weights, self.evidence, self.best, self.noise, self.chance):
            panel.use_theme(theme)

    def show_moving(self, view: NeuronsSeen, member: int, neuron: int) -> None:
        """What moves at 30 pictures a second."""
        network, digits = view.network, view.digits
        weights = np.nan_to_num(network.hidden_weights[member, neuron])
        limit = float(np.abs(weights[digits.inked]).max(initial=0)) or 1.0
        self.weights.show_weights(weights, digits.inked, limit, digits.shape)
        inputs = as_inputs(view.pixels)
        self.evidence.show_weights(weights * inputs, digits.inked, limit, digits.shape)
        bias = signed(float(network.hidden_biases[member, neuron]))
        fires = f"fires {float(view.verdict.activity[member, neuron]):.2f}"
        self.weights.say(f"weights, bias {bias}: {fires}", f"bias {bias}: {fires}", fires)
        sums = signed(float(weights @ inputs))
        self.evidence.say(f"on this digit {sums}", f"digit {sums}", sums)

    def show_random(self, view: NeuronsSeen, member: int, neuron: int) -> None:
        """The ink and the noise made for it, and weights that chance made as smooth."""
        network, digits = view.network, view.digits
        weights = np.nan_to_num(network.hidden_weights[member, neuron])
        ink = usual_ink(digits.images[:ASKED_FOR_INK])
        best = firing_most(weights, digits.inked, ink)
        noise = as_noise(best, digits.inked)
        fires = activity_of(network, member, neuron, np.stack([best, noise])).tolist()
        self.best.show_ink(best, digits.shape)
        self.best.say(f"best ink {fires[0]:.2f}", f"best {fires[0]:.2f}")
        self.noise.show_ink(noise, digits.shape)
        self.noise.say(f"noise {fires[1]:.2f}", f"{fires[1]:.2f}")
        image = weight_images(weights[None], digits.inked, digits.shape)
        number = np.array([member * network.hidden + neuron])
        chance = random_images(image.pixels, number, 1)[0, 0] * image.mask
        inked = image.mask.reshape(-1)
        flat = chance.reshape(-1).astype(np.float32)
        limit = float(np.abs(flat).max(initial=0)) or 1.0
        self.chance.show_weights(flat, inked, limit, (*digits.shape[:2], 1))
        self.chance.say("chance, as smooth", "by chance", "chance")
