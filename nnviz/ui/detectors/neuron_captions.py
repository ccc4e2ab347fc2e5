"""What is written beside every hidden neuron, and said of it."""

import numpy as np

from nnviz.networks.neuron_order import ORDERS, strengths
from nnviz.ui.detectors.neurons_shown import (
    NeuronsSeen,
    Shown,
    answer_or_next,
    mark_of,
    signed,
    speaks_for,
)
from nnviz.ui.kit.weight_images import Floats
from nnviz.ui.pages.output_words import member_in_short, member_in_words

NOT_KNOWN = "…"
LEGENDS = {
    "answer": "below: its push",
    "strength": "below: its strength",
    "moran": "below: Moran's I",
    "blob_share": "below: blob share",
    "stroke_fit": "below: stroke fit",
}
"""Order -> what stands below the images; else the class a neuron speaks for."""
SPEAKS = "below: its class"


def name_of(view: NeuronsSeen, shown: Shown, place: int) -> str:
    """The number of a neuron, after its network where several are shown."""
    member, neuron = shown.key(place)
    if len(shown.members) == 1:
        return f"{neuron}"
    return f"{member_in_short(view.layout, view.digits.class_names, member)} · {neuron}"


def captions_of(view: NeuronsSeen, shown: Shown) -> list[tuple[str, int]]:
    """What stands beside each name, and its sign: what the neurons are sorted by."""
    neurons, measure = shown.neurons, ORDERS[view.detectors.order].measure
    if view.detectors.order == "answer":
        return [(signed(push), int(np.sign(push))) for push in neurons.pushes.tolist()]
    values: Floats | None = neurons.measures.get(measure)
    if view.detectors.order == "strength":
        values = strengths(neurons.weights, neurons.inked)
    if values is not None:
        return [(f"{value:.2f}", 0) for value in values.tolist()]
    if measure:
        return [(NOT_KNOWN, 0)] * len(neurons.weights)
    names = view.digits.class_names
    return [(speaks_for(weights, names), 0) for weights in neurons.class_weights]


def marks_of(view: NeuronsSeen, shown: Shown) -> tuple[str, ...]:
    """What is done to each by hand; nothing where no neuron is operated on."""
    if not view.operations:
        return ()
    keys = (shown.key(place) for place in range(len(shown.activity)))
    return tuple(mark_of(view.operations.at(*key)) for key in keys)


def sentence_of(view: NeuronsSeen, shown: Shown, place: int) -> str:
    """What is said of a neuron."""
    member, neuron = shown.key(place)
    names = view.digits.class_names
    push = float(shown.neurons.pushes[place])
    fires = float(view.verdict.activity[member, neuron])
    answer = names[answer_or_next(view)]
    mark = mark_of(view.operations.at(member, neuron))
    return (
        f"neuron {neuron}{member_in_words(view.layout, names, member)} fires {fires:.2f}; "
        f"{answer} {'up' if push > 0 else 'down'} {abs(push):.1f}, "
        f"{speaks_for(shown.neurons.class_weights[place], names)}"
        f"{f', by hand: {mark}' if mark else ''}"
    )
