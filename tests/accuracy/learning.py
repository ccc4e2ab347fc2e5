"""Learns the rows of the table for one seed, the later ones on networks of the earlier ones."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnviz.data.digits import DigitSet, Source, open_digits
from nnviz.networks.curves import next_epoch
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import layout_of
from nnviz.networks.learned_by import in_words
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import Settings
from nnviz.questions.accuracy import judge
from nnviz.training.trainer import Trainer
from nnviz.verdicts.answers import Options
from tests.accuracy.rows import Row


@dataclass(frozen=True)
class Result:
    """What one row reached with one seed."""

    accuracy: float
    """Fraction of the test digits, after the last epoch."""
    engine: str
    """What learned the network it reads, such as numba 0.68.0."""
    parameters: int
    learned: int
    """Training digits."""
    tested: int
    seconds: float
    """Of learning, measuring not counted."""


def learn_rows(rows: Sequence[Row], seed: int, folder: Path) -> dict[str, Result]:
    """Name of the row -> its result."""
    digits = open_digits(Source("mnist", str(folder)))
    trainers: dict[str, Trainer] = {}
    results = {}
    for row in rows:
        settings = Settings().change(**row.changes, seed=seed)
        began = time.perf_counter()
        if not row.base:
            trunk = trainers[row.trunk].network() if row.trunk else None
            if trunk is not None:
                settings = settings.change(hidden=trunk.hidden)
            trainers[row.name] = learned(settings, digits, trunk)
        trainer = trainers[row.base or row.name]
        network = trainer.network()
        reading = row.reading or DESIGNS[settings.design].readings[0]
        layout = layout_of(settings, digits.classes)
        answers = judge(network, layout, digits.test_images, reading, Options(**row.options))
        right = float(np.mean(answers.classes == digits.test_labels))
        results[row.name] = Result(
            right,
            in_words(trainer.learned_by),
            network.parameters,
            len(digits.train_labels),
            len(digits.test_labels),
            trainer.position.seconds,
        )
        spent = time.perf_counter() - began
        sys.stderr.write(f"seed {seed}: {row.name}: {right:.2%} ({spent:.0f} s)\n")
    return results


def learn_task(task: tuple[Sequence[Row], int, Path]) -> dict[str, Result]:
    """The same; a pool hands over one thing."""
    return learn_rows(*task)


def learned(settings: Settings, digits: DigitSet, trunk: Network | None = None) -> Trainer:
    """A run after its last epoch; `trunk` has the hidden layer of one that is frozen."""
    start = initial_network(settings, digits.inputs, digits.classes, trunk)
    trainer = Trainer(settings, digits, start, sample=1, point_after=next_epoch)
    while trainer.position.epoch < settings.epochs:
        trainer.advance()
    return trainer
