"""How much memory pictures take while they are read and their ink is found.

    uv run python -m tests.picture_memory [KIND ...]

makes the largest pictures that are read, of every kind, and others that must be refused, and reads
each in a process of its own. Printed are the megabytes above what that process held before, and
whether it was read; none may take more than MOST of them. Needs Linux, which tells the peak.
"""

import io
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

MOST = 400
"""Megabytes."""
READER = """
import sys
from pathlib import Path
from PIL import Image
from nnviz.data.ink import find_ink
from nnviz.data.picture_files import PictureError, picture_of, read_picture
from tests.picture_memory import encoded, of_process
picture_of(encoded(Image.new("L", (40, 40)), "PNG"), "first")
before = of_process("VmRSS")
try:
    levels = read_picture(Path(sys.argv[1])).levels
    read = of_process("VmHWM")
    find_ink(levels)
    print(f"{read - before:.0f} {of_process('VmHWM') - before:.0f} read")
except PictureError as error:
    print(f"{of_process('VmHWM') - before:.0f} {of_process('VmHWM') - before:.0f} {error}")
"""


def of_process(what: str) -> float:
    """Megabytes of this process: VmRSS now, VmHWM at most so far."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1000


def encoded(image: Image.Image, kind: str, **more: object) -> bytes:
    """A picture as a file of some kind."""
    file = io.BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


@dataclass(frozen=True)
class Measured:
    """What reading a picture took."""

    reading: float
    """Megabytes above what was held before"""
    in_all: float
    """The same with finding its ink"""
    said: str


def measured(path: Path) -> Measured:
    """Reads a picture in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", READER, str(path)], check=True, capture_output=True, text=True
    )
    reading, in_all, said = done.stdout.strip().split(" ", 2)
    return Measured(float(reading), float(in_all), said)


def plain(
    kind: str, mode: str = "L", size: tuple[int, int] = (6300, 6300), **more: object
) -> Callable[[], bytes]:
    """Makes a picture of paper with a broad line."""

    def make() -> bytes:
        width, height = size
        image = Image.new("L", size, 230)
        image.paste(20, (width // 3, height // 4, width // 2 + 1, height // 2 + 1))
        return encoded(image.convert(mode), kind, **more)

    return make


def fine(kind: str, mode: str, size: tuple[int, int], **more: object) -> Callable[[], bytes]:
    """Makes a picture full of grain, which no file makes small."""

    def make() -> bytes:
        noise = np.random.default_rng(1).integers(0, 256, (size[1], size[0]), np.uint8)
        return encoded(Image.fromarray(noise).convert(mode), kind, **more)

    return make


def strip(width: int, height: int) -> Callable[[], bytes]:
    """Makes a grey PNG of any size, also of sizes that Pillow itself has no memory for."""

    def make() -> bytes:
        def chunk(name: bytes, content: bytes) -> bytes:
            sealed = name + content
            check = zlib.crc32(sealed).to_bytes(4, "big")
            return len(content).to_bytes(4, "big") + sealed + check

        sizes = width.to_bytes(4, "big") + height.to_bytes(4, "big")
        packed = zlib.compress((bytes([0]) + b"\xe6" * width) * height, 1)
        parts = chunk(b"IHDR", sizes + bytes([8, 0, 0, 0, 0])), chunk(b"IDAT", packed)
        return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")

    return make


def sixteen(kind: str) -> Callable[[], bytes]:
    """Makes a grey picture of 16 bits."""

    def make() -> bytes:
        levels = np.full((6300, 6300), 60000, np.uint16)
        levels[2000:4000, 3000:3300] = 3000
        return encoded(Image.fromarray(levels), kind)

    return make


CASES: dict[str, Callable[[], bytes]] = {
    **{f"png-{mode}": plain("PNG", mode) for mode in ("1", "L", "P", "LA", "RGB", "RGBA")},
    "png-16": sixteen("PNG"),
    "png-1-wide": strip(1, 39_000_000),
    "png-1-high": strip(39_000_000, 1),
    "png-long": strip(490_000, 81),
    "png-500000-high": strip(80, 490_000),
    "png-row": strip(39_000, 1_000),
    "png-too-large": strip(20_000, 20_000),
    "tiff-long": plain("TIFF", "F", (170, 100_000)),
    "tiff-float": plain("TIFF", "F"),
    "tiff-16": sixteen("TIFF"),
    **{f"tiff-{mode}": plain("TIFF", mode) for mode in ("L", "RGB", "RGBA", "CMYK", "LAB", "I")},
    "tiff-lzw": plain("TIFF", "RGBA", compression="tiff_lzw"),
    "tiff-one-strip": plain("TIFF", "RGBA", compression="tiff_lzw", tiffinfo={278: 6300}),
    "tiff-turned": plain("TIFF", "RGB", tiffinfo={274: 6}),
    "tiff-turned-smaller": plain("TIFF", "RGB", (5700, 5700), tiffinfo={274: 6}),
    "bmp": plain("BMP", "RGB"),
    "ppm": plain("PPM", "RGB"),
    "gif": plain("GIF", "P"),
    "jpeg-L": plain("JPEG"),
    "jpeg-cmyk": fine("JPEG", "CMYK", (6300, 6300)),
    "jpeg-200-million": plain("JPEG", "RGB", (20_000, 10_000)),
    "jpeg-row": fine("JPEG", "RGB", (60_000, 600)),
    "jpeg-progressive": fine("JPEG", "RGB", (6300, 6300), progressive=True, subsampling=0),
    "jpeg-progressive-smaller": fine("JPEG", "RGB", (6300, 6300), progressive=True),
    "jpeg-progressive-cmyk": fine("JPEG", "CMYK", (6300, 6300), progressive=True),
    "webp": fine("WEBP", "RGB", (6300, 6300), method=0),
    "webp-smaller": fine("WEBP", "RGBA", (4500, 4500), method=0),
    "webp-lossless": plain("WEBP", "RGBA", (4500, 4500), lossless=True, method=0),
    "avif": plain("AVIF", "RGB", (6300, 6300), speed=10),
    "avif-smaller": fine("AVIF", "RGB", (4500, 4500), speed=10, subsampling="4:4:4"),
    "avif-transparent": fine("AVIF", "RGBA", (4500, 4500), speed=10, subsampling="4:4:4"),
}


def main(names: list[str]) -> int:
    """Measures all cases, or those named; -> 1 where one of them takes too much."""
    failed = False
    for name, make in CASES.items():
        if names and not any(each in name for each in names):
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(make())
            found = measured(path)
        failed |= found.in_all > MOST
        said = found.said.replace(str(path), name)
        print(f"{name:26} {found.reading:5.0f} {found.in_all:5.0f} MB  {said}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
