"""The way into Qt: looks whether it can work here before it imports it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnviz.cli.system import check_qt

if TYPE_CHECKING:  # numpy is not needed before the first picture
    from nnviz.data.digits import DigitSet


def open_window(
    data: str | None = None,
    network: Path | None = None,
    smoke: bool = False,
    images: str | None = None,
) -> int:
    """Opens the window; -> exit status when it has been closed. Raises Refusal."""
    check_qt()
    from nnviz.ui.start import run_window

    return run_window(data, network, smoke, images)


def draw_picture(digits: "DigitSet", **wanted: Any) -> None:
    """Draws a page into a file (see ui.still.Picture); needs no display. Raises Refusal."""
    if not os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    check_qt()
    from nnviz.ui.still import Picture, draw

    draw(Picture(**wanted), digits)
