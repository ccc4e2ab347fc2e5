#!/usr/bin/env bash
# PySide6-Essentials 6.11.3
# What: with a box whose focus stands in for its second field, Tab goes from the field before
# straight to the second; Shift+Tab from behind visits both.
# Why it surprises: going back is expected to visit what going forth visits, the other way round: a
# field that can only be reached backwards looks as if it could not be reached.
# What nnviz does: nnviz/ui/pages/views_page.py leaves widgets with a stand-in out of the order of
# Tab when it orders the views.
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
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

app = QApplication([])
window, box = QWidget(), QWidget()
before, first, second, behind = (QLineEdit(objectName=name) for name in ("before", "first", "second", "behind"))
inner, outer = QVBoxLayout(box), QVBoxLayout(window)
for field in (first, second):
    inner.addWidget(field)
for part in (before, box, behind):
    outer.addWidget(part)
box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
box.setFocusProxy(second)
window.show()
window.activateWindow()
app.processEvents()


def walk(key, start):
    start.setFocus()
    names = [start.objectName()]
    while len(names) < 4:
        QTest.keyClick(app.focusWidget(), key)
        names.append(app.focusWidget().objectName())
    return names


forth, back = walk(Qt.Key.Key_Tab, before), walk(Qt.Key.Key_Backtab, behind)
print("Tab:", forth, "Shift+Tab:", back)
if forth != ["before", "second", "behind", "before"] or back != ["behind", "second", "first", "before"]:
    raise SystemExit("changed")
END
