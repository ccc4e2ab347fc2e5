"""Rows of digits cut by trial: cuts, pieces, scores, and the search against brute force."""

import dataclasses
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.ndimage import label

from nnviz.data.normalising import normalise, resized
from nnviz.data.row_cuts import (
    BROADEST,
    FILLER,
    LEAST_INK,
    LONGEST_ROW,
    WIDEST,
    Pieces,
    Row,
    RowTooLong,
    blank_cuts,
    candidate_cuts,
    pieces_between,
    row_of,
    runs,
    trial_pieces,
)
from nnviz.data.row_making import GAPS, MadeRow, random_row
from nnviz.data.row_parts import DIGIT, NARROW, ONE, SMALL
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from nnviz.networks.layouts import layout_of
from nnviz.paths import TRAINED
from nnviz.questions.rows import (
    SCORES,
    JudgedPieces,
    best_ways,
    judge_pieces,
    read_row,
    split_at_blanks,
    with_cuts,
)
from nnviz.verdicts.evidence import evidence_of

PICTURES = arrays.arrays(
    np.uint8,
    st.tuples(st.integers(16, 26), st.integers(1, 60)),
    elements=st.sampled_from([0, 0, 90, 255]),
)


@pytest.fixture(scope="module")
def reader():
    """The shipped network that knows non-digits, with its layout."""
    trained = load(TRAINED / "row-reader.safetensors")
    return trained.network, layout_of(trained.settings, 10)


def made(digits, gaps: str, count: int, seed: int = 1) -> list[MadeRow]:
    random = np.random.default_rng(seed)
    lengths = random.integers(2, 7, count).tolist()
    return [
        random_row(digits.test_images, digits.test_labels, length, GAPS[gaps], random)
        for length in lengths
    ]


# ---- rows, cuts and pieces ------------------------------------------------------------


def test_a_row_of_mnist_is_cropped_and_no_more(digits):
    for each in made(digits, "mixed", 20):
        row = row_of(each.picture)
        assert row.scale == 1
        top = np.flatnonzero(each.picture.any(axis=1))[0]
        height, width = row.picture.shape
        left = int(row.left)
        assert np.array_equal(row.picture, each.picture[top : top + height, left : left + width])


@pytest.mark.parametrize("factor", [0.5, 3, 12])
def test_a_row_of_any_size_comes_to_that_of_mnist(digits, factor):
    each = made(digits, "spaced", 1)[0]
    size = tuple(round(factor * side) for side in each.picture.shape)
    row = row_of(resized(each.picture, *size))
    assert 16 <= row.picture.shape[0] <= 32
    first, last = row.in_original([0, row.width])
    assert first == pytest.approx(each.spans[0][0] * factor, abs=1 + factor)
    assert last == pytest.approx(each.spans[-1][1] * factor, abs=1 + factor)


def test_dust_is_left_out():
    dust = np.zeros((28, 200), np.uint8)
    assert row_of(dust) is None
    assert row_of(np.zeros((28, 0), np.uint8)) is None
    dust[5, 5:16] = dust[2:22, 100] = 255
    row = row_of(dust)
    assert (row.left, row.width) == (100, 1)


