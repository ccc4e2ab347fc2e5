"""`nnviz picture` and `nnviz film`: a page as a picture, a film as an animated one."""

import os
import re
from collections.abc import Mapping
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated, Any

import typer

from nnviz.cli.options import (
    Classes,
    Data,
    Digits,
    Turned,
    digits_of,
    networks_of,
    opened_from,
    whole_number,
)
from nnviz.cli.progress import progress, tell
from nnviz.cli.system import check_qt
from nnviz.data.digits import Source
from nnviz.lectures.line import keys_and_codecs, source_of, words_of
from nnviz.networks.settings import SettingError
from nnviz.networks.shipped import shipped_networks
from nnviz.words import commas, tr

IN_THEIR_WAY = {"tests": "images", "tests-turned": "images-turned"}
"""Key -> how its option is called, where `images` of a line are those to train."""
SHOWN_ONLY = frozenset({"ink", "row-ink"})
"""Keys too long to be typed: --show takes them."""
NAMES: Mapping[str, str] = {
    IN_THEIR_WAY.get(key, key).replace("-", "_") + "_": key
    for key in keys_and_codecs()
    if key not in SHOWN_ONLY
}
"""Name of a parameter -> the key of the line that it stands for."""


def option_of(key: str) -> str:
    """What the option for a key of the line is called."""
    return f"--{IN_THEIR_WAY.get(key, key)}"


def picture(
    *,
    out: Path,
    show: str | None,
    drawing: Path | None,
    size: str,
    theme: str,
    scale: float,
    lecture: bool,
    pixels: int,
    white: bool,
    **typed: str | None,
) -> None:
    """Draw a page of the window into a file."""
    options = {NAMES[name]: text for name, text in typed.items() if text is not None}
    words = {"page": "train"} | ({} if show is None else words_of(show)) | options
    if drawing is not None:
        words["picture"] = str(drawing)

    def said(key: str) -> str:
        return option_of(key) if key in options else key

    opened = opened_from(source_of(words, said) or Source())
    network = words.get("network", "")
    if network and network not in shipped_networks():
        _, opened = networks_of([Path(network)], opened)
    # needs no display
    if not os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    check_qt()
    # Qt: `--help` does without, and it may not be there
    from nnviz.ui.app.still import Picture, draw

    draw(Picture(out, words, said, drawing, size, theme, scale, lecture, pixels, white), opened)


def _parameter(name: str, kind: object, option: Any, default: Any = Parameter.empty) -> Parameter:
    annotation = Annotated[kind, option]  # type: ignore[valid-type]
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _of_key(name: str, key: str) -> Parameter:
    help, codec = keys_and_codecs()[key]
    return _parameter(
        name, str | None, typer.Option(option_of(key), metavar=codec.looks, help=help), None
    )


# typer reads the options off the signature: here they are made from the keys of the line
picture.__signature__ = Signature(  # type: ignore[attr-defined]
    [
        _parameter(
            "out",
            Path,
            typer.Option("--out", metavar="FILE", help=tr("A .png, .svg or .pdf file.")),
        ),
        _parameter(
            "show",
            str | None,
            typer.Option(
                "--show",
                metavar="LINE",
                help=tr("Show what a line says, as the window copies it; options go before it."),
            ),
            None,
        ),
        *(_of_key(name, key) for name, key in NAMES.items()),
        _parameter(
            "drawing",
            Path | None,
            typer.Option(
                "--drawing",
                metavar="FILE",
                help=tr("A picture of a digit or a row: put on the Draw page."),
            ),
            None,
        ),
        _parameter(
            "size", str, typer.Option("--size", metavar="WxH", help=tr("Pixels.")), "1280x720"
        ),
        _parameter("theme", str, typer.Option("--theme", metavar="dark|light"), "dark"),
        _parameter(
            "scale",
            float,
            typer.Option("--scale", metavar="0.8..2", help=tr("Size of the text.")),
            1.0,
        ),
        _parameter(
            "lecture",
            bool,
            typer.Option("--lecture", help=tr("As in lecture mode: only the picture.")),
            False,
        ),
        _parameter(
            "pixels",
            int,
            typer.Option(
                "--pixels",
                metavar="1..4",
                parser=whole_number,
                help=tr("Of a .png file, for each pixel of --size in both directions."),
            ),
            1,
        ),
        _parameter(
            "white",
            bool,
            typer.Option("--white", help=tr("In the colours of the light theme, on white.")),
            False,
        ),
    ]
)
picture.__annotations__ = {}


def film(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=tr("A network file with a film."))],
    out: Annotated[Path, typer.Option(metavar="FILE", help=tr("A .gif or .html file."))],
    size: Annotated[str, typer.Option(metavar="WxH", help=tr("Pixels."))] = "960x540",
    theme: Annotated[str, typer.Option(metavar="dark|light")] = "dark",
    fps: Annotated[
        int, typer.Option(metavar="1..50", parser=whole_number, help=tr("Pictures per second."))
    ] = 10,
    digits: Digits = None,
    data: Data = None,
    classes: Classes = None,
    turned: Turned = None,
) -> None:
    """Save the film of a network as an animated picture, or as a page for a browser."""
    # Qt: `--help` does without
    from nnviz.ui.app.film_gif import Look
    from nnviz.ui.app.film_html import save_film

    shown = digits_of(digits, data, None, classes, turned=turned)
    width, height = _sides(size)
    _check_look(theme, fps)
    (trained,), shown = networks_of([file], shown)
    with progress(tr("pictures")) as bar:

        def told(done: int, wanted: int) -> bool:
            bar.reach(done, wanted)
            return True

        look = Look(width, height, theme, fps)
        save_film(trained, out, shown.inked, shown.shape, look, told)
    tell(tr("saved {file}.", file=out))


def _sides(size: str) -> tuple[int, int]:
    """Width and height of the pictures of a film. Raises SettingError."""
    from nnviz.ui.app.film_gif import SIDES  # as above

    match = re.fullmatch(r"(\d+)x(\d+)", size)
    width, height = (int(number) for number in match.groups()) if match else (0, 0)
    if width not in SIDES or height not in SIDES:
        raise SettingError(
            "--size must be WIDTHxHEIGHT, each from {least} to {most}, not {size}.",
            least=SIDES.start,
            most=SIDES.stop - 1,
            size=repr(size),
        )
    return width, height


def _check_look(theme: str, fps: int) -> None:
    """Raises SettingError."""
    # as above
    from nnviz.ui.app.film_gif import FPS
    from nnviz.ui.kit.colours import THEMES

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
