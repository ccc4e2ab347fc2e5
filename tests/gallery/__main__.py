"""Shows every picture of the program alone, with example data.

`python -m tests.gallery` lists them. `python -m tests.gallery NAME` shows one in a window of its
own; with --out FOLDER the named ones, or all of them, are written there as PNG files. The example
is what the window itself shows of a shipped network: whoever changes a picture sees it at once.
"""

import argparse
import os
import sys
from pathlib import Path

from rich.console import Console

from nnviz.ui.app.application import make_application
from nnviz.ui.kit.colours import THEMES
from tests.gallery.collecting import every_picture, opened_window


def main() -> int:
    """Lists, shows or writes pictures."""
    asked = _asked()
    if asked.out is not None or not asked.names:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = make_application()
    window = opened_window(asked.theme, asked.scale)
    found = every_picture(window)
    unknown = [name for name in asked.names if name not in found]
    if unknown:
        sys.exit(f"There is no picture {', '.join(unknown)}.")
    if asked.out is None and not asked.names:
        for name, picture in found.items():
            Console().print(f"{name:20} {picture.accessibleName()}", markup=False)
        return 0
    shown = [found[name].alone() for name in asked.names or found]
    window.close()
    for picture in shown:
        picture.setWindowTitle(type(picture).__name__)
        if asked.size:
            picture.resize(*(int(each) for each in asked.size.split("x")))
        picture.show()
    if asked.out is None:
        return application.exec()
    asked.out.mkdir(parents=True, exist_ok=True)
    for picture in shown:
        application.processEvents()
        picture.grab().save(str(asked.out / f"{type(picture).__name__}.png"))
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.gallery", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="Pictures; none: all of them.")
    parser.add_argument("--theme", choices=tuple(THEMES), default="dark")
    parser.add_argument("--scale", type=float, default=1.0, help="Of the text, 1 is 20 pixels.")
    parser.add_argument("--size", metavar="WxH", help="Of the picture, else as in the window.")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="Write PNG files there.")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
