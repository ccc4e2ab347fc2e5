"""One row of the table: a number measured in several rounds, and what it must reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


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

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def reached(self) -> bool | None:
        """Whether the limit is kept; None if there is none, or nothing was measured."""
        if self.limit is None or not self.values:
            return None
        if self.at_least:
            return (min(self.values) if self.worst else self.median) >= self.limit
        return (max(self.values) if self.worst else self.median) <= self.limit

    def as_json(self) -> dict[str, Any]:
        """The row as its readers get it."""
        spread = (
            {"median": self.median, "min": min(self.values), "max": max(self.values)}
            if self.values
            else {"median": None, "min": None, "max": None}
        )
        return {
            "name": self.name,
            "measured": self.measured,
            "against": self.against,
            "unit": self.unit,
            **{name: _rounded(value) for name, value in spread.items()},
            "rounds": len(self.values),
            "limit": self.limit,
            "limit_is": "at least" if self.at_least else "at most",
            "judged": "worst round" if self.worst else "median",
            "reached": self.reached,
            "note": self.note,
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")
