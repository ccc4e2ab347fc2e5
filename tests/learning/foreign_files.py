"""Networks as other programs keep them, trained here without any, and what they answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import safetensors.numpy

from nnviz.data.digits import bundled_digits
from nnviz.networks.files import TrainedNetwork
from nnviz.networks.network import as_inputs, hidden_activity, outputs_of

HIDDEN = 60
SCALES = {
    "0..1": lambda pixels: pixels,
    "0..255": lambda pixels: 255 * pixels,
    "-1..1": lambda pixels: 2 * pixels - 1,
    "0.1307/0.3081": lambda pixels: (pixels - 0.1307) / 0.3081,
    "1..0": lambda pixels: 1 - pixels,
}
FIRES = {
    "sigmoid": lambda sums: 1 / (1 + np.exp(-sums)),
    "tanh": np.tanh,
    "relu": lambda sums: np.maximum(sums, 0),
}


@dataclass(frozen=True, eq=False)
class Net:
    """Weights (outputs, inputs) and biases of two layers."""

    w1: Any
    b1: Any
    w2: Any
    b2: Any
    activation: str
    scaling: str
    turned: bool = False

    def sums(self, images: Any) -> Any:
        """(images, 784) 0..255 -> (images, 10)"""
        if self.turned:
            images = images.reshape(-1, 28, 28).transpose(0, 2, 1).reshape(-1, 784)
        inputs = SCALES[self.scaling](images / 255)
        hidden = FIRES[self.activation](inputs @ self.w1.T + self.b1)
        return hidden @ self.w2.T + self.b2

    @property
    def arrays(self) -> dict[str, Any]:
        """As torch names and turns them."""
        named = {"0.weight": self.w1, "0.bias": self.b1, "2.weight": self.w2, "2.bias": self.b2}
        return {name: np.array(each, np.float32, order="C") for name, each in named.items()}


@cache
def net(
    activation: str = "relu",
    scaling: str = "0..1",
    turned: bool = False,
    outputs: str = "softmax",
    hidden: int = HIDDEN,
) -> Net:
    """A random hidden layer, and the outputs that come closest to the labels: they read most."""
    digits, chance = bundled_digits(), np.random.default_rng(3)
    gain = {"0..255": 1 / 255, "-1..1": 0.5, "0.1307/0.3081": 0.3}.get(scaling, 1)
    w1 = chance.normal(size=(hidden, 784)) * 0.15 * gain
    b1 = chance.normal(size=hidden) * 0.3
    # the identity stands for the outputs, so that their sums are the activity
    first = Net(w1, b1, np.eye(hidden), np.zeros(hidden), activation, scaling, turned)
    active = first.sums(digits.train_images[:2000])
    known = np.column_stack([active, np.ones(len(active))])
    wanted = 8 * np.eye(10)[digits.train_labels[:2000]] - (4 if outputs == "sigmoid" else 0.8)
    most = known.T @ known + 1e-3 * np.trace(known.T @ known) / len(known.T) * np.eye(hidden + 1)
    found = np.linalg.solve(most, known.T @ wanted).T
    return Net(w1, b1, found[:, :-1], found[:, -1], activation, scaling, turned)


def sums_here(trained: TrainedNetwork, images: Any) -> Any:
    """Shares of the outputs (images, 10) as the program works them out."""
    return outputs_of(trained.network, hidden_activity(trained.network, as_inputs(images)))


def softmax(sums: Any) -> Any:
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def write(path: Path, arrays: Mapping[str, Any]) -> Path:
    """A file of the kind that its name says."""
    if path.suffix == ".npz":
        with path.open("wb") as file:
            np.savez(file, **arrays)
    elif path.suffix == ".json":
        path.write_text(json.dumps({name: each.tolist() for name, each in arrays.items()}))
    else:
        contiguous = {name: np.ascontiguousarray(each) for name, each in arrays.items()}
        safetensors.numpy.save_file(contiguous, path, {"format": "pt"})
    return path


def of_the_book(made: Net, **changes: Any) -> str:
    """What `Network.save` of network2.py writes."""
    content: dict[str, Any] = {
        "sizes": [784, len(made.b1), 10],
        "weights": [made.w1.tolist(), made.w2.tolist()],
        "biases": [[[each] for each in row.tolist()] for row in (made.b1, made.b2)],
        "cost": "CrossEntropyCost",
    }
    return json.dumps(content | changes)
