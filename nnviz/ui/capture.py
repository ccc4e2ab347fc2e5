"""A page as a picture file: the very page the window shows, drawn offscreen."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from nnviz.learning.refusal import Refusal
from nnviz.learning.trained import write_whole

FORMATS = (".png", ".svg")


class CaptureError(Refusal):
    """A picture cannot be made; the message is one sentence for the user."""


def grab(widget: QWidget, path: Path) -> None:
    """Saves a widget as PNG or SVG, as a whole or not at all. Raises CaptureError."""
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise CaptureError(f"{path.name} must end in .png or .svg.")
    content = _png(widget) if kind == ".png" else _svg(widget)
    try:
        write_whole(path, content)
    except OSError as error:
        raise CaptureError(f"{path} cannot be saved: {error.strerror or error}.") from error


def _png(widget: QWidget) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    return bytes(content.data())


def _svg(widget: QWidget) -> bytes:
    from PySide6.QtSvg import QSvgGenerator

    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(widget.rect())
    with QPainter(generator) as painter:
        widget.render(painter, QPoint())
    return bytes(content.data())
