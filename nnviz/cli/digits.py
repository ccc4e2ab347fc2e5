"""`nnviz digits`: which data sets there are, fetching one, where it lies."""

from collections.abc import Sequence
from json import dumps
from pathlib import Path
from typing import Annotated, Any

import typer

from nnviz.cli.options import AsJson, NamesAreLabels
from nnviz.cli.progress import progress
from nnviz.data.catalogue import DATA_SETS, fetched_folder, is_fetched
from nnviz.data.download import Download
from nnviz.data.download_process import Failed, Fetched, Received
from nnviz.data.idx import DigitsError
from nnviz.errors import Refusal
from nnviz.networks.settings import SettingError
from nnviz.paths import RESOURCES
from nnviz.questions.piecemeal import at_once
from nnviz.words import commas, tr

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help=tr("Data sets: which there are, fetch one, where it lies."),
)

NAMES = ("bundled", *DATA_SETS)
DIGITS = tuple("0123456789")
LOOK_EVERY = 0.2
"""Seconds between two looks for Ctrl+C."""


def _known(name: str, names: tuple[str, ...]) -> str:
    if name not in names:
        raise SettingError(
            "NAME must be one of {names}, not {name}.", names=commas(names), name=repr(name)
        )
    return name


@app.command(
    "list", help=tr("Show all data sets: what they are, whether they are here, who made them.")
)
def list_sets(
    as_json: Annotated[bool, typer.Option("--json", help=tr("One JSON object per line."))] = False,
) -> None:
    """Show all data sets: what they are, whether they are here, who made them."""
    for record in _records():
        if as_json:
            print(dumps(record))
            continue
        fetching = f"nnviz digits fetch {record['name']}"
        here = record["folder"] or tr(
            "{command} ({size})", command=fetching, size=record["download"]
        )
        print(f"{record['name']}: {record['images']}\n    {here}")
        made = tr("by {credit}; {licence}", credit=record["credit"], licence=record["licence"])
        print(f"    {made}")


@app.command(help=tr("Download a data set into the user's data folder; prints where it lies."))
def fetch(
    name: Annotated[str, typer.Argument(metavar="|".join(DATA_SETS))],
    mirror: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            envvar="NNVIZ_MIRROR",
            help=tr("Address with a folder of this NAME that holds the original files."),
        ),
    ] = None,
) -> None:
    """Download a data set into the user's data folder; prints where it lies."""
    data_set = DATA_SETS[_known(name, tuple(DATA_SETS))]
    with progress(data_set.label, data_set.size, "bytes") as bar:
        download = Download(name, mirror)
        try:
            while True:
                for report in download.heard(LOOK_EVERY):
                    match report:
                        case Received(size):
                            bar.reach(size)
                        case Failed(sentence):
                            raise Refusal(sentence)
                        case Fetched():
                            print(fetched_folder(name))
                            return
        finally:
            download.cancel()


@app.command(help=tr("List the pictures of a folder with their labels, and why others have none."))
def labels(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help=tr("Or a table of names and labels."))
    ],
    classes: Annotated[
        str | None,
        typer.Option(metavar="NAME,NAME", help=tr("The classes, where they are not the digits.")),
    ] = None,
    names_are_labels: NamesAreLabels = False,
    as_json: AsJson = False,
) -> None:
    """List the pictures of a folder with their labels, and why others have none."""
    # Pillow: `--help` does without
    from nnviz.data.own.reading import Progress, read_pictures

    names = DIGITS if classes is None else tuple(name.strip() for name in classes.split(","))
    with progress(tr("Reading pictures")) as bar:

        def hear(read: Progress) -> None:
            bar.reach(read.done, read.total)

        try:
            found = at_once(read_pictures(folder, names, names_are_labels), hear)
        except DigitsError as error:
            _list_left_out(error.left_out, as_json)
            raise
    for file, label in zip(found.files, found.labels, strict=True):
        record = {"file": file, "label": names[int(label)]}
        print(dumps(record) if as_json else tr("{file}: {label}", **record))
    _list_left_out(found.left_out, as_json)


def _list_left_out(sentences: Sequence[str], as_json: bool) -> None:
    for sentence in sentences:
        left_out = tr("left out: {sentence}", sentence=sentence)
        print(dumps({"left_out": sentence}) if as_json else left_out)


@app.command(help=tr("Print the folder of a data set, without NAME the one that holds them all."))
def path(
    name: Annotated[str | None, typer.Argument(metavar="|".join(NAMES))] = None,
) -> None:
    """Print the folder of a data set, without NAME the one that holds them all."""
    print(folder_of(None if name is None else _known(name, NAMES)))


def folder_of(name: str | None) -> str:
    """The folder of a data set, or the one that holds them all. Raises Refusal."""
    if name is None:
        return str(fetched_folder("mnist").parent)
    if name == "bundled":
        return str(RESOURCES / "digits")
    if not is_fetched(name):
        raise Refusal(
            "{label} is not here yet: nnviz digits fetch {name} brings it ({megabytes}).",
            label=DATA_SETS[name].label,
            name=name,
            megabytes=DATA_SETS[name].megabytes,
        )
    return str(fetched_folder(name))


def _records() -> list[dict[str, Any]]:
    mnist = DATA_SETS["mnist"]
    bundled = {
        "name": "bundled",
        "images": tr("5,000 digits of MNIST"),
        "bytes": 0,
        "download": "",
        "folder": str(RESOURCES / "digits"),
        "credit": mnist.credit,
        "licence": mnist.licence,
    }
    return [bundled] + [
        {
            "name": name,
            "images": data_set.images,
            "bytes": data_set.size,
            "download": data_set.megabytes,
            "folder": str(fetched_folder(name)) if is_fetched(name) else None,
            "credit": data_set.credit,
            "licence": data_set.licence,
        }
        for name, data_set in DATA_SETS.items()
    ]
