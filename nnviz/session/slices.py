"""What one page or view alone chooses: slices of the state, each a frozen value.

A slice starts anew when the digits change, except for the fields that are marked as a matter
of taste (`stays`).
"""

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from nnviz.data.arrays import Bytes
from nnviz.data.drawing import NOTHING_DRAWN, Drawing
from nnviz.data.kept_drawings import KeptDrawing
from nnviz.data.written_row import NOTHING_WRITTEN, WrittenRow
from nnviz.networks.book_zero import Trial
from nnviz.questions.bits_apart import ApartChoice
from nnviz.questions.listing import Disagreement, Listing
from nnviz.questions.reliability import Trust
from nnviz.session.history import History
from nnviz.session.work import Work
from nnviz.verdicts.branches import Detours

if TYPE_CHECKING:  # no start of the window looks at a study
    from nnviz.study.plan import Study
    from nnviz.study.rows import Row as TrialRow
    from nnviz.study.running import Progress
    from nnviz.study.table import Table

MOVED_A_LITTLE = Trial(right=-3)
ALL_MISREAD = Listing()
ROW_READER = "row-reader"
FIGURES = ("curves", "reached", "called", "differences")
"""Those of a study: accuracy against what was learned from, accuracy of each scheme, what is called
so, and differences."""
STAYS = "stays"

Slice = TypeVar("Slice")
Sheet = tuple[WrittenRow, tuple[int, ...] | None, frozenset[int] | None]
"""A row, where it was cut by hand, and which of its signs were left out by hand."""
Words = tuple[str, ...]
"""One code word a class."""


def stays(default: Any) -> Any:
    """A field that survives other digits."""
    return field(default=default, metadata={STAYS: True})


def anew(old: Slice, first: Slice) -> Slice:
    """A slice on other digits: as it was at first, but for what stays."""
    kept = {item.name: getattr(old, item.name) for item in fields(old) if STAYS in item.metadata}  # type: ignore[arg-type]
    return replace(first, **kept)  # type: ignore[type-var]


@dataclass(frozen=True)
class VotesChoice:
    """What is looked at of the votes."""

    compared: tuple[str, str] = stays(("summed", "votes"))
    """Two of votes.RULES, or ONE_NETWORK: the answers of the second are held against those of the
    first."""


@dataclass(frozen=True)
class EliminationChoice:
    """What is looked at of the walks."""

    kind: str = stays("")
    """One of branches.KINDS, however the digit is read ("": as it is read, else a walk)."""
    branch: Detours = ()
    """Steps of elimination at which another class leaves than the rule says."""
    departure: tuple[int, int] | None = None
    """A class and the step at which it leaves (0: never), whose digits are listed."""


@dataclass(frozen=True)
class DetectorsChoice:
    """How the hidden neurons are looked at."""

    order: str = stays("number")
    """How they are sorted where all are shown: one of neuron_order.ORDERS."""
    all_members: bool = stays(False)
    """Those of all networks side by side instead of one network's."""
    compared: tuple[int, ...] = ()
    """Keys of the runs whose settings are compared."""
    summed: str = stays("neuron")
    """Whose weighted sum is shown: a hidden neuron's, or an output's."""
    zero: Trial = stays(MOVED_A_LITTLE)
    """How the book's zero is set and moved."""
    beside: str = stays("")
    """The design whose network stands beside that on screen ("": four bits, or ten outputs)."""
    at_mean: bool = stays(False)
    """The neuron that is supposed to be off is held at its mean instead."""


@dataclass(frozen=True)
class CodesChoice:
    """The table of codes."""

    words: Words = stays(())
    """The code words on it; none where those of the network on screen are shown."""
    history: History[Words] = stays(History())


@dataclass(frozen=True)
class DesignsChoice:
    """How the designs are looked at side by side."""

    rows: tuple[str, ...] = stays(())
    """The designs that the table of all of them shows; none: all."""
    results: bool = stays(False)
    """Whether a room sees what codes reach, beside the code itself."""
    exercise: bool = stays(False)
    """Whether the bit layer begins empty and is filled in row by row, then with what it promises,
    as far as `State.step` says."""
    confused: bool = stays(False)
    """Which pairs networks of each size mix up, instead of how often they are right."""
    sizes: tuple[Work, ...] = ()
    """Networks of other sizes that come with the program, once they are loaded."""


@dataclass(frozen=True)
class MistakesChoice:
    """Which test digits are listed, and how."""

    listing: Listing = ALL_MISREAD
    list_shown: str = stays("confusion")
    """Which of the lists was looked at last: one of `judging.LISTS`."""
    ticked: frozenset[int] = frozenset()
    """Numbers of the test digits that were picked out by hand."""
    rates: bool = stays(False)
    """The confusion matrix in percent of each row instead of counts."""
    disagreement: Disagreement = stays(Disagreement())
    """Which designs and digits the view of disagreement shows."""
    trust: Trust = stays(Trust())
    """How confidence is looked at."""
    guess: tuple[int, int] | None = None
    """What was guessed: the number of a test digit (-1: the drawing), and a class."""
    apart: ApartChoice = stays(ApartChoice())
    """How mistakes are sorted by bits."""


@dataclass(frozen=True)
class Pad:
    """What is drawn by hand."""

    drawing: Drawing = stays(NOTHING_DRAWN)
    history: History[Drawing] = stays(History())
    shown: bool = False
    """Whether the drawing is looked at instead of a test digit, until one is chosen."""
    normalising: bool = stays(True)
    """Whether a drawing is brought into the form of MNIST's digits before a network reads it."""
    as_ink: bool = stays(False)
    """Whether the ink is shown of a picture that was opened, rather than the picture."""
    cropping: bool = False
    """Whether a part of that picture is being chosen."""
    writers: bool = stays(False)
    """Whether test digits of each class are shown in the place of what the designs answer."""

    @property
    def seen(self) -> Bytes | None:
        """Pixels (inputs,) that networks get; None without ink. The same array as long as
        nothing changes."""
        return self.drawing.seen(self.normalising)


