"""What is wrong with a study, in one sentence, before anything is worked out.

What only the images can tell (whether a folder has such classes, and enough images of each) is
said where they are opened (see `digits`).
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from nnviz.data.catalogue import DATA_SETS
from nnviz.data.digits import COLOUR, GREY, MOST_CLASSES, Shape
from nnviz.errors import Refusal
from nnviz.networks.codes import CodeError, words_of
from nnviz.networks.designs import COSTS, DESIGNS
from nnviz.networks.learned_by import DEVICES
from nnviz.networks.settings import INITIAL_WEIGHTS, SETTINGS
from nnviz.study.plan import (
    BALANCES,
    MATCHES,
    MEASURES,
    NETWORKS,
    OPTIMISERS,
    Condition,
    Learning,
    SchemeEntry,
    Study,
    StudyDigits,
)
from nnviz.study.schemes import SCHEMES, hidden_of_scheme, parameters_of, scheme_of
from nnviz.words import commas, number, plain, sentences, tr

DIGITS = tuple("0123456789")
KNOWN_SETS: Mapping[str, tuple[tuple[str, ...], int, Shape]] = {
    "bundled": (DIGITS, 400, GREY),
    "mnist": (DIGITS, 5421, GREY),
    "fashion-mnist": (DATA_SETS["fashion-mnist"].class_names, 6000, GREY),
    "cifar-10": (DATA_SETS["cifar-10"].class_names, 5000, COLOUR),
}
"""Data set -> its classes, training images of the rarest of them, and the shape of one"""
LENET_INITIAL = ("keras", "torch")
"""Initial weights of a LeNet: of Keras, as the blog had them, or torch's own"""
MOST_TRIALS = 10_000
MOST_UPDATES = 100_000_000
LONGEST_NAME = 80
LONGEST_QUESTION = 1000
CLOSE = 0.25
"""How far all parameters may be from those of the first scheme and be called equal: a hidden
neuron more or less is a tenth where there are few."""


class StudyError(Refusal):
    """A study that cannot be; the message is one sentence for the user."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that somebody may have meant, as a sentence; "" if none is near."""
    found = get_close_matches(word, list(known), 1)
    return tr("Did you mean {word}?", word=found[0]) if found else ""


def check(study: Study) -> None:
    """Raises StudyError for a study that makes no sense, whatever its images are."""
    _check_head(study)
    _check_digits(study.digits)
    _check_measure(study)
    _check_learning("learning", study.learning, study)
    _check_names(study)
    for entry in study.schemes:
        _check_entry(entry, study)
    _check_plan(study)


# ---- values --------------------------------------------------------------------------


def _one_of(key: str, value: str, known: Iterable[str]) -> None:
    allowed = [each for each in known if each]
    if value not in known:
        raise StudyError(
            sentences(
                tr(
                    "{key} must be one of {allowed}, not {value}.",
                    key=key,
                    allowed=commas(allowed),
                    value=repr(value),
                ),
                nearest(value, allowed),
            )
        )


def _between(key: str, value: float, low: float, high: float, zero: bool = False) -> None:
    if low <= value <= high or (zero and value == 0):
        return
    fields = {"key": key, "low": plain(low), "high": plain(high), "value": plain(value)}
    if zero:
        raise StudyError("{key} must be 0 or between {low} and {high}, not {value}.", **fields)
    raise StudyError("{key} must be between {low} and {high}, not {value}.", **fields)


def _once(key: str, values: Iterable[Any]) -> None:
    found = list(values)
    for value in found:
        if found.count(value) > 1:
            raise StudyError("{key} names {value} twice.", key=key, value=str(value))


def _check_head(study: Study) -> None:
    if not study.name.strip() or not study.name.isprintable() or len(study.name) > LONGEST_NAME:
        raise StudyError(
            "name must be one line of 1 to {most} letters, not {value}.",
            most=LONGEST_NAME,
            value=repr(study.name[: LONGEST_NAME + 1]),
        )
    if len(study.question) > LONGEST_QUESTION:
        raise StudyError("question must not have more than {most} letters.", most=LONGEST_QUESTION)
    _one_of("network", study.network, NETWORKS)
    _one_of("measure", study.measure, MEASURES)
    _one_of("device", study.device, DEVICES)
    _between("hidden", study.hidden, SETTINGS["hidden"].low, SETTINGS["hidden"].high)
    _between("trials", study.trials, 1, MOST_TRIALS)
    _between("seed", study.seed, SETTINGS["seed"].low, SETTINGS["seed"].high)


