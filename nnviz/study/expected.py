"""What a study will take, before it starts: time, memory and room for networks.

Time follows from the multiply-adds of all steps and how fast processors do them, measured once on
one machine; another machine is as much faster as its numpy is. That is right within a factor of
two. Where rows of the study are there already, what they took is better.
"""

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from nnviz.data.catalogue import megabytes
from nnviz.errors import Refusal
from nnviz.networks.lenet import FILTERS, POOL, SIDE
from nnviz.study.digits import StudyImages, images_of
from nnviz.study.executors import cores
from nnviz.study.jobs import Job, Sizes, asking_of, jobs_of_trial
from nnviz.study.plan import Condition, SchemeEntry, Study
from nnviz.study.rows import Row
from nnviz.study.schemes import hidden_of_scheme, models_of, parameters_of
from nnviz.words import number, tr, tr_n

SPEEDS = {"three-layer": 12e9, "lenet": 85e9}
"""Multiply-adds of learning in a second of one processor, where REFERENCE is what numpy does: in
the middle of what a core does that is shared with another process and one that is not"""
REFERENCE = 4.78e9
STEP = {"three-layer": 2.5e-6, "lenet": 2e-3}
"""Seconds that a step takes beside its products"""
PARAMETER = {"sgd": 1e-9, "adadelta": 1e-9}
"""Seconds that a step takes to move a parameter of a LeNet"""
INK = 0.2
"""Pixels of grey digits that are not black: of the others the compiled engine works out nothing"""
ASKING = {"three-layer": 30e9, "lenet": 60e9}
"""Multiply-adds of asking networks, in a second"""
LOWER = 1.05
"""How much faster LeNets learn with bfloat16"""
STARTING = 4.0
"""Seconds until a process can learn"""
PROGRAM = {"three-layer": 300e6, "lenet": 600e6}
"""Bytes of a process that has imported what it learns with"""
COPIES = {"sgd": 3, "adadelta": 5}
"""Of the weights of a network that learns: themselves, gradients, what an optimiser keeps"""
MOST_LENETS = 200
"""LeNets of a trial that anybody would wait for: five classes have 26 sets, eight have 247"""
LONGEST = 10 * 86400.0
"""Seconds that a study may take"""
MACHINE = 0.9
"""Of the memory of the machine that a study may take"""
LOOKS, ROUNDS = 64, 40


class Hopeless(Refusal):
    """A study that would never end, or does not fit; the message says why."""


@dataclass(frozen=True)
class Expected:
    """What a study takes; times are right within a factor of two."""

    trial_seconds: tuple[float, ...]
    """(conditions,): processor seconds of one trial"""
    seconds: float
    """Processor seconds of all trials"""
    wall: float
    """Seconds until all are done"""
    memory: int
    """Bytes of all its processes together"""
    networks: int
    """Bytes of the networks of all trials, if all were kept"""
    sentence: str


def expected(
    study: Study,
    digits: StudyImages,
    processes: int = 0,
    rows: Sequence[Row] = (),
    trials: int = 0,
) -> Expected:
    """What so many trials of each condition will take in so many processes (0 trials: those of
    the study; 0 processes: as many as the machine has), going by what `rows` took.

    Raises Hopeless.
    """
    processes, trials = processes or cores(), trials or study.trials
    conditions = [sizes_of(digits, each) for each in study.conditions]
    refuse_lenets(study, digits)
    counted = [trial_seconds(study, sizes) for sizes in conditions]
    known = _known(study, counted, rows)
    each = tuple(seconds * known for seconds in counted)
    seconds = trials * sum(each)
    busy = min(processes, trials * len(each))
    wall = max(STARTING + seconds / busy, max(each))
    memory = busy * memory_of(study, digits, conditions)
    networks = trials * len(each) * _networks_bytes(study, conditions[0])
    if wall > LONGEST:
        raise Hopeless(
            "This study would take {wall} in {processes}; up to {longest} can be begun: have fewer "
            "trials, classes or images, a frozen trunk, or a three-layer network.",
            wall=duration(wall),
            processes=_in_processes(busy),
            longest=duration(LONGEST),
        )
    there = machine_memory()
    if there and memory > MACHINE * there:
        raise Hopeless(
            "This study would take {memory} of memory in {processes}, but this machine has "
            "{there}.",
            memory=megabytes(memory),
            processes=_in_processes(busy),
            there=megabytes(there),
        )
    sentence = tr_n(
        "{count} trial takes about {wall} in {processes}, give or take a factor of two, and "
        "{memory} of memory; its networks have {networks}.",
        "{count} trials take about {wall} in {processes}, give or take a factor of two, and "
        "{memory} of memory; their networks have {networks}.",
        trials * len(each),
        wall=duration(wall),
        processes=_in_processes(busy),
        memory=megabytes(memory),
        networks=megabytes(networks),
    )
    return Expected(each, seconds, wall, memory, networks, sentence)


def sizes_of(digits: StudyImages, condition: Condition) -> Sizes:
    """How many images a trial under a condition has."""
    counts = np.bincount(digits.train_labels, minlength=digits.classes).tolist()
    return Sizes(
        digits.class_names,
        tuple(images_of(condition, count) for count in counts),
        len(digits.test_labels),
        digits.shape,
    )


