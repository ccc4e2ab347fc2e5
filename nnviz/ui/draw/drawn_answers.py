"""What every design says of the drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nnviz.data.arrays import Bytes
from nnviz.data.digits import GREY, ShownDigits
from nnviz.networks.designs import DESIGNS
from nnviz.session.slices import Pad
from nnviz.session.state import State, Work
from nnviz.ui.kit.design_table import DesignRow
from nnviz.ui.pages.agreement import origin_of
from nnviz.ui.pages.page import MOVING
from nnviz.ui.pages.verdicts_of_designs import outputs_of
from nnviz.verdicts.answers import NOT_A_DIGIT_IN_WORDS, Options
from nnviz.verdicts.verdict import Verdict
from nnviz.words import percent, tr

NO_INK = "–"


@dataclass(frozen=True)
class PadSeen:
    """All that the view of a drawing shows of a state."""

    running: bool
    design: str
    reading: str
    options: Options
    digits: ShownDigits
    pad: Pad
    everywhere: bool
    """Whether the drawing is the digit on screen."""
    film: bool
    """Whether `seen` is a moment of a film."""
    altered: bool
    """Whether neurons have been operated on."""
    verdict: Verdict = field(metadata=MOVING)
    """Of the digit on screen."""
    seen: Work = field(metadata=MOVING)
    works: Mapping[str, Work] = field(metadata=MOVING)
    """Design -> its network."""

    @property
    def fits(self) -> bool:
        """Whether the networks can read a drawing."""
        return self.digits.shape == GREY

    @property
    def drawn(self) -> Bytes | None:
        """(inputs,): what they get of it; None without ink."""
        return self.pad.seen if self.fits else None

    def named(self, answer: int) -> str:
        """An answer in words."""
        return self.digits.class_names[answer] if answer >= 0 else NOT_A_DIGIT_IN_WORDS


def see_pad(state: State) -> PadSeen:
    """What is shown of a state."""
    return PadSeen(
        running=state.running,
        design=state.design,
        reading=state.reading,
        options=state.options,
        digits=state.digits,
        pad=state.pad,
        everywhere=state.shown_drawing is not None,
        film=state.past is not None,
        altered=bool(state.operations),
        verdict=state.sure_verdict,
        seen=state.seen,
        works=state.representatives,
    )


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


def answers(view: PadSeen, known: Mapping[str, Answered]) -> dict[str, Answered]:
    """Design -> its answer; those of `known` that are still true are taken over."""
    pixels = view.drawn
    if pixels is None:
        return {}
    found = {}
    for design, work in view.works.items():
        before = known.get(design)
        if before is None or not _still_true(before, view, work, pixels):
            before = _answered(view, work, pixels)
        found[design] = before
    return found


def _still_true(before: Answered, view: PadSeen, work: Work, pixels: Bytes) -> bool:
    if work.design == view.design:  # its reading, operations and moment change without it
        return False
    same = before.work is work and before.pixels is pixels
    return same and before.options == view.options


def _answered(view: PadSeen, work: Work, pixels: Bytes) -> Answered:
    classes, options = view.digits.classes, view.options
    if work.design == view.design:
        network = view.verdict.evidence.network  # with the operations in force
        verdict = view.seen.look(pixels, classes, view.reading, options, network)
    else:
        verdict = work.look(pixels, classes, options=options)
    outputs = outputs_of(verdict, view.digits.class_names)
    return Answered(work, pixels, options, verdict, *outputs)


def rows(view: PadSeen, answered: Mapping[str, Answered]) -> list[DesignRow]:
    """One row for each design, in their order."""
    return [_row(view, design, answered) for design in DESIGNS]


def _row(view: PadSeen, design: str, answered: Mapping[str, Answered]) -> DesignRow:
    label, shown = DESIGNS[design].label, design == view.design
    work = view.works.get(design)
    if work is None:
        return DesignRow(design, label, tr("no network yet"), shown=shown)
    own = work.run == view.seen.run
    origin = origin_of(work, view.digits, own and view.film, own and view.altered)
    if design not in answered:
        return DesignRow(design, label, origin, shown=shown, nothing=NO_INK)
    one, leading = answered[design], answered.get(view.design)
    said = one.verdict.answer
    return DesignRow(
        design,
        label,
        origin,
        view.named(said),
        None,
        percent(one.verdict.confidence, 0),
        leading is not None and leading.verdict.answer != said,
        unlike=tr("It answers unlike the design on screen."),
        bits=one.bits,
        marks=(None,) * len(one.values),
        shown=shown,
    )
