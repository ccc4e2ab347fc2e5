#!/usr/bin/env bash
# numba 0.68.1, numpy 2.4.6
# What: a float32 array of twenty million ones sums up to 16777216 in a function compiled by numba,
# and its mean is 0.839; NumPy finds 20000000 and 1.
# Why it surprises: sum and mean are the same words in both; NumPy adds in pairs of blocks,
# compiled code from left to right in float32.
# What nnviz does: nnviz/training/compiled/building.py does not let sums be added in another
# order, none runs over more than one batch, and tests/learning/test_compiled.py holds every
# kernel against float64.
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
def summed(numbers):
    return numbers.sum(), numbers.mean()


ones = np.ones(20_000_000, np.float32)
compiled = tuple(float(each) for each in summed(ones))
plain = float(ones.sum()), float(ones.mean())
print("compiled", compiled, "NumPy", plain)
if compiled[0] != 16777216 or round(compiled[1], 3) != 0.839 or plain != (20_000_000, 1):
    raise SystemExit("changed")
END
