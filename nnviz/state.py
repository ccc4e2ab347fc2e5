"""Everything that is being looked at, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.learning.answers import Options
from nnviz.learning.book_zero import Trial
from nnviz.learning.branches import Detours
from nnviz.learning.comparison import Compared
from nnviz.learning.curves import Measured, Point, Position
from nnviz.learning.designs import DESIGNS
from nnviz.learning.digits import ShownDigits
from nnviz.learning.film import NO_FILM, Film
from nnviz.learning.idx import Bytes
from nnviz.learning.layouts import Layout, layout_of
from nnviz.learning.network import Network
from nnviz.learning.operating import Operated
from nnviz.learning.operations import NO_OPERATIONS, Operations, operated
from nnviz.learning.settings import Settings
from nnviz.learning.surveys import Surveyed
from nnviz.learning.trained import TrainedNetwork
from nnviz.learning.verdicts import Verdict, look

NOT_A_DIGIT_IN_WORDS = "not a digit"
SHIPPED = "that comes with nnviz"
"""Stands for the name of a file that the user never chose."""
ENGINE_STATES = ("starting", "ready", "dead")
PLAIN = Options()
MOVED_A_LITTLE = Trial(right=-3)


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
    run: int = 0
    """Number of its run, raised by every new start."""
    shown: int = 0
    """When it was last on screen; a larger number is later."""
    judging_seconds: float = 0.0
    """Time that judging one of many test digits takes; 0 until measured."""
    name: str = ""
    """What the user calls it."""
    film: Film = NO_FILM
    """Moments of its run that can be looked back at."""
    touched: bool = False
    """Whether the user chose a setting of it or started it over."""
    before: "Work | None" = None
    """What its last new start took away."""
    operations: Operations = NO_OPERATIONS
    """What is done to its hidden neurons; `network` stays as it is."""
    operations_before: tuple[Operations, ...] = ()
    """What was done before each of the operations in force, for undo; the newest last."""

    @property
    def title(self) -> str:
        """What it is called on screen."""
        if self.file == SHIPPED:
            return f"trained network {SHIPPED}"
        return self.name or self.file or f"run {self.key}"

    @property
    def full_title(self) -> str:
        """The same with its design, where several stand side by side."""
        return f"{DESIGNS[self.design].label}: {self.title}"

    @property
    def shipped(self) -> bool:
        """Whether it comes with the program."""
        return self.file == SHIPPED

    @property
    def judged_by(self) -> Settings:
        """The settings that say what its outputs mean."""
        if self.opened is None:
            return self.settings
        return replace(self.opened.settings, bit_weights=self.settings.bit_weights)

    @property
    def design(self) -> str:
        return self.judged_by.design

    @property
    def learned(self) -> bool:
        """Whether it is more than a random start."""
        return self.opened is not None or self.position.steps > 0

    def layout(self, classes: int) -> Layout:
        """What its outputs mean."""
        return layout_of(self.judged_by, classes)

    def look(
        self,
        image: Bytes,
        classes: int,
        reading: str = "",
        options: Options = PLAIN,
        network: Network | None = None,
    ) -> Verdict:
        """What it says of one image, pixels (inputs,) 0..255; "" is its usual reading.

        `network` stands for its own, where neurons have been operated on.
        """
        wanted = reading if reading in self.readings else self.readings[0]
        return look(network or self.network, self.layout(classes), image, wanted, options)

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that its design allows, the usual one first."""
        return DESIGNS[self.design].readings

    def epoch_length(self, digits: ShownDigits) -> int:
        """Training digits in one epoch of its run."""
        if self.opened is not None:
            return self.opened.trained_on
        return min(self.settings.images or digits.train_count, digits.train_count)

    def knows_training_digits(self, digits: ShownDigits) -> bool:
        """Whether it learned from the training digits of this set, as far as can be told."""
        opened = self.opened
        return opened is None or (opened.digits == digits.name and not opened.left_out)

    @property
    def makes_way(self) -> bool:
        """Whether nobody misses it when another network takes its place."""
        untouched = not self.touched and not self.operations
        return untouched and (self.opened is not None or self.position.steps == 0)

    @property
    def would_be_lost(self) -> bool:
        """Whether learning went into it that no file holds."""
        return self.position.steps > 0 and not self.file


def moment_of(work: Work, moment: int) -> Work | None:
    """A network as it was at a moment of its film; None where it has no film."""
    found = work.film.at(moment)
    if found is None:
        return None
    return replace(
        work,
        network=found.network(work.network),
        position=found.position,
        points=work.points[: found.number + 1],
        measured=None,
    )


