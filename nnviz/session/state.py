"""Everything that is being looked at, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes
from nnviz.data.digits import GREY, ShownDigits
from nnviz.data.specimens import A_LETTER, SpecimenChoice
from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.networks.operations import Operations, operated
from nnviz.networks.settings import Settings
from nnviz.networks.taught import Taught, alike
from nnviz.questions.comparison import Compare, Compared, Entrant
from nnviz.questions.kept_activity import Operate, Operated
from nnviz.questions.morphs import FOUR_TO_NINE, MorphChoice
from nnviz.questions.question import Subject
from nnviz.session.entrants import (
    design_of,
    entrants_of,
    labels_of,
    more_of,
    name_beside,
    name_now,
    own_names,
)
from nnviz.session.known import AllKnown, Known
from nnviz.session.slices import (
    ROW_READER,
    Besides,
    CodesChoice,
    DesignsChoice,
    DetectorsChoice,
    EliminationChoice,
    KeptChoice,
    LectureShown,
    MistakesChoice,
    Pad,
    Row,
    StudyChoice,
    VotesChoice,
)
from nnviz.session.work import PLAIN
from nnviz.session.work import Work as Work  # who knows a state knows its networks from here
from nnviz.verdicts.answers import Options, answer_in_words
from nnviz.verdicts.verdict import Verdict
from nnviz.words import tr

CHOICES = (
    "votes",
    "elimination",
    "detectors",
    "designs",
    "codes",
    "mistakes",
    "pad",
    "kept",
    "row",
    "morph",
    "strange",
    "studies",
    "besides",
)
"""The slices of the state that one page or view alone chooses."""


OWN_DESIGNS = {"votes": "all-pairs", "elimination": "elimination"}
"""Page that is about one kind of network -> the design of that kind."""

TYPED = "typed"
"""What the refusal of a text that was typed is about."""


@dataclass(frozen=True)
class Notice:
    """One sentence on the banner, with at most one thing to do about it."""

    kind: str
    """info, error; wait: ends with what it is `about`; passing: a confirmation, or the answer to
    what was just pressed, which ends by itself (see `Passing`)"""
    sentence: str
    action: str = ""
    """What is done about it, as a path from Session to a method such as `runs.run`; or nothing."""
    action_label: str = ""
    details: str = ""
    about: str = ""
    """What a wait is for: learning, digits or picture; picture also of one that was refused,
    until another is read; TYPED of a text that was refused."""

    @property
    def passes(self) -> bool:
        """Whether nobody has to put it away."""
        return self.kind == "passing" or self.about == TYPED


def still_waiting(notice: Notice | None) -> Notice | None:
    """What is left of a notice when something else begins: a wait that goes on, and that a text
    was refused, which is said as the field is left for what begins."""
    stays = notice is not None and (notice.kind == "wait" or notice.about == TYPED)
    return notice if stays else None


@dataclass(frozen=True)
class Transfer:
    """A data set on its way from the network."""

    name: str
    """A key of DATA_SETS."""
    received: int
    """Bytes so far."""


@dataclass(frozen=True, eq=False)
class StandIn:
    """A network that a page shows in the place of the one chosen, and what it says."""

    work: Work
    verdict: Verdict


@dataclass(frozen=True, eq=False)
class State:
    """What the window shows. `derive` keeps the verdict in step with the rest."""

    digits: ShownDigits
    work: Work
    running: bool = False
    """Whether any network learns."""
    resting: bool = False
    """Whether the network on screen stays as it is while others learn."""
    awaiting: bool = False
    """Learning was asked for, and begins once the training process is there."""
    engine: str = "starting"
    """What the training process is: starting, ready or dead."""
    no_kernels: str = ""
    """Why the compiled engine does not learn here; "" where it does, as far as is known."""
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
    dense: bool = False
    """All weight images instead of the 30 that contribute most."""
    own_scales: bool = False
    """Each weight image has a colour scale of its own."""
    moment: int | None = None
    """The moment of the film that is shown, by its number (None: the present)."""
    past: Work | None = None
    """The network on screen as it was at that moment; `derive` sees to it."""
    page: str = "train"
    own_kind: bool = False
    """Whether the page, opened from the list, shows a network of its own kind, see `here`; until
    it is left, or something is done to the network chosen."""
    stand_in: StandIn | None = None
    """That network, where there is one; `derive` sees to it."""
    views: Mapping[str, str] = field(default_factory=dict)
    """Page -> the view of it that was chosen."""
    lecturing: bool = False
    """Whether it is shown to a room: pages show only what can be read from the back row."""
    answer_hidden: bool = False
    """Whether the room is asked first: nothing on screen tells what any network says."""
    lecture: LectureShown | None = None
    """The lecture that runs."""
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
    beside: tuple[int, ...] = ()
    """Keys of the networks of an experiment, which learn beside the one on screen, until that
    learns again by itself."""
    baseline: str = "ten-outputs"
    """Which of the entrants the others are compared with, as it was called when it was chosen."""
    answers: AllKnown = field(default=AllKnown())
    """What many digits said (see `Answers`)."""
    morph: MorphChoice = FOUR_TO_NINE
    """The morph that is looked at."""
    strange: SpecimenChoice = A_LETTER
    """The specimen that is looked at."""
    votes: VotesChoice = field(default=VotesChoice())
    elimination: EliminationChoice = field(default=EliminationChoice())
    detectors: DetectorsChoice = field(default=DetectorsChoice())
    designs: DesignsChoice = field(default=DesignsChoice())
    codes: CodesChoice = field(default=CodesChoice())
    mistakes: MistakesChoice = field(default=MistakesChoice())
    pad: Pad = field(default=Pad())
    kept: KeptChoice = field(default=KeptChoice())
    row: Row = field(default=Row())
    studies: StudyChoice = field(default=StudyChoice())
    besides: Besides = field(default=Besides())
    verdict: Verdict | None = None

    def of_own_kind(self, page: str) -> Work | None:
        """The trained network at rest that a page would show in the place of the one chosen; None
        where that is of the same kind, or learns, or none is there."""
        design = OWN_DESIGNS.get(page)
        if design is None or design == self.design or self.learns:
            return None
        found = self.representatives.get(design)
        if found is None or not found.learned or found.key in (*self.race, *self.beside):
            return self.trained.get(design)
        return found

    @cached_property
    def here(self) -> "State":
        """The state as the page shows it: with its own network on screen, where it has one. Runs,
        files and the choice of the design know nothing of it."""
        found = self.stand_in
        if found is None:
            return self
        others = tuple(work for work in self.works if work is not found.work)
        changes = {"resting": True, "moment": None, "past": None, "stand_in": None}
        return replace(
            self,
            work=found.work,
            shelf=others,
            place=len(others),
            verdict=found.verdict,
            **changes,  # type: ignore[arg-type]
        )

    @property
    def settings(self) -> Settings:
        """The settings of the network on screen."""
        return self.work.settings

    @property
    def learns(self) -> bool:
        """Whether the network on screen learns."""
        return self.running and not self.resting

    @property
    def own_settings(self) -> Settings:
        """What later runs begin with: the settings of the network on screen, or, where that is
        of an experiment, of the user's own that was last on screen."""
        own = [work for work in self.shelf if not work.experiment]
        if not self.work.experiment or not own:
            return self.settings
        return max(own, key=lambda work: work.shown).settings

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

    @cached_property
    def entrants(self) -> Mapping[str, Work]:
        """Name -> network of all that are compared (see `entrants`): those that stand for the
        designs, and others of one design that race or were chosen besides; only such designs and
        that on screen where one wants to see those alone."""
        wanted = (*self.race, *self.besides.keys)
        others = [work for work in self.works if work.key in wanted]
        found = entrants_of(self.representatives, others)
        several = {design_of(name) for name in found if name not in DESIGNS}
        if not (several and self.besides.alone):
            return found
        kept = several | {self.design}
        return {name: work for name, work in found.items() if design_of(name) in kept}

    @cached_property
    def own_names(self) -> Mapping[str, str]:
        """Entrant -> what tells it from others of its design, where several are compared."""
        return own_names(self.entrants)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Entrant or design -> what it is called on screen."""
        return labels_of(self.own_names)

    @property
    def more_entrants(self) -> Mapping[str, str]:
        """Name -> title of networks that could be compared, too (see `Designs.compare`)."""
        return more_of(self.works, self.trained, self.entrants)

    @property
    def listed_entrants(self) -> tuple[str, ...]:
        """The entrants in their order, and in their places designs without a network, unless only
        some are wanted."""
        found = self.entrants
        alone = self.besides.alone and len(found) > len(set(map(design_of, found)))
        designs = [name for name in DESIGNS if name in found or not alone]
        return tuple(
            name
            for design in designs
            for name in (design, *(each for each in found if design == design_of(each) != each))
        )

    @property
    def base(self) -> str:
        """The entrant that the others are compared with; as it was chosen where it has none."""
        now, found = name_now(self.baseline, self.entrants), self.entrants
        if now or not self.besides.alone:
            return now or design_of(self.baseline)
        return next((name for name in found if name != self.design), self.baseline)

    def keeping(self, name: str) -> str:
        """What an entrant is to be called in a choice that stays, whichever network of its design
        is on screen later."""
        several = sum(design_of(each) == design_of(name) for each in self.entrants) > 1
        work = self.entrants.get(name)
        return name_beside(work) if several and work is not None and work.key else name

    @cached_property
    def taught(self) -> Mapping[str, Taught]:
        """Entrant -> what it has learned from."""
        return {name: work.taught(self.digits) for name, work in self.entrants.items()}

    def alike_to(self, name: str) -> tuple[str, ...]:
        """The entrants that learned from the same digits as this one, so that what they say can be
        compared with it; itself among them, in their order."""
        own = self.taught.get(name)
        return tuple(
            each
            for each, taught in self.taught.items()
            if own is not None and (each == name or alike(own, taught))
        )

    @property
    def comparing(self) -> Compare | None:
        """What is asked about the entrants and the baseline, if that has a network."""
        found = self.entrants
        if self.base not in found:
            return None
        entrants = (Entrant(name, self.taught[name], work.measured) for name, work in found.items())
        return Compare(self.base, tuple(entrants))

    @property
    def unlike(self) -> frozenset[str]:
        """The entrants that cannot be compared with the baseline (see `Compare`)."""
        wanted = self.comparing
        return wanted.unlike if wanted is not None else frozenset()

    @property
    def comparison(self) -> Compared | None:
        """How the entrants differ from the baseline, by what was last known of them; no difference
        is told of networks that learned from other digits."""
        wanted = self.comparing
        known = self.answers.newest(wanted) if wanted is not None else None
        return known.result.without(wanted.unlike) if wanted and known else None

    @property
    def operating(self) -> Operate:
        """What is asked about the network on screen and the operations in force."""
        asked = self.seen.asked(self.shown_reading, self.options)
        return Operate(replace(asked, operations=self.operations))

    @property
    def operated(self) -> Known[Operated] | None:
        """What all test digits last said of the network on screen, with whatever operations."""
        return self.answers.newest(self.operating)

    @property
    def known_operated(self) -> Known[Operated] | None:
        """What all test digits say of what is on screen with the operations in force, as far as
        it is known; of a network that learns, what they said a moment ago."""
        known, wanted = self.operated, self.operating
        if known is None or not known.question.is_like(wanted):
            return None
        learning = self.learns and self.past is None
        return known if learning or known.question.is_same(wanted) else None

    def asked(self, reading: str = "", options: Options = PLAIN) -> Subject:
        """The network that the pictures show, with the operations in force, as many digits are
        asked about it."""
        holds = any(each.held for _, each in self.operations)
        means = self.usual_activity.tobytes() if holds else b""
        asked = self.seen.asked(reading, options)
        return replace(asked, operations=self.operations, means=means)

    def read_as(self, name: str) -> tuple[str, Options]:
        """How an entrant is read wherever anything is said of it: that on screen as it was chosen,
        the others in their usual way."""
        if name != self.design:
            return DESIGNS[design_of(name)].readings[0], PLAIN
        reading = self.shown_reading
        return reading, self.options if reading == "walk" else PLAIN

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
        screen that learned or was touched, else the trained. One that learned from images of
        another kind, or that an experiment or a lecture made, stands for none unless it is on
        screen."""
        found = dict(self.trained)
        racing = set(self.race)
        for work in sorted(
            (work for work in self.works if not work.aside or work.key in racing),
            key=lambda work: (work.key in racing, work.learned or work.touched, work.shown),
        ):
            stands = work.learned or work.touched or work.key in racing
            if not work.meant_for(self.digits):
                continue
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
        known = self.operated.result.means if self.operated is not None else means
        return known if known.shape == means.shape else means

    @property
    def drawn(self) -> Bytes | None:
        """Pixels (inputs,) that the networks get of the drawing; None without ink, and where
        they want other images than a drawing. The same array as long as nothing changes."""
        return self.pad.seen if self.digits.shape == GREY else None

    @property
    def shown_drawing(self) -> Bytes | None:
        """The same where the drawing is the digit on screen; None for a test digit."""
        return self.drawn if self.pad.shown else None

    @property
    def pixels(self) -> Bytes:
        """(inputs,) 0..255 of the digit on screen."""
        drawn = self.shown_drawing
        if drawn is not None:
            return drawn
        return np.asarray(self.digits.images[self.image])

    @property
    def row_work(self) -> Work | None:
        """The network that reads the row, if it is there."""
        if self.row.network == ROW_READER:
            return self.row.reader
        return self.entrants.get(self.row_network) or self.representatives.get(self.row_network)

    @property
    def row_network(self) -> str:
        """What reads the row, as it is called now: ROW_READER, or an entrant; of one that is
        compared no longer its design."""
        wanted = self.row.network
        now = wanted if wanted == ROW_READER else name_now(wanted, self.entrants)
        return now or design_of(wanted)

    @property
    def racing(self) -> tuple[Work, ...]:
        """The networks that learn side by side."""
        return tuple(work for work in self.works if work.key in self.race)

    def named(self, answer: int) -> str:
        """An answer in words."""
        return answer_in_words(answer, self.digits.class_names)

    @property
    def shown_label(self) -> int | None:
        """The class of the digit on screen; None for a drawing, of which nobody knows it."""
        return int(self.digits.labels[self.image]) if self.shown_drawing is None else None

    @property
    def label_in_words(self) -> str:
        """What the digit on screen is."""
        label = self.shown_label
        if label is None:
            return tr("your drawing")
        return tr("label {label}", label=self.digits.class_names[label])

    @property
    def right(self) -> bool | None:
        """Whether the answer is the label; None for a drawing."""
        label = self.shown_label
        return None if label is None else self.sure_verdict.answer == label

    @property
    def test_digit(self) -> int:
        """The number of the test digit on screen; -1 for a drawing."""
        return self.image if self.shown_drawing is None else -1

    @property
    def asked_class(self) -> int:
        """The class whose test digits are asked about: the one that digits are picked from, else
        that of the digit on screen; for a drawing, the answer."""
        if self.label is not None:
            return self.label
        label = self.shown_label
        return max(0, self.sure_verdict.answer) if label is None else label

    @property
    def sure_verdict(self) -> Verdict:
        """The verdict, which every state made by `derive` has."""
        assert self.verdict is not None
        return self.verdict


FIELDS = tuple(item.name for item in fields(State) if item.name != "past")
"""Names that watchers hear; of another past they hear as of another `work`."""
