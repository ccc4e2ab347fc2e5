"""What a study will take: steps as they are then counted, and what is refused."""

from dataclasses import replace
from math import comb

import numpy as np
import pytest

from nnviz.data.digits import DigitSet, Source
from nnviz.study import expected as expecting
from nnviz.study.digits import StudyImages, thinned
from nnviz.study.expected import (
    Expected,
    Hopeless,
    duration,
    expected,
    sizes_of,
    speed_here,
    trial_seconds,
)
from nnviz.study.files import find_study
from nnviz.study.jobs import Sizes, jobs_of, jobs_of_trial
from nnviz.study.learning import with_starts
from nnviz.study.plan import MATCHES, Learning, SchemeEntry, Study, StudyDigits
from nnviz.study.schemes import hidden_of_scheme, parameters_of
from nnviz.study.three_layer import ThreeLayers
from tests.study.made_rows import made_rows

FIVE = ("airplane", "automobile", "bird", "cat", "deer")
BLOG = Sizes(FIVE, (500,) * 5, 5000, (32, 32, 3))
LITTLE = Sizes(FIVE, (5,) * 5, 5000, (32, 32, 3))
CLASSES = tuple("0123")


def images(per_class: int, inputs: int = 784, classes: int = 4) -> StudyImages:
    """Noise."""
    chance = np.random.default_rng(1)
    labels = np.repeat(np.arange(classes), per_class).astype(np.uint8)
    pixels = chance.integers(0, 256, (len(labels), inputs), dtype=np.uint8)
    shape = (28, 28, 1) if inputs == 784 else (32, 32, 3)
    names = tuple("0123456789"[:classes])
    return thinned(DigitSet(Source(), "made", names, pixels, labels, pixels, labels, shape), 0)


# ---- the blog, by hand ---------------------------------------------------------------


def steps_of(name: str, sizes: Sizes) -> int:
    study = find_study("the-blog")
    return sum(job.updates for job in jobs_of(study, study.scheme(name), sizes).values())


def test_the_blogs_updates_at_one_percent_are_12_and_20() -> None:
    assert steps_of("One-vs-all", LITTLE) == 12
    assert steps_of("All pairs", LITTLE) == 10 * 20
    assert steps_of("Elimination", LITTLE) == 26 * 20


