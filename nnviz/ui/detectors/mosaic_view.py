"""What a mosaic shows: weight images and what is said of each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import Shape
from nnviz.ui.kit.weight_images import Floats


@dataclass(frozen=True, eq=False)
class MosaicView:
    """What the mosaic shows; one entry for each tile, in the order shown."""

    weights: Floats
    """(tiles, inputs)"""
    limit: float | Floats
    """End of the colour scale, shared or (tiles, 1)"""
    inked: NDArray[np.bool_]
    shape: Shape
    activity: Floats
    """(tiles,) in -1..1"""
    names: tuple[str, ...]
    captions: tuple[str, ...]
    """What is written beside the name"""
    signs: tuple[int, ...]
    """1, 0, -1: the colour of the caption"""
    sentences: tuple[str, ...]
    """What is said of the tile when it is large"""
    selected: int | None
    """Number of a tile"""
    marks: tuple[str, ...] = ()
    """What is written on the images; "off" strikes one out. Empty for none anywhere."""
