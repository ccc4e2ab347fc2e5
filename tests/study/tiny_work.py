"""Trials that take no time, worked by processes that the tests start: they need a module."""

import os
import signal
import time
from pathlib import Path

import numpy as np

from nnviz.errors import Refusal
from nnviz.study.executors import Tick
from nnviz.study.plan import SchemeEntry, Study, StudyDigits
from nnviz.study.rows import Outcome, Place, Row, packed
from nnviz.study.trials import Task

FEW = Study(
    "Few",
    "Does it run?",
    (SchemeEntry("usual", "ten-outputs"), SchemeEntry("pairs", "all-pairs")),
    StudyDigits(shares=(1.0, 0.5)),
    trials=3,
)
"""Six trials, of a network that nobody trains here"""


def row(place: Place, study: Study = FEW, engine: str = "none") -> Row:
    """What a trial would leave behind: numbers that only its place decides."""
    chance = np.random.default_rng([place.trial, place.condition])
    right = chance.random(10) < 0.5
    outcome = Outcome(
        float(right.mean()),
        (5, 5),
        (int((~right[:5]).sum()), int((~right[5:]).sum())),
        packed(right),
        0.5,
        10,
        20,
        3,
        1000,
        990.5,
        {"heads": 2.0},
    )
    outcomes = {each.name: outcome for each in study.schemes}
    return Row(
        study.conditions[place.condition].word,
        place.trial,
        25,
        "0123456789abcdef",
        True,
        outcomes,
        engine,
        "a processor",
        "cpu",
        {"nnviz": "0.1.0"},
        0.5,
        "2026-11-30T12:00:00Z",
    )


def quick(task: Task, tick: Tick) -> Row:
    """Says half way how far it is, and in the row who worked it and with how many threads."""
    tick(0.5)
    engine = f"{os.getpid()} {os.environ['OMP_NUM_THREADS']}"
    return row(task.place, task.study, engine)


def broken(task: Task, tick: Tick) -> Row:
    """A mistake of the program."""
    raise RuntimeError("not this way")


def folder_of_marks() -> Path:
    """Where those below meet: a folder that the test names."""
    return Path(os.environ["NNVIZ_TEST_MARKS"])


def dies_once(task: Task, tick: Tick) -> Row:
    """The first trial to be worked ends its process, as a user's kill -9 does."""
    mark = folder_of_marks() / "died"
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return row(task.place, task.study, str(os.getpid()))
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def dies_always(task: Task, tick: Tick) -> Row:
    """Trial 1 ends each process that works it, and leaves a mark."""
    if task.place.trial == 1:
        marks = folder_of_marks()
        (marks / f"{task.place.condition}-{os.getpid()}").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return row(task.place, task.study)


def endless(task: Task, tick: Tick) -> Row:
    """Works until somebody ends it."""
    marks = folder_of_marks()
    (marks / str(os.getpid())).touch()
    while True:
        tick(0.25)
        time.sleep(0.01)


def last_is_endless(task: Task, tick: Tick) -> Row:
    """All trials but the last one end."""
    if task.place == Place(0, 3):
        return endless(task, tick)
    return row(task.place, task.study)


def troubled(task: Task, tick: Tick) -> Row:
    """One trial ends its process the first time, and another cannot be worked."""
    if task.place == Place(1, 3):
        raise Refusal("There is no class 11.")
    if task.place == Place(0, 2):
        dies_once(task, tick)
    return quick(task, tick)


def watched(task: Task, tick: Tick) -> Row:
    """Works until somebody ends it, and leaves a mark when that happens."""
    marks = folder_of_marks()
    try:
        return endless(task, tick)
    finally:
        (marks / f"ended-{os.getpid()}").touch()
