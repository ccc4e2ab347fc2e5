"""What a scene does once it stands, as a line of words: `train to=5 speed=400`."""

import re
from collections.abc import Callable, Mapping

from nnviz.lectures.faults import LectureError, shortened
from nnviz.lectures.lecture import Action, PlayFilm, RaceOf, Train, Walk
from nnviz.networks.designs import DESIGNS
from nnviz.words import commas

Words = dict[str, str]
"""What stands behind the first word: key -> value"""
KEYS: Mapping[str, tuple[str, ...]] = {
    "train": ("to", "speed"),
    "film": ("from", "to", "speed"),
    "walk": (),
    "race": ("designs", "epochs", "fair"),
}
"""The first word of an action, and the keys that may follow it"""
WHOLE = re.compile("[0-9]{1,6}", re.ASCII)
MOST_EPOCHS = 1000
FASTEST_FILM = 60.0
"""Moments per second: no screen shows more."""
YES_OR_NO: Mapping[str, bool] = {"yes": True, "no": False}


def read_action(line: str) -> Action:
    """The action that a line names. Raises LectureError."""
    name, *rest = line.split()
    if name not in KEYS:
        raise LectureError(
            "{name} is no action; there are {actions}.", name=shortened(name), actions=commas(KEYS)
        )
    words: Words = {}
    for word in rest:
        key, sign, value = word.partition("=")
        if key not in KEYS[name]:
            raise _unknown(key, name)
        if key in words:
            raise LectureError("{key} is said twice.", key=key)
        if not (sign and value):
            raise LectureError(
                "{word} says no value: {key}=... is missing.", word=shortened(word), key=key
            )
        words[key] = value
    return _READERS[name](words)


def action_line(action: Action) -> str:
    """The line of an action: `read_action` reads it again."""
    if isinstance(action, Train):
        name, words = "train", {"to": str(action.epoch)}
        words |= {} if action.speed is None else {"speed": str(action.speed)}
    elif isinstance(action, PlayFilm):
        name, words = "film", {"from": str(action.first), "to": str(action.last)}
        usual = action.speed == PlayFilm.speed
        words |= {} if usual else {"speed": repr(action.speed).removesuffix(".0")}
    elif isinstance(action, RaceOf):
        name, words = "race", {"designs": ",".join(action.designs), "epochs": str(action.epochs)}
        words |= {"fair": "yes"} if action.fair else {}
    else:
        name, words = "walk", {}
    return " ".join((name, *(f"{key}={value}" for key, value in words.items())))


def _unknown(key: str, name: str) -> LectureError:
    if not KEYS[name]:
        return LectureError(
            "{name} stands alone: {key} is too much.", name=name, key=shortened(key)
        )
    return LectureError(
        "{name} knows no {key}; it knows {keys}.",
        name=name,
        key=shortened(key),
        keys=commas(KEYS[name]),
    )


def _train(words: Words) -> Train:
    speed = _whole(words, "speed", 1, 999_999) if "speed" in words else None
    return Train(_whole(words, "to", 1, MOST_EPOCHS), speed)


def _film(words: Words) -> PlayFilm:
    first = _whole(words, "from", 0, 999_999) if "from" in words else 0
    last = _whole(words, "to", 0, 999_999)
    if first >= last:
        raise LectureError(
            "The film must end after it begins, not from={first} to={last}.",
            first=str(first),
            last=str(last),
        )
    speed = _above_zero("speed", words["speed"]) if "speed" in words else PlayFilm.speed
    if speed > FASTEST_FILM:
        raise LectureError(
            "speed must be at most {most} moments per second, not {value}.",
            most=int(FASTEST_FILM),
            value=shortened(words["speed"]),
        )
    return PlayFilm(first, last, speed)


def _walk(_: Words) -> Walk:
    return Walk()


def _race(words: Words) -> RaceOf:
    designs = tuple(_needed(words, "designs").split(","))
    for design in designs:
        if design not in DESIGNS:
            raise LectureError(
                "{design} is no design; there are {designs}.",
                design=shortened(design),
                designs=commas(DESIGNS),
            )
    if len(set(designs)) < max(2, len(designs)):
        raise LectureError(
            "A race has two designs or more, each of them once: designs=ten-outputs,four-bits."
        )
    fair = words.get("fair", "no")
    if fair not in YES_OR_NO:
        raise LectureError("fair must be yes or no, not {value}.", value=shortened(fair))
    return RaceOf(designs, _whole(words, "epochs", 1, MOST_EPOCHS), YES_OR_NO[fair])


def _needed(words: Words, key: str) -> str:
    if key not in words:
        raise LectureError("{key}=... is missing.", key=key)
    return words[key]


def _whole(words: Words, key: str, least: int, most: int) -> int:
    value = _needed(words, key)
    if not (WHOLE.fullmatch(value) and least <= int(value) <= most):
        raise LectureError(
            "{key} must be a whole number from {least} to {most}, not {value}.",
            key=key,
            least=least,
            most=most,
            value=shortened(value),
        )
    return int(value)


def _above_zero(key: str, value: str) -> float:
    """A number as a person writes one, above zero. Raises LectureError."""
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,17})?(e-?[0-9]{1,2})?", value) or float(value) <= 0:
        raise LectureError(
            "{key} must be a number above 0, not {value}.", key=key, value=shortened(value)
        )
    return float(value)


_READERS: Mapping[str, Callable[[Words], Action]] = {
    "train": _train,
    "film": _film,
    "walk": _walk,
    "race": _race,
}
