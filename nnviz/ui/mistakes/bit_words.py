"""Why a design whose answer follows from bits of its outputs says what it says."""

import numpy as np

from nnviz.networks.bit_layer import FixedLayer
from nnviz.networks.layouts import Layout
from nnviz.ui.elimination.words import listed
from nnviz.ui.mistakes.digit_seen import DigitSeen
from nnviz.ui.pages.output_words import natural_bit_names
from nnviz.verdicts.verdict import Verdict


def decided_by_bits(view: DigitSeen) -> bool:
    """Whether its bits say another class than the label, so that they are what went wrong."""
    label = view.label
    wrong = label is not None and view.verdict.answer != label
    return view.layout.fixed is not None and wrong and bool(wrong_bits(view))


def bits_headline(view: DigitSeen) -> str:
    """What was read, and what the label would have been."""
    layout, verdict, label = view.layout, view.verdict, view.label
    assert label is not None
    read = "".join(str(int(bit > 0.5)) for bit in verdict.bits.tolist())
    word = "".join(str(int(bit > 0)) for bit in layout.words[:, label].tolist())
    return (
        f"Label {view.named(label)}, says {view.named(verdict.answer)}: "
        f"reads {read}; {view.named(label)} is {word}."
    )


def bits_basis(view: DigitSeen) -> str:
    """Which bits were read wrong, and which outputs made the first of them so."""
    fixed, wrong = view.layout.fixed, wrong_bits(view)
    assert fixed is not None
    names = natural_bit_names(len(view.layout.words))
    told = f"Bit {names[wrong[0]]} is wrong: {_sums(view.verdict, fixed, view, wrong[0])}."
    if len(wrong) == 1:
        return told
    others = listed([names[bit] for bit in wrong[1:]])
    return f"{told} So {'is bit' if len(wrong) == 2 else 'are bits'} {others}."


def wrong_bits(view: DigitSeen) -> list[int]:
    """The bits in which what was read is not the code word of the label."""
    layout: Layout = view.layout
    label = view.label
    assert label is not None
    word, read = layout.words[:, label], view.verdict.bits > 0.5
    return [int(bit) for bit in np.flatnonzero((word != 0) & ((word > 0) != read))]


def _sums(verdict: Verdict, fixed: FixedLayer, view: DigitSeen, bit: int) -> str:
    weights, outputs = fixed.weights[bit], verdict.outputs
    names = view.digits.class_names
    on = listed([names[each] for each in np.flatnonzero(weights > 0)])
    reached, limit = float(outputs[weights > 0].sum()), -float(fixed.biases[bit] / weights.max())
    against = (weights < 0).any()
    if against:
        limit = float(outputs[weights < 0].sum())
    places = 2 if abs(reached - limit) >= 0.01 else 4
    told = f"{limit:.{places}f}"
    rest = f"the others to {told}" if against else f"and more than {told} would be 1"
    return f"outputs {on} add up to {reached:.{places}f}, {rest}"