# ---- images --------------------------------------------------------------------------


def _check_digits(digits: StudyDigits) -> None:
    if digits.data:
        _one_of("digits.data", digits.data, KNOWN_SETS)
    elif not digits.folder:
        raise StudyError(
            "digits must name its data, one of {known}, or a folder.", known=commas(KNOWN_SETS)
        )
    if digits.data == "bundled" and digits.folder:
        raise StudyError("digits.folder does not go with the bundled digits.")
    _once("digits.classes", digits.classes)
    if len(digits.classes) == 1:
        raise StudyError("digits.classes must name two or more: a network tells classes apart.")
    if len(digits.classes) > MOST_CLASSES:
        raise StudyError("digits.classes must not name more than {most}.", most=MOST_CLASSES)
    if digits.data:
        check_classes("digits.classes", digits.classes, KNOWN_SETS[digits.data][0])
    for key, value in (("digits.per_class", digits.per_class), ("digits.tested", digits.tested)):
        _between(key, value, 1, SETTINGS["images"].high, zero=True)
    _check_conditions(digits)


def check_classes(key: str, names: Iterable[str], known: tuple[str, ...]) -> None:
    """Raises StudyError for a class that is not there."""
    for name in names:
        if name not in known:
            raise StudyError(
                "{key} names the class {name}, which is not among {known}.",
                key=key,
                name=repr(name),
                known=commas(known),
            )


def _check_conditions(digits: StudyDigits) -> None:
    _once("digits.shares", (Condition(share).word for share in digits.shares))
    _once("digits.counts", digits.counts)
    if digits.counts and digits.shares != StudyDigits().shares:
        raise StudyError("digits must name shares or counts, not both.")
    if not digits.counts and not digits.shares:
        raise StudyError("digits.shares must name one share or more.")
    for share in digits.shares:
        if not 0 < share <= 1:
            raise StudyError(
                "digits.shares must lie above 0 and not above 1, unlike {value}.",
                value=plain(share),
            )
    for count in digits.counts:
        _between("digits.counts", count, 1, SETTINGS["images"].high)
    most = KNOWN_SETS[digits.data][1] if digits.data else SETTINGS["images"].high
    check_images(digits, int(min(most, digits.per_class or most)))


def check_images(digits: StudyDigits, fewest: int) -> None:
    """Raises StudyError for a condition that leaves no image of a class, or wants more than there
    are, where the rarest class has so many after thinning."""
    for share in digits.shares:
        if not images_of_share(share, fewest):
            raise StudyError(
                "A share of {share} leaves no image of a class that has {images}.",
                share=plain(share),
                images=fewest,
            )
    for count in digits.counts:
        if count > fewest:
            raise StudyError(
                "digits.counts wants {count} images of each class, but one has only {images}.",
                count=count,
                images=fewest,
            )


def images_of_share(share: float, images: int) -> int:
    """How many of the images of a class a share of them is."""
    return round(share * images)


# ---- what is measured and how it learns ----------------------------------------------


def _check_measure(study: Study) -> None:
    if study.measure == "called" and not study.called:
        raise StudyError("The measure called needs the key called: the classes that are counted.")
    if study.measure != "called" and study.called:
        raise StudyError("called only goes with the measure called.")
    _once("called", study.called)
    names = class_names_of(study.digits)
    if names:
        check_classes("called", study.called, names)


def class_names_of(digits: StudyDigits) -> tuple[str, ...]:
    """The classes of a study, in their order; none where only its folder knows them."""
    if not digits.data:
        return digits.classes
    known = KNOWN_SETS[digits.data][0]
    return tuple(name for name in known if not digits.classes or name in digits.classes)


