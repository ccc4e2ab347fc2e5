"""Why a design whose answer follows from bits of its outputs says what it says."""

import numpy as np

from nnviz.networks.bit_layer import FixedLayer
from nnviz.networks.layouts import Layout
from nnviz.session.state import State
from nnviz.ui.pages.elimination_words import listed
from nnviz.ui.pictures.bit_layer_picture import natural_bit_names
from nnviz.verdicts.verdict import Verdict


def decided_by_bits(state: State) -> bool:
    """Whether its bits say another class than the label, so that they are what went wrong."""
    label = state.shown_label
    wrong = label is not None and state.sure_verdict.answer != label
    return state.layout.fixed is not None and wrong and bool(wrong_bits(state))


def bits_headline(state: State) -> str:
    """What was read, and what the label would have been."""
    layout, verdict, label = state.layout, state.sure_verdict, state.shown_label
    assert label is not None
    read = "".join(str(int(bit > 0.5)) for bit in verdict.bits.tolist())
    word = "".join(str(int(bit > 0)) for bit in layout.words[:, label].tolist())
    return (
        f"Label {state.named(label)}, says {state.named(verdict.answer)}: "
        f"reads {read}; {state.named(label)} is {word}."
    )


def bits_basis(state: State) -> str:
    """Which bits were read wrong, and which outputs made the first of them so."""
    fixed, wrong = state.layout.fixed, wrong_bits(state)
    assert fixed is not None
    names = natural_bit_names(len(state.layout.words))
    told = f"Bit {names[wrong[0]]} is wrong: {_sums(state.sure_verdict, fixed, state, wrong[0])}."
    if len(wrong) == 1:
        return told
    others = listed([names[bit] for bit in wrong[1:]])
    return f"{told} So {'is bit' if len(wrong) == 2 else 'are bits'} {others}."


def wrong_bits(state: State) -> list[int]:
    """The bits in which what was read is not the code word of the label."""
    layout: Layout = state.layout
    label = state.shown_label
    assert label is not None
    word, read = layout.words[:, label], state.sure_verdict.bits > 0.5
    return [int(bit) for bit in np.flatnonzero((word != 0) & ((word > 0) != read))]


def _sums(verdict: Verdict, fixed: FixedLayer, state: State, bit: int) -> str:
    weights, outputs = fixed.weights[bit], verdict.outputs
    names = state.digits.class_names
    on = listed([names[each] for each in np.flatnonzero(weights > 0)])
    reached, limit = float(outputs[weights > 0].sum()), -float(fixed.biases[bit] / weights.max())
    against = (weights < 0).any()
    if against:
        limit = float(outputs[weights < 0].sum())
    places = 2 if abs(reached - limit) >= 0.01 else 4
    told = f"{limit:.{places}f}"
    rest = f"the others to {told}" if against else f"and more than {told} would be 1"
    return f"outputs {on} add up to {reached:.{places}f}, {rest}"
