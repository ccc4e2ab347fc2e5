"""What the window asks of the training process, and what it is told."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from nnviz.data.digits import ShownDigits, Source
from nnviz.data.own_digits import Progress
from nnviz.networks.curves import Measured, Point, Position
from nnviz.networks.film import Moment
from nnviz.networks.learned_by import LearnedBy
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.questions.orientation import Upright
from nnviz.questions.question import Question

# ---- asked ---------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenDigits:
    """Take this data set."""

    source: Source


@dataclass(frozen=True)
class StopOpening:
    """Give up what is being opened; the digits in use stay."""


@dataclass(frozen=True)
class BeginRun:
    """Take up a run at any position, and wait there; other runs end."""

    run: int
    settings: Settings
    network: Network
    position: Position
    points: tuple[Point, ...]
    learned_by: tuple[LearnedBy, ...] = ()
    """What learned it so far."""


@dataclass(frozen=True)
class BeginRace:
    """Take up several runs that learn side by side, in step by digits seen."""

    runs: tuple[BeginRun, ...]
    level: frozenset[int] | None = None
    """Numbers of the runs that come to rest at one place (None: all); others stop where they
    are."""


@dataclass(frozen=True)
class Go:
    """Learn until told to pause; or so many more steps, or to the end of the epoch; no steps
    bring runs side by side to where the furthest is."""

    steps: int | None = None
    to_epoch_end: bool = False


@dataclass(frozen=True)
class Pause:
    """Stop learning at once, also in the middle of an epoch; runs side by side first come to
    where the furthest is."""


@dataclass(frozen=True)
class Change:
    """Put live settings in force."""

    settings: Settings
    run: int = 0
    """Which run (0: the only one)."""


@dataclass(frozen=True)
class Look:
    """Send the newest snapshot; the asker already has so many points of the curves."""

    points: int
    order: int
    """Comes back with the snapshot: how many orders the asker had given by then."""
    run: int = 0
    """Which run (0: the only one)."""


@dataclass(frozen=True)
class Ask:
    """Ask many digits; those waiting of the same place are not answered any more."""

    number: int
    """Comes back with the answer."""
    question: Question[Any]
    ahead: bool = False
    """Whether nobody waits for it yet: then all others come first."""


@dataclass(frozen=True)
class NeverMind:
    """Nobody wants to know any more what was asked last of a place."""

    place: Hashable


Asked = (
    Ask | NeverMind | OpenDigits | StopOpening | BeginRun | BeginRace | Go | Pause | Change | Look
)

# ---- told ----------------------------------------------------------------------------


@dataclass(frozen=True)
class DigitsOpened:
    """The data set is in use."""

    digits: ShownDigits
    left_out: tuple[str, ...] = ()
    """Why some of your own test digits were not taken"""
    upright: Upright | None = None
    """How they would be read better"""


@dataclass(frozen=True)
class Opening:
    """How far a data set is that takes long to open."""

    source: Source
    progress: Progress


@dataclass(frozen=True)
class Snapshot:
    """A read-only copy of a run at one moment."""

    run: int
    network: Network
    position: Position
    new_points: tuple[Point, ...]
    measured: Measured | None
    running: bool
    order: int
    new_moments: tuple[Moment, ...] = ()
    """Those of the film that belong to `new_points`."""
    learned_by: tuple[LearnedBy, ...] = ()
    """What learned it, one after the other."""

    @property
    def settled(self) -> bool:
        """Whether nothing more will come of this run by itself."""
        known = self.measured
        fresh = known and known.whole and known.examples == self.position.examples
        return not self.running and bool(fresh)


@dataclass(frozen=True)
class Answered:
    """The answer to Ask."""

    number: int
    result: Any


@dataclass(frozen=True)
class Trouble:
    """Something could not be done; one sentence for the user. `about`: digits or run."""

    about: str
    sentence: str
    details: str = ""
    """What more there is to say, in lines"""
    counted: bool = False
    """Whether digits could be had if numbers that may only count were labels"""
    diverged: int = 0
    """Number of the run whose weights are no longer numbers."""


@dataclass(frozen=True)
class Prepared:
    """What learns most runs is ready; why not the compiled engine, or nothing."""

    reason: str = ""


@dataclass(frozen=True)
class Compiling:
    """A run waits for what learns it; or does no longer."""

    waits: bool
    anew: bool = True
    """For machine code that was never made on this computer; else it is only loaded."""


@dataclass(frozen=True)
class Noted:
    """One sentence for the user about what is done otherwise than was to be expected."""

    sentence: str


@dataclass(frozen=True)
class Broken:
    """The training process met an error of its own and ends."""

    sentence: str
    details: str


Told = (
    Answered | DigitsOpened | Opening | Snapshot | Trouble | Prepared | Compiling | Noted | Broken
)
