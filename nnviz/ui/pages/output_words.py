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
from nnviz.words import number, tr, tr_n


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


def network_in_words(layout: Layout, names: Sequence[str], output: int) -> str:
    """Which of several networks an output belongs to, in the words of a heading."""
    if layout.network_count == 1:
        return ""
    member = int(layout.networks[output])
    own = layout.table[layout.networks == member]
    if len(own) > 1:
        return tr(
            " of network {network} of {count}", network=member + 1, count=layout.network_count
        )
    asked = [names[each] for each in (own[0] != 0).nonzero()[0].tolist()]
    if len(asked) == 2 and layout.classes > 2:
        return tr(" of the network {one} or {other}", one=asked[0], other=asked[1])
    return tr(" of the network for {name}", name=names[int(own[0].argmax())])


def member_in_words(layout: Layout, names: Sequence[str], member: int) -> str:
    """The same for a network by its number."""
    return network_in_words(layout, names, int((layout.networks == member).argmax()))


def member_in_short(layout: Layout, names: Sequence[str], member: int) -> str:
    """The network in as few letters: what it tells apart, else its number as in the heading."""
    own = layout.table[layout.networks == member]
    if layout.network_count == 1:
        return ""
    if len(own) > 1:
        return str(member + 1)
    asked = [names[each] for each in (own[0] != 0).nonzero()[0].tolist()]
    if len(asked) == 2 and layout.classes > 2:
        return "/".join(asked)
    return names[int(own[0].argmax())]


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
    return tuple(
        tr("1 yes : {negatives} no", negatives=_ratio(each))
        if sure
        else tr("about 1 yes : {negatives} no", negatives=_ratio(each))
        for each in ratios.tolist()
    )


def _ratio(negatives: float) -> str:
    if math.isnan(negatives):
        return "?"
    return number(negatives, 0 if negatives in (0, 1) else 1)
