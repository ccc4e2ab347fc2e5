"""How sure the designs are of their answers, as curves and in words."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Floats
from nnviz.data.digits import ShownDigits
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import Layout
from nnviz.questions.comparison import interval
from nnviz.questions.judged import Judged
from nnviz.questions.reliability import (
    OutputSurvey,
    Reliability,
    Selected,
    outputs_surveyed,
    reliability,
)
from nnviz.ui.kit.line_styles import LineStyle, line_style
from nnviz.ui.mistakes.reliability_grid import OutputCurve
from nnviz.verdicts.answers import NOT_A_DIGIT
from nnviz.verdicts.verdict import Verdict

TOGETHER = 3
"""Bins made one where a single output has few cases."""
FEW = 5
"""Cases in which an output was unsure, below which nothing is said of it."""


def style_of(design: str) -> LineStyle:
    """The same curve style of a design in every plot."""
    return line_style(tuple(DESIGNS).index(design))


def surest(judged: Judged, shares: bool) -> Floats:
    """(images,): how sure each answer is: the share of its class, or what its output says."""
    if shares:
        return judged.chances
    if judged.outputs is None:
        return judged.confidence
    own = np.maximum(judged.answers, 0)[:, None]
    found: Floats = np.take_along_axis(judged.outputs, own, axis=1)[:, 0]
    return np.where(judged.answers == NOT_A_DIGIT, judged.confidence, found)


def reliability_of(judged: Judged, labels: NDArray[np.uint8], shares: bool) -> Reliability:
    """Of all answers that name a class."""
    named = judged.answers != NOT_A_DIGIT
    right = judged.answers == labels
    return reliability(surest(judged, shares)[named], right[named])


def error_in_words(found: Reliability) -> str:
    """Expected calibration error as it is written."""
    return f"{100 * found.error:.1f} %"


def trust_headline(design: str, judged: Judged, labels: NDArray[np.uint8], shares: bool) -> str:
    """How far what the design on screen says is from how often it is right."""
    found = reliability_of(judged, labels, shares)
    label, excess = DESIGNS[design].label, found.excess
    how = "mostly too high" if excess > 0 else "mostly too low"
    how = how if abs(excess) > found.error / 2 else "to either side"
    words = f"{label}: its confidence is off by {error_in_words(found)}, {how}."
    other = reliability_of(judged, labels, not shares)
    if abs(other.error - found.error) < 0.0005:
        return words
    what = "the outputs as they are" if shares else "shares of 100 %"
    return f"{words} By {what}: {error_in_words(other)}."


# ---- each output ---------------------------------------------------------------------


def output_curves(
    digits: ShownDigits,
    layout: Layout,
    verdict: Verdict,
    judged: Judged | None,
    surveyed: OutputSurvey | None,
) -> tuple[OutputCurve, ...]:
    """The outputs of the design on screen, those furthest off first where not all have room."""
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
        OutputCurve(name, each.coarser(TOGETHER), each, _unsure_in_words(each), surely_off(each))
        for name, each in zip(names, found, strict=True)
    )


def output_names(names: tuple[str, ...], layout: Layout, verdict: Verdict) -> list[str]:
    """Of the outputs surveyed: the class, the pair, or the bit that each is about."""
    if layout.heads:
        return list(names)
    if layout.has_pairs:
        chosen = layout.table
        return [f"{names[int(row.argmax())]} | {names[int(row.argmin())]}" for row in chosen]
    return [row.name for row in verdict.rows(names)]


def _unsure_in_words(found: Reliability) -> str:
    said, true, count = found.unsure
    return f"says {100 * said:.0f}, is {100 * true:.0f}" if count >= FEW else "never unsure"


def surely_off(found: Reliability) -> bool:
    """Whether it is off by more than chance where it is unsure."""
    said, _, count = found.unsure
    if count < FEW:
        return False
    low, high = interval(int(found.hits[1:-1].sum()), count)
    return not low <= said <= high


def outputs_headline(curves: Sequence[OutputCurve]) -> str:
    """Whether the outputs speak on one scale."""
    if not curves:
        return "The test digits are being judged ..."
    off = [curve for curve in curves if curve.off]
    if not off:
        return "Where an output is unsure (7 to 93 %), none is off by more than chance."

    def distance(curve: OutputCurve) -> float:
        said, true, _ = curve.fine.unsure
        return abs(said - true)

    worst = max(off, key=distance)
    said, true, count = worst.fine.unsure
    return (
        f"Where unsure (7 to 93 %), {len(off)} of {len(curves)} outputs "
        f"{'is' if len(off) == 1 else 'are'} off by more than chance: output "
        f"{worst.name} says {100 * said:.0f} %, true are {100 * true:.0f} % of {count:,}."
    )


def furthest_first(curves: Sequence[OutputCurve], room: int) -> tuple[OutputCurve, ...]:
    """All in their order where they have room, else those with the largest error."""
    if len(curves) <= room:
        return tuple(curves)
    return tuple(sorted(curves, key=lambda curve: -curve.fine.error)[:room])


# ---- I don't know --------------------------------------------------------------------


def selected_in_words(found: Selected, threshold: float) -> str:
    """What a threshold does, in three sentences."""
    if not found.answered:
        return f"Below {percent(threshold)}: I don't know. That is its answer to every digit."
    refused = found.images - found.answered
    spared = found.wrong_of_all - found.wrong
    start = "It answers every digit"
    if refused:
        start = (
            f"Below {percent(threshold)}: I don't know. It answers "
            f"{100 * found.coverage:.1f} % of the digits"
        )
    stay = "1 mistake stays" if found.wrong == 1 else f"{found.wrong:,} mistakes stay"
    right = f"{start}, {100 * found.accuracy:.2f} % of them right. {stay[0].upper()}{stay[1:]}"
    if not refused:
        return f"{right}."
    return f"{right}; {spared:,} are refused, with {found.refused_right:,} right answers."


def percent(threshold: float) -> str:
    """A threshold as it is written."""
    places = 0 if threshold <= 0.99 else 1 if threshold <= 0.999 else 2
    words = f"{100 * threshold:.{places}f} %"
    return "0 %" if math.isclose(threshold, 0.0) else words
