"""Whether what a process holds stays the same."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

ALLOWED = 0.05
"""Growth that is still called flat, as a share."""


@dataclass(frozen=True)
class Sample:
    """What both processes held at one moment of a walk."""

    seconds: float
    lap: int
    steps: int
    film: int
    """Bytes of the films of all open networks."""
    window: int
    """Bytes of the window's own memory, films included."""
    training: int
    window_handles: int
    training_handles: int
    window_threads: int
    training_threads: int

    @property
    def apart(self) -> int:
        """Bytes of the window apart from the films."""
        return self.window - self.film


def growth(values: Sequence[float]) -> float:
    """The last third against the middle third, as a share: medians, which single peaks leave be."""
    third = len(values) // 3
    middle, last = np.median(values[third : 2 * third]), np.median(values[-third:])
    return float(last / middle - 1)


def warm(samples: Sequence[Sample], laps: int) -> list[Sample]:
    """Those after so many laps."""
    return [each for each in samples if each.lap >= laps]


def faults(samples: Sequence[Sample]) -> list[str]:
    """What is not flat, or not constant, one sentence each. At least six samples."""
    if len(samples) < 6:
        return [f"only {len(samples)} samples after the first laps: too few to tell"]
    grown = {"window apart from films": [each.apart for each in samples]}
    grown["training process"] = [each.training for each in samples]
    found = [
        f"{name}: {100 * growth(values):+.1f} %"
        for name, values in grown.items()
        if growth(values) > ALLOWED
    ]
    third = len(samples) // 3
    for name in ("window_handles", "training_handles", "window_threads", "training_threads"):
        # what is open for a moment, such as a file that is being written, comes and goes
        before = max(getattr(each, name) for each in samples[: 2 * third])
        lowest = min(getattr(each, name) for each in samples[-third:])
        if lowest > before or max(getattr(each, name) for each in samples[-third:]) > before + 2:
            found.append(f"{name.replace('_', ' ')}: {before} -> {lowest} or more")
    return found
