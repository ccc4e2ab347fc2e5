"""What a picture paints: every text with its place, type, ink and ground, as pixels show them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPaintDevice, QStaticText

from nnviz.ui.kit import fitted_text
from nnviz.ui.kit.canvas import CENTRE, Align, Canvas, Ink
from nnviz.ui.kit.contrast import contrast
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.theme import TEXT, Theme
from tests.legibility.rules import ROUNDED, SIGNS, Fault

Pixels = NDArray[np.uint32]
SLACK = 1.5
"""Pixels by which a text may leave its place, and that two texts may share."""
COVERED, STRUCK = 0.04, 0.03
"""Parts of a text that may be painted over, or lie on what has its own colour."""
UNREADABLE = 0.25
"""Part of a text that may have too little contrast, since lines cross it."""
HARDLY = 1.6
"""Contrast under which a letter cannot be told from what it lies on."""


@dataclass
class Text:
    """One text, painted."""

    words: str
    place: QRect
    """Of its ink, in the picture."""
    pixels: int
    """Size of its type."""
    prominent: bool
    """Whether it is bold or was to be larger than usual."""
    asked: float
    """The size it was to have, on the design grid."""
    clipped: str
    ink: QColor
    under: Pixels
    """Colours under its ink, ..."""
    left: float = 0.0
    """... and the part of it that was painted over later."""
    inked: NDArray[np.bool_] = field(default_factory=lambda: np.zeros((0, 0), bool))
    after: Pixels = field(default_factory=lambda: np.zeros((0, 0), np.uint32))


class Recorder(Canvas):
    """Paints on pixels that can be read meanwhile, and notes what is written."""

    def __init__(self, device: QPaintDevice, theme: Theme, pixels: Pixels) -> None:
        super().__init__(device, theme, once=True)
        self._pixels = pixels
        self._size = float(TEXT)
        self.texts: list[Text] = []
        self.faults: list[Fault] = []

    def text(
        self,
        place: QRectF,
        words: str,
        align: Align = CENTRE,
        ink: Ink = "text",
        size: float = TEXT,
        bold: bool = False,
    ) -> None:
        self._size = size
        super().text(place, words, align, ink, size, bold)
        self._size = TEXT

    def drawText(self, *how: Any) -> Any:  # type: ignore[override]
        """As Qt's own, and noted."""
        words = next(each for each in how if isinstance(each, str))
        place, flags = how[0], next((each for each in how[1:-1]), Qt.AlignmentFlag(0))
        if not words.strip():
            return super().drawText(*how)
        needed, clipped = self._needed(place, flags, words)
        self._note(words, needed, clipped, lambda: super(Recorder, self).drawText(*how))
        return None

    def _needed(self, place: Any, flags: Any, words: str) -> tuple[QRectF, str]:
        if isinstance(place, QPoint | QPointF):
            metrics = QFontMetricsF(self.font())
            return metrics.boundingRect(words).translated(QPointF(place)), ""
        place = QRectF(place)
        needed = self.boundingRect(place, int(flags), words)
        line = QFontMetricsF(self.font()).height()
        wide = needed.width() > place.width() + SLACK
        high = needed.height() > place.height() + 0.35 * line
        clipped = f"{needed.width():.0f}x{needed.height():.0f} in " if wide or high else ""
        return needed, clipped and f"{clipped}{place.width():.0f}x{place.height():.0f}"

    def drawStaticText(self, *how: Any) -> Any:  # type: ignore[override]
        """As Qt's own, and noted."""
        at, text = how
        assert isinstance(text, QStaticText)
        draw = super().drawStaticText
        self._note(text.text(), QRectF(QPointF(at), text.size()), "", lambda: draw(*how))

    def _note(self, words: str, needed: QRectF, clipped: str, draw: Any) -> None:
        on = self.combinedTransform().mapRect(needed).adjusted(-2, -2, 2, 2).toAlignedRect()
        height, width = self._pixels.shape
        seen = on.intersected(QRect(0, 0, width, height))
        part = self._pixels[seen.top() : seen.bottom() + 1, seen.left() : seen.right() + 1]
        before = part.copy()
        draw()
        inked = part != before
        rows, columns = np.flatnonzero(inked.any(1)), np.flatnonzero(inked.any(0))
        high = 6 + QFontMetricsF(self.font()).height() * 0.2  # numerals have no descenders
        lost = max(on.width() - seen.width() - 4, on.height() - seen.height() - high)
        if lost > SLACK and not clipped:
            clipped = f"{lost:.0f} px outside of its picture"
        place = QRect()
        if rows.size:
            x, y = seen.left() + int(columns[0]), seen.top() + int(rows[0])
            place = QRect(x, y, int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)
        font = self.font()
        made = Text(
            words,
            place,
            font.pixelSize(),
            font.bold() or self._size > TEXT,
            self._size,
            clipped,
            self.pen().color(),
            before[inked],
            inked=inked,
            after=part.copy(),
        )
        self.texts.append(made)
        self._later(made, part)

    def _later(self, text: Text, part: Pixels) -> None:
        self._parts = [*getattr(self, "_parts", []), (text, part)]

    def finish(self) -> None:
        """Looks what has been painted over since."""
        for text, part in getattr(self, "_parts", []):
            many = int(text.inked.sum())
            text.left = float((text.after[text.inked] != part[text.inked]).sum() / max(1, many))

    def mark(self, place: QRectF, right: bool, ink: Ink | None = None, radius: float = 8) -> None:
        given = self.ink(ink if ink is not None else "right" if right else "wrong")
        self._check_sign("tick" if right else "cross", place.center(), (given,))
        super().mark(place, right, ink, radius)

    def sign(self, centre: QPointF, positive: bool, radius: float = 10) -> None:
        name = "positive" if positive else "negative"
        inside = contrast(self.ink(name), self.ink("background"))
        if inside < SIGNS:
            self.faults.append(Fault("sign", name, f"{inside:.1f} in its circle"))
        super().sign(centre, positive, radius)

    def bar(self, track: QRectF, share: float, ink: Ink, edge: Ink = "text") -> None:
        super().bar(track, share, ink, edge)
        if share > 0:
            inks = [self.ink(each) for each in (ink, edge) if each != ""]
            best = max(contrast(each, self.ink("track")) for each in inks)
            if best < SIGNS:
                self.faults.append(Fault("sign", "bar", f"{best:.1f}"))

    def _check_sign(self, name: str, at: QPointF, inks: Sequence[QColor]) -> None:
        on = self.combinedTransform().map(at).toPoint()
        if not QRect(0, 0, self._pixels.shape[1], self._pixels.shape[0]).contains(on):
            return
        ground = QColor.fromRgb(int(self._pixels[on.y(), on.x()]))
        best = max(contrast(each, ground) for each in inks)
        if best < SIGNS:
            self.faults.append(Fault("sign", name, f"{best:.1f} on {ground.name()}"))


