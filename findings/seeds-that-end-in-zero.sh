#!/usr/bin/env bash
# numpy 2.4.6
# What: default_rng(7), default_rng([7]) and default_rng([7, 0]) give the same numbers, and so
# does [7, 0, 0]; [0, 7] does not, and 7 + 2³² is [7, 1].
# Why it surprises: a list of seed and purpose is the advised way to independent streams, and
# purposes are counted from 0: then the first of them repeats whatever else is drawn with the bare
# seed.
# What nnviz does: nnviz/training/orders.py and all others that draw for a run write its seed and
# a purpose as a list, and never take the bare seed; nnviz/study/chance.py hashes names into the
# seeds of studies.
set -euo pipefail
packages=(numpy==2.4.6)
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


def drawn(seed):
    return np.random.default_rng(seed).integers(1000, size=4).tolist()


for seed in (7, [7], [7, 0], [7, 0, 0], [0, 7], 7 + 2**32, [7, 1]):
    print(seed, drawn(seed))
same = drawn(7) == drawn([7]) == drawn([7, 0]) == drawn([7, 0, 0])
wide = drawn(7 + 2**32) == drawn([7, 1])
if not same or not wide or drawn([0, 7]) == drawn(7):
    raise SystemExit("changed")
END
