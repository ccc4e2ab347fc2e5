"""The plan as fields: what each is called, what it says of itself, and how it is typed.

A field of the form is an entry of `FIELDS`, one of a scheme an entry of `OF_A_SCHEME`; both follow
the keys of the file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nnviz.data.catalogue import DATA_SETS
from nnviz.networks.designs import COSTS, DESIGNS
from nnviz.networks.learned_by import DEVICES
from nnviz.networks.settings import INITIAL_WEIGHTS, SETTINGS
from nnviz.study.checking import MOST_UPDATES
from nnviz.study.plan import Learning, SchemeEntry, Study
from nnviz.study.schemes import SCHEMES
from nnviz.ui.study import words
from nnviz.words import plain

FOLDER = ""
"""The choice of data that is a folder"""


class NotTaken(ValueError):
    """A text that means nothing in its field."""


@dataclass(frozen=True)
class Number:
    """A number between two ends; 0 may stand for words."""

    low: float
    high: float
    whole: bool = True
    zero: str = ""
    log: bool = False


@dataclass(frozen=True)
class Choice:
    """One of several words."""

    items: Mapping[str, str]
    """Value -> how it is called"""


@dataclass(frozen=True)
class Text:
    """What is typed as a text, and what it means."""

    read: Callable[[str], Any]
    """Raises NotTaken."""
    write: Callable[[Any], str]
    hint: str = ""
    """Stands in the empty field"""


@dataclass(frozen=True)
class Check:
    """Yes or no."""


Kind = Number | Choice | Text | Check


@dataclass(frozen=True)
class PlanField:
    """One value of a plan."""

    place: str
    """The key in the file, with dots"""
    label: str
    tip: str
    kind: Kind
    matters: Callable[[Study], bool] = lambda _: True
    """Whether it changes anything in such a study"""
    among: Callable[[Study], Kind] | None = None
    """What it can be in such a study, where that is not the same in all"""

    def kind_in(self, study: Study) -> Kind:
        return self.kind if self.among is None else self.among(study)


# ---- what is typed -------------------------------------------------------------------


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in text.split(",") if (name := each.strip())))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _numbers(text: str) -> list[float]:
    try:
        found = [float(each.strip().removesuffix("%")) for each in text.split(",") if each.strip()]
    except ValueError as error:
        raise NotTaken from error
    return found


def _shares(text: str) -> tuple[float, ...]:
    found = tuple(round(each / 100, 12) for each in _numbers(text))
    if not all(0 < each <= 1 for each in found):
        raise NotTaken
    return found or (1.0,)


def _counts(text: str) -> tuple[int, ...]:
    found = _numbers(text)
    if not all(each == int(each) and each >= 1 for each in found):
        raise NotTaken
    return tuple(int(each) for each in found)


def _percents(shares: Sequence[float]) -> str:
    return ", ".join(plain(100 * share) for share in shares)


NAMES = Text(_names, _listed, words.ALL_CLASSES)
PLAIN = Text(str.strip, str)
CODE = Text(lambda text: "".join(text.split()), str, words.USUAL)


# ---- the study -----------------------------------------------------------------------


def _lenet(study: Study) -> bool:
    return study.network == "lenet"


def _three_layer(study: Study) -> bool:
    return not _lenet(study)


def _as_published(study: Study) -> bool:
    return study.learning.matched == "as-published"


def _initial(study: Study) -> Choice:
    """The initial weights that its networks can have."""
    usual = {"": words.USUAL}
    return Choice(usual | (words.INITIAL_OF_LENET if _lenet(study) else dict(INITIAL_WEIGHTS)))


def _of_setting(name: str, zero: str = "") -> Number:
    """A number between the ends of a setting."""
    setting = SETTINGS[name]
    return Number(setting.low, setting.high, zero=zero, log=setting.log)


DATA = {"bundled": words.BUNDLED} | {name: each.label for name, each in DATA_SETS.items()}
IMAGES = int(SETTINGS["images"].high)

DIGIT_FIELDS = (
    PlanField("digits.data", *words.DATA, Choice(DATA | {FOLDER: words.OWN_FOLDER})),
    PlanField(
        "digits.folder",
        *words.FOLDER,
        Text(str.strip, str, words.NO_FOLDER),
        lambda study: study.digits.data == FOLDER,
    ),
    PlanField("digits.classes", *words.CLASSES, NAMES),
    PlanField("digits.per_class", *words.PER_CLASS, Number(1, IMAGES, zero=words.ALL, log=True)),
    PlanField(
        "digits.shares",
        *words.SHARES,
        Text(_shares, _percents),
        lambda study: not study.digits.counts,
    ),
    PlanField(
        "digits.counts", *words.COUNTS, Text(_counts, lambda found: _listed(list(map(str, found))))
    ),
    PlanField("digits.tested", *words.TESTED, Number(1, IMAGES, zero=words.ALL, log=True)),
)
LEARNING_FIELDS = (
    PlanField("network", *words.NETWORK, Choice(words.NETWORKS)),
    PlanField("hidden", *words.HIDDEN, _of_setting("hidden"), _three_layer),
    PlanField("learning.optimiser", *words.OPTIMISER, Choice(words.OPTIMISERS)),
    PlanField(
        "learning.rate", *words.RATE, Number(0.0001, 100, whole=False, zero=words.USUAL, log=True)
    ),
    PlanField("learning.batch", *words.BATCH, _of_setting("batch")),
    PlanField("learning.epochs", *words.EPOCHS, Number(1, SETTINGS["epochs"].high)),
    PlanField(
        "learning.least_updates",
        *words.LEAST_UPDATES,
        Number(1, MOST_UPDATES, zero=words.NONE, log=True),
        lambda study: bool(study.learning.least_updates) or not _as_published(study),
    ),
    PlanField("learning.matched", *words.MATCHED, Choice(words.MATCHES)),
    PlanField(
        "learning.sub_epochs",
        *words.SUB_EPOCHS,
        Number(1, SETTINGS["epochs"].high),
        _as_published,
    ),
    PlanField("learning.sub_batch", *words.SUB_BATCH, _of_setting("batch"), _as_published),
)
TRIAL_FIELDS = (
    PlanField("trials", *words.TRIALS, Number(1, 10_000, log=True)),
    PlanField("seed", *words.SEED, _of_setting("seed")),
    PlanField("measure", *words.MEASURE, Choice(words.MEASURES)),
    PlanField(
        "called",
        *words.CALLED,
        NAMES,
        lambda study: study.measure == "called",
    ),
    PlanField(
        "learning.initial", *words.INITIAL, Choice({"": words.USUAL}), lambda _: True, _initial
    ),
    PlanField(
        "learning.cost",
        *words.COST,
        Choice({"": words.USUAL} | {name: each.label for name, each in COSTS.items()}),
        _three_layer,
    ),
    PlanField("learning.decay", *words.DECAY, _of_setting("decay", words.NONE), _three_layer),
    PlanField("device", *words.DEVICE, Choice(DEVICES), _lenet),
    PlanField("learning.bfloat16", *words.BFLOAT16, Check(), _lenet),
)
HEAD_FIELDS = (
    PlanField("name", *words.NAME, PLAIN),
    PlanField("question", *words.QUESTION, PLAIN),
)
FIELDS = (*HEAD_FIELDS, *DIGIT_FIELDS, *LEARNING_FIELDS, *TRIAL_FIELDS)


def value_in(study: Study, place: str) -> Any:
    """The value of a field of the study."""
    head, _, rest = place.partition(".")
    value = getattr(study, head)
    return getattr(value, rest) if rest else value


def with_value(study: Study, place: str, value: Any) -> dict[str, Any]:
    """The fields of the study that change with one of the form."""
    head, _, rest = place.partition(".")
    changes = {head: replace(getattr(study, head), **{rest: value}) if rest else value}
    if place == "digits.data" and value != FOLDER:
        changes["digits"] = replace(changes["digits"], folder="")
    if place == "network":  # neither kind can begin as the other, nor LeNet decay
        usual = Learning()
        changes["learning"] = replace(study.learning, initial=usual.initial, decay=usual.decay)
    return changes


# ---- a scheme ------------------------------------------------------------------------


@dataclass(frozen=True)
class SchemeField:
    """One value of a scheme."""

    place: str
    label: str
    tip: str
    kind: Callable[[SchemeEntry], Kind]
    matters: Callable[[Study, SchemeEntry], bool] = lambda *_: True


def _always(kind: Kind) -> Callable[[SchemeEntry], Kind]:
    return lambda _: kind


def _trunks(entry: SchemeEntry) -> Choice:
    return Choice({name: words.TRUNKS[name] for name in SCHEMES[entry.scheme].trunks})


def _readings(entry: SchemeEntry) -> Choice:
    # late: readings take longer to import than the rest of the page
    from nnviz.verdicts.readings import READINGS

    usual, *_ = readings = DESIGNS[SCHEMES[entry.scheme].design].readings
    return Choice({"" if name == usual else name: READINGS[name].label for name in readings})


def _costs(entry: SchemeEntry) -> Choice:
    costs = DESIGNS[SCHEMES[entry.scheme].design].costs
    return Choice(AS_STUDY | {name: COSTS[name].label for name in costs})


def _option(name: str) -> Callable[[Study, SchemeEntry], bool]:
    """Whether an option belongs to the scheme."""
    return lambda _, entry: name in SCHEMES[entry.scheme].options


AS_STUDY = {"": words.AS_STUDY}
HOW_IT_LEARNS = (
    SchemeField("name", *words.SCHEME_NAME, _always(PLAIN)),
    SchemeField(
        "scheme",
        *words.SCHEME,
        _always(Choice({name: each.label for name, each in SCHEMES.items()})),
    ),
    SchemeField("trunk", *words.TRUNK, _trunks),
    SchemeField("reading", *words.READING, _readings),
    SchemeField(
        "learning.matched", *words.MATCHED, _always(Choice(AS_STUDY | dict(words.MATCHES)))
    ),
    SchemeField(
        "learning.epochs",
        *words.EPOCHS,
        _always(Number(1, SETTINGS["epochs"].high, zero=words.AS_STUDY)),
    ),
    SchemeField("learning.batch", *words.BATCH, _always(_of_setting("batch", words.AS_STUDY))),
)
"""The first column of the form"""
HOW_IT_IS_MADE = (
    SchemeField(
        "hidden",
        *words.SCHEME_HIDDEN,
        _always(_of_setting("hidden", words.AS_STUDY)),
        lambda study, entry: _three_layer(study) and not entry.equal_parameters,
    ),
    SchemeField(
        "equal_parameters",
        *words.EQUAL_PARAMETERS,
        _always(Check()),
        lambda study, _: _three_layer(study),
    ),
    SchemeField("taught", *words.TAUGHT, _always(NAMES)),
    SchemeField("drop", *words.DROP, _always(Number(1, 9)), _option("drop")),
    SchemeField(
        "below",
        *words.BELOW,
        _always(Number(0.0001, 0.9999, whole=False, zero=words.NONE)),
        _option("below"),
    ),
    SchemeField("code", *words.CODE, _always(CODE), _option("code")),
    SchemeField(
        "members",
        *words.MEMBERS,
        _always(_of_setting("members", words.USUAL)),
        _option("members"),
    ),
    SchemeField("balance", *words.BALANCE, _always(Choice(words.BALANCES)), _option("balance")),
    SchemeField(
        "learning.rate",
        *words.RATE,
        _always(Number(0.0001, 100, whole=False, zero=words.AS_STUDY, log=True)),
    ),
    SchemeField("learning.cost", *words.COST, _costs, lambda study, _: _three_layer(study)),
    SchemeField(
        "learning.initial",
        *words.INITIAL,
        _always(Choice(AS_STUDY | dict(INITIAL_WEIGHTS))),
        lambda study, _: _three_layer(study),
    ),
)
"""The second"""
OF_A_SCHEME = (*HOW_IT_LEARNS, *HOW_IT_IS_MADE)


def value_of(entry: SchemeEntry, place: str) -> Any:
    """The value of a field of a scheme; of its learning, "" or 0 for that of the study."""
    head, _, rest = place.partition(".")
    if not rest:
        return getattr(entry, head)
    usual = getattr(Learning(), rest)
    return dict(entry.learning).get(rest, type(usual)())


def with_value_of(entry: SchemeEntry, place: str, value: Any) -> SchemeEntry:
    """The scheme with another value; what it cannot have any more falls back to the usual."""
    head, _, rest = place.partition(".")
    if rest:
        learning = dict(entry.learning) | {rest: value}
        kept = tuple(sorted((name, each) for name, each in learning.items() if each))
        return replace(entry, learning=kept)
    changed = replace(entry, **{head: value})
    if head == "scheme":
        found = SCHEMES[value]
        trunk = entry.trunk if entry.trunk in found.trunks else found.trunks[0]
        usual = SchemeEntry(entry.name, value)
        options = ("drop", "below", "code", "members", "balance")
        gone = {name: getattr(usual, name) for name in options if name not in found.options}
        costs = DESIGNS[found.design].costs
        kept = tuple(
            (name, each) for name, each in entry.learning if name != "cost" or each in costs
        )
        changed = replace(changed, trunk=trunk, reading="", learning=kept, **gone)
    return changed
