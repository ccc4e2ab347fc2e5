"""What the pictures of the Votes page show of a view."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nnviz.networks.layouts import Layout
from nnviz.ui.kit.ranked_bars import Bar, RankedView
from nnviz.ui.votes.matrix_layout import MatrixView
from nnviz.ui.votes.pair_layout import CONFUSED, NEURONS, Confused, PairView
from nnviz.ui.votes.vote_count import Count, Pair, VotesSeen, selected_pair
from nnviz.ui.votes.vote_words import RULE_NAMES, decimals_apart, pair_fact, total_in_words
from nnviz.verdicts.leads import PairEvidence, pair_evidence, pushes

NO_EVIDENCE = "The weights are no longer numbers: there is no evidence to draw."
LONG_VALUE = 84
"""Width on the design grid of a total with more decimals than usual."""
WORST = "pairs most often wrong"
LISTED = 5
"""Pairs in a list."""


def matrix_view(view: VotesSeen, counted: Count) -> MatrixView:
    """The votes of the digit on screen, as far as they are counted."""
    classes, done = counted.classes, counted.done
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
    verdict, label = counted.verdict, view.label
    marks = tuple(
        each == label
        if counted.complete and label is not None and each in (label, verdict.answer)
        else None
        for each in range(classes)
    )
    derived = verdict.evidence.derived_pairs
    return MatrixView(
        verdict.pairs,
        view.names,
        shown,
        turns,
        now,
        counted.first,
        counted.second,
        marks,
        selected_pair(view, counted),
        "derived from the class scores" if derived else "percent for the row",
    )


def mean_view(view: VotesSeen, pair: Pair) -> MatrixView:
    """The mean votes of all test digits of a class."""
    classes, survey, label = view.digits.classes, view.survey, view.asked
    beats = np.zeros((classes, classes)) if survey is None else survey.means[label].astype(float)
    shown = np.full((classes, classes), survey is not None)
    np.fill_diagonal(shown, False)
    return MatrixView(
        beats,
        view.names,
        shown,
        np.zeros((classes, classes), np.intp),
        None,
        label,
        None,
        (None,) * classes,
        pair,
        "derived, mean percent" if view.verdict.evidence.derived_pairs else "mean percent",
    )


def totals_view(view: VotesSeen, counted: Count) -> RankedView:
    """The totals, ranked."""
    names, scores = view.names, counted.scores
    rivals = counted.classes - 1
    title = {
        "summed": f"sum, of {rivals}",
        "votes": f"votes, of {rivals}",
        "coupling": "probability",
        "duels": "duels",
    }[counted.rule]
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
    ranked = RankedView(title, bars, words=_are_long(names))
    long_values = max(len(bar.value) for bar in bars) > len("9.99")
    return replace(ranked, value_width=LONG_VALUE) if long_values else ranked


def _are_long(names: Sequence[str]) -> bool:
    """Whether names do not stand like a digit."""
    return max(map(len, names)) > 2


def _value(counted: Count, each: int) -> str:
    scores = counted.scores
    if each not in scores:
        return "–"
    if not counted.duels:
        near = each in counted.ranking[:2]  # a lead must be seen
        decimals = decimals_apart(counted.rule, tuple(scores.values())) if near else None
        return total_in_words(counted.rule, scores[each], decimals)
    stayed = int(scores[each])
    return "in" if stayed == counted.done else f"out {stayed + 1}."


def pair_lists(view: VotesSeen, pair: Pair) -> tuple[RankedView, RankedView]:
    """The pairs that are most often wrong, and those that decide most often."""
    names, survey, rule = view.names, view.survey, view.rule
    decide = f"decisive ({RULE_NAMES[rule].lower()})"
    if survey is None:
        return RankedView(WORST, ()), RankedView(decide, ())
    worst = survey.worst(LISTED)
    errors = [1 - survey.accuracy(*each) for each in worst]
    most = max([*errors, 1e-9])
    often_wrong = tuple(
        _pair_bar(each, pair, names, error / most, f"{100 * error:.1f} %")
        for each, error in zip(worst, errors, strict=True)
    )
    decisive, long = survey.most_decisive(rule, LISTED), _are_long(names)
    oftenest = max([*(often for _, often in decisive), 1])
    deciding = tuple(
        _pair_bar(each, pair, names, often / oftenest, f"{100 * often / survey.images:.1f} %")
        for each, often in decisive
    )
    return (
        RankedView(WORST, often_wrong, 72, 76, long),
        RankedView(decide, deciding, 72, 76, long),
    )


def _pair_bar(each: Pair, pair: Pair, names: Sequence[str], share: float, value: str) -> Bar:
    first, second = each
    chosen = "focus" if each in (pair, pair[::-1]) else ""
    return Bar(
        first * len(names) + second, f"{names[first]} | {names[second]}", share, value, frame=chosen
    )


def pair_view(view: VotesSeen, pair: Pair, old: PairView | None) -> PairView:
    """What decides between two classes; `old` keeps the neurons and digits that it shows."""
    digits, network = view.digits, view.seen.network
    evidence, layout = view.verdict.evidence, view.seen.layout(digits.classes)
    found = pair_evidence(network, layout, *pair)
    pushed = pushes(found, evidence)
    neurons = _strongest(pushed) if old is None else old.neurons
    members, places = [each for each, _ in neurons], [each for _, each in neurons]
    names = digits.class_names[pair[0]], digits.class_names[pair[1]]
    with np.errstate(all="ignore"):
        weights = np.nan_to_num(network.hidden_weights[members, places], posinf=0, neginf=0)
    return PairView(
        pair,
        names,
        _source(layout, found),
        float(evidence.pairs[0][pair]),
        digits.shape,
        digits.inked,
        view.pixels,
        found.template,
        neurons,
        weights,
        pushed[members, places],
        pair_fact(view.survey, pair, digits.class_names) if old is None else old.fact,
        _confused(view, pair) if old is None else old.confused,
        "" if network.finite() else NO_EVIDENCE,
    )


def _strongest(pushed: np.ndarray) -> tuple[tuple[int, int], ...]:
    """Network and number of the hidden neurons that push most, in their order."""
    order = np.argsort(-np.abs(pushed).ravel(), kind="stable")[:NEURONS]
    return tuple(divmod(each, pushed.shape[1]) for each in sorted(order.tolist()))


def _source(layout: Layout, found: PairEvidence) -> str:
    """Who compares the two classes."""
    outputs = found.outputs
    if layout.heads:
        return "own head"
    if layout.has_pairs:
        return "own network" if layout.network_count > 1 else "own output"
    return f"{len(outputs)} outputs" if len(outputs) != 1 else "1 output"


def _confused(view: VotesSeen, pair: Pair) -> tuple[Confused, ...]:
    digits, survey = view.digits, view.survey
    found = [] if survey is None else survey.confused_of(*pair, CONFUSED)
    return tuple(
        Confused(image, digits.images[image], digits.class_names[digits.labels[image]], said)
        for image, said in found
        if image < len(digits.labels)
    )
