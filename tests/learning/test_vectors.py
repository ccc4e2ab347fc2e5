"""The functions of float32 that compiled loops are made of, against numpy in float64."""

import numpy as np
import pytest

from nnviz.training.compiled import vectors

FUNCTIONS = {
    "exp": (vectors.exp_all, np.exp, -87.3, 88.3),
    "sigmoid": (vectors.sigmoid_all, lambda numbers: 1 / (1 + np.exp(-numbers)), -87.0, 87.0),
    "tanh": (vectors.tanh_all, np.tanh, -20.0, 20.0),
}
LIMITS = {
    "exp": (0, 1, np.inf),
    "sigmoid": (0, 0.5, 1),
    "tanh": (-1, 0, 1),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_right_to_a_few_units_in_the_last_place(name):
    worked_out, true, low, high = FUNCTIONS[name]
    numbers = np.linspace(low, high, 200_001, dtype=np.float32)
    numbers = np.concatenate([numbers, numbers[1:] * 1e-3, numbers * 1e-9])
    expected = true(numbers.astype(np.float64))
    worked_out(numbers)
    units = np.spacing(np.abs(expected).astype(np.float32))
    assert np.max(np.abs(numbers - expected) / units) < 3


@pytest.mark.parametrize("name", FUNCTIONS)
def test_infinity_leads_to_the_limit_and_what_is_no_number_stays_none(name):
    low, middle, high = LIMITS[name]
    for count in (1, 100):  # one by one, and as vectors
        numbers = np.repeat(np.array([-np.inf, -3e38, 0, 3e38, np.inf, np.nan], np.float32), count)
        FUNCTIONS[name][0](numbers)
        expected = np.repeat(np.array([low, low, middle, high, high, np.nan]), count)
        np.testing.assert_array_equal(numbers, expected)
