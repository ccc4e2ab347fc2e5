"""One trial: the models of all schemes learn from the same images and answer the same tests."""

import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import nnviz
from nnviz.data.digits import DigitSet
from nnviz.data.handed import digest_of
from nnviz.networks.learned_by import in_words, version_of
from nnviz.study.answering import outcome_of
from nnviz.study.called import outcome_of_called, specimens_of
from nnviz.study.digits import StudyImages, drawn
from nnviz.study.keeping import keep
from nnviz.study.learning import Learned, Progress, Teachable, teach, with_starts
from nnviz.study.made import Made
from nnviz.study.plan import SchemeEntry, Study
from nnviz.study.rows import Outcome, Place, Row

MOST_KEPT = 200_000_000
"""Bytes of networks that are kept of a study, if nobody says otherwise."""
WITH_VERSIONS = ("numpy", "numba", "torch", "scipy", "safetensors")
"""Packages that the numbers can depend on."""


class Cancelled(Exception):
    """A trial is no longer wanted; whoever watches it may raise this."""


@dataclass(frozen=True)
class Task:
    """All that a process must know to work a trial out."""

    study: Study
    place: Place
    threads: int = 1
    """LeNets that learn side by side"""
    keep: str = ""
    """The folder of the study, where its networks are kept; "" for none"""
    most_kept: int = MOST_KEPT


class Networks(Protocol):
    """The networks of a kind that a study wants."""

    def models(self, entry: SchemeEntry) -> tuple[Teachable, ...]:
        """What must learn for a scheme, besides what that begins on."""

    def made(self, entry: SchemeEntry, learned: Mapping[Teachable, Learned]) -> Made:
        """The networks of a scheme, once all has learned."""


def run_trial(
    task: Task, digits: StudyImages, tick: Callable[[float], None] = lambda _: None
) -> Row:
    """Works a trial out on the images of its study, as `digits.open_study_digits` has them.

    The numbers depend on the study and the place alone: never on other schemes, the number of
    threads or what was worked out before. `tick` is told the part that is done, several times a
    second, and may raise to end it. Raises EngineMissing without anything that can learn.
    """
    began = time.process_time()
    study, place = task.study, task.place
    part, made, progress = _taught(task, digits, tick)
    specimens = specimens_of(study, place.trial, part) if study.measure == "called" else {}
    outcomes: dict[str, Outcome] = {}
    kept: dict[str, str] = {}
    for number, entry in enumerate(study.schemes):
        own = made[entry.name]
        if study.measure == "called":
            found = outcome_of_called(study, entry, own, part, specimens, progress)
        else:
            found = outcome_of(entry, own, part, progress)
        outcomes[entry.name] = found
        if task.keep:
            file = keep(own, part, study, place, number, task.keep, task.most_kept)
            kept |= {entry.name: file} if file else {}
    tick(1.0)
    return Row(
        condition=study.conditions[place.condition].word,
        trial=place.trial,
        learned=len(part.train_labels),
        digest=digest_of_trial(part),
        thinned=digits.left_out > 0,
        outcomes=outcomes,
        engine=engine_of(made),
        processor=processor(),
        device=study.device,
        versions=versions(),
        seconds=time.process_time() - began,
        finished=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        kept=kept,
    )


def digest_of_trial(digits: DigitSet) -> str:
    """Of its training images and, after a dash, of its test images."""
    train = digest_of(digits.train_images, digits.train_labels)
    return f"{train}-{digest_of(digits.test_images, digits.test_labels)}"


def _taught(
    task: Task, digits: StudyImages, tick: Callable[[float], None]
) -> tuple[StudyImages, dict[str, Made], Progress]:
    """-> the images of the trial, name of each scheme -> its networks, and how far it is."""
    study = task.study
    part = drawn(study, digits, task.place)
    networks = _networks(study, part, task.place.trial)
    wanted = {entry.name: networks.models(entry) for entry in study.schemes}
    everyone = [each for models in wanted.values() for each in models]
    learning = sum(each.work for each in with_starts(everyone))
    asking = sum(each.asking for each in everyone) * len(part.test_labels)
    progress = Progress(tick, learning + asking)
    progress.tell()
    learned = teach(everyone, part, progress, task.threads)
    return part, {entry.name: networks.made(entry, learned) for entry in study.schemes}, progress


def _networks(study: Study, digits: DigitSet, trial: int) -> Networks:
    """What learns is imported where it learns: the window, which knows of tasks, does without."""
    if study.network == "three-layer":
        from nnviz.study.three_layer import ThreeLayers

        return ThreeLayers(study, digits, trial)
    from nnviz.study.lenet_models import Lenets

    return Lenets(study, digits, trial)


def engine_of(made: Mapping[str, Made]) -> str:
    """What learned, with versions: numba 0.68.1, torch 2.13.0."""
    used = dict.fromkeys(by for each in made.values() for by in each.taken.learned_by)
    words = in_words(tuple(used))
    numpy = f"numpy {version_of('numpy')}"
    return words or numpy


def versions() -> dict[str, str]:
    """Of everything that the numbers can depend on, where it is installed."""
    found = {"nnviz": nnviz.__version__, "python": platform.python_version()}
    return found | {name: each for name in WITH_VERSIONS if (each := version_of(name))}


def processor() -> str:
    """What the processor of this machine is called."""
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text("utf-8", "replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
