"""What the pictures of one digit show: the neurons behind a lead, and all designs' answers."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from nnviz.networks.designs import DESIGNS
from nnviz.questions.neighbours import Nearest
from nnviz.session.state import Work
from nnviz.ui.kit.weight_images import Floats, shared_limit
from nnviz.ui.mistakes.answer_rows import AnswerRow, AnswersView
from nnviz.ui.mistakes.digit_words import (
    BIAS,
    LEAD,
    answers_title,
    basis,
    bits_basis,
    bits_headline,
    lead_in_words,
    near_title,
    near_told,
    neuron_in_words,
    other_neurons,
    pushes_title,
    told_of_digit,
)
from nnviz.ui.mistakes.neighbour_row import NeighbourView
from nnviz.ui.mistakes.push_rows import Neuron, PushRow, PushView
from nnviz.ui.mistakes.seen import DigitSeen
from nnviz.ui.mistakes.words import NONE
from nnviz.ui.pages.output_words import signed
from nnviz.verdicts.leads import Lead, lead_of
from nnviz.verdicts.verdict import Verdict

MOST_TOLD = 3
"""Labels of neighbours that are counted in words."""
Neurons = list[Neuron]


def classes_compared(view: DigitSeen) -> tuple[int, int]:
    """The answer, and what it is compared with: what the user chose, else its label where it is
    misread, else the class next to it. For no digit's word, the likeliest class stands for it."""
    verdict = view.verdict
    last = verdict.steps[-1]
    order = sorted(zip(last.scores, last.in_play, strict=True), key=lambda each: -each[0])
    answer = verdict.answer if verdict.answer >= 0 else order[0][1]
    if view.pair is not None and answer in view.pair:
        first, second = view.pair
        return answer, second if first == answer else first
    label = view.label
    if label is not None and answer != label:
        return answer, label
    return answer, next(each for _, each in order if each != answer)


def lead_shown(view: DigitSeen) -> Lead:
    """That of the answer over what it is compared with."""
    return lead_of(view.network, view.layout, view.pixels, *classes_compared(view))


def tells_how_likely(view: DigitSeen) -> bool:
    """Whether a lead is the logarithm of how many times likelier one class is."""
    layout = view.layout
    if layout.fixed is not None:
        return False
    if layout.one_hot and not layout.heads:
        alone = len(layout.table) == layout.classes
        return alone and view.seen.network.output_activation == "softmax"
    return layout.has_pairs or layout.has_bits


def explained(view: DigitSeen, lead: Lead) -> tuple[str, str]:
    """Who leads by how much, and what that rests on; where an answer follows from bits of the
    outputs, the bits that went wrong."""
    wrong, label, fixed = wrong_bits(view), view.label, view.layout.fixed
    if wrong and label is not None and fixed is not None:
        return bits_headline(view, label), bits_basis(view, fixed, wrong)
    told = lead_in_words(lead, view.digits.class_names, tells_how_likely(view))
    return told_of_digit(view, told), basis(view, lead)


def wrong_bits(view: DigitSeen) -> list[int]:
    """The bits in which what was read is not the code word of the label, if that is misread."""
    label = view.label
    if label is None or view.verdict.answer == label or view.layout.fixed is None:
        return []
    word, read = view.layout.words[:, label], view.verdict.bits > 0.5
    return [int(bit) for bit in np.flatnonzero((word != 0) & ((word > 0) != read))]


def push_view(view: DigitSeen, lead: Lead, places: Neurons) -> PushView:
    """Those neurons, all others together, the bias, and the total."""
    names = view.digits.class_names
    amounts = [float(lead.pushes[place]) for place in places]
    count = int(np.count_nonzero(lead.weights)) - len(places)
    several = bool(np.count_nonzero(lead.weights.any(axis=1)) > 1)
    below = {BIAS: lead.bias}
    if count:
        below = {other_neurons(count): float(lead.pushes.sum()) - sum(amounts), **below}
    words = rows_that_add_up([*amounts, *below.values()], len(amounts))
    neurons = tuple(
        PushRow(neuron_in_words(place, several), amount, said, place)
        for place, amount, said in zip(places, amounts, words, strict=False)
    )
    others = zip(below.items(), words[len(amounts) :], strict=False)
    weights = weights_of(view, places)
    return PushView(
        pushes_title(names[lead.first], names[lead.second]),
        neurons,
        tuple(PushRow(*each, said) for each, said in others),
        PushRow(LEAD, lead.total, words[-1]),
        None if view.neuron is None else (view.member, view.neuron),
        max(abs(each) for each in (*amounts, *below.values(), lead.total)) or 1.0,
        weights,
        shared_limit(weights, view.digits.inked),
        view.digits.inked,
        view.digits.shape,
    )


def weights_of(view: DigitSeen, places: Neurons) -> Floats:
    """(neurons, inputs); what is no number is 0"""
    network = view.network
    if not places:
        return np.zeros((0, network.inputs), np.float32)
    members, neurons = np.array(places, np.intp).T
    found: Floats = np.nan_to_num(network.hidden_weights[members, neurons])
    return found


def rows_that_add_up(amounts: Sequence[float], rest: int, places: int = 2) -> tuple[str, ...]:
    """Amounts as signed numbers, and their sum; rounded so that they add up as they stand.

    The amount at `rest`, which stands for many, takes the rounding of all.
    """
    rounded = [round(amount, places) for amount in amounts]
    total = round(math.fsum(amounts), places)
    rounded[rest] = total - math.fsum(each for n, each in enumerate(rounded) if n != rest)
    return tuple(signed(each, places) for each in (*rounded, total))


def answers_view(view: DigitSeen, said: Mapping[str, tuple[Work, Verdict]]) -> AnswersView:
    """How many designs are right, and what each one says."""
    rows = []
    for design, entry in DESIGNS.items():
        if design not in said:
            rows.append(AnswerRow(design, entry.label, "", False, 0.0))
            continue
        verdict = said[design][1]
        answer, label = verdict.answer, view.label
        named = view.digits.class_names[answer] if answer >= 0 else NONE
        right = None if label is None else answer == label
        colour = answer if answer >= 0 else None
        rows.append(AnswerRow(design, entry.label, named, right, verdict.confidence, colour))
    right_ones = None if view.label is None else sum(row.right is True for row in rows)
    return AnswersView(answers_title(right_ones, len(said)), tuple(rows), view.design)


def neighbour_view(view: DigitSeen, found: Nearest, by_pixels: bool) -> NeighbourView:
    """Which training digits are near, and how many have the answer's label."""
    names, answer, label = view.digits.class_names, view.verdict.answer, view.label
    labels = found.labels.tolist()
    counts = np.bincount(found.labels, minlength=len(names))
    order = [answer] if answer >= 0 else []
    order += [label] if label is not None and label != answer else []
    order += [each for each in np.argsort(-counts, kind="stable").tolist() if each not in order]
    told = [(names[each], int(counts[each])) for each in order if counts[each] or each == answer]
    if len(told) > MOST_TOLD:
        told[MOST_TOLD - 1 :] = [("", len(labels) - sum(each for _, each in told[: MOST_TOLD - 1]))]
    facts = zip(found.numbers.tolist(), labels, found.distances.tolist(), strict=True)
    return NeighbourView(
        near_title(told, len(labels), by_pixels),
        found.images,
        view.digits.shape,
        tuple(names[each] for each in labels),
        tuple("solid" if each == answer else "dashed" if each == label else "" for each in labels),
        tuple(near_told(number, names[each], far) for number, each, far in facts),
    )
