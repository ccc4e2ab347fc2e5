"""Small sets of digits, and one thread for torch."""

import dataclasses

import pytest
import torch

from nnviz.data.digits import DigitSet, bundled_digits
from nnviz.networks.learned_by import COMPILED
from nnviz.training.engines import state_of
from nnviz.training.table import Kernels
from tests.learning.runs import part_of_set


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def all_kernels() -> None:
    """Made by one worker while others wait, for tests that call them at once: runs see to it
    themselves."""
    for kernels in Kernels:
        assert state_of(COMPILED, kernels).works


@pytest.fixture(scope="session")
def digits() -> DigitSet:
    """The bundled digits."""
    return bundled_digits()


@pytest.fixture(scope="session")
def few(digits: DigitSet) -> DigitSet:
    """300 training and 100 test digits, balanced."""
    return part_of_set(digits, 300, 100)


@pytest.fixture(scope="session")
def threes_and_eights(digits: DigitSet) -> DigitSet:
    """All bundled threes and eights, as a set of two classes."""
    train = (digits.train_labels == 3) | (digits.train_labels == 8)
    test = (digits.test_labels == 3) | (digits.test_labels == 8)
    return dataclasses.replace(
        digits,
        name="threes and eights",
        class_names=("3", "8"),
        train_images=digits.train_images[train],
        train_labels=(digits.train_labels[train] == 8).astype("uint8"),
        test_images=digits.test_images[test],
        test_labels=(digits.test_labels[test] == 8).astype("uint8"),
    )