def trial_seconds(study: Study, sizes: Sizes, speed: float = 0.0) -> float:
    """Processor seconds that a trial takes; `speed` is that of the machine, 1 for the one that
    was measured, 0 for this one."""
    jobs = jobs_of_trial(study, sizes).values()
    learning = sum(seconds_of(study, job, sizes) for job in jobs)
    asking = sum(asking_of(study, entry, sizes) for entry in study.schemes) / ASKING[study.network]
    return (learning + asking) / (speed or speed_here())


def seconds_of(study: Study, job: Job, sizes: Sizes) -> float:
    """Processor seconds of a job on the machine that was measured."""
    lenet = study.network == "lenet"
    ink = 1.0 if lenet or sizes.shape[2] > 1 else INK
    adds = 3 * (job.below * ink + job.above) * job.batch * job.steps + job.features
    beside = job.steps * STEP[study.network]
    if lenet and job.below:
        beside += job.updates * job.parameters * PARAMETER[study.learning.optimiser]
        adds /= LOWER if study.learning.bfloat16 else 1
    return adds / SPEEDS[study.network] + beside


@cache
def speed_here() -> float:
    """How fast this machine is, 1 being the one that was measured; takes some milliseconds.

    A sum of products that numpy works out itself, on one thread: the fastest of several rounds.
    """
    vectors = np.ones((LOOKS, 4096), np.float32)
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        np.einsum("ij,j->i", vectors, vectors[0])
        best = min(best, time.perf_counter() - began)
    return float(vectors.size / best / REFERENCE)


def memory_of(study: Study, digits: StudyImages, conditions: Iterable[Sizes]) -> int:
    """Bytes of a process that works trials."""
    images = digits.train_images.nbytes + digits.test_images.nbytes
    most = 0.0
    for sizes in conditions:
        jobs = jobs_of_trial(study, sizes).values()
        kept = 4 * sum(job.parameters for job in jobs)
        copies = COPIES[study.learning.optimiser] - 1
        largest = max(4 * copies * job.parameters + _activity(study, job, sizes) for job in jobs)
        most = max(most, kept + largest)
    # the images, and those that a trial has drawn of them
    return int(PROGRAM[study.network] + 2 * images + most)


def _activity(study: Study, job: Job, sizes: Sizes) -> float:
    """Bytes of what the layers of a LeNet say of a batch, and of their gradients."""
    if study.network == "three-layer" or not job.below:
        return 0.0
    height, width, _ = sizes.shape
    lost, (few, many) = SIDE - 1, FILTERS
    first = (height - lost) * (width - lost) * few
    second = (height - 2 * lost) * (width - 2 * lost) * many
    return 4 * 2 * job.batch * (first + second + second / POOL**2)


def machine_memory() -> int:
    """Bytes of memory of this machine; 0 where it does not say."""
    names = getattr(os, "sysconf_names", {})
    if "SC_PHYS_PAGES" not in names or "SC_PAGE_SIZE" not in names:
        return 0
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def duration(seconds: float) -> str:
    """About how long, in words: 40 seconds, 5 minutes, 2.5 hours, 3 days."""
    if seconds < 90:
        return tr_n("{count} second", "{count} seconds", max(1, round(seconds)))
    if seconds < 90 * 60:
        return tr_n("{count} minute", "{count} minutes", round(seconds / 60))
    if seconds < 36 * 3600:
        hours = seconds / 3600
        return tr("{hours} hours", hours=number(hours, 1 if hours < 10 else 0))
    return tr_n("{count} day", "{count} days", round(seconds / 86400))


def _in_processes(processes: int) -> str:
    return tr_n("{count} process", "{count} processes", processes)


def _known(study: Study, counted: Sequence[float], rows: Sequence[Row]) -> float:
    """By what factor finished rows took longer than was counted; 1 without any."""
    words = [each.word for each in study.conditions]
    finished = [row for row in rows if row.condition in words]
    thought = sum(counted[words.index(row.condition)] for row in finished)
    return sum(row.seconds for row in finished) / thought if thought else 1.0


def _networks_bytes(study: Study, sizes: Sizes) -> int:
    """Bytes of the networks of one trial, a file for each scheme."""
    classes = len(sizes.class_names)
    return 4 * sum(
        parameters_of(
            study,
            entry,
            hidden_of_scheme(study, entry, sizes.shape, classes),
            sizes.shape,
            len(entry.taught) or classes,
        )
        for entry in study.schemes
    )


def refuse_lenets(study: Study, digits: StudyImages) -> None:
    """Raises Hopeless for a scheme of more LeNets than anybody would wait for, wherever they
    learn."""
    if study.network != "lenet":
        return
    sizes = sizes_of(digits, study.conditions[-1])
    for entry in study.schemes:
        if entry.trunk == "frozen":
            continue
        models = len(models_of(entry, sizes.class_names))
        if models > MOST_LENETS:
            raise Hopeless(_too_many(study, entry, models, sizes))


def _too_many(study: Study, entry: SchemeEntry, models: int, sizes: Sizes) -> str:
    alone = Study(study.name, "", (entry,), study.digits, study.network, learning=study.learning)
    jobs = jobs_of_trial(alone, sizes).values()
    return tr(
        "{name} would be {models} LeNets, {memory} of weights and {time} of learning for one "
        "trial: have fewer classes, a frozen trunk, or a three-layer network.",
        name=entry.name,
        models=models,
        memory=megabytes(4 * sum(job.parameters for job in jobs)),
        time=duration(trial_seconds(alone, sizes)),
    )
