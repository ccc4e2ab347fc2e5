"""What one finished trial leaves behind: one row, whoever worked it out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from nnviz.data.arrays import Bools


@dataclass(frozen=True)
class Outcome:
    """What one scheme reached in one trial."""

    accuracy: float
    """Fraction of the test images; under the measure `called`, the fraction called so"""
    tested: tuple[int, ...]
    """(classes,): test images of each class"""
    errors: tuple[int, ...]
    """(classes,): those that were answered wrongly"""
    right: bytes
    """Bit k (most significant first): whether test image k was answered rightly"""
    seconds: float
    """Processor seconds of all the learning it needs, also where another scheme shared it"""
    updates: int
    """Steps of the base network, or of the only one"""
    sub_updates: int
    """Steps of all other models together"""
    models: int
    """Networks that learned for it"""
    parameters: int
    multiply_adds: float
    """For one answer, on average"""
    figures: Mapping[str, float] = field(default_factory=dict)
    """Others, by name: heads, changed, called:letters ..."""

    @property
    def right_images(self) -> Bools:
        """(test images,): whether each was answered rightly"""
        bits = np.unpackbits(np.frombuffer(self.right, np.uint8), count=sum(self.tested))
        return bits.astype(bool)


def packed(right: Bools) -> bytes:
    """(test images,) as `Outcome.right` has them."""
    return np.packbits(right).tobytes()


@dataclass(frozen=True)
class Row:
    """One trial under one condition: all schemes learned from the same images."""

    condition: str
    """See `Condition.word`"""
    trial: int
    """1, 2, ..."""
    learned: int
    """Training images"""
    digest: str
    """Of these training images and of the test images (see `handed.digest_of`)"""
    thinned: bool
    """Whether thinning left images out"""
    outcomes: Mapping[str, Outcome]
    """By the name of the scheme, in the order of the study"""
    engine: str
    """What learned, with versions: numba 0.68.1, torch 2.13.0"""
    processor: str
    device: str
    versions: Mapping[str, str]
    """Of nnviz, Python, numpy and what else the numbers can depend on"""
    seconds: float
    """Processor seconds of the trial as a whole"""
    finished: str
    """2026-11-30T12:00:00Z"""
    kept: Mapping[str, str] = field(default_factory=dict)
    """Name of the scheme -> its network file, relative to the folder of the study, where kept"""


@dataclass(frozen=True)
class Place:
    """Which trial under which condition."""

    condition: int
    """Its number among those of the study"""
    trial: int
    """1, 2, ..."""
