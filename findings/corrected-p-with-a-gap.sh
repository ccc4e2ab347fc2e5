#!/usr/bin/env bash
# statsmodels 0.15.0, numpy 2.4.6
# What: in statsmodels, multipletests with one NaN among the p: Benjamini-Hochberg gives NaN for
# every corrected p, and yet rejects two; Holm counts the NaN as one more test.
# Why it surprises: NaN is what a test without any difference gives; the two halves of one answer
# contradict each other.
# What nnviz does: holm in nnviz/questions/comparison.py leaves NaN where it is and does not
# count it; tests/study/test_statistics.py holds it against statsmodels where there is none.
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
import numpy as np
from statsmodels.stats.multitest import multipletests

given = [0.001, 0.01, np.nan, 0.2]
rejected, corrected = multipletests(given, method="fdr_bh")[:2]
print("fdr_bh rejects", rejected.tolist(), "with p", corrected.tolist())
holm = multipletests(given, method="holm")[1]
three = multipletests([0.001, 0.01, 0.2], method="holm")[1]
print("holm of four with a gap", holm.tolist(), "of the three alone", three.tolist())
if rejected.tolist() != [True, True, False, False] or not np.isnan(corrected).all():
    raise SystemExit("changed")
if not (round(holm[0], 6), round(three[0], 6)) == (0.004, 0.003):
    raise SystemExit("changed")
END
