"""Reads picture files of any kind and size as grey levels, in bounded memory.

Pillow is imported with the first one.
"""

import io
import struct
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.grey_levels import LONGEST, levels_of
from nnviz.data.picture_kinds import HEAD, format_of, why_unread
from nnviz.errors import Refusal
from nnviz.words import number, tr

if TYPE_CHECKING:  # Pillow is imported with the first picture that is read
    from PIL.Image import Image

MOST_PIXELS = 40_000_000
LARGEST = 200_000_000
"""Bytes of a file."""
LONGEST_SIDE = 500_000
"""Pixels: Pillow needs memory for each row, however short it is."""
MOST_MEMORY = 330_000_000
"""Bytes that a picture may take while it is decoded."""
TURNED = 0x0112
"""EXIF's number for how a picture is to be turned."""


class PictureError(Refusal):
    """A picture cannot be read; the message is one sentence for the user."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture as it was read."""

    levels: Bytes
    """(height, width), 0 black .. 255 white"""
    width: int
    """Pixels in the file, where `levels` may have been reduced."""
    height: int
    notes: tuple[str, ...] = ()
    """Sentences about what was left out or changed."""

    @property
    def reduced(self) -> float:
        """Pixels of the file along one pixel of `levels`."""
        return self.width / int(self.levels.shape[1])


def read_picture(path: Path) -> Picture:
    """A picture file. Raises PictureError."""
    try:
        if path.is_dir():
            raise PictureError("{path} is a folder, not a picture.", path=path)
        if path.exists() and not path.is_file():
            raise PictureError("{path} is not a regular file.", path=path)
        size = path.stat().st_size
        if size > LARGEST:
            raise PictureError(
                "{path} has {size} MB, too much for a picture.", path=path, size=number(size / 1e6)
            )
        if not size:
            raise PictureError("{path} is empty: it has no bytes.", path=path)
        with path.open("rb") as file:
            return _read(file, str(path))
    except PictureError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        reason = getattr(error, "strerror", None) or error
        raise PictureError(
            "{path} cannot be opened: {reason}.", path=path, reason=str(reason)
        ) from error


def picture_of(content: bytes, name: str) -> Picture:
    """The same from the bytes of a picture file, called `name` in what is said of it."""
    if not content:
        raise PictureError("{name} is empty: it has no bytes.", name=name)
    return _read(io.BytesIO(content), name)


def _read(file: BinaryIO, name: str) -> Picture:
    from PIL import Image, UnidentifiedImageError

    head = file.read(HEAD)
    file.seek(0)
    unread = why_unread(head, name)
    if unread:
        raise PictureError(unread)
    try:
        with warnings.catch_warnings():
            # about damaged extras
            warnings.simplefilter("ignore")
            Image.MAX_IMAGE_PIXELS = None  # sizes are looked at here, before anything is decoded
            with Image.open(file, formats=(_readable(format_of(head), name),)) as image:
                return _decoded(image, name)
    except UnidentifiedImageError as error:
        raise PictureError("{name} is damaged: its head cannot be read.", name=name) from error
    except MemoryError as error:
        raise PictureError("{name} needs more memory than there is.", name=name) from error
    except PictureError:
        raise
    # what decoders raise on damaged files
    except (
        *(OSError, EOFError, SyntaxError, ValueError, LookupError, TypeError),
        *(AttributeError, ArithmeticError, NotImplementedError, RuntimeError, struct.error),
    ) as error:
        reason = str(error).rstrip(".") or type(error).__name__
        raise PictureError("{name} is damaged ({reason}).", name=name, reason=reason) from error


def _readable(kind: str, name: str) -> str:
    """The kind of a picture, by Pillow's name. Raises PictureError."""
    from PIL import features

    if not kind:
        raise PictureError(
            "{name} is not a picture that nnviz can read (PNG, JPEG, GIF, BMP, TIFF, WebP, AVIF, "
            "PGM).",
            name=name,
        )
    if kind == "AVIF" and not features.check("avif"):
        raise PictureError(
            "{name} is an AVIF picture, and this computer's Pillow was built without AVIF: save it "
            "as PNG or JPEG.",
            name=name,
        )
    return kind


