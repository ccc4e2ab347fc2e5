"""How much a weight image is a shape: whether it is smooth, in how many pieces, how much of it one
straight bar explains, and how much of a random image as smooth.

Moran's I: Moran, Biometrika 37 (1950) 17-23. The random images have the spectrum of the weight
image and random phases (Theiler et al., Physica D 58 (1992) 77-94): as smooth, but without any
shape.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bools, Doubles, Floats, Indices, joined
from nnviz.data.digits import Digits, Shape, shape_of
from nnviz.questions.question import Kept, Question, Subject, Working

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


ANGLES = tuple(22.5 * step for step in range(8))
"""Degrees; 0 lies, 45 leans right, 90 stands, 135 leans left."""
LENGTHS = (7, 11)
SIGMA = 1.1
"""Pixels from the middle of a bar to its edge."""
LEAST_INSIDE = 0.8
"""A bar counts if so much of its energy lies inside the mask."""
RANDOM_IMAGES = 10
SEED = 6
BLOCK = 16
"""Neurons that are fitted at once: a product of few rows takes longer for each of them."""


@dataclass(frozen=True, eq=False)
class Bars:
    """All bars that fit into a mask."""

    templates: Floats
    """(bars, pixels of the mask): darkness, of length 1"""
    angles: Doubles
    """(bars,): one of ANGLES each"""
    lengths: Indices
    """(bars,): one of LENGTHS each"""
    centres: Indices
    """(bars, 2): row and column"""


@dataclass(frozen=True, eq=False)
class StrokeFits:
    """How bars fit weight images."""

    fit: Doubles
    """(images,): R^2, the share of the image's energy that its best bar explains"""
    null: Doubles
    """(images,): the mean R^2 of its random images"""
    beaten: Indices
    """(images,): how many of the RANDOM_IMAGES have a smaller R^2"""
    bar: Indices
    """(images,): the best bar, a row of `bars_in`"""
    sign: Indices
    """(images,): 1 where the bar is for the neuron, -1 where it is against, 0 without any"""


@dataclass(frozen=True)
class Shapes:
    """How shape-like the weight images of a network are: means over its neurons, and counts."""

    moran: float
    stroke_fit: float
    stroke_null: float
    strokes: tuple[bool, ...]
    """For each of them whether a bar fits it better than every random image as smooth"""

    @property
    def neurons(self) -> int:
        """How many neurons there are."""
        return len(self.strokes)

    @property
    def stroke_like(self) -> int:
        """How many of them look like a stroke."""
        return sum(self.strokes)

    @property
    def stroke_excess(self) -> float:
        """What a bar explains of a weight image beyond what it explains of random ones."""
        return self.stroke_fit - self.stroke_null


def bars_in(mask: Bools) -> Bars:
    """All bars inside a mask (height, width)."""
    return _bars(mask.tobytes(), mask.shape)


@lru_cache(maxsize=2)
def _bars(content: bytes, shape: tuple[int, int]) -> Bars:
    places = np.argwhere(np.frombuffer(content, np.bool_).reshape(shape))
    # where few pixels carry ink all bars are cut off: then each counts as far as it is there
    bars = _bars_at(places, LEAST_INSIDE)
    return bars if len(bars.angles) else _bars_at(places, 0.0)


def _bars_at(places: Indices, least: float) -> Bars:
    """Bars of which at least such a share of the energy lies on the places (pixels, 2)."""
    templates, angles, lengths, centres = [], [], [], []
    for angle in ANGLES:
        for length in LENGTHS:
            found = _bars_of(places, angle, length)
            # their energy would be the same everywhere if nothing were cut off
            inside = (found**2).sum(axis=1) >= least * _energy(angle, length)
            templates.append(found[inside])
            angles.append(np.full(np.count_nonzero(inside), angle))
            lengths.append(np.full(np.count_nonzero(inside), length))
            centres.append(places[inside])
    bars = np.concatenate(templates)
    bars /= np.maximum(np.linalg.norm(bars, axis=1, keepdims=True), 1e-12)
    return Bars(
        bars.astype(np.float32),
        np.concatenate(angles),
        np.concatenate(lengths).astype(np.intp),
        np.concatenate(centres).astype(np.intp),
    )


