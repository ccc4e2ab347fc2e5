"""One row of the table: a number measured in several rounds, and what it must reach."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

LIMITS_OF_STEPS = (
    "a step",
    "now",
    "products of all pixels",
    "of those not black",
    "weights through memory",
    "now over products not black",
)
"""Heads of the table that says how far each step is from what it takes at least"""


@dataclass(frozen=True)
class Row:
    """`values` holds one number per round, in `unit`; empty if it could not be measured."""

    name: str
    measured: str
    against: str
    unit: str
    values: Sequence[float]
    limit: float | None = None
    """None for what is only stated."""
    at_least: bool = False
    """The limit is a lower one."""
    worst: bool = False
    """The worst round must keep the limit, not only the median."""
    note: str = ""
    table: str = "the program"
    """Which table of the help it stands in: the program, peers, another revision"""

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def reached(self) -> bool | None:
        """Whether the limit is kept; None if there is none, or nothing was measured."""
        if self.limit is None or not self.values:
            return None
        worst = min(self.values) if self.at_least else max(self.values)
        counted = worst if self.worst else self.median
        return counted >= self.limit if self.at_least else counted <= self.limit

    def as_json(self) -> dict[str, Any]:
        """The row as its readers get it."""
        ways = {"median": median, "min": min, "max": max}
        return {
            **{name: getattr(self, name) for name in ("name", "measured", "against", "unit")},
            **{name: _rounded(way, self.values) for name, way in ways.items()},
            "rounds": len(self.values),
            "limit": self.limit,
            "limit_is": "at least" if self.at_least else "at most",
            "judged": "worst round" if self.worst else "median",
            "reached": self.reached,
            "note": self.note,
        }


def _rounded(way: Callable[[Sequence[float]], float], values: Sequence[float]) -> float | None:
    return float(f"{way(values):.4g}") if values else None
