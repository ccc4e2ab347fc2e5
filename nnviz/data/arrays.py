"""What the arrays of the program hold, one name for each kind of number."""

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
"""Weights and what networks compute."""
Doubles = NDArray[np.float64]
"""What is worked out from that."""
Indices = NDArray[np.intp]
Counts = NDArray[np.intp]