def _bars_of(places: Indices, angle: float, length: int) -> Doubles:
    """(pixels, 2) -> (centres, pixels): a bar around each pixel."""
    return bar(places[None, :] - places[:, None], angle, length)


def bar(offsets: NDArray[np.integer], angle: float, length: int) -> Doubles:
    """How dark a bar is at offsets (..., 2), rows and columns from its centre: 1 in the middle."""
    down, right = offsets[..., 0], offsets[..., 1]
    turn = np.deg2rad(angle)
    along = right * np.cos(turn) - down * np.sin(turn)
    across = right * np.sin(turn) + down * np.cos(turn)
    beyond = np.maximum(np.abs(along) - (length - 1) / 2, 0)
    return np.asarray(np.exp(-(across**2 + beyond**2) / (2 * SIGMA**2)))


def _energy(angle: float, length: int) -> float:
    reach = np.arange(-length, length + 1)
    offsets = np.stack(np.meshgrid(reach, reach, indexing="ij"), axis=-1)
    return float((bar(offsets, angle, length) ** 2).sum())


def random_images(pixels: Doubles, numbers: Indices, count: int = RANDOM_IMAGES) -> Doubles:
    """Images (images, height, width) -> (images, count, height, width) with their spectrum.

    `numbers` (images,) name the images: the same number gives the same phases.
    """
    shape = pixels.shape[1:]
    noise = np.stack(
        [np.random.default_rng([SEED, each]).standard_normal((count, *shape)) for each in numbers]
    )
    turned = np.fft.rfft2(noise)
    turned /= np.maximum(np.abs(turned), 1e-300)
    spectrum = np.fft.rfft2(pixels)[:, None]
    turned *= np.abs(spectrum)
    turned[:, :, 0, 0] = spectrum[:, :, 0, 0]  # the mean stays as it is
    return np.fft.irfft2(turned, shape)


def fitted(images: WeightImages, numbers: Indices) -> Iterator[StrokeFits]:
    """The fits of images, named by `numbers` (images,), BLOCK by BLOCK."""
    bars = bars_in(images.mask)
    for start in range(0, len(images), BLOCK):
        chosen = slice(start, start + BLOCK)
        yield _fitted(images[chosen], numbers[chosen], bars)


@dataclass(frozen=True)
class MeasureShapes(Question[Shapes]):
    """How shape-like are the weight images? No digit is asked."""

    kept: ClassVar[int] = 64
    beside: ClassVar[str] = "run"
    subject: Subject

    def work(self, digits: Digits, kept: Kept) -> Working[Shapes]:
        network = self.subject.network
        weights = network.hidden_weights.reshape(-1, network.inputs)
        images = weight_images(weights, digits.inked, shape_of(network.inputs))
        parts = []
        for part in fitted(images, np.arange(len(images))):
            parts.append(part)
            yield
        fits = joined(parts)
        return Shapes(
            float(moran(images).mean()),
            float(fits.fit.mean()),
            float(fits.null.mean()),
            tuple((fits.beaten == RANDOM_IMAGES).tolist()),
        )


def _fitted(images: WeightImages, numbers: Indices, bars: Bars) -> StrokeFits:
    shapeless = random_images(images.pixels, numbers)
    flat = centred(shapeless.reshape(-1, *images.mask.shape), images.mask)
    own, which, sign = _best(images, bars)
    chance = _best(flat, bars)[0].reshape(len(images), -1)
    return StrokeFits(
        own, chance.mean(axis=1), np.count_nonzero(chance < own[:, None], axis=1), which, sign
    )


def _best(images: WeightImages, bars: Bars) -> tuple[Doubles, Indices, Indices]:
    """-> (images,): R^2 of the best bar, its number, its sign"""
    inside = images.inside
    lengths = np.linalg.norm(inside, axis=1, keepdims=True)
    ready = np.divide(inside, lengths, out=np.zeros_like(inside), where=lengths > 0)
    if not len(bars.templates):
        nothing = np.zeros(len(images), np.intp)
        return np.zeros(len(images)), nothing, nothing
    products = ready.astype(np.float32) @ bars.templates.T
    best = np.abs(products).argmax(axis=1)
    found = products[np.arange(len(products)), best].astype(np.float64)
    return found**2, best, np.sign(found).astype(np.intp)
