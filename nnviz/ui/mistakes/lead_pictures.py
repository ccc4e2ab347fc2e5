"""What the pictures of one digit show: the neurons behind a lead, and all designs' answers."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from nnviz.networks.designs import DESIGNS
from nnviz.questions.neighbours import Nearest
from nnviz.session.state import Work
from nnviz.ui.elimination.words import listed
from nnviz.ui.kit.weight_images import Floats, shared_limit
from nnviz.ui.mistakes.answer_rows import AnswerRow
from nnviz.ui.mistakes.digit_seen import DigitSeen
from nnviz.ui.mistakes.lead_words import rows_that_add_up
from nnviz.ui.mistakes.neighbour_row import NeighbourView
from nnviz.ui.mistakes.push_rows import PushRow, PushView
from nnviz.verdicts.leads import Lead
from nnviz.verdicts.verdict import Verdict

MOST_TOLD = 3
"""Labels of neighbours that are counted in words."""
Places = list[tuple[int, int]]
"""(network, neuron) each"""


def push_view(view: DigitSeen, lead: Lead, places: Places) -> PushView:
    """Those neurons, all others together, the bias, and the total."""
    names = view.digits.class_names
    amounts = [float(lead.pushes[place]) for place in places]
    count = int(np.count_nonzero(lead.weights)) - len(places)
    others = float(lead.pushes.sum()) - sum(amounts)
    told = [f"{count} other neuron{'' if count == 1 else 's'}"] if count else []
    plain = [others] if count else []
    words = rows_that_add_up([*amounts, *plain, lead.bias], len(amounts))
    neurons = tuple(
        PushRow(
            _name(lead, place),
            amount,
            said,
            place == (view.member, view.neuron),
        )
        for place, amount, said in zip(places, amounts, words, strict=False)
    )
    below = zip((*told, "bias"), (*plain, lead.bias), words[len(amounts) :], strict=False)
    weights = weights_of(view, places)
    return PushView(
        f"neurons for {names[lead.first]} (+) and {names[lead.second]} (−)",
        neurons,
        tuple(PushRow(*each) for each in below),
        PushRow("lead", lead.total, words[-1]),
        max((abs(each) for each in (*amounts, *plain, lead.bias, lead.total)), default=1.0) or 1.0,
        weights,
        shared_limit(weights, view.digits.inked),
    )


def weights_of(view: DigitSeen, places: Places) -> Floats:
    """(neurons, inputs); what is no number is 0"""
    network = view.network
    if not places:
        return np.zeros((0, network.inputs), np.float32)
    members, neurons = np.array(places, np.intp).T
    found: Floats = np.nan_to_num(network.hidden_weights[members, neurons])
    return found


def _name(lead: Lead, place: tuple[int, int]) -> str:
    """Which neuron; of which network only where several add to the lead."""
    member, neuron = place
    several = np.count_nonzero(lead.weights.any(axis=1)) > 1
    return f"{member}: neuron {neuron}" if several else f"neuron {neuron}"


def answer_rows(
    view: DigitSeen, said: Mapping[str, tuple[Work, Verdict]]
) -> tuple[str, tuple[AnswerRow, ...]]:
    """How many designs are right, and what each one says."""
    rows = []
    for design, entry in DESIGNS.items():
        if design not in said:
            rows.append(AnswerRow(entry.label, "", False, 0.0))
            continue
        verdict = said[design][1]
        answer = verdict.answer
        rows.append(
            AnswerRow(
                entry.label,
                view.digits.class_names[answer] if answer >= 0 else "none",
                None if view.label is None else answer == view.label,
                verdict.confidence,
                answer if answer >= 0 else None,
                design == view.design,
            )
        )
    if view.label is None:
        return "what each design says", tuple(rows)
    right = sum(row.right is True for row in rows)
    return f"{right} of {len(said)} designs right", tuple(rows)


def neighbour_view(view: DigitSeen, found: Nearest, where: str) -> NeighbourView:
    """Which training digits are near, and how many have the answer's label."""
    names, answer, label = view.digits.class_names, view.verdict.answer, view.label
    labels = found.labels.tolist()
    counts = np.bincount(found.labels, minlength=len(names))
    order = [answer] if answer >= 0 else []
    order += [label] if label is not None and label != answer else []
    order += [each for each in np.argsort(-counts, kind="stable").tolist() if each not in order]
    told = [
        f"{counts[each]} {'is' if counts[each] == 1 else 'are'} {names[each]}"
        for each in order
        if counts[each] or each == answer
    ]
    if len(told) > MOST_TOLD:
        several = len(labels) - sum(int(counts[each]) for each in order[: MOST_TOLD - 1])
        told[MOST_TOLD - 1 :] = [f"{several} are others"]
    told[0] = told[0].replace(" ", f" of {len(labels)} ", 1)
    frames = ["solid" if each == answer else "dashed" if each == label else "" for each in labels]
    facts = [
        f"training digit {number:,}, label {names[each]}, {far:.2f} away"
        for number, each, far in zip(
            found.numbers.tolist(), labels, found.distances.tolist(), strict=True
        )
    ]
    return NeighbourView(
        f"nearest {where}: {listed(told)}",
        found.images,
        tuple(names[each] for each in labels),
        tuple(frames),
        tuple(facts),
    )


def path_in_words(view: DigitSeen, verdict: Verdict) -> str:
    """Who leaves in which order, and who stays."""
    names = view.digits.class_names
    gone = [" ".join(names[each] for each in step.leaving) for step in verdict.steps]
    return f"{' '.join(gone)} → {view.named(verdict.answer)}"


def ink_limit(pixels: NDArray[np.float64]) -> float:
    """The end of the colour scale of what pixels add."""
    return float(np.abs(pixels).max(initial=0)) or 1.0
