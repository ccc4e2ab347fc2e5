"""Measuring a run for its curves, a block of digits at a time."""

from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes
from nnviz.data.digits import DigitSet
from nnviz.networks.costs import costs_of
from nnviz.networks.curves import Measured, Point, Position
from nnviz.networks.designs import DESIGNS
from nnviz.networks.film import Film, kept, moment_of
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network, as_inputs, hidden_activity
from nnviz.networks.settings import Settings
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import Evidence
from nnviz.verdicts.readings import READINGS

BLOCK = 1000
"""Digits measured between two looks at the outside world."""


class Measuring:
    """What a run measures itself on: all test digits, and the first `sample` training digits
    (None: all of them)."""

    def __init__(self, digits: DigitSet, sample: int | None) -> None:
        self._digits = digits
        self._taught = slice(0, sample)

    def work(
        self, network: Network, settings: Settings, layout: Layout, examples: int
    ) -> Generator[None, None, tuple[Measured, Point]]:
        """-> what was measured of the network after so many examples, and its point of the
        curves."""
        digits, taught = self._digits, self._taught
        train_cost, train_right, _ = yield from self._measure(
            network, settings, layout, digits.train_images[taught], digits.train_labels[taught]
        )
        test_cost, test_right, test_answers = yield from self._measure(
            network, settings, layout, digits.test_images, digits.test_labels
        )
        point = Point(examples, train_cost, test_cost, train_right, test_right)
        return Measured(examples, test_right, test_answers, point), point

    def _measure(
        self, network: Network, settings: Settings, layout: Layout, images: Bytes, labels: Bytes
    ) -> Generator[None, None, tuple[float, float, NDArray[np.int8]]]:
        """-> mean cost, accuracy, answers (images,)"""
        reading = READINGS[DESIGNS[settings.design].readings[0]]
        costs, given = [], []
        for start in range(0, len(images), BLOCK):
            block = slice(start, start + BLOCK)
            with np.errstate(all="ignore"):  # a run that diverges is told of by its trainer
                activity = hidden_activity(network, as_inputs(images[block]))
                costs.append(costs_of(network, layout, settings.cost, activity, labels[block]))
            evidence = Evidence(network, layout, activity)
            given.append(reading.read(evidence, Options()).classes)
            yield
        answered = np.concatenate(given).astype(np.int8)
        cost = float(np.mean(np.concatenate(costs), dtype=np.float64))
        digits = labels < self._digits.classes
        return cost, float(np.mean((answered == labels)[digits])), answered


def with_moment(film: Film, number: int, network: Network, position: Position) -> Film:
    """The film once the point of this number is measured, with its moment if that is kept."""
    newer = []
    if kept(number, number + 1, network.parameters):
        newer.append(moment_of(network, number, position))
    return film.grown(newer, number + 1)
