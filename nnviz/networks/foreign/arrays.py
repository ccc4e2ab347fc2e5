"""The arrays of files that others wrote, by name and in the order of the file."""

import json
import warnings
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tokenize import TokenError
from typing import Any

import numpy as np
import safetensors
from numpy.typing import NDArray

from nnviz.networks.foreign.kinds import JSON, NPZ, SAFETENSORS
from nnviz.networks.foreign.refusals import ForeignError
from nnviz.words import tr

Array = NDArray[np.generic]
LARGEST = 64_000_000
"""Bytes of a file, and of what it unpacks to: 8 bytes for each weight of a network with the most
hidden neurons come to a fifth of it. As JSON a weight takes 20."""
MOST_ARRAYS = 1000
BOOK = ("sizes", "weights", "biases")
"""What the description of a network by the book's program holds."""
COSTS = {"CrossEntropyCost": "cross-entropy", "QuadraticCost": "quadratic"}
"""The book's name of a cost -> ours"""
_FLOATS = {"F64": "<f8", "F32": "<f4", "F16": "<f2"}
_WHOLE = {"I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1", "U8": "u1", "BOOL": "?"}


@dataclass(frozen=True)
class Arrays:
    """What a file holds."""

    named: Mapping[str, Array]
    activation: str = ""
    """Of the hidden layer, where the kind of file says it"""
    cost: str = ""
    """One of COSTS, where it says that; its outputs are sigmoids then"""


@dataclass
class _Found:
    named: dict[str, Array] = field(default_factory=dict)

    def put(self, name: str, value: object) -> None:
        """Lists of numbers under their name, or that of their place in lists and mappings."""
        if isinstance(value, Mapping):
            for key, each in value.items():
                self.put(f"{name}.{key}" if name else str(key), each)
        elif isinstance(value, list) and not _rectangular(value):
            for place, each in enumerate(value):
                self.put(f"{name}.{place}" if name else str(place), each)
        elif isinstance(value, list | int | float):
            self.named[name] = np.array(value)  # of objects, where a number is too large


def read_arrays(path: Path, kind: str) -> Arrays:
    """The arrays of a file of one of the kinds that can be opened. Raises ForeignError, OSError."""
    if path.stat().st_size > LARGEST:
        raise ForeignError(
            "{path} is larger than any network of one hidden layer that nnviz shows.", path=path
        )
    if kind == SAFETENSORS:
        return Arrays(dict(_of_safetensors(path)))
    if kind == NPZ:
        return Arrays(dict(_of_npz(path)))
    assert kind == JSON
    return _of_json(path)


def may_be_network(path: Path) -> bool:
    """Whether an .npz file holds nothing but what weights could be, not images and labels."""
    try:
        arrays = read_arrays(path, NPZ).named.values()
    except (ForeignError, OSError):
        return False
    return len(arrays) > 1 and all(each.dtype.kind == "f" and each.ndim < 3 for each in arrays)


def _of_safetensors(path: Path) -> Iterator[tuple[str, Array]]:
    try:
        tensors = safetensors.deserialize(path.read_bytes())  # type: ignore[no-untyped-call]
    except safetensors.SafetensorError as error:
        raise ForeignError("{path} is damaged, or no network file.", path=path) from error
    for name, tensor in tensors:
        shape, content, dtype = tensor["shape"], tensor["data"], tensor["dtype"]
        if dtype == "BF16":  # the upper half of a float32
            wide = np.frombuffer(content, "<u2").astype("<u4") << 16
            yield name, wide.view("<f4").reshape(shape)
        elif dtype in _FLOATS or dtype in _WHOLE:
            yield name, np.frombuffer(content, (_FLOATS | _WHOLE)[dtype]).reshape(shape)
        else:
            raise ForeignError(
                "{path}: {name} holds numbers of the kind {kind}; save them as float32.",
                path=path,
                name=name,
                kind=dtype,
            )


def _of_npz(path: Path) -> Iterator[tuple[str, Array]]:
    # our own files need none
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
        if sum(each.file_size for each in members) > LARGEST or len(members) > MOST_ARRAYS:
            raise ForeignError(
                "{path} unpacks to more than any network of one hidden layer that nnviz shows.",
                path=path,
            )
        with warnings.catch_warnings(), np.load(path, allow_pickle=False) as arrays:
            warnings.simplefilter("ignore")  # of headers that Python 2 wrote
            for name in arrays.files:
                yield name, _of_member(path, name, arrays)
    # what zlib, zipfile and the headers of numpy find wrong
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        LookupError,
        MemoryError,
        NotImplementedError,
        OverflowError,
        RuntimeError,
        SyntaxError,
        TokenError,
        TypeError,
        ValueError,
    ) as error:
        if isinstance(error, ForeignError):
            raise
        raise ForeignError("{path} is damaged, or no network file.", path=path) from error


def _of_member(path: Path, name: str, arrays: Mapping[str, Array]) -> Array:
    try:
        return arrays[name]
    except ValueError as error:
        if "allow_pickle" not in str(error):
            raise
        raise ForeignError(
            "{path}: {name} holds Python objects as a pickle, which is never opened; save the "
            'arrays one by one: numpy.savez("net.npz", *arrays).',
            path=path,
            name=name,
        ) from error


def _of_json(path: Path) -> Arrays:
    try:
        content: Any = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ForeignError("{path} is damaged, or no network file.", path=path) from error
    if isinstance(content, Mapping) and all(name in content for name in BOOK):
        return _of_book(path, content)
    found = _Found()
    try:
        found.put("", content)
    except (TypeError, ValueError, OverflowError, RecursionError):
        found = _Found()
    if not any(array.ndim for array in found.named.values()):
        raise ForeignError(
            "{path} is JSON, but neither of the book's network2.py (sizes, weights, biases, cost) "
            "nor arrays of weights and biases.",
            path=path,
        )
    return Arrays(found.named)


def _of_book(path: Path, content: Mapping[str, Any]) -> Arrays:
    """What `Network.save` of network2.py writes: (neurons, inputs) weights and (neurons, 1)
    biases of each layer."""
    sizes, weights, biases = (content[name] for name in BOOK)
    if not isinstance(sizes, list) or len(sizes) != 3:
        raise ForeignError(
            "{path} is a network of the book with the layers {sizes}; nnviz opens those with one "
            "hidden layer, such as 784-30-10.",
            path=path,
            sizes=in_layers(sizes),
        )
    found = _Found()
    for name, layers in (("weights", weights), ("biases", biases)):
        if not isinstance(layers, list) or len(layers) != 2 or not all(map(_rectangular, layers)):
            raise ForeignError(
                "{path} is damaged: {name} must be two lists of numbers, one for each layer.",
                path=path,
                name=name,
            )
        for place, layer in enumerate(layers):
            found.named[f"{name}.{place}"] = np.array(layer)
    return Arrays(found.named, "sigmoid", COSTS.get(str(content.get("cost")), "cross-entropy"))


def in_layers(sizes: object) -> str:
    """784-30-10"""
    if not isinstance(sizes, Sequence) or not 0 < len(sizes) <= 20:
        return tr("unknown")
    return "-".join(str(size)[:9] for size in sizes)


def _rectangular(value: object) -> bool:
    """Whether nested lists are an array of numbers."""
    if not isinstance(value, list) or not value:
        return False
    if all(isinstance(each, int | float) for each in value):
        return True
    inner = [isinstance(each, list) and _rectangular(each) for each in value]
    if not all(inner):
        return False
    sides = {len(each) for each in value}
    return len(sides) == 1 and not isinstance(value[0][0], list)
