"""The story of a network file: what each of its fields may be, said once and checked once.

A new field is one entry of `STORY`; what fields say of each other stands in `contradictions`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Protocol

from nnviz.data.digits import MOST_CLASSES, Source, is_class_name
from nnviz.data.forms.turning import SAID
from nnviz.data.handed import Handed, kind_of
from nnviz.errors import Refusal
from nnviz.networks.adopted import ASKABLE, LAYERS, ORDERS, OUTPUTS, Adopted, Way
from nnviz.networks.curves import Point, Position, up_to
from nnviz.networks.learned_by import BEFORE, BRINGS, DEVICES, LearnedBy
from nnviz.networks.settings import ALL_ACTIVATIONS, SETTINGS, Settings
from nnviz.networks.taught import Taught
from nnviz.words import commas, plain

ENORMOUS = 10**15
"""More than anybody counts; a float still holds it exactly."""
SHOWN = 40
"""Letters of a value that a sentence shows at most."""
LONGEST = 1000
"""Letters of a text."""
KINDS = THREE_LAYER, LENET = "three-layer", "lenet"
"""What a network is below its outputs."""
EXPERIMENTS = RACE, SETTINGS_COMPARED, CODES_TRIED, IN_A_LECTURE = (
    "race",
    "settings",
    "codes",
    "lecture",
)
"""What begins networks of its own, whose settings no later run takes over."""


class Impossible(Refusal):
    """A field of a file cannot be true; the message is one sentence that names it."""


class Rule(Protocol):
    """What a value may be, and what becomes of it."""

    def read(self, name: str, value: object) -> Any:
        """The value as the program has it. Raises Impossible, which names the field so."""


@dataclass(frozen=True)
class Whole:
    """A whole number: neither 1.0 nor true nor "1"."""

    low: int = 0
    high: int = ENORMOUS

    def read(self, name: str, value: object) -> int:
        if type(value) is not int or not self.low <= value <= self.high:
            raise Impossible(
                "{name} must be a whole number between {low} and {high}, not {value}.",
                name=name,
                low=plain(self.low),
                high=plain(self.high),
                value=shown(value),
            )
        return value


@dataclass(frozen=True)
class Number:
    """A number that is neither infinite nor none at all."""

    low: float = 0
    high: float = float(ENORMOUS)

    def read(self, name: str, value: object) -> float:
        if type(value) not in (int, float) or not self.low <= value <= self.high:  # type: ignore[operator]
            raise Impossible(
                "{name} must be a number between {low} and {high}, not {value}.",
                name=name,
                low=plain(self.low),
                high=plain(self.high),
                value=shown(value),
            )
        return float(value)  # type: ignore[arg-type]


SHARE = Number(0, 1)


@dataclass(frozen=True)
class Text:
    """Any text that is not endless; a name of a folder may hold whatever the system allows."""

    def read(self, name: str, value: object) -> str:
        if type(value) is not str or len(value) > LONGEST:
            raise Impossible("{name} must be a text, not {value}.", name=name, value=shown(value))
        return value


@dataclass(frozen=True)
class ClassName:
    """What a class may be called."""

    def read(self, name: str, value: object) -> str:
        if not is_class_name(value):
            raise Impossible(
                "{name} must be the name of a class, not {value}.", name=name, value=shown(value)
            )
        return str(value)


@dataclass(frozen=True)
class YesOrNo:
    """True or false."""

    def read(self, name: str, value: object) -> bool:
        if type(value) is not bool:
            raise Impossible(
                "{name} must be true or false, not {value}.", name=name, value=shown(value)
            )
        return value


@dataclass(frozen=True)
class OneOf:
    """One of several words."""

    words: Sequence[str]

    def read(self, name: str, value: object) -> str:
        if type(value) is not str or value not in self.words:
            raise Impossible(
                "{name} must be one of {words}, not {value}.",
                name=name,
                words=commas(map(repr, self.words)),
                value=shown(value),
            )
        return value


@dataclass(frozen=True)
class Unless:
    """Nothing (null), or what another rule allows."""

    rule: Rule

    def read(self, name: str, value: object) -> Any:
        return None if value is None else self.rule.read(name, value)


@dataclass(frozen=True)
class Several:
    """A list of values of one kind."""

    rule: Rule
    least: int = 0
    most: int = ENORMOUS
    twice: bool = False
    """Whether a value may stand in it more than once"""

    def read(self, name: str, value: object) -> tuple[Any, ...]:
        values = several(name, value)
        if not self.least <= len(values) <= self.most:
            raise Impossible(
                "{name} must have {least} to {most} entries, not {count}.",
                name=name,
                least=plain(self.least),
                most=plain(self.most),
                count=plain(len(values)),
            )
        found = tuple(self.rule.read(f"{name}[{at}]", each) for at, each in enumerate(values))
        if not self.twice and len(set(found)) < len(found):
            raise Impossible(
                "{name} must not name anything twice: {value}.", name=name, value=shown(value)
            )
        return found


@dataclass(frozen=True)
class Row:
    """A list in which every place has a meaning of its own; later versions may append some."""

    make: Callable[..., Any]
    places: Mapping[str, Rule]
    later: Mapping[str, Rule] = field(default_factory=dict)
    """Places that rows of older programs lack"""

    def read(self, name: str, value: object) -> Any:
        values = several(name, value)
        if len(values) < len(self.places):
            raise Impossible(
                "{name} must have {least} entries, not {count}.",
                name=name,
                least=plain(len(self.places)),
                count=plain(len(values)),
            )
        pairs = zip([*self.places.items(), *self.later.items()], values, strict=False)
        return self.make(
            **{place: rule.read(f"{name}.{place}", each) for (place, rule), each in pairs}
        )


@dataclass(frozen=True)
class Field:
    """One entry of a description."""

    rule: Rule
    before: Any = ...
    """What it was before there was such a field; without it no file lacks the field"""


@dataclass(frozen=True)
class Record:
    """A description of several fields; those of a later version that do no harm are ignored."""

    make: Callable[..., Any]
    fields: Mapping[str, Field | Rule]

    def read(self, name: str, value: object) -> Any:
        if not isinstance(value, Mapping):
            raise Impossible("{name} must have fields, not {value}.", name=name, value=shown(value))
        return self.make(**{key: self._field(name, key, value) for key in self.fields})

    def _field(self, name: str, key: str, values: Mapping[str, object]) -> Any:
        entry = self.fields[key]
        rule, before = (entry.rule, entry.before) if isinstance(entry, Field) else (entry, ...)
        if key not in values and before is not ...:
            return before
        full = f"{name}.{key}" if name else key
        if key not in values:
            raise Impossible("{name} is missing.", name=full)
        return rule.read(full, values[key])


@dataclass(frozen=True)
class AllSettings:
    """The settings of a run, which check themselves; unknown ones are ignored."""

    def read(self, name: str, value: object) -> Settings:
        if not isinstance(value, Mapping):
            raise Impossible("{name} must have fields, not {value}.", name=name, value=shown(value))
        return Settings(**{key: value[key] for key in SETTINGS if key in value})


def several(name: str, value: object) -> Sequence[object]:
    """A list. Raises Impossible."""
    if not isinstance(value, list):
        raise Impossible("{name} must be a list, not {value}.", name=name, value=shown(value))
    return value


def shown(value: object) -> str:
    """A value as it stands in the file, in short."""
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


# ---- what stands in a file -----------------------------------------------------------

CLASSES = Several(ClassName(), 2, MOST_CLASSES)
COUNT = Whole()
POSITION = Record(
    Position,
    {
        "epoch": COUNT,
        "offset": COUNT,
        "examples": COUNT,
        "steps": COUNT,
        "seconds": Number(),
    },
)
POINT = Row(
    Point,
    {
        "examples": COUNT,
        "train_cost": Number(),
        "test_cost": Number(),
        "train_accuracy": SHARE,
        "test_accuracy": SHARE,
    },
    {"taught": COUNT, "tested": COUNT},
)
MOMENT = Record(dict, {"number": COUNT, "position": POSITION})
PART = Number(1 / ENORMOUS, 1)
"""A share that is more than nothing."""
SOURCE = Record(
    Source,
    {
        "digits": Text(),
        "folder": Unless(Text()),
        "classes": Field(Several(ClassName(), 0, MOST_CLASSES), ()),
        "every": Field(Whole(1), 1),
        "share": Field(PART, 1.0),
        "turned": Field(Several(OneOf(tuple(SAID)), 0), ()),
    },
)


def _taught(epochs: float, data: str, kind: str | None, **handed: Any) -> Taught:
    return Taught(Handed(data, kind=kind_of(data) if kind is None else kind, **handed), epochs)


LEARNED_BY = Record(
    LearnedBy,
    {"engine": OneOf(tuple(BRINGS)), "version": Text(), "device": OneOf(tuple(DEVICES))},
)
TAUGHT = Record(
    _taught,
    {
        "data": Text(),
        "classes": Several(ClassName(), 0, MOST_CLASSES),
        "images": COUNT,
        "every": Whole(1),
        "share": PART,
        "left_out": Text(),
        "non_digits": COUNT,
        "kind": Field(Unless(Text()), None),
        "epochs": Number(),
    },
)
WAY = Record(
    Way,
    {
        "activation": OneOf(tuple(ALL_ACTIVATIONS)),
        "scaling": Text(),
        "order": OneOf(tuple(ORDERS)),
        "right": SHARE,
    },
)
READ_ALIKE = Row(
    lambda activation, right: (activation, right),
    {"activation": OneOf(tuple(ALL_ACTIVATIONS)), "right": SHARE},
)
ADOPTED = Record(
    Adopted,
    {
        "file": Text(),
        "way": WAY,
        "output": OneOf(tuple(OUTPUTS)),
        "guessed": Several(OneOf(ASKABLE)),
        "digits": Text(),
        "images": COUNT,
        "second": Unless(WAY),
        "lacks": Several(OneOf(LAYERS)),
        "alike": Field(Several(READ_ALIKE), ()),
        "mended": YesOrNo(),
        "unused": Field(Several(Text()), ()),
    },
)
STORY = Record(
    dict,
    {
        "settings": AllSettings(),
        "network": Field(OneOf(KINDS), THREE_LAYER),
        "classes": CLASSES,
        "digits": Text(),
        "trained_on": COUNT,
        "tested_on": COUNT,
        "left_out": Text(),
        "non_digits": Field(COUNT, 0),
        "position": POSITION,
        "points": Several(POINT),
        "now": Field(Unless(POINT), None),
        "test_accuracy": Field(Unless(SHARE), None),
        "learned_by": Field(Several(LEARNED_BY, twice=True), BEFORE),
        "taught": Field(Several(TAUGHT, 1, twice=True), ()),
        "source": Field(Unless(SOURCE), None),
        "name": Field(Text(), ""),
        "race": Field(Several(Whole(1)), ()),
        "experiment": Field(OneOf(("", *EXPERIMENTS)), ""),
        "learned_at": Field(Number(), 0.0),
        "adopted": Field(Unless(ADOPTED), None),
    },
)
"""All but the film, which ends where it is damaged."""


def moment_from(values: object) -> tuple[int, Position]:
    """Which point of the curves a moment of a film lies at, and where the run stood. Raises
    Impossible."""
    found = MOMENT.read("moment", values)
    return found["number"], found["position"]


def checked(values: Mapping[str, object]) -> dict[str, Any]:
    """The fields of a story as the program has them, each possible and in keeping with the
    others. Raises Impossible, SettingError."""
    fields: dict[str, Any] = STORY.read("", values)
    for found in contradictions(fields):
        raise found
    return fields


def contradictions(fields: Mapping[str, Any]) -> Iterator[Impossible]:
    """What the fields of a story say against each other."""
    position = fields["position"]
    epoch = fields["trained_on"] + fields["non_digits"]
    if fields["adopted"] is None:
        for name in ("trained_on", "tested_on"):
            Whole(1).read(name, fields[name])
    elif position.steps or epoch:
        yield Impossible("A network that others trained has no run of its own here.")
    if position.offset >= max(1, epoch):
        yield Impossible(
            "The run stands at digit {offset} of an epoch of {epoch}.",
            offset=plain(position.offset),
            epoch=plain(epoch),
        )
    # networks with fewer digits of their own count fewer of an epoch's than it has
    seen, since = position.examples, position.examples - position.epoch * epoch
    within = position.offset <= since < epoch if position.offset else since == 0
    if not within or not bool(seen) <= position.steps <= seen:
        yield Impossible(
            "The run saw {examples} digits in {steps} steps, in epoch {epoch} at digit {offset}.",
            examples=plain(position.examples),
            steps=plain(position.steps),
            epoch=plain(position.epoch),
            offset=plain(position.offset),
        )
    yield from _of_curves(fields)
    yield from _of_digits(fields)


def _of_curves(fields: Mapping[str, Any]) -> Iterator[Impossible]:
    """What the curves of the run, and what was measured since, say against its position."""
    seen: int = fields["position"].examples
    points, now = fields["points"], fields["now"]
    # what was measured at rest stands beside a live estimate of the same moment
    curve = up_to(points, now) if points and points[-1].live else (*points, *([now] if now else []))
    for earlier, later in pairwise(curve):
        if earlier.examples >= later.examples:
            yield Impossible(
                "The curves were measured after {earlier} digits and then after {later}.",
                earlier=plain(earlier.examples),
                later=plain(later.examples),
            )
    for last in curve[-1:]:
        if last.examples > seen:
            yield Impossible(
                "The curves were measured after {last} digits, but the run saw {seen}.",
                last=plain(last.examples),
                seen=plain(seen),
            )
        if fields["test_accuracy"] not in (None, last.test_accuracy):
            yield Impossible(
                "The accuracy is {accuracy}, but the last point of the curves says {last}.",
                accuracy=plain(fields["test_accuracy"]),
                last=plain(last.test_accuracy),
            )


def _of_digits(fields: Mapping[str, Any]) -> Iterator[Impossible]:
    """What the digits of the run and those that it was handed say against each other."""
    for handed in [each.handed for each in fields["taught"][:1]]:
        if handed.classes != fields["classes"]:
            yield Impossible(
                "The network tells {classes} apart, but was handed digits of {handed}.",
                classes=commas(fields["classes"]),
                handed=commas(handed.classes),
            )
        images = fields["trained_on"] + fields["non_digits"]
        if images != handed.images + handed.non_digits:
            yield Impossible(
                "The network learned from {images} images, but was handed {handed}.",
                images=plain(images),
                handed=plain(handed.images + handed.non_digits),
            )
