"""The commands of `nnviz`, with one option for every setting."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

import nnviz
from nnviz import digits_commands
from nnviz.learning.answers import Options
from nnviz.learning.codes import MOST_CLASSES
from nnviz.learning.data_sets import DATA_SETS
from nnviz.learning.designs import DESIGNS
from nnviz.learning.readings import READINGS
from nnviz.learning.settings import (
    PRESETS,
    SettingError,
    Settings,
    matters,
)
from nnviz.learning.settings_line import from_line
from nnviz.setting_options import with_settings

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="See how a small neural network recognises digits. Without a command the window opens.",
)

app.add_typer(digits_commands.app, name="digits")

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
Drop = Annotated[
    int | None, typer.Option(metavar="K", help="Elimination: so many classes leave per step.")
]
Below = Annotated[
    float | None,
    typer.Option(metavar="P", help="Elimination: all classes less likely than this leave."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object per line, nothing else.")]


def _one_of(value: str | None, allowed: tuple[str, ...], option: str) -> None:
    if value is not None and value not in allowed:
        raise SettingError(f"{option} must be one of {', '.join(allowed)}, not {value!r}.")


def _digits(digits: str | None, data: str | None) -> Any:
    from nnviz.learning.digits import Source, open_digits

    _one_of(digits, DIGIT_SETS, "--digits")
    if digits == "bundled" and data is not None:
        raise SettingError("--data names a folder, so it does not go with --digits bundled.")
    return open_digits(Source(digits or ("folder" if data else "bundled"), data))


def _note_idle(changes: dict[str, Any], settings: Settings) -> None:
    """Says on standard error which settings were asked for and do nothing."""
    for name in changes.keys() - {"trunk"}:  # the design allows one only, which is no mistake
        if not matters(name, settings):
            option = f"--{name.replace('_', '-')}"
            sentence = f"{option} makes no difference to {_subject(name, settings)}."
            print(f"nnviz: {sentence}", file=sys.stderr)


def _subject(name: str, settings: Settings) -> str:
    if name == "trunk_from":
        return "a hidden layer that is learned: it goes with --trunk frozen"
    return f"the design {settings.design}"


@app.callback(invoke_without_command=True)
def _window(
    context: typer.Context,
    data: Data = None,
    network: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Show this network file.")
    ] = None,
    smoke: Annotated[
        bool, typer.Option("--smoke", hidden=True, help="Train a little, visit all pages, end.")
    ] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if context.invoked_subcommand is not None:
        return
    if version:
        print(f"nnviz {nnviz.__version__}")
        return
    from nnviz.desktop import open_window

    raise typer.Exit(open_window(data=data, network=network, smoke=smoke))


@app.command()
@with_settings
def train(
    changes: dict[str, Any],
    line: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Settings as one line, as the window copies them."),
    ] = None,
    preset: Annotated[
        str | None, typer.Option(metavar="|".join(PRESETS), help="Settings that belong together.")
    ] = None,
    digits: Digits = None,
    data: Data = None,
    leave_out_bundled: Annotated[
        bool,
        typer.Option("--leave-out-bundled", help="Keep the bundled digits out of training."),
    ] = False,
    non_digits: Annotated[
        int,
        typer.Option(
            metavar="N",
            help="Learn from so many images that are no digit, too, cut from rows of digits.",
        ),
    ] = 0,
    trunk_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Network whose hidden layer a frozen trunk is copied from; else the shipped "
            "network of --trunk-from.",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Save the network here.")] = None,
    film: Annotated[
        bool, typer.Option("--film", help="Keep how the weights became what they are, too.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Train a network without the window."""
    _one_of(preset, tuple(PRESETS), "--preset")
    base, line_digits = from_line(line) if line is not None else (Settings(), "")
    if preset:
        base = base.change(**PRESETS[preset].changes)
    settings = base.change(**changes)
    _note_idle(changes, settings)
    if digits is None and data is None and line_digits in DIGIT_SETS:
        digits = line_digits
    elif line_digits not in ("", *DIGIT_SETS) and data is None:
        raise SettingError(f"The line is about the digits {line_digits}: name their --data folder.")
    if not settings.epochs:
        raise SettingError("train needs a number of epochs of 1 or more (--epochs).")
    from nnviz.learning.trained import check_writable

    if out is not None:
        check_writable(out)
    chosen, left_out = _digits_to_learn(
        _digits(digits, data), leave_out_bundled, non_digits, settings
    )
    from nnviz.run_training import run_training

    trunk = None
    if settings.trunk == "frozen":
        from nnviz.learning.trunk_file import trunk_of

        trunk, settings = trunk_of(settings, trunk_file, "hidden" in changes)
    elif trunk_file is not None:
        raise SettingError("--trunk-file goes with --trunk frozen.")
    run_training(settings, chosen, left_out, out, json, trunk, film)


