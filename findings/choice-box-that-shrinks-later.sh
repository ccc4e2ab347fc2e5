#!/usr/bin/env bash
# PySide6-Essentials 6.11.3
# What: a choice box that adjusts to its contents sets its own size some moments after its entries
# have changed, past the layout that had made it wider; it stays so until the layout is asked again.
# Why it surprises: sizes inside a layout are the layout's, and nothing moves at the time of the
# change: a picture taken at once is right.
# What nnviz does: nnviz/ui/kit/controls.py keeps the width that the layout has given;
# tests/ui/test_nothing_moves.py looks.
set -euo pipefail
packages=(PySide6-Essentials==6.11.3)
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
QT_QPA_PLATFORM=offscreen QT_LOGGING_RULES='*=false' env/bin/python - <<'END'
from PySide6.QtCore import QDeadlineTimer, QThread
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QSizePolicy, QWidget

app = QApplication([])
window = QWidget()
row, box = QHBoxLayout(window), QComboBox()
box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
box.addItem("one")
row.addWidget(box)
window.resize(400, 60)
window.show()
app.processEvents()
laid = box.width()
box.addItem("another")
at_once = box.width()
patience = QDeadlineTimer(5000)
while box.width() == laid and not patience.hasExpired():
    QThread.msleep(5)
    app.processEvents()
later = box.width()
print("laid out:", laid, "at once:", at_once, "later:", later)
if at_once != laid or later >= laid:
    raise SystemExit("changed")
END
