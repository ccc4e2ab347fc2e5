"""Confusion matrices against scikit-learn."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix

from nnviz.questions.judged import confusion


@given(seed=st.integers(0, 2**32), classes=st.integers(2, 10), images=st.integers(1, 300))
def test_the_same_as_scikit_learn(seed, classes, images):
    chance = np.random.default_rng(seed)
    labels = chance.integers(0, classes, images).astype(np.uint8)
    answers = chance.integers(-1, classes, images).astype(np.int8)
    found = confusion(answers, labels, classes)
    everything = [*range(classes), -1]
    expected = confusion_matrix(labels.astype(np.int8), answers, labels=everything)
    np.testing.assert_array_equal(found, expected[:classes])
