"""The rows of the accuracy table: which settings, and what the reference reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One design with its settings, and how it is read."""

    name: str
    id: str
    """What its result is called."""
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
        id = f"all-pairs/{hidden}" if not rows else f"all-pairs/{hidden}/{reading}"
        changes = {"design": "all-pairs", "hidden": hidden, "rate": 0.25, "epochs": 30}
        base = "" if not rows else first
        rows.append(Row(name, id, changes, reading, published, base=base))
    return rows


_TEN = {"design": "ten-outputs", "epochs": 30}
_FOUR = {"design": "four-bits", "epochs": 30}
_ON_TRUNK = {"trunk": "frozen", "batch": 100, "rate": 1.5, "initial": "zero", "epochs": 6}
_LONGER = _ON_TRUNK | {"epochs": 30}
"""Bits on a hidden layer that does not hold them."""
_WALKS = {
    "drop 2 per step": ("drop-2", {"drop": 2}, 96.80),
    "drop 4 per step": ("drop-4", {"drop": 4}, 96.81),
    "drop all below 0.01": ("below-0.01", {"below": 0.01}, 96.80),
}
_SOFTMAX = "10 outputs, softmax"
_BITS = "4 bits, cross-entropy"
_LAYER = "bit layer, +1 and -1"
_WALK = "elimination on a frozen trunk"

ROWS = (
    Row(_SOFTMAX, "ten-outputs", _TEN, published=96.66),
    Row(
        "10 outputs, cross-entropy",
        "ten-outputs/cross-entropy",
        _TEN | {"cost": "cross-entropy"},
        published=96.31,
    ),
    Row(
        "10 outputs, quadratic",
        "ten-outputs/quadratic",
        _TEN | {"cost": "quadratic"},
        published=96.18,
    ),
    # as many parameters as ten networks, 784-297-10, and as many neurons
    Row("10 outputs, n = 297", "ten-outputs/297", _TEN | {"hidden": 297}),
    Row("10 outputs, n = 300", "ten-outputs/300", _TEN | {"hidden": 300}),
    Row(_BITS, "four-bits", _FOUR, published=93.53),
    Row(
        "4 bits, literal",
        "four-bits/literal",
        _FOUR,
        "literal-bits",
        93.29,
        base=_BITS,
    ),
    Row("4 bits, n = 60", "four-bits/60", _FOUR | {"hidden": 60}),
    Row("4 bits, n = 100", "four-bits/100", _FOUR | {"hidden": 100}),
    Row(
        _LAYER,
        "bit-layer",
        {"design": "bit-layer", "epochs": 30},
        published=96.20,
    ),
    Row(
        "bit layer, 0 and 1",
        "bit-layer/zero-one",
        {"design": "bit-layer", "epochs": 30, "bit_weights": "zero-one"},
        published=94.05,
        base=_LAYER,
    ),
    Row(
        "4 bits, best code",
        "any-code/separable",
        {"design": "any-code", "epochs": 30},
        published=94.62,
    ),
    Row(
        "4 bits, Gray code",
        "any-code/gray",
        {"design": "any-code", "code": "gray", "epochs": 30},
        published=93.05,
    ),
    Row(
        "15 bits, error-correcting",
        "any-code/error-correcting",
        {"design": "any-code", "code": "error-correcting", "epochs": 30},
        published=95.10,
    ),
    Row(
        "10 outputs on the hidden layer of 4 bits",
        "ten-outputs/on-four-bits",
        _TEN | _ON_TRUNK | {"trunk_from": "four-bits"},
        published=95.6,
        trunk=_BITS,
    ),
    Row(
        "4 bits on the hidden layer of 10 outputs",
        "four-bits/on-ten-outputs",
        _FOUR | _LONGER,
        published=79.4,
        trunk=_SOFTMAX,
    ),
    Row(
        "4 bits, best code, on the hidden layer of 10 outputs",
        "any-code/on-ten-outputs",
        {"design": "any-code"} | _LONGER,
        trunk=_SOFTMAX,
    ),
    Row(
        "one-vs-rest, 10 x n = 30",
        "one-vs-rest/30",
        {"design": "one-vs-rest", "hidden": 30, "epochs": 30},
        published=98.15,
    ),
    Row(
        "one-vs-rest, 10 x n = 3",
        "one-vs-rest/3",
        {"design": "one-vs-rest", "hidden": 3, "rate": 0.5, "epochs": 30},
        published=94.75,
    ),
    *_pairs(3, {"summed": 96.56, "votes": 96.50, "coupling": 96.50, "duels": 96.12}),
    *_pairs(8, {"summed": 97.45, "votes": 97.41, "coupling": 97.41, "duels": 97.20}),
    Row(
        "45 pairs on a frozen trunk",
        "all-pairs/frozen",
        {"design": "all-pairs"} | _ON_TRUNK,
        published=96.74,
        trunk=_SOFTMAX,
    ),
    Row(
        _WALK,
        "elimination/frozen",
        {"design": "elimination"} | _ON_TRUNK,
        published=96.80,
        trunk=_SOFTMAX,
    ),
    *(
        Row(
            f"{_WALK}, {name}",
            f"elimination/frozen/{id}",
            {"design": "elimination"} | _ON_TRUNK,
            "walk",
            published,
            base=_WALK,
            options=options,
        )
        for name, (id, options, published) in _WALKS.items()
    ),
    Row(
        "elimination from scratch",
        "elimination/scratch",
        {"design": "elimination", "trunk": "scratch", "epochs": 30},
    ),
    Row(
        "plain ensemble, 5 x n = 30",
        "plain-ensemble/5",
        {"design": "plain-ensemble", "epochs": 30},
    ),
)


def families() -> list[tuple[Row, ...]]:
    """The rows, those together that are learned on networks of one another, or read them."""
    found: list[list[Row]] = []
    for row in ROWS:
        others = {row.trunk, row.base}
        own = next((each for each in found if others & {known.name for known in each}), None)
        if own is None:
            found.append([row])
        else:
            own.append(row)
    return list(map(tuple, found))
