"""The images of a study: thinned evenly, drawn by the trial, nested from share to share."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data.digits import DigitSet, Source, bundled_digits
from nnviz.data.idx import DigitsError
from nnviz.study.chance import NOBODY, Purpose, chance_of, one_seed_of, seed_of
from nnviz.study.checking import StudyError
from nnviz.study.digits import StudyImages, drawn, open_study_digits, thinned
from nnviz.study.plan import SchemeEntry, Study, StudyDigits
from nnviz.study.rows import Place
from nnviz.study.schemes import Model
from tests.idx_files import write_folder

SCHEMES = (SchemeEntry("one", "ten-outputs"),)


def study(digits: StudyDigits, seed: int = 1) -> Study:
    return Study("a", "b", SCHEMES, digits, seed=seed)


def of_counts(counts: list[int]) -> DigitSet:
    """So many images of each class in any order; image k is the number k in its pixels."""
    labels = np.repeat(np.arange(len(counts)), counts).astype(np.uint8)
    labels = np.random.default_rng(1).permutation(labels)
    numbers = np.arange(len(labels), dtype=np.uint32).view(np.uint8).reshape(-1, 4)
    names = tuple("abcdefghij"[: len(counts)])
    return DigitSet(Source(), "made", names, numbers, labels, numbers[:2], labels[:2])


def numbers_of(digits: DigitSet) -> set[int]:
    return set(np.ascontiguousarray(digits.train_images).view(np.uint32)[:, 0].tolist())


@given(st.lists(st.integers(1, 60), min_size=2, max_size=5), st.integers(1, 50))
def test_thinning_takes_every_so_many_th_of_a_class_that_has_more(
    counts: list[int], wanted: int
) -> None:
    whole = of_counts(counts)
    found = thinned(whole, wanted)
    kept = np.bincount(found.train_labels, minlength=len(counts)).tolist()
    assert kept == [min(count, wanted) for count in counts]
    assert found.left_out == sum(counts) - sum(kept)
    few = [name for name, count in zip(whole.class_names, counts, strict=True) if count <= wanted]
    assert bool(found.notes) == bool(few)
    assert all(name in found.notes[0].split(" no ")[0] for name in few)
    for label, count in enumerate(counts):
        own = np.flatnonzero(whole.train_labels == label).tolist()
        places = [own.index(number) for number in sorted(numbers_of(found) & set(own))]
        if kept[label] > 1:  # evenly: no two gaps differ by more than one
            assert np.ptp(np.diff(places)) <= 1
        assert places[0] == 0
        assert count - places[-1] <= -(-count // kept[label])


def test_of_five_thousand_images_every_tenth_is_taken() -> None:
    whole = of_counts([5000, 5000])
    found = thinned(whole, 500)
    own = np.flatnonzero(whole.train_labels == 1)
    assert numbers_of(found) & set(own.tolist()) == set(own[::10].tolist())


@settings(max_examples=30)
@given(
    st.lists(st.integers(20, 80), min_size=2, max_size=4),
    st.lists(st.floats(0.05, 1), min_size=2, max_size=4, unique=True),
    st.integers(1, 10**6),
)
def test_the_images_of_a_small_share_are_among_those_of_a_large_one(
    counts: list[int], shares: list[float], trial: int
) -> None:
    wanted = study(StudyDigits(shares=tuple(sorted(shares))))
    whole = thinned(of_counts(counts), 0)
    parts = [drawn(wanted, whole, Place(k, trial)) for k in range(len(shares))]
    for smaller, larger in pairwise(parts):
        assert numbers_of(smaller) <= numbers_of(larger)
    for share, part in zip(sorted(shares), parts, strict=True):
        assert np.bincount(part.train_labels).tolist() == [round(share * n) for n in counts]
        assert (np.diff([*sorted(numbers_of(part))]) > 0).all()
        labels = whole.train_labels[sorted(numbers_of(part))]
        assert part.train_labels.tolist() == labels.tolist()


def test_the_images_of_a_trial_do_not_depend_on_other_conditions() -> None:
    whole = thinned(of_counts([50, 60]), 0)
    alone = drawn(study(StudyDigits(counts=(7,))), whole, Place(0, 3))
    among = drawn(study(StudyDigits(counts=(2, 30, 7))), whole, Place(2, 3))
    assert numbers_of(alone) == numbers_of(among)
    others = [
        drawn(study(StudyDigits(counts=(7,))), whole, Place(0, 4)),
        drawn(study(StudyDigits(counts=(7,)), seed=2), whole, Place(0, 3)),
    ]
    assert all(numbers_of(each) != numbers_of(alone) for each in others)
    # what a network is handed tells them apart, and both from the whole
    handed = {each.handed() for each in (alone, among, *others, whole)}
    assert len(handed) == 4


# ---- opening -------------------------------------------------------------------------


def test_the_bundled_digits_are_opened_as_a_study_wants_them() -> None:
    found = open_study_digits(study(StudyDigits(classes=("6", "9"), per_class=40, tested=5)))
    assert isinstance(found, StudyImages)
    assert found.class_names == ("6", "9")
    assert np.bincount(found.train_labels).tolist() == [40, 40]
    assert np.bincount(found.test_labels).tolist() == [5, 5]
    assert (found.left_out, found.notes) == (720, ())
    whole = bundled_digits()
    assert (
        found.train_images[0] == whole.train_images[np.isin(whole.train_labels, [6, 9])][0]
    ).all()
    assert found.kind == "mnist"


def test_a_folder_is_opened_in_place_of_a_known_set(tmp_path: Path) -> None:
    whole = bundled_digits()
    places = np.flatnonzero(whole.train_labels < 3)[:60]
    small = replace(
        whole, train_images=whole.train_images[places], train_labels=whole.train_labels[places]
    ).only(("0", "1", "2"))
    folder = str(write_folder(tmp_path / "mine", small))
    found = open_study_digits(study(StudyDigits("", folder)))
    assert found.class_names == ("0", "1", "2")
    assert found.data != drawn(study(StudyDigits("", folder, counts=(3,))), found, Place(0, 1)).data
    fewest = int(np.bincount(small.train_labels).min())
    for digits, said in (
        (StudyDigits("", folder, ("0", "7")), "names the class '7'"),
        (StudyDigits("", folder, shares=(0.001,)), "leaves no image"),
        (StudyDigits("", folder, counts=(fewest + 1,)), f"has only {fewest}"),
    ):
        with pytest.raises(StudyError, match=said):
            open_study_digits(study(digits))
    taught = (SchemeEntry("six", "ten-outputs", taught=("0", "9")),)
    with pytest.raises(StudyError, match=r"schemes\.taught names the class '9'"):
        open_study_digits(replace(study(StudyDigits("", folder)), schemes=taught))
    bundled = str(write_folder(tmp_path / "bundled", whole))
    with pytest.raises(StudyError, match=r"holds bundled, but the study wants MNIST"):
        open_study_digits(study(StudyDigits("mnist", bundled)))


def test_a_set_that_is_not_here_says_how_it_is_fetched() -> None:
    with pytest.raises(DigitsError, match="nnviz digits fetch cifar-10 brings it"):
        open_study_digits(study(StudyDigits("cifar-10")))


# ---- chance --------------------------------------------------------------------------


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 5),
            st.sampled_from(Purpose),
            st.lists(st.integers(0, 9), max_size=6, unique=True),
            st.integers(-1, 9),
            st.integers(0, 3),
            st.lists(st.integers(0, 2), max_size=2),
        ),
        min_size=2,
        max_size=8,
        unique_by=str,
    )
)
def test_whoever_draws_has_chance_of_its_own_in_any_order(draws: list[tuple]) -> None:
    def drawn_by(trial, purpose, classes, asks, member, more) -> int:
        model = Model(tuple(sorted(classes)), asks, member)
        return int(chance_of(wanted, trial, purpose, model, *more).integers(2**62))

    wanted = study(StudyDigits())
    keys = [(*each[:2], tuple(sorted(each[2])), *each[3:5], tuple(each[5])) for each in draws]
    found = {key: drawn_by(*key) for key in keys}
    assert len(set(found.values())) == len(set(keys))
    assert {key: drawn_by(*key) for key in reversed(keys)} == found


def test_chance_knows_neither_conditions_nor_schemes() -> None:
    first = study(StudyDigits(shares=(0.5,)))
    second = replace(first, digits=StudyDigits("mnist"), schemes=SCHEMES * 2, network="lenet")
    model = Model((1, 3))
    assert seed_of(first, 4, Purpose.ORDER, model) == seed_of(second, 4, Purpose.ORDER, model)
    number = one_seed_of(first, 4, Purpose.ORDER, model)
    assert (
        number
        == one_seed_of(second, 4, Purpose.ORDER, model)
        != one_seed_of(first, 5, Purpose.ORDER, model)
    )
    assert 0 <= number < 1_000_000_000
    # NumPy alone takes these for one
    assert seed_of(first, 4, Purpose.ORDER, NOBODY, 1) != seed_of(
        first, 4, Purpose.ORDER, NOBODY, 1, 0
    )
