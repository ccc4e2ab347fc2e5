#!/usr/bin/env bash
# scikit-image 0.26.0, numpy 2.4.6, scipy 1.17.1
# What: the threshold_sauvola of scikit-image finds ink on a page of bytes and on the same page as
# fractions of 1; as floats from 0 to 255 it calls much of the paper ink.
# Why it surprises: Sauvola's rule has the range of grey levels in it, which is guessed from the
# type of the array: a float is taken to lie between -1 and 1, whatever it holds.
# What nnviz does: nnviz/data/ink_paper.py finds paper and ink by its own steps, on bytes;
# tests/learning/test_ink.py holds it.
set -euo pipefail
packages=(scikit-image==0.26.0 numpy==2.4.6 scipy==1.17.1)
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
from skimage.filters import threshold_sauvola

page = np.full((40, 40), 200, np.uint8)
page[18:22, 5:35] = 20
ink = {}
for name, given in (("bytes", page), ("0 to 1", page / 255), ("0 to 255", page.astype(float))):
    ink[name] = round(float((given < threshold_sauvola(given, 15)).mean()), 3)
    print(f"{name}: {ink[name]:.1%} of the page is ink")
if ink != {"bytes": 0.075, "0 to 1": 0.075, "0 to 255": 0.45}:
    raise SystemExit("changed")
END
