"""Rows of digits with known places, and what is no digit cut out of them."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from nnviz.data.normalising import normalise
from nnviz.data.row_making import GAPS, JITTER, make_row, random_row, spelled_row
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import as_inputs, hidden_activity, initial_network, sums_of
from nnviz.networks.settings import SettingError, Settings
from nnviz.training.non_digits import MOST, non_digits, with_non_digits
from nnviz.training.with_torch.gradient import WideStep
from tests.learning.costing import costs_of
from tests.learning.reference import Reference
from tests.learning.runs import learn, new_trainer


@given(st.sampled_from(list(GAPS)), st.integers(1, 8), st.integers(0, 10_000))
@tries(max_examples=60)
def test_a_row_says_where_its_digits_are(digits, gaps, length, seed):
    row = random_row(
        digits.test_images, digits.test_labels, length, GAPS[gaps], np.random.default_rng(seed)
    )
    assert len(row.labels) == len(row.spans) == length
    inked = np.flatnonzero(row.picture.any(axis=0))
    assert row.spans[0][0] == inked[0]
    assert max(end for _, end in row.spans) == inked[-1] + 1
    for (start, end), (following, _) in pairwise(row.spans):
        gap = following - end
        assert gap <= GAPS[gaps].most
        assert gap >= GAPS[gaps].least or following == start + 1
    if gaps == "spaced":
        for (start, end), label in zip(row.spans, row.labels, strict=True):
            normal = normalise(row.picture[:, start:end])
            of_label = digits.test_images[digits.test_labels == label]
            assert (of_label == normal.image.reshape(-1)).all(axis=1).any()


def test_digits_of_a_row_stand_at_most_so_much_higher_or_lower(digits):
    image = digits.test_images[0].reshape(28, 28)
    tops = set()
    for seed in range(60):
        row = make_row([image], [0], GAPS["mixed"], np.random.default_rng(seed))
        tops.add(int(np.flatnonzero(row.picture.any(axis=1))[0]))
    assert max(tops) - min(tops) == 2 * JITTER


def test_a_row_that_is_spelled_has_those_labels(digits):
    random = np.random.default_rng(1)
    wanted = (3, 1, 4, 1, 5, 9)
    row = spelled_row(digits.test_images, digits.test_labels, wanted, GAPS["spaced"], random)
    assert row.labels == wanted


def test_touching_rows_touch_and_spaced_ones_do_not(digits):
    blanks = {}
    for gaps in GAPS:
        random = np.random.default_rng(2)
        rows = [
            random_row(digits.test_images, digits.test_labels, 2, GAPS[gaps], random)
            for _ in range(200)
        ]
        blanks[gaps] = np.mean(
            [
                not row.picture[:, row.spans[0][0] : row.spans[1][1]].any(axis=0).all()
                for row in rows
            ]
        )
    assert blanks["spaced"] == 1
    assert 0.4 < blanks["mixed"] < 0.8
    assert blanks["touching"] < 0.05


# ---- what is no digit ----------------------------------------------------------------


def test_non_digits_are_normalised_pieces_of_rows(digits):
    found = non_digits(digits.train_images, digits.train_labels, 200, seed=1)
    assert found.shape == (200, 784)
    known = {image.tobytes() for image in digits.train_images}
    assert known.isdisjoint(image.tobytes() for image in found)
    for image in found.reshape(-1, 28, 28):
        rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
        assert 18 <= max(np.ptp(rows), np.ptp(columns)) + 1 <= 20


def test_the_same_seed_cuts_the_same(digits):
    given = digits.train_images, digits.train_labels, 20
    assert np.array_equal(non_digits(*given, seed=1), non_digits(*given, seed=1))
    assert not np.array_equal(non_digits(*given, seed=1), non_digits(*given, seed=2))


@pytest.mark.parametrize(
    ("count", "changes"),
    [
        (0, {"cost": "cross-entropy"}),
        (MOST + 1, {"cost": "cross-entropy"}),
        (10, {"cost": "cross-entropy", "images": 100}),
        (10, {"cost": "softmax"}),
        (10, {"design": "all-pairs"}),
        (10, {"design": "one-vs-rest", "balance": "equal"}),
    ],
)
def test_what_cannot_learn_non_digits_says_so(few, count, changes):
    with pytest.raises(SettingError, match=r"\.$"):
        with_non_digits(few, count, Settings().change(**changes))


@pytest.mark.parametrize("design", ["ten-outputs", "four-bits", "one-vs-rest"])
@pytest.mark.parametrize("cost", ["cross-entropy", "quadratic"])
def test_a_non_digit_teaches_silence(few, design, cost):
    settings = Settings().change(design=design, cost=cost, hidden=7, batch=10)
    network, layout = initial_network(settings, 784, 10), layout_of(settings, 10)
    learner = WideStep(network, cost, layout, dtype=torch.float64)
    pixels = torch.tensor(few.train_images[:10])
    nobody = torch.full((10,), layout.classes)
    learner.load(pixels, nobody)
    learner.step(0, 10, 0.5, 1, False)
    reference = Reference(network, cost, _Silent(layout))
    reference.step(pixels.double() / 255, torch.zeros(10, dtype=torch.int64), 0.5, 1, False)
    assert reference.difference(learner.weights()) < 1e-10


class _Silent:
    """A layout in which every class is to be silent."""

    def __init__(self, layout):
        self.table = np.full_like(layout.table, -1)
        self.networks, self.groups, self.heads = layout.networks, layout.groups, layout.heads


def test_the_cost_of_a_non_digit_is_that_of_silence(few):
    settings = Settings(cost="cross-entropy", initial="normal")
    network, layout = initial_network(settings, 784, 10), layout_of(settings, 10)
    activity = hidden_activity(network, as_inputs(few.test_images[:5]))
    found = costs_of(network, layout, "cross-entropy", activity, np.full(5, 10, np.uint8))
    sums = torch.tensor(sums_of(network, activity)).double()
    expected = -torch.log(1 - torch.sigmoid(sums)).sum(dim=1)
    np.testing.assert_allclose(found, expected, rtol=1e-4)


def test_a_network_learns_to_be_silent_of_non_digits(few):
    settings = Settings(cost="cross-entropy", rate=0.3, epochs=8)
    trainer = new_trainer(settings, with_non_digits(few, 300, settings), sample=None)
    learn(trainer, 8 * 60)
    unseen = non_digits(few.test_images, few.test_labels, 100, seed=9)
    network = trainer.network()
    strongest = [
        sums_of(network, hidden_activity(network, as_inputs(images))).max(axis=1)
        for images in (few.test_images, unseen)
    ]
    assert np.mean(strongest[0] > 0) > np.mean(strongest[1] > 0) + 0.3
    assert trainer.points[-1].train_accuracy > 0.8  # of the digits alone
