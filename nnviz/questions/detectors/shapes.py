"""How much a weight image is a shape: whether it is smooth, and in how many pieces.

Moran's I: Moran, Biometrika 37 (1950) 17-23.
"""

from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Bools, Doubles, Floats, Indices
from nnviz.data.digits import Shape

SMALLEST_PIECE = 3
"""Pixels; smaller pieces are not counted."""


@dataclass(frozen=True, eq=False)
class WeightImages:
    """Weight images as the measures see them: grey, and only where pixels carry ink."""

    pixels: Doubles
    """(images, height, width): their mean inside the mask is 0; 0 outside"""
    mask: Bools
    """(height, width)"""

    def __len__(self) -> int:
        return len(self.pixels)

    def __getitem__(self, chosen: slice) -> "WeightImages":
        return WeightImages(self.pixels[chosen], self.mask)

    @property
    def inside(self) -> Doubles:
        """(images, pixels of the mask)"""
        return self.pixels[:, self.mask]


def weight_images(weights: Floats, inked: Bools, shape: Shape) -> WeightImages:
    """Weights (neurons, inputs) of pixels that are `inked` (inputs,).

    In colour the image is the mean of the channels, and the mask the pixels that carry ink in
    any. Weights that are no numbers count as 0.
    """
    known = np.where(np.isfinite(weights), weights, 0).astype(np.float64)
    mask: Bools = np.logical_or.reduce(inked.reshape(shape), axis=2)
    return centred(known.reshape(-1, *shape).mean(axis=3), mask)


def centred(pixels: Doubles, mask: Bools) -> WeightImages:
    """Any images (images, height, width), made mean-free inside the mask and 0 outside."""
    means = (pixels * mask).sum(axis=(1, 2), keepdims=True) / max(1, np.count_nonzero(mask))
    return WeightImages((pixels - means) * mask, mask)


def moran(images: WeightImages) -> Doubles:
    """(images,): Moran's I over rook neighbours; 1 smooth, 0 noise, 0 also for flat images."""
    pixels, mask = images.pixels, images.mask
    down, right = mask[1:] & mask[:-1], mask[:, 1:] & mask[:, :-1]
    neighbours = np.count_nonzero(down) + np.count_nonzero(right)
    products = (pixels[:, 1:] * pixels[:, :-1]).sum(axis=(1, 2))
    products += (pixels[:, :, 1:] * pixels[:, :, :-1]).sum(axis=(1, 2))
    squares = (pixels**2).sum(axis=(1, 2))
    scale = np.count_nonzero(mask) / max(1, int(neighbours))
    found: Doubles = np.divide(products, squares, out=np.zeros_like(squares), where=squares > 0)
    return found * scale


def blobs(images: WeightImages) -> tuple[Doubles, Indices]:
    """(images,): the share of the strong pixels in their largest piece; how many pieces.

    Strong are pixels above mean + one standard deviation; a piece hangs together by edges and
    corners. 0 and 0 where nothing is strong.
    """
    deviations = np.sqrt((images.inside**2).mean(axis=1)) if images.mask.any() else 0.0
    strong = (images.pixels > np.reshape(deviations, (-1, 1, 1))) & images.mask
    sizes = _piece_sizes(strong)
    share: Doubles = sizes.max(axis=1) / np.maximum(strong.sum(axis=(1, 2)), 1)
    return share, (sizes >= SMALLEST_PIECE).sum(axis=1)


def _piece_sizes(strong: Bools) -> Indices:
    """(images, height, width) -> (images, height x width): pixels per piece, most of them 0."""
    images, height, width = strong.shape
    places = height * width
    names = np.where(strong, np.arange(1, places + 1).reshape(height, width), 0)
    while True:
        # each pixel takes the largest name around it until nothing changes
        padded = np.pad(names, ((0, 0), (1, 1), (1, 1)))
        tall = np.maximum(np.maximum(padded[:, :-2], padded[:, 1:-1]), padded[:, 2:])
        around = np.maximum(np.maximum(tall[:, :, :-2], tall[:, :, 1:-1]), tall[:, :, 2:])
        around[~strong] = 0
        if np.array_equal(around, names):
            break
        names = around
    names += np.arange(images)[:, None, None] * (places + 1)
    counts = np.bincount(names.reshape(-1), minlength=images * (places + 1))
    return counts.reshape(images, places + 1)[:, 1:]
