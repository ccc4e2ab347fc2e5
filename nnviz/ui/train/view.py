"""What the picture of a network shows."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import Shape
from nnviz.ui.kit.weight_images import Floats


@dataclass(frozen=True)
class WordView:
    """The bits as one word, and what it means."""

    bits: tuple[str, ...]
    """0, 1, or "?" while the answer is hidden"""
    wrong: tuple[int, ...] = ()
    """Places of bits that have a ring"""
    means: str = ""
    """The class whose word it is"""
    number: str = ""
    """What no class's word writes as a number"""
    not_a_digit: str = ""
    """Said where no class has this word"""
    nearest: tuple[str, str] | None = None
    """The nearest word and its class, there"""
    remark: str = ""
    """What else is said below"""
    framed: str = ""
    """Which of these fields is the answer"""
    sentence: str = ""

    @property
    def lines(self) -> int:
        """Below the word."""
        return sum(bool(each) for each in (self.not_a_digit, self.nearest, self.remark))


@dataclass(frozen=True)
class LayerView:
    """The fixed layer behind the outputs."""

    names: tuple[str, ...]
    """Of the bits"""
    bits: tuple[str, ...]
    """0, 1, or "?" while the answer is hidden"""
    percents: tuple[str, ...]
    marks: tuple[bool | None, ...]
    up: tuple[tuple[bool, ...], ...]
    """For each bit, whether it is set in the word of each output"""
    amounts: tuple[tuple[int, ...], ...]
    """The thickness of each line, 0 for hardly any"""


@dataclass(frozen=True, eq=False)
class NetworkView:
    """What the picture shows."""

    pixels: NDArray[np.uint8]
    """(inputs,): the digit"""
    shape: Shape
    """(height, width, channels) of the digit and the weight images"""
    neurons: NDArray[np.intp]
    """(tiles,): the hidden neurons shown"""
    heading: tuple[str, str]
    """Over them, in full and in short"""
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
    framed: int | None
    """The row that is the answer"""
    marks: tuple[bool | None, ...]
    """For each row whether it is right, where it says anything of the answer or the label"""
    shown_output: int
    drawn: bool
    """Whether the row whose contributions are drawn is told apart from the others"""
    selected: int | None
    """Number of the selected neuron"""
    dense: bool
    sentence: str
    """What a person would say of it"""
    large: bool = False
    """As it is shown to a room"""
    word: WordView | None = None
    layer: LayerView | None = None

    @property
    def still(self) -> tuple[Any, ...]:
        """What does not move at 30 pictures a second: all but the weights. Drawing it is most of
        the work."""
        return (
            *(self.pixels, self.shape, self.neurons, self.heading),
            *(self.outputs_title, self.lines, self.amounts, self.activity, self.outputs),
            *(self.percents, self.names, self.strong, self.marks, self.shown_output, self.dense),
            *(self.contributions, self.selected, self.framed, self.drawn, self.large, self.word),
            self.layer,
        )

    def tile_of(self, neuron: int | None) -> int | None:
        """Where a neuron is shown, if it is."""
        found = np.flatnonzero(self.neurons == neuron)
        return int(found[0]) if len(found) else None
