"""The usual ways to train networks of one output each: one after the other."""

import warnings
from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from torch import Tensor, nn

from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import Network, as_inputs
from nnviz.networks.settings import Settings
from tests.speed.learners.autograd import endless, module
from tests.speed.learners.scikit import plain_descent

SKLEARN_STEPS = 400
"""Steps of each network in one fit: few of them would hide in what a fit does once."""


class LoopOfAutograd:
    """A module, an optimizer and a DataLoader for each network; each takes a step in turn."""

    def __init__(self, digits: DigitSet, settings: Settings, network: Network) -> None:
        inputs = torch.from_numpy(digits.train_images).float() / 255
        labels = digits.train_labels
        layout = layout_of(settings, digits.classes)
        self._cost = nn.BCEWithLogitsLoss()
        self._networks: list[_Alone] = []
        for output, own in enumerate(layout.networks.tolist()):
            rows = np.flatnonzero(layout.asked[output, labels])
            targets = torch.from_numpy(layout.table[output, labels[rows]] > 0).float()
            model = module(network, own, [output])
            optimizer = torch.optim.SGD(model.parameters(), lr=settings.rate)
            batches = endless(inputs[rows], targets[:, None], settings.batch)
            self._networks.append((model, optimizer, batches))

    def learn(self, steps: int) -> None:
        for _ in range(steps):
            for model, optimizer, batches in self._networks:
                inputs, targets = next(batches)
                optimizer.zero_grad()
                cost = self._cost(model(inputs), targets)
                cost.backward()
                optimizer.step()


_Alone = tuple[nn.Module, torch.optim.Optimizer, Iterator[tuple[Tensor, ...]]]


class SeparateScikit:
    """scikit-learn's wrapper for one network per class or per pair of classes.

    One fit gives each network SKLEARN_STEPS steps on average: the digits are repeated until
    there are enough for that.
    """

    def __init__(self, digits: DigitSet, settings: Settings, _network: Network) -> None:
        layout = layout_of(settings, digits.classes)
        alone = plain_descent(settings).set_params(max_iter=1)
        wrapper = OneVsRestClassifier if layout.asks_all else OneVsOneClassifier
        self.model = wrapper(alone)
        asked_share = layout.asked.mean()
        wanted = round(SKLEARN_STEPS * settings.batch / asked_share)
        rows = np.resize(np.arange(len(digits.train_labels)), wanted)
        self._inputs: NDArray[np.float32] = as_inputs(digits.train_images[rows])
        self._labels = digits.train_labels[rows]

    def learn(self, steps: int) -> None:
        """Raises ValueError for steps that are no whole number of fits."""
        if steps % SKLEARN_STEPS:
            raise ValueError(f"scikit-learn fits {SKLEARN_STEPS} steps at once")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # one pass is what is asked
            for _ in range(steps // SKLEARN_STEPS):
                self.model.fit(self._inputs, self._labels)