@pytest.mark.parametrize("factor", [1, 2, 10])
def test_a_row_of_too_many_digits_is_refused_instead_of_made_smaller(factor):
    long = np.full((20 * factor, (LONGEST_ROW + 50) * factor), 255, np.uint8)
    with pytest.raises(RowTooLong, match=r"is too long: up to about 130 digits are read"):
        row_of(long)
    assert row_of(long[:, : LONGEST_ROW // 2 * factor]).picture.shape[0] >= 16


def test_a_long_thin_line_grows_as_far_as_there_is_room():
    assert row_of(np.full((2, 2000), 255, np.uint8)).width == LONGEST_ROW


@pytest.mark.parametrize("factor", [2, 3, 10])
def test_pieces_of_an_enlarged_row_look_like_those_of_the_row(digits, factor):
    """Where the same digits are cut out, as large and as dark as they were."""
    differences, darkness = [], []
    for each in made(digits, "spaced", 20):
        size = tuple(factor * side for side in each.picture.shape)
        rows = row_of(each.picture), row_of(resized(each.picture, *size))
        own, other = (
            pieces_between(row, _middles(row, each, by))
            for row, by in zip(rows, (1, factor), strict=True)
        )
        if len(own) != len(other):
            continue
        own, other = own.images.astype(float), other.images.astype(float)
        differences.append(np.abs(own - other).mean())
        darkness.append(other.sum() / own.sum())
    assert len(differences) > 15
    assert np.mean(differences) < 12
    assert 0.88 < np.mean(darkness) < 1.05


def _middles(row: Row, made: MadeRow, factor: int) -> list[int]:
    """Columns of the row half-way between its digits, and both ends."""
    middles = [(end + start) / 2 * factor for (_, end), (start, _) in pairwise(made.spans)]
    return [0, *(round((middle - row.left) * row.scale) for middle in middles), row.width]


@given(arrays.arrays(np.bool_, st.integers(0, 20)))
def test_runs_are_where_it_is_lit(lit):
    found = runs(lit)
    again = np.zeros_like(lit)
    for start, end in found:
        assert start < end
        again[start:end] = True
    assert np.array_equal(again, lit)
    assert all(end < start for (_, end), (start, _) in pairwise(found))


@given(PICTURES)
def test_cuts_run_from_end_to_end_and_are_never_far_apart_in_ink(picture):
    row = row_of(picture)
    if row is None:
        return
    cuts, blanks = candidate_cuts(row).tolist(), blank_cuts(row).tolist()
    assert cuts == sorted(set(cuts))
    assert (cuts[0], cuts[-1]) == (0, row.width)
    assert set(blanks) <= set(cuts)
    for before, after in pairwise(cuts):
        some = row.profile[before:after].all() and after - before > FILLER
        for between in range(before + FILLER, after - FILLER) if some else ():
            # whatever is cut in between is cut like that by one of both
            sides = [taken_between(row.picture, 0, cut)[0] for cut in (before, between, after)]
            own = sides[1].tobytes()
            assert own in (sides[0].tobytes(), sides[2].tobytes())


def test_hardly_any_true_cut_is_missed(digits):
    near = []
    for gaps in GAPS:
        for each in made(digits, gaps, 40):
            row = row_of(each.picture)
            cuts = candidate_cuts(row)
            for (_, end), (start, _) in pairwise(each.spans):
                true = (end + start) / 2 - row.left
                near.append(np.abs(cuts - true).min() <= 2)
    assert np.mean(near) > 0.97


def taken_between(picture: np.ndarray, left: int, right: int) -> tuple[np.ndarray, bool, bool]:
    """The ink of a piece, whether it is one part as a whole, and whether one is cut through."""
    numbers, count = label(picture, np.ones((3, 3)))
    taken, cut, amounts, whole = np.zeros_like(picture), False, [], True
    for number in range(1, count + 1):
        own = np.where(numbers == number, picture, 0)
        inside = own.copy()
        inside[:, :left] = inside[:, right:] = 0
        wide = np.ptp(np.flatnonzero(own.any(axis=0))) + 1
        share, total = inside.sum(dtype=float), own.sum(dtype=float)
        if wide <= NARROW and share < SMALL * total:
            continue
        if share == total or (wide <= NARROW and share > (1 - SMALL) * total):
            inside = own
        elif share:
            whole, cut = False, cut or wide <= DIGIT
        amounts.append(inside.sum(dtype=float))
        taken = np.maximum(taken, inside)
    return taken, whole and max(amounts, default=0) >= ONE * sum(amounts), cut


@given(PICTURES)
@tries(max_examples=40)
def test_trial_pieces_are_all_that_fit(picture):
    row = row_of(picture)
    if row is None:
        return
    cuts = candidate_cuts(row)
    pieces = trial_pieces(row, cuts)
    expected = {}
    for first in range(len(cuts)):
        for last in range(first + 1, len(cuts)):
            ink, one, cut = taken_between(row.picture, cuts[first], cuts[last])
            columns = np.flatnonzero(ink.any(axis=0))
            if np.count_nonzero(ink) < LEAST_INK:
                continue
            if np.ptp(columns) + 1 > (BROADEST if one else WIDEST):
                continue
            start, end = int(columns[0]), int(columns[-1]) + 1
            across = not row.picture[:, start:end].any(axis=0).all()
            image = normalise(ink).image.tobytes()
            expected[first, last] = (start, end, across, cut, image)
    found = {
        (int(pieces.starts[each]), int(pieces.ends[each])): (
            *pieces.spans[each],
            pieces.across_blank[each],
            pieces.cut_off[each],
            pieces.images[each].tobytes(),
        )
        for each in range(len(pieces))
    }
    assert found == expected


def test_pieces_between_given_cuts_may_be_of_any_size(digits):
    row = row_of(made(digits, "touching", 1)[0].picture)
    pieces = pieces_between(row, [0, 1, row.width])
    assert pieces.spans.tolist() == [[0, 1], [1, row.width]]
    for width in range(200, 240):  # also where columns of the row are no whole ones of its ink
        row = row_of(np.full((101, width), 255, np.uint8))
        assert pieces_between(row, [0, row.width]).spans.tolist() == [[0, row.width]]


# ---- scores ----------------------------------------------------------------------------


def judged_at(network, layout, images) -> JudgedPieces:
    count = len(images)
    steps = np.arange(count)
    spans = np.stack([steps * 20, steps * 20 + 15], axis=1)
    pieces = Pieces(
        np.arange(count + 1) * 20, steps, steps + 1, spans, images, steps > count, steps > count
    )
    return judge_pieces(pieces, network, layout)


@pytest.mark.parametrize("name", DESIGNS)
def test_every_design_says_of_pieces_what_it_says_of_digits(digits, name):
    trained = load(TRAINED / f"{name}.safetensors")
    layout = layout_of(trained.settings, 10)
    images, labels = digits.test_images[:200], digits.test_labels[:200]
    judged = judged_at(trained.network, layout, images)
    assert np.mean(judged.digits == labels) > 0.85
    assert (judged.confidences >= 0).all()
    assert (judged.confidences <= 1 + 1e-9).all()
    assert (judged.logs <= 1e-9).all()


def test_the_logarithm_of_sigmoids_counts_the_silence_of_the_others(digits, reader):
    judged = judged_at(*reader, digits.test_images[:50])
    outputs = evidence_of(*reader, digits.test_images[:50]).outputs.astype(float)
    for row, digit, log in zip(outputs, judged.digits, judged.logs, strict=True):
        silent = np.delete(row, digit)
        expected = np.log(max(row[digit], 1e-6)) + np.log(np.maximum(1 - silent, 1e-6)).sum()
        assert log == pytest.approx(expected, abs=1e-5)


def test_width_counts_and_unusual_width_costs(digits, reader):
    judged = judged_at(*reader, digits.test_images[:3])
    pieces = dataclasses.replace(
        judged.pieces, spans=np.array([[0, 8], [20, 36], [40, 64]], np.intp)
    )
    worth = SCORES["width"].worth(dataclasses.replace(judged, pieces=pieces))
    for found, width, log in zip(worth, (8, 16, 24), judged.logs, strict=True):
        assert found == pytest.approx(width * log / 8 - (width - 15.8) ** 2 / (2 * 3.8**2))


# ---- search ----------------------------------------------------------------------------


@st.composite
def judged_rows(draw) -> JudgedPieces:
    """Pieces of any row of up to seven cuts, with any digits and worths; some are missing."""
    cuts = draw(st.integers(2, 7))
    pairs = [(first, last) for first in range(cuts) for last in range(first + 1, cuts)]
    kept = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=len(pairs)))
    count = len(kept)
    starts, ends = (np.array([pair[side] for pair in kept], np.intp) for side in (0, 1))
    numbers = st.integers(0, 40).map(lambda number: number / 40)
    confidences = np.array(draw(st.lists(numbers, min_size=count, max_size=count)), float)
    labels = draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    blank = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    columns = np.arange(cuts) * 5
    pieces = Pieces(
        columns,
        starts,
        ends,
        np.stack([columns[starts], columns[ends]], axis=1).reshape(-1, 2),
        np.zeros((count, 784), np.uint8),
        np.array(blank, bool),
        np.array(blank, bool)[::-1],
    )
    logs, leads = np.log(confidences + 0.01), np.zeros(count)
    return JudgedPieces(pieces, np.array(labels, np.intp), confidences, logs, leads)


