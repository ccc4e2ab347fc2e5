"""The window as a command: what `nnviz` does when no other is named."""

from pathlib import Path
from typing import Annotated

import typer

import nnviz
from nnviz.cli.options import Data, Images, ImagesTurned, NamesAreLabels, Turned, ways_of
from nnviz.cli.system import open_window
from nnviz.words import tr


def window(
    context: typer.Context,
    data: Data = None,
    images: Images = None,
    names_are_labels: NamesAreLabels = False,
    turned: Turned = None,
    images_turned: ImagesTurned = None,
    network: Annotated[
        Path | None, typer.Option(metavar="FILE", help=tr("Show this network file."))
    ] = None,
    show: Annotated[
        str | None,
        typer.Option(
            metavar="LINE", help=tr("Show what a line says, as another window copies it.")
        ),
    ] = None,
    smoke: Annotated[
        bool, typer.Option("--smoke", hidden=True, help=tr("Train a little, visit all pages, end."))
    ] = False,
    version: Annotated[bool, typer.Option("--version", help=tr("Print the version."))] = False,
) -> None:
    """Opens the window unless another command is named. Raises Refusal."""
    if context.invoked_subcommand is not None:
        return
    if version:
        print(f"nnviz {nnviz.__version__}")
        return
    ways = (
        ways_of(turned, data, "--turned", "--data"),
        ways_of(images_turned, images, "--images-turned", "--images"),
    )
    raise typer.Exit(
        open_window(
            data, network, smoke, images, show, ways=ways, names_are_labels=names_are_labels
        )
    )
