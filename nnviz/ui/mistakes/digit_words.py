"""The sentences of the Mistakes page about one digit: the lead, and what it is made of."""

import math
from collections.abc import Sequence

import numpy as np

from nnviz.data.arrays import Bools
from nnviz.networks.bit_layer import FixedLayer
from nnviz.ui.mistakes.seen import DigitSeen
from nnviz.ui.pages.output_words import natural_bit_names, signed
from nnviz.verdicts.leads import Lead
from nnviz.verdicts.verdict import Verdict
from nnviz.words import listed, number, sentences, tr, tr_n

ONE_DIGIT = (
    tr("One digit"),
    tr("What does each design say of this digit, and what made the difference?"),
)
BROKEN = tr("The weights are no longer numbers, so there is no evidence. Reset starts anew.")
BASIS_TIP = tr("Which outputs tell the two classes apart in this design.")
PLACE_TIP = tr(
    "The number of the digit, and where it stands in the list looked at last: PageDown and PageUp "
    "go through that list, Esc goes back to it."
)
RIVAL = tr("Compared with"), tr("The class that the answer is compared with.")
ANSWERS = tr("What each design says")
ANSWERS_TIP = tr(
    "The answer of each design, whether it is right, and how sure it is. Click a design to see its "
    "evidence; arrow keys and Return do the same."
)
NO_NETWORK = tr("no network yet")
PUSHES = tr("What makes the difference")
PUSHES_TIP = tr(
    "What each hidden neuron adds to the difference of the two classes: weight x activity, orange "
    "for the first, blue for the second. With the neurons not shown and the bias it adds up to "
    "the total. Click to select a neuron on every page; double-click or Enter opens it on "
    "Detectors."
)
BIAS, LEAD = tr("bias"), tr("lead")
PIXELS = tr("What each pixel adds")
PIXELS_TIP = tr(
    "What each pixel adds to the lead: orange speaks for the first class, blue for the second. "
    "Through the hidden layer this is not a plain sum, so each pixel gets its share along the "
    "straight way from the empty page to this digit (integrated gradients, Sundararajan and others "
    "2017, exact for one hidden layer). With the lead of the empty page it adds up to the total."
)
NO_PIXELS = tr("What each pixel adds is not worked out through the convolutions of a LeNet.")
TO_VOTES = tr("Votes"), tr("Opens the Votes page.")
TO_ELIMINATION = tr("Elimination"), tr("Opens the Elimination page.")
NEAR = tr("Nearest training digits by pixels"), tr("Nearest training digits in the hidden layer")
NEAR_TIPS = (
    tr(
        "The ten training digits whose pixels are nearest (Euclidean distance). A solid orange "
        "frame has the answer's label, a dashed blue one the true label."
    ),
    tr(
        "The ten training digits that fire the hidden neurons most alike (Euclidean distance of "
        "all activities). Frames as to the left."
    ),
)
LOOKING = {
    "ready": tr("Looking for the nearest training digits ..."),
    "starting": tr("The training digits are still being loaded."),
    "dead": tr("Looking for the nearest training digits ..."),
}
"""What is said until the neighbours are there."""
MANY = 1e6
"""Times likelier from which nobody can tell the difference."""


def told_of_digit(view: DigitSeen, lead: str) -> str:
    """What the digit is and what it is read as, and a sentence about the lead."""
    answer = view.named(view.verdict.answer)
    if view.label is None:
        return tr("Your drawing, read as {answer}: {lead}", answer=answer, lead=lead)
    label = view.named(view.label)
    return tr("Label {label}, read as {answer}: {lead}", label=label, answer=answer, lead=lead)


def lead_in_words(lead: Lead, names: Sequence[str], likely: bool) -> str:
    """Who leads by how much; `likely`: and how many times likelier that is."""
    first, second, total = names[lead.first], names[lead.second], lead.total
    if abs(total) < 0.005:
        return tr("{first} and {second} are even.", first=first, second=second)
    ahead, behind = (first, second) if total > 0 else (second, first)
    fields = {"ahead": ahead, "behind": behind, "by": number(abs(total), 2)}
    if not likely:
        if total > 0:
            return tr("{ahead} leads {behind} by {by}.", **fields)
        return tr("{ahead} leads {behind} here by {by}.", **fields)
    times = math.exp(min(abs(total), 700.0))
    if times >= MANY:
        if total > 0:
            return tr(
                "{ahead} leads {behind} by {by}, more than a million times as likely.", **fields
            )
        return tr(
            "{ahead} leads {behind} here by {by}, more than a million times as likely.", **fields
        )
    fields["times"] = number(times, 2 if times < 2 else 1 if times < 10 else 0)
    if total > 0:
        return tr("{ahead} leads {behind} by {by}, {times} times as likely.", **fields)
    return tr("{ahead} leads {behind} here by {by}, {times} times as likely.", **fields)


