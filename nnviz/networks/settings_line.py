"""All settings of a run as one line of text that can be copied, sent and pasted."""

from collections.abc import Sequence

from nnviz.networks.learned_by import LearnedBy
from nnviz.networks.settings import SETTING_TYPES, SETTINGS, SettingError, Settings, matters

NOT_IN_LINE = frozenset({"speed"})
"""What changes how fast a run goes, but not the run."""
DIGITS, ENGINE = "digits", "engine"


def as_line(settings: Settings, digits: str, learned_by: Sequence[LearnedBy] = ()) -> str:
    """The settings and the name of the data set; `from_line` turns it back into both.

    What learned the network is told, one word each: another engine leads to other last digits.
    The device only where it is not the usual one.
    """
    kept = [name for name in SETTINGS if name not in NOT_IN_LINE and matters(name, settings)]
    if settings.device == Settings().device:
        kept.remove("device")
    words = [f"{name}={written(getattr(settings, name))}" for name in kept]
    words += [f"{ENGINE}={each.word}" for each in learned_by]
    return " ".join(["nnviz", *words, f"{DIGITS}={digits}"])


def from_line(line: str) -> tuple[Settings, str]:
    """The settings and the name of the data set of a line. Raises SettingError.

    What learned the network that the line tells of is not asked for: that follows from the run
    and the machine.
    """
    words = line.split()
    if words and words[0] == "nnviz":
        words = words[1:]
    if not words:
        raise SettingError("The line holds no settings; it looks like: nnviz hidden=30 seed=1.")
    changes: dict[str, object] = {}
    digits = ""
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or name not in (*SETTINGS, DIGITS, ENGINE) or name in changes:
            raise SettingError("The line holds {word}, which is not a setting.", word=repr(word))
        if name == DIGITS:
            digits = value
        elif name != ENGINE:
            changes[name] = read_setting(name, value)
    return Settings().change(**changes), digits


def written(value: object) -> str:
    """A setting as it stands in a line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return repr(value) if isinstance(value, float) else str(value)


def read_setting(name: str, text: str) -> object:
    """The value of a setting. Raises SettingError for a text that is none."""
    kind = SETTING_TYPES[name]
    try:
        if kind is bool:
            return {"yes": True, "no": False}[text]
        return kind(text)
    except (KeyError, ValueError):
        label = SETTINGS[name].label
        raise SettingError(
            "{label} ({name}) cannot be {value}.", label=label, name=name, value=repr(text)
        ) from None
