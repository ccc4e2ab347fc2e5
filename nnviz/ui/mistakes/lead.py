"""What the pictures of one digit show: the neurons behind a lead, and all designs' answers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from nnviz.networks.designs import DESIGNS
from nnviz.questions.neighbours import Nearest
from nnviz.session.entrants import design_of
from nnviz.session.state import Work
from nnviz.ui.kit.canvas import CENTRE, LEFT, Canvas
from nnviz.ui.kit.colours import DIGITS
from nnviz.ui.kit.table import (
    BarCell,
    Cell,
    Column,
    MarkCell,
    Row,
    TableView,
    Words,
    number_cell,
)
from nnviz.ui.kit.theme import BACK_ROW, TEXT
from nnviz.ui.kit.weight_images import Floats, shared_limit
from nnviz.ui.mistakes import digit_words, words
from nnviz.ui.mistakes.neighbour_row import NeighbourView
from nnviz.ui.mistakes.push_rows import Neuron, PushRow, PushView
from nnviz.ui.mistakes.seen import DigitSeen
from nnviz.ui.pages.agreement import OTHER_DIGITS
from nnviz.ui.pages.output_words import signed
from nnviz.ui.pages.verdicts_of_designs import read_in_short, read_otherwise
from nnviz.verdicts.leads import Lead, lead_of
from nnviz.verdicts.verdict import Verdict
from nnviz.words import percent, sentences, tr

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
        return digit_words.bits_headline(view, label), digit_words.bits_basis(view, fixed, wrong)
    told = digit_words.lead_in_words(lead, view.digits.class_names, tells_how_likely(view))
    return digit_words.told_of_digit(view, told), digit_words.basis(view, lead)


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
    below = {digit_words.BIAS: lead.bias}
    if count:
        below = {digit_words.other_neurons(count): float(lead.pushes.sum()) - sum(amounts), **below}
    told = rows_that_add_up([*amounts, *below.values()], len(amounts))
    neurons = tuple(
        PushRow(digit_words.neuron_in_words(place, several), amount, said, place)
        for place, amount, said in zip(places, amounts, told, strict=False)
    )
    others = zip(below.items(), told[len(amounts) :], strict=False)
    weights = weights_of(view, places)
    return PushView(
        digit_words.pushes_title(names[lead.first], names[lead.second]),
        neurons,
        tuple(PushRow(*each, said) for each, said in others),
        PushRow(digit_words.LEAD, lead.total, told[-1]),
        None if view.neuron is None else (view.member, view.neuron),
        max(abs(each) for each in (*amounts, *below.values(), lead.total)) or 1.0,
        weights,
        shared_limit(weights, view.digits.inked),
        view.digits.inked,
        view.digits.shape,
    )


def weights_of(view: DigitSeen, places: Neurons) -> Floats:
    """(neurons, inputs); what is no number is 0; none where hidden neurons see no pixels"""
    network = view.network
    if not places or network.front is not None:
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


def answers_table(view: DigitSeen, said: Mapping[str, tuple[Work, Verdict]]) -> TableView:
    """What each design says, and how sure it is."""
    rows, names, label = [], view.digits.class_names, view.label
    wordy = any(len(name) > 2 for name in names)
    for design in view.listed:
        label_of, own = view.labels[design], design == view.design
        grey = design in said and design not in view.alike
        read = read_in_short(said[design][1], design) if design in said else ""
        title, dull = _name_of(view, design, read), "muted" if grey else "text"
        size, bold = (TEXT - 2, False) if len(title) > 1 else (TEXT, own)
        cells: list[Cell | None] = [Words(title, ink=dull, size=size, bold=bold)]
        if design in said:
            verdict = said[design][1]
            answer, sure = verdict.answer, percent(verdict.confidence, 0)
            named = names[answer] if answer >= 0 else words.NONE
            right = None if label is None else answer == label
            ink = QColor(DIGITS[answer % len(DIGITS)]) if answer >= 0 else "muted"
            cells += [
                Words(named, CENTRE, size=BACK_ROW, bold=True),
                None if right is None else MarkCell(right),
                BarCell(verdict.confidence, ink, height=20),
                number_cell(sure),
            ]
            told = sentences(
                digit_words.answer_told(label_of, named, right, sure),
                digit_words.told_reading(read_otherwise(verdict, design)),
                OTHER_DIGITS if grey else "",
            )
        else:
            told = digit_words.without_network(label_of)
            cells.append(_Aside(digit_words.NO_NETWORK))
        tip = label_of if design in view.own_names else ""
        rows.append(Row(design, tuple(cells), tip, told, frame="solid" if own else ""))
    return TableView(
        (
            Column(width=158),
            Column(width=36, stretch=9 if wordy else 0),
            Column(width=24),
            Column(width=10, stretch=1),
            Column(width=60),
        ),
        tuple(rows),
        view.design,
        words=sentences(*(row.words for row in rows)),
        row_heights=(30, 46),
        gap=6,
    )


def _name_of(view: DigitSeen, name: str, read: str) -> tuple[str, ...]:
    """An entrant in its row, and how it is read, unless it has others of its design beside it."""
    own, label = view.own_names.get(name), DESIGNS[design_of(name)].label
    if own:  # what tells it from others comes first, where there is room for little
        return (tr("{name}, {design}", name=own, design=label),)
    return (label, read) if read else (label,)


@dataclass(frozen=True)
class _Aside:
    """Words that go on over the cells to the right, which are empty."""

    text: str

    def paint(self, canvas: Canvas, place: QRectF) -> None:
        wide = QRectF(place.x(), place.y(), canvas.px(160), place.height())
        canvas.text(wide, self.text, LEFT, "muted")


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
        digit_words.near_title(told, len(labels), by_pixels),
        found.images,
        view.digits.shape,
        tuple(names[each] for each in labels),
        tuple("solid" if each == answer else "dashed" if each == label else "" for each in labels),
        tuple(digit_words.near_told(number, names[each], far) for number, each, far in facts),
    )
