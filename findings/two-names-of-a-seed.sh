#!/usr/bin/env bash
# scipy 1.17.1, numpy 2.4.6
# What: scipy.stats.bootstrap(rng=0) and bootstrap(random_state=0) give two intervals of the
# same data, and all values alike give NaN at both ends.
# Why it surprises: random_state is the old name of rng; the same number given to another name
# is taken for a seed of the old generator.
# What nnviz does: nnviz/study/statistics.py passes a Generator as rng, and has no interval
# where an end is not finite; tests/study/test_statistics.py knows both.
set -euo pipefail
packages=(scipy==1.17.1 numpy==2.4.6)
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
import warnings

import numpy as np
from scipy.stats import bootstrap

warnings.simplefilter("ignore")
data = (np.arange(20.0) ** 2,)
new = bootstrap(data, np.mean, rng=0).confidence_interval
old = bootstrap(data, np.mean, random_state=0).confidence_interval
alike = bootstrap((np.full(10, 0.5),), np.mean, rng=0).confidence_interval
print("rng", tuple(map(float, new)), "random_state", tuple(map(float, old)))
print("ten times 0.5", tuple(map(float, alike)))
if tuple(new) == tuple(old) or not np.isnan(alike.low) or not np.isnan(alike.high):
    raise SystemExit("changed")
END
