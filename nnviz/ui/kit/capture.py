"""A page as a picture file: the very page the window shows, drawn offscreen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QVariantAnimation
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from nnviz.errors import Refusal
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.plot import Axes, Plot


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


@contextmanager
def at_once(shown: QWidget) -> Iterator[None]:
    """Has all that lies in a widget stand still and paint itself, with none of the pixels that are
    kept from one time to the next, and without the ring of the keys."""
    rest(shown)
    parts = [shown, *shown.findChildren(QWidget)]
    pictures = [each for each in parts if isinstance(each, Picture)]
    axes = [each for plot in parts if isinstance(plot, Plot) for each in plot.axes]
    _let(pictures, axes, True)
    try:
        yield
    finally:
        _let(pictures, axes, False)


def _let(pictures: Sequence[Picture[Any]], axes: Sequence[Axes], once: bool) -> None:
    for picture in pictures:
        picture.once = once
    for each in axes:
        each.keep_no_pixels(once)
