"""What the options of the commands are called, and what their words mean."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from nnviz.data.catalogue import DATA_SETS
from nnviz.data.digits import MOST_CLASSES
from nnviz.networks.settings import SETTING_TYPES, SETTINGS, Setting, SettingError
from nnviz.verdicts.answers import Options

DIGIT_SETS = ("bundled", *DATA_SETS)
PARTS = ("test", "train", "all")

Data = Annotated[
    str | None,
    typer.Option(metavar="DIR", help="Folder with the four IDX files of a data set."),
]
Digits = Annotated[
    str | None,
    typer.Option(metavar="|".join(DIGIT_SETS), help="The data set; nnviz digits fetch brings it."),
]
Classes = Annotated[
    str | None,
    typer.Option(metavar="NAME,NAME", help="Only the digits of these classes, e.g. 6,9."),
]
Images = Annotated[
    str | None,
    typer.Option(
        metavar="PATH",
        help="Your own test digits: a folder of pictures (7/a.png or 7-a.png), or an IDX file.",
    ),
]
Drop = Annotated[
    int | None, typer.Option(metavar="K", help="Elimination: so many classes leave per step.")
]
Below = Annotated[
    float | None,
    typer.Option(metavar="P", help="Elimination: all classes less likely than this leave."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object per line, nothing else.")]


def one_of(value: str | None, allowed: tuple[str, ...], option: str) -> None:
    """Raises SettingError for a value that is not allowed."""
    if value is not None and value not in allowed:
        raise SettingError(f"{option} must be one of {', '.join(allowed)}, not {value!r}.")


def digits_of(digits: str | None, data: str | None, images: str | None = None) -> Any:
    """The data set that --digits and --data name, with the test digits that --images names.

    Raises DigitsError or SettingError.
    """
    # imported here, so that `--help` is there at once
    from nnviz.cli.run_opening import open_with_progress
    from nnviz.data.digits import Source

    one_of(digits, DIGIT_SETS, "--digits")
    if digits == "bundled" and data is not None:
        raise SettingError("--data names a folder, so it does not go with --digits bundled.")
    return open_with_progress(Source(digits or ("folder" if data else "bundled"), data, images))


def of_classes(digits: Any, classes: str | None) -> Any:
    """The part of a DigitSet that `--classes` names. Raises DigitsError."""
    if classes is None:
        return digits
    return digits.only([name.strip() for name in classes.split(",")])


def _option(name: str, setting: Setting) -> inspect.Parameter:
    kind = SETTING_TYPES[name]
    more: dict[str, Any] = {}
    if setting.choices:
        more["metavar"] = "|".join(setting.choices)
    elif kind is str:
        more["metavar"] = "TEXT"
    elif kind is not bool:
        zero = f" or 0 ({setting.zero})" if setting.zero else ""
        more["metavar"] = f"{setting.low:g}..{setting.high:.10g}{zero}"
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[kind | None, typer.Option(help=setting.help, **more)],
    )


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Replaces the parameter `changes` by one option for every entry of the settings table."""

    def run(**given: Any) -> None:
        changes = {name: given.pop(name) for name in SETTINGS}
        command(changes={k: v for k, v in changes.items() if v is not None}, **given)

    own = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for parameter in inspect.signature(command).parameters.values()
        if parameter.name != "changes"
    ]
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    options = [_option(name, setting) for name, setting in SETTINGS.items()]
    parameters = own + options
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def elimination_options(reading: str | None, drop: int | None, below: float | None) -> Options:
    """How elimination goes. Raises SettingError."""
    if drop is not None and below is not None:
        raise SettingError("--drop and --below are two ways of elimination: give one of them.")
    if reading not in (None, "walk") and (drop is not None or below is not None):
        raise SettingError("--drop and --below go with --reading walk.")
    if drop is not None and not 1 <= drop <= MOST_CLASSES - 1:
        raise SettingError(f"--drop must be between 1 and {MOST_CLASSES - 1}, not {drop}.")
    if below is not None and not 0 < below < 1:
        raise SettingError(f"--below must be between 0 and 1, not {below:g}.")
    return Options(drop or 1, below)


def pair_of(words: str | None) -> tuple[int, int] | None:
    """Two classes. Raises SettingError."""
    if words is None:
        return None
    parts = [part.strip() for part in words.split(",")]
    if len(parts) != 2 or parts[0] == parts[1] or not all(part.isdecimal() for part in parts):
        raise SettingError(f"--pair must name two different classes, as in 4,9, not {words!r}.")
    return int(parts[0]), int(parts[1])
