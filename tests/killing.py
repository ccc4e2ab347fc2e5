"""Kills a learning program at random moments, again and again, and lets the next one go on.

`uv run python -m tests.killing 50` does it fifty times; the tests do it a few times. Each
program is a fork, so that none has to import anew what learns.
"""

import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

import nnviz.session.survival
from nnviz.data.digits import DigitSet, bundled_digits
from nnviz.networks.curves import SAMPLE
from nnviz.networks.files import TrainedNetwork
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.session.autosave import Autosave
from nnviz.session.session import Session
from nnviz.training.trainer import Trainer
from tests.in_process import InProcess

SETTINGS = Settings(images=600, epochs=0, batch=7)
LONGEST_LIFE = 0.6
"""Seconds until a program is killed at the latest."""


def live(folder: Path, digits: DigitSet) -> None:
    """One program: takes up what it finds, learns and keeps until it is killed."""
    nnviz.session.survival.KEPT_EVERY = 0.01
    session = Session(InProcess(), digits.to_look_at(), SETTINGS, Autosave(folder))
    session.process.start()
    session.refresh()
    session.survival.offer()
    session.survival.take_up()
    session.runs.run()
    while True:
        session.refresh()


def kill_at_random(rounds: int, folder: Path, seed: int) -> list[TrainedNetwork]:
    """Kills so many programs in turn; -> what each one left."""
    chance = random.Random(seed)
    digits = bundled_digits()
    left = []
    for _ in range(rounds):
        child = os.fork()
        if child == 0:
            try:
                live(folder, digits)
            finally:
                os._exit(1)  # only reached when something went wrong
        time.sleep(chance.uniform(0.05, LONGEST_LIFE))  # the moment is the experiment
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            raise AssertionError("a program ended before it was killed")
        left.extend(_found(folder))
    return left


def straight(steps: int) -> TrainedNetwork:
    """The same run without any interruption, as far as so many steps."""
    digits = bundled_digits()
    network = initial_network(SETTINGS, digits.inputs, digits.classes)
    trainer = Trainer(SETTINGS, digits, network, sample=SAMPLE, live=True)
    while trainer.position.steps < steps:
        trainer.advance(steps)
    from nnviz.cli.training import trained_by

    return trained_by(trainer)


def check(left: list[TrainedNetwork]) -> None:
    """Nothing was lost: the run only ever went on, and is the uninterrupted one bit for bit."""
    reached = [trained.position.steps for trained in left]
    assert reached, "no program lived long enough to keep anything"
    assert reached == sorted(reached), reached
    expected, last = straight(reached[-1]), left[-1]
    np.testing.assert_array_equal(last.network.hidden_weights, expected.network.hidden_weights)
    np.testing.assert_array_equal(last.network.output_weights, expected.network.output_weights)
    assert last.points == expected.points[: len(last.points)]


def _found(folder: Path) -> list[TrainedNetwork]:
    autosave = Autosave(folder)
    try:
        found = [run.trained for run in autosave.left_behind()[:1]]
    finally:
        autosave.stop()
    assert not list(folder.glob(".*.part")), "half a file is left"
    return found


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    straight(1)  # imports what learns
    with tempfile.TemporaryDirectory() as folder:
        left = kill_at_random(rounds, Path(folder), seed=rounds)
        check(left)
        print(
            f"killed {rounds} times; the run stands at step {left[-1].position.steps:,}, unharmed"
        )


if __name__ == "__main__":
    main()
