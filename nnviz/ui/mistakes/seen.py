"""What the views show of a state: what the designs said, which digits are listed, one of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nnviz.data.arrays import Bytes
from nnviz.data.digits import ShownDigits
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.networks.taught import Taught
from nnviz.questions.judged import Judged
from nnviz.questions.listing import AllSaid
from nnviz.questions.neighbours import Neighbours
from nnviz.session.entrants import design_of, name_now
from nnviz.session.judging import designs_compared, whose_mistakes
from nnviz.session.session import Session
from nnviz.session.slices import MistakesChoice
from nnviz.session.state import State, Work
from nnviz.ui.pages.page import MOVING
from nnviz.ui.pages.untrained import is_broken, is_untrained
from nnviz.verdicts.answers import Options, answer_in_words
from nnviz.verdicts.verdict import Verdict


@dataclass(frozen=True)
class JudgedSeen:
    """All that these views show of a state."""

    untrained: bool
    running: bool
    engine: str
    design: str
    reading: str
    options: Options
    designs: tuple[str, ...]
    """The entrants: designs that have a network, and other networks of a design."""
    listed: tuple[str, ...]
    """The same, and in their places designs without a network."""
    labels: Mapping[str, str]
    """Design or entrant -> what it is called."""
    own_names: Mapping[str, str]
    """Entrant -> what tells it from others of its design."""
    more: Mapping[str, str]
    """Name -> title of networks that could be compared, too."""
    compared: tuple[str, str]
    """Two of the entrants; the second is "" if there is none."""
    whose: str
    """Whose mistakes are listed: SHOWN, ANY, EVERY or an entrant."""
    others: frozenset[str]
    """The entrants whose curves are shown besides."""
    hidden: bool
    """Whether the answer is not to be told: counts, and what is read as what."""
    lecturing: bool
    digits: ShownDigits
    image: int
    mistakes: MistakesChoice
    known: Mapping[str, Judged]
    """Entrant -> what it said, that on screen first."""
    alike_to_first: tuple[str, ...]
    """The entrants that can be compared with the first of the two."""
    alike: tuple[str, ...]
    """The entrants that can be compared with that on screen."""
    missing: tuple[str, ...]
    said: AllSaid | None
    """What is known of them, seen from the one whose mistakes are listed."""
    works: tuple[Work, ...] = field(metadata=MOVING)
    """Those that are asked."""
    taught: Mapping[str, Taught] = field(metadata=MOVING)
    """Entrant -> what it has learned from."""

    @property
    def names_compared(self) -> tuple[str, str]:
        """What the two are called: of one design, only what tells them apart."""
        return names_of_two(self.compared, self.labels, self.own_names)

    def named(self, answer: int) -> str:
        """An answer in words."""
        return answer_in_words(answer, self.digits.class_names)


def names_of_two(
    two: tuple[str, str], labels: Mapping[str, str], own_names: Mapping[str, str]
) -> tuple[str, str]:
    """What two entrants are called: of one design, only what tells them apart."""
    first, second = two
    same = design_of(first) == design_of(second)
    names = own_names if same else labels
    return names.get(first, ""), names.get(second, "")


def see_judged(session: Session, state: State) -> JudgedSeen:
    """What is shown of a state."""
    judgements = session.judgements
    return JudgedSeen(
        untrained=is_untrained(state),
        running=state.learns,
        engine=state.engine,
        design=state.design,
        reading=state.shown_reading,
        options=state.options,
        designs=tuple(state.entrants),
        listed=state.listed_entrants,
        labels=state.labels,
        own_names=state.own_names,
        whose=whose_mistakes(state),
        others=frozenset(name_now(each, state.entrants) for each in state.mistakes.trust.others),
        more=state.more_entrants,
        compared=designs_compared(state),
        hidden=state.answer_hidden,
        lecturing=state.lecturing,
        digits=state.digits,
        image=state.image,
        mistakes=state.mistakes,
        known=judgements.known,
        alike_to_first=state.alike_to(designs_compared(state)[0]),
        alike=state.alike_to(state.design),
        missing=judgements.missing,
        said=judgements.said,
        works=works_asked(state),
        taught=state.taught,
    )


def works_asked(state: State) -> tuple[Work, ...]:
    """The networks that are judged."""
    return state.seen, *state.entrants.values()


@dataclass(frozen=True)
class DigitSeen(JudgedSeen):
    """All that the view of one digit shows of a state."""

    layout: Layout
    pixels: Bytes
    label: int | None
    """The class of the digit; None for a drawing."""
    test_digit: int
    """Its number; -1 for a drawing."""
    pair: tuple[int, int] | None
    member: int
    neuron: int | None
    pressed: int
    """How much of it is shown before a room."""
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


def see_digit(session: Session, state: State, pressed: int) -> DigitSeen:
    """What is shown of a state, so much of it before a room."""
    return DigitSeen(
        **vars(see_judged(session, state)),
        layout=state.layout,
        pixels=state.pixels,
        label=state.shown_label,
        test_digit=state.test_digit,
        pair=state.pair,
        member=state.member,
        neuron=state.neuron,
        pressed=pressed,
        broken=is_broken(state),
        near=session.neighbours.found,
        verdict=state.sure_verdict,
        seen=state.seen,
    )
