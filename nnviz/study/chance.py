"""Where chance comes from in a study: from its seed, the trial, what it is for and the model.

Never from the condition, the executor or the order in which trials are worked out: the same model
has the same chance wherever it is wanted, and the images of a small share are among those of a
large one.
"""

from enum import IntEnum

import numpy as np

from nnviz.study.plan import Study
from nnviz.study.schemes import Model

NOBODY = Model(())
"""Chance that no single model draws"""


class Purpose(IntEnum):
    """What chance is for."""

    SUBSET = 1
    """Which training images a trial has"""
    INITIAL = 2
    """Initial weights"""
    ORDER = 3
    """In which order the images are learned from"""
    DROPOUT = 4
    """Which activities are left out"""
    SPECIMENS = 5
    """Images that are no digits"""


def seed_of(
    study: Study, trial: int, purpose: Purpose, model: Model = NOBODY, *more: int
) -> tuple[int, ...]:
    """Whole numbers for `numpy.random.default_rng`; `more`, not negative, for whoever draws
    several times."""
    # NumPy takes (1, 2) and (1, 2, 0) for the same seed: how many follow tells them apart
    key = (*model.key, *more)
    return (study.seed, trial, int(purpose), len(model.key), len(key), *key)


def chance_of(
    study: Study, trial: int, purpose: Purpose, model: Model = NOBODY, *more: int
) -> "np.random.Generator":
    """The generator of that seed."""
    return np.random.default_rng(seed_of(study, trial, purpose, model, *more))


def one_seed_of(study: Study, trial: int, purpose: Purpose, model: Model = NOBODY) -> int:
    """The same as one number, 0..999,999,999, for what takes only one (`Settings.seed`)."""
    return int(chance_of(study, trial, purpose, model).integers(1_000_000_000))
