"""`nnviz picture` and `nnviz film`: a page as a picture, a film as an animated one."""

import os
import re
from pathlib import Path
from typing import Annotated

import typer

from nnviz.cli.options import (
    Below,
    Classes,
    Data,
    Digits,
    Drop,
    Images,
    digits_of,
    elimination_options,
    networks_of,
    one_of,
    whole_number,
)
from nnviz.cli.progress import progress, tell
from nnviz.cli.system import check_qt
from nnviz.networks.designs import DESIGNS
from nnviz.networks.settings import SettingError
from nnviz.verdicts.readings import READINGS
from nnviz.words import commas, tr


def picture(
    out: Annotated[Path, typer.Option(metavar="FILE", help=tr("A .png file."))],
    page: Annotated[str, typer.Option(help=tr("Id of the page, e.g. train."))] = "train",
    image: Annotated[
        int,
        typer.Option(
            metavar="N", parser=whole_number, help=tr("Number of the test digit; 0 is the first.")
        ),
    ] = 0,
    network: Annotated[
        Path | None, typer.Option(metavar="FILE", help=tr("Network file; else the shipped one."))
    ] = None,
    neuron: Annotated[
        int | None,
        typer.Option(
            metavar="K", parser=whole_number, help=tr("Select this hidden neuron; 0 is the first.")
        ),
    ] = None,
    pair: Annotated[
        str | None, typer.Option(metavar="A,B", help=tr("Select these two classes, e.g. 4,9."))
    ] = None,
    design: Annotated[
        str | None,
        typer.Option(metavar="|".join(DESIGNS), help=tr("The design; else the network file's.")),
    ] = None,
    reading: Annotated[
        str | None, typer.Option(metavar="|".join(READINGS), help=tr("The reading of the design."))
    ] = None,
    drop: Drop = None,
    below: Below = None,
    step: Annotated[
        int | None,
        typer.Option(
            metavar="K", parser=whole_number, help=tr("Show the verdict up to this step.")
        ),
    ] = None,
    moment: Annotated[
        int | None,
        typer.Option(metavar="K", parser=whole_number, help=tr("Show this moment of the film.")),
    ] = None,
    view: Annotated[
        str | None, typer.Option(metavar="ID", help=tr("A view of the page, where it has several."))
    ] = None,
    drawing: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=tr("A picture of a digit or a row: put on the Draw page.")
        ),
    ] = None,
    size: Annotated[str, typer.Option(metavar="WxH", help=tr("Pixels."))] = "1280x720",
    theme: Annotated[str, typer.Option(metavar="dark|light")] = "dark",
    scale: Annotated[float, typer.Option(metavar="0.8..2", help=tr("Size of the text."))] = 1.0,
    lecture: Annotated[
        bool, typer.Option("--lecture", help=tr("As in lecture mode: only the picture."))
    ] = False,
    digits: Digits = None,
    data: Data = None,
    classes: Classes = None,
    images: Images = None,
) -> None:
    """Draw a page of the window into a file."""
    one_of(design, tuple(DESIGNS), "--design")
    one_of(reading, tuple(READINGS), "--reading")
    options, both = elimination_options(reading, drop, below), _pair_of(pair)
    opened = digits_of(digits, data, images, classes)
    if network is not None:
        _, opened = networks_of([network], opened)
    # needs no display
    if not os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    check_qt()
    # Qt: `--help` does without, and it may not be there
    from nnviz.ui.app.still import Picture, draw

    wanted = Picture(
        out=out,
        page=page,
        image=image,
        network=network,
        neuron=neuron,
        pair=both,
        design=design,
        reading=reading,
        options=options,
        step=step,
        moment=moment,
        view=view,
        drawing=drawing,
        size=size,
        theme=theme,
        scale=scale,
        lecture=lecture,
    )
    draw(wanted, opened)


def film(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=tr("A network file with a film."))],
    out: Annotated[Path, typer.Option(metavar="FILE", help=tr("A .gif file."))],
    size: Annotated[str, typer.Option(metavar="WxH", help=tr("Pixels."))] = "960x540",
    theme: Annotated[str, typer.Option(metavar="dark|light")] = "dark",
    fps: Annotated[
        int, typer.Option(metavar="1..50", parser=whole_number, help=tr("Pictures per second."))
    ] = 10,
    digits: Digits = None,
    data: Data = None,
    classes: Classes = None,
) -> None:
    """Save the film of a network as an animated picture."""
    # Qt: `--help` does without
    from nnviz.ui.app.film_gif import FPS, SIDES, Look, save_gif
    from nnviz.ui.kit.colours import THEMES

    shown = digits_of(digits, data, None, classes)
    match = re.fullmatch(r"(\d+)x(\d+)", size)
    width, height = (int(number) for number in match.groups()) if match else (0, 0)
    if width not in SIDES or height not in SIDES:
        raise SettingError(
            "--size must be WIDTHxHEIGHT, each from {least} to {most}, not {size}.",
            least=SIDES.start,
            most=SIDES.stop - 1,
            size=repr(size),
        )
    if theme not in THEMES:
        raise SettingError(
            "--theme must be one of {themes}, not {theme}.",
            themes=commas(THEMES),
            theme=repr(theme),
        )
    if fps not in FPS:
        raise SettingError(
            "--fps must be between {least} and {most}, not {fps}.",
            least=FPS.start,
            most=FPS.stop - 1,
            fps=fps,
        )
    (trained,), shown = networks_of([file], shown)
    with progress(tr("pictures")) as bar:

        def told(done: int, wanted: int) -> bool:
            bar.reach(done, wanted)
            return True

        look = Look(width, height, theme, fps)
        save_gif(trained, out, shown.inked, shown.shape, look, told)
    tell(tr("saved {file}.", file=out))


def _pair_of(words: str | None) -> tuple[int, int] | None:
    """Two classes. Raises SettingError."""
    if words is None:
        return None
    parts = [part.strip() for part in words.split(",")]
    if len(parts) != 2 or parts[0] == parts[1] or not all(part.isdecimal() for part in parts):
        raise SettingError(
            "--pair must name two different classes, as in 4,9, not {value}.", value=repr(words)
        )
    return int(parts[0]), int(parts[1])
