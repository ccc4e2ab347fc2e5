#!/usr/bin/env bash
# statsmodels 0.15.0, numpy 2.4.6
# What: in statsmodels, mcnemar(exact=False) of two networks that never disagree says p = 0, as
# sure as can be; without its correction p is NaN, and the exact test says 1.
# Why it surprises: two networks that answer alike are the plainest case of no difference, and the
# correction for small counts makes the statistic infinite.
# What nnviz does: nnviz/questions/comparison.py has the exact test alone, in whole numbers, and
# says 1; tests/ui/test_designs_page.py looks at its figures.
set -euo pipefail
packages=(statsmodels==0.15.0 numpy==2.4.6)
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
import math
import warnings

from statsmodels.stats.contingency_tables import mcnemar

warnings.simplefilter("ignore")
table = [[90, 0], [0, 10]]
seen = {
    "corrected": float(mcnemar(table, exact=False).pvalue),
    "not corrected": float(mcnemar(table, exact=False, correction=False).pvalue),
    "exact": float(mcnemar(table, exact=True).pvalue),
}
print(seen)
if seen["corrected"] != 0 or not math.isnan(seen["not corrected"]) or seen["exact"] != 1:
    raise SystemExit("changed")
END
