#!/usr/bin/env bash
# PySide6-Essentials 6.11.3
# What: QSvgGenerator writes no clip in its usual version, so that what was cut off is shown; told
# to write SVG 1.1 it does. And a drawing of 100 pixels without a view box is read back by Qt as
# 125.
# Why it surprises: the same painter draws the same picture right on screen, in PDF and in PNG, and
# no warning is given.
# What nnviz does: nnviz/ui/kit/export.py writes the other version, with a view box;
# tests/ui/test_export.py looks at clips and sizes.
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
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtSvg import QSvgGenerator, QSvgRenderer

app = QGuiApplication([])
versions = QSvgGenerator.SvgVersion
seen = []
for made in (QSvgGenerator(), QSvgGenerator(versions.SvgTiny12), QSvgGenerator(versions.Svg11)):
    file = QBuffer()
    file.open(QIODevice.OpenModeFlag.WriteOnly)
    made.setOutputDevice(file)
    made.setSize(QSize(100, 100))
    painter = QPainter(made)
    painter.setClipRect(0, 0, 5, 5)
    painter.fillRect(0, 0, 10, 10, Qt.GlobalColor.red)
    painter.end()
    seen.append(b"clip" in bytes(file.data().data()))
    size = QSvgRenderer(file.data()).defaultSize().toTuple()
    print("clip written:", seen[-1], "size read back:", size)
if seen != [False, False, True] or size != (125, 125):
    raise SystemExit("changed")
END
