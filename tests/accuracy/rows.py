"""The rows of the accuracy table: which settings, and what the reference reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One design with its settings, and how it is read."""

    name: str
    changes: Mapping[str, Any]
    reading: str = ""
    published: float | None = None
    """Percent of the 10,000 test digits, mean of several seeds."""
    trunk: str = ""
    """Name of the row whose hidden layer it is learned on."""
    base: str = ""
    """Name of the row whose networks it reads, where it learns nothing itself."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """How elimination goes."""


def _pairs(hidden: int, readings: Mapping[str, float]) -> list[Row]:
    first = f"45 pairs, n = {hidden}"
    rows = []
    for reading, published in readings.items():
        name = first if not rows else f"{first}, {reading}"
        changes = {"design": "all-pairs", "hidden": hidden, "rate": 0.25, "epochs": 30}
        base = "" if not rows else first
        rows.append(Row(name, changes, reading, published, base=base))
    return rows


_TEN = {"design": "ten-outputs", "epochs": 30}
_ON_TRUNK = {"trunk": "frozen", "batch": 100, "rate": 1.5, "initial": "zero", "epochs": 6}
_WALKS = {
    "drop 2 per step": ({"drop": 2}, 96.80),
    "drop 4 per step": ({"drop": 4}, 96.81),
    "drop all below 0.01": ({"below": 0.01}, 96.80),
}

ROWS = (
    Row("10 outputs, softmax", _TEN, published=96.66),
    Row("10 outputs, cross-entropy", _TEN | {"cost": "cross-entropy"}, published=96.31),
    Row("10 outputs, quadratic", _TEN | {"cost": "quadratic"}, published=96.18),
    Row("4 bits, cross-entropy", {"design": "four-bits", "epochs": 30}, published=93.53),
    Row(
        "4 bits, literal",
        {"design": "four-bits", "epochs": 30},
        "literal-bits",
        93.29,
        base="4 bits, cross-entropy",
    ),
    Row("bit layer, +1 and -1", {"design": "bit-layer", "epochs": 30}, published=96.20),
    Row(
        "bit layer, 0 and 1",
        {"design": "bit-layer", "epochs": 30, "bit_weights": "zero-one"},
        published=94.05,
    ),
    Row("4 bits, best code", {"design": "any-code", "epochs": 30}, published=94.62),
    Row(
        "4 bits, Gray code",
        {"design": "any-code", "code": "gray", "epochs": 30},
        published=93.05,
    ),
    Row(
        "15 bits, error-correcting",
        {"design": "any-code", "code": "error-correcting", "epochs": 30},
        published=95.10,
    ),
    Row(
        "10 outputs on the hidden layer of 4 bits",
        _TEN | _ON_TRUNK | {"trunk_from": "four-bits"},
        published=95.6,
        trunk="4 bits, cross-entropy",
    ),
    Row(
        "4 bits on the hidden layer of 10 outputs",
        {"design": "four-bits"} | _ON_TRUNK | {"epochs": 30},
        published=79.4,
        trunk="10 outputs, softmax",
    ),
    Row(
        "one-vs-rest, 10 x n = 30",
        {"design": "one-vs-rest", "hidden": 30, "epochs": 30},
        published=98.15,
    ),
    Row(
        "one-vs-rest, 10 x n = 3",
        {"design": "one-vs-rest", "hidden": 3, "rate": 0.5, "epochs": 30},
        published=94.75,
    ),
    *_pairs(3, {"summed": 96.56, "votes": 96.50, "coupling": 96.50, "duels": 96.12}),
    *_pairs(8, {"summed": 97.45, "votes": 97.41, "coupling": 97.41, "duels": 97.20}),
    Row(
        "45 pairs on a frozen trunk",
        {"design": "all-pairs"} | _ON_TRUNK,
        published=96.74,
        trunk="10 outputs, softmax",
    ),
    Row(
        "elimination on a frozen trunk",
        {"design": "elimination"} | _ON_TRUNK,
        published=96.80,
        trunk="10 outputs, softmax",
    ),
    *(
        Row(
            f"elimination on a frozen trunk, {name}",
            {"design": "elimination"} | _ON_TRUNK,
            "walk",
            published,
            base="elimination on a frozen trunk",
            options=options,
        )
        for name, (options, published) in _WALKS.items()
    ),
    Row("elimination from scratch", {"design": "elimination", "trunk": "scratch", "epochs": 30}),
    Row("plain ensemble, 5 x n = 30", {"design": "plain-ensemble", "epochs": 30}),
)