def _check_learning(key: str, learning: Learning, study: Study) -> None:
    _one_of(f"{key}.optimiser", learning.optimiser, OPTIMISERS)
    _one_of(f"{key}.matched", learning.matched, MATCHES)
    for name, setting in (
        ("rate", "rate"),
        ("decay", "decay"),
        ("batch", "batch"),
        ("sub_batch", "batch"),
        ("epochs", "epochs"),
        ("sub_epochs", "epochs"),
    ):
        entry = SETTINGS[setting]
        free = name in ("rate", "decay")
        _between(f"{key}.{name}", getattr(learning, name), entry.low, entry.high, zero=free)
    _between(f"{key}.least_updates", learning.least_updates, 1, MOST_UPDATES, zero=True)
    if learning.least_updates and learning.matched == "as-published":
        raise StudyError("{key}.least_updates does not go with as-published.", key=key)
    lenet = study.network == "lenet"
    initial = LENET_INITIAL if lenet else tuple(INITIAL_WEIGHTS)
    _one_of(f"{key}.initial", learning.initial, ("", *initial))
    _one_of(f"{key}.cost", learning.cost, ("", *COSTS))
    if lenet and learning.cost == "quadratic":
        raise StudyError("{key}.cost must not be quadratic for LeNet.", key=key)
    if lenet and learning.decay:
        raise StudyError("{key}.decay only goes with the three-layer network.", key=key)
    if not lenet and learning.optimiser != "sgd":
        raise StudyError("The three-layer network learns by {key}.optimiser = sgd.", key=key)
    if not lenet and learning.bfloat16:
        raise StudyError("{key}.bfloat16 only goes with LeNet.", key=key)


# ---- schemes -------------------------------------------------------------------------


def _check_names(study: Study) -> None:
    if not study.schemes:
        raise StudyError("A study needs one scheme or more: [[schemes]] in its file.")
    for entry in study.schemes:
        if not entry.name.strip() or not entry.name.isprintable() or len(entry.name) > LONGEST_NAME:
            raise StudyError(
                "The name of a scheme must be one line of 1 to {most} letters, not {value}.",
                most=LONGEST_NAME,
                value=repr(entry.name[: LONGEST_NAME + 1]),
            )
    names = [entry.name for entry in study.schemes]
    for name in names:
        if names.count(name) > 1:
            raise StudyError("Two schemes have the name {name}.", name=repr(name))


def _check_entry(entry: SchemeEntry, study: Study) -> None:
    key = _key(entry)
    _one_of(f"{key}.scheme", entry.scheme, SCHEMES)
    scheme = scheme_of(entry)
    _one_of(f"{key}.trunk", entry.trunk, scheme.trunks)
    design = DESIGNS[scheme.design]
    _one_of(f"{key}.reading", entry.reading, ("", *design.readings))
    for check_part in (_check_options, _check_walk, _check_taught, _check_size):
        check_part(entry, study)
    learning = study.learning_of(entry)
    _check_learning(f"{key}.learning" if entry.learning else "learning", learning, study)
    _one_of(f"{key}.learning.cost", learning.cost, ("", *design.costs))


def _key(entry: SchemeEntry) -> str:
    """How a sentence names the row of a scheme."""
    return f"schemes.{entry.name!r}"


def _check_options(entry: SchemeEntry, study: Study) -> None:
    usual = SchemeEntry(entry.name, entry.scheme)
    scheme = scheme_of(entry)
    for option in sorted({each for other in SCHEMES.values() for each in other.options}):
        if option not in scheme.options and getattr(entry, option) != getattr(usual, option):
            raise StudyError(
                "{key}.{option} makes no difference to the scheme {scheme}.",
                key=_key(entry),
                option=option,
                scheme=entry.scheme,
            )
    _one_of(f"{_key(entry)}.balance", entry.balance, BALANCES)
    members = SETTINGS["members"]
    _between(f"{_key(entry)}.members", entry.members, members.low, members.high, zero=True)
    if entry.code:
        _check_code(entry, len(class_names_of(study.digits)))


