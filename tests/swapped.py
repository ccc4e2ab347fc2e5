"""A network like the one that comes with the program, but with two classes exchanged: what it says
follows from what that one says."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.networks.files import load, save
from nnviz.networks.network import Network, hidden_activity
from nnviz.paths import TRAINED

FOUR, NINE = 4, 9


def swapped_file(folder: Path, name: str = "swapped.safetensors") -> Path:
    """Saves it; it learned from the same digits."""
    trained = load(TRAINED / "ten-outputs.safetensors")
    order = np.arange(10)
    order[[FOUR, NINE]] = NINE, FOUR
    network = trained.network
    weights, biases = network.output_weights[order], network.output_biases[order]
    path = folder / name
    other = replace(network, output_weights=weights, output_biases=biases)
    save(replace(trained, network=other, points=(), film=type(trained.film)()), path)
    return path


def said_by(network: Network, images: NDArray[np.uint8]) -> NDArray[np.intp]:
    """(images,): the strongest of ten outputs, worked out here."""
    active = hidden_activity(network, images.astype(np.float32) / 255)[:, 0]
    found: NDArray[np.intp] = (active @ network.output_weights.T + network.output_biases).argmax(1)
    return found
