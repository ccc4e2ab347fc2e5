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
    """The data set, wherever it was fetched; "" for a folder alone"""
    folder: str = ""
    """A folder of IDX files: another place of the data set, or digits of one's own"""
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
    """Plain gradient descent, or Adadelta for LeNet, as Keras had it in 2018"""
    rate: float = 0.0
    """0: what suits the design; of Adadelta 1"""
    batch: int = 10
    """Images of one step"""
    epochs: int = 30
    """Of the base network, and matched by epochs of every model"""
    least_updates: int = 0
    """With few images so many more epochs that the base network takes at least so many updates"""
    matched: str = "epochs"
    """What all models have alike: how often they see their images, how many updates they take, or
    neither, as the blog's published code has it"""
    sub_epochs: int = 20
    """Of every other model, where as published"""
    sub_batch: int = 64
    """Theirs, where as published"""
    initial: str = ""
    """Initial weights: for LeNet keras or torch, otherwise as the setting has them; "" for what
    suits"""
    cost: str = ""
    """Outputs and cost; "" for the usual ones of the scheme"""
    decay: float = 0.0
    """Weight decay, three-layer networks only"""
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
    """What it is"""
    trunk: str = "scratch"
    """Where its models begin: each anew; each with the hidden layers of the base network, which
    it changes; or on those as they are, so that only read-outs learn"""
    hidden: int = 0
    """Hidden neurons of each three-layer model; 0: those of the study"""
    equal_parameters: bool = False
    """As many hidden neurons as bring all its parameters closest to those of the first scheme"""
    reading: str = ""
    """How its outputs become one class; "" for the usual way of the scheme"""
    drop: int = 1
    """Elimination: classes that leave at each step"""
    below: float = 0.0
    """Elimination: all classes leave that are less likely, 0..1"""
    code: str = ""
    """Any code: its name, or its words with commas"""
    members: int = 0
    """Networks of a plain ensemble; 0: the usual number"""
    balance: str = ""
    """One-vs-rest: what is done about nine negatives for every positive"""
    taught: tuple[str, ...] = ()
    """It learns from these classes alone, and is asked about all; of one class without any
    negatives"""
    learning: tuple[tuple[str, Any], ...] = ()
    """What it learns otherwise: any keys of learning"""


@dataclass(frozen=True)
class Comparison:
    """A difference that the study set out to judge: that of two schemes, first minus second."""

    first: str
    """Name of a scheme"""
    second: str
    """Name of the scheme that it is compared with"""


@dataclass(frozen=True)
class Study:
    """All that decides the numbers of a study."""

    name: str
    """What it is called"""
    question: str
    """What it asks, in one sentence"""
    schemes: tuple[SchemeEntry, ...]
    """The rows of its table"""
    digits: StudyDigits = field(default=StudyDigits())
    """Its images"""
    network: str = "three-layer"
    """What each model is below its outputs"""
    hidden: int = 30
    """Hidden neurons of each three-layer model"""
    learning: Learning = field(default=Learning())
    """How models learn"""
    trials: int = 10
    """Of each condition; more can be added to a study that has run"""
    seed: int = 1
    """Trial k of any condition draws all its chance from (seed, k)"""
    measure: str = "accuracy"
    """What is counted: right answers, or what is called one of some classes and is not"""
    called: tuple[str, ...] = ()
    """The classes of the measure called"""
    plan: tuple[Comparison, ...] = ()
    """What is compared; none: every scheme with the first"""
    device: str = "cpu"
    """Where models learn"""

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
