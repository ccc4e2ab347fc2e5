"""From how many digits and how long networks learned, and why two cannot be compared, in words."""

from collections.abc import Mapping
from typing import Any

from nnviz.data.catalogue import label_of
from nnviz.data.handed import KNOWN, Handed
from nnviz.networks.taught import Taught, alike
from nnviz.words import number, tr, tr_n


def learned_from(taught: Taught) -> str:
    """From how many digits a network learned, and how long."""
    handed = taught.handed
    if not handed.known:
        return tr("digits that nobody knows")
    fields = {"digits": digits_in_words(handed), "epochs": epochs_in_words(taught.epochs)}
    return tr("{digits}, {epochs}", **fields)


def record_of(taught: Taught) -> dict[str, Any]:
    """The same for a program: digits null where nobody knows them."""
    handed = taught.handed
    record: dict[str, Any] = {
        "digits": handed.data or None,
        "images": handed.images,
        "epochs": round(taught.epochs, 3),
    }
    usual = {"every": 1, "share": 1.0, "left_out": "", "non_digits": 0}
    record |= {
        name: getattr(handed, name) for name, of in usual.items() if getattr(handed, name) != of
    }
    if taught.before is not None:
        record["before"] = record_of(taught.before)
    return record


def why_none_compared(networks: Mapping[str, Taught]) -> str:
    """Why networks, by their names, are not compared with the first of them; "" where all can
    be."""
    (name, first), *others = networks.items()
    reasons = (why_not_compared(first, taught, name, other) for other, taught in others)
    return next((reason for reason in reasons if reason), "")


def digits_in_words(handed: Handed) -> str:
    """How many digits of which data set."""
    if handed.data in KNOWN:
        data = label_of(handed.data)
        return tr_n("{count} {data} digit", "{count} {data} digits", handed.images, data=data)
    return tr_n("{count} other digit", "{count} other digits", handed.images)


def epochs_in_words(epochs: float) -> str:
    """30 epochs, or 1.5"""
    told = _written(epochs)
    if told == "1":
        return tr("1 epoch")
    return tr("{epochs} epochs", epochs=told)


def epochs_apart(own: Taught, other: Taught) -> str:
    """The epochs of one network against those of another one, where they differ."""
    told, against = _written(own.epochs), _written(other.epochs)
    if told == against or not (own.handed.known and other.handed.known):
        return ""
    return tr("{own} against {other} epochs", own=told, other=against)


def epochs_in_short(own: Taught, other: Taught) -> str:
    """The same where there is little room."""
    told, against = _written(own.epochs), _written(other.epochs)
    if told == against or not (own.handed.known and other.handed.known):
        return ""
    return tr("{own}, not {other} epochs", own=told, other=against)


def why_not_compared(own: Taught, other: Taught, name: str, against: str) -> str:
    """Why no difference between two networks, by their names, is told; "" where one can be."""
    if alike(own, other):
        return ""
    for taught, whose in ((own, name), (other, against)):
        if not taught.handed.known:
            return tr("Nobody knows which digits {name} learned from.", name=whose)
    fields = {"name": name, "other": against}
    if own.handed != other.handed:
        if digits_in_words(own.handed) == digits_in_words(other.handed):
            return tr(
                "{name} and {other} learned from different digits, so they are not compared.",
                **fields,
            )
        return tr(
            "{name} learned from {digits}, {other} from {others}, so they are not compared.",
            digits=learned_from(own),
            others=learned_from(other),
            **fields,
        )
    for taught, whose in ((own, name), (other, against)):
        for before in taught.before or ():
            if not before.handed.known:
                return tr(
                    "Nobody knows which digits the hidden layer that {name} began on learned from.",
                    name=whose,
                )
            if before.handed != own.handed:
                return tr(
                    "{name} began on a hidden layer that had learned from {digits}, so it is not "
                    "compared with {other}.",
                    name=whose,
                    other=against if whose == name else name,
                    digits=learned_from(before),
                )
    raise ValueError(f"{own} and {other} differ in nothing that has words")


def _written(epochs: float) -> str:
    """Whole epochs without decimals; of the first ones more of those."""
    decimals = 2 if epochs < 2 else 1
    return number(epochs, 0 if round(epochs, decimals) == round(epochs) else decimals)
