"""A network with the story of its run."""

from collections import deque
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from nnviz.data.arrays import Bytes
from nnviz.data.digits import ShownDigits
from nnviz.networks.curves import Measured, Point, Position, run_sample, up_to
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import TrainedNetwork
from nnviz.networks.film import NO_FILM, Film, Moment
from nnviz.networks.layouts import Layout, layout_of
from nnviz.networks.learned_by import LearnedBy
from nnviz.networks.network import Network
from nnviz.networks.operations import NO_OPERATIONS, Operations
from nnviz.networks.settings import Settings
from nnviz.networks.story import CODES_TRIED, IN_A_LECTURE, SETTINGS_COMPARED
from nnviz.networks.taught import Taught, alike, meant_for
from nnviz.questions.accuracy import OnCurve
from nnviz.questions.question import Subject
from nnviz.session.history import History
from nnviz.verdicts.answers import Options
from nnviz.verdicts.verdict import Verdict, look
from nnviz.words import tr

SHIPPED = tr("that comes with nnviz")
"""Stands for the name of a file that the user never chose."""
PLAIN = Options()


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
    path: str = ""
    """Where that file lies, as far as it was opened from there."""

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
    history: History[Operations] = History()
    """What was done to them before."""
    experiment: str = ""
    """One of story.EXPERIMENTS, which began it; "" for what is the user's own."""
    taught_before: Taught | None = None
    """What its weights had learned before its own run (see `Taught.before`)."""
    learned_by: tuple[LearnedBy, ...] = ()
    """What learned it, one after the other."""
    diverged: bool = False
    """Whether it went on from here until its weights were no longer numbers."""

    @property
    def title(self) -> str:
        """What it is called on screen."""
        if self.file == SHIPPED:
            return tr("trained network that comes with nnviz")
        return self.name or self.file or tr("run {number}", number=self.key)

    @property
    def full_title(self) -> str:
        """The same with its design, where several stand side by side."""
        return f"{DESIGNS[self.design].label}: {self.title}"

    @property
    def shipped(self) -> bool:
        """Whether it comes with the program."""
        return self.file == SHIPPED

    @cached_property
    def judged_by(self) -> Settings:
        """The settings that say what its outputs mean."""
        if self.opened is None:
            return self.settings
        return replace(self.opened.settings, bit_weights=self.settings.bit_weights)

    @property
    def design(self) -> str:
        """What its outputs are asked and how they are read."""
        return self.judged_by.design

    @property
    def aside(self) -> bool:
        """Whether it stands for no design unless it is on screen or races."""
        return self.experiment in (SETTINGS_COMPARED, CODES_TRIED, IN_A_LECTURE)

    @property
    def now(self) -> Point | None:
        """Where it stands, measured on all digits; None where that is not known, or the last point
        of its curves says it."""
        known = self.measured.point if self.measured is not None else None
        if known is None and self.opened is not None:
            known = self.opened.now
        if known is None or known.live or known.examples != self.position.examples:
            return None
        said = bool(self.points) and self.points[-1].examples == known.examples
        return None if said and not self.points[-1].live else known

    @cached_property
    def curve(self) -> tuple[Point, ...]:
        """The points of its run, the last one where it was measured last: the accuracy that
        stands beside it anywhere is of that moment, and of all digits where those are measured."""
        known = self.measured.point if self.measured is not None else self.now
        if known is None or not self.points:
            return self.points if known is None else (known,)
        last = self.points[-1]
        newer = known.examples > last.examples
        better = known.examples == last.examples and last.live and not known.live
        return up_to(self.points, known) if newer or better else self.points

    def ends_behind(self, digits: ShownDigits) -> bool:
        """Whether its curves end before where it stands, or with an estimate, though they could go
        on to there."""
        if not self.curve:
            return False
        last = self.curve[-1]
        there = last.examples == self.position.examples and not last.live
        return not there and self.on_curve(digits) is not None

    def on_curve(self, digits: ShownDigits) -> OnCurve | None:
        """How its run measures itself; None where its curves are of other digits than these."""
        opened = self.opened
        if digits.source.tests is not None or not self.points or self.network.front is not None:
            return None
        length = self.epoch_length(digits)
        if opened is not None and opened.taught.handed != digits.handed(length):
            return None
        images = min(run_sample(self.network.multiply_adds), length)
        return OnCurve(self.judged_by.cost, images)

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

    def asked(self, reading: str = "", options: Options = PLAIN) -> Subject:
        """The network as many digits are asked about it."""
        examples = self.position.examples
        return Subject(self.network, self.judged_by, reading, options, self.run, examples)

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that its design allows, the usual one first."""
        return DESIGNS[self.design].readings

    def epoch_length(self, digits: ShownDigits) -> int:
        """Training images in one epoch of its run."""
        if self.opened is not None:
            return self.opened.epoch_length
        return min(self.settings.images or digits.train_count, digits.train_count)

    def epochs(self, digits: ShownDigits) -> float:
        """How often it has seen all of its training digits."""
        return self.position.examples / max(1, self.epoch_length(digits))

    def taught(self, digits: ShownDigits) -> Taught:
        """What it learned from; a run of this window, from the digits in use."""
        if self.opened is not None:
            return replace(self.opened.taught, epochs=self.epochs(digits))
        handed = digits.handed(self.epoch_length(digits))
        return Taught(handed, self.epochs(digits), self.taught_before)

    def meant_for(self, digits: ShownDigits) -> bool:
        """Whether it learned from images like these: of others its answers mean nothing."""
        return meant_for(self.taught(digits), digits.handed(0).kind)

    def is_alike(self, other: "Work", digits: ShownDigits) -> bool:
        """Whether what both say can be compared: they learned from the same digits, or are one
        network."""
        same = self is other or 0 < self.run == other.run
        return same or alike(self.taught(digits), other.taught(digits))

    def is_same(self, other: "Work") -> bool:
        """Whether both are one network: of the same weights, or read from the same file that comes
        with the program."""
        shipped = self.shipped and other.shipped and self.design == other.design
        return self.network is other.network or (
            shipped and Path(self.path).name == Path(other.path).name
        )

    def knows_training_digits(self, digits: ShownDigits) -> bool:
        """Whether it learned from the training digits of this set, as far as can be told."""
        opened = self.opened
        return opened is None or (opened.digits == digits.name and not opened.left_out)

    @property
    def makes_way(self) -> bool:
        """Whether nobody misses it when another network takes its place: a random start, or what
        is there whenever it is wanted."""
        untouched = not (self.touched or self.operations or self.aside)
        fresh = self.opened is None and not self.position.steps
        return untouched and (fresh or self.shipped)

    def is_of(self, path: str) -> bool:
        """Whether it is just what a file holds, as nobody has changed it."""
        changed = self.opened is None or self.touched or self.operations
        return bool(path) and self.path == path and not changed

    @property
    def would_be_lost(self) -> bool:
        """Whether learning went into it that no file holds; what a lecture teaches a network by
        itself, it teaches again."""
        again = self.experiment == IN_A_LECTURE and not self.touched
        return self.position.steps > 0 and not self.file and not again


def work_of(trained: TrainedNetwork, file: str) -> Work:
    """The network of a file of that name, as it stands in the file."""
    return Work(
        trained.settings,
        trained.network,
        trained.position,
        trained.points,
        opened=trained,
        file=file,
        name="" if file == SHIPPED else trained.name,
        film=trained.film,
        taught_before=trained.before,
        learned_by=trained.learned_by,
    )


_made: deque[tuple[Moment, Network, Network]] = deque(maxlen=8)
"""Moments last looked at, the networks that have them, and the networks as they were."""


def _network_at(moment: Moment, of: Network) -> Network:
    """The network as it was; the same again soon after, so that what is known of it stays known."""
    found = next((made for at, now, made in _made if at is moment and now is of), None)
    if found is None:
        found = moment.network(of)
        _made.append((moment, of, found))
    return found


def as_it_was(work: Work, moment: int) -> Work | None:
    """A network as it was at a moment of its film; None where it has no film."""
    found = work.film.at(moment)
    if found is None:
        return None
    return replace(
        work,
        network=_network_at(found, work.network),
        position=found.position,
        points=work.points[: found.number + 1],
        measured=None,
        diverged=False,
    )
