"""Code words: what is accepted, what is refused in one sentence, how far words differ."""

import re
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.digits import MOST_CLASSES
from nnviz.networks.codes import (
    BITS,
    CODE_PRESETS,
    CodeError,
    closest_pairs,
    code_table,
    smallest_distance,
    words_of,
)
from nnviz.networks.designs import COSTS, DESIGNS, GROUPS, TRUNKS
from nnviz.verdicts.readings import READINGS
from tests.learning.made_networks import layout

DISTANCES = {"natural": 1, "gray": 1, "separable": 1, "error-correcting": 8}


@st.composite
def codes(draw: st.DrawFn) -> list[str]:
    bits, classes = draw(st.sampled_from(BITS)), draw(st.integers(2, 10))
    numbers = draw(
        st.lists(st.integers(0, 2**bits - 1), min_size=classes, max_size=classes, unique=True)
    )
    return [f"{number:0{bits}b}" for number in numbers]


@given(codes())
def test_a_list_of_words_is_read_as_it_is_written(words: list[str]) -> None:
    assert words_of(",".join(words)) == tuple(words)
    assert words_of(" , ".join(words)) == tuple(words)
    table = code_table(",".join(words), len(words))
    assert ["".join("1" if bit > 0 else "0" for bit in column) for column in table.T] == words


@given(codes())
def test_the_smallest_distance_is_that_of_the_closest_two(words: list[str]) -> None:
    distances = {
        (i, j): sum(a != b for a, b in zip(words[i], words[j], strict=True))
        for i, j in combinations(range(len(words)), 2)
    }
    table = code_table(",".join(words), len(words))
    least = min(distances.values())
    assert smallest_distance(table) == least
    assert closest_pairs(table) == tuple(p for p, each in distances.items() if each == least)


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_refused_in_one_sentence(text: str) -> None:
    words, refusal = _read(text)
    assert bool(words) != bool(refusal)
    if refusal:
        assert re.fullmatch(r"(A|The|All) .+\.", refusal, re.DOTALL)
    assert len(set(words)) == len(words)
    assert len({len(word) for word in words}) <= 1


def _read(text: str) -> tuple[tuple[str, ...], str]:
    """-> the words, or the reason why they are none"""
    try:
        return words_of(text), ""
    except CodeError as error:
        return (), str(error)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("", "words of 0 and 1"),
        ("hamming", "natural, gray"),
        ("0000,0012", "words of 0 and 1"),
        ("0000,,0001", "words of 0 and 1"),
        ("0000,00011", "same number of bits"),
        ("000,001", "4 to 16 bits"),
        (f"{0:017b},{1:017b}", "4 to 16 bits"),
        ("0000", "2 to 10 words, not 1"),
        (",".join(f"{number:04b}" for number in range(11)), "2 to 10 words, not 11"),
        ("0000,0001,0110,0001", "classes 1 and 3 have the same code word 0001"),
    ],
)
def test_a_bad_code_is_refused_in_one_sentence(text: str, about: str) -> None:
    with pytest.raises(CodeError) as refused:
        words_of(text)
    sentence = str(refused.value)
    assert about in sentence
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0


def test_a_code_needs_a_word_for_each_class() -> None:
    with pytest.raises(CodeError, match="has 3 words, but there are 10 classes"):
        code_table("0000,0001,0010", 10)


@pytest.mark.parametrize("name", CODE_PRESETS)
def test_presets_are_codes_with_the_distances_of_the_reference(name: str) -> None:
    assert smallest_distance(code_table(name, 10)) == DISTANCES[name]
    assert words_of(",".join(CODE_PRESETS[name].words)) == CODE_PRESETS[name].words


def test_the_presets_are_what_their_names_say() -> None:
    assert words_of("natural") == tuple(f"{digit:04b}" for digit in range(10))
    gray = words_of("gray")
    for one, next_one in pairwise(gray):
        assert sum(a != b for a, b in zip(one, next_one, strict=True)) == 1
    # the four splits of the reference, bit by bit
    fires = [{0, 1, 2, 3, 5, 6, 8}, {1, 5, 6}, {0, 4, 6, 8}, {0, 1, 2, 7}]
    table = code_table("separable", 10)
    assert [set(np.flatnonzero(row > 0).tolist()) for row in table] == fires


# ---- designs and the tables they lay out ---------------------------------------------


CLASSES = range(2, MOST_CLASSES + 1)


@pytest.mark.parametrize("name", DESIGNS)
def test_a_design_holds_together(name):
    design = DESIGNS[name]
    assert set(design.costs) <= set(COSTS)
    assert design.costs
    assert all(rate > 0 for rate in design.costs.values())
    assert set(design.readings) <= set(READINGS)
    assert design.readings
    assert set(design.trunks) <= set(TRUNKS)
    assert design.trunks
    assert design.group in GROUPS
    assert design.label
    assert design.help.endswith(".")


@pytest.mark.parametrize("cost", COSTS)
def test_a_cost_names_an_output_activation(cost):
    assert COSTS[cost].output_activation in ("softmax", "sigmoid")
    assert COSTS[cost].label


@pytest.mark.parametrize("classes", CLASSES)
@pytest.mark.parametrize("name", DESIGNS)
def test_the_code_words_of_a_design_differ(name, classes):
    made = layout(name, classes)
    assert made.table.shape == (len(made.networks), classes)
    assert len(made.groups) == len(made.networks)
    assert set(np.unique(made.table)) <= {-1, 0, 1}
    assert len({column.tobytes() for column in made.words.T}) == classes
    assert set(made.networks) == set(range(made.network_count))


def test_one_hot_fires_for_its_own_class_and_asks_all():
    made = layout("ten-outputs")
    np.testing.assert_array_equal(made.table, 2 * np.eye(10) - 1)
    np.testing.assert_array_equal(made.networks, np.zeros(10))
    assert made.one_hot
    assert made.asks_all


@pytest.mark.parametrize("classes", range(3, MOST_CLASSES + 1))
def test_each_set_of_classes_has_a_head_of_its_own(classes):
    made = layout("elimination", classes)
    assert len(made.heads) == 2**classes - classes - 1
    for chosen, outputs in made.heads.items():
        assert len(set(made.groups[outputs])) == 1
        for own, output in zip(chosen, outputs, strict=True):
            asked = np.flatnonzero(made.table[output])
            assert tuple(asked) == chosen
            np.testing.assert_array_equal(np.flatnonzero(made.table[output] > 0), [own])
    assert made.has_pairs


def test_two_classes_make_no_pairs_of_outputs_that_speak_for_all():
    assert not layout("ten-outputs", 2).has_pairs
    assert not layout("plain-ensemble", 2).has_pairs
    assert not layout("four-bits", 2).has_pairs
    assert layout("all-pairs", 2).has_pairs
