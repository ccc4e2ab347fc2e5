"""Elimination of many digits: all at once as the program does it, and one after the other."""

import numpy as np
from numpy.typing import NDArray

from nnviz.networks.layouts import layout_of
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.questions.accuracy import judge

Bytes = NDArray[np.uint8]


class Grouped:
    """The program's own walk, on images (images, inputs)."""

    def __init__(self, network: Network, design: str, images: Bytes) -> None:
        self._network, self._images = network, images
        self._layout = layout_of(Settings().change(design=design), 10)
        self.answers: NDArray[np.intp] = np.empty(0, np.intp)

    def learn(self, times: int) -> None:
        """Judges all images so many times."""
        for _ in range(times):
            self.answers = judge(self._network, self._layout, self._images, "walk").classes


class OneByOne:
    """Digit by digit: the head of the classes in play, the least likely leaves, and again."""

    def __init__(self, network: Network, images: Bytes) -> None:
        self._images = images
        self._hidden_weights = network.hidden_weights[0]
        self._hidden_biases = network.hidden_biases[0]
        heads = layout_of(Settings().change(design="elimination"), 10).heads
        self._heads = {
            classes: (network.output_weights[outputs], network.output_biases[outputs])
            for classes, outputs in heads.items()
        }
        self.answers: NDArray[np.intp] = np.empty(0, np.intp)

    def learn(self, times: int) -> None:
        """Judges all images so many times."""
        for _ in range(times):
            self.answers = np.array([self._answer(image) for image in self._images])

    def _answer(self, image: Bytes) -> int:
        inputs = image * np.float32(1 / 255)
        activity = 1 / (1 + np.exp(-(self._hidden_weights @ inputs + self._hidden_biases)))
        in_play = tuple(range(10))
        while len(in_play) > 1:
            weights, biases = self._heads[in_play]
            sums = weights @ activity + biases
            powers = np.exp(sums - sums.max())
            least = int((powers / powers.sum()).argmin())
            in_play = in_play[:least] + in_play[least + 1 :]
        return in_play[0]
