"""One training run and what it was told to do: a lane of the training loop."""

import time
from collections.abc import Iterator
from functools import partial

from nnviz.data.digits import DigitSet
from nnviz.networks.curves import next_point
from nnviz.networks.film import Film
from nnviz.networks.settings import Settings
from nnviz.training.messages import BeginRun, Go, Look, Snapshot
from nnviz.training.trainer import LIVE_SAMPLE, Trainer

REMEASURE = 1.0
"""Seconds between measurements while the curves want none."""

USUAL_SIZE = 50_000
"""Multiply-adds up to which a network is measured often and on many digits."""


class Lane:
    """Works in slices short enough to hear every message at once."""

    def __init__(self, asked: BeginRun, digits: DigitSet) -> None:
        self.run = asked.run
        self.running = False
        # many networks take as long to measure as to teach: their points are fewer
        size = max(1.0, asked.network.multiply_adds / USUAL_SIZE)
        self._trainer = Trainer(
            asked.settings,
            digits,
            asked.network,
            asked.position,
            asked.points,
            sample=int(LIVE_SAMPLE / size),
            point_after=partial(next_point, least=int(10 * size)),
        )
        self._trainer.film = Film()
        self._go = Go()
        self._go_from = (0, 0)
        self._measuring: Iterator[None] | None = None
        self._measured_at = 0.0

    @property
    def progress(self) -> float:
        """Epochs behind it, with the part under way."""
        return self._trainer.position.examples / self._trainer.epoch_length

    def examples_after(self, steps: int) -> float:
        """Digits seen after so many more steps."""
        return self._trainer.position.examples + steps * self._trainer.digits_per_step

    def steps_to(self, examples: float) -> int:
        """Steps, at least one, that bring it nearest to so many digits seen."""
        missing = examples - self._trainer.position.examples
        return max(1, round(missing / self._trainer.digits_per_step))

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

    def go(self, asked: Go) -> None:
        """Learns from here as asked."""
        position = self._trainer.position
        self._go, self.running = asked, True
        self._go_from = (position.steps, position.epoch)
        self._trainer.begin_pace()
        self._measured_at = time.monotonic()

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
        )

    def _learn(self) -> float:
        trainer = self._trainer
        if time.monotonic() - self._measured_at > REMEASURE and not trainer.fresh:
            self._measuring = trainer.measure()
            return 0.0
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
        if self._go.steps is not None:
            return position.steps >= steps_before + self._go.steps
        if position.offset or position.epoch == epochs_before:
            return False
        pause_after = trainer.settings.epochs
        at_pause = bool(pause_after) and position.epoch % pause_after == 0
        return self._go.to_epoch_end or at_pause
