#!/usr/bin/env bash
# PySide6-Essentials 6.11.3, shiboken6 6.11.3
# What: asking a widget in Python for nextInFocusChain() makes PySide take it for the parent of
# the answer: from then on the wrapper of the next widget hangs on the one that was asked.
# Why it surprises: it is a question without side effect in C++, and parentWidget() goes on
# telling the truth.
# What nnviz does: nnviz/ui/pages/views_page.py finds what takes the focus with findChildren;
# nobody walks the chain.
set -euo pipefail
packages=(PySide6-Essentials==6.11.3 shiboken6==6.11.3)
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
import shiboken6
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

app = QApplication([])
window = QWidget()
column, first, second = QVBoxLayout(window), QLineEdit(), QLineEdit()
column.addWidget(first)
column.addWidget(second)


def owner():
    """Whom PySide takes for the parent of the second field."""
    (line,) = (each for each in shiboken6.dump(second).splitlines() if each.startswith("parent"))
    return "first field" if "QLineEdit" in line else "window" if "QWidget" in line else "nobody"


before = owner()
asked = first.nextInFocusChain() is second
print("parent before:", before, "after asking:", owner(), "in Qt:", type(second.parentWidget()).__name__)
if (before, asked, owner()) != ("window", True, "first field"):
    raise SystemExit("changed")
END