@dataclass(frozen=True)
class KeptChoice:
    """The shelf of drawings."""

    drawings: tuple[KeptDrawing, ...] = stays(())
    """The oldest first."""
    chosen: str = stays("")
    """The name of the one selected ("": none)."""


@dataclass(frozen=True)
class Row:
    """The row of digits that is read."""

    written: WrittenRow = NOTHING_WRITTEN
    cuts: tuple[int, ...] | None = None
    """Columns at which it is cut by hand (None: where it is best)."""
    left_out: frozenset[int] | None = None
    """Numbers of its signs that are not read, chosen by hand (None: the marks that are found)."""
    way: int = 0
    """Which of the best ways to cut it is shown, 0 being the best."""
    history: History[Sheet] = History()
    reader: Work | None = None
    """The network that comes with the program and knows non-digits, once it is loaded."""
    score: str = stays("mean")
    """By which of SCORES the best way is found."""
    network: str = stays(ROW_READER)
    """What reads it: the network that knows non-digits, or an entrant, as it was called when it
    was chosen."""
    gaps: str = stays("spaced")
    """How far apart digits of a new row are: one of GAPS."""
    length: int = stays(4)
    """Digits of a new row."""
    piece: int | None = None
    """Which piece of the way shown is looked at, from the left (None: all of them)."""
    writing: bool = False
    """Whether the sheet to write a row on is there."""


@dataclass(frozen=True)
class PlanShown:
    """A study as the form has it, and where it comes from."""

    study: "Study"
    origin: str = ""
    """The word of a preset or the path of a file; "" for neither."""
    saved: "Study | None" = None
    """As it stands there."""

    @property
    def edited(self) -> bool:
        """Whether no file holds it as it is."""
        return self.study != self.saved


@dataclass(frozen=True)
class Expectation:
    """What is known of a plan before it starts."""

    sentence: str
    """Time, memory and room on the disk, or why it cannot begin."""
    refused: bool = False
    missing: str = ""
    """The data set that must be fetched first."""


@dataclass(frozen=True)
class Begun:
    """A study that this computer has rows of."""

    name: str
    file: str
    """Its plan, beside the rows."""
    done: int
    """Trials under all conditions."""
    wanted: int

    @property
    def interrupted(self) -> bool:
        """Whether trials are still to come."""
        return self.done < self.wanted


@dataclass(frozen=True)
class Remaking:
    """Networks of a trial that are being made again."""

    condition: str
    trial: int
    seconds_left: float
    part: float
    """0..1"""


@dataclass(frozen=True)
class StudyChoice:
    """The study that is looked at. Nothing of it depends on the digits in use."""

    plan: PlanShown | None = stays(None)
    history: History[PlanShown] = stays(History())
    scheme: int = stays(0)
    """The number of the scheme that the form shows."""
    trouble: str = stays("")
    """What is wrong with the plan, in a sentence."""
    expected: Expectation | None = stays(None)
    begun: tuple[Begun, ...] = stays(())
    """All that have rows here."""
    rows: "tuple[TrialRow, ...]" = stays(())
    table: "Table | None" = stays(None)
    """What is said of these rows."""
    shipped: bool = stays(False)
    """Whether these rows came with the program: nobody has run the study here."""
    running: "Study | None" = stays(None)
    """The study that runs or pauses: perhaps another one than that on the form."""
    progress: "Progress | None" = stays(None)
    condition: str = stays("")
    """The word of the condition whose trials are listed ("": the first)."""
    figure: str = stays("")
    """Which of FIGURES a room sees ("": the first that there is)."""
    shown: tuple[int, ...] = stays(())
    """Which schemes it sees there, by their numbers, 1 being the first; none: all."""
    trial: int | None = stays(None)
    """The trial whose networks were opened last."""
    remaking: Remaking | None = stays(None)


@dataclass(frozen=True)
class Besides:
    """Which open networks are compared besides those that stand for the designs."""

    keys: tuple[int, ...] = stays(())
    """Of the networks"""
    alone: bool = stays(False)
    """Whether other designs are left out, but for that on screen."""


@dataclass(frozen=True)
class SceneWords:
    """What a scene of a lecture says, to the room and to the speaker."""

    heading: str
    caption: str = ""
    """One or two sentences for the room."""
    question: str = ""
    """What the room is asked first; "" for nothing."""
    choices: tuple[str, ...] = ()
    """What can be answered."""
    right: int | None = None
    """Which of them is right, where one is."""
    answer: str = ""
    """What is said once the answer is shown."""
    notes: str = ""
    """For the speaker, as Markdown."""


@dataclass(frozen=True)
class LectureShown:
    """The lecture that runs, as the room and the speaker see it; the player alone changes it."""

    title: str
    minutes: float
    """As planned"""
    scene: int
    """The number of the scene on screen; 0 is the first."""
    scenes: int
    words: SceneWords
    upcoming: SceneWords | None = None
    """Of the next scene, if there is one."""
    revealed: bool = True
    """Whether the answer is shown; a scene without a question hides none."""
    hands: tuple[int | None, ...] = ()
    """How many hands each choice got, where they were counted."""
    numbered: bool = True
    """Whether "3 / 14" is shown."""
    by_itself: bool = False
    """Whether it goes on by itself, in a loop, until a key is pressed."""
    acting: bool = False
    """Whether the action of the scene goes on."""
