"""Two layers among arrays of any names: their shapes say which is which."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, permutations
from pathlib import Path

import numpy as np

from nnviz.data.arrays import Doubles
from nnviz.networks.adopted import HIDDEN_LAYER, LAYERS, OUTPUT_LAYER
from nnviz.networks.foreign.arrays import Array, in_layers
from nnviz.networks.foreign.refusals import ForeignError
from nnviz.networks.network import LARGEST_WEIGHT
from nnviz.networks.settings import SETTINGS
from nnviz.words import commas, plain

OF_OPTIMISER = re.compile(
    r"(^|[^a-z])(optim|optimi[sz]er|opt|exp_avg|exp_avg_sq|max_exp_avg_sq|square_avg|momentum"
    r"|momentum_buffer|velocity|adam|rmsprop|scheduler|lr_scheduler)([^a-z]|$)"
)
"""In the names of arrays that an optimiser keeps, some of which are as large as the layers."""
MOST_NAMED = 4
"""Arrays that a sentence names."""
ROLES = 4
"""Two matrices of weights, two rows of biases."""


@dataclass(frozen=True, eq=False)
class Layers:
    """A way to take arrays for two layers."""

    hidden_weights: Doubles
    """(hidden, inputs)"""
    hidden_biases: Doubles
    """(hidden,)"""
    output_weights: Doubles
    """(outputs, hidden)"""
    output_biases: Doubles
    """(outputs,)"""
    lacks: tuple[str, ...] = ()
    """Which of `adopted.LAYERS` have no biases"""
    unused: tuple[str, ...] = ()
    """Names of arrays in the file that belong to neither"""

    @property
    def hidden(self) -> int:
        """Hidden neurons."""
        return len(self.hidden_biases)

    @property
    def outputs(self) -> int:
        """Output neurons."""
        return len(self.output_biases)


def layers_of(path: Path, named: Mapping[str, Array], inputs: int) -> list[Layers]:
    """All ways to take arrays for two layers of so many inputs, the most natural first; several
    where a matrix is square or both rows of biases are as long. Raises ForeignError."""
    filled = {name: np.asarray(each) for name, each in named.items() if each.size}
    unused = _unused(filled, inputs)
    arrays = {name: each for name, each in filled.items() if name not in unused}
    _must_be_numbers(path, arrays)
    found = list(_ways(list(arrays.values()), inputs)) if len(arrays) <= ROLES else []
    found = [replace(each, unused=unused) for each in found]
    if not found:
        raise _why_none(path, arrays, inputs)
    most = int(SETTINGS["hidden"].opened)
    if found[0].hidden > most:
        raise ForeignError(
            "{path} has {hidden} hidden neurons; nnviz shows up to {most}.",
            path=path,
            hidden=found[0].hidden,
            most=most,
        )
    return found


def _unused(arrays: Mapping[str, Array], inputs: int) -> tuple[str, ...]:
    """What belongs to no layer: what an optimiser kept, counts, settings, and curves that are as
    long as no layer."""
    kept = [name for name in arrays if OF_OPTIMISER.search(name.lower())]
    left = {name: each for name, each in arrays.items() if name not in kept}
    matrices = [each for each in left.values() if each.ndim == 2 and min(each.shape) > 1]
    sizes = _chained(matrices, inputs)
    if (len(matrices), len(sizes)) == (2, 3):
        besides = [n for n, e in left.items() if e.ndim < 2 and e.size not in sizes]
        numbers = all(left[name].ndim == 0 and left[name].dtype.kind in "fiub" for name in besides)
        # a row that should have been one of biases is no such thing
        if numbers or len(left) - len(besides) == ROLES:
            kept += besides
    return tuple(kept)


def _must_be_numbers(path: Path, arrays: Mapping[str, Array]) -> None:
    for name, array in arrays.items():
        if array.dtype.kind not in "fiub":
            raise ForeignError(
                "{path}: {name} holds no numbers that weights could be ({kind}).",
                path=path,
                name=name,
                kind=str(array.dtype),
            )
        if array.dtype.kind == "f" and not _sound(array):
            raise ForeignError(
                "{path} holds weights that are no numbers, or beyond ±{largest}: its learning has "
                "diverged, or it was saved wrong.",
                path=path,
                largest=plain(LARGEST_WEIGHT),
            )


def _sound(array: Array) -> bool:
    values = np.asarray(array, np.float64)
    return bool((np.abs(values) <= LARGEST_WEIGHT).all())  # false of what is no number


def _ways(arrays: Sequence[Array], inputs: int) -> Iterator[Layers]:
    """Each array in one role; those that keep the order of the file come first."""
    with_biases = len(arrays) - 2
    if with_biases not in (0, 1, 2):
        return
    kinds = list(combinations(LAYERS, with_biases))
    for order in permutations(range(len(arrays))):
        first, second, *rest = (arrays[place] for place in order)
        for kind in kinds:
            biases = dict(zip(kind, rest, strict=True))
            yield from _fitting(first, second, biases, inputs)


def _fitting(
    first: Array, second: Array, biases: Mapping[str, Array], inputs: int
) -> Iterator[Layers]:
    for turned in (False, True):
        for second_turned in (turned, not turned):
            upper, lower = _turned(first, turned), _turned(second, second_turned)
            if upper is None or lower is None:
                continue
            if upper.shape[1] != inputs or lower.shape[1] != len(upper):
                continue
            rows = {HIDDEN_LAYER: len(upper), OUTPUT_LAYER: len(lower)}
            if all(_is_row(biases[each], rows[each]) for each in biases):
                yield Layers(
                    upper,
                    _row(biases.get(HIDDEN_LAYER), len(upper)),
                    lower,
                    _row(biases.get(OUTPUT_LAYER), len(lower)),
                    tuple(each for each in rows if each not in biases),
                )


def _turned(matrix: Array, turned: bool) -> Doubles | None:
    if matrix.ndim != 2:
        return None
    return np.asarray(matrix.T if turned else matrix, np.float64)


def _is_row(array: Array, length: int) -> bool:
    return array.size == length and length in array.shape and array.ndim <= 2


def _row(array: Array | None, length: int) -> Doubles:
    return np.zeros(length) if array is None else np.asarray(array, np.float64).reshape(length)


def _why_none(path: Path, arrays: Mapping[str, Array], inputs: int) -> ForeignError:
    """Why arrays are no network of two layers, as exactly as can be told."""
    matrices = {name: e for name, e in arrays.items() if e.ndim == 2 and min(e.shape) > 1}
    thick = [name for name, each in arrays.items() if each.ndim > 2 and each.size > 1]
    if thick:
        return ForeignError(
            "{path} holds arrays of more than two dimensions ({names}), as convolutions have; "
            "nnviz opens networks of two full layers, such as {inputs}-30-10.",
            path=path,
            names=_named(thick),
            inputs=str(inputs),
        )
    sizes = _chained(list(matrices.values()), inputs)
    first = [name for name, each in matrices.items() if inputs in each.shape]
    if len(first) > 1 and len({matrices[name].shape for name in first}) == 1:
        return ForeignError(
            "{path} holds several arrays of one shape ({names}): which of them are the network's "
            "is not known; save it without an optimiser's, and without earlier or averaged "
            "weights.",
            path=path,
            names=_named(first),
        )
    if len(sizes) > 3:
        return ForeignError(
            "{path} is a network {sizes} with {count} hidden layers; nnviz opens those with one.",
            path=path,
            sizes=in_layers(sizes),
            count=len(sizes) - 2,
        )
    if len(matrices) == 1 and len(sizes) == 2:
        return ForeignError(
            "{path} is a network {sizes} without a hidden layer, in which there is nothing to look "
            "into; nnviz opens those with one.",
            path=path,
            sizes=in_layers(sizes),
        )
    if len(sizes) == 3 and len(arrays) > ROLES:
        return ForeignError(
            "{path} holds more than two layers {sizes}: what belongs to {names} (as of batch "
            "normalisation or an optimiser) is not known; save a network without them.",
            path=path,
            sizes=in_layers(sizes),
            names=_named(_besides(arrays, sizes)),
        )
    return ForeignError(
        "{path} holds no two layers {inputs}-n-10 that fit together: {shapes}.",
        path=path,
        inputs=str(inputs),
        shapes=_shapes(arrays),
    )


def _chained(matrices: Sequence[Array], inputs: int) -> list[int]:
    """The sizes of the layers that matrices make, from the inputs on, in any order and turned or
    not; shorter where one does not fit."""
    sizes, left = [inputs], list(matrices)
    while left:
        fitting = next((each for each in left if sizes[-1] in each.shape), None)
        if fitting is None:
            break
        left = [each for each in left if each is not fitting]
        rows, columns = fitting.shape
        sizes.append(rows if columns == sizes[-1] else columns)
    return sizes


def _besides(arrays: Mapping[str, Array], sizes: Sequence[int]) -> list[str]:
    """The arrays that neither layer wants."""
    left = dict(arrays)
    wanted = [{above, below} for above, below in pairwise(sizes)]
    wanted += [{size} for size in sizes[1:]]
    for shape in wanted:
        own = (name for name, each in left.items() if each.ndim and set(each.shape) - {1} == shape)
        left.pop(next(own, ""), None)
    return list(left)


def _named(names: Iterable[str]) -> str:
    listed = list(names)
    more = ["…"] if len(listed) > MOST_NAMED else []
    return commas(listed[:MOST_NAMED] + more)


def _shapes(arrays: Mapping[str, Array]) -> str:
    sides = (" x ".join(map(str, each.shape)) or "1" for each in arrays.values())
    told = [f"{name} {shape}" for name, shape in zip(arrays, sides, strict=True)]
    return _named(told) or "-"
