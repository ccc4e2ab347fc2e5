"""How the digits of each class were written that networks are tested with, and how thick the lines
of a drawing are beside theirs."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF

from nnviz.data.arrays import Bytes
from nnviz.data.digits import GREY, ShownDigits
from nnviz.data.strokes import thickness
from nnviz.ui.draw import picture_words as words
from nnviz.ui.kit.canvas import CENTRE, LEFT, Canvas
from nnviz.ui.kit.picture import Picture, Policy
from nnviz.ui.kit.seeing import Kept
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.kit.weight_images import digit_image
from nnviz.words import sentences

SHOWN = 12
"""Digits of a class at most: the first ones, however they were written."""
MEASURED = 400
"""Test digits whose lines are measured: the first ones."""
USUAL = 5.0, 95.0
"""Percentiles that nine of ten lie between."""
TITLE, LINE, SIDE, GAP, NAME = 30, 25, 46, 3, 34
LINES = 5
"""Of words below the digits."""


@dataclass(frozen=True)
class Hands:
    """How the test digits were written."""

    names: tuple[str, ...] = ()
    """Of the classes"""
    images: Bytes | None = None
    """(classes, SHOWN, 784): the first ones of each class, black where there are no more"""
    usual: tuple[float, float] = (0.0, 0.0)
    """How thick the lines of nine of ten are, in pixels"""


@dataclass(frozen=True)
class WritersView:
    """What is shown."""

    hands: Hands = Hands()
    said: int | None = None
    """The class that the design on screen answers"""
    own: float = 0.0
    """How thick the lines of the drawing are, in pixels; 0 without one"""


class Writers(Picture[WritersView]):
    """A line of digits for each class, and what is told of them."""

    id = "writers"
    title = words.WRITERS
    tip = words.WRITERS_TIP
    keys = False
    policy = (Policy.Expanding, Policy.Expanding)

    def least_size(self, view: WritersView | None) -> tuple[float, float]:
        return 280, 380

    def words(self, view: WritersView) -> str:
        return sentences(
            words.hands_told(view.hands.names), words.lines_told(view.own, *view.hands.usual)
        )

    def table(self, view: WritersView) -> Twin | None:
        if view.hands.images is None:
            return None
        rows = [
            (name, each)
            for name, images in zip(view.hands.names, view.hands.images, strict=True)
            for each in thickness(images.reshape(-1, *GREY[:2])).round(2).tolist()
            if each
        ]
        return twin_of(words.WRITERS_HEADINGS, rows)

    def paint(self, canvas: Canvas, view: WritersView) -> None:
        images, px = view.hands.images, self.px
        if images is None:
            return
        room = self.room
        line = QRectF(room.x(), room.y(), room.width(), px(TITLE))
        canvas.text(line, words.WRITERS, LEFT, bold=True)
        high = (room.height() - px(TITLE) - px(LINE) * LINES) / len(images)
        side = max(8.0, min(px(SIDE), high - px(GAP)))
        for number, (name, of_class) in enumerate(zip(view.hands.names, images, strict=True)):
            top = line.bottom() + number * (side + px(GAP))
            place = QRectF(room.x(), top, px(NAME), side)
            if number == view.said:
                canvas.box(place, "raised", "text", 2, radius=4)
            canvas.text(place, name, CENTRE, size=TEXT + 4, bold=True)
            place = QRectF(place.right() + px(GAP), top, side, side)
            for image in of_class:
                if place.right() > room.right() or not image.any():
                    break
                canvas.image(place, digit_image(image, self.theme.grey_colours, GREY), edge="")
                place.translate(side + px(GAP), 0)
        below = QRectF(room)
        below.setTop(line.bottom() + len(images) * (side + px(GAP)) + px(GAP))
        canvas.paragraph(below, self.words(view), "text")


class HandsKept:
    """How the digits in use were written; looked at once."""

    def __init__(self) -> None:
        self._kept = Kept[Hands]()

    def of(self, digits: ShownDigits) -> Hands:
        """Of the test digits; none where they are no grey images."""
        if digits.shape != GREY:
            return Hands()
        return self._kept.get("", (digits,), lambda: _hands(digits))

    def own(self, pixels: Bytes | None) -> float:
        """How thick the lines of an image (784,) are."""
        return 0.0 if pixels is None else float(thickness(pixels.reshape(1, *GREY[:2]))[0])


def _hands(digits: ShownDigits) -> Hands:
    shown = np.zeros((digits.classes, SHOWN, digits.images.shape[1]), np.uint8)
    for label in range(digits.classes):
        first = digits.images[digits.labels == label][:SHOWN]
        shown[label, : len(first)] = first
    thick = thickness(digits.images[:MEASURED].reshape(-1, *GREY[:2]))
    low, high = np.percentile(thick, USUAL).tolist() if len(thick) else (0.0, 0.0)
    return Hands(digits.class_names, shown, (low, high))
