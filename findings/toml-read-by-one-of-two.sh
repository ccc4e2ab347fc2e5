#!/usr/bin/env bash
# tomlkit 0.15.2, numpy 2.4.6
# What: the writer tomlkit reads an inline table over several lines, which TOML 1.0 forbids, and
# writes a NumPy float64, but refuses float32, int64 and bool of NumPy.
# Why it surprises: what one writes with tomlkit and tries with tomlkit need not be readable by a
# parser of TOML 1.0 such as the tomllib of Python 3.11, and a row of results works until its
# first count.
# What nnviz does: nnviz/study/files.py reads with Python's parser alone, and writes with tomlkit
# only plain Python values.
set -euo pipefail
packages=(tomlkit==0.15.2 numpy==2.4.6)
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
import tomlkit
from tomlkit.exceptions import ConvertError

text = "sizes = {\n  hidden = 30,\n}\n"
print("read over three lines:", tomlkit.parse(text).unwrap())
refused = []
for value in (np.float64(0.5), np.float32(0.5), np.int64(30), np.bool_(True)):
    try:
        print(type(value).__name__, "written as", tomlkit.dumps({"v": value}).strip())
    except ConvertError as error:
        refused.append(type(value).__name__)
        print(type(value).__name__, "refused:", error)
if tomlkit.parse(text).unwrap() != {"sizes": {"hidden": 30}} or len(refused) != 3:
    raise SystemExit("changed")
END
