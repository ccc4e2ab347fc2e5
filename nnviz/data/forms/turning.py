"""Images that are stored lying, mirrored or as dark ink on light paper, and how they are righted.

EMNIST stores its images transposed.
"""

from collections.abc import Callable, Iterable, Mapping

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.idx import DigitsError
from nnviz.words import commas, tr

TRANSPOSED = "transposed"
INVERTED = "inverted"
WAYS: Mapping[str, Callable[[Bytes], Bytes]] = {
    TRANSPOSED: lambda images: images.swapaxes(1, 2),
    "left": lambda images: np.rot90(images, 1, (1, 2)),
    "right": lambda images: np.rot90(images, -1, (1, 2)),
    "half": lambda images: np.rot90(images, 2, (1, 2)),
    "mirrored": lambda images: images[:, :, ::-1],
    "flipped": lambda images: images[:, ::-1],
    "crossed": lambda images: np.rot90(images, 2, (1, 2)).swapaxes(1, 2),
}
"""Word -> what is done to images (images, height, width, ...) so that they stand upright"""
SAID = {
    TRANSPOSED: tr("rows and columns exchanged"),
    "left": tr("a turn of 90 degrees to the left"),
    "right": tr("a turn of 90 degrees to the right"),
    "half": tr("a turn of 180 degrees"),
    "mirrored": tr("left and right exchanged"),
    "flipped": tr("top and bottom exchanged"),
    "crossed": tr("rows and columns exchanged from the other corner"),
    INVERTED: tr("dark and light exchanged"),
}
"""Word -> the same in words"""


def checked(ways: Iterable[str]) -> tuple[str, ...]:
    """Ways of turning, at most one of each kind. Raises DigitsError."""
    asked = tuple(ways)
    unknown = next((each for each in asked if each not in SAID), None)
    if unknown is not None:
        raise DigitsError(
            "Images can be turned so: {ways}; not {way}.",
            ways=commas(SAID),
            way=repr(unknown[:40]),
        )
    if len(set(asked) - {INVERTED}) > 1 or len(set(asked)) < len(asked):
        raise DigitsError(
            "Images are turned in one way at a time, and inverted besides: {ways} are too many.",
            ways=commas(asked),
        )
    return asked


def turned(images: Bytes, ways: Iterable[str]) -> Bytes:
    """Images (images, height, width, ...) after all that is asked for. Raises DigitsError."""
    for way in checked(ways):
        images = 255 - images if way == INVERTED else WAYS[way](images)
    return np.ascontiguousarray(images)


def said(ways: Iterable[str]) -> str:
    """What was done to images, in words."""
    return commas(SAID[way] for way in ways)


def light_paper(images: Bytes) -> bool:
    """Whether images (images, height, width), 0..255, seem to be dark ink on light paper: the
    middle of all pixels at their edges is light."""
    edges = [images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1]]
    return bool(len(images)) and float(np.median(np.concatenate(edges, axis=1))) > 127
