"""The schemes that a study can compare: how several networks become one answer.

A new scheme is one entry in `SCHEMES`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

from nnviz.data.digits import Shape
from nnviz.networks.designs import DESIGNS, Design, Given, subsets
from nnviz.networks.lenet import FILTERS, HIDDEN, POOL, SIDE
from nnviz.networks.settings import Settings
from nnviz.study.plan import SchemeEntry, Study
from nnviz.words import tr


@dataclass(frozen=True)
class Model:
    """One network of a scheme; equal ones learn the same in a trial and are learned once."""

    classes: tuple[int, ...]
    """The classes whose images it learns from, ascending"""
    asks: int = -1
    """The class that its only output asks for; -1: it has outputs for all its classes, or bits"""
    member: int = 0
    """Of a plain ensemble: which; 0 is what the base network is"""

    @property
    def key(self) -> tuple[int, ...]:
        """Whole numbers, not negative, that tell it from all others."""
        return (self.asks + 1, self.member, *self.classes)


@dataclass(frozen=True)
class Scheme:
    """What a scheme is, whatever the study."""

    label: str
    help: str
    design: str
    """The one of DESIGNS whose outputs and readings it has"""
    models: Callable[[int, int], tuple[Model, ...]]
    """(classes, members) -> its networks where each learns from scratch"""
    options: frozenset[str] = frozenset()
    """Fields of SchemeEntry that only matter to it and a few others"""

    @property
    def reading(self) -> str:
        """Its usual one."""
        return DESIGNS[self.design].readings[0]

    @property
    def trunks(self) -> tuple[str, ...]:
        """Those of plan.TRUNKS that make sense; to begin fine-tuning is to copy a hidden layer,
        as to freeze one is."""
        copies = "frozen" in DESIGNS[self.design].trunks
        return ("scratch", "fine-tuned", "frozen") if copies else ("scratch",)


def _everyone(classes: int) -> tuple[int, ...]:
    return tuple(range(classes))


def _one(classes: int, _: int) -> tuple[Model, ...]:
    return (Model(_everyone(classes)),)


def _one_each(classes: int, _: int) -> tuple[Model, ...]:
    return tuple(Model(_everyone(classes), asks) for asks in range(classes))


def _pairs(classes: int, _: int) -> tuple[Model, ...]:
    return tuple(map(Model, combinations(range(classes), 2)))


def _sets(classes: int, _: int) -> tuple[Model, ...]:
    return tuple(map(Model, subsets(classes)))


def _members(classes: int, members: int) -> tuple[Model, ...]:
    return tuple(Model(_everyone(classes), member=member) for member in range(members))


SCHEMES: Mapping[str, Scheme] = {
    "ten-outputs": Scheme(
        tr("One network"),
        tr(
            "One network with an output for each class: the usual layer, which the blog calls "
            "one-vs-all."
        ),
        "ten-outputs",
        _one,
    ),
    "one-vs-rest": Scheme(
        tr("One-vs-rest"),
        tr("A network for each class, which tells it from all others."),
        "one-vs-rest",
        _one_each,
        frozenset({"balance"}),
    ),
    "all-pairs": Scheme(
        tr("All pairs"),
        tr("One-vs-one, the blog's all-vs-all: a network for every two classes; they vote."),
        "all-pairs",
        _pairs,
    ),
    "elimination": Scheme(
        tr("Elimination"),
        tr(
            "The blog's hierarchical scheme: a network for each set of two or more classes; the "
            "least likely class leaves and the network of the others is asked, until one is left."
        ),
        "elimination",
        _sets,
        frozenset({"drop", "below"}),
    ),
    "four-bits": Scheme(
        tr("Four bits"),
        tr("One network whose four outputs write the class as a binary number."),
        "four-bits",
        _one,
    ),
    "any-code": Scheme(
        tr("Any code"),
        tr("One network whose outputs write the code word of the class."),
        "any-code",
        _one,
        frozenset({"code"}),
    ),
    "plain-ensemble": Scheme(
        tr("Plain ensemble"),
        tr(
            "Several usual networks from different initial weights, averaged: what more networks "
            "give without any scheme."
        ),
        "plain-ensemble",
        _members,
        frozenset({"members"}),
    ),
}


def scheme_of(entry: SchemeEntry) -> Scheme:
    """What the row of a study is an example of."""
    return SCHEMES[entry.scheme]


def members_of(entry: SchemeEntry) -> int:
    """Networks of a plain ensemble."""
    return entry.members or Settings().members


def code_of(entry: SchemeEntry) -> str:
    """The code of a scheme that has one."""
    return entry.code or Settings().code


def reading_of(entry: SchemeEntry) -> str:
    """A key of READINGS: how its outputs become a class."""
    return entry.reading or scheme_of(entry).reading


def asked_classes(entry: SchemeEntry, class_names: tuple[str, ...]) -> tuple[int, ...]:
    """The classes that a scheme learns to answer, as numbers among those of the study."""
    taught = entry.taught or class_names
    return tuple(k for k, name in enumerate(class_names) if name in taught)


def models_of(entry: SchemeEntry, class_names: tuple[str, ...]) -> tuple[Model, ...]:
    """The networks of a scheme where each learns from scratch; classes are numbers among those
    of the study."""
    asked = asked_classes(entry, class_names)
    models = scheme_of(entry).models(len(asked), members_of(entry))
    return tuple(
        Model(
            tuple(asked[k] for k in model.classes),
            asked[model.asks] if model.asks >= 0 else -1,
            model.member,
        )
        for model in models
    )


def base_of(entry: SchemeEntry, class_names: tuple[str, ...]) -> Model:
    """The usual network of the classes that a scheme learns."""
    return Model(asked_classes(entry, class_names))


# ---- how large they are --------------------------------------------------------------


def outputs_of(entry: SchemeEntry, classes: int) -> tuple[int, ...]:
    """(networks,): how many outputs each network of a scheme has from scratch, or on a common
    trunk each head, in the order of its models."""
    design = DESIGNS[scheme_of(entry).design]
    given = Given(classes, code_of(entry), members_of(entry))
    return _outputs(design, given, entry.scheme == "elimination")


def _outputs(design: Design, given: Given, by_sets: bool) -> tuple[int, ...]:
    numbers = (design.softmax_groups if by_sets else design.networks)(given).tolist()
    return tuple(numbers.count(network) for network in range(max(numbers) + 1))


def features_of(shape: Shape) -> int:
    """What the hidden layer of a LeNet sees of an image: rows x columns x filters."""
    height, width, _ = shape
    lost = 2 * (SIDE - 1)
    return ((height - lost) // POOL) * ((width - lost) // POOL) * FILTERS[1]


def hidden_parameters(study: Study, hidden: int, shape: Shape) -> int:
    """Parameters of one model below its outputs, of so many hidden neurons if three-layer."""
    height, width, channels = shape
    if study.network == "three-layer":
        return (height * width * channels + 1) * hidden
    first = (SIDE * SIDE * channels + 1) * FILTERS[0]
    second = (SIDE * SIDE * FILTERS[0] + 1) * FILTERS[1]
    return first + second + (features_of(shape) + 1) * HIDDEN


def parameters_of(study: Study, entry: SchemeEntry, hidden: int, shape: Shape, classes: int) -> int:
    """All parameters of a scheme whose models have so many hidden neurons; a common hidden
    layer counts once."""
    outputs = outputs_of(entry, classes)
    networks = 1 if entry.trunk == "frozen" else len(outputs)
    below = hidden_parameters(study, hidden, shape)
    width = hidden if study.network == "three-layer" else HIDDEN
    return networks * below + sum(outputs) * (width + 1)


def hidden_of_scheme(study: Study, entry: SchemeEntry, shape: Shape, classes: int) -> int:
    """Hidden neurons of each model of a scheme of a study; those of LeNet are always as many."""
    if study.network == "lenet":
        return HIDDEN
    if not entry.equal_parameters:
        return entry.hidden or study.hidden
    first = study.schemes[0]
    wanted = parameters_of(study, first, first.hidden or study.hidden, shape, classes)
    none = parameters_of(study, entry, 0, shape, classes)
    one_more = parameters_of(study, entry, 1, shape, classes) - none
    return max(1, round((wanted - none) / one_more))
