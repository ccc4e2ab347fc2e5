"""The exact layer of the book's exercise: its promises, and what real outputs make of them."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from nnviz.networks.bit_layer import BIT_WEIGHTS, SLACK, bit_layer, guarantee, met
from nnviz.networks.codes import code_table
from nnviz.networks.settings import Settings
from nnviz.questions.bits import BitLayerSurvey, SurveyBitLayer, SurveyBits
from nnviz.questions.question import Subject
from tests.learning.asking import answer_to, made_tests
from tests.learning.made_networks import layout, saying

KINDS = list(BIT_WEIGHTS)
NATURAL = code_table("natural", 10)
MARGINS = {"plus-minus": (0.91, 0.93, 0.93, 0.94), "zero-one": (0.48, 0.46, 0.46, 0.45)}


def corners(label: int, slack: float = SLACK, classes: int = 10) -> np.ndarray:
    """Every extreme choice of outputs that the assumption allows, (corners, outputs)."""
    found = np.array(list(product((0.0, slack), repeat=classes)))
    found = np.concatenate([found, found])
    found[:, label] = np.repeat([1 - slack, 1.0], len(found) // 2)
    return found


def correct_sums(kind: str, label: int, outputs: np.ndarray) -> np.ndarray:
    """Weighted sums at scale 1, positive on their right side, (images, bits)."""
    layer = bit_layer(kind, NATURAL.shape[1], 1.0)
    sums = outputs @ layer.weights.T.astype(float) + layer.biases
    return sums * NATURAL[:, label]


@pytest.mark.parametrize("kind", KINDS)
def test_the_margins_are_those_of_the_reference(kind: str) -> None:
    np.testing.assert_allclose(guarantee(kind).margins, MARGINS[kind], atol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("slack", [0.01, 0.05, 0.09])
def test_the_margins_are_the_worst_of_all_corners(kind: str, slack: float) -> None:
    worst = np.min(
        [correct_sums(kind, label, corners(label, slack)).min(axis=0) for label in range(10)],
        axis=0,
    )
    np.testing.assert_allclose(guarantee(kind, slack=slack).margins, worst, atol=1e-12)


def test_no_layer_of_weights_up_to_1_has_a_margin_above_094() -> None:
    # the linear program over weights, bias and margin; its corners are all that matter
    for bit, margin in enumerate(guarantee("plus-minus").margins):
        rows = []
        for label in range(10):
            sign = int(NATURAL[bit, label])
            rows += [np.append(-sign * outputs, (-sign, 1.0)) for outputs in _hardest(label)]
        found = linprog(
            np.append(np.zeros(11), -1.0),
            A_ub=np.array(rows),
            b_ub=np.zeros(len(rows)),
            bounds=[(-1, 1)] * 10 + [(None, None)] * 2,
        )
        assert found.success
        assert -found.fun == pytest.approx(0.94, abs=1e-9)
        assert margin <= 0.94 + 1e-12


def _hardest(label: int) -> np.ndarray:
    """The corners with the right output at its least, which are the harder half."""
    found = corners(label)
    return found[: len(found) // 2]


@pytest.mark.parametrize(("kind", "scale"), [("plus-minus", 5.05), ("zero-one", 10.211)])
def test_the_smallest_scale_is_that_of_the_reference(kind: str, scale: float) -> None:
    assert guarantee(kind).scale == pytest.approx(scale, abs=2e-3)
    assert guarantee(kind).scales.max() == guarantee(kind).scale


@pytest.mark.parametrize("kind", KINDS)
def test_the_smallest_scale_is_enough_and_no_smaller_one_is(kind: str) -> None:
    promised = guarantee(kind)
    for factor, enough in ((1 + 1e-9, True), (0.999, False)):
        scale = promised.scale * factor
        sure = True
        for label in range(10):
            bits = 1 / (1 + np.exp(-scale * correct_sums(kind, label, corners(label))))
            sure &= bool((bits >= 1 - SLACK).all())
        assert sure is enough


def test_the_popular_10_and_minus_5_just_misses() -> None:
    least = min(correct_sums("zero-one", label, corners(label)).min() for label in range(10))
    assert 1 / (1 + np.exp(10 * least)) == pytest.approx(0.01099, abs=1e-5)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scale", [0.001, 1.0, 10.0])
def test_step_neurons_spell_the_digit_at_any_scale(kind: str, scale: float) -> None:
    layer = bit_layer(kind, 10, scale)
    for label in range(10):
        fires = layer.sums(corners(label).astype(np.float32)) > 0
        np.testing.assert_array_equal(fires, np.tile(NATURAL[:, label] > 0, (len(fires), 1)))


@pytest.mark.parametrize(
    ("right", "other", "expected"),
    [(0.99, 0.0, True), (0.98, 0.0, False), (1.0, 0.0099, True), (1.0, 0.01, False)],
)
def test_the_assumption_is_met_by_099_and_less_than_001(
    right: float, other: float, expected: bool
) -> None:
    outputs = np.full((10, 10), other, np.float32)
    labels = np.arange(10, dtype=np.uint8)
    outputs[labels, labels] = right
    assert met(outputs, labels).tolist() == [expected] * 10


def test_the_survey_counts_what_a_person_would_count(digits) -> None:
    outputs = np.full((4, 10), 0.001)
    outputs[0, 7] = 0.999  # as assumed
    outputs[1, 7] = 0.45  # all faint: the 0 and 1 layer misses it
    outputs[2, 7], outputs[2, 8] = 0.6, 0.9  # misread by all
    outputs[3, 7], outputs[3, 0] = 0.9, 0.5  # only the assumption fails
    evidence = saying("bit-layer", outputs)
    labels = np.full(4, 7, np.uint8)
    result = _survey(SurveyBitLayer, evidence, labels)
    assert result == BitLayerSurvey(4, 1, {"plus-minus": 3, "zero-one": 2}, 3, 1, 1)


def test_the_accuracy_of_each_bit_is_what_a_person_would_count() -> None:
    outputs = np.array([[0.1, 0.9, 0.9, 0.9], [0.1, 0.9, 0.1, 0.9], [0.9, 0.9, 0.9, 0.6]])
    result = _survey(SurveyBits, saying("four-bits", outputs), np.full(3, 7, np.uint8))
    assert result.right == pytest.approx((2 / 3, 1, 2 / 3, 1))


def _survey(kind: type, evidence, labels: np.ndarray):
    """The survey of made outputs: each image is one hidden neuron's (see made_networks)."""
    network = evidence.network
    # the image of neuron i lights pixel i alone, and its weight makes only that neuron fire
    hidden = network.hidden
    weights = np.full((1, hidden, hidden), 0, np.float32)
    weights[0, range(hidden), range(hidden)] = 400
    eye = replace(
        network,
        hidden_weights=weights,
        hidden_biases=np.full((1, hidden), -200, np.float32),
    )
    design = "four-bits" if evidence.layout.fixed is None else "bit-layer"
    assert layout(design).table.shape == evidence.layout.table.shape
    images = (255 * np.eye(hidden)).astype(np.uint8)
    asked = kind(Subject(eye, Settings().change(design=design)))
    return answer_to(asked, made_tests(images, labels))
