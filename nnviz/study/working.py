"""Trials on their way: given to those who work, taken back, stored, and repeated where lost."""

import time
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field

from nnviz.study.executors import Failed, Work, Workers
from nnviz.study.plan import Study
from nnviz.study.rows import Place, Row
from nnviz.study.store import Store
from nnviz.study.trials import Task
from nnviz.words import Value, plain, sentences, tr, tr_n

LOOK = 0.1
"""Seconds between two looks at what was told"""
FAILURES = 3
"""So many trials that fail one after another end a study: the others would, too"""
KNOWN_PART = 0.1
"""Of a trial: from there on it tells how long all of it takes"""


@dataclass(frozen=True)
class Under:
    """A trial that is worked."""

    place: Place
    began: float


@dataclass
class Times:
    """How long trials take, from those that are finished and those that run."""

    study: Study
    _seconds: dict[int, list[float]] = field(default_factory=dict)
    """Number of the condition -> seconds of each of its trials"""

    def add(self, condition: int, seconds: float) -> None:
        """Another trial is finished."""
        self._seconds.setdefault(condition, []).append(seconds)

    def left(
        self, waiting: Iterable[Place], running: Iterable[Under], parts: Mapping[Place, float]
    ) -> float | None:
        """Seconds of work that are left, were one to do it alone; None where nothing tells."""
        now = time.monotonic()
        found = dict(self._seconds)
        going = list(running)
        for each in going:
            part = parts.get(each.place, 0.0)
            if part >= KNOWN_PART and each.place.condition not in self._seconds:
                found.setdefault(each.place.condition, []).append((now - each.began) / part)
        if not found:
            return None
        means = {condition: sum(each) / len(each) for condition, each in found.items()}
        total = sum(self._of(place.condition, means) for place in waiting)
        for each in going:
            whole = self._of(each.place.condition, means)
            part = parts.get(each.place, 0.0)
            total += max(0.0, whole * (1 - part) if part else whole - (now - each.began))
        return total

    def _of(self, condition: int, means: Mapping[int, float]) -> float:
        """Of a condition nobody has finished yet: as much longer as it has more images than the
        nearest that is known."""
        if condition in means:
            return means[condition]
        sizes = [each.count or each.share for each in self.study.conditions]
        nearest = min(means, key=lambda each: abs(sizes[each] - sizes[condition]))
        return means[nearest] * sizes[condition] / sizes[nearest]


class Working:
    """The trials of a study that are left, and those who work them."""

    def __init__(
        self, study: Study, store: Store, hands: Workers, work: Work, left: Iterable[Place]
    ) -> None:
        self._study = study
        self._store = store
        self._hands = hands
        self._work = work
        self.waiting = deque(left)
        self.running: dict[Future[Row | Failed], Under] = {}
        self.times = Times(study)
        self.slots = 1
        self._losses: Counter[Place] = Counter()
        self._failed: list[str] = []
        self._one_after_another = 0

    def submit(self, most_kept: int) -> None:
        """Has all begin a trial who have none; those with a row by now are left out.

        Raises Refusal where nobody is left who could work.
        """
        self.slots = self._hands.slots()
        free = self.slots - len(self.running)
        if free <= 0 or not self.waiting:
            return
        done = self._store.places(self._study)
        while free and self.waiting:
            place = self.waiting.popleft()
            if place in done:
                continue
            task = Task(self._study, place, self._hands.threads, self._keep, most_kept)
            future = self._hands.submit(self._work, task)
            self.running[future] = Under(place, time.monotonic())
            free -= 1

    def take(self) -> list[Row | str]:
        """Waits a moment for trials to end, and stores their rows; -> those, and what failed.

        Raises StoreError.
        """
        if not self.running:
            time.sleep(LOOK)
        ended, _ = wait(self.running, timeout=LOOK, return_when=FIRST_COMPLETED)
        return [told for future in ended for told in self._taken(future)]

    def parts(self) -> Mapping[Place, float]:
        """How far the trials are that run, 0..1, as far as that is known."""
        running = {each.place for each in self.running.values()}
        return {place: part for place, part in self._hands.parts().items() if place in running}

    def seconds_left(self, parts: Mapping[Place, float]) -> float | None:
        """Until all are finished, with as many at once as now; None where nothing tells."""
        work = self.times.left(self.waiting, self.running.values(), parts)
        busy = min(self.slots, len(self.waiting) + len(self.running))
        return None if work is None else work / max(1, busy)

    @property
    def _keep(self) -> str:
        return str(self._store.folder) if self._store.keeps and self._hands.keep else ""

    @property
    def ended(self) -> bool:
        """Whether nothing is left, or so many failed in a row that the others would, too."""
        return not self.running and (not self.waiting or self.hopeless)

    @property
    def hopeless(self) -> bool:
        """Whether no further trial begins."""
        return self._one_after_another >= FAILURES

    @property
    def failures(self) -> str:
        """How many trials left no row, and why the last did not; "" for none."""
        if not self._failed:
            return ""
        return sentences(
            tr_n("{count} trial failed.", "{count} trials failed.", len(self._failed)),
            self._failed[-1],
        )

    def _taken(self, future: Future[Row | Failed]) -> Iterable[Row | str]:
        under = self.running.pop(future)
        place = under.place
        error = _error_of(future)
        if error is not None and self._hands.lost(error):
            self._losses[place] += 1
            if self._losses[place] <= self._hands.repeats:
                self.waiting.appendleft(place)
                return
            outcome: Row | Failed = Failed(
                tr("the process that worked it ended each time, as for lack of memory")
            )
        elif error is not None:
            outcome = Failed(f"{type(error).__name__}: {error}")
        else:
            outcome = future.result()
        if isinstance(outcome, Row):
            self._one_after_another = 0
            self.times.add(place.condition, time.monotonic() - under.began)
            if self._store.add(outcome):
                yield outcome
            return
        self._one_after_another += 1
        self._failed.append(self._said(place, outcome))
        yield self._failed[-1]

    def _said(self, place: Place, failed: Failed) -> str:
        condition = self._study.conditions[place.condition]
        fields: dict[str, Value] = {"trial": place.trial, "reason": failed.sentence.rstrip(".")}
        if condition.count:
            return tr_n(
                "Trial {trial} with {count} image of each class: {reason}.",
                "Trial {trial} with {count} images of each class: {reason}.",
                condition.count,
                **fields,
            )
        return tr(
            "Trial {trial} with {share} % of the images: {reason}.",
            share=plain(100 * condition.share),
            **fields,
        )


def _error_of(future: Future[Row | Failed]) -> BaseException | None:
    """What went wrong with whoever worked it, be it that Dask has forgotten it."""
    try:
        return future.exception()
    except BaseException as error:  # noqa: BLE001 - a future that was cancelled raises that
        return error
