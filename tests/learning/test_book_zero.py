"""The book's zero: arcs cut from the mean zero, and what a detector made of them does."""

import numpy as np
import pytest

from nnviz.data.digits import DigitSet
from nnviz.networks.book_zero import (
    ARCS,
    Trial,
    arc_weights,
    arcs,
    closest,
    counted,
    has_zero,
    judged,
    mean_zero,
    moved,
    quarters,
    zero_detector,
)

HALF = Trial()


def test_the_quarters_share_all_pixels_and_lie_where_they_are_called() -> None:
    found = quarters(mean_zero())
    assert (found.sum(axis=0) == 1).all()
    grids = dict(zip(ARCS, found.reshape(4, 28, 28), strict=True))
    assert grids["top left"][0, 0]
    assert grids["top right"][0, 27]
    assert grids["bottom left"][27, 0]
    assert grids["bottom right"][27, 27]


def test_an_arc_is_dark_in_its_quarter_and_blank_in_the_hole() -> None:
    found = arcs(mean_zero())
    assert (found[~quarters(mean_zero())] == 0).all()
    assert found.max() == 1
    assert (found.reshape(4, 28, 28)[:, 13:15, 13:15] == 0).all()
    assert ((found > 0).sum(axis=1) > 20).all()


def test_the_mean_zero_inks_every_arc_in_full() -> None:
    mean = mean_zero()
    np.testing.assert_allclose(arc_weights(mean, against=False) @ mean, 1, rtol=1e-5)


def test_ink_in_the_hole_counts_against_only_if_asked() -> None:
    hole = 13 * 28 + 13
    assert (arc_weights(mean_zero(), against=False) >= 0).all()
    assert arc_weights(mean_zero(), against=True)[:, hole].min() < 0


def test_the_output_fires_exactly_when_all_four_neurons_do(digits: DigitSet) -> None:
    activity, output = judged(zero_detector(mean_zero(), HALF), digits.test_images)
    surely = (np.abs(activity - 0.5) > 0.45).all(axis=1)
    assert 100 < surely.sum() < len(surely)
    np.testing.assert_array_equal((activity[surely] > 0.5).all(axis=1), output[surely] > 0.5)


def test_counts_are_those_of_a_slow_way(digits: DigitSet) -> None:
    detector = zero_detector(mean_zero(), HALF)
    images, labels = digits.test_images[:300], digits.test_labels[:300]
    fires = [bool(judged(detector, image[None])[1][0] > 0.5) for image in images]
    found = counted(detector, images, labels, 0)
    pairs = list(zip(fires, (labels == 0).tolist(), strict=True))
    assert found.hits == pairs.count((True, True))
    assert found.false_alarms == pairs.count((True, False))
    assert found.zeros + found.others == 300
    right = sum(said == is_zero for said, is_zero in pairs)
    assert found.accuracy == right / 300


def test_half_an_arc_finds_most_zeros_and_is_no_better_than_saying_never(
    digits: DigitSet,
) -> None:
    found = counted(zero_detector(mean_zero(), HALF), digits.test_images, digits.test_labels, 0)
    assert found.hits / found.zeros > 0.75
    assert found.false_alarms / found.others > 0.05
    assert found.accuracy <= found.accuracy_of_never + 0.01


def test_a_moved_zero_is_lost(digits: DigitSet) -> None:
    zeros = digits.test_images[digits.test_labels == 0]
    detector = zero_detector(mean_zero(), HALF)
    here = (judged(detector, zeros)[1] > 0.5).mean()
    there = (judged(detector, moved(zeros, 5, 0))[1] > 0.5).mean()
    assert there < here / 2


@pytest.mark.parametrize(("right", "down"), [(0, 0), (3, 0), (0, -2), (-4, 5), (28, 0), (0, -30)])
def test_moving_keeps_what_stays_inside(digits: DigitSet, right: int, down: int) -> None:
    image = digits.test_images[:1]
    found = moved(image, right, down).reshape(28, 28)
    grid = image.reshape(28, 28)
    for row, column in np.ndindex(28, 28):
        inside = 0 <= row - down < 28 and 0 <= column - right < 28
        assert found[row, column] == (grid[row - down, column - right] if inside else 0)


def test_the_closest_of_the_arcs_themselves_is_the_arc(digits: DigitSet) -> None:
    shapes = arcs(mean_zero())
    noise = np.random.default_rng(1).standard_normal((8, 784)).astype(np.float32)
    weights = np.concatenate([noise, 3 * shapes[::-1] - 1, np.full((1, 784), np.nan)])
    best, similar = closest(shapes, weights.astype(np.float32), digits.inked)
    assert best.tolist() == [11, 10, 9, 8]
    np.testing.assert_allclose(similar, 1, atol=1e-5)


def test_only_sets_with_zeros_of_that_size_have_one(digits: DigitSet) -> None:
    shown = digits.to_look_at()
    assert has_zero(shown)
    clothes = type(shown)(**{**vars(shown), "class_names": tuple("abcdefghij")})
    assert not has_zero(clothes)
