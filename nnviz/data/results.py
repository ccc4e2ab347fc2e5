"""What was measured: every figure that the window, the help and the README quote.

All of them stand in one file, `resources/results.json`, which only commands of the repository
write (`python -m tests.results` and those it names); each entry names the command that makes it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from math import fsum, sqrt
from typing import Any

from nnviz.paths import RESOURCES

FILE = RESOURCES / "results.json"
MNIST, BUNDLED = "MNIST", "bundled"


@dataclass(frozen=True)
class Result:
    """What one command found."""

    command: str
    """FOLDER is that of the complete MNIST."""
    measured: str
    """The day, 2026-11-30."""
    engine: str = ""
    """What learned the networks, such as numba 0.68.0."""
    digits: str = ""
    """The data set whose test digits were asked: MNIST, bundled."""
    learned: int = 0
    """Training digits."""
    tested: int = 0
    """Digits asked after the last epoch."""
    epochs: int = 0
    seeds: tuple[int, ...] = ()
    values: tuple[float, ...] = ()
    """One for each seed: accuracies, as fractions."""
    figures: Mapping[str, float] = field(default_factory=dict)
    """Name -> another number; shares are fractions."""
    rows: tuple[tuple[str, ...], ...] = ()
    """A table whose cells are text: how fast the program is."""
    conditions: str = ""
    """Machine, load, libraries and rounds, where a result depends on them."""
    against: str = ""
    """The revision of the program that it was measured beside"""

    @property
    def mean(self) -> float:
        """Of the accuracies, as a fraction."""
        return fsum(self.values) / len(self.values)

    @property
    def deviation(self) -> float:
        """Their standard deviation, with n - 1; 0 of one seed."""
        apart = fsum((value - self.mean) ** 2 for value in self.values)
        return sqrt(apart / max(1, len(self.values) - 1))


@cache
def results() -> Mapping[str, Result]:
    """Name -> result, all there are."""
    return {name: _result(entry) for name, entry in json.loads(FILE.read_text("utf-8")).items()}


def result(name: str) -> Result:
    """The result of a name, such as `four-bits`; raises KeyError."""
    return results()[name]


def _result(entry: Mapping[str, Any]) -> Result:
    lists = {
        "seeds": tuple(entry.get("seeds", ())),
        "values": tuple(entry.get("values", ())),
        "rows": tuple(map(tuple, entry.get("rows", ()))),
    }
    return Result(**{**entry, **lists})
