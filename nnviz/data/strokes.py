"""How thick the lines of written digits are, and how far they lean."""

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


def leaning(images: Bytes) -> Doubles:
    """Images (images, height, width) 0..255 -> columns that digits lean to the right along a row
    upwards: 0 for upright ones, 1 at 45 degrees; 0 without ink."""
    ink = images.astype(np.float64)
    rows, columns = np.arange(images.shape[1]), np.arange(images.shape[2])
    amount = np.maximum(ink.sum(axis=(1, 2)), 1)[:, None]
    off = rows - (ink.sum(axis=2) @ rows)[:, None] / amount
    aside = columns - (ink.sum(axis=1) @ columns)[:, None] / amount
    both = np.einsum("nrc,nr,nc->n", ink, off, aside)
    down = np.einsum("nrc,nr->n", ink, off * off)
    return np.asarray(np.where(down > 0, -both / np.where(down > 0, down, 1), 0.0))
