"""Takes specks of dust out of light ink on black."""

import numpy as np
from numpy.typing import NDArray

from nnviz.arrays import Bytes

CELLS = 256
"""Cells along the longer side; ink is one piece where its cells touch, corners included."""
SMALLEST = 0.02
"""Share of the ink of the largest piece below which another is a speck."""

Cells = list[tuple[int, int]]


def without_specks(ink: Bytes) -> Bytes:
    """(height, width) -> the same without pieces that hold almost no ink."""
    height, width = ink.shape
    side = -(-max(height, width) // CELLS)
    padded = np.pad(ink, ((0, -height % side), (0, -width % side)))
    grid = padded.reshape(len(padded) // side, side, -1, side)
    masses = grid.sum(axis=(1, 3), dtype=np.int64)
    pieces = _pieces(masses)
    amounts = [sum(int(masses[cell]) for cell in piece) for piece in pieces]
    kept = np.zeros(masses.shape, np.bool_)
    for piece, amount in zip(pieces, amounts, strict=True):
        if amount >= SMALLEST * max(amounts):
            kept[tuple(np.transpose(piece))] = True
    mask = kept.repeat(side, axis=0).repeat(side, axis=1)[:height, :width]
    return np.where(mask, ink, np.uint8(0))


def _pieces(masses: NDArray[np.int64]) -> list[Cells]:
    """The cells of each connected piece of ink."""
    left = set(zip(*(axis.tolist() for axis in np.nonzero(masses)), strict=True))
    pieces = []
    while left:
        piece = [left.pop()]
        for row, column in piece:  # grows as it is walked along
            around = {(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)}
            found = around & left
            left -= found
            piece.extend(found)
        pieces.append(piece)
    return pieces
