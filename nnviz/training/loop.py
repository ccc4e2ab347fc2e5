"""What the training process does with each message, and between two messages."""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import singledispatchmethod
from typing import Any

import numpy as np

from nnviz.data.digits import DigitSet, Source
from nnviz.data.idx import DigitsError
from nnviz.data.own_digits import opening
from nnviz.errors import Refusal
from nnviz.networks.curves import Diverged, Measured
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import layout_of
from nnviz.questions.comparison import Compare, compared
from nnviz.questions.inquiries import Inquiring, Inquiry
from nnviz.questions.judged import Judge, judging
from nnviz.questions.judging_time import judging_seconds
from nnviz.questions.neighbours import FindNeighbours, finding
from nnviz.questions.operating import Operate, Operating
from nnviz.questions.piecemeal import at_once
from nnviz.questions.surveys import Survey, surveying
from nnviz.training.lane import Lane
from nnviz.training.messages import (
    BeginRace,
    BeginRun,
    Change,
    DigitsOpened,
    Go,
    Look,
    Measure,
    NetworkMeasured,
    OpenDigits,
    Opening,
    Pause,
    StopOpening,
    Told,
    Trouble,
)
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import evidence_blocks
from nnviz.verdicts.readings import READINGS

OPEN = "open"
"""Name of the errand that reads your own test digits."""
TOLD_EVERY = 0.2
"""Seconds between two words on how far that is."""
READ_FOR = 0.02
"""Seconds of reading between two slices of learning."""
OPERATE = "operate"
"""Name of the errand that judges a network with operations."""
NEAR = "neighbours"
"""Name of the errand that looks for neighbours."""


@dataclass(frozen=True)
class Errand:
    """Something to work out between slices of learning, a block of digits at a time."""

    name: str
    work: Generator[None]


