"""The morph that the state asks for: its ends, its blend, and who reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from nnviz.data.arrays import Bytes
from nnviz.data.digits import GREY, ShownDigits
from nnviz.data.kept_drawings import KeptDrawing
from nnviz.networks.taught import Taught
from nnviz.questions.morphs import BLENDS, FindTurns, MorphChoice, Turns, usual_ends
from nnviz.questions.readers import Reader
from nnviz.session.asking import Inquiry, readers_of
from nnviz.session.entrants import name_now
from nnviz.session.kept_drawings import kept_in
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.session.slices import KeptChoice
from nnviz.session.state import State
from nnviz.ui.draw.shown_to_room import for_room
from nnviz.ui.pages.page import MOVING, seen

Ends = tuple[int, int]


@dataclass(frozen=True, eq=False)
class DrawnEnd:
    """A kept drawing at an end of the morph."""

    kept: KeptDrawing
    label: int


def ends_of(state: State) -> Ends:
    """Numbers of the test digits at both ends of the morph."""
    usual = usual_ends(state.digits.labels, state.digits.images)
    chosen = state.morph.first, state.morph.second
    first, second = (u if c is None else c for u, c in zip(usual, chosen, strict=True))
    return first, second


def drawn_ends(state: State) -> tuple[DrawnEnd | None, DrawnEnd | None]:
    """The kept drawings that stand in the place of those digits: such as are there, and of which
    it is known what they are."""
    first, second = (
        _drawn_end(state, name) for name in (state.morph.first_kept, state.morph.second_kept)
    )
    return first, second


def _drawn_end(state: State, name: str) -> DrawnEnd | None:
    kept = kept_in(state, name) if name and state.digits.shape == GREY else None
    label = None if kept is None else kept.label(state.digits.class_names)
    return None if kept is None or label is None else DrawnEnd(kept, label)


def labels_of(state: State) -> Ends:
    """The classes of both ends."""
    first, second = (
        int(state.digits.labels[number]) if drawn is None else drawn.label
        for number, drawn in zip(ends_of(state), drawn_ends(state), strict=True)
    )
    return first, second


def blend_of(state: State) -> str:
    """The blend in use: the chosen one where these digits allow it."""
    grey = state.digits.shape[2] == 1
    blend = state.morph.blend
    return blend if grey or not BLENDS[blend].grey else next(iter(BLENDS))


@dataclass(frozen=True)
class MorphSeen:
    """All that the view shows of a state."""

    running: bool
    engine: str
    design: str
    base: str
    """The entrant that the others are compared with."""
    own_names: Mapping[str, str]
    """Entrant -> what tells it from others of its design, where several are compared."""
    digits: ShownDigits
    drawing: bool
    """Whether a drawing is on screen instead of a test digit."""
    ends: Ends
    drawn: tuple[DrawnEnd | None, DrawnEnd | None]
    """Kept drawings in the place of the test digits at the ends."""
    kept: KeptChoice
    labels: Ends
    blend: str
    morph: MorphChoice
    lecturing: bool
    answer_hidden: bool
    chosen: str
    """The entrant that is compared with the baseline in many pairs ("": none was chosen)."""
    found: Mapping[str, Known[Turns]]
    """Reader -> what it said of many pairs, where those are looked at."""
    alike: tuple[str, ...]
    """The entrants that can be compared with that on screen."""
    alike_to_base: tuple[str, ...]
    """Those that can be compared with the baseline."""
    readers: tuple[Reader, ...] = field(metadata=MOVING)
    taught: Mapping[str, Taught] = field(metadata=MOVING)
    """Entrant -> what it has learned from."""

    @property
    def pixels(self) -> tuple[Bytes, Bytes]:
        """(inputs,) of both ends"""
        first, second = (
            self.digits.images[number] if drawn is None else drawn.kept.pixels
            for number, drawn in zip(self.ends, self.drawn, strict=True)
        )
        return first, second

    @property
    def question(self) -> Inquiry[Turns]:
        """What is asked of many pairs."""
        return _question(self.labels, self.blend)

    @property
    def compared(self) -> tuple[Reader | None, Reader | None]:
        """Who is compared with whom in many pairs: the chosen design, or at first separate
        networks, one for each class; and the baseline."""
        by_name = {reader.name: reader for reader in self.readers}
        base, one = by_name.get(self.base), by_name.get(self.chosen)
        if one is None or one is base:
            others = [reader for reader in self.readers if reader is not base]
            separate = [
                reader
                for reader in others
                if reader.layout.one_hot and reader.layout.network_count == reader.layout.classes
            ]
            one = next(iter((*separate, *others)), None)
        return one, base


def see_morph(session: Session, state: State) -> MorphSeen:
    """What is shown of a state."""
    ends, blend = ends_of(state), blend_of(state)
    first, second = labels_of(state)
    asked, readers = _question((first, second), blend), readers_of(state)
    return seen(
        MorphSeen,
        state,
        drawing=state.shown_drawing is not None,
        ends=ends,
        drawn=drawn_ends(state),
        labels=(first, second),
        chosen=name_now(state.morph.compared, state.entrants),
        blend=blend,
        found=session.inquiries.answers(asked) if state.morph.many else {},
        alike=state.alike_to(state.design),
        alike_to_base=state.alike_to(state.base),
        readers=for_room(readers, state.design) if state.lecturing else readers,
    )


def ask_turns(session: Session, state: State) -> None:
    """Asks where every digit of the one class turns into the other."""
    first, second = labels_of(state)
    if first != second:
        session.inquiries.ask(_question((first, second), blend_of(state)))


def _question(labels: Ends, blend: str) -> Inquiry[Turns]:
    return partial(FindTurns, first=labels[0], second=labels[1], blend=blend)
