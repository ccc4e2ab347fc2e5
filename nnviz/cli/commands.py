"""The commands of `nnviz`, with one option for every setting.

Each imports what it needs only when it is called, so that `--help` is there at once.
"""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

import nnviz
from nnviz.cli import digits_commands, picture_commands, reading_commands
from nnviz.cli.options import (
    DIGIT_SETS,
    PARTS,
    AsJson,
    Below,
    Classes,
    Data,
    Digits,
    Drop,
    Images,
    digits_of,
    elimination_options,
    of_classes,
    one_of,
    with_settings,
)
from nnviz.networks.settings import (
    PRESETS,
    SettingError,
    Settings,
    matters,
)
from nnviz.networks.settings_line import from_line
from nnviz.verdicts.readings import READINGS

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="See how a small neural network recognises digits. Without a command the window opens.",
)


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
    images: Images = None,
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
    from nnviz.cli.desktop import open_window

    raise typer.Exit(open_window(data, network, smoke, images))


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
    classes: Classes = None,
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
    one_of(preset, tuple(PRESETS), "--preset")
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
    from nnviz.writing import check_writable

    if out is not None:
        check_writable(out)
    chosen, left_out = _digits_to_learn(
        of_classes(digits_of(digits, data), classes), leave_out_bundled, non_digits, settings
    )
    from nnviz.cli.run_training import run_training

    trunk = None
    if settings.trunk == "frozen":
        from nnviz.networks.trunk_file import trunk_of

        trunk, settings = trunk_of(settings, trunk_file, "hidden" in changes)
    elif trunk_file is not None:
        raise SettingError("--trunk-file goes with --trunk frozen.")
    run_training(settings, chosen, left_out, out, json, trunk, film)


def _digits_to_learn(
    digits: Any, leave_out_bundled: bool, non_digits: int, settings: Settings
) -> tuple[Any, str]:
    """-> the digits and the name of those left out. Raises SettingError."""
    from nnviz.data.digits import bundled_digits
    from nnviz.training.non_digits import with_non_digits

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
    classes: Classes = None,
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
    images: Images = None,
    json: AsJson = False,
) -> None:
    """Measure how often a saved network is right."""
    one_of(part, PARTS, "--part")
    one_of(reading, tuple(READINGS), "--reading")
    options = elimination_options(reading, drop, below)
    from nnviz.cli.run_evaluation import run_evaluation

    if images is not None and part != "test":
        raise SettingError("--images are test digits, so they go with --part test.")
    chosen = of_classes(digits_of(digits, data, images), classes)
    run_evaluation(file, chosen, part, reading, options, json)


@app.command()
def mistakes(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Network files.")],
    digits: Digits = None,
    data: Data = None,
    images: Images = None,
    csv: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT", help="Save every misread digit, with what each network says of it."
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All test digits in the table, also those read right.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Count which test digits saved networks take for which."""
    if everything and csv is None:
        raise SettingError("--all goes with --csv.")
    from nnviz.cli.run_mistakes import list_mistakes

    list_mistakes(files, digits_of(digits, data, images), csv, everything, json)


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
    from nnviz.cli.run_detectors import list_detectors, of_one_kind, opened, report_detectors

    chosen = digits_of(digits, data)
    if len(files) == 1 and not against and not seeds:
        list_detectors(files[0], chosen, images, json)
        return
    if seeds:
        from nnviz.cli.run_seeds import from_seeds

        networks = from_seeds([group[0] for group in kinds], chosen, seeds)
    else:
        networks = [[opened(file, chosen) for file in group] for group in kinds]
        for group, found in zip(kinds, networks, strict=True):
            of_one_kind(group, found)
    names = [group[0].stem for group in kinds]
    report_detectors(list(zip(names, networks, strict=True)), chosen, images, json)


app.command()(picture_commands.picture)
app.command()(picture_commands.film)
app.command()(reading_commands.read)
app.add_typer(digits_commands.app, name="digits")
