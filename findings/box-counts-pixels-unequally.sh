#!/usr/bin/env bash
# pillow 13.0.0, numpy 2.4.6
# What: reducing with Pillow's BOX counts some pixels twice as much as others wherever the sizes do
# not divide: from 28 to 20 columns the weights go from 0.7 to 1.4, where LANCZOS stays within
# 0.93 to 1.11 and every weight of 28 to 14 is 1.
# Why it surprises: the name and the manual promise identical weights, and elsewhere reduction by
# boxes is the mean over the area, which keeps the ink of a digit; a thin stroke gets lighter or
# darker with its place.
# What nnviz does: nnviz/data/grey_levels.py uses BILINEAR with the part of the last row and
# column that counts, and nothing uses BOX; tests/forms/__main__.py measures the ways by what
# networks then read.
set -euo pipefail
packages=(pillow==13.0.0 numpy==2.4.6)
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
from PIL import Image


def weights(kind, before, after):
    """How much each column of the picture before counts in the one after; 1 where all are equal."""
    found = []
    for column in range(before):
        row = np.zeros((1, before), np.float32)
        row[0, column] = 1
        small = Image.fromarray(row).resize((after, 1), kind)
        found.append(float(np.asarray(small).sum()) * before / after)
    return round(min(found), 2), round(max(found), 2)


seen = [weights(Image.Resampling.BOX, 28, 20), weights(Image.Resampling.BOX, 28, 14)]
smooth = weights(Image.Resampling.LANCZOS, 28, 20)
print("BOX 28 to 20:", seen[0], "BOX 28 to 14:", seen[1], "LANCZOS 28 to 20:", smooth)
if seen != [(0.7, 1.4), (1.0, 1.0)] or smooth != (0.93, 1.11):
    raise SystemExit("changed")
END
