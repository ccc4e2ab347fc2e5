#!/usr/bin/env bash
# PySide6-Essentials 6.11.3
# What: a QImage of a screen with two pixels for each point keeps that ratio when it is scaled,
# copied or converted: scaled to 50 x 40 it is drawn 25 x 20. Saved as PNG it loses the ratio.
# Why it surprises: scaled takes pixels and the painter draws points; on screens with a ratio of
# 1, where such code is written, nothing shows.
# What nnviz does: nnviz/ui/app/lecture/room_copy.py sets the ratio to 1 before it scales and back
# afterwards; tests/ui/test_speaker.py has such screens.
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
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage

app = QGuiApplication([])
image = QImage(100, 80, QImage.Format.Format_RGB32)
image.fill(0)
image.setDevicePixelRatio(2)
scaled = image.scaled(50, 40)
drawn = scaled.deviceIndependentSize().toSize()
file = QBuffer()
file.open(QIODevice.OpenModeFlag.WriteOnly)
image.save(file, "PNG")
read = QImage.fromData(file.data()).devicePixelRatio()
print("scaled to", scaled.size().toTuple(), "drawn as", drawn.toTuple(), "ratio after PNG", read)
if (scaled.size().toTuple(), drawn.toTuple(), read) != ((50, 40), (25, 20), 1):
    raise SystemExit("changed")
END
