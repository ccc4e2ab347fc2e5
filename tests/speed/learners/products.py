"""The two products with the hidden weights, and nothing else of a step."""

import torch

from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.training.with_torch.learner import make_step
from nnviz.training.with_torch.side_by_side import SideBySide


class OnlyProducts:
    """What no step with dense products can go below, on numbers of the same shapes."""

    def __init__(self, digits: DigitSet, settings: Settings, network: Network) -> None:
        learner = make_step(network, settings, layout_of(settings, digits.classes))
        own = isinstance(learner, SideBySide)
        self._weights = learner.first.transpose(1, 2) if own else learner.first[None]
        networks, rows, units = self._weights.shape
        self._images = torch.rand(networks, settings.batch, rows)
        self._activity = torch.rand(networks, settings.batch, units)

    def learn(self, steps: int) -> None:
        weights, images, activity = self._weights, self._images, self._activity
        images_turned = images.transpose(1, 2)
        with torch.inference_mode():
            for _ in range(steps):
                torch.bmm(images, weights, out=activity)
                weights.baddbmm_(images_turned, activity, alpha=-1e-9)
