#!/usr/bin/env bash
# PySide6-Essentials 6.11.3
# What: a drop sent to a widget that was never entered is not delivered: neither dropEvent nor a
# refusal.
# Why it surprises: sendEvent is documented to call the handler of the widget that it is given, as
# it does for keys and clicks; Qt looks first whether the drag has entered.
# What nnviz does: tests/ui/test_study_page.py sends the drag first, so that the drop that it
# tests takes place.
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
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

app = QApplication([])


class Target(QWidget):
    def __init__(self):
        super().__init__()
        self.setAcceptDrops(True)
        self.heard = []

    def dragEnterEvent(self, event):
        self.heard.append("enter")
        event.acceptProposedAction()

    def dropEvent(self, event):
        self.heard.append("drop")


seen = []
for entered in (False, True):
    target, data = Target(), QMimeData()
    data.setText("digits.png")
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target.show()
    if entered:
        app.sendEvent(target, QDragEnterEvent(QPoint(5, 5), *how))
    app.sendEvent(target, QDropEvent(QPointF(5, 5), *how))
    seen.append(target.heard)
print("without and with an enter:", seen)
if seen != [[], ["enter", "drop"]]:
    raise SystemExit("changed")
END
