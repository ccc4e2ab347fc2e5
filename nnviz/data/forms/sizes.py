"""Images of any size as the networks want them: 28 x 28 grey, or 32 x 32 in colour.

Small digits are brought to MNIST's form by their ink: measured with the network that comes with
the program, 72 % of scikit-learn's 8 x 8 digits are read so and 39 % of them scaled as a whole; of
MNIST made 16 x 16 as USPS is, 97 % and 41 % (`python -m tests.forms`).
"""

from collections.abc import Callable, Generator

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.forms.content import Numbers, Step, square_side
from nnviz.data.idx import DigitsError
from nnviz.data.normalising import normalise, resized
from nnviz.data.shapes import COLOUR, GREY, Shape, can_be_scaled, size_of
from nnviz.words import tr

CHUNK = 500
LOOKED_AT = 2_000
"""Images that tell whether what they show fills them"""
FILLED = 0.5
"""Share of the pixels at the edge that carry ink where a picture fills its frame"""
FAINT = 32
"""Levels below are taken for paper: what scaling leaves around ink makes its box larger, and of
MNIST made 14 x 14 only 60 % would be read"""
PADDED, RIM = (32, 32), 2
"""Size of MNIST's digits as LeNet's tutorials have them, and how wide the rim is"""
FLAT, STACKED, COLOURED = 2, 3, 4


def arranged(images: Numbers, where: str) -> Numbers:
    """(images, height, width), or with 3 colours at the end. Raises DigitsError."""
    if images.ndim == FLAT:
        images = _unrolled(images, where)
    if images.ndim == COLOURED:
        if 1 in (images.shape[1], images.shape[3]):
            images = images[:, 0] if images.shape[1] == 1 else images[..., 0]
        elif images.shape[3] != COLOUR[2] and images.shape[1] == COLOUR[2]:
            images = np.moveaxis(images, 1, 3)
    if images.ndim == COLOURED and _all_grey(images):
        images = images[..., 0]
    coloured = images.ndim == COLOURED and images.shape[3] == COLOUR[2]
    if images.ndim != STACKED and not coloured:
        raise _strange(where, images.shape[1:])
    if not can_be_scaled(*images.shape[1:3]):
        raise _strange(where, images.shape[1:])
    return images


def _unrolled(images: Numbers, where: str) -> Numbers:
    count, inputs = images.shape
    side = square_side(inputs)
    if side is not None:
        return images.reshape(count, side, side)
    side = square_side(inputs // 3) if inputs % 3 == 0 else None
    if side is None:
        raise DigitsError(
            "{path} holds images of {count} pixels each, which make no square.",
            path=where,
            count=inputs,
        )
    # colour by colour as CIFAR-10 is stored, or pixel by pixel: neighbours are alike
    some = images[:CHUNK].astype(np.float32)
    planes = np.abs(np.diff(some, axis=1)).mean()
    pixels = np.abs(some[:, 3:] - some[:, :-3]).mean()
    if planes < pixels:
        return np.moveaxis(images.reshape(count, 3, side, side), 1, 3)
    return images.reshape(count, side, side, 3)


def _all_grey(images: Numbers) -> bool:
    """Whether all three colours of every pixel are the same."""
    return images.shape[3] == COLOUR[2] and all(
        np.array_equal(some[..., 0], some[..., other])
        for begin in range(0, len(images), CHUNK)
        for some in [images[begin : begin + CHUNK]]
        for other in (1, 2)
    )


def _strange(where: str, shape: tuple[int, ...]) -> DigitsError:
    return DigitsError(
        "{file} holds images of {size} pixels; nnviz reads {grey}, or {colour} in colour, and "
        "scales what is between 6 and 512 pixels high and wide, and at most twice as high as "
        "wide or the other way round.",
        file=where,
        size=size_of(shape) or "1",
        grey=size_of(GREY[:2]),
        colour=size_of(COLOUR),
    )


def shape_for(images: Bytes) -> Shape:
    """The shape that images (images, height, width, ...) are brought to."""
    return COLOUR if images.ndim == COLOURED else GREY


def fitted(images: Bytes) -> Generator[Step, None, tuple[Bytes, str]]:
    """Images (images, height, width) or with colours as (images, inputs), and what was done to
    their size in a sentence; "" for nothing."""
    shape = shape_for(images)
    count, size = len(images), images.shape[1:3]
    if size == shape[:2]:
        return np.ascontiguousarray(images).reshape(count, -1), ""
    if shape == GREY and size == PADDED and _empty_rim(images):
        note = tr(
            "Images of {size} pixels had an empty rim, which was cut off.", size=size_of(size)
        )
        inside = images[:, RIM:-RIM, RIM:-RIM]
        return np.ascontiguousarray(inside).reshape(count, -1), note
    digits = shape == GREY and not _fills_its_frame(images)
    scale: Callable[[Bytes], Bytes] = by_ink if digits else as_a_whole
    found = np.empty((count, *shape[: images.ndim - 1]), np.uint8)
    for number, image in enumerate(images):
        found[number] = scale(image)
        if number % CHUNK == 0:
            yield number, count
    fields = {"size": size_of(size), "new": size_of(shape[:2])}
    said = (
        tr(
            "Images of {size} pixels were scaled to {new}: their ink to 20 pixels, its middle to "
            "the middle, as MNIST was made.",
            **fields,
        )
        if digits
        else tr("Images of {size} pixels were scaled to {new}.", **fields)
    )
    return found.reshape(count, -1), said


def _empty_rim(images: Bytes) -> bool:
    sides = (images[:, :RIM], images[:, -RIM:], images[:, :, :RIM], images[:, :, -RIM:])
    return not any(side.any() for side in sides)


def by_ink(image: Bytes) -> Bytes:
    """A grey image (height, width) as MNIST would have it, (28, 28)."""
    found = normalise(np.where(image < FAINT, np.uint8(0), image))
    return np.zeros(GREY[:2], np.uint8) if found is None else found.image


def as_a_whole(image: Bytes) -> Bytes:
    """An image (height, width) scaled to (28, 28), or one in colours to (32, 32, 3)."""
    if image.ndim == FLAT:
        return resized(image, *GREY[:2])
    colours = [resized(image[..., colour], *COLOUR[:2]) for colour in range(COLOUR[2])]
    return np.stack(colours, axis=-1)


def _fills_its_frame(images: Bytes) -> bool:
    """Whether most pixels at the edges of grey images carry something: those show no ink."""
    some = images[:LOOKED_AT]
    edges = np.concatenate([some[:, 0], some[:, -1], some[:, :, 0], some[:, :, -1]], axis=1)
    return bool(np.count_nonzero(edges) > FILLED * edges.size)
