"""A LeNet the usual way in torch: nn.Module, autograd, Adadelta and DataLoader."""

from itertools import islice

import numpy as np
import torch
from torch import nn

from nnviz.data.digits import DigitSet
from tests.speed.learners.autograd import endless

BATCH = 128


class UsualLenet:
    """Learns with all its weights, or `frozen` with the output layer alone, which is what
    becomes of a loop over heads that sets requires_grad."""

    def __init__(self, digits: DigitSet, frozen: bool) -> None:
        height, width, channels = digits.shape
        images = torch.from_numpy(digits.train_images).view(-1, height, width, channels)
        inputs = images.permute(0, 3, 1, 2).contiguous().float() / 255
        labels = torch.from_numpy(digits.train_labels.astype(np.int64))
        features = 64 * ((height - 4) // 2) * ((width - 4) // 2)
        trunk = nn.Sequential(
            *(nn.Conv2d(channels, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU()),
            *(nn.MaxPool2d(2), nn.Flatten(), nn.Dropout(0.25)),
            *(nn.Linear(features, 256), nn.ReLU(), nn.Dropout(0.5)),
        )
        trunk.requires_grad_(not frozen)
        self._model = nn.Sequential(trunk, nn.Linear(256, digits.classes))
        self._cost = nn.CrossEntropyLoss()
        learns = [each for each in self._model.parameters() if each.requires_grad]
        self._optimiser = torch.optim.Adadelta(learns, lr=1.0, rho=0.95, eps=1e-7)
        self._batches = endless(inputs, labels, BATCH)

    def learn(self, steps: int) -> None:
        for inputs, labels in islice(self._batches, steps):
            self._optimiser.zero_grad()
            cost = self._cost(self._model(inputs), labels)
            cost.backward()
            self._optimiser.step()
