"""The sentences about one class's lead over another."""

import math
from collections.abc import Sequence

import numpy as np

from nnviz.ui.mistakes.digit_seen import DigitSeen
from nnviz.ui.pages.output_words import signed
from nnviz.verdicts.leads import Lead

MANY = 1e6
"""Times likelier from which nobody can tell the difference."""


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


def tells_how_likely(view: DigitSeen) -> bool:
    """Whether a lead is the logarithm of how many times likelier one class is."""
    layout = view.layout
    if layout.fixed is not None:
        return False
    if layout.one_hot and not layout.heads:
        alone = len(layout.table) == layout.classes
        return alone and view.seen.network.output_activation == "softmax"
    return layout.has_pairs or layout.has_bits


def times_in_words(lead: float) -> str:
    """How many times likelier a lead is, by its size."""
    times = math.exp(min(abs(lead), 700.0))
    if times >= MANY:
        return "more than a million times"
    digits = 2 if times < 2 else 1 if times < 10 else 0
    return f"{times:,.{digits}f} times"


def headline(view: DigitSeen, lead: Lead) -> str:
    """Who leads by how much."""
    names, total = view.digits.class_names, lead.total
    first, second = names[lead.first], names[lead.second]
    known = view.label_in_words
    says = f"{known[0].upper()}{known[1:]}, says {view.named(view.verdict.answer)}"
    if abs(total) < 0.005:
        return f"{says}: {first} and {second} are even."
    ahead, behind = (first, second) if total > 0 else (second, first)
    by = f"by {signed(abs(total), 2)[1:]}"
    even_so = "" if total > 0 else " here"
    if not tells_how_likely(view):
        return f"{says}: {ahead} leads {behind}{even_so} {by}."
    return f"{says}: {ahead} leads {behind}{even_so} {by}, {times_in_words(total)} as likely."


def basis(view: DigitSeen, lead: Lead) -> str:
    """Which outputs tell the two classes apart in this design."""
    layout, names = view.layout, view.digits.class_names
    first, second = names[lead.first], names[lead.second]
    if layout.heads:
        return f"The head of {first} and {second}: the difference of its two weighted sums."
    if layout.one_hot:
        count = len(layout.table) // layout.classes
        below = ", below the bit layer" if layout.fixed is not None else ""
        of = "outputs"
        if layout.network_count == layout.classes:
            of = "networks"
        mean = f", mean of {count} networks" if count > 1 else ""
        return (
            f"Weighted sum of output {first} minus that of output {second}{mean}{below}."
            if of == "outputs"
            else f"The network for {first} minus the network for {second}: their weighted sums."
        )
    if layout.has_pairs:
        who = "network" if layout.network_count > 1 else "output"
        return f"The {who} for {first} or {second}: its weighted sum."
    return _bits(view, lead)


def _bits(view: DigitSeen, lead: Lead) -> str:
    """How far the bits are from both code words."""
    words, names = view.layout.words, view.digits.class_names
    bits = view.verdict.bits.astype(np.float64)
    told = []
    for each in (lead.first, lead.second):
        asked = words[:, each] != 0
        apart = math.sqrt(float((((words[:, each] > 0) - bits)[asked] ** 2).sum()))
        word = "".join("1" if bit > 0 else "0" for bit in words[:, each].tolist())
        told.append(f"{apart:.2f} from {word} ({names[each]})")
    said = "".join(str(int(bit > 0.5)) for bit in bits.tolist())
    count = len(lead.outputs)
    differ = f"{count} bit{' that differs' if count == 1 else 's that differ'}"
    return f"Reads {said}: {', '.join(told)}. Lead: that of the {differ}."


def rows_that_add_up(amounts: Sequence[float], rest: int, places: int = 2) -> tuple[str, ...]:
    """Amounts as signed numbers, and their sum; rounded so that they add up as they stand.

    The amount at `rest`, which stands for many, takes the rounding of all.
    """
    rounded = [round(amount, places) for amount in amounts]
    total = round(math.fsum(amounts), places)
    rounded[rest] = total - math.fsum(each for n, each in enumerate(rounded) if n != rest)
    return tuple(signed(each + 0.0, places) for each in (*rounded, total))
