"""What every design says of the drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nnviz.data.arrays import Bytes
from nnviz.networks.designs import DESIGNS
from nnviz.session.state import State, Work
from nnviz.ui.pages.design_views.design_numbers import origin_of
from nnviz.ui.pictures.design_rows import DesignRow
from nnviz.verdicts.answers import Options
from nnviz.verdicts.verdict import Verdict
from nnviz.verdicts.work_per_answer import BY_BITS

NO_INK = "–"


@dataclass(frozen=True, eq=False)
class Answered:
    """What the network of a design says of some pixels."""

    work: Work
    pixels: Bytes
    options: Options
    verdict: Verdict
    bits: bool
    """Whether it goes by the bits of a code word."""
    values: Sequence[float]
    """Its outputs or bits, 0..1."""


def answers(state: State, known: Mapping[str, Answered]) -> dict[str, Answered]:
    """Design -> its answer; those of `known` that are still true are taken over."""
    pixels = state.drawn
    if pixels is None:
        return {}
    found = {}
    for design, work in state.representatives.items():
        before = known.get(design)
        if before is None or not _still_true(before, state, work, pixels):
            before = _answered(state, work, pixels)
        found[design] = before
    return found


def _still_true(before: Answered, state: State, work: Work, pixels: Bytes) -> bool:
    if work is state.work:  # its reading, operations and moment change without it
        return False
    same = before.work is work and before.pixels is pixels
    return same and before.options == state.options


def _answered(state: State, work: Work, pixels: Bytes) -> Answered:
    classes, options = state.digits.classes, state.options
    if work is state.work:
        network = state.operated_network
        verdict = state.seen.look(pixels, classes, state.reading, options, network)
    else:
        verdict = work.look(pixels, classes, options=options)
    bits = verdict.evidence.layout.has_bits and verdict.reading in BY_BITS
    if bits:
        values = verdict.bits.tolist()
    else:
        values = [row.value for row in verdict.rows(state.digits.class_names)]
    return Answered(work, pixels, options, verdict, bits, values)


def rows(state: State, answered: Mapping[str, Answered]) -> list[DesignRow]:
    """One row for each design, in their order."""
    return [_row(state, design, answered) for design in DESIGNS]


def _row(state: State, design: str, answered: Mapping[str, Answered]) -> DesignRow:
    label, shown = DESIGNS[design].label, design == state.design
    work = state.representatives.get(design)
    if work is None:
        return DesignRow(design, label, "no network yet", shown=shown)
    origin = origin_of(state, work)
    if design not in answered:
        return DesignRow(design, label, origin, shown=shown, nothing=NO_INK)
    one, leading = answered[design], answered.get(state.design)
    said = one.verdict.answer
    return DesignRow(
        design,
        label,
        origin,
        state.named(said),
        None,
        f"{100 * one.verdict.confidence:.0f} %",
        leading is not None and leading.verdict.answer != said,
        compared_with="the design on screen",
        bits=one.bits,
        marks=(None,) * len(one.values),
        shown=shown,
    )
