"""Measures what it costs to work trials elsewhere.

`uv run --isolated --extra cluster python -m tests.cluster 3` takes three rounds.

Rounds are interleaved, and each number is the median of its rounds; a busy machine shows in
their spread. Starting up is not in them: it is paid once a study, not once a trial.
"""

import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from nnviz.study.executors import Where, Work
from nnviz.study.plan import Learning, SchemeEntry, Study, StudyDigits
from nnviz.study.running import Running
from nnviz.study.store import create_or_open
from tests.study.tiny_work import quick

BUSY = Study(
    "Busy",
    "How fast?",
    (SchemeEntry("pairs", "all-pairs"),),
    StudyDigits(counts=(200,)),
    learning=Learning(epochs=60),
    trials=12,
)
"""Trials that keep a core busy for some seconds"""
EMPTY = replace(BUSY, trials=150, seed=2)
"""Trials that take no time, so that only what is around them is left"""
ROUNDS = 3


def seconds_a_trial(study: Study, where: Where, work: Work | None = None) -> float:
    """Seconds between two finished trials, once all who work have finished one."""
    with tempfile.TemporaryDirectory() as folder:
        store = create_or_open(study, Path(folder) / "rows.sqlite")
        running = Running(study, store, where, work=work)
        running.start()
        warm = 2 * max(1, where.processes + where.cluster)
        while running.progress.done < warm and running.progress.state != "failed":
            running.wait(0.002)
        began, first = time.perf_counter(), running.progress.done
        running.wait()
        took = time.perf_counter() - began
        if running.progress.state != "done":
            raise SystemExit(running.progress.sentence)
        return took / (running.progress.done - first)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    places = {
        "one process": lambda: seconds_a_trial(BUSY, Where(processes=1)),
        "two processes": lambda: seconds_a_trial(BUSY, Where(processes=2)),
        "two workers": lambda: seconds_a_trial(BUSY, Where(cluster=2)),
        "an empty trial in a process": lambda: seconds_a_trial(EMPTY, Where(processes=1), quick),
        "an empty trial on a worker": lambda: seconds_a_trial(EMPTY, Where(cluster=1), quick),
    }
    found: dict[str, list[float]] = {name: [] for name in places}
    for _ in range(rounds):
        for name, measure in places.items():
            found[name].append(measure())
    middle = {name: statistics.median(each) for name, each in found.items()}
    for name, each in found.items():
        print(
            f"{name}: {1000 * middle[name]:.1f} ms ({1000 * min(each):.1f}-{1000 * max(each):.1f})"
        )
    one, two, workers, empty, far = middle.values()
    print(f"two processes are {one / two:.2f} times one (wanted: 1.7)")
    print(f"two workers take {100 * (workers / two - 1):+.1f} % of two processes (wanted: 10)")
    print(f"a cluster adds {1000 * (far - empty):.1f} ms a trial (wanted: 50)")


if __name__ == "__main__":
    main()
