"""What the view of strange images shows of a state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from nnviz.data.arrays import Bytes
from nnviz.data.digits import ShownDigits
from nnviz.data.specimens import KINDS, Kind, SpecimenChoice, kinds_for, material_of, specimen
from nnviz.questions.readers import NAIVE, Reader
from nnviz.questions.strangeness import Taken
from nnviz.session.known import Known
from nnviz.session.state import State
from nnviz.ui.draw.shown_to_room import kinds_for_room
from nnviz.ui.pages.page import MOVING


@dataclass(frozen=True)
class StrangeSeen:
    """All that the view shows of a state."""

    running: bool
    engine: str
    design: str
    digits: ShownDigits
    strange: SpecimenChoice
    kind: str
    lecturing: bool
    answer_hidden: bool
    drawing: Bytes | None
    """Pixels (inputs,) of what is on the pad."""
    found: Mapping[str, Known[Mapping[str, Taken]]]
    """Reader -> how it takes a thousand images of each kind, as far as known."""
    alike: tuple[str, ...]
    """The entrants that can be compared with that on screen."""
    own_names: Mapping[str, str]
    """Entrant -> what tells it from others of its design, where several are compared."""
    chosen: str
    """The reader whose kind is looked at ("": none)."""
    readers: tuple[Reader, ...] = field(metadata=MOVING)

    @property
    def drawn(self) -> Bytes | None:
        """The drawing, if it is on screen."""
        return self.drawing if self.strange.drawn else None

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds that can be made beside these digits; to a room those that stories are about,
        and the one that is looked at."""
        made = kinds_for(material_of(self.digits))
        return kinds_for_room(made, self.kind) if self.lecturing else made

    @property
    def number(self) -> int:
        """Of the image of the kind that is on screen."""
        return self.strange.number % KINDS[self.kind].count

    @property
    def taken(self) -> Mapping[str, Mapping[str, Taken]]:
        """Reader -> kind -> how it takes it, as far as known."""
        return {name: one.result for name, one in self.found.items()}

    @property
    def reader(self) -> Reader | None:
        """Whose kind is looked at, where one is chosen."""
        return next((each for each in self.readers if each.name == self.chosen), None)

    @property
    def counted(self) -> tuple[Reader, ...]:
        """Those that sentences compare: networks taught alike, and all that were meant to be
        taught otherwise."""
        return tuple(each for each in self.readers if each.name in (*self.alike, *NAIVE))

    def image(self, kind: str, number: int) -> Bytes:
        """(inputs,): an image of a kind"""
        return _made(self.digits, kind, number, self.strange.seed)


def kind_of(state: State) -> str:
    """The kind on screen: the chosen one, if it can be made beside these digits."""
    kinds = kinds_for(material_of(state.digits))
    return state.strange.kind if state.strange.kind in kinds else next(iter(kinds))


@lru_cache(maxsize=256)
def _made(digits: ShownDigits, kind: str, number: int, seed: int) -> Bytes:
    """A specimen, made once while it is in sight."""
    return specimen(kind, number, seed, material_of(digits))
