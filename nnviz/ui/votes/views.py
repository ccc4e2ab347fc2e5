"""What the pictures of the Votes page show of a view."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nnviz.data.arrays import Floats
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.ui.kit.ranked_bars import Bar, RankedView
from nnviz.ui.pages.weight_images_needed import NO_WEIGHT_IMAGES
from nnviz.ui.votes import words
from nnviz.ui.votes.count import Count, Pair, VotesSeen, selected_pair
from nnviz.ui.votes.matrix import MatrixView
from nnviz.ui.votes.pair import CONFUSED, NEURONS, Confused, PairView
from nnviz.verdicts.leads import PairEvidence, pair_evidence, pushes
from nnviz.words import percent

LONG_VALUE = 84
"""Width on the design grid of a total with more decimals than usual."""
LISTED, IN_LECTURES = 5, 4
"""Pairs in a list."""
PAIR_NAME, PAIR_VALUE = 72, 76
"""Widths on the design grid of the parts of their rows."""


def matrix_view(view: VotesSeen, counted: Count) -> MatrixView:
    """The votes of the digit on screen, as far as they are counted."""
    classes, done = counted.classes, counted.done
    verdict, label = counted.verdict, view.label
    shown = np.zeros((classes, classes), bool)
    turns = np.zeros((classes, classes), np.intp)
    now = None
    if counted.duels:
        for number, step in enumerate(counted.steps[:done], start=1):
            shown[step.rivals] = True
            turns[step.rivals] = number
    elif counted.rule == "coupling":
        size = done + 1 if done else 0
        shown[:size, :size] = True
    else:
        shown[:, :done] = True
        now = done - 1 if done and not counted.complete else None
    np.fill_diagonal(shown, False)
    only = view.pair if view.lecturing and not counted.duels else None
    marked = {label, verdict.answer} if counted.complete and label is not None else set()
    return MatrixView(
        beats=verdict.pairs,
        names=view.names,
        shown=shown,
        turns=turns,
        now=now,
        first=counted.first,
        second=counted.second,
        marks=tuple(each == label if each in marked else None for each in range(classes)),
        selected=selected_pair(view, counted),
        caption=words.DERIVED if verdict.evidence.derived_pairs else words.OF_PAIRS,
        words="" if view.hidden else words.sentence(view.names, counted, view.broken),
        only=only,
    )


def mean_view(view: VotesSeen, pair: Pair) -> MatrixView:
    """The mean votes of all test digits of a class."""
    classes, survey, label = view.digits.classes, view.survey, view.asked
    shape = classes, classes
    beats = np.zeros(shape) if survey is None else survey.means[label].astype(float)
    shown = np.full(shape, survey is not None and not view.hidden)
    np.fill_diagonal(shown, False)
    return MatrixView(
        beats=beats,
        names=view.names,
        shown=shown,
        turns=np.zeros(shape, np.intp),
        now=None,
        first=None if view.hidden else label,
        second=None,
        marks=(None,) * classes,
        selected=pair,
        caption=words.MEAN_DERIVED if view.verdict.evidence.derived_pairs else words.MEAN,
        words="" if view.hidden else words.survey_sentence(view),
    )


def totals_view(view: VotesSeen, counted: Count) -> RankedView:
    """The totals, ranked."""
    names, scores, rivals = view.names, counted.scores, counted.classes - 1
    whole = 1.0 if counted.rule == "coupling" else float(rivals)
    known = counted.complete and view.label is not None
    marks = (view.label, counted.verdict.answer) if known else ()
    frames = {counted.second: "dashed", counted.first: "solid"}
    bars = tuple(
        Bar(
            each,
            names[each],
            scores.get(each, 0.0) / whole,
            _value(counted, each),
            each,
            each == view.label if each in marks else None,
            frames.get(each, ""),
        )
        for each in counted.ranking
    )
    title = words.title_of_totals(counted.rule, rivals)
    ranked = RankedView(title, bars, words=_are_long(names))
    long_values = max(len(bar.value) for bar in bars) > len("9.99")
    return replace(ranked, value_width=LONG_VALUE) if long_values else ranked


def _are_long(names: Sequence[str]) -> bool:
    """Whether names do not stand like a digit."""
    return max(map(len, names)) > 2


def _value(counted: Count, each: int) -> str:
    scores = counted.scores
    if each not in scores:
        return words.NO_TOTAL
    if counted.duels:
        return words.place_in_duels(counted.done, int(scores[each]))
    near = each in counted.ranking[:2]  # a lead must be seen
    decimals = words.decimals_apart(counted.rule, tuple(scores.values())) if near else None
    return words.total_in_words(counted.rule, scores[each], decimals)


def pair_lists(view: VotesSeen, pair: Pair) -> tuple[RankedView, RankedView]:
    """The pairs that are most often wrong, and those that decide most often."""
    survey, title = view.survey, words.title_of_decisive(view.rule)
    if survey is None or view.hidden:
        return RankedView(words.WORST_TITLE, ()), RankedView(title, ())
    many = IN_LECTURES if view.lecturing else LISTED
    wrong = [(each, 1 - survey.accuracy(*each)) for each in survey.worst(many)]
    deciding = [
        (each, often / survey.images) for each, often in survey.most_decisive(view.rule, many)
    ]
    return (
        _pairs(view, pair, words.WORST_TITLE, wrong),
        _pairs(view, pair, title, deciding),
    )


def _pairs(
    view: VotesSeen, pair: Pair, title: str, shares: Sequence[tuple[Pair, float]]
) -> RankedView:
    names, most = view.names, max([*(share for _, share in shares), 1e-9])
    bars = tuple(
        Bar(
            first * len(names) + second,
            words.pair_in_short(names[first], names[second]),
            share / most,
            percent(share),
            frame="focus" if pair in ((first, second), (second, first)) else "",
        )
        for (first, second), share in shares
    )
    return RankedView(title, bars, PAIR_NAME, PAIR_VALUE, _are_long(names))


def weights_of(network: Network, neurons: Sequence[tuple[int, int]]) -> Floats:
    """(neurons, inputs): the weight images of some hidden neurons"""
    members, places = [each for each, _ in neurons], [each for _, each in neurons]
    if not neurons:
        return np.zeros((0, network.inputs), np.float32)
    with np.errstate(all="ignore"):
        return np.nan_to_num(network.hidden_weights[members, places], posinf=0, neginf=0)


def pair_view(view: VotesSeen, pair: Pair) -> PairView:
    """What decides between two classes."""
    digits, network = view.digits, view.seen.network
    evidence, layout = view.verdict.evidence, view.seen.layout(digits.classes)
    found = pair_evidence(network, layout, *pair)
    beats, front = float(evidence.pairs[0][pair]), network.front is not None
    pushed = np.zeros((1, 1), np.float32) if front else pushes(found, evidence)
    neurons = () if front else _strongest(pushed)
    members, places = [each for each, _ in neurons], [each for _, each in neurons]
    return PairView(
        classes=pair,
        names=(digits.class_names[pair[0]], digits.class_names[pair[1]]),
        source=_source(layout, found),
        beats=beats,
        said=beats,
        shape=digits.shape,
        inked=digits.inked,
        pixels=view.pixels,
        template=found.template,
        neurons=neurons,
        weights=weights_of(network, neurons),
        pushes=pushed[members, places],
        fact=words.pair_fact(view.survey, pair, view.names),
        confused=_confused(view, pair),
        trouble="" if network.finite() else words.NO_EVIDENCE,
        no_images=NO_WEIGHT_IMAGES if front else "",
    )


def _strongest(pushed: np.ndarray) -> tuple[tuple[int, int], ...]:
    """Network and number of the hidden neurons that push most, in their order."""
    order = np.argsort(-np.abs(pushed).ravel(), kind="stable")[:NEURONS]
    return tuple(divmod(each, pushed.shape[1]) for each in sorted(order.tolist()))


def _source(layout: Layout, found: PairEvidence) -> str:
    """Who compares the two classes."""
    if layout.heads:
        return words.OWN_HEAD
    if layout.has_pairs:
        return words.OWN_NETWORK if layout.network_count > 1 else words.OWN_OUTPUT
    return words.source(len(found.outputs))


def _confused(view: VotesSeen, pair: Pair) -> tuple[Confused, ...]:
    digits, survey = view.digits, view.survey
    found = [] if survey is None else survey.confused_of(*pair, CONFUSED)
    return tuple(
        Confused(image, digits.images[image], digits.class_names[digits.labels[image]], said)
        for image, said in found
        if image < len(digits.labels)
    )
