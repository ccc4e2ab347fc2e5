"""Each output's reliability, and how many designs miss a digit, against counting one by one."""

import math

import numpy as np
import pytest
from sklearn.calibration import calibration_curve

from nnviz.data.digits import bundled_digits
from nnviz.networks.files import load
from nnviz.questions.listing import CELLS, cell_of, misses
from nnviz.questions.question import Subject
from nnviz.questions.reliability import SurveyOutputs, reliability
from tests.learning.asking import answer_to
from tests.learning.made_networks import TRAINED, layout, outputs_for_images


@pytest.mark.parametrize("design", ["one-vs-rest", "four-bits", "all-pairs", "elimination"])
def test_each_output_is_judged_by_the_digits_that_it_is_asked_about(design):
    digits, made = bundled_digits(), layout(design)
    images, labels = digits.test_images, digits.test_labels
    trained = load(TRAINED / f"{design}.safetensors")
    network = trained.network
    told = answer_to(SurveyOutputs(Subject(network, trained.settings)), digits)
    outputs = outputs_for_images(network, images)
    assert len(told.found) == {"four-bits": 4, "all-pairs": 45}.get(design, 10)
    for output, found in list(zip(told.outputs.tolist(), told.found, strict=True))[::3]:
        wanted = made.table[output][labels]
        asked = wanted != 0
        assert found.counts.sum() == asked.sum()
        true, said = calibration_curve(wanted[asked] > 0, outputs[asked, output], n_bins=15)
        np.testing.assert_allclose(found.true, true, atol=1e-6)
        np.testing.assert_allclose(found.said, said, atol=1e-5)


def test_where_it_is_unsure_only_the_inner_bins_count():
    said = np.array([0.01, 0.02, 0.5, 0.6, 0.99])
    true = np.array([True, False, True, False, True])
    assert reliability(said, true).unsure == pytest.approx((0.55, 0.5, 2))
    nothing = reliability(said[:2], true[:2]).unsure
    assert math.isnan(nothing[0])
    assert nothing[2] == 0


def test_coarser_bins_are_those_of_fewer_bins():
    draw = np.random.default_rng(0)
    said, true = draw.random(500), draw.random(500) < 0.5
    found, expected = reliability(said, true).coarser(3), reliability(said, true, 5)
    np.testing.assert_array_equal(found.counts, expected.counts)
    np.testing.assert_array_equal(found.hits, expected.hits)
    np.testing.assert_allclose(found.totals, expected.totals)


def test_every_digit_is_in_one_cell_and_missed_by_as_many_as_miss_it():
    draw = np.random.default_rng(3)
    right = draw.random((4, 200)) < 0.7
    cells = [cell_of(right[0], right[1], cell) for cell in CELLS]
    assert (np.sum(cells, axis=0) == 1).all()
    assert cells[1].sum() == sum(a and not b for a, b in zip(right[0], right[1], strict=True))
    assert misses(list(right)).tolist() == [4 - int(column.sum()) for column in right.T]
