"""Moran's I and blob share against brute force and scipy, on random images and masks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from nnviz.data.digits import COLOUR, GREY
from nnviz.questions.detectors.shapes import (
    SMALLEST_PIECE,
    WeightImages,
    blobs,
    centred,
    moran,
    weight_images,
)


def random_images(seed: int, smooth: float = 0.0, images: int = 3) -> WeightImages:
    random = np.random.default_rng(seed)
    pixels = random.standard_normal((images, 9, 7))
    if smooth:
        pixels = ndimage.gaussian_filter(pixels, (0, smooth, smooth))
    return centred(pixels, random.random((9, 7)) < 0.8)


def moran_by_hand(image: np.ndarray, mask: np.ndarray) -> float:
    """(N / sum v) (sum v_pq w_p w_q) / sum w_p^2 over all ordered pairs of pixels."""
    inside = [tuple(place) for place in np.argwhere(mask)]
    mean = np.mean([image[place] for place in inside])
    products = weights = 0.0
    for row, column in inside:
        for other in inside:
            if abs(row - other[0]) + abs(column - other[1]) == 1:
                weights += 1
                products += (image[row, column] - mean) * (image[other] - mean)
    squares = sum((image[place] - mean) ** 2 for place in inside)
    return len(inside) / weights * products / squares


@given(seed=st.integers(0, 2**32), smooth=st.sampled_from([0.0, 1.0]))
def test_morans_i_is_its_formula(seed, smooth):
    images = random_images(seed, smooth)
    expected = [moran_by_hand(image, images.mask) for image in images.pixels]
    np.testing.assert_allclose(moran(images), expected, atol=1e-9)


def test_smooth_images_have_a_larger_morans_i_and_a_checkerboard_minus_1():
    full = np.ones((28, 28), bool)
    noise = np.random.default_rng(1).standard_normal((200, 28, 28))
    assert moran(centred(noise, full)).mean() == pytest.approx(0, abs=0.01)
    smooth = ndimage.gaussian_filter(noise, (0, 1.5, 1.5))
    assert moran(centred(smooth, full)).min() > 0.7
    rows, columns = np.indices((28, 28))
    board = np.where((rows + columns) % 2, 1.0, -1.0)
    assert moran(centred(board[None], full)) == pytest.approx([-1])


@given(seed=st.integers(0, 2**32), smooth=st.sampled_from([0.0, 0.7, 1.5]))
def test_blobs_are_those_of_scipy(seed, smooth):
    images = random_images(seed, smooth)
    shares, pieces = blobs(images)
    for image, share, count in zip(images.pixels, shares, pieces, strict=True):
        inside = image[images.mask]
        strong = images.mask & (image > inside.mean() + inside.std())
        named, _ = ndimage.label(strong, np.ones((3, 3)))
        sizes = np.bincount(named.ravel())[1:]
        assert share == pytest.approx(sizes.max() / sizes.sum())
        assert count == np.count_nonzero(sizes >= SMALLEST_PIECE)


def test_a_long_thin_piece_is_one_piece():
    image = np.zeros((1, 28, 28))
    image[0, ::4] = 1
    image[0, 2::4, 0] = image[0, 1::4, [0]] = image[0, 3::4, [0]] = 1
    image[0, :, 5::6] = 0
    image[0, ::4, :] = 1
    shares, pieces = blobs(centred(image, np.ones((28, 28), bool)))
    assert (shares.tolist(), pieces.tolist()) == ([1.0], [1])


def test_nothing_is_measured_of_flat_images_and_of_empty_masks():
    flat = centred(np.full((2, 9, 7), 3.0), np.ones((9, 7), bool))
    nowhere = centred(np.random.default_rng(0).random((2, 9, 7)), np.zeros((9, 7), bool))
    for images in (flat, nowhere):
        assert moran(images).tolist() == [0, 0]
        assert [each.tolist() for each in blobs(images)] == [[0, 0], [0, 0]]


def test_only_inked_pixels_count():
    random = np.random.default_rng(2)
    weights, inked = random.standard_normal((2, 784)), random.random(784) < 0.5
    changed = np.where(inked, weights, 100)
    for measure in (moran, lambda images: np.array(blobs(images))):
        np.testing.assert_allclose(
            measure(weight_images(weights, inked, GREY)),
            measure(weight_images(changed, inked, GREY)),
        )


def test_colour_images_are_the_mean_of_their_channels():
    random = np.random.default_rng(3)
    weights = random.standard_normal((2, *COLOUR))
    inked = random.random(COLOUR) < 0.2
    found = weight_images(weights.reshape(2, -1), inked.reshape(-1), COLOUR)
    mask = inked.any(axis=-1)
    np.testing.assert_array_equal(found.mask, mask)
    grey = weights.mean(axis=-1)
    np.testing.assert_allclose(found.inside + grey[:, mask].mean(1, keepdims=True), grey[:, mask])


def test_weights_that_are_no_numbers_count_as_0():
    weights = np.random.default_rng(4).standard_normal((1, 784))
    spoilt, without = weights.copy(), weights.copy()
    spoilt[0, :3] = np.nan, np.inf, -np.inf
    without[0, :3] = 0
    inked = np.ones(784, bool)
    np.testing.assert_array_equal(
        weight_images(spoilt, inked, GREY).pixels, weight_images(without, inked, GREY).pixels
    )
