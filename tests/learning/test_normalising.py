"""Digits brought into the form of MNIST, and ink found on all kinds of paper."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from nnviz.data.digits import DigitSet, Source, read_folder
from nnviz.data.ink import find_ink
from nnviz.data.normalising import Box, ink_box, normalise, resized


@pytest.fixture(scope="module")
def images(digits: DigitSet) -> np.ndarray:
    """(5000, 28, 28): the bundled digits"""
    return np.concatenate([digits.train_images, digits.test_images]).reshape(-1, 28, 28)


# ---- the form of MNIST ----------------------------------------------------------------


def test_every_bundled_digit_comes_back_from_anywhere_in_a_picture(images):
    placing = np.random.default_rng(1)
    for image in images:
        box = ink_box(image)
        above, left, below, right = placing.integers(0, 40, 4)
        ink = image[box.top : box.bottom, box.left : box.right]
        padded = np.pad(ink, ((above, below), (left, right)))
        assert np.array_equal(normalise(padded).image, image)


def test_all_but_one_of_mnist_come_back():
    data = os.environ.get("NNVIZ_DATA")
    if not data:
        pytest.skip("NNVIZ_DATA names no folder with the complete MNIST")
    mnist = read_folder(Path(data) / "mnist", Source("mnist"), "mnist")
    everyone = np.concatenate([mnist.train_images, mnist.test_images]).reshape(-1, 28, 28)
    changed = [
        number
        for number, image in enumerate(everyone)
        if not np.array_equal(normalise(image).image, image)
    ]
    assert changed == [19841]


def test_it_says_what_it_did():
    picture = np.zeros((100, 300), np.uint8)
    picture[30:70, 100:120] = 255
    found = normalise(picture)
    assert found.ink == Box(30, 100, 70, 120)
    assert found.placed == Box(4, 9, 24, 19)
    assert (found.image[4:24, 9:19] == 255).all()
    assert found.image.sum() == 200 * 255


def test_no_ink_is_no_digit():
    assert normalise(np.zeros((28, 28), np.uint8)) is None
    assert normalise(np.zeros((1, 900), np.uint8)) is None
    assert ink_box(np.zeros((0, 28), np.uint8)) is None


def test_specks_too_far_apart_to_be_seen_are_no_digit():
    picture = np.zeros((2000, 2000), np.uint8)
    picture[0, 0] = picture[-1, -1] = 1
    assert normalise(picture) is None


@given(
    arrays.arrays(
        np.uint8, st.tuples(st.integers(1, 60), st.integers(1, 60)), elements=st.integers(0, 255)
    )
)
def test_any_ink_is_inside_and_as_large_as_a_digit(picture):
    found = normalise(picture)
    if found is None:
        assert picture.max() < 128
        return
    placed = found.placed
    assert max(placed.height, placed.width) in (19, 20)
    assert min(placed.top, placed.left) >= 0
    assert max(placed.bottom, placed.right) <= 28
    outside = found.image.copy()
    outside[placed.top : placed.bottom, placed.left : placed.right] = 0
    assert not outside.any()
    mass = found.image.astype(float)
    for axis, start, end in ((1, placed.top, placed.bottom), (0, placed.left, placed.right)):
        centre = mass.sum(axis=axis) @ np.arange(28) / mass.sum()
        assert abs(centre - 14) <= 0.5 or start == 0 or end == 28


@given(
    arrays.arrays(np.uint8, st.tuples(st.integers(1, 50), st.integers(1, 50))),
    st.integers(1, 40),
    st.integers(1, 40),
)
@tries(max_examples=60)
def test_resizing_is_that_of_pillow(picture, height, width):
    theirs = Image.fromarray(picture).resize((width, height), Image.Resampling.BILINEAR)
    ours = resized(picture, height, width)
    assert np.abs(ours.astype(int) - np.asarray(theirs).astype(int)).max() <= 2


# ---- ink on paper ---------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True])
def test_a_digit_on_even_paper_keeps_every_level(images, dark):
    for image in images[::50]:
        ink = find_ink(255 - image if dark else image)
        assert ink.dark_on_light == dark
        assert np.array_equal(ink.picture, image)


def enlarged(image: np.ndarray, factor: int) -> np.ndarray:
    size = tuple(factor * side for side in image.shape)
    return resized(image, *size)


def on_paper(image: np.ndarray, dark: bool, noise: float, seed: int = 0) -> np.ndarray:
    """A photograph of the digit: lit from one side, with the grain of a camera."""
    ink = enlarged(image, 8) / 255
    y, x = np.mgrid[-1 : 1 : ink.shape[0] * 1j, -1 : 1 : ink.shape[1] * 1j]
    light = 180 + 35 * x - 20 * y + 10 * x * x
    shown = light - ink * 110 if dark else 240 - light + ink * 110
    grain = np.random.default_rng(seed).normal(0, noise, ink.shape)
    return np.clip(shown + grain, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("noise", [0, 3, 8])
@pytest.mark.parametrize("dark", [False, True])
def test_a_photograph_of_a_digit_is_almost_the_digit(images, dark, noise):
    likeness = []
    for number, image in enumerate(images[::500]):
        ink = find_ink(on_paper(image, dark, noise, number))
        assert ink.dark_on_light == dark
        found = normalise(ink.picture).image
        likeness.append(np.corrcoef(found.ravel(), image.ravel())[0, 1])
    assert min(likeness) > 0.7  # a thin stroke one pixel aside
    assert np.mean(likeness) > 0.93


@pytest.mark.parametrize("level", [0, 100, 255])
@pytest.mark.parametrize("noise", [0, 4, 12])
def test_a_page_without_ink_has_none(level, noise):
    grain = np.random.default_rng(1).normal(0, noise, (300, 200))
    assert find_ink(np.clip(level + grain, 0, 255).astype(np.uint8)) is None


def test_faint_ink_on_even_paper_is_made_strong():
    picture = np.full((50, 50), 200, np.uint8)
    picture[10:40, 20:26] = 160
    ink = find_ink(picture)
    assert set(np.unique(ink.picture)) == {0, 255}
    assert ink.contrast == 40


@given(arrays.arrays(np.uint8, st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_ink_of_anything_is_a_picture_of_the_same_size_or_none(picture):
    ink = find_ink(picture)
    if ink is not None:
        assert ink.picture.shape == picture.shape
        assert ink.picture.dtype == np.uint8
        assert ink.picture.any()


def test_specks_go_and_parts_of_digits_stay():
    picture = np.full((600, 900), 255, np.uint8)
    picture[100:400, 200:240] = 0
    picture[100:130, 260:330] = 0
    whole = 255 - picture
    picture[20:24, 20:24] = 0
    picture[500, 850] = 0
    ink = find_ink(picture)
    assert np.array_equal(ink.picture, whole)
    assert [piece.kind for piece in ink.pieces] == ["digit", "digit", "speck", "speck"]
    assert ink.choosing(frozenset({0, 1})).picture.tobytes() == ink.picture.tobytes()
