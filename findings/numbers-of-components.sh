#!/usr/bin/env bash
# opencv-python-headless 5.0.0.93, numpy 2.4.6, scipy 1.17.1
# What: OpenCV numbers 8-connected components in another order than they are met row by row, SciPy
# in that order; a picture that is all foreground still has a row for its background, 2147483647
# wide of nothing, with its middle at NaN.
# Why it surprises: connectedComponents with 4 neighbours does number them in that order, so that
# code which takes the order for granted works until the neighbours are changed.
# What nnviz does: nnviz/data/ink_paper.py numbers pieces of ink with SciPy, as its neighbours do.
set -euo pipefail
packages=(opencv-python-headless==5.0.0.93 numpy==2.4.6 scipy==1.17.1)
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
import cv2
import numpy as np
from scipy import ndimage


def in_order(labels):
    """Whether the components are numbered as they are met row by row."""
    numbers, first = np.unique(labels[labels > 0], return_index=True)
    return bool((np.diff(first) > 0).all())


random = np.random.default_rng(0)
masks = [(random.random((20, 20)) > 0.7).astype(np.uint8) for _ in range(60)]
four = sum(in_order(cv2.connectedComponents(mask, connectivity=4)[1]) for mask in masks)
eight = sum(in_order(cv2.connectedComponents(mask, connectivity=8)[1]) for mask in masks)
others = sum(in_order(ndimage.label(mask, np.ones((3, 3)))[0]) for mask in masks)
print(f"in order, of 60: OpenCV with 4 neighbours {four}, with 8 {eight}; SciPy with 8 {others}")
_, _, table, middles = cv2.connectedComponentsWithStats(np.ones((3, 3), np.uint8))
print("background of a picture without any:", table[0].tolist(), middles[0].tolist())
if (four, others, table[0][1]) != (60, 60, 2147483647) or eight > 30 or middles[0][0] == middles[0][0]:
    raise SystemExit("changed")
END
