"""Mistakes by bits apart, and by how many outputs say yes, against counting one by one."""

from itertools import combinations

import numpy as np
import pytest

from nnviz.networks.codes import code_table
from nnviz.questions.bits_apart import (
    NOT_COUNTED,
    binary_words,
    bits_apart,
    by_chance,
    counted_apart,
)
from nnviz.questions.saying_yes import SAYING, said_yes


@pytest.mark.parametrize("classes", [2, 5, 10, 16])
def test_mistakes_are_counted_by_the_bits_between_truth_and_answer(classes: int) -> None:
    random = np.random.default_rng(classes)
    labels = random.integers(classes, size=300).astype(np.uint8)
    answers = random.integers(-1, classes, size=300).astype(np.int8)
    words = binary_words(classes)
    written = [f"{each:0{len(words)}b}" for each in range(classes)]
    assert ["".join(str(int(bit)) for bit in column) for column in words.T] == written

    def between(one: int, other: int) -> int:
        return sum(a != b for a, b in zip(written[one], written[other], strict=True))

    expected = [
        NOT_COUNTED if answer < 0 else between(label, answer)
        for label, answer in zip(labels.tolist(), answers.tolist(), strict=True)
    ]
    assert bits_apart(answers, labels, words).tolist() == expected
    counts = [expected.count(bits) for bits in range(1, len(words) + 1)]
    assert counted_apart(answers, labels, words).tolist() == counts
    pairs = [between(*pair) for pair in combinations(range(classes), 2)]
    shares = [pairs.count(bits) / len(pairs) for bits in range(1, len(words) + 1)]
    np.testing.assert_allclose(by_chance(words), shares)


def test_by_chance_a_third_of_all_digits_are_one_bit_apart() -> None:
    words = binary_words(10)
    np.testing.assert_array_equal(words, code_table("natural", 10) > 0)
    assert by_chance(words)[0] == pytest.approx(15 / 45)


def test_digits_are_sorted_by_how_many_outputs_say_yes() -> None:
    outputs = np.array([[0.2, 0.4], [0.6, 0.1], [0.7, 0.9], [0.5, 0.3]], np.float32)
    answers = outputs.argmax(axis=1).astype(np.int8)
    labels = np.array([1, 1, 1, 0], np.uint8)
    found = said_yes(outputs, answers, labels)
    assert {name: (found[name].digits, found[name].right) for name in SAYING} == {
        "none": (2, 2),
        "one": (1, 0),
        "several": (1, 1),
    }
