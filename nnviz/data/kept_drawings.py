"""Drawings that were kept: one PNG each in a folder of the user's, named like own test digits.

`7-20261130-193012250000-fkca.png` was said to be a 7, `drawing-...` not to be anything yet; so the
folder can also be opened as own test digits. Pillow is imported when it is needed.
"""

import io
import re
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.drawing import SIDE, Drawing
from nnviz.data.normalising import SIDE as SEEN
from nnviz.writing import move, write

MOST = 500
"""Drawings that are read; the oldest stay in the folder unread."""
UNSAID = "drawing"
"""Begins the name of a file whose drawing nobody has said to be anything."""
STAMP = 3
"""Parts of a name that say when it was kept."""
UNFIT = re.compile(r"[^\w]+")
"""Signs of the name of a class that do not go into the name of a file."""


@dataclass(frozen=True, eq=False)
class KeptDrawing:
    """A drawing with what it was said to be."""

    name: str
    """Of its file, without ending."""
    drawing: Drawing

    @property
    def ink(self) -> Bytes:
        """(side, side), 0..255"""
        return self.drawing.ink

    @cached_property
    def pixels(self) -> Bytes:
        """(784,): what networks get of it."""
        seen = self.drawing.seen(normalising=True)
        assert seen is not None
        return seen

    def label(self, class_names: Sequence[str]) -> int | None:
        """The class that it was said to be; None if it is none of these, or was not said."""
        firsts = [_first(each) for each in class_names]
        first = self.name.rsplit("-", STAMP)[0]
        return firsts.index(first) if first in firsts else None


def read_kept(folder: Path) -> tuple[KeptDrawing, ...]:
    """All of a folder, the oldest first; files that are no drawings are left out."""
    try:
        paths = sorted(folder.glob("*.png"), key=lambda path: _when(path.stem))[-MOST:]
    except OSError:
        return ()
    found = [(path.stem, _ink_of(path)) for path in paths]
    return tuple(KeptDrawing(name, Drawing(ink)) for name, ink in found if ink is not None)


def new_name(class_name: str = "", old: str = "") -> str:
    """Of a drawing that is said to be something ("": nothing), kept now or under an old name."""
    # letters alone: a figure at the end of a name could be taken for what the picture shows
    own = "".join(chr(ord("a") + int(each, 16)) for each in uuid.uuid4().hex[:4])
    seconds, micro = divmod(time.time_ns() // 1000, 1_000_000)
    day = time.strftime("%Y%m%d-%H%M%S", time.localtime(seconds))
    now = f"{day}{micro:06d}-{own}"
    return f"{_first(class_name)}-{_when(old) if old else now}"


def write_kept(folder: Path, kept: KeptDrawing) -> None:
    """Writes the file of a drawing. Raises NotSaved, OSError."""
    from PIL import Image

    content = io.BytesIO()
    Image.fromarray(kept.ink).save(content, "PNG")
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / f"{kept.name}.png", content.getvalue())


def rename_kept(folder: Path, kept: KeptDrawing, renamed: KeptDrawing) -> None:
    """Gives the file of a drawing the name that says what it is. Raises OSError."""
    move(folder / f"{kept.name}.png", folder / f"{renamed.name}.png")


def _first(class_name: str) -> str:
    return UNFIT.sub("-", class_name) or UNSAID


def _when(name: str) -> str:
    """The part of a name that says when it was kept, and that no two have in common."""
    return "-".join(name.rsplit("-", STAMP)[-STAMP:])


def _ink_of(path: Path) -> Bytes | None:
    from PIL import Image

    try:
        with Image.open(path, formats=("PNG",)) as image:
            if image.mode != "L" or image.size not in ((SIDE, SIDE), (SEEN, SEEN)):
                return None
            ink = np.array(image)
    # what decoders raise on damaged files
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        return None
    return ink if ink.any() else None
