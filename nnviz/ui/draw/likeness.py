"""To which digits a network that knows two of them says the one, and to which the other."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF

from nnviz.data.digits import ShownDigits
from nnviz.questions.readers import Reader
from nnviz.questions.strangeness import Taken
from nnviz.ui.draw import asked_words as words
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import CENTRE, LEFT, Canvas
from nnviz.ui.kit.picture import Picture, Policy
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.words import percent

HEADING, NAMES, SHARES = 32, 34, 28
"""Heights on the design grid: of the title, of the digits below the bars, of a number above."""
INSET = 0.14
"""Of the room of a bar, left free at either side."""


@dataclass(frozen=True)
class LikenessView:
    """What one reader says of each digit."""

    title: str
    names: tuple[str, ...]
    """Of the digits it is shown."""
    shares: tuple[float, ...]
    """For each, how often it says the first of its classes."""
    classes: tuple[int, int]
    """The two that it knows, as numbers of the digits it is shown."""
    sentence: str


def likeness(reader: Reader, taken: Taken, digits: ShownDigits) -> LikenessView | None:
    """By the answers to digits; None of a reader that does not know exactly two of many."""
    known = [digits.class_names.index(n) for n in reader.class_names if n in digits.class_names]
    if len(reader.class_names) != 2 or len(known) != 2 or reader.only is not None:
        return None
    labels = digits.labels[np.arange(len(taken.answers)) % len(digits.labels)]
    first = np.bincount(labels, weights=taken.answers == 0, minlength=digits.classes)
    counts = np.bincount(labels, minlength=digits.classes)
    shares = tuple((first / np.maximum(1, counts)).tolist())
    one, other = reader.class_names
    return LikenessView(
        words.likeness_title(one, other),
        digits.class_names,
        shares,
        (known[0], known[1]),
        words.likeness_told(one, digits.class_names, shares),
    )


class LikenessBars(Picture[LikenessView]):
    """A bar for each digit, filled from below as far as the first answer goes."""

    id = "likeness"
    title = words.LIKENESS[0]
    tip = words.LIKENESS[1]
    keys = False
    policy = (Policy.Expanding, Policy.Preferred)
    least = (400, 150)

    def words(self, view: LikenessView) -> str:
        return view.sentence

    def table(self, view: LikenessView) -> Twin:
        return twin_of((heads.NAME, view.title), zip(view.names, view.shares, strict=True))

    def paint(self, canvas: Canvas, view: LikenessView) -> None:
        px = self.px
        canvas.text(QRectF(0, 0, self.width(), px(HEADING)), view.title, LEFT, bold=True)
        pitch = self.width() / len(view.names)
        top, bottom = px(HEADING + SHARES), self.height() - px(NAMES)
        for number, (name, share) in enumerate(zip(view.names, view.shares, strict=True)):
            column = QRectF(number * pitch, top, pitch, bottom - top)
            bar = column.adjusted(pitch * INSET, 0, -pitch * INSET, 0)
            canvas.fillRect(bar, self.theme.digit(view.classes[1]))
            filled = QRectF(bar)
            filled.setTop(bar.bottom() - bar.height() * share)
            canvas.fillRect(filled, self.theme.digit(view.classes[0]))
            canvas.box(bar, edge="text")
            above = QRectF(column.x(), top - px(SHARES), pitch, px(SHARES))
            canvas.text(above, percent(share, 0), CENTRE, size=TEXT)
            below = QRectF(column.x(), bottom, pitch, px(NAMES))
            canvas.text(below, name, CENTRE, size=28, bold=number in view.classes)
