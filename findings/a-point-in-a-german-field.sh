#!/usr/bin/env bash
# PySide6-Essentials 6.11.3
# What: a QDoubleSpinBox in German takes a typed 0.5 for 5, and one in English 0,5 for 5;
# French refuses and keeps the old value.
# Why it surprises: what is typed is judged as unfinished, and the way to repair it leaves out the
# separator of thousands instead of refusing: a learning rate ten times as large, without a word.
# What nnviz does: nnviz/ui/kit/number_field.py reads and repairs what is typed itself;
# tests/ui/test_number_fields.py has texts of many languages.
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
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDoubleSpinBox

app = QApplication([])
seen = {}
for language, text in (("de_DE", "0.5"), ("de_DE", "0,5"), ("en_US", "0,5"), ("fr_FR", "0.5")):
    box = QDoubleSpinBox(decimals=3, maximum=100, value=1)
    box.setLocale(QLocale(language))
    box.lineEdit().setText(text)
    box.interpretText()
    seen[language, text] = box.value()
    print(language, repr(text), "is", box.value())
if list(seen.values()) != [5, 0.5, 5, 1]:
    raise SystemExit("changed")
END
