"""How thick the lines of written digits are."""

import numpy as np

from nnviz.data.arrays import Bytes, Doubles

CHUNK = 2000
"""Images that are measured together."""


def thickness(images: Bytes) -> Doubles:
    """Images (images, height, width) 0..255 -> how thick their lines are, in pixels; 0 without ink.

    A line of length L and thickness t has ink t L, and edges of length 2 L, over which the ink
    rises from none to all: t is twice the ink over the sum of its slopes.
    """
    parts = [_thickness(images[at : at + CHUNK]) for at in range(0, len(images), CHUNK)]
    return np.concatenate(parts) if parts else np.zeros(0)


def _thickness(images: Bytes) -> Doubles:
    ink = np.pad(images.astype(np.float64) / 255, ((0, 0), (1, 1), (1, 1)))
    across, down = np.diff(ink, axis=2)[:, :-1], np.diff(ink, axis=1)[:, :, :-1]
    slopes = np.hypot(across, down).sum(axis=(1, 2))
    amount = ink.sum(axis=(1, 2))
    return np.asarray(np.where(slopes > 0, 2 * amount / np.where(slopes > 0, slopes, 1), 0.0))