@dataclass(frozen=True, eq=False)
class State:
    """What the window shows. `derive` keeps the verdict in step with the rest."""

    digits: ShownDigits
    work: Work
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
    member: int = 0
    """Which of the networks side by side is shown where there is room for one."""
    reading: str = ""
    """The reading chosen ("": the usual one of the design)."""
    options: Options = PLAIN
    """How elimination goes."""
    pair: tuple[int, int] | None = None
    """The two classes selected on every page (None: the answer and its strongest rival)."""
    step: int | None = None
    """How many steps of the verdict are shown (None: all)."""
    branch: Detours = ()
    """Steps of elimination at which another class leaves than the rule says."""
    departure: tuple[int, int] | None = None
    """A class and the step at which it leaves (0: never), whose digits are listed."""
    dense: bool = False
    """All weight images instead of the 30 that contribute most."""
    own_scales: bool = False
    """Each weight image has a colour scale of its own."""
    moment: int | None = None
    """The moment of the film that is shown, by its number (None: the present)."""
    past: Work | None = None
    """The network on screen as it was at that moment; `derive` sees to it."""
    order: str = "number"
    """How the hidden neurons are sorted where all are shown: one of neuron_order.ORDERS."""
    all_members: bool = False
    """The hidden neurons of all networks side by side instead of one network's."""
    zero: Trial = MOVED_A_LITTLE
    """How the book's zero is set and moved."""
    page: str = "train"
    notice: Notice | None = None
    shelf: tuple[Work, ...] = ()
    """The other networks that are open, in their order."""
    place: int = 0
    """Where the network on screen stands among them."""
    download: Transfer | None = None
    """The download under way."""
    trained: Mapping[str, Work] = field(default_factory=dict)
    """Design -> the network of it that comes with the program, as far as loaded."""
    race: tuple[int, ...] = ()
    """Keys of the networks that learn side by side."""
    baseline: str = "ten-outputs"
    """The design that the others are compared with."""
    comparison: Compared | None = None
    """How the designs differ from the baseline, as far as known."""
    drafts: tuple[tuple[str, ...], ...] = ()
    """The code words on the table of codes, and before them what they were edited from, oldest
    first; equal words may be among them."""
    surveys: Mapping[str, Surveyed] = field(default_factory=dict)
    """Name of the survey -> the newest result."""
    operated: Operated | None = None
    """What all test digits said of the network on screen, the last time they were asked."""
    verdict: Verdict | None = None

    @property
    def settings(self) -> Settings:
        return self.work.settings

    @property
    def works(self) -> tuple[Work, ...]:
        """All open networks, the one on screen at `place`."""
        return (*self.shelf[: self.place], self.work, *self.shelf[self.place :])

    @property
    def run(self) -> int:
        """Number of the run on screen."""
        return self.work.run

    @property
    def design(self) -> str:
        """The design on screen."""
        return self.work.design

    @property
    def seen(self) -> Work:
        """The network that the pictures show: the one on screen, or a moment of its film."""
        return self.past or self.work

    @property
    def operations(self) -> Operations:
        """What is done to hidden neurons of the network on screen; `Store` tells of a change
        under this name."""
        return self.work.operations

    @property
    def known_operated(self) -> Operated | None:
        """What all test digits say of what is on screen with the operations in force, as far as
        it is known; of a network that learns, what they said a moment ago."""
        known = self.operated
        if known is None:
            return None
        asked = known.run, known.operations, known.reading, known.options
        if asked != (self.run, self.operations, self.shown_reading, self.options):
            return None
        learning = self.running and self.past is None
        return known if learning or known.examples == self.seen.position.examples else None

    @property
    def layout(self) -> Layout:
        """What the outputs on screen mean."""
        return self.work.layout(self.digits.classes)

    @property
    def shown_reading(self) -> str:
        """The reading in use: the chosen one where the design has it."""
        readings = self.work.readings
        return self.reading if self.reading in readings else readings[0]

    @cached_property
    def representatives(self) -> Mapping[str, Work]:
        """Design -> the network that stands for it: the one in the race, else the one last on
        screen that learned or was touched, else the trained."""
        found = dict(self.trained)
        racing = set(self.race)
        for work in sorted(
            self.works,
            key=lambda work: (work.key in racing, work.learned or work.touched, work.shown),
        ):
            stands = work.learned or work.touched or work.key in racing
            if stands or work.design not in found:
                found[work.design] = work
        found[self.work.design] = self.work
        return {name: found[name] for name in DESIGNS if name in found}

    @cached_property
    def operated_network(self) -> Network:
        """The network that the pictures show, with the operations in force."""
        network = self.seen.network
        return operated(network, self.operations, self.usual_activity)

    @property
    def usual_activity(self) -> NDArray[np.float64]:
        """(networks, hidden): mean activities over all test digits. Of a network that learns,
        or of a moment not asked yet, those last known; 0 before any are."""
        means = np.zeros(self.seen.network.hidden_biases.shape)
        known = self.operated
        return known.means if known is not None and known.means.shape == means.shape else means

    @property
    def racing(self) -> tuple[Work, ...]:
        """The networks that learn side by side."""
        return tuple(work for work in self.works if work.key in self.race)

    def named(self, answer: int) -> str:
        """An answer in words."""
        return self.digits.class_names[answer] if answer >= 0 else NOT_A_DIGIT_IN_WORDS

    @property
    def shown_label(self) -> int:
        """The class of the digit on screen."""
        return int(self.digits.labels[self.image])

    @property
    def sure_verdict(self) -> Verdict:
        """The verdict, which every state made by `derive` has."""
        assert self.verdict is not None
        return self.verdict
