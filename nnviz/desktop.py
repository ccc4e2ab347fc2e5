"""The way into Qt: looks first whether it can work here, and says so if not."""

import os
from dataclasses import dataclass
from pathlib import Path

from nnviz.learning.digits import DigitSet
from nnviz.system import check_qt


@dataclass(frozen=True)
class Picture:
    """A picture of a page, as ordered on the command line."""

    out: Path
    page: str = "train"
    image: int = 0
    network: Path | None = None
    neuron: int | None = None
    size: str = "1280x720"
    theme: str = "dark"
    scale: float = 1.0
    lecture: bool = False


def open_window(
    data: str | None = None, network: Path | None = None, smoke: bool = False
) -> int:
    """Opens the window; -> exit status when it has been closed. Raises Refusal."""
    check_qt()
    from nnviz.ui.start import run_window

    return run_window(data, network, smoke)


def draw_picture(wanted: Picture, digits: DigitSet) -> None:
    """Draws a page into a file; needs no display. Raises Refusal."""
    if not os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    check_qt()
    from nnviz.ui.still import draw

    draw(wanted, digits)
