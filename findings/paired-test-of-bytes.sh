#!/usr/bin/env bash
# scipy 1.17.1, numpy 2.4.6
# What: scipy.stats.ttest_rel of right and wrong as 0 and 1 in bytes wraps below 0: the better
# network is called the worse one, without a warning. ttest_ind of the same bytes is right.
# Why it surprises: ones and zeros of type uint8 are what comparing answers with labels and saving
# compactly gives, and the other tests of SciPy take them.
# What nnviz does: nnviz/questions/comparison.py counts discordant pairs as whole numbers, and
# tests/study/test_statistics.py holds the differences of studies, all float64, against SciPy.
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
import numpy as np
from scipy import stats

first = np.array([1, 0, 1, 1, 0, 1, 0, 0, 1, 0], np.uint8)
second = np.array([1, 1, 1, 1, 0, 1, 1, 0, 1, 0], np.uint8)
seen = {}
for test in (stats.ttest_rel, stats.ttest_ind):
    for kind in (np.uint8, np.float64):
        found = float(test(first.astype(kind), second.astype(kind)).statistic)
        seen[test.__name__, kind.__name__] = round(found, 3)
        print(test.__name__, kind.__name__, f"t = {found:.3f}")
if list(seen.values()) != [1.5, -1.5, -0.885, -0.885]:
    raise SystemExit("changed")
END
