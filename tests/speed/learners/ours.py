"""The program's own step: gather, convert, learn, as the training process does it."""

import sys

from nnviz.data.digits import DigitSet
from nnviz.networks.curves import Point
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.training.trainer import Trainer


class Ours:
    """The training loop at full speed, without measuring."""

    def __init__(self, digits: DigitSet, settings: Settings, network: Network) -> None:
        measured_at_start = Point(0, 0.0, 0.0, 0.0, 0.0)
        self._trainer = Trainer(
            settings, digits, network, points=[measured_at_start], point_after=_never
        )

    def learn(self, steps: int) -> None:
        trainer = self._trainer
        end = trainer.position.steps + steps
        while trainer.position.steps < end:
            trainer.advance(end)

    def network(self) -> Network:
        return self._trainer.network()


def _never(_last: int, _epoch_length: int) -> int:
    return sys.maxsize
