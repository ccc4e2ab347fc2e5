"""The working tree."""

import os
import sys
import time
from collections.abc import Mapping
from typing import Any

from nnviz.data.digits import DigitSet, Source, bundled_digits, open_digits
from nnviz.networks.curves import Point, Position
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import Settings
from nnviz.training.engine import Died, TrainingProcess
from nnviz.training.loop import TrainingLoop
from nnviz.training.messages import BeginRun, DigitsOpened, Go, Look, OpenDigits, Snapshot
from nnviz.training.trainer import Trainer

SAMPLE = 5000
"""Training digits of a point."""
BEFORE_THE_FIRST_POINT = Point(0, 0.0, 0.0, 0.0, 0.0)


def steps(settings: Mapping[str, Any], digits: str, cores: int = 0) -> "Steps":
    task = _task(settings, digits)
    if not cores:
        return Steps(*task)
    usable = os.sched_getaffinity(0)  # the learner takes as many threads as there are cores
    os.sched_setaffinity(0, sorted(usable)[:cores])
    try:
        return Steps(*task)
    finally:
        os.sched_setaffinity(0, usable)


def points(settings: Mapping[str, Any], digits: str) -> "Points":
    return Points(*_task(settings, digits))


def live(settings: Mapping[str, Any], digits: str) -> "Live":
    return Live(settings, digits)


def process(settings: Mapping[str, Any], digits: str) -> "Process":
    return Process(*_task(settings, digits), source_of(digits))


class Steps:
    """The training loop at full speed, without measuring."""

    def __init__(self, settings: Settings, digits: DigitSet, network: Network) -> None:
        self._trainer = Trainer(
            settings, digits, network, points=[BEFORE_THE_FIRST_POINT], point_after=_never
        )

    def learn(self, steps: int) -> None:
        """So many more steps."""
        trainer = self._trainer
        end = trainer.position.steps + steps
        while trainer.position.steps < end:
            trainer.advance(end)


def _never(_last: int, _epoch_length: int) -> int:
    return sys.maxsize


class Points:
    """Points of the curves of a network as it stands."""

    def __init__(self, settings: Settings, digits: DigitSet, network: Network) -> None:
        self._trainer = Trainer(settings, digits, network, sample=SAMPLE)

    def learn(self, steps: int) -> None:
        """So many points."""
        for _ in range(steps):
            self._trainer.measure_now()


class Live:
    """The loop of the training process, an epoch of a new run at a time."""

    def __init__(self, settings: Mapping[str, Any], digits: str) -> None:
        self._settings = settings
        self._told: list[Any] = []
        self._loop = TrainingLoop(self._told.append)
        self._loop.hear(OpenDigits(source_of(digits)))
        self._digits = _opened(digits)

    def ask(self, design: str) -> dict[str, Any]:
        """What became of an epoch of one design."""
        settings = _settings({**self._settings, "design": design})
        network = _network(settings, self._digits)
        self._loop.hear(BeginRun(1, settings, network, Position(), ()))
        self._loop.hear(Go())
        (lane,) = self._loop._lanes.values()
        looks = []
        while True:
            before, began = lane._trainer.position, time.process_time()
            self._loop.work()
            taken = 1000 * (time.process_time() - began)
            if before.epoch and lane._trainer.position.steps > before.steps:
                break  # the last point of the first epoch has been measured
            looks.append(taken)
        points = lane._trainer.points
        return {
            "learning": before.seconds,
            "whole": sum(looks) / 1000,
            "points": sum(point.examples > 0 for point in points),
            "looks": looks,
        }


class Process:
    """A training process, from its start until it has learned one step."""

    def __init__(
        self, settings: Settings, digits: DigitSet, network: Network, source: Source
    ) -> None:
        self._engine = TrainingProcess()
        self._source = source
        self._run = BeginRun(1, settings, network, Position(), ())

    def ask(self, _word: str) -> dict[str, Any]:
        """Starts it anew -> its number."""
        engine = self._engine
        engine.start()
        engine.ask(OpenDigits(self._source))
        self._wait_for(lambda told: isinstance(told, DigitsOpened))
        engine.ask(self._run)
        engine.ask(Go(steps=1))
        while not self._has_learned():
            time.sleep(0.001)
        return {"pid": engine.pid}

    def close(self) -> None:
        """Ends it."""
        self._engine.stop()

    def _has_learned(self) -> bool:
        self._engine.ask(Look(0, 0))
        snapshot: Any = self._wait_for(lambda told: isinstance(told, Snapshot))
        return bool(snapshot.position.steps)

    def _wait_for(self, wanted: Any) -> Any:
        while True:
            for told in self._engine.heard():
                if isinstance(told, Died):
                    raise RuntimeError(told.reason)
                if wanted(told):
                    return told
            time.sleep(0.001)


def source_of(digits: str) -> Source:
    """The digits that are meant."""
    return Source() if digits == "bundled" else Source("folder", digits)


def _opened(digits: str) -> DigitSet:
    return bundled_digits() if digits == "bundled" else open_digits(source_of(digits))


def _settings(asked: Mapping[str, Any]) -> Settings:
    """The design first: it brings usual settings of its own."""
    rest = {name: value for name, value in asked.items() if name != "design"}
    return Settings(speed=0, epochs=0).change(design=asked["design"]).change(**rest)


def _network(settings: Settings, digits: DigitSet) -> Network:
    trunk = None
    if settings.trunk == "frozen":
        whole = Settings(hidden=settings.hidden)
        trunk = initial_network(whole, digits.inputs, digits.classes)
    return initial_network(settings, digits.inputs, digits.classes, trunk)


def _task(asked: Mapping[str, Any], digits: str) -> tuple[Settings, DigitSet, Network]:
    settings, opened = _settings(asked), _opened(digits)
    return settings, opened, _network(settings, opened)