def basis(view: DigitSeen, lead: Lead) -> str:
    """Which outputs tell the two classes apart in this design."""
    layout, names = view.layout, view.digits.class_names
    two = {"first": names[lead.first], "second": names[lead.second]}
    if layout.heads:
        return tr(
            "The head of {first} and {second}: the difference of its two weighted sums.", **two
        )
    if layout.one_hot:
        count = len(layout.table) // layout.classes
        if layout.network_count == layout.classes:
            return tr(
                "The network for {first} minus the network for {second}: their weighted sums.",
                **two,
            )
        if layout.fixed is not None:
            return tr(
                "Weighted sum of output {first} minus that of output {second}, below the bit "
                "layer.",
                **two,
            )
        if count > 1:
            return tr(
                "Weighted sum of output {first} minus that of output {second}, mean of {count} "
                "networks.",
                count=count,
                **two,
            )
        return tr("Weighted sum of output {first} minus that of output {second}.", **two)
    if layout.has_pairs:
        if layout.network_count > 1:
            return tr("The network for {first} or {second}: its weighted sum.", **two)
        return tr("The output for {first} or {second}: its weighted sum.", **two)
    return _distances(view, lead)


def _distances(view: DigitSeen, lead: Lead) -> str:
    """How far the bits are from both code words."""
    bits, told = view.verdict.bits.astype(np.float64), []
    for each in (lead.first, lead.second):
        column = view.layout.words[:, each]
        asked = column != 0
        apart = float(np.linalg.norm(((column > 0) - bits)[asked]))
        told.append(
            tr(
                "{distance} from {word} ({name})",
                distance=number(apart, 2),
                word=bits_in_words(column > 0),
                name=view.digits.class_names[each],
            )
        )
    first, second = told
    return tr_n(
        "Reads {read}: {first}, {second}. Lead: that of the {count} bit that differs.",
        "Reads {read}: {first}, {second}. Lead: that of the {count} bits that differ.",
        len(lead.outputs),
        read=bits_in_words(bits > 0.5),
        first=first,
        second=second,
    )


def bits_in_words(bits: Bools) -> str:
    """A code word as it is read: 0110"""
    return "".join(str(int(bit)) for bit in bits.tolist())


def bits_headline(view: DigitSeen, label: int) -> str:
    """What was read, and what the label would have been."""
    return tr(
        "Label {label}, read as {answer}: the bits are {read}; {label} is {word}.",
        label=view.named(label),
        answer=view.named(view.verdict.answer),
        read=bits_in_words(view.verdict.bits > 0.5),
        word=bits_in_words(view.layout.words[:, label] > 0),
    )


def bits_basis(view: DigitSeen, layer: FixedLayer, wrong: Sequence[int]) -> str:
    """Which bits were read wrong, and which outputs made the first of them so."""
    bits, bit = natural_bit_names(len(view.layout.words)), wrong[0]
    weights, outputs = layer.weights[bit], view.verdict.outputs
    names = view.digits.class_names
    against = bool((weights < 0).any())
    reached = float(outputs[weights > 0].sum())
    limit = float(outputs[weights < 0].sum() if against else -layer.biases[bit] / weights.max())
    fields = {
        "bit": bits[bit],
        "outputs": listed(names[each] for each in np.flatnonzero(weights > 0)),
        "sum": number(reached, 2 if abs(reached - limit) >= 0.01 else 4),
        "limit": number(limit, 2 if abs(reached - limit) >= 0.01 else 4),
    }
    if against:
        told = tr(
            "Bit {bit} is wrong: outputs {outputs} add up to {sum}, the others to {limit}.",
            **fields,
        )
    else:
        told = tr(
            "Bit {bit} is wrong: outputs {outputs} add up to {sum}, and more than {limit} would be "
            "1.",
            **fields,
        )
    others = [bits[each] for each in wrong[1:]]
    if not others:
        return told
    too = tr_n("So is bit {bits}.", "So are bits {bits}.", len(others), bits=listed(others))
    return sentences(told, too)


