"""Data sets on the command line: what `nnviz digits` does."""

import json

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

from nnviz.data.catalogue import DATA_SETS, fetched_folder, is_fetched
from nnviz.data.download import Download
from nnviz.data.download_process import Failed, Fetched, Received
from nnviz.errors import Refusal
from nnviz.paths import RESOURCES

LOOK_EVERY = 0.2
"""Seconds between two looks for Ctrl+C."""


def fetch(name: str, mirror: str | None) -> None:
    """Downloads a data set with a progress bar, and prints its folder. Raises Refusal."""
    console = Console(stderr=True)
    progress = Progress(
        "{task.description}",
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    download = Download(name, mirror)
    data_set = download.data_set
    with progress:
        bar = progress.add_task(data_set.label, total=data_set.size)
        try:
            while True:
                for report in download.heard(LOOK_EVERY):
                    match report:
                        case Received(size):
                            progress.update(bar, completed=size)
                        case Failed(sentence):
                            raise Refusal(sentence)
                        case Fetched():
                            print(fetched_folder(name))
                            return
        finally:
            download.cancel()


def list_sets(as_json: bool) -> None:
    """Prints every data set: what it is, whether it is here, who made it."""
    for record in _records():
        if as_json:
            print(json.dumps(record))
            continue
        here = record["folder"] or f"nnviz digits fetch {record['name']} ({record['download']})"
        print(f"{record['name']}: {record['images']}\n    {here}")
        print(f"    by {record['credit']}; {record['licence']}")


def _records() -> list[dict[str, object]]:
    mnist = DATA_SETS["mnist"]
    bundled = {
        "name": "bundled",
        "images": "5,000 digits of MNIST",
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


def folder_of(name: str | None) -> str:
    """The folder of a data set, or the one that holds them all. Raises Refusal."""
    if name is None:
        return str(fetched_folder("mnist").parent)
    if name == "bundled":
        return str(RESOURCES / "digits")
    if not is_fetched(name):
        raise Refusal(
            f"{DATA_SETS[name].label} is not here yet: nnviz digits fetch {name} brings it "
            f"({DATA_SETS[name].megabytes})."
        )
    return str(fetched_folder(name))
