"""What the view of one digit shows: the digit, what the networks make of it, and the lists."""

from dataclasses import dataclass, field

from nnviz.data.arrays import Bytes
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.questions.neighbours import Neighbours
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.mistakes.judged_seen import JudgedSeen, see_judged
from nnviz.ui.pages.page import MOVING
from nnviz.ui.pages.untrained import is_broken
from nnviz.verdicts.verdict import Verdict


@dataclass(frozen=True)
class DigitSeen(JudgedSeen):
    """All that the view shows of a state."""

    layout: Layout
    pixels: Bytes
    label: int | None
    """The class of the digit; None for a drawing."""
    label_in_words: str
    test_digit: int
    """Its number; -1 for a drawing."""
    pair: tuple[int, int] | None
    member: int
    neuron: int | None
    broken: bool
    """Whether the weights are no numbers."""
    near: Neighbours | None
    """The nearest training digits, once they are found."""
    verdict: Verdict = field(metadata=MOVING)
    seen: Work = field(metadata=MOVING)

    @property
    def network(self) -> Network:
        """The one that the pictures show, with the operations in force."""
        return self.verdict.evidence.network


def see_digit(session: Session, state: State) -> DigitSeen:
    """What is shown of a state."""
    return DigitSeen(
        **vars(see_judged(session, state)),
        layout=state.layout,
        pixels=state.pixels,
        label=state.shown_label,
        label_in_words=state.label_in_words,
        test_digit=state.test_digit,
        pair=state.pair,
        member=state.member,
        neuron=state.neuron,
        broken=is_broken(state),
        near=session.neighbours.found,
        verdict=state.sure_verdict,
        seen=state.seen,
    )
