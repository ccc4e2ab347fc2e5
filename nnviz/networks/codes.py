"""Code words: which outputs should fire for each class.

A code is written as one word of 0s and 1s per class, or as the name of a preset.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import MOST_CLASSES
from nnviz.errors import Refusal
from nnviz.words import commas, listed, tr

Codes = NDArray[np.int8]
BITS = range(4, 17)
"""How many bits a code word may have."""


class CodeError(Refusal):
    """A code that cannot be used; the message is one sentence for the user."""


@dataclass(frozen=True)
class CodePreset:
    """A code with a name."""

    label: str
    help: str
    words: tuple[str, ...]


def _binary(numbers: Sequence[int], bits: int) -> tuple[str, ...]:
    return tuple(f"{number:0{bits}b}" for number in numbers)


def _parities(number: int) -> str:
    """Row of the simplex code: bit j is the parity of the bits that number and j share."""
    return "".join(str((number & j).bit_count() % 2) for j in range(1, 16))


CODE_PRESETS: Mapping[str, CodePreset] = {
    "natural": CodePreset(
        tr("Natural binary"),
        tr("The digit as a binary number: 8, 4, 2, 1."),
        _binary(range(MOST_CLASSES), 4),
    ),
    "gray": CodePreset(
        tr("Gray"),
        tr("Neighbouring digits differ in one bit."),
        _binary([number ^ (number >> 1) for number in range(MOST_CLASSES)], 4),
    ),
    "separable": CodePreset(
        tr("Best by separability"),
        tr("Of all two-way splits of the digits, the four that a small network learns best."),
        ("1011", "1101", "1001", "1000", "0010", "1100", "1110", "0001", "1010", "0000"),
    ),
    "error-correcting": CodePreset(
        tr("Error-correcting, 15 bits"),
        tr("Any two digits differ in eight of 15 bits: three wrong bits do no harm."),
        tuple(_parities(number) for number in range(MOST_CLASSES)),
    ),
}


def words_of(code: str) -> tuple[str, ...]:
    """The code words of a preset or of a list like 0000,0001,0010. Raises CodeError."""
    if code in CODE_PRESETS:
        return CODE_PRESETS[code].words
    words = tuple(word.strip() for word in code.split(","))
    if any(not word or set(word) - {"0", "1"} for word in words):
        raise CodeError(
            "The code must be one of {presets}, or words of 0 and 1 with commas between them, not "
            "{code}.",
            presets=commas(CODE_PRESETS),
            code=repr(code),
        )
    lengths = {len(word) for word in words}
    if len(lengths) > 1:
        raise CodeError("All words of a code must have the same number of bits.")
    if lengths.pop() not in BITS:
        raise CodeError(
            "A code word must have {least} to {most} bits.", least=BITS.start, most=BITS.stop - 1
        )
    if not 2 <= len(words) <= MOST_CLASSES:
        raise CodeError(
            "A code must have 2 to {most} words, not {words}.", most=MOST_CLASSES, words=len(words)
        )
    if len(set(words)) < len(words):
        twice = next(word for word in words if words.count(word) > 1)
        places = [str(place) for place, word in enumerate(words) if word == twice]
        raise CodeError(
            "The classes {classes} have the same code word {word}.",
            classes=listed(places[:2]),
            word=twice,
        )
    return words


def code_of(words: Sequence[str]) -> str:
    """How a code is written: the name of a preset, or its words with commas."""
    presets = (name for name, each in CODE_PRESETS.items() if each.words == tuple(words))
    return next(presets, ",".join(words))


def code_table(code: str, classes: int) -> Codes:
    """(bits, classes) of +1 and -1. Raises CodeError if the code has too few words."""
    words = words_of(code)
    if len(words) < classes:
        raise CodeError(
            "The code has {count} words, but there are {classes} classes.",
            count=len(words),
            classes=classes,
        )
    bits = np.array([[int(bit) for bit in word] for word in words[:classes]], np.int8)
    return np.ascontiguousarray(2 * bits.T - 1)


def smallest_distance(table: Codes) -> int:
    """The least number of outputs in which the code words of two classes differ.

    Outputs that are not asked of one of the two count as no difference
    (Allwein, Schapire and Singer, JMLR 1 (2000), without their halves).
    """
    return min(_distances(table).values())


def closest_pairs(table: Codes) -> tuple[tuple[int, int], ...]:
    """The pairs of classes, lower one first, whose code words have the smallest distance."""
    distances, least = _distances(table), smallest_distance(table)
    return tuple(pair for pair, distance in distances.items() if distance == least)


def _distances(table: Codes) -> dict[tuple[int, int], int]:
    return {
        (i, j): int(np.count_nonzero(table[:, i] * table[:, j] < 0))
        for i, j in combinations(range(table.shape[1]), 2)
    }
