"""What bits, ten outputs and hidden neurons say of the bundled digits."""

from functools import cache

import numpy as np

from nnviz.data.arrays import Bools, Indices
from nnviz.networks.bit_layer import guarantee
from nnviz.networks.book_zero import Counted, Trial, counted, mean_zero, moved, zero_detector
from nnviz.networks.codes import code_table
from nnviz.networks.network import as_inputs
from nnviz.questions.detectors.measures import Detectors, MeasureNeurons
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Subject
from nnviz.verdicts.evidence import evidence_of
from tests.lectures.facts import (
    CLASSES,
    TESTED,
    YES,
    answers,
    answers_without,
    bits_apart,
    digits,
    labels,
    layout,
    right,
    test_labels,
    trained,
)
from tests.lectures.facts import said as asked
from tests.lectures.finds import BITS, TEN, layer_reads
from tests.lectures.measured import gains, mean

STUDY = "ten-or-four"
SIX, FOUR, THREE, FIVE = 9, 410, 497, 582
"""Digits that are shown"""
GAP = 16
"""The neuron that watches the gap of a 3"""


# ---- what four bits and ten outputs say ------------------------------------------------


@cache
def apart(name: str, images: int) -> tuple[int, ...]:
    """How many mistakes are one, two, three and four bits apart."""
    given, own = answers(name)[:images], labels()[:images]
    wrong = given != own
    return tuple(np.bincount(bits_apart(given[wrong].tolist(), own[wrong].tolist()), minlength=5))[
        1:
    ]


def wrong(name: str) -> int:
    """Mistakes on all 5,000."""
    return int((~right(name)).sum())


def bits_of(image: int) -> tuple[str, ...]:
    """The four bits, in percent."""
    return tuple(f"{100 * each:.0f}" for each in asked(BITS).bits[image])


def share(name: str, image: int, answer: int) -> float:
    """What is said for a class."""
    return float(asked(name).scores[image, answer])


@cache
def impossible() -> Bools:
    """(5000,): whether four bits write no digit"""
    return np.asarray((asked(BITS).bits > YES) @ np.array([8, 4, 2, 1]) >= CLASSES)


def lit_where_needed(bit: int) -> float:
    """How often a bit is 1 of the digits that have it."""
    needed = (layout(BITS).words > 0)[bit][labels()]
    return float((asked(BITS).bits[needed, bit] > YES).mean())


def bit_right(bit: int) -> float:
    """How often it is what it should be."""
    needed = (layout(BITS).words > 0)[bit][labels()]
    return float(((asked(BITS).bits[:, bit] > YES) == needed).mean())


def with_bit(bit: int) -> list[int]:
    """The digits that have it; 0 is the largest bit."""
    return np.flatnonzero(code_table("natural", CLASSES)[bit] > 0).tolist()


def one_bit_slip(image: int, label: int, read: int) -> bool:
    """Whether four bits read a digit so, and ten outputs rightly."""
    given = int(test_labels()[image]), int(answers(BITS)[image]), int(answers(TEN)[image])
    return given == (label, read, label) and (label ^ read).bit_count() == 1


# ---- detectors -------------------------------------------------------------------------


@cache
def neurons(name: str) -> Detectors:
    """All measures of its hidden neurons."""
    each = trained(name)
    return at_once(MeasureNeurons(Subject(each.network, each.settings)).work(digits(), {}))


def strokes(name: str) -> int:
    """How many neurons are like a stroke."""
    return int(neurons(name).stroke_like.sum())


def clear_bars(name: str) -> list[int]:
    """The neurons that a bar explains twice as well as random images."""
    hidden = range(trained(name).network.hidden)
    return [each for each in hidden if neurons(name).of(0, each).clear_bar]


@cache
def unmoved(name: str) -> int:
    """Right answers that no loss of a single neuron changes."""
    own = answers(name)[:TESTED]
    stays = own == test_labels()
    for neuron in range(trained(name).network.hidden):
        stays &= answers_without(name, neuron) == own
    return int(stays.sum())


@cache
def right_at(moment: int) -> int:
    """Right answers of the ten outputs at a moment of their film, of 1,000."""
    found = trained(TEN).film.moments[moment]
    network = found.network(trained(TEN).network)
    scores = evidence_of(network, layout(TEN), digits().test_images).scores
    return int((scores.argmax(axis=1) == test_labels()).sum())


def seen_at(moment: int) -> int:
    """Digits seen by then."""
    return trained(TEN).film.moments[moment].position.examples


@cache
def by_arcs(against: bool = False, moved_by: int = 0) -> Counted:
    """What the book's zero finds among the test digits."""
    images = moved(digits().test_images, moved_by, 0)
    return counted(zero_detector(mean_zero(), Trial(against=against)), images, test_labels(), 0)


def learned_on_moved() -> int:
    """Zeros that the ten outputs still read, three pixels to the left."""
    zeros = digits().test_images[test_labels() == 0]
    found = evidence_of(trained(TEN).network, layout(TEN), moved(zeros, -3, 0)).scores
    return int((found.argmax(axis=1) == 0).sum())


# ---- the bit layer ---------------------------------------------------------------------


def layer_right(kind: str) -> Bools:
    """(5000,): whether the layer of a kind writes the label"""
    return np.asarray(layer_reads(kind, len(labels())) == labels())


def layer_outputs(image: int) -> Indices:
    """The outputs below the layer, in percent."""
    return np.rint(100 * asked("bit-layer").outputs[image]).astype(int)


def guaranteed() -> tuple[float, float]:
    """The worst right lamp, and what the nine others can take back at most."""
    return 0.99, 0.99 - guarantee("plus-minus").margin


def ahead(first: str, second: str) -> list[object]:
    found = gains(STUDY, first, second)
    return [(found > 0).sum(), len(found), f"{found.mean():.2f}"]


def slips(*slips: tuple[int, int, int]) -> list[int]:
    return [image for image, label, read in slips if one_bit_slip(image, label, read)]


def more_mistakes() -> list[int]:
    bits, ten = apart(BITS, 5000), apart(TEN, 5000)
    return [sum(bits) - sum(ten), bits[0] - ten[0], sum(ten[1:]) - sum(bits[1:])]


def pairs_apart() -> list[int]:
    pairs = [(one, other) for one in range(CLASSES) for other in range(one)]
    return [sum((one ^ other).bit_count() == 1 for one, other in pairs), len(pairs)]


def closed() -> float:
    bits = mean("four-bits")
    return (mean("any-code/separable") - bits) / (mean("ten-outputs") - bits)


def summed() -> tuple[float, float, float]:
    """What the 3 adds for the neuron of the gap, its bias, and how strongly it fires."""
    network = trained(TEN).network
    inputs = as_inputs(digits().test_images[THREE])
    added = float(inputs @ network.hidden_weights[0, GAP])
    bias = float(network.hidden_biases[0, GAP])
    return added, bias, 1 / (1 + np.exp(-added - bias))
