"""Draws `resources/desktop/nnviz-SIZE.png` from `nnviz.svg` beside them.

Run with `uv run python resources/make_icon.py`: desktops take the size that they need.
"""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parent / "desktop"
SIZES = (16, 24, 32, 48, 64, 128, 256)


def drawn(size: int) -> QImage:
    """The icon, so many pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(FOLDER / "nnviz.svg")).render(painter)
    painter.end()
    return image


def main() -> None:
    application = QGuiApplication(["make_icon"])
    for size in SIZES:
        if not drawn(size).save(str(FOLDER / f"nnviz-{size}.png")):
            raise SystemExit(f"nnviz-{size}.png cannot be written.")
    application.quit()


if __name__ == "__main__":
    main()
