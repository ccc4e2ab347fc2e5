"""Measuring a run for its curves, a few digits at a time."""

from collections.abc import Generator

import numpy as np

from nnviz.data.digits import DigitSet
from nnviz.networks.curves import LIVE_TAUGHT, LIVE_TESTED, Measured, Point, Position, spread
from nnviz.networks.designs import DESIGNS
from nnviz.networks.film import Film, kept, moment_of
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.questions.firing import QUICKER, MakeFiring
from nnviz.questions.measuring import Examination, examined
from nnviz.questions.question import Kept


class Measuring:
    """What a run measures itself on: all test digits, and the first `sample` training digits
    (None: all of them); while it goes on, a few of both.

    `kept` is one place for all runs on these digits, whose training digits are as many or fewer;
    `quicker` also serves the questions that are asked of these digits from then on.
    """

    def __init__(
        self,
        digits: DigitSet,
        sample: int | None,
        kept: Kept,
        quicker: MakeFiring | None = None,
    ) -> None:
        self._digits, self._kept = digits, kept
        if quicker is not None:
            kept[QUICKER] = quicker
        self._taught = np.arange(len(digits.train_labels))[:sample]

    def work(
        self, network: Network, settings: Settings, layout: Layout, examples: int, live: bool
    ) -> Generator[None, None, Measured]:
        """-> what was measured of the network after so many examples, with its point of the
        curves; `live`, an estimate."""
        reading = DESIGNS[settings.design].readings[0]
        of_training, of_test = self._examinations(live)
        train = yield from of_training.work(network, layout, reading, settings.cost)
        test = yield from of_test.work(network, layout, reading, settings.cost)
        counted = (
            len(of_training) if live and of_training is not self._examinations(False)[0] else 0,
            len(of_test) if len(of_test) < len(self._digits.test_labels) else 0,
        )
        point = Point(examples, train.cost, test.cost, train.right, test.right, *counted)
        return Measured(examples, test.right, None if counted[1] else test.answers, point)

    def prepare(self) -> Generator[None]:
        """Works out what estimates need to know of their digits."""
        for each in self._examinations(live=True):
            yield from each.prepare()

    def _examinations(self, live: bool) -> tuple[Examination, Examination]:
        """Of training digits, of test digits."""
        digits, kept = self._digits, self._kept
        images, tests = len(digits.train_labels), len(digits.test_labels)
        taught = spread(LIVE_TAUGHT, images) if live else self._taught
        tested = spread(LIVE_TESTED, tests) if live else np.arange(tests)
        handed = digits.train_images, digits.train_labels, digits.classes
        asked = digits.test_images, digits.test_labels, digits.classes
        return examined(*handed, "train", taught, kept), examined(*asked, "test", tested, kept)


def with_moment(film: Film, number: int, network: Network, position: Position) -> Film:
    """The film once the point of this number is measured, with its moment if that is kept."""
    newer = []
    if kept(number, number + 1, network.parameters):
        newer.append(moment_of(network, number, position))
    return film.grown(newer, number + 1)
