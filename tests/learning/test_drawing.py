"""Drawings: strokes as ink, what a network gets of them, pictures fitted into the square."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.interpolate import BSpline

from nnviz.data.digits import ShownDigits, bundled_digits
from nnviz.data.drawing import NOTHING_DRAWN, PIECES, RADIUS, SIDE, SOFT, Drawing, curve

PLACES = st.floats(-0.5, 1.5, width=32)
LINES = arrays(np.float64, st.tuples(st.integers(1, 5), st.just(2)), elements=PLACES)


@pytest.fixture(scope="module")
def digits() -> ShownDigits:
    return bundled_digits().to_look_at()


def by_hand(start: np.ndarray, end: np.ndarray, radius: float) -> np.ndarray:
    """The ink of one straight piece, by the distance of every pixel from it."""
    middles = (np.arange(SIDE) + 0.5) / SIDE
    points = np.stack(np.meshgrid(middles, middles), axis=-1) - start
    along = end - start
    share = np.clip(points @ along / (along @ along), 0, 1)
    far = np.linalg.norm(points - share[..., None] * along, axis=-1)
    return np.clip((radius - far) * 255 / (SOFT * radius), 0, 255)


def test_ink_fades_with_the_distance_from_the_line() -> None:
    line = np.array([[0.31, 0.2], [0.52, 0.47]])
    drawn = NOTHING_DRAWN.stroked(line).ink
    # float64 in another order: a grey level may be rounded down otherwise
    np.testing.assert_allclose(drawn, by_hand(*line, RADIUS), atol=1.01)
    assert drawn.max() == 255


@given(arrays(np.float64, st.tuples(st.integers(3, 9), st.just(2)), elements=PLACES))
def test_a_curve_is_the_quadratic_b_spline_of_its_points(points: np.ndarray) -> None:
    knots = np.arange(len(points) + 3) - 2.0
    spline = BSpline(knots, points, 2)
    places = curve(points)
    times = np.linspace(np.arange(len(points) - 2), np.arange(1, len(points) - 1), PIECES + 1)
    np.testing.assert_allclose(places, spline(times.T.ravel()), atol=1e-9)


def test_curves_that_overlap_by_two_points_join() -> None:
    points = np.random.default_rng(1).random((9, 2))
    whole, first, second = curve(points), curve(points[:5]), curve(points[3:])
    np.testing.assert_array_equal(whole, np.concatenate([first, second]))


@given(LINES, LINES)
def test_the_order_of_strokes_does_not_matter(first: np.ndarray, second: np.ndarray) -> None:
    one = NOTHING_DRAWN.stroked(first).stroked(second)
    other = NOTHING_DRAWN.stroked(second).stroked(first)
    np.testing.assert_array_equal(one.ink, other.ink)
    assert NOTHING_DRAWN.empty


@given(LINES)
def test_the_eraser_takes_away_what_the_pen_drew(line: np.ndarray) -> None:
    drawn = NOTHING_DRAWN.stroked(line)
    # where its own ink would have been full, nothing is left
    core = drawn.ink == 255
    erased = drawn.stroked(line, erasing=True)
    assert not erased.ink[core].any()
    assert drawn.stroked(line, 3 * RADIUS, erasing=True).empty


def test_a_test_digit_goes_through_bit_for_bit(digits: ShownDigits) -> None:
    changed = [
        number
        for number, pixels in enumerate(digits.images)
        if not np.array_equal(Drawing.of_picture(pixels.reshape(28, 28)).seen(True), pixels)
    ]
    assert not changed
    drawing = Drawing.of_picture(digits.images[0].reshape(28, 28))
    np.testing.assert_array_equal(drawing.seen(False), digits.images[0])


def test_a_stroke_on_a_test_digit_leaves_its_other_pixels(digits: ShownDigits) -> None:
    pixels = digits.images[3].reshape(28, 28)
    drawing = Drawing.of_picture(pixels).stroked(np.array([[0.02, 0.02]]), radius=0.01)
    seen = drawing.reduced
    assert seen[0, 0] > 0
    np.testing.assert_array_equal(seen[1:], pixels[1:])


def test_the_pen_is_as_thick_as_the_lines_of_mnist(digits: ShownDigits) -> None:
    """Ink per pixel of length of a one: the drawn bar against those of the test digits."""
    bar = NOTHING_DRAWN.stroked(np.array([[0.5, 0.2], [0.5, 0.75]])).seen(True)
    assert bar is not None
    ones = digits.images[digits.labels == 1].reshape(-1, 28, 28) / 255.0
    heights = (ones.max(axis=2) > 0).sum(axis=1)
    thickness = ones.sum(axis=(1, 2)) / heights
    mine = bar.sum() / 255 / 20
    low, high = np.percentile(thickness, [10, 90])
    assert low < mine < high


@pytest.mark.parametrize("shape", [(300, 300), (40, 1600), (1600, 40), (9, 5), (1, 1)])
def test_pictures_of_any_size_lie_in_the_square(shape: tuple[int, int]) -> None:
    picture = np.full(shape, 200, np.uint8)
    drawing = Drawing.of_picture(picture)
    assert drawing.ink.shape == (SIDE, SIDE)
    rows, columns = np.flatnonzero(drawing.ink.any(1)), np.flatnonzero(drawing.ink.any(0))
    spans = (np.ptp(rows) + 1, np.ptp(columns) + 1)
    assert max(spans) == SIDE
    assert spans[0] / spans[1] == pytest.approx(shape[0] / shape[1], rel=0.2)


def test_ink_that_is_lost_on_its_page_is_cut_out(digits: ShownDigits) -> None:
    page = np.zeros((1200, 900), np.uint8)
    large = digits.images[0].reshape(28, 28).repeat(4, axis=0).repeat(4, axis=1)
    page[1000:1112, 700:812] = large
    drawing = Drawing.of_picture(page)
    assert np.ptp(np.flatnonzero(drawing.ink.any(1))) > SIDE / 2
    alone = Drawing.of_picture(large)
    np.testing.assert_allclose(drawing.seen(True), alone.seen(True), atol=40)


def test_nothing_is_seen_of_an_empty_square() -> None:
    assert NOTHING_DRAWN.seen(True) is None
    assert NOTHING_DRAWN.seen(False) is None
