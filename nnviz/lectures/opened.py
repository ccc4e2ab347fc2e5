"""The picture that the drawing was made from, as a line names it: its file, and what was chosen of
it.

A line holds the ink beside it. Where the file is there and what is read of it is just that ink, the
picture is shown with its frames; elsewhere the ink alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnviz.data.drawing import Drawing
from nnviz.data.normalising import Box
from nnviz.data.opened_picture import OpenedPicture
from nnviz.errors import Refusal
from nnviz.lectures.codecs import FLAG, NUMBER_SET, NUMBERS, Codec
from nnviz.session.state import State
from nnviz.words import tr

NO_PIECE = "none"


def _turns(text: str) -> int:
    if text not in ("0", "1", "2", "3"):
        raise ValueError(text)
    return int(text)


def _crop(text: str) -> Box:
    top, left, bottom, right = NUMBERS.read(text)
    if not (0 <= top < bottom and 0 <= left < right):
        raise ValueError(text)
    return Box(top, left, bottom, right)


def _pieces(text: str) -> frozenset[int]:
    found: frozenset[int] = frozenset() if text == NO_PIECE else NUMBER_SET.read(text)
    if not found and text != NO_PIECE:
        raise ValueError(text)
    return found


TURNS = Codec(str, _turns, "0|1|2|3", lambda: tr("0, 1, 2 or 3"))
CROP = Codec(
    lambda box: NUMBERS.write((box.top, box.left, box.bottom, box.right)),
    _crop,
    "TOP,LEFT,BOTTOM,RIGHT",
    lambda: tr("four numbers of pixels: top, left, bottom and right, as in 10,0,200,150"),
)
PIECES = Codec(
    lambda pieces: NUMBER_SET.write(pieces) or NO_PIECE,
    _pieces,
    "N,N",
    lambda: tr("numbers of pieces, as in 0,2, or none"),
)


@dataclass(frozen=True)
class Pictured:
    """A picture file, and what was chosen of it."""

    file: str
    turns: int = 0
    """Quarters to the right"""
    inverted: bool = False
    crop: Box | None = None
    """The part of the turned picture that is looked at, in its pixels as they are read"""
    pieces: frozenset[int] | None = None
    """Numbers of the pieces that are read; None: as they are found"""

    @classmethod
    def of(cls, drawing: Drawing) -> "Pictured | None":
        """What a drawing is of; None where it is of no file, or was drawn on since."""
        if drawing.source is None or drawing.by_hand or not drawing.source.opened.path:
            return None
        opened = drawing.source.opened
        return cls(opened.path, opened.turns, opened.swapped, opened.crop, opened.taken)

    @property
    def opened(self) -> OpenedPicture:
        """The picture, read anew. Raises PictureError."""
        # Pillow is imported only where there is a picture to read
        from nnviz.data.picture_files import read_picture

        path = Path(self.file)
        whole = OpenedPicture(
            read_picture(path), path.name, str(path.resolve()), self.turns, self.inverted
        )
        part = whole.cut(self.crop)
        return part if self.pieces is None else part.taking(self.pieces)

    def drawing(self) -> Drawing:
        """The drawing that it makes. It can take a while. Raises Refusal."""
        found = Drawing.of_opened(self.opened)
        assert found.source is not None
        count = len(found.source.pieces)
        if self.pieces and max(self.pieces) >= count:
            raise Refusal(
                "{file} has no piece {piece}; their numbers go from 0 to {last}.",
                file=Path(self.file).name,
                piece=max(self.pieces),
                last=count - 1,
            )
        return found


def picture_words(state: State) -> dict[str, str]:
    """What a line says of the picture that is opened on the pad, by its keys."""
    found = Pictured.of(state.pad.drawing)
    if found is None:
        return {}
    return {
        "picture": found.file,
        "turns": TURNS.write(found.turns) if found.turns else "",
        "inverted": FLAG.write(True) if found.inverted else "",
        "crop": "" if found.crop is None else CROP.write(found.crop),
        "pieces": "" if found.pieces is None else PIECES.write(found.pieces),
    }


def pictured(found: Mapping[str, Any]) -> Pictured | None:
    """What the values of these keys say; None where they name no picture."""
    if not found.get("picture"):
        return None
    return Pictured(
        found["picture"],
        found.get("turns", 0),
        found.get("inverted", False),
        found.get("crop"),
        found.get("pieces"),
    )
