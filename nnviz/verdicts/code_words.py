"""The bits of one digit as a word: what it means, which word is nearest, which bits are wrong."""

from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Bools
from nnviz.networks.codes import code_table
from nnviz.verdicts.readings import literal_bits, nearest_code
from nnviz.verdicts.verdict import Verdict

Bits = tuple[bool, ...]


@dataclass(frozen=True)
class CodeWord:
    """What the bits of a design say, as one word."""

    bits: Bits
    """Each one that is above one half."""
    meaning: int
    """The class whose word it is, or NOT_A_DIGIT."""
    number: int | None
    """The number that the bits write, where they are those of a number."""
    nearest: int
    """The class whose word is nearest to all bits."""
    nearest_bits: Bits
    """The word of that class."""
    wanted: Bits | None
    """The word of the label, where that is known."""

    @property
    def wrong(self) -> tuple[int, ...]:
        """The places of the bits that are not those of the label."""
        pairs = zip(self.bits, self.wanted or self.bits, strict=True)
        return tuple(place for place, (own, right) in enumerate(pairs) if own != right)


def code_word(verdict: Verdict, label: int | None) -> CodeWord | None:
    """The word of a verdict; None where the answer is no code word."""
    evidence = verdict.evidence
    if not evidence.layout.has_bits:
        return None
    words, bits = evidence.layout.words > 0, verdict.bits > 0.5
    nearest = int(nearest_code(evidence).classes[0])
    natural = np.array_equal(evidence.layout.words, code_table("natural", evidence.layout.classes))
    return CodeWord(
        _plain(bits),
        int(literal_bits(evidence).classes[0]),
        sum(1 << place for place, bit in enumerate(bits[::-1].tolist()) if bit)
        if natural
        else None,
        nearest,
        _plain(words[:, nearest]),
        None if label is None else _plain(words[:, label]),
    )


def _plain(bits: Bools) -> Bits:
    return tuple(bool(bit) for bit in bits)
