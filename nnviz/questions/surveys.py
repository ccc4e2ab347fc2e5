"""What all test digits say together: long readings, a block of digits at a time.

A new survey is one entry in `SURVEYS`. The training process works on it between slices of
learning, so the window never waits.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import shape_of
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.questions.bits import survey_bit_layer, survey_bits
from nnviz.questions.detectors.measures import Detectors, measuring
from nnviz.questions.detectors.shapes import weight_images
from nnviz.questions.detectors.strokes import Shapes, shapes_of
from nnviz.questions.elimination import departures_survey, savings_survey
from nnviz.questions.kept_activity import KeptActivity
from nnviz.questions.outputs import survey_outputs
from nnviz.questions.piecemeal import at_once, silently
from nnviz.questions.votes import survey_votes
from nnviz.verdicts.answers import Options

Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Survey:
    """Ask all test digits."""

    name: str
    """One of SURVEYS; after a colon a name for one of several networks that are asked."""
    run: int
    """Whose network it is."""
    network: Network
    settings: Settings
    examples: int
    """Training digits that it has seen."""
    options: Options = Options()
    reading: str = ""
    """One of READINGS, for what is asked by any ("": the usual one of the design)"""


Working = Generator[None, None, Any]
"""Yields after every block and returns the result, a frozen value."""
Asking = Callable[[Network, Layout, Bytes, Bytes, Options], Working]
"""(network, layout, images (images, inputs) 0..255, labels (images,), options)"""
AskingMore = Callable[[Survey, Layout, Bytes, Bytes, Mask], Working]
"""(what was asked, layout, images, labels, inked (inputs,), see `DigitSet.inked`)"""


def _plainly(ask: Asking) -> AskingMore:
    return lambda asked, layout, images, labels, _: ask(
        asked.network, layout, images, labels, asked.options
    )


def survey_detectors(
    asked: Survey, layout: Layout, images: Bytes, labels: Bytes, inked: Mask
) -> Generator[None, None, Detectors]:
    """Measures the hidden neurons (see `detectors`)."""
    reading = asked.reading or DESIGNS[asked.settings.design].readings[0]
    kept = KeptActivity(asked.network, layout, reading, images, labels, asked.options)
    return (yield from silently(measuring(kept, inked, shape_of(asked.network.inputs))))


def survey_shapes(
    asked: Survey, _layout: Layout, _images: Bytes, _labels: Bytes, inked: Mask
) -> Generator[None, None, Shapes]:
    """Measures the weight images alone; no digit is asked."""
    weights = asked.network.hidden_weights.reshape(-1, asked.network.inputs)
    images = weight_images(weights, inked, shape_of(asked.network.inputs))
    return (yield from shapes_of(images))


SURVEYS: Mapping[str, AskingMore] = {
    "votes": _plainly(survey_votes),
    "departures": _plainly(departures_survey),
    "savings": _plainly(savings_survey),
    "exercise": _plainly(survey_bit_layer),
    "bits": _plainly(survey_bits),
    "detectors": survey_detectors,
    "outputs": _plainly(survey_outputs),
    "shapes": survey_shapes,
}


@dataclass(frozen=True, eq=False)
class Surveyed:
    """The answer to a Survey."""

    name: str
    run: int
    options: Options
    examples: int
    """Training digits that the network had seen."""
    result: Any
    reading: str = ""


def surveying(
    asked: Survey, classes: int, images: Bytes, labels: Bytes, inked: Mask
) -> Generator[None, None, Surveyed]:
    """Works on a survey, yielding after every block."""
    layout = layout_of(asked.settings, classes)
    result = yield from SURVEYS[asked.name.partition(":")[0]](asked, layout, images, labels, inked)
    return Surveyed(asked.name, asked.run, asked.options, asked.examples, result, asked.reading)


def surveyed_now(
    asked: Survey, classes: int, images: Bytes, labels: Bytes, inked: Mask | None = None
) -> Surveyed:
    """The answer to a survey, at once; without `inked` all pixels count as carrying ink."""
    if inked is None:
        inked = np.ones(images.shape[1], np.bool_)
    return at_once(surveying(asked, classes, images, labels, inked))
