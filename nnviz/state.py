"""Everything that is being looked at, as one frozen value."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from nnviz.learning.curves import Measured, Point, Position
from nnviz.learning.digits import ShownDigits
from nnviz.learning.network import Network
from nnviz.learning.settings import Settings
from nnviz.learning.trained import TrainedNetwork
from nnviz.learning.verdicts import Verdict, look

SHIPPED = "that comes with nnviz"
"""Stands for the name of a file that the user never chose."""
ENGINE_STATES = ("starting", "ready", "dead")


@dataclass(frozen=True)
class Notice:
    """One sentence on the banner, with at most one thing to do about it."""

    kind: str
    """info, error, or wait: goes away by itself when what it is about has come"""
    sentence: str
    action: str = ""
    """Name of a method of Session, or nothing."""
    action_label: str = ""
    details: str = ""


@dataclass(frozen=True)
class Transfer:
    """A data set on its way from the network."""

    name: str
    """A key of DATA_SETS."""
    received: int
    """Bytes so far."""


@dataclass(frozen=True, eq=False)
class Work:
    """A network with the story of its run: what undo brings back and a file keeps."""

    settings: Settings
    network: Network
    position: Position = Position()
    points: tuple[Point, ...] = ()
    measured: Measured | None = None
    opened: TrainedNetwork | None = None
    """The network file it shows, with its own story; None for a run of this window."""
    file: str = ""
    """Name of that file, or of the one that holds exactly these weights."""

    key: int = 0
    """Number of the network in this window."""
    name: str = ""
    """What the user calls it."""

    @property
    def title(self) -> str:
        """What it is called on screen."""
        if self.file == SHIPPED:
            return f"trained network {SHIPPED}"
        return self.name or self.file or f"run {self.key}"

    def epoch_length(self, digits: ShownDigits) -> int:
        """Training digits in one epoch of its run."""
        if self.opened is not None:
            return self.opened.trained_on
        return min(self.settings.images or digits.train_count, digits.train_count)

    @property
    def would_be_lost(self) -> bool:
        """Whether learning went into it that no file holds."""
        return self.position.steps > 0 and not self.file


@dataclass(frozen=True, eq=False)
class State:
    """What the window shows. `derive` keeps the verdict in step with the rest."""

    digits: ShownDigits
    work: Work
    run: int = 0
    """Number of the run, raised by every new start."""
    running: bool = False
    engine: str = "starting"
    """One of ENGINE_STATES."""
    image: int = 0
    """Number of the test digit on screen."""
    label: int | None = None
    """Only digits of this class are picked (None: all)."""
    output: int | None = None
    """The output whose contributions are drawn (None: the answer)."""
    neuron: int | None = None
    """The hidden neuron selected."""
    dense: bool = False
    """All weight images instead of the 30 that contribute most."""
    own_scales: bool = False
    """Each weight image has a colour scale of its own."""
    page: str = "train"
    notice: Notice | None = None
    shelf: tuple[Work, ...] = ()
    """The other networks that are open, in their order."""
    place: int = 0
    """Where the network on screen stands among them."""
    download: Transfer | None = None
    """The download under way."""
    undo: Work | None = None
    """What the last reset took away."""
    verdict: Verdict | None = None

    @property
    def settings(self) -> Settings:
        return self.work.settings

    @property
    def works(self) -> tuple[Work, ...]:
        """All open networks, the one on screen at `place`."""
        return (*self.shelf[: self.place], self.work, *self.shelf[self.place :])

    @property
    def shown_label(self) -> int:
        """The class of the digit on screen."""
        return int(self.digits.labels[self.image])

    @property
    def shown_output(self) -> int:
        """The output whose contributions are drawn."""
        return self.output if self.output is not None else self.sure_verdict.answer

    @property
    def sure_verdict(self) -> Verdict:
        """The verdict, which every state made by `derive` has."""
        assert self.verdict is not None
        return self.verdict


JUDGED = frozenset({"work", "image", "digits"})
"""Fields that the verdict is made from."""


def derive(state: State, **changes: Any) -> State:
    """The state after changes, with the verdict that belongs to it."""
    if state.verdict is None or JUDGED & changes.keys():
        changed = dataclasses.replace(state, **changes)
        work, digits = changed.work, changed.digits
        changes["verdict"] = look(
            work.network, work.settings.design, digits.classes, digits.images[changed.image]
        )
    return dataclasses.replace(state, **changes)
