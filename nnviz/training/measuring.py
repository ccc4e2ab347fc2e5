"""Measuring a run for its curves, a few digits at a time."""

from collections.abc import Generator

from nnviz.data.digits import DigitSet
from nnviz.networks.curves import Measured, Point, Position
from nnviz.networks.designs import DESIGNS
from nnviz.networks.film import Film, kept, moment_of
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.questions.measuring import Examination


class Measuring:
    """What a run measures itself on: all test digits, and the first `sample` training digits
    (None: all of them)."""

    def __init__(self, digits: DigitSet, sample: int | None) -> None:
        taught = slice(0, sample)
        self._train = Examination(
            digits.train_images[taught], digits.train_labels[taught], digits.classes
        )
        self._test = Examination(digits.test_images, digits.test_labels, digits.classes)

    def work(
        self, network: Network, settings: Settings, layout: Layout, examples: int
    ) -> Generator[None, None, tuple[Measured, Point]]:
        """-> what was measured of the network after so many examples, and its point of the
        curves."""
        reading = DESIGNS[settings.design].readings[0]
        train = yield from self._train.work(network, layout, settings.cost, reading)
        test = yield from self._test.work(network, layout, settings.cost, reading)
        point = Point(examples, train.cost, test.cost, train.right, test.right)
        return Measured(examples, test.right, test.answers, point), point


def with_moment(film: Film, number: int, network: Network, position: Position) -> Film:
    """The film once the point of this number is measured, with its moment if that is kept."""
    newer = []
    if kept(number, number + 1, network.parameters):
        newer.append(moment_of(network, number, position))
    return film.grown(newer, number + 1)