def all_ways(judged: JudgedPieces, score) -> dict[tuple[int, ...], float]:
    """String -> the best total of all ways that say it, every way being tried."""
    pieces, worth = judged.pieces, score.worth(judged)
    found: dict[tuple[int, ...], float] = {}

    def extend(cut: int, chain: list[int]) -> None:
        if cut == len(pieces.cuts) - 1:
            total = worth[chain].sum() / (len(chain) if score.mean else 1)
            string = tuple(judged.digits[chain].tolist())
            found[string] = max(total, found.get(string, -np.inf))
            return
        for piece in np.flatnonzero(pieces.starts == cut).tolist():
            if score.across_blanks or not pieces.across_blank[piece]:
                extend(int(pieces.ends[piece]), [*chain, piece])

    extend(0, [])
    return found


@pytest.mark.parametrize("name", SCORES)
@given(judged=judged_rows())
@tries(max_examples=80)
def test_the_best_ways_are_those_of_trying_them_all(name, judged):
    score = SCORES[name]
    everything = all_ways(judged, score)
    ways = best_ways(judged, score)
    expected = sorted(everything.values(), reverse=True)[:5]
    assert [way.total for way in ways] == pytest.approx(expected)
    assert len({way.digits for way in ways}) == len(ways)
    worth = score.worth(judged)
    for way in ways:
        pieces = list(way.pieces)
        assert way.total == pytest.approx(everything[way.digits])
        assert way.digits == tuple(judged.digits[pieces].tolist())
        assert judged.pieces.starts[pieces[0]] == 0
        assert (judged.pieces.starts[pieces[1:]] == judged.pieces.ends[pieces[:-1]]).all()
        assert judged.pieces.ends[pieces[-1]] == len(judged.pieces.cuts) - 1
        assert score.total(worth[pieces].sum(), len(pieces)) == pytest.approx(way.total)