def _digits_to_learn(
    digits: Any, leave_out_bundled: bool, non_digits: int, settings: Settings
) -> tuple[Any, str]:
    """-> the digits and the name of those left out. Raises SettingError."""
    from nnviz.learning.digits import bundled_digits
    from nnviz.learning.non_digits import with_non_digits

    left_out = ""
    if leave_out_bundled:
        bundled = bundled_digits()
        digits = digits.without([*bundled.train_images, *bundled.test_images])
        left_out = bundled.name
    if not len(digits.train_labels):
        raise SettingError("No training digit is left.")
    if non_digits:
        digits = with_non_digits(digits, non_digits, settings)
    return digits, left_out


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A network file.")],
    digits: Digits = None,
    data: Data = None,
    part: Annotated[
        str, typer.Option(metavar="|".join(PARTS), help="Which part of the data set.")
    ] = "test",
    reading: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(READINGS),
            help="How the outputs become a class; else the usual reading of the design.",
        ),
    ] = None,
    drop: Drop = None,
    below: Below = None,
    json: AsJson = False,
) -> None:
    """Measure how often a saved network is right."""
    _one_of(part, PARTS, "--part")
    _one_of(reading, tuple(READINGS), "--reading")
    options = _options(reading, drop, below)
    from nnviz.run_evaluation import run_evaluation

    run_evaluation(file, _digits(digits, data), part, reading, options, json)


@app.command()
def detectors(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="A network file; several differ in their seeds only."
        ),
    ],
    against: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Compare with this network; once for each seed."),
    ] = None,
    seeds: Annotated[
        int,
        typer.Option(
            metavar="N",
            help="Compare N networks trained afresh with the settings of each FILE instead.",
        ),
    ] = 0,
    digits: Digits = None,
    data: Data = None,
    images: Annotated[
        int, typer.Option(metavar="N", help="Ask only the first N test digits (0: all).")
    ] = 0,
    json: AsJson = False,
) -> None:
    """Measure how far the hidden neurons of a network detect shapes.

    Several files, --against or --seeds: a report of their means, with tests, and what they say.
    """
    if images < 0:
        raise SettingError(f"--images must be 0 or more, not {images}.")
    if seeds < 0:
        raise SettingError(f"--seeds must be 0 or more, not {seeds}.")
    kinds = [group for group in (files, against) if group]
    if seeds and any(len(group) > 1 for group in kinds):
        raise SettingError("--seeds trains networks like one FILE, and like one --against.")
    from nnviz.run_detectors import list_detectors, opened, report_detectors

    chosen = _digits(digits, data)
    if len(files) == 1 and not against and not seeds:
        list_detectors(files[0], chosen, images, json)
        return
    if seeds:
        from nnviz.run_seeds import from_seeds

        networks = from_seeds([group[0] for group in kinds], chosen, seeds, json)
    else:
        networks = [[opened(file, chosen) for file in group] for group in kinds]
    names = [group[0].stem for group in kinds]
    report_detectors(list(zip(names, networks, strict=True)), chosen, images, json)


def _options(reading: str | None, drop: int | None, below: float | None) -> Options:
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


@app.command()
def picture(
    out: Annotated[Path, typer.Option(metavar="FILE", help="A .png file.")],
    page: Annotated[str, typer.Option(help="Id of the page, e.g. train.")] = "train",
    image: Annotated[
        int, typer.Option(metavar="N", help="Number of the test digit; 0 is the first.")
    ] = 0,
    network: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Network file; else the shipped one.")
    ] = None,
    neuron: Annotated[
        int | None, typer.Option(metavar="K", help="Select this hidden neuron; 0 is the first.")
    ] = None,
    design: Annotated[
        str | None,
        typer.Option(metavar="|".join(DESIGNS), help="The design; else the network file's."),
    ] = None,
    reading: Annotated[
        str | None, typer.Option(metavar="|".join(READINGS), help="The reading of the design.")
    ] = None,
    drop: Drop = None,
    below: Below = None,
    step: Annotated[
        int | None, typer.Option(metavar="K", help="Show the verdict up to this step.")
    ] = None,
    moment: Annotated[
        int | None, typer.Option(metavar="K", help="Show this moment of the film.")
    ] = None,
    view: Annotated[
        str | None, typer.Option(metavar="ID", help="A view of the page, where it has several.")
    ] = None,
    size: Annotated[str, typer.Option(metavar="WxH", help="Pixels.")] = "1280x720",
    theme: Annotated[str, typer.Option(metavar="dark|light")] = "dark",
    scale: Annotated[float, typer.Option(metavar="0.8..2", help="Size of the text.")] = 1.0,
    lecture: Annotated[
        bool, typer.Option("--lecture", help="As in lecture mode: only the picture.")
    ] = False,
    digits: Digits = None,
    data: Data = None,
) -> None:
    """Draw a page of the window into a file."""
    _one_of(design, tuple(DESIGNS), "--design")
    _one_of(reading, tuple(READINGS), "--reading")
    from nnviz.desktop import draw_picture

    draw_picture(
        _digits(digits, data),
        out=out,
        page=page,
        image=image,
        network=network,
        neuron=neuron,
        design=design,
        reading=reading,
        options=_options(reading, drop, below),
        step=step,
        moment=moment,
        view=view,
        size=size,
        theme=theme,
        scale=scale,
        lecture=lecture,
    )


@app.command()
def film(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A network file with a film.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="A .gif file.")],
    size: Annotated[str, typer.Option(metavar="WxH", help="Pixels.")] = "960x540",
    theme: Annotated[str, typer.Option(metavar="dark|light")] = "dark",
    fps: Annotated[int, typer.Option(metavar="1..50", help="Pictures per second.")] = 10,
    digits: Digits = None,
    data: Data = None,
) -> None:
    """Save the film of a network as an animated picture."""
    from nnviz.run_film import run_film

    run_film(file, _digits(digits, data), out, size, theme, fps)
