"""What the picture of a network shows of bits: their word, and the fixed layer behind outputs."""

from collections.abc import Sequence

import numpy as np

from nnviz.networks.layouts import Layout
from nnviz.ui.train import words
from nnviz.ui.train.bits import THICK
from nnviz.ui.train.view import LayerView, WordView
from nnviz.verdicts.answers import NOT_A_DIGIT_IN_WORDS
from nnviz.verdicts.code_words import CodeWord, code_word
from nnviz.verdicts.verdict import Verdict, bit_names
from nnviz.words import percent


def word_of(
    verdict: Verdict, names: Sequence[str], label: int | None, hidden: bool
) -> WordView | None:
    """The word of the digit on screen; None where the answer is none."""
    found = code_word(verdict, label)
    if found is None:
        return None
    if hidden:
        unknown = (words.UNKNOWN,) * len(found.bits)
        return WordView(unknown, means=words.UNKNOWN, sentence=words.HIDDEN)
    bits = tuple(str(int(bit)) for bit in found.bits)
    remark = "" if label is None else words.of_word(found, names[label])
    sentence = words.word_read_out(found, names)
    if found.meaning >= 0:
        framed = "means" if verdict.answer == found.meaning else ""
        means = names[found.meaning]
        return WordView(bits, found.wrong, means, remark=remark, framed=framed, sentence=sentence)
    return WordView(
        bits,
        found.wrong,
        number="" if found.number is None else str(found.number),
        not_a_digit=NOT_A_DIGIT_IN_WORDS,
        nearest=(words.in_bits(found.nearest_bits), names[found.nearest]),
        remark="" if label == found.nearest else remark,
        framed=_framed(verdict, found),
        sentence=sentence,
    )


def _framed(verdict: Verdict, found: CodeWord) -> str:
    """Which part of an impossible word is the answer, as it is read."""
    if verdict.answer < 0:
        return "not_a_digit"
    return "nearest" if verdict.answer == found.nearest else ""


def layer_of(verdict: Verdict, label: int | None, hidden: bool) -> LayerView | None:
    """The fixed layer, and what goes through it; None without one."""
    layout: Layout = verdict.evidence.layout
    if layout.fixed is None:
        return None
    amounts = layout.fixed.weights * verdict.outputs
    largest = float(np.abs(amounts).max(initial=0)) or 1.0
    thick = np.rint(THICK * np.abs(amounts) / largest).astype(int)
    names = tuple(bit_names(layout.words))
    found = code_word(verdict, label)
    assert found is not None
    bits = tuple(str(int(bit)) for bit in found.bits)
    shares = tuple(percent(value, 0) for value in verdict.bits.tolist())
    marks: tuple[bool | None, ...] = (None,) * len(bits)
    if label is not None:
        marks = tuple(place not in found.wrong for place in range(len(bits)))
    if hidden:
        thick = np.zeros_like(thick)
        bits, shares = (words.UNKNOWN,) * len(bits), ("",) * len(bits)
        marks = (None,) * len(bits)
    return LayerView(
        names,
        bits,
        shares,
        marks,
        tuple(tuple(each) for each in (layout.fixed.weights > 0).tolist()),
        tuple(tuple(each) for each in thick.tolist()),
    )
