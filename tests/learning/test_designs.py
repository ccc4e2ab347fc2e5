"""Code tables and their readings: perfect outputs are read right, any outputs mean one class."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nnviz.learning.designs import COSTS, DESIGNS, READINGS, answers, best_match
from nnviz.learning.codes import MOST_CLASSES

CLASSES = range(2, MOST_CLASSES + 1)


@pytest.mark.parametrize("name", DESIGNS)
def test_a_design_holds_together(name):
    design = DESIGNS[name]
    assert set(design.costs) <= set(COSTS)
    assert design.costs
    assert all(rate > 0 for rate in design.costs.values())
    assert set(design.readings) <= set(READINGS)
    assert design.readings
    assert design.label
    assert design.help.endswith(".")


@pytest.mark.parametrize("cost", COSTS)
def test_a_cost_names_an_output_activation(cost):
    assert COSTS[cost].output_activation in ("softmax", "sigmoid")
    assert COSTS[cost].label
    assert COSTS[cost].help.endswith(".")


@pytest.mark.parametrize("classes", CLASSES)
@pytest.mark.parametrize("name", DESIGNS)
def test_the_code_words_of_a_design_differ(name, classes):
    table = DESIGNS[name].code_table(classes)
    networks = DESIGNS[name].output_networks(classes)
    assert table.shape == (len(networks), classes)
    assert set(np.unique(table)) <= {-1, 0, 1}
    assert len({column.tobytes() for column in table.T}) == classes
    assert set(networks) == set(range(networks.max() + 1))


@pytest.mark.parametrize("classes", CLASSES)
@pytest.mark.parametrize("name", DESIGNS)
def test_perfect_outputs_are_read_right(name, classes):
    perfect = (DESIGNS[name].code_table(classes).T > 0).astype(np.float32)
    np.testing.assert_array_equal(answers(perfect, name, classes), np.arange(classes))


@tries(max_examples=100, deadline=None, derandomize=True)
@given(data=st.data(), name=st.sampled_from(list(DESIGNS)), classes=st.integers(2, MOST_CLASSES))
def test_any_outputs_mean_exactly_one_class(data, name, classes):
    outputs = len(DESIGNS[name].code_table(classes))
    given_outputs = data.draw(
        arrays.arrays(
            np.float32, (3, outputs), elements=st.floats(0, 1, width=32, allow_subnormal=False)
        )
    )
    read = answers(given_outputs, name, classes)
    assert read.shape == (3,)
    assert np.issubdtype(read.dtype, np.integer)
    assert ((read >= 0) & (read < classes)).all()


def test_one_hot_fires_for_its_own_class_and_asks_all():
    table = DESIGNS["ten-outputs"].code_table(10)
    np.testing.assert_array_equal(table, 2 * np.eye(10) - 1)
    np.testing.assert_array_equal(DESIGNS["ten-outputs"].output_networks(10), np.zeros(10))


@tries(max_examples=100, deadline=None, derandomize=True)
@given(
    arrays.arrays(
        np.float32, (2, 10), elements=st.integers(0, 1000).map(lambda n: n / 1000), unique=True
    )
)
def test_ten_outputs_give_the_strongest(outputs):
    np.testing.assert_array_equal(answers(outputs, "ten-outputs", 10), outputs.argmax(axis=1))


def test_equal_outputs_give_the_first_of_them():
    outputs = np.array([[0, 0, 0.5, 0.5], [0.25] * 4, [0] * 4, [1] * 4], np.float32)
    np.testing.assert_array_equal(answers(outputs, "ten-outputs", 4), [2, 0, 0, 0])


def test_the_score_is_how_well_outputs_and_code_word_agree():
    table = np.array([[1, -1, 0], [1, 1, -1]], np.int8)
    scores = best_match(np.array([[1.0, 0.25]], np.float32), table)
    # outputs on the scale -1..1 are 1 and -0.5
    np.testing.assert_allclose(scores, [[0.5, -1.5, 0.5]])
