"""Teaching the models of a trial: each that is wanted once, whoever wants it, on several threads
where that is asked for."""

import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, Protocol

from nnviz.data.digits import DigitSet
from nnviz.networks.learned_by import LearnedBy

HEARD_EVERY = 0.1
"""Seconds between two looks at whether a trial is still wanted, while other threads work for it."""


@dataclass(frozen=True, eq=False)
class Learned:
    """What became of a model."""

    weights: Any
    """A Network, a Lenet, or the read-outs of heads"""
    seconds: float
    """Processor seconds"""
    by: tuple[LearnedBy, ...]
    """What worked out the steps; nothing for numpy, which no run in the window learns with"""
    finite: bool = True
    """Whether its weights are numbers to reckon with; one that diverged is read all the same"""


class Teachable(Protocol):
    """One or several networks that learn at once. Equal ones learn the same, number by number."""

    @property
    def start(self) -> "Teachable | None":
        """What it begins on, which must have learned before."""

    @property
    def networks(self) -> int:
        """How many they are."""

    @property
    def steps(self) -> int:
        """Updates of each."""

    @property
    def updates(self) -> int:
        """Of all of them together."""

    @property
    def epochs(self) -> float:
        """How often they see their images."""

    @property
    def work(self) -> float:
        """About how much there is to do, in multiply-adds."""

    @property
    def asking(self) -> float:
        """About how much it is to ask them about one image."""

    def learn(
        self, digits: DigitSet, start: Learned | None, did: Callable[[float], None]
    ) -> Learned:
        """Learns from the training images of a trial; `did` is told of work that is done, several
        times a second, and may raise to end it."""

    def __hash__(self) -> int: ...


class Stopped(Exception):
    """A thread ends, because its trial has ended."""


class Progress:
    """How much of a trial is done. Several threads may add to it; only the one that made it
    tells: `tick` gets the part done, 0..1, and may raise."""

    def __init__(self, tick: Callable[[float], None], total: float) -> None:
        self._tick, self._total, self._done = tick, max(1.0, total), 0.0
        self._owner, self._lock = threading.get_ident(), threading.Lock()
        self._stopped = False

    def add(self, work: float) -> None:
        """So much work is done. Raises Stopped in other threads once the trial has ended."""
        with self._lock:
            self._done += work
        if threading.get_ident() == self._owner:
            self.tell()
        elif self._stopped:
            raise Stopped

    def tell(self) -> None:
        """Says how far it is."""
        self._tick(min(1.0, self._done / self._total))

    def stop(self) -> None:
        """Has the other threads end."""
        self._stopped = True


def teach(
    wanted: Iterable[Teachable], digits: DigitSet, progress: Progress, threads: int = 1
) -> dict[Teachable, Learned]:
    """All models that are wanted, and those that they begin on.

    The numbers are the same whatever the number of threads: no model knows of another but the
    one that it begins on.
    """
    everyone = with_starts(wanted)
    learned: dict[Teachable, Learned] = {}
    while len(learned) < len(everyone):
        ready = [
            each
            for each in everyone
            if each not in learned and (each.start is None or each.start in learned)
        ]
        # the longest first, so that no thread is left alone with one of them at the end
        ready.sort(key=lambda each: -each.work)
        if threads == 1 or len(ready) == 1:
            for each in ready:
                learned[each] = each.learn(digits, _start_of(each, learned), progress.add)
        else:
            learned |= _side_by_side(ready, learned, digits, progress, threads)
    return learned


def with_starts(wanted: Iterable[Teachable]) -> tuple[Teachable, ...]:
    """Each once, in order, with those that they begin on before them."""
    found: dict[Teachable, None] = {}
    for each in wanted:
        if each.start is not None:
            found[each.start] = None
        found[each] = None
    return tuple(found)


def _start_of(each: Teachable, learned: Mapping[Teachable, Learned]) -> Learned | None:
    return None if each.start is None else learned[each.start]


def _side_by_side(
    ready: Iterable[Teachable],
    learned: Mapping[Teachable, Learned],
    digits: DigitSet,
    progress: Progress,
    threads: int,
) -> dict[Teachable, Learned]:
    with ThreadPoolExecutor(threads, "model") as pool:
        jobs: dict[Teachable, Future[Learned]] = {
            each: pool.submit(each.learn, digits, _start_of(each, learned), progress.add)
            for each in ready
        }
        try:
            missing = set(jobs.values())
            while missing:
                done, missing = wait(missing, HEARD_EVERY)
                for job in done:
                    job.result()
                progress.tell()
        except BaseException:
            progress.stop()
            pool.shutdown(cancel_futures=True)
            raise
        return {each: job.result() for each, job in jobs.items()}
