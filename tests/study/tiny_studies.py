"""Studies of a few bundled digits that are worked out in no time."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from nnviz.networks.files import TrainedNetwork, load
from nnviz.study.digits import StudyImages, drawn, open_study_digits
from nnviz.study.plan import Learning, SchemeEntry, Study, StudyDigits
from nnviz.study.rows import Outcome, Place
from nnviz.study.trials import Task, run_trial

FIRST = Place(0, 1)
THREE_LAYER = (
    SchemeEntry("usual", "ten-outputs"),
    SchemeEntry("again", "ten-outputs", trunk="fine-tuned"),
    SchemeEntry("head", "ten-outputs", trunk="frozen"),
    SchemeEntry("rest", "one-vs-rest"),
    SchemeEntry("weighted", "one-vs-rest", balance="weight"),
    SchemeEntry("sampled", "one-vs-rest", balance="sampling"),
    SchemeEntry("pairs", "all-pairs"),
    SchemeEntry("pair heads", "all-pairs", trunk="frozen"),
    SchemeEntry("sets", "elimination"),
    SchemeEntry("tuned sets", "elimination", trunk="fine-tuned"),
    SchemeEntry("set heads", "elimination", trunk="frozen"),
    SchemeEntry("bits", "four-bits"),
    SchemeEntry("code", "any-code"),
    SchemeEntry("members", "plain-ensemble", members=3),
)
LENET = (
    SchemeEntry("usual", "ten-outputs"),
    SchemeEntry("pairs", "all-pairs"),
    SchemeEntry("sets", "elimination"),
    SchemeEntry("set heads", "elimination", trunk="frozen"),
    SchemeEntry("rest", "one-vs-rest", balance="weight"),
    SchemeEntry("bit heads", "four-bits", trunk="frozen"),
    SchemeEntry("tuned", "ten-outputs", trunk="fine-tuned"),
)


def study_of(*schemes: SchemeEntry, **changes) -> Study:
    """Of three-layer networks of four classes, unless something else is asked for."""
    usual = Study(
        "Tiny",
        "Which is better?",
        schemes or THREE_LAYER,
        StudyDigits(classes=("0", "1", "4", "9"), counts=(3, 6), tested=5),
        hidden=5,
        learning=Learning(epochs=40, batch=5, matched="updates"),
    )
    return replace(usual, **changes)


def lenets_of(*schemes: SchemeEntry, **changes) -> Study:
    """Of LeNets of three classes."""
    usual = Study(
        "Tiny LeNets",
        "Which is better?",
        schemes or LENET,
        StudyDigits(classes=("0", "1", "4"), counts=(2,), tested=4),
        network="lenet",
        learning=Learning("adadelta", batch=6, epochs=2),
    )
    return replace(usual, **changes)


@cache
def images_of(study: Study) -> StudyImages:
    return open_study_digits(study)


def part_of(study: Study, place: Place = FIRST) -> StudyImages:
    """The images of one trial."""
    return drawn(study, images_of(study), place)


def outcomes_of(study: Study, place: Place = FIRST, **how) -> dict[str, Outcome]:
    """Name of each scheme -> its outcome, without the seconds, which no two runs share."""
    row = run_trial(Task(study, place, **how), images_of(study))
    return {name: replace(each, seconds=0.0) for name, each in row.outcomes.items()}


def networks_of(study: Study, folder: Path, place: Place = FIRST) -> dict[str, TrainedNetwork]:
    """Name of each scheme -> its networks, as a trial keeps them."""
    row = run_trial(Task(study, place, 1, str(folder), 10**9), images_of(study))
    return {name: load(folder / file) for name, file in row.kept.items()}
