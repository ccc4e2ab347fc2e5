"""What the training process does with each message, and between two messages.

Each training run, with what it was told to do, is a lane of the loop.
"""

import math
import time
from collections.abc import Callable, Generator, Iterator
from functools import singledispatchmethod
from typing import Any

from nnviz.data.digits import DigitSet, Source
from nnviz.data.idx import DigitsError
from nnviz.data.own_digits import opening
from nnviz.errors import Refusal
from nnviz.networks.curves import Diverged, Position, run_sample
from nnviz.networks.film import Film
from nnviz.networks.settings import Settings
from nnviz.questions.orientation import upright
from nnviz.questions.piecemeal import Errand, Errands
from nnviz.questions.question import Kept
from nnviz.training.messages import (
    Answered,
    Ask,
    BeginRace,
    BeginRun,
    Change,
    DigitsOpened,
    Go,
    Look,
    NeverMind,
    Noted,
    OpenDigits,
    Opening,
    Pause,
    Snapshot,
    StopOpening,
    Told,
    Trouble,
)
from nnviz.training.trainer import Trainer
from nnviz.words import tr

REMEASURE = 1.0
"""Seconds between live estimates while the curves want none."""


class Lane:
    """Works in slices short enough to hear every message at once."""

    def __init__(self, asked: BeginRun, digits: DigitSet, kept: Kept) -> None:
        self.run = asked.run
        self.running = False
        self._trainer = Trainer(
            asked.settings,
            digits,
            asked.network,
            asked.position,
            asked.points,
            asked.learned_by,
            sample=run_sample(asked.network.multiply_adds),
            live=True,
            kept=kept,
        )
        self._trainer.film = Film()
        self.notes = self._trainer.notes
        self._go = Go()
        self._go_from = (0, 0)
        self._stop_at: int | None = None  # digits seen, where it was told to come to rest
        self._measuring: Iterator[None] | None = None
        self._measured_at = 0.0

    @property
    def progress(self) -> float:
        """Epochs behind it, with the part under way."""
        return self._trainer.position.examples / self._trainer.epoch_length

    @property
    def position(self) -> Position:
        """Where the run stands."""
        return self._trainer.position

    def examples_after(self, steps: int) -> float:
        """Digits seen after so many more steps."""
        return self._trainer.position.examples + steps * self._trainer.digits_per_step

    def steps_to(self, examples: float) -> int:
        """Steps, at least one, that bring it nearest to so many digits seen."""
        missing = examples - self._trainer.position.examples
        return max(1, round(missing / self._trainer.digits_per_step))

    def reaches(self, examples: int) -> int:
        """The first place from so many digits seen on where a step of it ends."""
        length, step = self._trainer.epoch_length, self._trainer.digits_per_step
        epochs, offset = divmod(examples, length)
        return epochs * length + min(length, round(math.ceil(offset / step) * step))

    def work(self, may_learn: bool = True) -> float | None:
        """One slice of work; -> seconds until there is more to do, None for nothing to do.

        Raises Diverged.
        """
        trainer = self._trainer
        if trainer.measuring:
            trainer.advance()
            self._measured_at = time.monotonic()
            return 0.0
        if self._measuring is not None:
            if next(self._measuring, "done") == "done":
                self._measuring = None
                self._measured_at = time.monotonic()
            return 0.0
        if self.running and self._arrived():
            self.running = False
        if self.running:
            return self._learn() if may_learn else None
        if not trainer.fresh:
            self._measuring = trainer.measure()
            return 0.0
        return None

    def go(self, asked: Go, epoch: int = 0) -> None:
        """Learns from here as asked; `epoch`: the end of no earlier one is meant, where others
        that it learns with are further."""
        position = self._trainer.position
        self._go, self.running, self._stop_at = asked, True, None
        self._go_from = (position.steps, max(epoch, position.epoch))
        self._trainer.begin_pace()
        self._measured_at = time.monotonic()

    def stop_at(self, examples: int) -> None:
        """Comes to rest as near to so many digits seen as its steps allow: where it is, or a
        little further on."""
        self._stop_at = examples
        self.running = self.running and not self._is_there(examples)

    def change(self, settings: Settings) -> None:
        """Puts live settings in force."""
        self._trainer.change(settings)

    def snapshot(self, asked: Look) -> Snapshot:
        """A copy of the run as it is now."""
        trainer = self._trainer
        assert trainer.film is not None
        trainer.film = trainer.film.since(asked.points)  # the asker keeps what it has
        return Snapshot(
            self.run,
            trainer.network(),
            trainer.position,
            tuple(trainer.points[asked.points :]),
            trainer.measured,
            self.running,
            asked.order,
            trainer.film.moments,
            trainer.learned_by,
        )

    def _learn(self) -> float:
        trainer = self._trainer
        if time.monotonic() - self._measured_at > REMEASURE and not trainer.estimated:
            self._measuring = trainer.measure(live=True)
            return 0.0
        if self._stop_at is not None:
            missing = int((self._stop_at - trainer.position.examples) / trainer.digits_per_step)
            return trainer.advance(trainer.position.steps + max(1, missing), paced=False)
        steps = self._go.steps
        wait = trainer.advance(None if steps is None else self._go_from[0] + steps)
        return 0.0 if trainer.point_due or self._arrived() else wait

    def _arrived(self) -> bool:
        """Whether the run stands where it was told to stop."""
        trainer = self._trainer
        if trainer.point_due:
            return False  # the last point of the curves comes before the end
        steps_before, epochs_before = self._go_from
        position = trainer.position
        if self._stop_at is not None:
            return self._is_there(self._stop_at)
        if self._go.steps is not None:
            return position.steps >= steps_before + self._go.steps
        if position.offset or position.epoch <= epochs_before:
            return False
        pause_after = trainer.settings.epochs
        at_pause = bool(pause_after) and position.epoch % pause_after == 0
        return self._go.to_epoch_end or at_pause

    def _is_there(self, examples: int) -> bool:
        """Whether no further step comes nearer to so many digits seen."""
        trainer = self._trainer
        return abs(trainer.after_step - examples) >= examples - trainer.position.examples


