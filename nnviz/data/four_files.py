"""The four IDX files that MNIST and sets like it are kept in: their names and their content."""

import os
from pathlib import Path

from nnviz.data.arrays import Bytes
from nnviz.data.idx import DigitsError, idx_shape, read_idx
from nnviz.data.shapes import COLOUR, GREY, Shape, size_of

PARTS = {
    "train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
}
COLOUR_PARTS = {
    "train": ("train-images-idx4-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx4-ubyte", "t10k-labels-idx1-ubyte"),
}


def is_plain(folder: Path) -> bool:
    """Whether a folder holds one of the four files at least, and the images of those that it holds
    need no scaling, as far as can be told."""
    every = {stem for parts in (PARTS, COLOUR_PARTS) for part in parts.values() for stem in part}
    if not os.path.isdir(folder) or not any(find(folder, stem) for stem in every):
        return False
    for stems in (*PARTS.values(), *COLOUR_PARTS.values()):
        path = find(folder, stems[0])
        shape = path and idx_shape(path)
        if shape and len(shape) >= 3 and shape[1:] not in (GREY[:2], COLOUR):
            return False
    return True


def read_part(folder: Path, part: str, shape: Shape) -> tuple[Bytes, Bytes]:
    """Images (images, inputs) of a shape, and labels (images,), of the part train or test. Raises
    DigitsError."""
    stems = COLOUR_PARTS if shape == COLOUR else PARTS
    image_path, label_path = (existing(folder, stem) for stem in stems[part])
    images = read_idx(image_path, dimensions=4 if shape == COLOUR else 3)
    labels = read_idx(label_path, dimensions=1)
    if images.shape[1:] != (shape if shape == COLOUR else shape[:2]):
        raise DigitsError(
            "{file} holds images of {size} pixels; nnviz reads {grey}, or {colour} in colour.",
            file=image_path,
            size=size_of(images.shape[1:]),
            grey=size_of(GREY[:2]),
            colour=size_of(COLOUR),
        )
    check_labels(image_path, images, label_path, labels)
    if not len(images):
        raise DigitsError("{file} holds no image.", file=image_path)
    return images.reshape(len(images), -1), labels


def check_labels(image_path: Path, images: Bytes, label_path: Path, labels: Bytes) -> None:
    """Makes sure that there is a label for each image. Raises DigitsError."""
    if len(images) != len(labels):
        raise DigitsError(
            "{file} holds {images} images but {label_file} {labels} labels.",
            file=image_path,
            images=len(images),
            label_file=label_path.name,
            labels=len(labels),
        )


def existing(folder: Path, stem: str) -> Path:
    """The file of one of PARTS in a folder, plain or gzipped. Raises DigitsError."""
    path = find(folder, stem)
    if path is None:
        raise DigitsError(
            "The folder {folder} has no file {stem} or {stem}.gz.", folder=folder, stem=stem
        )
    return path


def find(folder: Path, stem: str) -> Path | None:
    """The same; None where there is none."""
    # some copies of MNIST write a dot where the originals have a dash
    for name in (stem, stem.replace("-idx", ".idx")):
        for path in (folder / name, folder / f"{name}.gz"):
            if os.path.isfile(path):
                return path
    return None