def rival_in_words(name: str, is_label: bool) -> str:
    """A class to compare with."""
    return tr("{name}, its label", name=name) if is_label else name


def pixels_title(ink: float, empty: float) -> str:
    """What the pixels and the empty page add."""
    return tr("pixels {ink}, empty page {empty}", ink=signed(ink, 2), empty=signed(empty, 2))


def pixels_sides(first: str, second: str) -> str:
    """What the two colours speak for."""
    return tr("orange for {first}, blue for {second}", first=first, second=second)


def votes_in_words(name: str, votes: float, most: int, counts: bool) -> str:
    """Who has the most votes; not `counts`: the largest sum of pairs."""
    decimals = 0 if votes.is_integer() else 1 if (2 * votes).is_integer() else 2
    fields: dict[str, str | int] = {"name": name, "votes": number(votes, decimals), "most": most}
    if counts:
        return tr("Votes: {name} has {votes} of {most}", **fields)
    return tr("Pairs: {name} has {votes} of {most}", **fields)


def walk_in_words(view: DigitSeen, verdict: Verdict) -> str:
    """Who leaves in which order, and who stays."""
    names = view.digits.class_names
    gone = " ".join(names[each] for step in verdict.steps for each in step.leaving)
    return tr("Walk: {gone} → {answer}", gone=gone, answer=view.named(verdict.answer))


def answers_title(right: int | None, designs: int, others: int, several: bool = False) -> str:
    """How many designs are right; None: nobody knows; `others` learned from other digits;
    `several`: they are networks, some of one design."""
    if right is None:
        return tr("what each design says")
    if others:
        return tr(
            "{right} of {designs} right, {others} of other digits",
            right=right,
            designs=designs,
            others=others,
        )
    if several:
        return tr("{right} of {count} networks right", right=right, count=designs)
    return tr("{right} of {designs} designs right", right=right, designs=designs)


def answer_told(name: str, answer: str, right: bool | None, sure: str) -> str:
    """What one design says, as it is read out."""
    fields = {"name": name, "answer": answer, "sure": sure}
    if right is None:
        return tr("{name} says {answer}, {sure} sure.", **fields)
    if right:
        return tr("{name} says {answer}, right, {sure} sure.", **fields)
    return tr("{name} says {answer}, wrong, {sure} sure.", **fields)


def told_reading(reading: str) -> str:
    """How the design on screen is read, if not as usual."""
    return tr("It is read by {reading}.", reading=reading) if reading else ""


def without_network(name: str) -> str:
    """What is read out of a design that has learned nothing."""
    return tr("{name} has no network yet.", name=name)


def pushes_title(first: str, second: str) -> str:
    """Whose neurons push."""
    return tr("neurons for {first} (+) and {second} (−)", first=first, second=second)


def neuron_in_words(place: tuple[int, int], several: bool) -> str:
    """(network, neuron); the network only where several add to the lead."""
    member, neuron = map(str, place)
    if several:
        return tr("{member}: neuron {neuron}", member=member, neuron=neuron)
    return tr("neuron {neuron}", neuron=neuron)


def other_neurons(count: int) -> str:
    return tr_n("{count} other neuron", "{count} other neurons", count)


def pushes_told(title: str, terms: Sequence[str]) -> str:
    """The whole sum as it is read out."""
    return tr("{title}: {terms}.", title=title, terms=listed(terms))


def push_told(name: str, amount: str) -> str:
    """A term of the lead as it is read out."""
    return tr("{name} {amount}", name=name, amount=amount)


def near_title(counts: Sequence[tuple[str, int]], digits: int, by_pixels: bool) -> str:
    """Labels of the nearest digits and how many have them, the first of how many; "": others."""
    (name, count), *others = counts
    told = [
        tr_n(
            "{count} of {digits} is {name}",
            "{count} of {digits} are {name}",
            count,
            digits=digits,
            name=name,
        )
    ]
    for name, count in others:
        if name:
            told.append(tr_n("{count} is {name}", "{count} are {name}", count, name=name))
        else:
            told.append(tr("{count} are others", count=count))
    if by_pixels:
        return tr("nearest by pixels: {counts}", counts=listed(told))
    return tr("nearest in hidden layer: {counts}", counts=listed(told))


def near_told(number_: int, label: str, distance: float) -> str:
    """One of the nearest digits."""
    return tr(
        "training digit {digit}, label {label}, {distance} away",
        digit=number_,
        label=label,
        distance=number(distance, 2),
    )
