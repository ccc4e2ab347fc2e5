#!/usr/bin/env bash
# pillow 13.0.0
# What: Pillow turns a TIFF by its orientation when it loads the pixels (its size is that of the
# turned picture already before); JPEG, PNG, WebP and AVIF stay as stored until exif_transpose is
# called.
# Why it surprises: one file of a photograph saved in two formats has two shapes, and code that
# turns by the tag itself after opening turns a TIFF twice.
# What nnviz does: nnviz/data/picture_files.py asks for the orientation only after loading;
# tests/learning/test_picture_files.py turns a PNG, a TIFF and a WebP in every way.
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

from PIL import Image, ImageOps

wanted = {"JPEG": (20, 10), "PNG": (20, 10), "WEBP": (20, 10), "AVIF": (20, 10), "TIFF": (10, 20)}
seen = {}
for kind in wanted:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned by a quarter
    file = io.BytesIO()
    Image.new("RGB", (20, 10)).save(file, kind, exif=exif)
    picture = Image.open(file)
    before, said = picture.size, picture.getexif().get(0x0112)
    picture.load()
    seen[kind] = picture.size
    print(f"{kind}: opened {before}, says {said}; loaded {picture.size}, "
          f"says {picture.getexif().get(0x0112)}; turned {ImageOps.exif_transpose(picture).size}")
if seen != wanted:
    raise SystemExit("changed")
END