def _check_code(entry: SchemeEntry, classes: int) -> None:
    try:
        words = words_of(entry.code)
    except CodeError as error:
        raise StudyError("{key}.code: {reason}", key=_key(entry), reason=str(error)) from error
    if len(words) < classes:
        raise StudyError(
            "{key}.code has {count} words, but there are {classes} classes.",
            key=_key(entry),
            count=len(words),
            classes=classes,
        )


def _check_walk(entry: SchemeEntry, _: Study) -> None:
    _between(f"{_key(entry)}.drop", entry.drop, 1, MOST_CLASSES - 1)
    _between(f"{_key(entry)}.below", entry.below, 0, 1)
    if entry.drop != 1 and entry.below:
        raise StudyError(
            "{key} must name drop or below: so many classes leave at each step, or all that are "
            "less likely.",
            key=_key(entry),
        )


def _check_taught(entry: SchemeEntry, study: Study) -> None:
    key = f"{_key(entry)}.taught"
    _once(key, entry.taught)
    names = class_names_of(study.digits)
    if names:
        check_classes(key, entry.taught, names)
    if len(entry.taught) == 1 and entry.scheme != "one-vs-rest":
        raise StudyError(
            "{key} names one class: only the scheme one-vs-rest learns that, without negatives.",
            key=key,
        )
    if entry.taught and entry.trunk != "scratch":
        raise StudyError(
            "{key} does not go with the trunk {trunk}: the base network knows all classes.",
            key=key,
            trunk=entry.trunk,
        )


def _check_size(entry: SchemeEntry, study: Study) -> None:
    key = _key(entry)
    hidden = SETTINGS["hidden"]
    _between(f"{key}.hidden", entry.hidden, hidden.low, hidden.high, zero=True)
    if not entry.hidden and not entry.equal_parameters:
        return
    which = "equal_parameters" if entry.equal_parameters else "hidden"
    if study.network == "lenet":
        raise StudyError(
            "{key}.{which} only goes with the three-layer network: all LeNets are alike.",
            key=key,
            which=which,
        )
    if entry.trunk != "scratch":
        raise StudyError(
            "{key}.{which} does not go with the trunk {trunk}: it has the hidden layer of the base "
            "network.",
            key=key,
            which=which,
            trunk=entry.trunk,
        )
    if entry.equal_parameters:
        _check_equal(entry, study)


def _check_equal(entry: SchemeEntry, study: Study) -> None:
    key = f"{_key(entry)}.equal_parameters"
    first = study.schemes[0]
    if entry is first:
        raise StudyError("{key}: the first scheme has its own parameters.", key=key)
    if entry.hidden:
        raise StudyError("{key} works out the hidden neurons: leave out hidden.", key=key)
    shape = KNOWN_SETS[study.digits.data][2] if study.digits.data else GREY
    classes = len(class_names_of(study.digits)) or MOST_CLASSES
    hidden = hidden_of_scheme(study, entry, shape, classes)
    wanted = parameters_of(
        study, first, hidden_of_scheme(study, first, shape, classes), shape, classes
    )
    found = parameters_of(study, entry, hidden, shape, classes)
    if found > wanted * (1 + CLOSE):
        raise StudyError(
            "{key}: even with one hidden neuron in each network it has {found} parameters, the "
            "first scheme {wanted}.",
            key=key,
            found=number(found),
            wanted=number(wanted),
        )


# ---- what is compared ----------------------------------------------------------------


def _check_plan(study: Study) -> None:
    names = [entry.name for entry in study.schemes]
    done = set()
    for comparison in study.plan:
        for name in (comparison.first, comparison.second):
            if name not in names:
                raise StudyError(
                    sentences(
                        tr(
                            "plan names the scheme {name}, which is not among {names}; what is "
                            "compared are two schemes that learned from as many images, never two "
                            "shares.",
                            name=repr(name),
                            names=commas(names),
                        ),
                        nearest(name, names),
                    )
                )
        pair = frozenset((comparison.first, comparison.second))
        if len(pair) < 2:
            raise StudyError("plan compares {name} with itself.", name=repr(comparison.first))
        if pair in done:
            raise StudyError(
                "plan compares {first} with {second} twice.",
                first=repr(comparison.first),
                second=repr(comparison.second),
            )
        done.add(pair)
