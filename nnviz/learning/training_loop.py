"""What the training process does with each message, and between two messages."""

import time
from collections.abc import Callable, Iterator
from functools import singledispatchmethod
from typing import Any

from nnviz.learning.curves import Diverged
from nnviz.learning.digits import DigitSet, open_digits
from nnviz.learning.idx import DigitsError
from nnviz.learning.messages import (
    BeginRun,
    Change,
    DigitsOpened,
    Go,
    Look,
    Measure,
    NetworkMeasured,
    OpenDigits,
    Pause,
    Snapshot,
    Told,
    Trouble,
)
from nnviz.learning.mistakes import measured
from nnviz.learning.training import LIVE_SAMPLE, Trainer

REMEASURE = 1.0
"""Seconds between measurements while the curves want none."""


class TrainingLoop:
    """One training run at a time, in slices short enough to hear every message at once."""

    def __init__(self, tell: Callable[[Told], None]) -> None:
        self._tell = tell
        self._digits: DigitSet | None = None
        self._trainer: Trainer | None = None
        self._run = 0
        self._running = False
        self._go = Go()
        self._go_from = (0, 0)
        self._measuring: Iterator[None] | None = None
        self._measured_at = 0.0

    def work(self) -> float | None:
        """One slice of work; -> seconds until there is more to do, None for nothing to do."""
        trainer = self._trainer
        if trainer is None:
            return None
        if trainer.measuring:
            trainer.advance()
            self._measured_at = time.monotonic()
            return 0.0
        if self._measuring is not None:
            if next(self._measuring, "done") == "done":
                self._measuring = None
                self._measured_at = time.monotonic()
            return 0.0
        if self._running and self._arrived(trainer):
            self._running = False
        if self._running:
            return self._learn(trainer)
        if not trainer.fresh:
            self._measuring = trainer.measure()
            return 0.0
        return None

    def _learn(self, trainer: Trainer) -> float:
        if time.monotonic() - self._measured_at > REMEASURE and not trainer.fresh:
            self._measuring = trainer.measure()
            return 0.0
        steps = self._go.steps
        try:
            wait = trainer.advance(None if steps is None else self._go_from[0] + steps)
        except Diverged as error:
            self._running, self._trainer = False, None
            self._tell(Trouble("run", str(error)))
            return 0.0
        return 0.0 if trainer.point_due or self._arrived(trainer) else wait

    def _arrived(self, trainer: Trainer) -> bool:
        """Whether the run stands where it was told to stop."""
        if trainer.point_due:
            return False  # the last point of the curves comes before the end
        steps_before, epochs_before = self._go_from
        position = trainer.position
        if self._go.steps is not None:
            return position.steps >= steps_before + self._go.steps
        if position.offset or position.epoch == epochs_before:
            return False
        pause_after = trainer.settings.epochs
        at_pause = bool(pause_after) and position.epoch % pause_after == 0
        return self._go.to_epoch_end or at_pause

    @singledispatchmethod
    def hear(self, asked: Any) -> None:
        """Does what a message asks."""
        raise TypeError(f"unknown message {asked!r}")

    @hear.register
    def _(self, asked: OpenDigits) -> None:
        try:
            digits = open_digits(asked.source)
        except DigitsError as error:
            self._tell(Trouble("digits", str(error)))
        except MemoryError:
            self._tell(Trouble("digits", "The digits do not fit into this computer's memory."))
        else:
            self._digits, self._trainer, self._running = digits, None, False
            self._tell(DigitsOpened(digits.to_look_at()))

    @hear.register
    def _(self, asked: BeginRun) -> None:
        if self._digits is None:
            return
        self._trainer = Trainer(
            asked.settings,
            self._digits,
            asked.network,
            asked.position,
            asked.points,
            sample=LIVE_SAMPLE,
        )
        self._run, self._running, self._measuring = asked.run, False, None

    @hear.register
    def _(self, asked: Go) -> None:
        trainer = self._trainer
        if trainer is None:
            return
        self._go, self._running = asked, True
        self._go_from = (trainer.position.steps, trainer.position.epoch)
        trainer.begin_pace()
        self._measured_at = time.monotonic()

    @hear.register
    def _(self, _asked: Pause) -> None:
        self._running = False

    @hear.register
    def _(self, asked: Change) -> None:
        if self._trainer is not None:
            self._trainer.change(asked.settings)

    @hear.register
    def _(self, asked: Look) -> None:
        trainer = self._trainer
        if trainer is None:
            return
        self._tell(
            Snapshot(
                self._run,
                trainer.network(),
                trainer.position,
                tuple(trainer.points[asked.points :]),
                trainer.measured,
                self._running,
                asked.order,
            )
        )

    @hear.register
    def _(self, asked: Measure) -> None:
        if self._digits is None:
            return
        digits = self._digits
        self._tell(
            NetworkMeasured(
                asked.run,
                measured(
                    asked.network,
                    asked.design,
                    digits.classes,
                    asked.examples,
                    digits.test_images,
                    digits.test_labels,
                ),
            )
        )
