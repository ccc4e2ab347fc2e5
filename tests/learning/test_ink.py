"""What is taken for the digit in pictures that show more than a digit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nnviz.data.digits import DigitSet
from nnviz.data.ink import find_ink
from nnviz.data.ink_pieces import KINDS
from nnviz.data.normalising import ink_box, normalise, resized
from nnviz.data.picture_files import picture_of
from tests.pictures import page
from tests.pictures.kinds import KINDS as PHOTOGRAPHED

SEEN = (
    *("ruled, red margin", "strong grid", "box of a form", "screenshot, toolbar"),
    *("hard shadow", "sheet on a dark desk", "tight crop"),
    *("dark corners", "cell of a puzzle", "shadow of fingers"),
)


@pytest.fixture(scope="module")
def images(digits: DigitSet) -> np.ndarray:
    return digits.test_images.reshape(-1, 28, 28)


@pytest.mark.parametrize("kind", SEEN)
def test_a_digit_is_found_beside_what_else_is_photographed(images, kind, monkeypatch):
    monkeypatch.setattr(page, "SIZES", (320,))
    random = np.random.default_rng([7, len(kind)])
    image = images[int(random.integers(len(images)))]
    plain = PHOTOGRAPHED["plain photo"](image, np.random.default_rng(3))
    wanted = normalise(find_ink(picture_of(plain, "it").levels).picture).image
    ink = find_ink(picture_of(PHOTOGRAPHED[kind](image, random), "it").levels)
    found = normalise(ink.picture).image
    assert np.corrcoef(found.ravel(), wanted.ravel())[0, 1] > 0.6
    assert ink.digits == ink.lines == 1


def drawn(*boxes: tuple[int, int, int, int], size: tuple[int, int] = (300, 400)) -> np.ndarray:
    """Black boxes (top, left, bottom, right) on white."""
    picture = np.full(size, 255, np.uint8)
    for top, left, bottom, right in boxes:
        picture[top:bottom, left:right] = 0
    return picture


def test_pieces_are_named_and_can_be_chosen():
    hook = ((100, 150, 200, 165), (185, 150, 200, 200))
    picture = drawn(*hook, (0, 0, 20, 400), (250, 40, 256, 46))
    ink = find_ink(picture)
    assert {piece.kind for piece in ink.pieces} <= set(KINDS)
    assert [piece.kind for piece in ink.pieces if piece.taken] == ["digit"]
    assert ink_box(ink.picture) == next(piece.box for piece in ink.pieces if piece.taken)
    bar = next(number for number, piece in enumerate(ink.pieces) if piece.box.top == 0)
    assert ink.pieces[bar].kind in ("edge", "line")
    other = ink.choosing(frozenset({bar}))
    assert (other.picture[:20] == 255).all()
    assert not other.picture[21:].any()
    assert other.pieces[bar].taken


def test_digits_that_stand_apart_are_counted(images):
    digit = np.pad(resized(images[3], 84, 84), ((0, 60), (0, 60)))
    two_lines = 255 - np.tile(digit, (2, 3))
    ink = find_ink(two_lines)
    assert (ink.digits, ink.lines) == (6, 2)
    alone = np.count_nonzero(ink.picture) / np.count_nonzero(two_lines < 255)
    assert alone == pytest.approx(1 / 6, abs=0.03)
    whole = find_ink(two_lines, "row")
    assert np.count_nonzero(whole.picture) == pytest.approx(6 * np.count_nonzero(ink.picture), 0.05)


def test_a_row_keeps_its_bars_and_loses_its_base_line(images):
    digit = 255 - np.pad(resized(images[3], 84, 84), ((40, 40), (20, 40)))
    picture = np.tile(digit, (1, 3))
    picture[80:86, 130:150] = 0
    picture[140:143] = 0
    ink = find_ink(picture, "row")
    assert ink.picture[82, 140] == 255
    assert not ink.picture[139:144].any()


def test_a_few_pixels_as_rough_as_noise_are_ink_on_even_paper():
    rough = np.zeros((8, 8), np.uint8)
    rough[1:7:2, 1:7:2] = 200
    rough[2:7:2, 2:7:2] = 90
    assert find_ink(rough) is not None


@pytest.mark.parametrize("side", [8, 16, 28])
@pytest.mark.parametrize("dark", [False, True])
def test_small_and_tight_pictures_are_digits(images, side, dark):
    for image in images[::80]:
        box = ink_box(image)
        small = resized(image, side, side)
        for picture in (small, image[box.top : box.bottom, box.left : box.right]):
            ink = find_ink(255 - picture if dark else picture)
            assert ink.dark_on_light == dark
            assert np.array_equal(ink.picture > 0, picture > 0)


def test_what_shows_no_ink_has_none():
    y, x = np.mgrid[:300, :400] / 400
    grain = np.random.default_rng(1).normal(0, 3, x.shape)
    slope, fold = 200 - 90 * x + 20 * y, 220 - 50 * np.exp(-60 * np.abs(x - 0.5))
    shadows = [210 / (1 + 0.7 / (1 + np.exp(-(x + y - 0.8) / soft))) for soft in (0.004, 0.1)]
    near = [(((each * 400 + 10) % 25) < 2) * 60.0 for each in (x, y)]
    squared, dots = slope - np.maximum(*near), slope - 2 * np.minimum(*near)
    for paper in (slope, fold, *shadows, squared, dots):
        assert find_ink(np.clip(paper + grain, 0, 255).astype(np.uint8)) is None


@given(arrays.arrays(np.uint8, st.tuples(st.integers(0, 40), st.integers(0, 40))), st.booleans())
@tries(max_examples=30)
def test_any_choice_of_pieces_is_part_of_the_ink(picture, repeated):
    if repeated:
        picture = picture.repeat(2, axis=0).repeat(2, axis=1)
    ink = find_ink(picture)
    if ink is None:
        return
    taken = frozenset(number for number, piece in enumerate(ink.pieces) if piece.taken)
    assert np.array_equal(ink.choosing(taken).picture, ink.picture)
    everything = ink.choosing(frozenset(range(len(ink.pieces))))
    assert (everything.picture >= ink.picture).all()
    assert not ink.choosing(frozenset()).picture.any()
    for piece in ink.pieces:
        box = piece.box
        assert 0 <= box.top < box.bottom <= picture.shape[0]
        assert 0 <= box.left < box.right <= picture.shape[1]
