#!/usr/bin/env bash
# scipy 1.17.1, numpy 2.4.6
# What: scipy.stats.wilcoxon with ties or zeros is exact for 13 differences and from 14 on the
# normal approximation, without a word; asked for method="exact" it returns a p that is not exact.
# Why it surprises: whole numbers of digits always tie, and the limit without ties is 50; the word
# exact is kept where the table of ranks it uses does not hold.
# What nnviz does: nnviz/study/statistics.py works out the exact p of ties itself;
# tests/study/test_statistics.py compares it with all permutations.
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

given = np.random.default_rng(0)
seen = {}
for count in (13, 14):
    data = given.integers(-3, 7, count).astype(float)
    every = stats.PermutationMethod(n_resamples=2**count)
    ways = {"permuted": every, "exact": "exact", "normal": "approx", "auto": "auto"}
    found = {name: stats.wilcoxon(data, method=way).pvalue for name, way in ways.items()}
    print(count, {name: round(float(p), 5) for name, p in found.items()})
    seen[count] = [
        name for name in ("permuted", "normal") if abs(found[name] - found["auto"]) < 1e-12
    ]
    if abs(found["exact"] - found["permuted"]) < 1e-4:
        raise SystemExit("changed: exact is exact")
if seen != {13: ["permuted"], 14: ["normal"]}:
    raise SystemExit(f"changed: {seen}")
END
