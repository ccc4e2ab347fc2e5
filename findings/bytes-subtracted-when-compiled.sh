#!/usr/bin/env bash
# numba 0.68.1, numpy 2.4.6
# What: in a function compiled by numba two bytes 3 - 5 are 18446744073709551614, in NumPy 254 with
# a warning.
# Why it surprises: compiled code is expected to do what NumPy does, and 254 was expected at worst:
# a mean of differences of pixels is then 10¹⁹.
# What nnviz does: nnviz/training/compiled/ink.py has bytes for shades alone, and
# nnviz/training/compiled/first_layer.py turns them into float32 before it reckons;
# tests/learning/test_compiled.py holds every step against autograd.
set -euo pipefail
packages=(numba==0.68.1 numpy==2.4.6)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if command -v uv >/dev/null; then
    uv venv --quiet "$folder/env"
    uv pip install --quiet --python "$folder/env/bin/python" "${packages[@]}"
else
    python3 -m venv "$folder/env"
    "$folder/env/bin/python" -m pip install --quiet "${packages[@]}"
fi
cd "$folder"
printf '%s\n' "${packages[@]}"
env/bin/python - <<'END'
import numpy as np
from numba import njit


@njit
def difference(first, second):
    return first[0] - second[0]


three, five = np.array([3], np.uint8), np.array([5], np.uint8)
compiled = int(difference(three, five))
with np.errstate(over="ignore"):
    plain = int(three[0] - five[0])
print("compiled", compiled, "NumPy", plain)
if (compiled, plain) != (18446744073709551614, 254):
    raise SystemExit("changed")
END