@dataclass(frozen=True)
class Painted:
    """All that one picture writes."""

    texts: list[Text]
    faults: list[Fault]


def painted(picture: "Picture[Any]") -> Painted:
    """What a picture shows now."""
    width, height = max(1, picture.width()), max(1, picture.height())
    pixels = np.full((height, width), picture.palette().window().color().rgb(), np.uint32)
    image = QImage(
        memoryview(pixels).cast("B"), width, height, width * 4, QImage.Format.Format_RGB32
    )
    fitted_text.cut_off = []
    with Recorder(image, picture.theme, pixels) as canvas:
        picture.paint(canvas, picture.view)
        canvas.finish()
        texts, faults = canvas.texts, canvas.faults
    for words, wide in fitted_text.cut_off:
        faults.append(Fault("clipped", words, f"cut off at {wide:.0f} px"))
    fitted_text.cut_off = None
    return Painted(texts, faults)


def faults_of(text: Text, least: float, contrast_needed: float) -> Iterator[Fault]:
    """What is wrong with one text alone."""
    if text.clipped:
        yield Fault("clipped", text.words, text.clipped)
    if text.pixels < least - ROUNDED:
        yield Fault("small", text.words, f"{text.pixels} px, least {least:.1f}")
    if text.left > COVERED:
        yield Fault("struck", text.words, f"{text.left:.0%} painted over")
    if not text.under.size:
        return
    colours, many = np.unique(text.under, return_counts=True)
    shares = many / many.sum()
    if colours.size > 48:  # an image: what most of it is
        keep = np.argsort(-many)[:48]
        colours, shares = colours[keep], shares[keep]
    against = np.array([contrast(text.ink, QColor.fromRgb(int(each))) for each in colours])
    weak = float(shares[against < contrast_needed].sum())
    if weak > UNREADABLE:
        worst = float(against[against < contrast_needed].max())
        yield Fault("contrast", text.words, f"{worst:.1f} of {contrast_needed:.1f}")
    elif (struck := float(shares[against < HARDLY].sum())) > STRUCK:
        yield Fault("struck", text.words, f"{struck:.0%} on its own colour")


def overlaps(texts: Sequence[tuple[str, QRect]]) -> Iterator[Fault]:
    """Texts whose ink shares a place."""
    ordered = sorted(texts, key=lambda each: each[1].left())
    for number, (words, place) in enumerate(ordered):
        for beside, other in ordered[number + 1 :]:
            if other.left() > place.right():
                break
            both = place.intersected(other)
            if both.width() > SLACK and both.height() > SLACK:
                yield Fault("overlap", f"{words} | {beside}", f"{both.width()}x{both.height()}")
