"""What the arrays of the program hold, one name for each kind of number."""

import dataclasses
from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Columns = TypeVar("Columns")

Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
"""Weights and what networks compute."""
Doubles = NDArray[np.float64]
"""What is worked out from that."""
Indices = NDArray[np.intp]
Counts = NDArray[np.intp]


def joined(parts: Sequence[Columns]) -> Columns:
    """One dataclass of arrays (cases, ...) for the cases of all parts, one or more; what the
    parts lack (None) it lacks, too."""
    columns: dict[str, Any] = {}
    for item in dataclasses.fields(parts[0]):  # type: ignore[arg-type]
        values = [getattr(part, item.name) for part in parts]
        columns[item.name] = None if values[0] is None else np.concatenate(values)
    return type(parts[0])(**columns)
