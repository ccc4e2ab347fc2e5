"""One run: learns in short slices, so that whoever owns it can interrupt."""

import time
from collections.abc import Callable, Iterator, Sequence

from nnviz.data.digits import DigitSet
from nnviz.networks.curves import Diverged, LivePoints, Measured, Point, Position, next_point
from nnviz.networks.film import Film
from nnviz.networks.layouts import layout_of
from nnviz.networks.learned_by import LearnedBy, and_then
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.questions.question import Kept
from nnviz.training.choosing import choose, make_learner, quicker_firing
from nnviz.training.learner import steps_at_once
from nnviz.training.measuring import Measuring, with_moment
from nnviz.words import number, plain, tr

SLICE = 0.004
"""Seconds after which no more is learned before the next look at the outside world."""
AT_ONCE = 1_000_000_000
"""More steps than any slice has."""


class Trainer:
    """One run on one set of digits, from any position.

    `learned_by` is what learned it so far; `sample` limits the training digits used for
    measuring (None: all of them); `point_after` says when the curves want their next point.
    With `live` the curves are estimates from a part of the digits (see `LivePoints`); what is
    costly to make for measuring is put into `kept`. Raises EngineMissing if nothing can learn it.
    """

    def __init__(
        self,
        settings: Settings,
        digits: DigitSet,
        network: Network,
        position: Position | None = None,
        points: Sequence[Point] = (),
        learned_by: Sequence[LearnedBy] = (),
        sample: int | None = None,
        point_after: Callable[[int, int], int] = next_point,
        clock: Callable[[], float] = time.perf_counter,
        live: bool = False,
        kept: Kept | None = None,
    ) -> None:
        self.settings = settings
        self.digits = digits.first(settings.images)
        self.position = position or Position()
        self.points = list(points)
        self.film: Film | None = None
        """The moments since it was set; None for none."""
        self.measured: Measured | None = None
        self._point_after = point_after
        self._clock = clock
        self._layout = layout_of(settings, digits.classes)
        chosen = choose(settings, self.digits, learned_by[-1] if learned_by else None)
        self.notes = chosen.sentence
        """One sentence on what learns it, where that is not what was to be expected."""
        self._by, self._learned_by = chosen.by, tuple(learned_by)
        quicker, kept = quicker_firing(chosen.by), {} if kept is None else kept
        self._measuring_on = Measuring(self.digits, sample, kept, quicker)
        self._learner = make_learner(chosen.by, network, settings, self._layout, self.digits)
        self._multiply_adds = network.multiply_adds
        self._live = live
        if live:
            due = LivePoints(self.epoch_length, self._learner.length)
            self._point_after = lambda examples, _: due.after(examples)
        self._measuring: Iterator[None] | None = None
        self._copied: tuple[int, Network] | None = None
        self._point: Point
        self.begin_pace()

    @property
    def epoch_length(self) -> int:
        """Training digits in one epoch."""
        return len(self.digits.train_labels)

    @property
    def digits_per_step(self) -> float:
        """Digits of the set that one step takes in, the last one of an epoch aside."""
        return self.settings.batch * self.epoch_length / self._learner.length

    @property
    def after_step(self) -> int:
        """Training digits seen once the next step is done."""
        position, length = self.position, self._learner.length
        offset = min(position.offset + self.settings.batch, length)
        return self._examples(position.epoch, offset)

    @property
    def measuring(self) -> bool:
        """Whether a point of the curves is half measured."""
        return self._measuring is not None

    @property
    def fresh(self) -> bool:
        """Whether `measured` is of all test digits and belongs to the present weights."""
        return self.estimated and self.measured is not None and self.measured.whole

    @property
    def estimated(self) -> bool:
        """Whether `measured` belongs to the present weights, from whatever digits."""
        return self.measured is not None and self.measured.examples == self.position.examples

    @property
    def learned_by(self) -> tuple[LearnedBy, ...]:
        """What has learned the run so far, one after the other."""
        return self._learned_by

    def change(self, settings: Settings) -> None:
        """Puts live settings in force for the next slice."""
        self.settings = settings
        self._layout = layout_of(settings, self.digits.classes)

    def begin_pace(self) -> None:
        """Counts the batches per second from now on."""
        self._paced_from = (self.settings.speed, self._clock(), self.position.steps)

    def advance(self, step_limit: int | None = None, paced: bool = True) -> float:
        """Learns or measures for one slice; -> seconds until there is more to do.

        Stops before `step_limit` steps in all; those few may be taken as fast as can be
        (not `paced`). Raises Diverged.
        """
        if self._measuring is None and self.point_due:
            self._measuring = self._add_point()
        if self._measuring is not None:
            next(self._measuring, None)
            return 0.0
        steps, wait = self._steps_due() if paced else (AT_ONCE, 0.0)
        if step_limit is not None:
            steps = min(steps, step_limit - self.position.steps)
        if steps > 0:
            self._learn(steps)
        return wait

    def measure(self, live: bool = False) -> Iterator[None]:
        """Measures all test digits and the sample of training digits, some at a time; those that
        a live estimate counts (`live`).

        The result is left in `measured`. The weights must not change in between.
        """
        known = yield from self._measuring_on.work(
            self.network(), self.settings, self._layout, self.position.examples, live
        )
        if self._live and not live:
            yield from self._measuring_on.prepare()  # the estimates to come
        assert known.point is not None
        self._point = known.point
        if not (live and self.fresh):
            self.measured = known

    def measure_now(self) -> Point:
        """The point of the curves for the present weights."""
        for _ in self.measure():
            pass
        return self._point

    @property
    def point_due(self) -> bool:
        """Whether the curves want a point at exactly this position."""
        last = self.points[-1].examples if self.points else -1
        due = 0 if last < 0 else self._point_after(last, self.epoch_length)
        return last < self.position.examples and self.position.examples >= due

    def network(self) -> Network:
        """A copy of the network as it stands; the same one until it learns more."""
        steps = self.position.steps
        if self._copied is None or self._copied[0] != steps:
            self._copied = steps, self._learner.copy()
        return self._copied[1]

    def _steps_due(self) -> tuple[int, float]:
        speed, since, done_before = self._paced_from
        if not self.settings.speed:
            return AT_ONCE, 0.0
        if speed != self.settings.speed:
            self.begin_pace()
            _, since, done_before = self._paced_from
        done = self.position.steps - done_before
        due = int((self._clock() - since) * self.settings.speed) + 1 - done
        if due > self.settings.speed:  # the machine cannot keep up, or slept: do not chase
            self.begin_pace()
            due = 1
        next_at = since + (done + max(due, 0)) / self.settings.speed
        return due, max(0.0, next_at - self._clock())

    def _learn(self, steps: int) -> None:
        """Learns up to so many steps, none beyond the epoch and the next point of the curves:
        chunk by chunk, until the slice is over."""
        began = self._clock()
        settings, position, learner = self.settings, self.position, self._learner
        length, epoch, offset = learner.length, position.epoch, position.offset
        shrink = 1 - settings.rate * settings.decay / length
        how = settings.batch, settings.rate, shrink, settings.nonnegative
        steps = min(steps, self._steps_to_point())
        at_once = steps_at_once(learner.engine, self._multiply_adds, settings.batch)
        done = 0
        while done < steps:
            chunk = min(at_once, steps - done)
            learner.learn(epoch, offset, chunk, *how)
            offset = min(offset + chunk * settings.batch, length)
            done += chunk
            if self._clock() - began > SLICE:
                break
        epoch_done = offset == length
        self.position = Position(
            epoch=epoch + epoch_done,
            offset=0 if epoch_done else offset,
            examples=self._examples(epoch, offset),
            steps=position.steps + done,
            seconds=position.seconds + self._clock() - began,
        )
        if done:
            self._learned_by = and_then(self._learned_by, self._by)
        if not learner.finite():
            raise Diverged(_diverged(self.position.steps, settings))

    def _steps_to_point(self) -> int:
        """Steps that end the epoch, or reach the next point of the curves if that comes first."""
        position, length, count = self.position, self._learner.length, self.epoch_length
        until = self._point_after(self.points[-1].examples, count)
        wanted = min(until - position.epoch * count, count)
        # the first place where `_examples` has come so far
        there = -(-wanted * length // count)
        return max(0, -(-(there - position.offset) // self.settings.batch))

    def _examples(self, epoch: int, offset: int) -> int:
        """Training digits seen at a place of an epoch: networks with fewer digits of their own
        go through the same set in fewer steps."""
        count = self.epoch_length
        return epoch * count + offset * count // self._learner.length

    def _add_point(self) -> Iterator[None]:
        yield from self.measure(self._live)
        self.points.append(self._point)
        self._add_moment()
        self._measuring = None

    def _add_moment(self) -> None:
        if self.film is not None:
            number = len(self.points) - 1
            self.film = with_moment(self.film, number, self.network(), self.position)


def _diverged(steps: int, settings: Settings) -> str:
    fields = {
        "steps": number(steps),
        "rate": plain(settings.rate),
        "decay": plain(settings.decay),
    }
    if settings.decay:
        return tr(
            "Learning diverged at step {steps}: with a learning rate of {rate} and a weight decay "
            "of {decay} the weights grew beyond all bounds.",
            **fields,
        )
    return tr(
        "Learning diverged at step {steps}: with a learning rate of {rate} the weights grew beyond "
        "all bounds.",
        **fields,
    )
