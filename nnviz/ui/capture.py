"""A page as a picture file: the very page the window shows, drawn offscreen."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtWidgets import QWidget

from nnviz.errors import Refusal
from nnviz.networks.files import write_whole


class CaptureError(Refusal):
    """A picture cannot be made; the message is one sentence for the user."""


def grab(widget: QWidget, path: Path) -> None:
    """Saves a widget as PNG, as a whole or not at all. Raises CaptureError."""
    if path.suffix.lower() != ".png":
        raise CaptureError(f"{path.name} must end in .png.")
    content = _png(widget)
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
