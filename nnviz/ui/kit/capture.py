"""A page as a picture file: the very page the window shows, drawn offscreen."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QVariantAnimation
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from nnviz.errors import Refusal


class CaptureError(Refusal):
    """A picture cannot be made; the message is one sentence for the user."""


def picture_of(widget: QWidget) -> QImage:
    """A widget as it looks once all that moves has come to rest."""
    rest(widget)
    return widget.grab().toImage()


def rest(widget: QWidget) -> None:
    """Lets all that moves in a widget come to its end: a picture shows where it has."""
    for moving in widget.findChildren(QVariantAnimation):
        moving.setCurrentTime(moving.totalDuration())


def encoded(picture: QImage, kind: str = "png") -> bytes:
    """The content of a picture file. Raises CaptureError."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind.encode()))
    if not writer.write(picture):
        raise CaptureError(
            "The picture cannot be made: {error}.", error=writer.errorString().rstrip(".")
        )
    return bytes(content.data())
