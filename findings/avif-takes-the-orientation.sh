#!/usr/bin/env bash
# pillow 13.0.0
# What: saving an AVIF removes the orientation from the caller's own Exif object: whatever is saved
# with it next has none.
# Why it surprises: saving is not expected to change what it is given, and the other formats do not.
# What nnviz does: tests/learning/test_picture_files.py makes new tags for every file that it
# writes; the program itself writes no AVIF.
set -euo pipefail
packages=(pillow==13.0.0)
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
import io

from PIL import Image

left = {}
for kind in ("JPEG", "PNG", "TIFF", "WEBP", "AVIF"):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (20, 10)).save(io.BytesIO(), kind, exif=exif)
    left[kind] = dict(exif)
    print(kind, "leaves", left[kind])
if left != {**dict.fromkeys(("JPEG", "PNG", "TIFF", "WEBP"), {0x0112: 6}), "AVIF": {}}:
    raise SystemExit("changed")
END
