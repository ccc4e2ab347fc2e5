#!/usr/bin/env bash
# numba 0.68.1, numpy 2.4.6
# What: With cache=True of numba: a function made around a number is found again at the next
# start; one made around another compiled function never is, and leaves one more file each time.
# Why it surprises: the option is taken without a warning and files do appear, so that the start
# seems to be cached.
# What nnviz does: nnviz/training/compiled/building.py compiles functions of modules alone, never
# such made around others, and keeps them in one folder.
set -euo pipefail
packages=(numba==0.68.1 numpy==2.4.6)
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
import subprocess
import sys
from pathlib import Path

Path("made.py").write_text("""
from numba import njit

@njit(cache=True)
def double(x):
    return 2 * x

def around(inner):
    @njit(cache=True)
    def outer(x):
        return inner(x) + 1
    return outer

def times(number):
    @njit(cache=True)
    def product(x):
        return number * x
    return product

of_number, of_function = times(3), around(double)
of_number(1.0), of_function(1.0)
print(sum(of_number.stats.cache_hits.values()), sum(of_function.stats.cache_hits.values()))
""")
seen = []
for start in range(3):
    hits = subprocess.run([sys.executable, "made.py"], capture_output=True, text=True, check=True)
    files = len(list(Path("__pycache__").glob("made.around*.nbc")))
    seen.append((hits.stdout.split(), files))
    print("start", start + 1, "found again (number, function):", hits.stdout.split(), "files:", files)
if seen != [(["0", "0"], 1), (["1", "0"], 2), (["1", "0"], 3)]:
    raise SystemExit("changed")
END
