"""What every entrant says of the drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from nnviz.data.arrays import Bytes
from nnviz.data.digits import GREY, ShownDigits
from nnviz.session.slices import Pad
from nnviz.session.state import State, Work
from nnviz.ui.kit.seeing import Kept
from nnviz.ui.pages.page import MOVING, seen
from nnviz.ui.pages.verdicts_of_designs import outputs_of
from nnviz.verdicts.answers import Options, answer_in_words
from nnviz.verdicts.verdict import Verdict


@dataclass(frozen=True)
class PadSeen:
    """All that the view of a drawing shows of a state."""

    running: bool
    design: str
    reading: str
    options: Options
    digits: ShownDigits
    pad: Pad
    lecturing: bool
    answer_hidden: bool
    everywhere: bool
    """Whether the drawing is the digit on screen."""
    film: bool
    """Whether `seen` is a moment of a film."""
    altered: bool
    """Whether neurons have been operated on."""
    alike: tuple[str, ...]
    """The entrants that can be compared with that on screen."""
    listed: tuple[str, ...]
    """The entrants, and in their places designs without a network."""
    labels: Mapping[str, str]
    """Design or entrant -> what it is called."""
    own_names: Mapping[str, str]
    """Entrant -> what tells it from others of its design."""
    verdict: Verdict = field(metadata=MOVING)
    """Of the digit on screen."""
    seen: Work = field(metadata=MOVING)
    works: Mapping[str, Work] = field(metadata=MOVING)
    """Entrant -> its network."""

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
        return answer_in_words(answer, self.digits.class_names)


def see_pad(state: State) -> PadSeen:
    """What is shown of a state."""
    return seen(
        PadSeen,
        state,
        everywhere=state.shown_drawing is not None,
        film=state.past is not None,
        altered=bool(state.operations),
        alike=state.alike_to(state.design),
        verdict=state.sure_verdict,
        listed=state.listed_entrants,
        works=state.entrants,
    )


@dataclass(frozen=True, eq=False)
class Answered:
    """What an entrant says of some pixels."""

    verdict: Verdict
    bits: bool
    """Whether it goes by the bits of a code word."""
    values: Sequence[float]
    """Its outputs or bits, 0..1."""


def answers(view: PadSeen, kept: Kept[Answered]) -> dict[str, Answered]:
    """Entrant -> its answer to the drawing; those that are still true are `kept`."""
    pixels = view.drawn
    if pixels is None:
        return {}
    found = {}
    for name, work in view.works.items():
        parts: tuple[object, ...] = (work, pixels, view.options)
        if name == view.design:  # as it is on screen: its reading, operations and moment
            parts = (*parts, view.seen, view.reading, view.verdict.evidence.network)
        found[name] = kept.get(name, parts, partial(_answered, view, name, pixels))
    return found


def _answered(view: PadSeen, name: str, pixels: Bytes) -> Answered:
    work, classes, options = view.works[name], view.digits.classes, view.options
    if name == view.design:
        network = view.verdict.evidence.network
        verdict = view.seen.look(pixels, classes, view.reading, options, network)
    else:
        verdict = work.look(pixels, classes)
    return Answered(verdict, *outputs_of(verdict, view.digits.class_names))
