#!/usr/bin/env bash
# safetensors 0.8.0, numpy 2.4.6
# What: safetensors.numpy.save stores a transposed or strided array with its numbers in another
# order, without an error.
# Why it surprises: NumPy's own save and tobytes follow the array as it is seen in memory.
# What nnviz does: nnviz/networks/files.py makes every array contiguous before it is saved, and so
# does nnviz/networks/foreign/adopting.py.
set -euo pipefail
packages=(safetensors==0.8.0 numpy==2.4.6)
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
from safetensors.numpy import load, save

given = np.arange(6, dtype=np.float32).reshape(2, 3)
seen = {}
for name, array in (("plain", given), ("transposed", given.T), ("every second", given[:, ::2])):
    back = load(save({"x": array}))["x"]
    seen[name] = bool(np.array_equal(back, array))
    print(f"{name}: given {array.tolist()}, read back {back.tolist()}")
if seen != {"plain": True, "transposed": False, "every second": False}:
    raise SystemExit(f"changed: {seen}")
END
