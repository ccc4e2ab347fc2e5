"""What stands beside the outputs of any design: which row, right or wrong, whose they are."""

import math
from collections.abc import Sequence

import numpy as np

from nnviz.data.digits import ShownDigits
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import Layout
from nnviz.session.state import Work
from nnviz.training.balance import negatives_per_positive
from nnviz.verdicts.verdict import Row
from nnviz.words import commas, number, tr, tr_n

STILL_TO_COME = "?"
"""In the place of an answer that the steps shown do not lead to yet."""


def still_to_come(digit: str) -> str:
    """That of a digit."""
    return tr("{digit}; what the network says comes with the last step.", digit=digit)


def signed(amount: float, places: int = 1) -> str:
    """With a sign that a room can read; what rounds to nothing has none."""
    shown = number(abs(amount), places)
    if not round(amount, places):
        return shown
    return f"{'+' if amount > 0 else '−'}{shown}"


def shows_bits(layout: Layout, rows: Sequence[Row]) -> bool:
    """Whether each row is one bit of a code word."""
    return layout.has_bits and len(rows) == len(layout.words)


def shown_row(
    layout: Layout,
    rows: Sequence[Row],
    answer: int,
    output: int | None,
    pair: tuple[int, int] | None,
) -> int:
    """The row whose evidence is drawn: the chosen one, the answer, or the least certain bit."""
    if output is not None and output < len(rows):
        return output
    if pair is not None and layout.has_pairs and len(rows) > max(pair):
        return pair[0]
    if shows_bits(layout, rows):
        return min(range(len(rows)), key=lambda row: abs(rows[row].value - 0.5))
    return max(0, answer)


def strong_rows(layout: Layout, rows: Sequence[Row], answer: int) -> frozenset[int]:
    """The rows that make the answer: of its class, or of the bits that are 1."""
    if shows_bits(layout, rows):
        return frozenset(row for row, each in enumerate(rows) if each.value > 0.5)
    return frozenset({answer})


def marks_of(
    layout: Layout, rows: Sequence[Row], answer: int, label: int | None
) -> tuple[bool | None, ...]:
    """For each row whether it is right; None where there is nothing to say."""
    if label is None:
        return (None,) * len(rows)
    if shows_bits(layout, rows):
        wanted = layout.words[:, label] > 0
        return tuple(
            (each.value > 0.5) == bool(bit) for each, bit in zip(rows, wanted, strict=True)
        )
    said = {answer, label}
    return tuple(row == label if row in said else None for row in range(len(rows)))


def outputs_in_words(layout: Layout) -> str:
    """How many outputs, and what the rows say of them."""
    count = len(layout.table)
    if layout.heads:
        return tr("{shown} of {count} outputs", shown=layout.classes, count=count)
    if layout.has_pairs and not layout.one_hot:
        return tr("{count} outputs: sums", count=count)
    if layout.one_hot and count > layout.classes:
        return tr("{count} outputs: means", count=count)
    if layout.has_bits and not layout.one_hot:
        return tr("{count} outputs: bits", count=count)
    return tr_n("{count} output", "{count} outputs", count)


def named_network(layout: Layout, names: Sequence[str], member: int) -> str:
    """One of several networks, as it is called within a sentence; nothing for the only one."""
    if layout.network_count == 1:
        return ""
    asked = _asked(layout, names, member)
    if len(asked) == 2:
        return tr("the network {one} or {other}", one=asked[0], other=asked[1])
    if asked:
        return tr("the network for {name}", name=commas(asked))
    return tr("network {number} of {count}", number=member + 1, count=layout.network_count)


def only_class_of(layout: Layout, member: int) -> int | None:
    """The one class that a network knows from all others; None of any other network."""
    own = layout.table[layout.networks == member]
    alone = layout.network_count > 1 and layout.one_hot and len(own) == 1
    return int(own[0].argmax()) if alone else None


def network_label(layout: Layout, names: Sequence[str], member: int) -> str:
    """The same where it stands alone; the only network is the first one."""
    asked = _asked(layout, names, member)
    if layout.network_count == 1:
        return tr("network {number}", number=1)
    if len(asked) == 2:
        return tr("network {one} or {other}", one=asked[0], other=asked[1])
    if asked:
        return tr("network for {name}", name=commas(asked))
    return tr("network {number} of {count}", number=member + 1, count=layout.network_count)


def _asked(layout: Layout, names: Sequence[str], member: int) -> list[str]:
    """The classes that a network tells apart, or the one that it knows from the others; none of a
    network whose outputs are asked about all of them."""
    own = layout.table[layout.networks == member]
    if layout.heads:
        return [names[each] for each in own.any(axis=0).nonzero()[0].tolist()]
    if len(own) > 1:
        return []
    asked = [names[each] for each in (own[0] != 0).nonzero()[0].tolist()]
    return asked if len(asked) == 2 and layout.classes > 2 else [names[int(own[0].argmax())]]


def natural_bit_names(bits: int) -> tuple[str, ...]:
    """8, 4, 2, 1."""
    return tuple(str(2**place) for place in reversed(range(bits)))


def member_in_short(layout: Layout, names: Sequence[str], member: int) -> str:
    """The network in as few letters: what it tells apart, else its number as in the heading."""
    if layout.network_count == 1:
        return ""
    return "/".join(_asked(layout, names, member)) or number(member + 1)


def ratios_in_words(digits: ShownDigits, work: Work) -> tuple[str, ...]:
    """For each output, how many digits with the answer yes and how many with no it learns from;
    empty where that is not the point of the design.

    A network that learned elsewhere is told by the shares of these digits, with "about".
    """
    settings = work.judged_by
    if "balance" not in DESIGNS[work.design].uses:
        return ()
    labels = digits.train_labels[: work.epoch_length(digits)]
    counts = np.bincount(labels, minlength=digits.classes)
    ratios = negatives_per_positive(settings, work.layout(digits.classes), counts)
    sure = work.knows_training_digits(digits) or settings.balance != "all"
    return tuple(_ratio(each, sure) for each in ratios.tolist())


def _ratio(negatives: float, sure: bool) -> str:
    decimals = 0 if negatives in (0, 1) or not sure else 1
    shown = "?" if math.isnan(negatives) else number(negatives, decimals)
    if sure:
        return tr("1 yes : {negatives} no", negatives=shown)
    return tr("about 1 yes : {negatives} no", negatives=shown)