# ---- reading ---------------------------------------------------------------------------


LEAST = {"spaced": 0.7, "mixed": 0.55, "touching": 0.35}
"""Part of the rows that is read right: bundled digits are harder than the test digits of MNIST."""


def read(rows: Sequence[MadeRow], reader: tuple, factor: int = 1) -> tuple[float, float]:
    """How many rows are read right when they are so much larger, and how surely, on average."""
    right, sureness = [], []
    for each in rows:
        size = (factor * side for side in each.picture.shape)
        picture = each.picture if factor == 1 else resized(each.picture, *size)
        way = read_row(row_of(picture), *reader).ways[0]
        right.append(way.digits == each.labels)
        sureness.append(way.total)
    return float(np.mean(right)), float(np.mean(sureness))


@pytest.fixture(scope="module")
def read_as_drawn(digits, reader) -> tuple[float, float]:
    return read(made(digits, "spaced", 100), reader)


@pytest.fixture(scope="module")
def some_read_as_drawn(digits, reader) -> tuple[float, float]:
    return read(made(digits, "spaced", 40), reader)


@pytest.mark.parametrize("factor", [2, 3, 10])
def test_enlarged_rows_are_read_as_well_and_as_surely(digits, reader, some_read_as_drawn, factor):
    right, sureness = read(made(digits, "spaced", 40), reader, factor)
    assert right >= some_read_as_drawn[0] - 0.07
    assert sureness > some_read_as_drawn[1] - 0.06


@pytest.mark.parametrize("gaps", GAPS)
def test_the_row_reader_reads_most_rows(digits, reader, read_as_drawn, gaps):
    right, _ = read_as_drawn if gaps == "spaced" else read(made(digits, gaps, 60), reader)
    assert right >= LEAST[gaps]


def test_blank_columns_do_for_spaced_rows_only(digits, reader):
    right = {
        gaps: np.mean(
            [
                split_at_blanks(row_of(each.picture), *reader) == each.labels
                for each in made(digits, gaps, 40)
            ]
        )
        for gaps in GAPS
    }
    assert right["spaced"] > 0.7
    assert right["touching"] < 0.1


def test_given_cuts_are_judged_as_the_search_judges_them(digits, reader):
    for each in made(digits, "mixed", 10):
        row = row_of(each.picture)
        found = read_row(row, *reader)
        for way in found.ways:
            judged, again = with_cuts(row, found.cuts(way), *reader, SCORES["mean"])
            assert again.digits == way.digits
            assert again.total == pytest.approx(way.total, abs=1e-6)
            spans = found.judged.pieces.spans[list(way.pieces)]
            np.testing.assert_array_equal(judged.pieces.spans, spans)
