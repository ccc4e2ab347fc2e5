"""What decides between two classes, and where its parts lie."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from nnviz.data.digits import Shape
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import Floats

NEURONS = 4
"""Hidden neurons shown at most."""
CONFUSED = 4
"""Digits shown at most."""
LINE = 26
HEADING, BAR = 34, 30


@dataclass(frozen=True, eq=False)
class Confused:
    """A test digit that the pair says little for."""

    image: int
    """Its number."""
    pixels: NDArray[np.uint8]
    name: str
    """Its class."""
    said: float
    """What the pair says for its class."""


@dataclass(frozen=True, eq=False)
class PairView:
    """What the picture shows."""

    classes: tuple[int, int]
    names: tuple[str, str]
    source: str
    """Who compares the two."""
    beats: float
    """For the first one."""
    shape: Shape
    inked: NDArray[np.bool_]
    pixels: NDArray[np.uint8]
    """(inputs,) of the digit on screen"""
    template: Floats
    """(inputs,), positive for the first one"""
    neurons: tuple[tuple[int, int], ...]
    """Network and number of each hidden neuron shown."""
    weights: Floats
    """(neurons, inputs)"""
    pushes: Floats
    """(neurons,), positive for the first one"""
    fact: str
    """What all test digits say."""
    confused: tuple[Confused, ...]
    trouble: str = ""
    """Why there is no evidence to draw, if so."""


@dataclass(frozen=True)
class PairLayout:
    """Everything in pixels, from top to bottom."""

    large: list[QRectF]
    """The weights, and the weights times the digit"""
    neurons: list[QRectF]
    confused: list[QRectF]
    confused_top: float
    step: float
    """From one confused digit to the next."""

    @property
    def clickable(self) -> list[QRectF]:
        return self.neurons + self.confused


def lay_out(width: float, height: float, theme: Theme, neurons: int, confused: int) -> PairLayout:
    """So large as there is room; images are square."""
    px = theme.px
    gap = px(6)
    room = height - px(HEADING + BAR + 6 * LINE + 22)
    large = min(0.46 * room, (width - px(20)) / 2)
    small = min(0.29 * room, (width - px(8)) / NEURONS - gap)
    digit = min(0.25 * room, (width - px(8)) / CONFUSED - gap)
    first = px(HEADING + BAR + LINE + 8)
    second = first + large + px(2 * LINE + 4)
    third = second + small + px(2 * LINE + 8)
    step = (width - gap) / CONFUSED
    return PairLayout(
        [QRectF((each + 0.5) * width / 2 - large / 2, first, large, large) for each in (0, 1)],
        [QRectF(gap / 2 + each * (small + gap), second, small, small) for each in range(neurons)],
        [QRectF(gap / 2 + each * step, third, digit, digit) for each in range(confused)],
        third,
        step,
    )
