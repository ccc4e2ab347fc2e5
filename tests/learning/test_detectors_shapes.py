"""Moran's I and blob share against brute force and scipy, on random images and masks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from nnviz.data.arrays import joined
from nnviz.data.digits import COLOUR, GREY
from nnviz.questions.detectors.shapes import (
    ANGLES,
    BLOCK,
    LENGTHS,
    RANDOM_IMAGES,
    SMALLEST_PIECE,
    WeightImages,
    bar,
    bars_in,
    blobs,
    centred,
    fitted,
    moran,
    random_images,
    weight_images,
)


def noise(seed: int, smooth: float = 0.0, images: int = 3) -> WeightImages:
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
    images = noise(seed, smooth)
    expected = [moran_by_hand(image, images.mask) for image in images.pixels]
    np.testing.assert_allclose(moran(images), expected, atol=1e-9)


def test_smooth_images_have_a_larger_morans_i_and_a_checkerboard_minus_1():
    full = np.ones((28, 28), bool)
    grains = np.random.default_rng(1).standard_normal((200, 28, 28))
    assert moran(centred(grains, full)).mean() == pytest.approx(0, abs=0.01)
    smooth = ndimage.gaussian_filter(grains, (0, 1.5, 1.5))
    assert moran(centred(smooth, full)).min() > 0.7
    rows, columns = np.indices((28, 28))
    board = np.where((rows + columns) % 2, 1.0, -1.0)
    assert moran(centred(board[None], full)) == pytest.approx([-1])


@given(seed=st.integers(0, 2**32), smooth=st.sampled_from([0.0, 0.7, 1.5]))
def test_blobs_are_those_of_scipy(seed, smooth):
    images = noise(seed, smooth)
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


# ---- strokes -------------------------------------------------------------------------


FULL = np.ones((28, 28), bool)
PLACES = np.stack(np.indices((28, 28)), axis=-1)


def stroke_fits(images, numbers):
    return joined(list(fitted(images, numbers)))


def planted(angle: float, length: int, row: int = 13, column: int = 15) -> np.ndarray:
    return bar(PLACES - (row, column), angle, length)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("angle", ANGLES)
def test_a_planted_bar_is_found_where_it_is(angle, length, sign):
    grains = 0.05 * np.random.default_rng(0).standard_normal((28, 28))
    images = centred((sign * planted(angle, length) + grains)[None], FULL)
    fits, bars = stroke_fits(images, np.array([0])), bars_in(FULL)
    (best,) = fits.bar
    assert (bars.angles[best], bars.lengths[best]) == (angle, length)
    assert bars.centres[best].tolist() == [13, 15]
    assert fits.sign.tolist() == [sign]
    assert fits.fit[0] > 0.8 > 2 * fits.null[0]
    assert fits.beaten.tolist() == [RANDOM_IMAGES]


def test_the_angle_is_the_one_seen_on_screen():
    # the top of an image is row 0
    leaning_right = planted(45, 11)
    assert leaning_right[10, 18] > 0.9 > 0.1 > leaning_right[10, 12]
    upright, flat = planted(90, 11), planted(0, 11)
    assert upright[9, 15] > 0.9 > 0.1 > upright[13, 11]
    assert flat[13, 11] > 0.9 > 0.1 > flat[9, 15]


def test_the_fit_is_the_largest_squared_product_with_a_bar():
    random = np.random.default_rng(1)
    mask = random.random((28, 28)) < 0.9
    images = centred(random.standard_normal((3, 28, 28)), mask)
    fits, bars = stroke_fits(images, np.arange(3)), bars_in(mask)
    for image, fit in zip(images.pixels, fits.fit, strict=True):
        w = image[mask]
        assert fit == pytest.approx(max((bars.templates @ w) ** 2) / (w @ w), rel=1e-4)


def test_noise_is_no_more_stroke_like_than_its_random_images():
    images = centred(np.random.default_rng(2).standard_normal((200, 28, 28)), FULL)
    fits = stroke_fits(images, np.arange(200))
    assert fits.fit.mean() == pytest.approx(fits.null.mean(), rel=0.05)
    assert 0.01 < fits.fit.mean() < 0.03
    above_all = np.mean(fits.beaten == RANDOM_IMAGES)
    assert above_all == pytest.approx(1 / (RANDOM_IMAGES + 1), abs=0.06)


@pytest.mark.parametrize("shape", [(28, 28), (32, 32), (9, 7)])
def test_random_images_keep_the_spectrum_and_the_mean_but_not_the_phases(shape):
    images = np.random.default_rng(3).standard_normal((2, *shape)) + 0.5
    drawn = random_images(images, np.array([4, 9]))
    assert drawn.shape == (2, RANDOM_IMAGES, *shape)
    expected = np.broadcast_to(np.abs(np.fft.fft2(images))[:, None], drawn.shape)
    np.testing.assert_allclose(np.abs(np.fft.fft2(drawn)), expected, atol=1e-9)
    np.testing.assert_allclose(drawn.mean(axis=(2, 3)), np.tile(images.mean((1, 2)), (10, 1)).T)
    likeness = [np.corrcoef(images[0].ravel(), each.ravel())[0, 1] for each in drawn[0]]
    assert np.abs(likeness).max() < 0.6


def test_random_images_follow_from_the_number_of_the_neuron():
    image = np.random.default_rng(5).standard_normal((1, 28, 28))
    same = random_images(np.repeat(image, 2, axis=0), np.array([7, 7]))
    np.testing.assert_array_equal(same[0], same[1])
    assert np.abs(random_images(image, np.array([8]))[0] - same[0]).max() > 0.1


def test_fits_do_not_depend_on_the_block_a_neuron_is_in():
    images = centred(np.random.default_rng(6).standard_normal((BLOCK + 3, 28, 28)), FULL)
    together, number = stroke_fits(images, np.arange(len(images))), BLOCK + 1
    alone = stroke_fits(images[number : number + 1], np.array([number]))
    assert together.fit[number] == pytest.approx(alone.fit[0])
    assert together.null[number] == pytest.approx(alone.null[0])


def test_flat_images_and_empty_masks_fit_nothing():
    nowhere = np.zeros((28, 28), bool)
    for images in (centred(np.ones((2, 28, 28)), FULL), centred(np.ones((2, 28, 28)), nowhere)):
        fits = stroke_fits(images, np.arange(2))
        assert fits.fit.tolist() == fits.null.tolist() == [0, 0]
        assert fits.sign.tolist() == fits.beaten.tolist() == [0, 0]


def test_bars_lie_inside_the_mask():
    mask = np.zeros((28, 28), bool)
    mask[8:20, 8:20] = True
    bars = bars_in(mask)
    assert 0 < len(bars.templates) < len(bars_in(FULL).templates)
    assert mask[tuple(bars.centres.T)].all()
    np.testing.assert_allclose(np.linalg.norm(bars.templates, axis=1), 1, rtol=1e-5)
    assert set(bars.angles) == set(ANGLES)


@pytest.mark.parametrize("pixels", [1, 2, 9])
def test_where_few_pixels_carry_ink_a_bar_counts_as_far_as_it_is_there(pixels):
    mask = np.zeros((28, 28), bool)
    mask.flat[400 : 400 + pixels] = True
    bars = bars_in(mask)
    assert len(bars.angles)
    np.testing.assert_allclose(np.linalg.norm(bars.templates, axis=1), 1, rtol=1e-6)
