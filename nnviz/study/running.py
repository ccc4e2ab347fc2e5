"""A study that runs: its missing trials are worked elsewhere, and each row is stored at once.

It has a thread of its own, and knows of no window. What it says is one value, `progress`, and
what it finished is taken with `heard`.
"""

import itertools
import threading
from collections import deque
from collections.abc import Sequence, Set
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace
from typing import Any, Literal

from nnviz.data.interruptions import hold_back
from nnviz.errors import Refusal
from nnviz.study.executors import Where, Work, Workers, cores
from nnviz.study.plan import Study
from nnviz.study.rows import Place, Row
from nnviz.study.store import Store
from nnviz.study.trials import MOST_KEPT
from nnviz.study.working import LOOK, Working

State = Literal["ready", "starting", "running", "pausing", "paused", "stopped", "done", "failed"]


@dataclass(frozen=True)
class Progress:
    """How far a study is."""

    state: State = "ready"
    done: int = 0
    """Trials that have a row"""
    wanted: int = 0
    """Trials there will be, of all conditions together"""
    running: int = 0
    parts: float = 0.0
    """How much of the trials that run is done, in trials"""
    seconds_left: float | None = None
    """None where nothing tells yet"""
    sentence: str = ""
    """What went wrong, or is worth knowing; "" for nothing"""

    @property
    def active(self) -> bool:
        """Whether something goes on."""
        return self.state in ("starting", "running", "pausing")


def missing(study: Study, trials: int, done: Set[Place]) -> list[Place]:
    """The trials without a row in the order in which they are worked: trial by trial, and those
    that learn from fewest images first, so that each condition has rows early."""
    sizes = [(each.count or each.share, n) for n, each in enumerate(study.conditions)]
    order = [number for _, number in sorted(sizes)]
    places = itertools.product(range(1, trials + 1), order)
    return [Place(number, trial) for trial, number in places if Place(number, trial) not in done]


class Running:
    """Works the missing trials of a study; `start` again goes on after a pause or a stop."""

    def __init__(
        self,
        study: Study,
        store: Store,
        where: Where | None = None,
        trials: int = 0,
        work: Work | None = None,
        most_kept: int = MOST_KEPT,
    ) -> None:
        """`trials` of each condition, 0 for those of the study; `work` is what works one."""
        self.study = study
        self.store = store
        self.where = where or Where()
        self.trials = trials or study.trials
        self._work = work
        self._most_kept = most_kept
        self._thread: threading.Thread | None = None
        self._cancelled = threading.Event()
        self._pausing = threading.Event()
        self._heard: deque[Row | str] = deque()
        self._progress = Progress(wanted=self.trials * len(study.conditions))

    @property
    def progress(self) -> Progress:
        """How far it is now."""
        return self._progress

    def heard(self) -> Sequence[Row | str]:
        """Rows that were stored since the last call, and sentences about trials that failed."""
        told = []
        while self._heard:
            told.append(self._heard.popleft())
        return told

    def start(self) -> None:
        """Begins, goes on after a pause, or takes a pause back; returns at once."""
        self._pausing.clear()
        if self._thread is not None and self._thread.is_alive():
            return
        self._cancelled.clear()
        self._say(state="starting", sentence="")
        self._thread = threading.Thread(target=self._run, name="study", daemon=True)
        self._thread.start()

    def pause(self) -> None:
        """Begins no further trial; those that run are finished."""
        self._pausing.set()

    def cancel(self) -> None:
        """Ends what runs, within two seconds; returns at once."""
        self._cancelled.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Waits until nothing goes on any more; whether that is so."""
        if self._thread is not None:
            self._thread.join(seconds)
        return self._thread is None or not self._thread.is_alive()

    def _say(self, **changes: Any) -> None:
        self._progress = replace(self._progress, **changes)

    def _run(self) -> None:
        hold_back()
        try:
            self._say(**self._worked())
        except Refusal as error:
            self._say(state="failed", sentence=str(error))
        except Exception as error:
            self._say(state="failed", sentence=f"{type(error).__name__}: {error}")
            raise
        finally:
            self._say(running=0, parts=0.0, seconds_left=None)

    def _worked(self) -> dict[str, str]:
        """Works until all is done or somebody wants it to end; -> the state that this is, and
        what failed. Raises Refusal."""
        left = missing(self.study, self.trials, self._done())
        if not left:
            return {"state": "done"}
        self.store.check_writable()
        work = self._work or _usual_work()
        hands = self._hands(len(left))
        if hands is None:
            return {"state": "stopped"}
        try:
            self._say(state="running", sentence=hands.notes())
            working = Working(self.study, self.store, hands, work, left)
            return {"state": self._rounds(working), "sentence": working.failures}
        finally:
            hands.stop()

    def _hands(self, trials: int) -> Workers | None:
        """Those who work; None where somebody did not want to wait for a cluster to begin, which
        is let go as soon as it has. Raises Refusal."""
        if not (self.where.scheduler or self.where.cluster):
            return _hands(self.where, trials)
        found: Future[Workers] = Future()

        def find() -> None:
            try:
                found.set_result(_hands(self.where, trials))
            except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
                found.set_exception(error)

        threading.Thread(target=find, name="study begins", daemon=True).start()
        while not self._cancelled.is_set():
            if wait([found], timeout=LOOK).done:
                return found.result()
        found.add_done_callback(_let_go)
        return None

    def _rounds(self, working: Working) -> State:
        while not self._cancelled.is_set():
            pausing = self._pausing.is_set()
            if not (pausing or working.hopeless):
                working.submit(self._most_kept)
            if working.ended:
                return "failed" if working.failures else "done"
            if pausing and not working.running:
                return "paused"
            found = working.take()
            self._heard.extend(found)
            parts = working.parts()
            self._say(
                state="pausing" if pausing else "running",
                done=self._progress.done + sum(isinstance(each, Row) for each in found),
                running=len(working.running),
                parts=sum(parts.values()),
                seconds_left=working.seconds_left(parts),
            )
        return "stopped"

    def _done(self) -> set[Place]:
        """The wanted trials that have a row. Raises StoreError."""
        done = {each for each in self.store.places(self.study) if each.trial <= self.trials}
        self._say(done=len(done))
        return done


def _hands(where: Where, trials: int) -> Workers:
    """Those that are asked for, for so many trials that are left. Raises Refusal."""
    if where.scheduler or where.cluster:
        # Dask takes half a second to import
        from nnviz.study.cluster import ClusterWorkers

        return ClusterWorkers(where)
    # only who runs trials needs it
    from nnviz.study.processes import LocalProcesses

    count = max(1, min(where.processes or cores(), trials))
    return LocalProcesses(count, max(1, cores() // count))


def _let_go(found: Future[Workers]) -> None:
    if found.exception() is None:
        found.result().stop()


def _usual_work() -> Work:
    # only who runs trials needs it
    from nnviz.study.worker import work

    return work
