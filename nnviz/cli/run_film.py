"""The film of a network file as an animated picture: what `nnviz film` does."""

import re
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from nnviz.data.digits import DigitSet
from nnviz.networks.files import fitting, load
from nnviz.networks.settings import SettingError
from nnviz.ui.colours import THEMES
from nnviz.ui.film_gif import FPS, SIDES, Look, save_gif


def run_film(file: Path, digits: DigitSet, out: Path, size: str, theme: str, fps: int) -> None:
    """Saves it, with a progress bar on a terminal. Raises Refusal."""
    match = re.fullmatch(r"(\d+)x(\d+)", size)
    width, height = (int(number) for number in match.groups()) if match else (0, 0)
    if width not in SIDES or height not in SIDES:
        raise SettingError(
            f"--size must be WIDTHxHEIGHT, each from {SIDES.start} to {SIDES.stop - 1}, "
            f"not {size!r}."
        )
    if theme not in THEMES:
        raise SettingError(f"--theme must be one of {', '.join(THEMES)}, not {theme!r}.")
    if fps not in FPS:
        raise SettingError(f"--fps must be between {FPS.start} and {FPS.stop - 1}, not {fps}.")
    trained = fitting(load(file), file, digits)
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("pictures")

        def told(done: int, wanted: int) -> bool:
            progress.update(bar, completed=done, total=wanted)
            return True

        look = Look(width, height, theme, fps)
        save_gif(trained, out, digits.inked, digits.shape, look, told)
    print(f"nnviz: saved {out}.", file=sys.stderr)
