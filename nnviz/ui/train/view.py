"""What the picture of a network shows."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import Shape
from nnviz.ui.kit.weight_images import Floats


@dataclass(frozen=True, eq=False)
class NetworkView:
    """What the picture shows."""

    pixels: NDArray[np.uint8]
    """(inputs,): the digit"""
    shape: Shape
    """(height, width, channels) of the digit and the weight images"""
    neurons: NDArray[np.intp]
    """(tiles,): the hidden neurons shown, of all `hidden`"""
    hidden: int
    network: str
    """Which of several networks is shown, or nothing"""
    outputs_title: str
    weights: Floats
    """(tiles, inputs)"""
    limit: float | Floats
    """End of the colour scale, shared or (tiles, 1)"""
    inked: NDArray[np.bool_]
    activity: Floats
    """(tiles,) in -1..1: how strongly each one fires"""
    contributions: Floats
    """(tiles,): weight x activity for the output that is drawn"""
    lines: tuple[int, ...]
    """Tiles whose contribution is drawn as a line ..."""
    amounts: tuple[float, ...]
    """... so thick"""
    outputs: Floats
    """(outputs,) in 0..1"""
    percents: tuple[str, ...]
    """What is written beside each output"""
    names: tuple[str, ...]
    strong: frozenset[int]
    """Rows of outputs that make the answer"""
    marks: tuple[bool | None, ...]
    """For each row whether it is right, where it says anything of the answer or the label"""
    shown_output: int
    selected: int | None
    """Number of the selected neuron"""
    dense: bool
    sentence: str
    """What a person would say of it"""

    @property
    def still(self) -> tuple[Any, ...]:
        """What does not move at 30 pictures a second: all but the weights. Drawing it is most of
        the work."""
        return (
            *(self.pixels, self.shape, self.neurons, self.hidden, self.network),
            *(self.outputs_title, self.lines, self.amounts, self.activity, self.outputs),
            *(self.percents, self.names, self.strong, self.marks, self.shown_output, self.dense),
            *(self.contributions, self.selected),
        )

    def tile_of(self, neuron: int | None) -> int | None:
        """Where a neuron is shown, if it is."""
        found = np.flatnonzero(self.neurons == neuron)
        return int(found[0]) if len(found) else None
