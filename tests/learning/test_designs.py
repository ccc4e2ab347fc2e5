"""Designs and the code tables they lay out."""

import numpy as np
import pytest

from nnviz.data.digits import MOST_CLASSES
from nnviz.networks.designs import COSTS, DESIGNS, GROUPS, TRUNKS
from nnviz.verdicts.readings import READINGS
from tests.learning.made_networks import layout

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