def test_the_blogs_updates_with_all_images_are_those_of_its_code() -> None:
    def whole_batches(images: int, batch: int) -> int:
        return -(-images // batch)

    sets = sum(comb(5, k) * 20 * whole_batches(500 * k, 64) for k in range(2, 6))
    assert steps_of("One-vs-all", BLOG) == 12 * whole_batches(2500, 128)
    assert steps_of("Elimination", BLOG) == sets
    # pairs are sets, too: they learn once
    study = find_study("the-blog")
    together = sum(job.updates for job in jobs_of_trial(study, BLOG).values())
    assert together == sets + 12 * whole_batches(2500, 128)


@pytest.mark.parametrize("sizes", [LITTLE, BLOG])
def test_matched_by_updates_every_network_takes_as_many(sizes: Sizes) -> None:
    study = find_study("the-blog-matched")
    wanted = {100, 500} if sizes is LITTLE else {240, 1200}
    assert {job.steps for job in jobs_of_trial(study, sizes).values()} == wanted
    pairs = jobs_of(study, study.scheme("All pairs"), sizes).values()
    assert {job.steps for job in pairs} == {min(wanted)}


def test_few_images_are_seen_until_there_were_enough_updates() -> None:
    learning = Learning(batch=10, epochs=30, least_updates=1500)
    assert learning.epochs_for(50) == 300
    assert learning.epochs_for(5000) == 30
    assert learning.epochs_for(11) == 750
    assert replace(learning, least_updates=0).epochs_for(11) == 30


def test_a_convolution_takes_what_its_loops_do() -> None:
    study = replace(find_study("the-blog"), schemes=(SchemeEntry("one", "ten-outputs"),))
    (job,) = jobs_of_trial(study, BLOG).values()
    first, second = 30 * 30 * 32 * 3 * 9, 28 * 28 * 64 * 32 * 9
    assert job.below == first + second + 14 * 14 * 64 * 256
    assert job.above == 256 * 5
    weights = 32 * (27 + 1) + 64 * (288 + 1) + 256 * (12544 + 1) + 5 * 257
    assert job.parameters == weights


# ---- as they then learn -------------------------------------------------------------

ALL = (
    SchemeEntry("one", "ten-outputs"),
    SchemeEntry("ensemble", "plain-ensemble", members=3),
    SchemeEntry("rest", "one-vs-rest"),
    SchemeEntry("as many", "one-vs-rest", balance="sampling"),
    SchemeEntry("equal", "one-vs-rest", equal_parameters=True),
    SchemeEntry("pairs", "all-pairs", learning=(("epochs", 2),)),
    SchemeEntry("frozen pairs", "all-pairs", "frozen"),
    SchemeEntry("tuned", "all-pairs", "fine-tuned"),
    SchemeEntry("walk", "elimination"),
    SchemeEntry("frozen walk", "elimination", "frozen"),
    SchemeEntry("bits", "four-bits"),
    SchemeEntry("code", "any-code", code="error-correcting"),
    SchemeEntry("few", "ten-outputs", taught=("1", "3")),
)


@pytest.mark.parametrize("matched", MATCHES)
@pytest.mark.parametrize("per_class", [3, 12])
def test_steps_and_networks_are_those_that_learn(matched: str, per_class: int) -> None:
    learning = Learning(matched=matched, epochs=2, sub_epochs=3, sub_batch=7)
    if matched != "as-published":
        learning = replace(learning, least_updates=10)
    study = Study("a", "b", ALL, StudyDigits("mnist"), hidden=3, learning=learning)
    digits = images(per_class)
    sizes, trial = sizes_of(digits, study.conditions[0]), ThreeLayers(study, digits, 1)
    everyone, sharing = set(), 0
    for entry in study.schemes:
        learned = with_starts(trial.models(entry))
        jobs = jobs_of(study, entry, sizes).values()
        counted = [sum(job.networks for job in jobs), sum(job.updates for job in jobs)]
        found = [sum(each.networks for each in learned), sum(each.updates for each in learned)]
        assert (entry.name, *counted) == (entry.name, *found)
        everyone |= set(learned)
        sharing += len(jobs)
    together = jobs_of_trial(study, sizes).values()
    assert len(together) < sharing  # what several schemes want learns once
    assert sum(job.updates for job in together) == sum(each.updates for each in everyone)


@pytest.mark.parametrize(
    "entry", [each for each in ALL if each.trunk == "scratch"], ids=lambda entry: entry.name
)
def test_all_that_learns_are_the_parameters_of_a_scheme(entry: SchemeEntry) -> None:
    study = Study("a", "b", (ALL[0], replace(entry, name="it")), StudyDigits("mnist"), hidden=3)
    sizes = sizes_of(images(12), study.conditions[0])
    hidden = hidden_of_scheme(study, study.schemes[1], sizes.shape, 4)
    classes = len(entry.taught) or 4
    wanted = parameters_of(study, study.schemes[1], hidden, sizes.shape, classes)
    assert sum(job.parameters for job in jobs_of(study, study.schemes[1], sizes).values()) == wanted


def test_finished_rows_say_better_what_a_trial_takes() -> None:
    study = Study("a", "b", ALL[:1], StudyDigits("mnist"), hidden=3)
    digits = images(12)
    rows = made_rows({"one": [3, 4]})
    known = expected(study, digits, processes=1, rows=rows)
    assert known.trial_seconds == pytest.approx((3.0,))
    assert known.seconds == pytest.approx(3.0 * study.trials)
    assert expected(study, digits, processes=1, rows=rows, trials=2).seconds == pytest.approx(6.0)
    # of conditions that have none, in proportion
    halves = replace(study, digits=StudyDigits("mnist", shares=(0.5, 1.0)))
    half, whole = expected(halves, digits, processes=1, rows=rows).trial_seconds
    assert half < whole == pytest.approx(3.0)


def test_more_processes_take_less_time_and_more_memory() -> None:
    study, digits = find_study("naive-child"), images(100, classes=10)
    found = [expected(study, digits, processes=k) for k in (1, 2, 100)]
    assert found[0].wall > found[1].wall > found[2].wall > max(found[2].trial_seconds)
    assert found[1].memory == 2 * found[0].memory
    assert found[2].memory == study.trials * found[0].memory  # no more than there are trials
    assert len({each.networks for each in found}) == 1
    assert isinstance(found[0], Expected)
    assert found[0].sentence.startswith("10 trials take about")
    assert "factor of two" in found[0].sentence


def test_a_slower_machine_takes_longer() -> None:
    study = find_study("the-blog")
    assert trial_seconds(study, BLOG, 0.5) == pytest.approx(2 * trial_seconds(study, BLOG, 1.0))
    assert 0.01 < speed_here() < 100


# ---- hopeless ------------------------------------------------------------------------


def lenets(*schemes: SchemeEntry, **changes: object) -> Study:
    usual = Study("a", "b", schemes, StudyDigits("cifar-10"), "lenet", trials=10)
    return replace(usual, **changes)


def test_a_thousand_lenets_are_refused_with_the_reason() -> None:
    walk = SchemeEntry("walk", "elimination")
    digits = images(50, 3072, 10)
    with pytest.raises(Hopeless, match=r"1,013 LeNets, .* MB of weights and .* of learning"):
        expected(lenets(walk), digits)
    expected(lenets(replace(walk, trunk="frozen"), trials=1), digits)
    small = images(50, 3072, 5)
    expected(lenets(walk, learning=Learning(batch=128, epochs=1)), small)


def test_a_study_of_months_is_refused() -> None:
    one = SchemeEntry("one", "ten-outputs")
    study = lenets(one, trials=10_000, learning=Learning(epochs=300))
    with pytest.raises(Hopeless, match=r"would take .* days in 1 process; up to 10 days"):
        expected(study, images(50, 3072, 10), processes=1)


def test_a_study_that_does_not_fit_into_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    study, digits = find_study("naive-child"), images(10, classes=10)
    monkeypatch.setattr(expecting, "machine_memory", lambda: 100_000_000)
    with pytest.raises(Hopeless, match="of memory in 1 process, but this machine has 100 MB"):
        expected(study, digits, processes=1)
    monkeypatch.setattr(expecting, "machine_memory", lambda: 0)  # it does not say
    expected(study, digits, processes=1)


def test_durations_are_said_as_one_would() -> None:
    said = [duration(seconds) for seconds in (0.2, 89, 200, 5400, 40_000, 200_000)]
    assert said == ["1 second", "89 seconds", "3 minutes", "1.5 hours", "11 hours", "2 days"]
