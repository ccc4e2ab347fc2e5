#!/usr/bin/env bash
# scipy 1.17.1, numpy 2.4.6
# What: import scipy.ndimage imports NumPy's tools for tests and its compiler of Fortran, with
# unittest.
# Why it surprises: a filter for pictures needs neither; it is a good part of what a first
# photograph waits for.
# What nnviz does: nnviz/data/ink_paper.py and its neighbours import SciPy inside the functions
# that need it; tests/ui/test_real_program.py forbids it at the start.
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
import sys

import numpy

before = set(sys.modules)
import scipy.ndimage

brought = set(sys.modules) - before
odd = sorted({"numpy.testing", "numpy.f2py", "unittest"} & brought)
print(f"{len(brought)} modules more, among them {', '.join(odd)}")
if odd != ["numpy.f2py", "numpy.testing", "unittest"]:
    raise SystemExit("changed")
END
