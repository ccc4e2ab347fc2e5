"""What the bars and words of the one-neuron view say of a state."""

import numpy as np

from nnviz.questions.detectors.inputs import Fired
from nnviz.questions.detectors.measures import Detector
from nnviz.questions.detectors.report import (
    against_chance,
    looks_like,
    matters,
    selective,
)
from nnviz.ui.detectors.neurons_shown import NeuronsSeen, answer_or_next, signed
from nnviz.ui.detectors.signed_bars import SignedBar, SignedView
from nnviz.ui.pages.output_words import shows_bits
from nnviz.verdicts.verdict import MOST_ROWS

LONG_NAME = 92


def outgoing(view: NeuronsSeen, member: int, neuron: int) -> SignedView:
    """The weights from a neuron to the outputs that read it, at most MOST_ROWS."""
    network, layout = view.seen.network, view.layout
    operation = view.operations.at(member, neuron)
    heard = 0.0 if operation.off else operation.scale
    if layout.heads:
        outputs = layout.heads[tuple(range(layout.classes))]
    else:
        outputs = np.flatnonzero(network.output_networks == member)[:MOST_ROWS]
    names = [_output_name(view, output) for output in outputs.tolist()]
    weights = (heard * np.nan_to_num(network.output_weights[outputs, neuron])).tolist()
    by_class = bool(layout.heads) or layout.one_hot
    answer = view.digits.class_names[answer_or_next(view)] if by_class else ""
    whole = float(np.abs(np.nan_to_num(network.output_weights[outputs])).max(initial=0))
    bars = tuple(
        SignedBar(name, weight, signed(weight), name == answer)
        for name, weight in zip(names, weights, strict=True)
    )
    wide = any(len(name) > 2 for name in names)
    title = "weight to each output" if len(bars) > 1 else "weight to its output"
    width = LONG_NAME if wide else 40
    return SignedView(title, bars, whole, name_width=width, short="weights out")


def _output_name(view: NeuronsSeen, output: int) -> str:
    layout, names = view.layout, view.digits.class_names
    asked = layout.table[output]
    if layout.heads or layout.one_hot:
        return names[int(asked.argmax())]
    if (asked != 0).sum() == 2 and layout.has_pairs:
        return f"{names[int(asked.argmax())]}, not {names[int(asked.argmin())]}"
    rows = view.verdict.rows(names)
    if shows_bits(view.layout, rows):
        return rows[output].name
    return f"output {output + 1}"


def by_class(view: NeuronsSeen, found: Fired) -> SignedView:
    """The mean activity of a neuron over the digits of each class."""
    names, label = view.digits.class_names, view.label
    means = found.class_means.tolist()
    bars = tuple(
        SignedBar(name, mean, f"{mean:.2f}", number == label)
        for number, (name, mean) in enumerate(zip(names, means, strict=True))
    )
    one_sided = min(means) >= 0
    ends = view.seen.network.activation != "relu"
    whole = 1.0 if ends else max(means)
    wide = any(len(name) > 2 for name in names)
    width = LONG_NAME if wide else 40
    title, short = "mean activity by class", "mean activity"
    return SignedView(title, bars, whole, one_sided, width, short)


def shape_in_words(detector: Detector | None, title: str) -> str:
    """The name of a neuron and what its weight image looks like."""
    return title if detector is None else f"{title}: {looks_like(detector)}"


def facts_in_words(view: NeuronsSeen, detector: Detector) -> str:
    """How sure that is, whether it tells classes apart, and what is lost without it."""
    lost = matters(detector, len(view.digits.labels))
    return f"{against_chance(detector)} {selective(detector)} {lost}"


def unmeasured_in_words(view: NeuronsSeen) -> str:
    """Why there are no facts yet."""
    if view.engine == "starting":
        return "The neurons are measured once the training process is there."
    if view.film:
        return "Measured once the film rests on a moment."
    return "Measured at the next pause." if view.running else "Being measured …"
