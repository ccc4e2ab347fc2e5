"""A study as a value: which digits, which networks, learned how and how often, compared how.

Its file says the same in TOML (see `files`); `checking` says what is wrong with one.
"""

from dataclasses import dataclass, field, replace
from typing import Any

NETWORKS = ("three-layer", "lenet")
"""What a model is below its outputs."""
TRUNKS = ("scratch", "fine-tuned", "frozen")
"""Where the models of a scheme that needs several begin: each anew, each with the hidden layers
that the base network has learned, or all on those as they are."""
MATCHES = ("epochs", "updates", "as-published")
"""What the models of a scheme have alike: how often they see their digits, how many steps they
take, or neither: what the blog's published code does."""
OPTIMISERS = ("sgd", "adadelta")
BALANCES = ("", "weight", "sampling")
"""How a one-vs-rest network makes up for having more negatives than positives."""
MEASURES = ("accuracy", "called")


@dataclass(frozen=True)
class StudyDigits:
    """Which images are learned from and asked."""

    data: str = "bundled"
    """bundled, or a key of DATA_SETS; "" for a folder"""
    folder: str = ""
    """A folder that the program opens, in place of a data set that lies where it was fetched"""
    classes: tuple[str, ...] = ()
    """Names of those in use; none for all"""
    per_class: int = 0
    """Training images of each class after thinning: evenly every so many-th; a class that has
    fewer already is not thinned. 0: all"""
    shares: tuple[float, ...] = (1.0,)
    """Parts of those, 0..1, each a condition of the study"""
    counts: tuple[int, ...] = ()
    """Or so many images of each class, in place of shares"""
    tested: int = 0
    """Only the first so many test images of each class; 0: all"""


@dataclass(frozen=True)
class Condition:
    """So many of the training images of each class: one of the points of a study's plot."""

    share: float = 1.0
    count: int = 0
    """In place of the share, where it is not 0"""

    @property
    def word(self) -> str:
        """As rows name it: `0.01`, or `5` images of each class as `n5`."""
        return f"n{self.count}" if self.count else f"{self.share:g}"


@dataclass(frozen=True)
class Learning:
    """How models learn; a scheme can name another value for itself."""

    optimiser: str = "sgd"
    rate: float = 0.0
    """0: what suits the design; of Adadelta 1"""
    batch: int = 10
    epochs: int = 30
    """Of the base network, and matched by epochs of every model"""
    least_updates: int = 0
    """With few images so many more epochs that the base network takes at least so many updates"""
    matched: str = "epochs"
    """One of MATCHES"""
    sub_epochs: int = 20
    """Of every other model, where as published"""
    sub_batch: int = 64
    initial: str = ""
    """Initial weights: those of the setting `initial`, or keras; "" for what suits"""
    cost: str = ""
    """One of COSTS; "" for the usual one of the scheme"""
    decay: float = 0.0
    bfloat16: bool = False
    """LeNet only: products in bfloat16 where the processor has them"""

    def epochs_for(self, images: int) -> int:
        """Epochs of a base network that learns from so many images."""
        steps = -(-images // self.batch)
        return max(self.epochs, -(-self.least_updates // steps))


@dataclass(frozen=True)
class SchemeEntry:
    """One row of the table: a scheme, and how it is made and read here."""

    name: str
    """Its own in this study"""
    scheme: str
    """A key of SCHEMES"""
    trunk: str = "scratch"
    hidden: int = 0
    """Hidden neurons of each three-layer model; 0: those of the study"""
    equal_parameters: bool = False
    """As many hidden neurons as bring all its parameters closest to those of the first scheme"""
    reading: str = ""
    """A key of READINGS; "" for the usual one of the scheme"""
    drop: int = 1
    """Elimination: classes that leave at each step"""
    below: float = 0.0
    """Elimination: all classes leave that are less likely, 0..1"""
    code: str = ""
    """Any code: its name or words"""
    members: int = 0
    """Networks of a plain ensemble; 0: the usual number"""
    balance: str = ""
    """One of BALANCES"""
    taught: tuple[str, ...] = ()
    """It learns from these classes alone, and is asked about all"""
    learning: tuple[tuple[str, Any], ...] = ()
    """(name, value) of fields of Learning that it has otherwise, sorted by name"""


@dataclass(frozen=True)
class Comparison:
    """A difference that the study set out to judge: that of two schemes, first minus second."""

    first: str
    second: str


@dataclass(frozen=True)
class Study:
    """All that decides the numbers of a study."""

    name: str
    question: str
    schemes: tuple[SchemeEntry, ...]
    digits: StudyDigits = field(default=StudyDigits())
    network: str = "three-layer"
    hidden: int = 30
    learning: Learning = field(default=Learning())
    trials: int = 10
    """Of each condition; more can be added to a study that has run"""
    seed: int = 1
    """Trial k of any condition draws all its chance from (seed, k)"""
    measure: str = "accuracy"
    called: tuple[str, ...] = ()
    """Measure `called`: what is not of these classes, and is called one of them, is counted"""
    plan: tuple[Comparison, ...] = ()
    """None: every scheme against the first"""
    device: str = "cpu"

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The points of its plot."""
        digits = self.digits
        if digits.counts:
            return tuple(Condition(count=count) for count in digits.counts)
        return tuple(Condition(share) for share in digits.shares)

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """What is compared, in order."""
        if self.plan:
            return self.plan
        first, *others = self.schemes
        return tuple(Comparison(each.name, first.name) for each in others)

    def scheme(self, name: str) -> SchemeEntry:
        """The row of a name; raises KeyError."""
        return {each.name: each for each in self.schemes}[name]

    def learning_of(self, entry: SchemeEntry) -> Learning:
        """How the models of a scheme learn."""
        return replace(self.learning, **dict(entry.learning))
