"""Dashes, points, labels, lines and boxes of rows: told from digits, left out, and said."""

from functools import cache

import numpy as np
import pytest

from nnviz.data.digits import bundled_digits
from nnviz.data.ink import find_ink
from nnviz.data.row_cuts import row_of
from nnviz.data.row_lines import without_lines
from nnviz.data.row_making import GAPS, random_row, spelled_row
from nnviz.data.row_marks import Signs, signs_of
from nnviz.networks.files import load
from nnviz.networks.layouts import layout_of
from nnviz.paths import READER
from nnviz.questions.row_doubts import REASONS, doubts_of
from nnviz.questions.row_signs import MARKS, lines_told, marks_told, with_labels_found
from nnviz.questions.rows import read_row
from tests.rows.photographs import EVERY, photograph


@cache
def reader():
    trained = load(READER)
    return trained.network, layout_of(trained.settings, 10)


def signs_in(kind: str, seed: int) -> tuple[Signs, str]:
    digits = bundled_digits()
    chance = np.random.default_rng([seed, list(EVERY).index(kind)])
    made = photograph(kind, digits.test_images, digits.test_labels, chance)
    ink = find_ink(made.levels, "row")
    assert ink is not None
    signs = signs_of(ink.all_ink)
    assert signs is not None
    return with_labels_found(signs, *reader()), made.string


def composed(text: str, seed: int = 3) -> np.ndarray:
    digits, chance = bundled_digits(), np.random.default_rng(seed)
    wanted = [int(sign) for sign in text]
    made = spelled_row(digits.test_images, digits.test_labels, wanted, GAPS["spaced"], chance)
    return made.picture


@pytest.mark.parametrize(
    ("kind", "seed", "marks"),
    [
        ("hyphen", 2, ["dash"]),
        ("date.", 1, ["point", "point"]),
        ("slash", 3, ["stroke", "stroke"]),
        ("plus", 4, ["plus", "dash"]),
        ("label", 1, ["label"] * 4),
        ("base line", 1, []),
        ("squared", 3, []),
        ("boxes", 1, []),
        ("boxes apart", 2, []),
        ("comb", 0, None),
    ],
)
def test_a_row_keeps_its_digits_and_leaves_out_the_rest(kind, seed, marks):
    signs, string = signs_in(kind, seed)
    kinds = [sign.kind for sign in signs.signs]
    assert kinds.count("digit") == len(string)
    if marks is not None:
        assert [each for each in kinds if each != "digit"] == marks
    row = row_of(signs.without(signs.marks), signs.height)
    assert row is not None
    assert "".join(map(str, read_row(row, *reader()).ways[0].digits)) == string


@pytest.mark.parametrize("gaps", GAPS)
def test_a_composed_row_has_nothing_to_leave_out(gaps):
    """What a row is made of is read as it always was: lines are not taken out of digits."""
    digits, chance = bundled_digits(), np.random.default_rng(5)
    whole = 0
    for _ in range(20):
        made = random_row(digits.test_images, digits.test_labels, 5, GAPS[gaps], chance)
        assert without_lines(made.picture) is made.picture
        signs = signs_of(made.picture)
        assert signs is not None
        whole += signs.without(signs.marks) is made.picture
    assert whole >= 19  # a part of a digit that lies apart can look like a dash


def test_of_two_lines_one_is_read_and_the_other_told_of():
    upper, lower = composed("2026"), composed("31")
    both = np.zeros((2 * len(upper) + 6, upper.shape[1]), np.uint8)
    both[: len(upper)] = upper
    both[-len(lower) :, : lower.shape[1]] = lower
    signs = signs_of(both)
    assert signs is not None
    assert signs.lines == 2
    assert [sign.kind for sign in signs.signs].count("line") >= 2
    rest = signs.without(signs.marks)
    assert rest[: len(upper)].any()
    assert not rest[-len(lower) :].any()
    other = frozenset(number for number, sign in enumerate(signs.signs) if sign.line != 1)
    np.testing.assert_array_equal(signs.without(other)[-len(lower) :, : lower.shape[1]], lower)
    assert "2 lines" in lines_told(signs.lines)
    assert not lines_told(1)


def test_an_upright_bar_and_a_level_one_are_no_lines_where_they_are_digits():
    """Ones and the bars of sevens, with a thin pen."""
    thin = np.zeros((120, 400), np.uint8)
    for start in (20, 120, 220):
        thin[20:24, start : start + 60] = 255
        thin[20:110, start + 56 : start + 60] = 255
    thin[20:110, 340:344] = 255
    np.testing.assert_array_equal(without_lines(thin), thin)
    ruled = thin.copy()
    ruled[114:116] = 255
    np.testing.assert_array_equal(without_lines(ruled), thin)


def test_doubts_are_about_the_worst_piece_and_about_what_stands_out():
    row = row_of(composed("2026"))
    assert row is not None
    read = read_row(row, *reader())
    assert doubts_of(read.judged, row, read.ways[0].pieces, read) == ()
    picture = composed("2026")
    picture[: len(picture) // 2 + 4, 24:42] = 0  # what is left of the 0 is half as high
    row = row_of(picture)
    assert row is not None
    read = read_row(row, *reader())
    doubts = doubts_of(read.judged, row, read.ways[0].pieces, read)
    assert doubts
    assert {each.kind for each in doubts} <= set(REASONS)
    assert all(each.told() for each in doubts)


def test_marks_are_counted_by_their_kinds():
    assert marks_told([]) == ""
    assert marks_told(["dash", "point", "dash"]) == "Left out: 2 dashes and 1 point."
    assert set(MARKS) == {"dash", "point", "plus", "stroke", "label", "line", "digit"}