def _decoded(image: "Image", name: str) -> Picture:
    width, height = image.size
    frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
    image.draft("L", (LONGEST, LONGEST))  # of a JPEG, only as much is decoded as is wanted
    _check_size(image, (width, height), name)
    image.load()
    turn = image.getexif().get(TURNED, 1)  # after `load`, which turns a TIFF itself
    levels = _turned(levels_of(image), turn)
    if turn in SIDEWAYS:
        width, height = height, width
    notes = []
    if frames > 1:
        notes.append(
            tr("{name} holds {count} pictures; the first one was read.", name=name, count=frames)
        )
    if levels.shape[1] < width or levels.shape[0] < height:
        notes.append(
            tr(
                "{name} was reduced from {width} x {height} to {columns} x {rows} pixels.",
                name=name,
                width=width,
                height=height,
                columns=levels.shape[1],
                rows=levels.shape[0],
            )
        )
    return Picture(levels, width, height, tuple(notes))


# ---- what it takes -------------------------------------------------------------------


def _check_size(image: "Image", size: tuple[int, int], name: str) -> None:
    """Refuses what would take too much memory; `size`: width and height in the file.

    Raises PictureError.
    """
    width, height = size
    pixels = image.width * image.height  # fewer than in the file, if only those are decoded
    per_pixel = _memory(image, size) / max(1, pixels)
    most = min(MOST_PIXELS, int(MOST_MEMORY / per_pixel))
    if max(image.size) > LONGEST_SIDE:
        raise PictureError(
            "{name} has {width} x {height} pixels; nnviz reads up to {most} along a side.",
            name=name,
            width=width,
            height=height,
            most=LONGEST_SIDE,
        )
    if pixels > most:
        raise PictureError(
            "{name} has {width} x {height} pixels; nnviz reads up to {most} million.",
            name=name,
            width=width,
            height=height,
            most=int(most * (width * height / pixels) / 1e6),
        )


def _memory(image: "Image", size: tuple[int, int]) -> float:
    """Bytes that it takes at most to decode a picture; `size`: width and height in the file."""
    pixels = image.width * image.height
    stored = pixels * _bytes_of(image.mode)
    match image.format:
        case "WEBP":  # two canvases and a copy, of four bytes each
            return stored + 12 * pixels
        case "AVIF":
            return stored + 12 * pixels
        case "GIF":
            return stored + 2 * pixels
        case "TIFF":
            tiles = getattr(image, "tile", None)
            strips = 0 if tiles and tiles[0][0] == "raw" else stored
            turned = stored if image.getexif().get(TURNED, 1) != 1 else 0
            return stored + strips + turned
        case "JPEG" | "MPO" if image.info.get("progressive"):
            return stored + size[0] * size[1] * _coefficients(image) * 2
    return stored


def _bytes_of(mode: str) -> int:
    """Of each pixel in Pillow's memory."""
    if mode in ("1", "L", "P"):
        return 1
    return 2 if mode.startswith("I;16") else 4


def _coefficients(image: "Image") -> float:
    """How many numbers a progressive JPEG keeps for each pixel."""
    layers = [(across, down) for _, across, down, _ in getattr(image, "layer", ())] or [(1, 1)] * 4
    most = max(across for across, _ in layers) * max(down for _, down in layers)
    return float(sum(across * down for across, down in layers) / most)


SIDEWAYS = (5, 6, 7, 8)
"""Ways of being turned that make columns of rows."""


def _turned(levels: Bytes, turn: int) -> Bytes:
    """Upright, whichever way EXIF says that a camera was held."""
    if turn in SIDEWAYS:
        levels = levels.T
    if turn in (3, 4, 7, 8):
        levels = levels[::-1]
    if turn in (2, 3, 6, 7):
        levels = levels[:, ::-1]
    return np.ascontiguousarray(levels)
