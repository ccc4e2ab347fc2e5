"""The commands that draw: a page as a picture, a film as an animated one.

Each imports what it needs only when it is called, so that `--help` is there at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from nnviz.cli.options import (
    Below,
    Data,
    Digits,
    Drop,
    Images,
    digits_of,
    elimination_options,
    one_of,
    pair_of,
)
from nnviz.networks.designs import DESIGNS
from nnviz.verdicts.readings import READINGS


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
    pair: Annotated[
        str | None, typer.Option(metavar="A,B", help="Select these two classes, e.g. 4,9.")
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
    drawing: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A picture of a digit or a row: put on the Draw page."),
    ] = None,
    size: Annotated[str, typer.Option(metavar="WxH", help="Pixels.")] = "1280x720",
    theme: Annotated[str, typer.Option(metavar="dark|light")] = "dark",
    scale: Annotated[float, typer.Option(metavar="0.8..2", help="Size of the text.")] = 1.0,
    lecture: Annotated[
        bool, typer.Option("--lecture", help="As in lecture mode: only the picture.")
    ] = False,
    digits: Digits = None,
    data: Data = None,
    images: Images = None,
) -> None:
    """Draw a page of the window into a file."""
    one_of(design, tuple(DESIGNS), "--design")
    one_of(reading, tuple(READINGS), "--reading")
    from nnviz.cli.desktop import draw_picture

    draw_picture(
        digits_of(digits, data, images),
        out=out,
        page=page,
        image=image,
        network=network,
        neuron=neuron,
        pair=pair_of(pair),
        design=design,
        reading=reading,
        options=elimination_options(reading, drop, below),
        step=step,
        moment=moment,
        view=view,
        drawing=drawing,
        size=size,
        theme=theme,
        scale=scale,
        lecture=lecture,
    )


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
    from nnviz.cli.run_film import run_film

    run_film(file, digits_of(digits, data), out, size, theme, fps)
