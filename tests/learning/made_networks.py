"""Networks made for a purpose: they say given outputs, or are cut out of another one."""

import numpy as np

from nnviz.networks.designs import COSTS
from nnviz.networks.files import TrainedNetwork, load
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.network import Network, as_inputs, hidden_activity, outputs_of
from nnviz.networks.settings import Settings
from nnviz.paths import TRAINED
from nnviz.verdicts.evidence import Evidence


def layout(design: str, classes: int = 10) -> Layout:
    return layout_of(Settings().change(design=design), classes)


def output_activation(design: str) -> str:
    return COSTS[Settings().change(design=design).cost].output_activation


def saying(design: str, outputs: np.ndarray, classes: int = 10) -> Evidence:
    """Evidence of given outputs (images, outputs); those of a softmax become shares.

    Each image has a hidden neuron of its own, so that one image is the same number for
    number as that image among many.
    """
    made, activation = layout(design, classes), output_activation(design)
    with np.errstate(divide="ignore"):
        sums = np.log(outputs)
        if activation == "sigmoid":
            sums -= np.log(1 - outputs)
    sums = np.clip(sums, -50, 50).astype(np.float32)
    images = len(outputs)
    network = Network(
        np.zeros((1, images, 4), np.float32),
        np.zeros((1, images), np.float32),
        np.ascontiguousarray(sums.T),
        np.zeros(len(made.table), np.float32),
        np.zeros(len(made.table), np.intp),
        made.groups.copy(),
        "sigmoid",
        activation,
    )
    return Evidence(network, made, np.eye(images, dtype=np.float32)[:, None])


def any_outputs(design: str, seed: int, levels: int, classes: int = 10, images: int = 4):
    """Random outputs of so many levels from 0 to 1; few levels mean many ties."""
    shape = images, len(layout(design, classes).table)
    return np.random.default_rng(seed).integers(0, levels + 1, shape) / levels


def one_of(evidence: Evidence, image: int) -> Evidence:
    return Evidence(evidence.network, evidence.layout, evidence.activity[image : image + 1])


def shipped(name: str) -> TrainedNetwork:
    """One of the networks that come with the program."""
    return load(TRAINED / f"{name}.safetensors")


def shipped_base() -> Network:
    """The ten-output softmax network that comes with the program."""
    return shipped("ten-outputs").network


def random_pairs(seed: int, levels: int, images: int = 50, classes: int = 10) -> np.ndarray:
    """Random r (images, classes, classes) of so many levels; few mean ties and certainties."""
    upper = np.random.default_rng(seed).integers(0, levels + 1, (images, classes, classes)) / levels
    upper = np.triu(upper, 1)
    return upper + np.tril(1 - upper.swapaxes(1, 2), -1)


def cut_out(base: Network, design: str, noise: float = 0.0) -> Network:
    """Heads or pairs that are the base network restricted to their classes, or nearly so."""
    made = layout(design)
    own, rival = made.table.argmax(axis=1), made.table.argmin(axis=1)
    weights, biases = base.output_weights[own], base.output_biases[own]
    if not made.heads:
        weights, biases = weights - base.output_weights[rival], biases - base.output_biases[rival]
    moved = noise * np.random.default_rng(0).standard_normal(weights.shape)
    return Network(
        base.hidden_weights.copy(),
        base.hidden_biases.copy(),
        (weights + moved).astype(np.float32),
        biases.copy(),
        np.zeros(len(own), np.intp),
        made.groups.copy(),
        "sigmoid",
        output_activation(design),
    )


def outputs_for_images(network: Network, images: np.ndarray) -> np.ndarray:
    """Pixels (images, inputs) 0..255 -> (images, outputs) in 0..1."""
    return outputs_of(network, hidden_activity(network, as_inputs(images)))
