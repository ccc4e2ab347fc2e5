"""What all test digits say together: long readings, a block of digits at a time.

A new survey is one entry in `SURVEYS`. The training process works on it between slices of
learning, so the window never waits.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.learning.answers import Options
from nnviz.learning.bit_surveys import survey_bit_layer, survey_bits
from nnviz.learning.layouts import Layout, layout_of
from nnviz.learning.network import Network
from nnviz.learning.neuron_survey import survey_neurons
from nnviz.learning.settings import Settings
from nnviz.learning.vote_survey import survey_votes
from nnviz.learning.walk_survey import departures_survey, savings_survey

Bytes = NDArray[np.uint8]
Asking = Callable[[Network, Layout, Bytes, Bytes, Options], Generator[None, None, Any]]
"""(network, layout, images (images, inputs) 0..255, labels (images,), options); yields after
every block and returns the result, a frozen value."""

SURVEYS: Mapping[str, Asking] = {
    "votes": survey_votes,
    "departures": departures_survey,
    "savings": savings_survey,
    "bit-layer": survey_bit_layer,
    "bits": survey_bits,
    "neurons": survey_neurons,
}


@dataclass(frozen=True, eq=False)
class Survey:
    """Ask all test digits."""

    name: str
    """One of SURVEYS."""
    run: int
    """Whose network it is."""
    network: Network
    settings: Settings
    examples: int
    """Training digits that it has seen."""
    options: Options = Options()


@dataclass(frozen=True, eq=False)
class Surveyed:
    """The answer to a Survey."""

    name: str
    run: int
    options: Options
    examples: int
    """Training digits that the network had seen."""
    result: Any


def surveyed_now(asked: Survey, classes: int, images: Bytes, labels: Bytes) -> Surveyed:
    """The answer to a survey, at once."""
    layout = layout_of(asked.settings, classes)
    asking = SURVEYS[asked.name](asked.network, layout, images, labels, asked.options)
    while True:
        try:
            next(asking)
        except StopIteration as done:
            return Surveyed(asked.name, asked.run, asked.options, asked.examples, done.value)
