"""How sure the designs are of their answers, as curves."""

from collections.abc import Sequence

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.digits import ShownDigits
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import Layout
from nnviz.questions.comparison import interval
from nnviz.questions.judged import Judged
from nnviz.questions.reliability import (
    OutputSurvey,
    Reliability,
    outputs_surveyed,
    reliability,
)
from nnviz.ui.kit.line_styles import LineStyle, line_style
from nnviz.ui.mistakes import trust_words as words
from nnviz.ui.mistakes.reliability_grid import OutputCurve
from nnviz.verdicts.answers import NOT_A_DIGIT
from nnviz.verdicts.verdict import Verdict
from nnviz.words import sentences

TOGETHER = 3
"""Bins made one where a single output has few cases."""
FEW = 5
"""Cases in which an output was unsure, below which nothing is said of it."""


def style_of(name: str, entrants: Sequence[str] = ()) -> LineStyle:
    """The same curve style of a design in every plot; of other `entrants` of a design others."""
    return line_style([*DESIGNS, *(each for each in entrants if each not in DESIGNS)].index(name))


def reliability_of(judged: Judged, labels: Bytes, shares: bool) -> Reliability:
    """Of all answers that name a class."""
    named = judged.answers != NOT_A_DIGIT
    right = judged.answers == labels
    return reliability(judged.sureness(shares)[named], right[named])


def output_curves(
    digits: ShownDigits,
    layout: Layout,
    verdict: Verdict,
    judged: Judged | None,
    surveyed: OutputSurvey | None,
) -> tuple[OutputCurve, ...]:
    """The outputs of the design on screen, in their order; none until they are asked."""
    if judged is not None and judged.outputs is not None:
        found: Sequence[Reliability] = [
            reliability(column, digits.labels == each)
            for each, column in enumerate(judged.outputs.T)
        ]
        names = list(digits.class_names)
    elif surveyed is not None and np.array_equal(surveyed.outputs, outputs_surveyed(layout)):
        found, names = surveyed.found, output_names(digits.class_names, layout, verdict)
    else:
        return ()
    return tuple(
        OutputCurve(
            name,
            each.coarser(TOGETHER),
            each,
            words.unsure_in_words(each) if each.unsure[2] >= FEW else words.NEVER_UNSURE,
            surely_off(each),
            number,
        )
        for number, (name, each) in enumerate(zip(names, found, strict=True))
    )


def output_names(names: tuple[str, ...], layout: Layout, verdict: Verdict) -> list[str]:
    """Of the outputs surveyed: the class, the pair, or the bit that each is about."""
    if layout.heads:
        return list(names)
    if layout.has_pairs:
        chosen = layout.table
        return [f"{names[int(row.argmax())]} | {names[int(row.argmin())]}" for row in chosen]
    return [row.name for row in verdict.rows(names)]


def surely_off(found: Reliability) -> bool:
    """Whether it is off by more than chance where it is unsure."""
    said, _, count = found.unsure
    if count < FEW:
        return False
    low, high = interval(int(found.hits[1:-1].sum()), count)
    return not low <= said <= high


def outputs_explained(curves: Sequence[OutputCurve], room: int) -> str:
    """Whether the outputs speak on one scale, and that not all of them have room."""
    more = words.furthest_in_words(room, len(curves)) if len(curves) > room else ""
    off = [curve for curve in curves if curve.off]
    if not off:
        return sentences(more, words.NONE_OFF)

    def distance(curve: OutputCurve) -> float:
        said, true, _ = curve.fine.unsure
        return abs(said - true)

    worst = max(off, key=distance)
    return sentences(more, words.outputs_headline(len(off), len(curves), worst.name, worst.fine))


def furthest_first(curves: Sequence[OutputCurve], room: int) -> tuple[OutputCurve, ...]:
    """All in their order where they have room, else those with the largest error."""
    if len(curves) <= room:
        return tuple(curves)
    return tuple(sorted(curves, key=lambda curve: -curve.fine.error)[:room])
