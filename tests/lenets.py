"""LeNets at random, and the networks and files that are made of them."""

from typing import Any

import numpy as np

from nnviz.data.digits import GREY, Shape
from nnviz.data.handed import Handed, kind_of
from nnviz.networks.curves import Position
from nnviz.networks.designs import COSTS
from nnviz.networks.files import TrainedNetwork
from nnviz.networks.front import feature_count
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.lenet import FILTERS, SIDE, Lenet
from nnviz.networks.lenet_networks import network_of_lenets
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings

FEW = 6
"""Hidden neurons: as many as 256 show, and quicker made."""


def random_lenet(outputs: int, seed: int = 0, shape: Shape = GREY, hidden: int = FEW) -> Lenet:
    """Weights about as large as learning leaves them."""
    draw = np.random.default_rng(seed).standard_normal
    first, second = FILTERS

    def weights(*size: int) -> np.ndarray:
        return (draw(size) / np.sqrt(np.prod(size[1:]))).astype(np.float32)

    def biases(size: int) -> np.ndarray:
        return (0.1 * draw(size)).astype(np.float32)

    return Lenet(
        weights(first, shape[2], SIDE, SIDE),
        biases(first),
        weights(second, first, SIDE, SIDE),
        biases(second),
        weights(hidden, feature_count(shape, second)),
        biases(hidden),
        weights(outputs, hidden),
        biases(outputs),
    )


def settings_of(design: str, **changes: Any) -> Settings:
    """Of a network of LeNets."""
    return Settings().change(design=design, **{"hidden": FEW, "activation": "relu"} | changes)


def models_of(layout: Layout, shape: Shape = GREY, pairs: bool = True) -> list[Lenet]:
    """A model for each question; a pair's has two outputs."""
    sizes = np.bincount(layout.groups).tolist()
    return [
        random_lenet(2 if pairs and size == 1 else size, seed, shape)
        for seed, size in enumerate(sizes)
    ]


def network_of(settings: Settings, classes: int, shape: Shape = GREY) -> Network:
    """LeNets at random, laid out as the settings say."""
    layout, activation = layout_of(settings, classes), COSTS[settings.cost].output_activation
    shared = settings.trunk == "frozen"
    return network_of_lenets(models_of(layout, shape), layout, shared, activation)


def trained_lenets(
    settings: Settings, names: tuple[str, ...] = tuple("0123456789"), digits: str = "bundled"
) -> TrainedNetwork:
    """Such a network with the story of a study's trial."""
    handed = Handed(digits, names, 400, kind=kind_of(digits))
    position = Position(2, 0, 800, 80, 1.5)
    network = network_of(settings, len(names))
    return TrainedNetwork(
        network, settings, names, digits, 400, 100, "", position, (), handed=handed
    )
