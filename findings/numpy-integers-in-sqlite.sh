#!/usr/bin/env bash
# numpy 2.4.6
# What: SQLite takes a NumPy integer or float32 as bytes, so that a search for the number finds
# nothing; a float64 becomes a number, and NaN becomes NULL.
# Why it surprises: no error is raised, also for a column that is declared integer, and the same
# program works with float64.
# What nnviz does: nnviz/study/store.py turns every value of a row into Python's own int or
# float first; NaN has no column.
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
import sqlite3

import numpy as np

base = sqlite3.connect(":memory:")
base.execute("create table trials (correct integer)")
for value in (np.int64(3), np.float32(3), np.float64(3), np.float64("nan")):
    base.execute("insert into trials values (?)", (value,))
kinds = [kind for (kind,) in base.execute("select typeof(correct) from trials")]
found = base.execute("select count(*) from trials where correct = 3").fetchone()[0]
print("int64, float32, float64 and NaN are stored as:", kinds, "and so many equal 3:", found)
if (kinds, found) != (["blob", "blob", "integer", "null"], 1):
    raise SystemExit("changed")
END