OPEN = "open"
"""Place of the errand that reads your own test digits."""
TOLD_EVERY = 0.2
"""Seconds between two words on how far that is."""
READ_FOR = 0.02
"""Seconds of reading between two slices of learning."""


def _ended(work: Generator[None]) -> bool:
    """Whether long work ends with its first piece."""
    try:
        next(work)
    except StopIteration:
        return True
    return False


class TrainingLoop:
    """One run or a race of several, in slices short enough to hear every message at once."""

    def __init__(self, tell: Callable[[Told], None]) -> None:
        self._tell = tell
        self._digits: DigitSet | None = None
        self._lanes: dict[int, Lane] = {}
        self._level = frozenset[int]()  # those that come to rest at one place
        self._noted = set[str]()
        self._to_do = Errands()
        self._lanes_next = False  # after a piece of an errand

    @property
    def classes(self) -> int:
        """How many classes of digits are in use; 0 before any are open."""
        return self._digits.classes if self._digits is not None else 0

    def work(self) -> float | None:
        """One slice of work; -> seconds until there is more to do, None for nothing to do."""
        learns = any(lane.running for lane in self._lanes.values())
        aside = learns and self._to_do.nobody_waits  # only while all that learns must wait
        if self._to_do and not self._lanes_next and not aside:
            self._to_do.work()
            self._lanes_next = learns
            return 0.0
        self._lanes_next = False
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
                self._tell(Trouble("run", str(error), diverged=lane.run))
                return 0.0
            if wait is not None:
                waits.append(wait)
            if wait == 0:
                break
        if self._to_do:
            if aside and min(waits, default=1.0) > 0:
                self._to_do.work()
            return 0.0
        return min(waits, default=None)

    @singledispatchmethod
    def hear(self, asked: Any) -> None:
        """Does what a message asks."""
        raise TypeError(f"unknown message {asked!r}")

    @hear.register
    def _(self, asked: OpenDigits) -> None:
        self._to_do.drop(OPEN)
        work = self._open(asked.source)
        # what takes long goes on when all other errands are done
        if asked.source.tests is not None or not _ended(work):
            self._to_do.put(Errand(OPEN, work, last=True))

    @hear.register
    def _(self, _asked: StopOpening) -> None:
        self._to_do.drop(OPEN)

    @hear.register
    def _(self, asked: BeginRun) -> None:
        self._begin(asked)

    @hear.register
    def _(self, asked: BeginRace) -> None:
        self._begin(*asked.runs, level=asked.level)

    @hear.register
    def _(self, asked: Go) -> None:
        lanes = self._lanes.values()
        if asked.steps is None or len(lanes) < 2:
            furthest = max((lane.position.epoch for lane in self._levelled), default=0)
            for lane in lanes:
                lane.go(asked, furthest if lane.run in self._level else 0)
            return
        if not asked.steps:
            for lane in lanes:
                lane.go(asked)
            self._pause()
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
    def _(self, asked: Ask) -> None:
        if self._digits is not None:
            work = self._answer(asked, self._digits)
            self._to_do.put_question(asked.question, work, asked.ahead)

    @hear.register
    def _(self, asked: NeverMind) -> None:
        self._to_do.drop(asked.place)

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
            self._tell(Trouble("digits", str(error), "\n".join(error.left_out), error.counted > 0))
            return
        except MemoryError:
            self._tell(Trouble("digits", tr("The digits do not fit into this computer's memory.")))
            return
        self._digits, self._lanes = digits, {}
        self._to_do.forget()
        self._tell(DigitsOpened(digits.to_look_at(), left_out, upright(digits)))

    def _begin(self, *runs: BeginRun, level: frozenset[int] | None = None) -> None:
        self._level = frozenset(each.run for each in runs) if level is None else level
        if self._digits is None:
            return
        try:
            self._lanes = {asked.run: Lane(asked, self._digits, self._to_do.kept) for asked in runs}
        except Refusal as error:
            self._lanes = {}
            self._tell(Trouble("run", str(error)))
        for sentence in {lane.notes for lane in self._lanes.values()} - {"", *self._noted}:
            self._noted.add(sentence)  # once is enough
            self._tell(Noted(sentence))

    def _pause(self) -> None:
        """Lanes of a race first come to where the furthest is, or a little further on, where the
        largest steps end too."""
        furthest = max((lane.position.examples for lane in self._levelled), default=0)
        furthest = max((lane.reaches(furthest) for lane in self._levelled), default=0)
        for lane in self._lanes.values():
            level = lane.run in self._level
            lane.stop_at(furthest if level else lane.position.examples)

    @property
    def _levelled(self) -> list[Lane]:
        """The lanes that come to rest at one place."""
        return [lane for lane in self._lanes.values() if lane.run in self._level]

    def _lane(self, run: int) -> Lane | None:
        return self._lanes.get(run) if run else next(iter(self._lanes.values()), None)

    def _answer(self, asked: Ask, digits: DigitSet) -> Generator[None]:
        result = yield from asked.question.work(digits, self._to_do.kept)
        self._tell(Answered(asked.number, result))
