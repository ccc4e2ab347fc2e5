"""The training process itself: a loop at the end of a pipe that ends with the pipe."""

import multiprocessing
from collections.abc import Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import pytest

from nnviz.data.digits import Source
from nnviz.networks.curves import SAMPLE, Position
from nnviz.networks.learned_by import BEFORE, COMPILED, of_this_machine
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.training import engines
from nnviz.training.engine import TrainingProcess
from nnviz.training.engines import prepare
from nnviz.training.messages import (
    Answered,
    Ask,
    BeginRace,
    BeginRun,
    Broken,
    Compiling,
    DigitsOpened,
    Go,
    Look,
    OpenDigits,
    Prepared,
    Snapshot,
)
from nnviz.training.preparing import Preparing
from nnviz.training.process import serve
from nnviz.training.table import Kernels
from tests.idx_files import write_folder
from tests.learning.kernels import WhatIsThere
from tests.learning.runs import bits, learn, new_network, new_trainer
from tests.patience import patience


@dataclass
class Running:
    """A training process and our end of its pipe."""

    process: BaseProcess
    pipe: Connection

    def hear(self) -> object:
        assert self.pipe.poll(patience())
        return self.pipe.recv()

    def status(self) -> int | None:
        self.process.join(patience())
        return self.process.exitcode


def start() -> Running:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return Running(process, ours)


@pytest.fixture
def two() -> Iterator[tuple[Running, Running]]:
    """Two processes that start side by side: what learns takes them long to import."""
    for kernels in Kernels:
        prepare(kernels)  # all have been made once
    both = start(), start()
    yield both
    for running in both:
        running.pipe.close()
        running.process.kill()
        running.process.join()
        running.process.close()


def test_a_process_learns_what_it_is_asked_and_ends_with_its_pipe(two, tmp_path, few):
    """One run in one process, an error in the other."""
    folder = write_folder(tmp_path / "few", few)
    one, other = two
    settings = Settings(seed=3)
    one.pipe.send(OpenDigits(Source("folder", str(folder))))
    one.pipe.send(BeginRun(4, settings, new_network(settings, few), Position(), ()))
    one.pipe.send(Go(steps=40))
    other.pipe.send("hello")

    one.pipe.send(Look(0, 0))
    heard = [one.hear()]
    while not isinstance(heard[-1], Snapshot):
        heard.append(one.hear())
    waited = [each for each in heard if isinstance(each, Compiling)]
    assert waited in ([], [Compiling(True, anew=False), Compiling(False)])  # nothing is made anew
    told = {type(each): each for each in heard if each not in waited}
    assert told.keys() == {DigitsOpened, Prepared, Snapshot}
    assert told[Prepared] == Prepared("")
    snapshot = told[Snapshot]
    while not snapshot.settled:
        one.pipe.send(Look(0, 0))
        snapshot = one.hear()
    expected = learn(new_trainer(settings, few, sample=SAMPLE, live=True), 40)
    assert (snapshot.run, snapshot.position.steps) == (4, 40)
    assert bits(snapshot.network) == bits(expected.network())
    assert list(snapshot.new_points) == expected.points
    assert snapshot.learned_by == (of_this_machine(COMPILED),)

    one.pipe.send(Ask(1, WhatIsThere()))
    there = one.hear()
    assert isinstance(there, Answered)
    assert "numba" in there.result.packages
    assert not there.result.packages & {"torch", "torchvision"}
    assert there.result.kernels
    assert not any(there.result.kernels.values())
    one.pipe.close()
    assert one.status() == 0

    broken = other.hear()
    while isinstance(broken, Prepared):
        broken = other.hear()
    assert isinstance(broken, Broken)
    assert broken.sentence == "TypeError: unknown message 'hello'"
    assert "Traceback" in broken.details
    assert other.status() == 0


def test_an_order_waits_for_the_kernels_that_its_runs_need_and_for_no_others() -> None:
    preparing = Preparing()
    alone, frozen = begin(), begin(trunk="frozen")
    subsets = begin(design="elimination", trunk="scratch")
    assert preparing.allows(OpenDigits(Source()), 10)
    assert preparing.allows(begin(device="cuda"), 10)
    assert preparing.allows(replace(alone, learned_by=BEFORE), 10)
    assert not preparing.allows(alone, 10)
    preparing.reasons[Kernels.NETWORKS] = ""
    assert preparing.allows(alone, 10)
    assert not preparing.allows(frozen, 10)
    assert not preparing.allows(BeginRace((alone, subsets)), 10)
    preparing.reasons[Kernels.SUBSETS] = ""
    assert preparing.allows(BeginRace((alone, subsets)), 10)
    assert not preparing.allows(BeginRace((alone, frozen)), 10)


def test_what_an_order_waits_for_is_made_ready_first(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Kernels] = []
    monkeypatch.setattr(engines, "prepare", lambda kernels, _anew: made.append(kernels))
    preparing = Preparing()
    assert not preparing.allows(begin(design="elimination", trunk="scratch"), 10)
    preparing.run()
    assert made == [Kernels.SUBSETS, Kernels.NETWORKS, Kernels.READ_OUT]


def begin(**changes: Any) -> BeginRun:
    """An order to begin a run."""
    settings = Settings(hidden=1)
    network = initial_network(settings, 4, 10)
    return BeginRun(1, settings.change(**changes), network, Position(), ())


def test_a_process_that_is_left_alone_while_it_gets_ready_ends_at_once() -> None:
    running = start()
    running.pipe.close()
    assert running.status() == 0
    running.process.close()


# ---- as the window starts it ---------------------------------------------------------


def test_a_prepared_process_is_the_one_that_is_started_and_the_next_start_makes_another() -> None:
    engine = TrainingProcess()
    try:
        engine.prepare()
        prepared = engine.pid
        assert prepared is not None
        engine.start()
        assert engine.pid == prepared
        engine.start()
        assert engine.pid not in (None, prepared)
    finally:
        engine.stop()
    assert engine.pid is None


def test_a_prepared_process_can_be_stopped_without_having_been_started() -> None:
    engine = TrainingProcess()
    engine.prepare()
    engine.stop()
    assert engine.pid is None
    engine.start()
    assert engine.pid is not None
    engine.stop()
