"""Stroke fits on planted bars, on noise, and on random images with the same spectrum."""

import numpy as np
import pytest

from nnviz.data.arrays import joined
from nnviz.questions.detectors.shapes import (
    ANGLES,
    BLOCK,
    LENGTHS,
    RANDOM_IMAGES,
    bar,
    bars_in,
    centred,
    fitted,
    random_images,
)

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
    noise = 0.05 * np.random.default_rng(0).standard_normal((28, 28))
    images = centred((sign * planted(angle, length) + noise)[None], FULL)
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
