"""Measures a whole trial of the blog's study with LeNets, from scratch on two cores and with a
frozen trunk, against the usual way on one thread: both extrapolated from a part."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from nnviz.data.digits import DigitSet
from nnviz.study.digits import open_study_digits
from nnviz.study.learning import Progress, teach, with_starts
from nnviz.study.lenet_models import Lenets
from nnviz.study.plan import Learning, SchemeEntry, Study, StudyDigits
from nnviz.study.schemes import reading_of
from nnviz.training.with_torch.learner import prepare_torch
from nnviz.verdicts.answers import Options
from tests.speed.digit_folders import folder_of
from tests.speed.learners.usual_lenet import BATCH, UsualLenet
from tests.speed.row import Row

LIMITS = {"scratch": 2.5, "frozen": 10.0}
"""Times as fast; of scratch where the pairs are sets of two classes, too"""
_CORES = {1: "one core", 2: "two cores"}
USUAL_STEPS = 6
ROUNDS = 3
AS_IN_THE_BLOG = Learning(
    "adadelta", batch=BATCH, epochs=12, matched="as-published", sub_epochs=20, sub_batch=BATCH
)
A_LITTLE = {
    "scratch": replace(AS_IN_THE_BLOG, epochs=1, sub_epochs=1),
    "frozen": replace(AS_IN_THE_BLOG, epochs=1),
}


def measure(rounds: int) -> list[Row]:
    prepare_torch()
    with tempfile.TemporaryDirectory() as home:
        folder = folder_of("mnist", Path(home))
    where = StudyDigits("mnist", folder, ("0", "1", "2", "3", "4"), 500)
    if not folder:
        where = replace(where, data="bundled", folder="")
    digits = open_study_digits(_study("scratch", where, AS_IN_THE_BLOG))
    return [_row(trunk, where, digits, min(rounds, ROUNDS)) for trunk in LIMITS]


def _study(trunk: str, where: StudyDigits, learning: Learning) -> Study:
    schemes = (
        SchemeEntry("usual", "ten-outputs"),
        SchemeEntry("pairs", "all-pairs", trunk=trunk),
        SchemeEntry("sets", "elimination", trunk=trunk),
    )
    return Study("The blog", "", schemes, where, "lenet", learning=learning)


def _row(trunk: str, where: StudyDigits, digits: DigitSet, rounds: int) -> Row:
    threads = 2 if trunk == "scratch" else 1
    whole = UsualLenet(digits, frozen=False)
    head = UsualLenet(digits, frozen=True)
    base, others, learned = _steps(trunk, _study(trunk, where, AS_IN_THE_BLOG), digits)
    usual, ours = [], []
    for turn in range(rounds + 1):
        of_a_step = _seconds(lambda: whole.learn(USUAL_STEPS)) / USUAL_STEPS
        of_another = of_a_step
        if trunk == "frozen":
            of_another = _seconds(lambda: head.learn(USUAL_STEPS)) / USUAL_STEPS
        found = _trial(_study(trunk, where, A_LITTLE[trunk]), digits, threads, learned)
        if turn:
            usual.append(base * of_a_step + others * of_another)
            ours.append(found)
    return Row(
        f"study-blog-{trunk}",
        f"a trial of the blog's study, {len(digits.train_labels):,} images of five classes, batch "
        f"{BATCH}: {learned:,} steps and all answers, on {_CORES[threads]}",
        f"autograd and DataLoader, one thread: {base + others:,} steps without answers",
        "x",
        [one / other for one, other in zip(usual, ours, strict=True)],
        LIMITS[trunk],
        at_least=True,
        note=f"{median(ours):,.0f} against {median(usual):,.0f} s on the wall, extrapolated",
    )


def _steps(trunk: str, study: Study, digits: DigitSet) -> tuple[int, int, int]:
    """-> steps of the base network, of all other models one by one, and those that the program
    takes, which shares the sets of two classes."""
    networks = Lenets(study, digits, 1)
    usual, pairs, sets = (networks.models(entry) for entry in study.schemes)
    others = sum(each.updates for each in (*pairs, *sets))
    own = sum(each.updates for each in with_starts((*usual, *pairs, *sets)))
    return usual[0].updates, others, usual[0].updates if trunk == "frozen" else own


def _trial(study: Study, digits: DigitSet, threads: int, steps: int) -> float:
    """Seconds of a whole trial: so many steps as long as those of a short one, and all answers.
    With a frozen trunk the steps are those of the base network; the heads learn in full."""
    networks, nobody = Lenets(study, digits, 1), Progress(lambda _: None, 1)
    models = {entry: networks.models(entry) for entry in study.schemes}
    everyone = with_starts(each for own in models.values() for each in own)
    base = everyone[0]
    of_base = _seconds(lambda: teach([base], digits, nobody)) if threads == 1 else 0.0
    began = time.perf_counter()
    learned = teach(everyone, digits, nobody, threads)
    of_all = time.perf_counter() - began
    if threads == 1:
        taught = of_base * steps / base.updates + max(0.0, of_all - of_base)
    else:
        taught = of_all * steps / sum(each.updates for each in everyone)
    began = time.perf_counter()
    for entry in study.schemes:
        made = networks.made(entry, learned)
        made.answers(digits.test_images, reading_of(entry), Options(), nobody)
    return taught + time.perf_counter() - began


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
