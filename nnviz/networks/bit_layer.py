"""The exact, untrained layer of the book's exercise: from ten outputs to four bits.

Nielsen, Neural Networks and Deep Learning, chapter 1, exercise: "There is a way of
determining the bitwise representation of a digit by adding an extra layer". The margins are
worst cases under its assumption: the right output at least 1 - `SLACK`, the others less
than `SLACK`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Doubles, Floats
from nnviz.networks.codes import Codes, code_table
from nnviz.words import tr

SLACK = 0.01
"""How far from 0 and 1 the outputs may be: the exercise says 0.99 and 0.01."""
BIT_WEIGHTS: Mapping[str, str] = {
    "plus-minus": tr("+1 and −1"),
    "zero-one": tr("0 and 1, the textbook"),
}
SCALE = 10.0
"""Factor of the weights and biases in use; any positive one gives the same answers."""


@dataclass(frozen=True, eq=False)
class FixedLayer:
    """A layer on top of the outputs that nobody trains."""

    weights: Floats
    """(bits, outputs)"""
    biases: Floats
    """(bits,)"""

    def sums(self, outputs: Floats) -> Floats:
        """(images, outputs) -> (images, bits), weighted sums; a bit is 1 above 0."""
        # exact in float64: a sum of 0 is 0, whatever the order, and its bit is not up to chance
        summed = outputs.astype(np.float64) @ self.weights.T + self.biases
        return summed.astype(np.float32)


def bit_layer(kind: str, classes: int, scale: float = SCALE) -> FixedLayer:
    """The layer with one of BIT_WEIGHTS, whose output i is bit i of the class.

    plus-minus: weight +scale where the bit is set, -scale where not, no bias.
    zero-one: weight scale where the bit is set, bias -scale / 2.
    """
    table = code_table("natural", classes).astype(np.float32)
    if kind == "plus-minus":
        return FixedLayer(scale * table, np.zeros(len(table), np.float32))
    weights = scale * (table > 0).astype(np.float32)
    return FixedLayer(weights, np.full(len(table), -scale / 2, np.float32))


@dataclass(frozen=True, eq=False)
class Guarantee:
    """What a fixed layer of scale 1 promises under the exercise's assumption."""

    margins: Doubles
    """(bits,): how far each weighted sum is at least from 0, on its right side"""

    @property
    def margin(self) -> float:
        """The smallest of them."""
        return float(self.margins.min())

    @property
    def scale(self) -> float:
        """The smallest scale that puts every bit above 0.99 or below 0.01."""
        return math.log((1 - SLACK) / SLACK) / self.margin

    @property
    def scales(self) -> Doubles:
        """(bits,): the same for each bit alone."""
        return math.log((1 - SLACK) / SLACK) / self.margins


def guarantee(kind: str, classes: int = 10, slack: float = SLACK) -> Guarantee:
    """The worst case over all outputs that the assumption allows, for every class.

    The weighted sum is linear in the outputs, so the worst case is a corner: each wrong
    output is 0 or `slack`, whichever hurts more, and the right one 1 - `slack` or 1.
    """
    layer = bit_layer(kind, classes, 1.0)
    weights, biases = layer.weights.astype(float), layer.biases.astype(float)
    signs: Codes = code_table("natural", classes)
    margins = np.full(len(biases), np.inf)
    for label in range(classes):
        toward = signs[:, label, None] * weights  # (bits, outputs), positive helps
        others = np.delete(toward, label, axis=1)
        worst = np.minimum(toward[:, label] * (1 - slack), toward[:, label])
        worst = worst + slack * np.minimum(others, 0).sum(axis=1) + signs[:, label] * biases
        margins = np.minimum(margins, worst)
    return Guarantee(margins)


def met(outputs: Floats, labels: Bytes, slack: float = SLACK) -> Bools:
    """Which digits meet the assumption: (images, outputs), (images,) -> (images,)."""
    rows = np.arange(len(labels))
    right = outputs[rows, labels] >= 1 - slack
    wrong = outputs.copy()
    wrong[rows, labels] = 0
    return right & (wrong < slack).all(axis=1)
