"""MATLAB's files of before version 7.3: EMNIST, SVHN, and the MNIST of scikit-learn's early days.

The image is the last index there: rows x columns (x colours) x images, or inputs x images.
"""

import io
import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from nnviz.data.forms.content import FEWEST_PIXELS, Content, Numbers, Reading, must_fit
from nnviz.data.forms.members import Member
from nnviz.data.forms.names import named
from nnviz.data.idx import DigitsError
from nnviz.words import commas

BEGINS, NEWER = b"MATLAB 5.0", b"MATLAB 7.3"


def read_matlab(member: Member) -> Reading:
    """The arrays of images and labels. Raises DigitsError."""
    # scipy.io: most data sets do without
    from scipy.io import loadmat, whosmat

    yield 0, 1
    own = named(member.name, member.folders)
    with member.opened() as unpacked:
        content = unpacked.stream.read(_MOST + 1)
    must_fit(str(member), len(content))
    try:
        # what it would unpack, before it does
        sizes = [math.prod(shape) for _, shape, _ in whosmat(io.BytesIO(content))]
    except Exception:  # noqa: BLE001 - SciPy has no error of its own for broken files
        sizes = []
    must_fit(str(member), sum(sizes))
    try:
        tree = loadmat(io.BytesIO(content), simplify_cells=True)
    except Exception as error:
        raise DigitsError("{path} is a damaged MATLAB file.", path=str(member)) from error
    arrays = dict(_arrays(tree, ()))
    images = [path for path, array in arrays.items() if array.ndim >= 2 and array.size > 1]
    found = [_content(member, own.part, path, arrays) for path in images if _is_image(arrays[path])]
    if not found:
        raise DigitsError(
            "{path} holds no images that nnviz finds; it holds {arrays}.",
            path=str(member),
            arrays=commas(".".join(path) for path in arrays) or "0",
        )
    return found


_MOST = 400_000_000
Path = tuple[str, ...]


def _arrays(tree: Mapping[str, Any], above: Path) -> Iterator[tuple[Path, Numbers]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _arrays(value, (*above, key))
        elif isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
            yield (*above, key), value


def _is_image(array: Numbers) -> bool:
    return array.ndim >= 3 or min(array.shape) >= FEWEST_PIXELS


def _content(member: Member, part: str, path: Path, arrays: Mapping[Path, Numbers]) -> Content:
    """The images at a path, with the labels that lie beside them."""
    images = arrays[path]
    beside = {each: array for each, array in arrays.items() if each[:-1] == path[:-1]}
    labels = next(
        (
            array.reshape(-1)
            for array in beside.values()
            if array.size == max(array.shape) and array.size in (images.shape[0], images.shape[-1])
        ),
        None,
    )
    count = images.shape[0] if labels is None else len(labels)
    if images.shape[0] != count or images.ndim >= 3:
        images = np.moveaxis(images, -1, 0)
    told = next((named(each).part for each in path if named(each).part), part)
    return Content(f"{member}, {'.'.join(path)}", told, images, labels)