class TrainingLoop:
    """One run or a race of several, in slices short enough to hear every message at once."""

    def __init__(self, tell: Callable[[Told], None]) -> None:
        self._tell = tell
        self._digits: DigitSet | None = None
        self._lanes: dict[int, Lane] = {}
        self._to_do: list[Errand] = []
        self._operating = Operating()
        self._inquiring = Inquiring()

    def work(self) -> float | None:
        """One slice of work; -> seconds until there is more to do, None for nothing to do."""
        if self._to_do:
            if next(self._to_do[0].work, "done") == "done":
                self._to_do.pop(0)
            if not any(lane.running for lane in self._lanes.values()):
                return 0.0
        waits = []
        lanes = sorted(self._lanes.values(), key=lambda lane: lane.progress)
        behind = next((lane.progress for lane in lanes if lane.running), 0.0)
        for lane in lanes:
            try:
                # whoever is ahead waits, whatever pace its own batches would have
                wait = lane.work(may_learn=lane.progress <= behind)
            except Diverged as error:
                del self._lanes[lane.run]
                self._pause()
                self._tell(Trouble("run", str(error)))
                return 0.0
            if wait is not None:
                waits.append(wait)
            if wait == 0:
                break
        if self._to_do:
            return 0.0
        return min(waits, default=None)

    @singledispatchmethod
    def hear(self, asked: Any) -> None:
        """Does what a message asks."""
        raise TypeError(f"unknown message {asked!r}")

    @hear.register
    def _(self, asked: OpenDigits) -> None:
        self._drop(OPEN)
        work = self._open(asked.source)
        if asked.source.tests is None:
            at_once(work)
        else:  # it takes long, so all other errands come first
            self._to_do.append(Errand(OPEN, work))

    @hear.register
    def _(self, _asked: StopOpening) -> None:
        self._drop(OPEN)

    @hear.register
    def _(self, asked: BeginRun) -> None:
        self._begin(asked)

    @hear.register
    def _(self, asked: BeginRace) -> None:
        self._begin(*asked.runs)

    @hear.register
    def _(self, asked: Go) -> None:
        lanes = self._lanes.values()
        if asked.steps is None or len(lanes) < 2:
            for lane in lanes:
                lane.go(asked)
            return
        # a step of one design takes in more digits than one of another
        goal = max(lane.examples_after(asked.steps) for lane in lanes)
        for lane in lanes:
            lane.go(Go(steps=lane.steps_to(goal)))

    @hear.register
    def _(self, _asked: Pause) -> None:
        self._pause()

    @hear.register
    def _(self, asked: Change) -> None:
        lane = self._lane(asked.run)
        if lane is not None:
            lane.change(asked.settings)

    @hear.register
    def _(self, asked: Look) -> None:
        lane = self._lane(asked.run)
        if lane is not None:
            self._tell(lane.snapshot(asked))

    @hear.register
    def _(self, asked: Measure) -> None:
        if self._digits is not None:
            self._put(Errand("", self._measure(asked, self._digits)))

    @hear.register
    def _(self, asked: Compare) -> None:
        if self._digits is None:
            return
        self._tell(compared(asked, self._digits.test_labels))

    @hear.register
    def _(self, asked: Survey) -> None:
        if self._digits is not None:
            self._only_newest(Errand(asked.name, self._survey(asked, self._digits)))

    @hear.register
    def _(self, asked: Judge) -> None:
        if self._digits is not None:
            self._only_newest(Errand(f"judge {asked.run}", self._judge(asked, self._digits)))

    @hear.register
    def _(self, asked: Inquiry) -> None:
        if self._digits is not None:
            name = f"{type(asked.question).__name__} {asked.reader.name}"
            self._only_newest(Errand(name, self._inquire(asked, self._digits)))

    @hear.register
    def _(self, asked: FindNeighbours) -> None:
        if self._digits is not None:
            self._only_newest(Errand(NEAR, self._find(asked, self._digits)))

    @hear.register
    def _(self, asked: Operate) -> None:
        if self._digits is not None:
            # one that is under way ends, or a slider that moves would never be answered; and
            # surveys wait, as somebody is waiting with a hand on the neuron
            now = [work for work in self._to_do[:1] if work.name == OPERATE]
            later = [work for work in self._to_do if work.name != OPERATE]
            self._to_do = [*now, Errand(OPERATE, self._operate(asked, self._digits)), *later]

    def _only_newest(self, errand: Errand) -> None:
        """Puts off an errand to the end, in place of an older one of the same name."""
        self._drop(errand.name)
        self._put(errand)

    def _put(self, errand: Errand) -> None:
        """Puts off an errand to the end, before what takes long."""
        place = len(self._to_do) - any(work.name == OPEN for work in self._to_do)
        self._to_do.insert(place, errand)

    def _drop(self, name: str) -> None:
        self._to_do = [work for work in self._to_do if work.name != name]

    def _open(self, source: Source) -> Generator[None]:
        told = began = time.monotonic()
        try:
            opened = opening(source)
            while True:
                progress, now = next(opened), time.monotonic()
                if now - told > TOLD_EVERY:
                    told = now
                    self._tell(Opening(source, progress))
                if now - began > READ_FOR:
                    yield
                    began = time.monotonic()
        except StopIteration as done:
            digits, left_out = done.value
        except DigitsError as error:
            self._tell(Trouble("digits", str(error)))
            return
        except MemoryError:
            self._tell(Trouble("digits", "The digits do not fit into this computer's memory."))
            return
        self._digits, self._lanes = digits, {}
        self._inquiring = Inquiring()
        self._to_do = [work for work in self._to_do if work.name == OPEN]
        self._tell(DigitsOpened(digits.to_look_at(), left_out))

    def _begin(self, *runs: BeginRun) -> None:
        if self._digits is None:
            return
        try:
            self._lanes = {asked.run: Lane(asked, self._digits) for asked in runs}
        except Refusal as error:
            self._lanes = {}
            self._tell(Trouble("run", str(error)))

    def _pause(self) -> None:
        for lane in self._lanes.values():
            lane.running = False

    def _lane(self, run: int) -> Lane | None:
        return self._lanes.get(run) if run else next(iter(self._lanes.values()), None)

    def _survey(self, asked: Survey, digits: DigitSet) -> Generator[None]:
        told = yield from surveying(
            asked, digits.classes, digits.test_images, digits.test_labels, digits.inked
        )
        self._tell(told)

    def _inquire(self, asked: Inquiry, digits: DigitSet) -> Generator[None]:
        self._tell((yield from self._inquiring.working(asked, digits)))

    def _judge(self, asked: Judge, digits: DigitSet) -> Generator[None]:
        self._tell((yield from judging(asked, digits.classes, digits.test_images)))

    def _find(self, asked: FindNeighbours, digits: DigitSet) -> Generator[None]:
        self._tell((yield from finding(asked, digits.train_images, digits.train_labels)))

    def _operate(self, asked: Operate, digits: DigitSet) -> Generator[None]:
        told = yield from self._operating.working(
            asked, digits.classes, digits.test_images, digits.test_labels
        )
        self._tell(told)

    def _measure(self, asked: Measure, digits: DigitSet) -> Generator[None]:
        layout = layout_of(asked.settings, digits.classes)
        reading = DESIGNS[asked.settings.design].readings[0]
        given = []
        for evidence in evidence_blocks(asked.network, layout, digits.test_images):
            given.append(READINGS[reading].read(evidence, Options()).classes)
            yield
        answered = np.concatenate(given).astype(np.int8)
        accuracy = float(np.mean(answered == digits.test_labels))
        result = Measured(asked.examples, accuracy, answered)
        seconds = yield from judging_seconds(asked.network, layout, reading, digits.test_images)
        self._tell(NetworkMeasured(asked.run, result, seconds))
