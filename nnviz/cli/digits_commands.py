"""The commands of `nnviz digits`.

Each imports what it needs only when it is called, so that `--help` is there at once.
"""

from typing import Annotated

import typer

from nnviz.data.catalogue import DATA_SETS
from nnviz.networks.settings import SettingError

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Data sets: which there are, fetch one, where it lies.",
)

NAMES = ("bundled", *DATA_SETS)


def _known(name: str, names: tuple[str, ...]) -> str:
    if name not in names:
        raise SettingError(f"NAME must be one of {', '.join(names)}, not {name!r}.")
    return name


@app.command("list")
def list_sets(
    json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
) -> None:
    """Show all data sets: what they are, whether they are here, who made them."""
    from nnviz.cli.run_fetch import list_sets

    list_sets(json)


@app.command()
def fetch(
    name: Annotated[str, typer.Argument(metavar="|".join(DATA_SETS))],
    mirror: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            envvar="NNVIZ_MIRROR",
            help="Address with a folder of this NAME that holds the original files.",
        ),
    ] = None,
) -> None:
    """Download a data set into the user's data folder; prints where it lies."""
    from nnviz.cli.run_fetch import fetch

    fetch(_known(name, tuple(DATA_SETS)), mirror)


@app.command()
def path(
    name: Annotated[str | None, typer.Argument(metavar="|".join(NAMES))] = None,
) -> None:
    """Print the folder of a data set, without NAME the one that holds them all."""
    from nnviz.cli.run_fetch import folder_of

    print(folder_of(None if name is None else _known(name, NAMES)))
