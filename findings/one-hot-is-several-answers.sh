#!/usr/bin/env bash
# scikit-learn 1.9.1, numpy 2.4.6, scipy 1.17.1
# What: an MLPClassifier of scikit-learn taught with one column for each digit becomes a network
# of independent sigmoids: its probabilities do not add up to 1. Taught with names, its outputs
# stand in the order of letters: 10, 3, 7.
# Why it surprises: one-hot targets are how such networks are usually taught, and mean one softmax
# elsewhere; here they are a problem with several right answers at once.
# What nnviz does: nnviz adopt lets one say --output sigmoid, and
# nnviz/networks/foreign/adopting.py counts on the bundled digits how many are then read right;
# tests/test_adopt_command.py holds a network against scikit-learn itself.
set -euo pipefail
packages=(scikit-learn==1.9.1 numpy==2.4.6 scipy==1.17.1)
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
import warnings

import numpy as np
from sklearn.neural_network import MLPClassifier

warnings.simplefilter("ignore")
images, wanted = np.tile(np.eye(3), (4, 1)), np.tile(np.arange(3), 4)
names = np.array(["10", "3", "7"])[wanted]
sums = {}
for name, targets in (("numbers", wanted), ("one-hot", np.eye(3, dtype=int)[wanted]), ("names", names)):
    made = MLPClassifier((4,), max_iter=50, random_state=0).fit(images, targets)
    total = made.predict_proba(np.eye(3)).sum(axis=1)
    sums[name] = made.out_activation_, bool(np.allclose(total, 1)), list(map(str, made.classes_))
    print(name, *sums[name], total.round(2).tolist())
if sums["numbers"][:2] != ("softmax", True) or sums["one-hot"][:2] != ("logistic", False):
    raise SystemExit("changed")
if sums["names"][2] != ["10", "3", "7"]:
    raise SystemExit("changed")
END
