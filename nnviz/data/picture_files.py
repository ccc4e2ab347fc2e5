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
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes
from nnviz.errors import Refusal
from nnviz.words import number, tr

if TYPE_CHECKING:  # Pillow is imported with the first picture that is read
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM")
"""Those that can be read without starting other programs."""
SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".pgm", ".ppm")
MOST_PIXELS = 40_000_000
LARGEST = 200_000_000
"""Bytes of a file."""
LONGEST = 1600
"""Pixels that a longer side is reduced to, ..."""
SHORTEST = 160
"""... but not so that the shorter one has fewer than these: a long row must stay readable."""
MOST_KEPT = 8_000_000
"""Pixels that are kept of long rows."""


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

    try:
        with warnings.catch_warnings():
            # about sizes, which are looked at here, and about damaged extras
            warnings.simplefilter("ignore")
            with Image.open(file, formats=FORMATS) as image:
                return _decoded(image, name)
    except UnidentifiedImageError as error:
        raise PictureError(
            "{name} is not a picture that nnviz can read (PNG, JPEG, GIF, BMP, TIFF, WebP, PGM).",
            name=name,
        ) from error
    except Image.DecompressionBombError as error:
        raise PictureError("{name} has far too many pixels to be read.", name=name) from error
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


def _decoded(image: "Image", name: str) -> Picture:
    from PIL.ImageOps import exif_transpose

    width, height = image.size
    frames = getattr(image, "n_frames", 1)
    image.draft("L", (LONGEST, LONGEST))  # of a JPEG, only as much is decoded as is wanted
    if image.width * image.height > MOST_PIXELS:
        raise PictureError(
            "{name} has {width} x {height} pixels; nnviz reads up to {most} million.",
            name=name,
            width=width,
            height=height,
            most=MOST_PIXELS // 1_000_000,
        )
    upright = exif_transpose(image)
    if upright.size[0] * image.size[1] != upright.size[1] * image.size[0]:
        width, height = height, width
    levels = _reduced(_grey(upright))
    notes = []
    if frames > 1:
        notes.append(
            tr("{name} holds {count} pictures; the first one was read.", name=name, count=frames)
        )
    if levels.shape[1] < width:
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


def _grey(image: "Image") -> "Image":
    """In mode L; what is transparent becomes paper."""
    from PIL.Image import fromarray, new

    if image.mode.startswith(("I", "F")):
        return fromarray(_in_bytes(np.asarray(image)))
    if not image.has_transparency_data:
        return image.convert("L")
    both = image.convert("LA")
    level, opaque = both.getchannel("L"), both.getchannel("A")
    visible = np.asarray(level)[np.asarray(opaque) > 127]
    if not len(visible):
        return new("L", image.size, 255)
    middle = int(np.median(visible))
    if len(visible) <= image.width * image.height / 2:
        middle = 0 if middle > 127 else 255  # ink alone: its paper is what it stands out from
    paper = new("L", image.size, middle)
    paper.paste(level, mask=opaque)
    return paper


def _in_bytes(values: NDArray[np.generic]) -> Bytes:
    """Grey levels of 16 bits or more, or fractions -> 0..255."""
    numbers = np.nan_to_num(values.astype(np.float32), posinf=0, neginf=0)
    largest = float(numbers.max())
    if values.dtype.kind == "f":
        white = 1.0 if largest <= 1 else max(largest, 255.0)
    else:
        white = 255.0 if largest <= 255 else max(largest, 65535.0)
    return np.asarray(np.clip(np.rint(numbers * (255 / white)), 0, 255), np.uint8)


def _reduced(image: "Image") -> Bytes:
    from PIL.Image import Resampling

    shorter, longer = sorted(image.size)
    scale = max(LONGEST / longer, min(1.0, SHORTEST / shorter))
    scale = min(scale, (MOST_KEPT / (shorter * longer)) ** 0.5)
    if scale < 1:
        size = [max(1, round(side * scale)) for side in image.size]
        image = image.resize((size[0], size[1]), Resampling.BOX, reducing_gap=3.0)
    return np.asarray(image)
