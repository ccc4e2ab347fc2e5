"""A painter that knows the theme: words, boxes, bars, marks, images and rings.

Places are in pixels of the widget; sizes of type, widths of lines and radii are in units of the
design grid, so that they are right at every scale. Inks are names of colours of the theme or
colours; "" is none.
"""

from collections.abc import Iterable, Sequence
from typing import Self

from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPaintDevice,
    QPaintEngine,
    QPainter,
    QPen,
    QPolygonF,
)

from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.words import lines_now, said_now

Ink = str | QColor
Align = Qt.AlignmentFlag
CENTRE = Align.AlignCenter
LEFT = Align.AlignVCenter | Align.AlignLeft
RIGHT = Align.AlignVCenter | Align.AlignRight
DASHES = (4.0, 3.0)
"""Of a dashed line, in its widths."""
DOTS = (1.0, 2.0)
"""Of a dotted one."""
LINES = (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf)
"""Engines that write down what is drawn instead of colouring pixels."""
IMAGE_PIXELS = 2
"""Pixels of an image in such a file for each pixel of the picture, about."""
PLAIN = ("tnum", "calt")
"""What the signs of the font are exchanged for: digits as wide as each other, and those that look
better beside each other."""
TICK = ((-1.0, 0.1), (-0.3, 0.8), (1.0, -0.8))


def mixed(one: QColor, other: QColor, amount: float) -> QColor:
    """A colour with so much of another one in it, 0..1."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * amount,
        one.greenF() + (other.greenF() - one.greenF()) * amount,
        one.blueF() + (other.blueF() - one.blueF()) * amount,
    )


def plain_signs(font: QFont) -> QFont:
    """A font without what some signs are exchanged for."""
    made = QFont(font)
    for feature in PLAIN:
        made.setFeature(QFont.Tag(feature), 0)
    return made


class Canvas(QPainter):
    """Draws in the colours, type and scale of a theme."""

    def __init__(self, device: QPaintDevice, theme: Theme, once: bool = False) -> None:
        """`once`: nothing is painted on it a second time, so that nothing need be kept."""
        super().__init__(device)
        self._engine = self.paintEngine().type()
        self.once = once or self._engine in LINES
        """Whether all must be drawn itself: no pixels that were kept of the last time."""
        self.use(theme)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # in a PDF, else JPEG

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    def use(self, theme: Theme) -> None:
        """Draws with another theme or scale from now on."""
        self.theme, self.px = theme, theme.px

    def sharp(self, on: bool = True) -> None:
        """Whether what is drawn from now on has edges as sharp as pixels, as images must."""
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        self.setRenderHint(QPainter.RenderHint.Antialiasing, not on)

    def ink(self, ink: Ink) -> QColor:
        """A colour by its name, or itself."""
        return self.theme.colour(ink) if isinstance(ink, str) else ink

    def text(
        self,
        place: QRectF,
        words: str,
        align: Align = CENTRE,
        ink: Ink = "text",
        size: float = TEXT,
        bold: bool = False,
    ) -> None:
        """A line that never leaves its place: shrunk, in the end cut off with dots."""
        self.setPen(self.ink(ink))
        draw_fitted(self, place, align, said_now(words), self.theme, size, bold)

    def lines(
        self,
        place: QRectF,
        words: Sequence[str],
        align: Align = LEFT,
        ink: Ink = "text",
        size: float = TEXT,
        bold: bool = False,
    ) -> None:
        """Lines below each other, each with the same share of the place."""
        height = place.height() / max(1, len(words))
        for number, line in enumerate(lines_now(words)):
            self.text(
                QRectF(place.x(), place.y() + number * height, place.width(), height),
                line,
                align,
                ink,
                size,
                bold,
            )

    def paragraph(
        self,
        place: QRectF,
        words: str,
        ink: Ink = "text",
        size: float = TEXT,
        bold: bool = False,
        align: Align = Align.AlignLeft,
    ) -> None:
        """Words that go on in the next line where they reach the edge."""
        self.setPen(self.ink(ink))
        self.setFont(self.theme.font(size, bold))
        self.drawText(place, Qt.TextFlag.TextWordWrap | align, said_now(words))

    def stroke(self, ink: Ink, width: float = 1, dashes: Sequence[float] = ()) -> QPen:
        """A pen of this width on the design grid; "" draws nothing."""
        if ink == "":
            return QPen(Qt.PenStyle.NoPen)
        made = QPen(self.ink(ink), self.px(width))
        if dashes:
            made.setDashPattern(list(dashes))
        return made

    def outline(
        self, fill: Ink = "", edge: Ink = "", width: float = 1, dashes: Sequence[float] = ()
    ) -> None:
        """Fill and edge of what is drawn next with Qt's own."""
        self.setPen(self.stroke(edge, width, dashes))
        self.setBrush(self.ink(fill) if fill != "" else Qt.BrushStyle.NoBrush)

    def box(
        self,
        place: QRectF,
        fill: Ink = "",
        edge: Ink = "",
        width: float = 1,
        radius: float = 0,
        dashes: Sequence[float] = (),
    ) -> None:
        """A rectangle, with round corners where there is a radius."""
        self.outline(fill, edge, width, dashes)
        if radius:
            self.drawRoundedRect(place, self.px(radius), self.px(radius))
        else:
            self.drawRect(place)

    def circle(
        self, centre: QPointF, radius: float, fill: Ink = "", edge: Ink = "", width: float = 1
    ) -> None:
        """`radius` in pixels, since it is a place."""
        self.outline(fill, edge, width)
        self.drawEllipse(centre, radius, radius)

    def line(
        self, start: QPointF, end: QPointF, ink: Ink, width: float = 1, dashes: Sequence[float] = ()
    ) -> None:
        self.setPen(self.stroke(ink, width, dashes))
        self.drawLine(QLineF(start, end))

    def polygon(
        self, points: Iterable[QPointF], fill: Ink = "", edge: Ink = "", width: float = 1
    ) -> None:
        self.outline(fill, edge, width)
        self.drawPolygon(QPolygonF(list(points)))

    def bar(self, track: QRectF, share: float, ink: Ink, edge: Ink = "text") -> None:
        """A track filled from the left as far as `share`, 0..1; a share of 0 leaves it empty."""
        self.fillRect(track, self.ink("track"))
        if share > 0:
            filled = QRectF(track)
            filled.setWidth(max(2.0, track.width() * min(1.0, share)))
            self.fillRect(filled, self.ink(ink))
            if edge != "":
                self.box(filled, edge=edge)

    def mark(self, place: QRectF, right: bool, ink: Ink | None = None, radius: float = 8) -> None:
        """A tick for right, a cross for wrong, drawn, so that no font decides how it looks."""
        size, centre = radius * self.theme.scale, place.center()
        pen = QPen(self.ink(ink if ink is not None else "right" if right else "wrong"))
        pen.setWidthF(size * 3.5 / 8)
        self.setPen(pen)
        self.setBrush(Qt.BrushStyle.NoBrush)
        if right:
            corners = [centre + QPointF(x * size, y * size) for x, y in TICK]
            self.drawPolyline(QPolygonF(corners))
        else:
            for slope in (1, -1):
                arm = QPointF(size * 0.8, slope * size * 0.8)
                self.drawLine(QLineF(centre - arm, centre + arm))

    def sign(self, centre: QPointF, positive: bool, radius: float = 10) -> None:
        """A filled circle with + or -, drawn, so that no font decides how it looks."""
        size = radius * self.theme.scale
        self.circle(centre, size, fill="positive" if positive else "negative")
        pen = QPen(self.ink("background"))
        pen.setWidthF(max(1.5, size * 0.24))
        self.setPen(pen)
        arm = size * 0.55
        self.drawLine(centre - QPointF(arm, 0), centre + QPointF(arm, 0))
        if positive:
            self.drawLine(centre - QPointF(0, arm), centre + QPointF(0, arm))

    def image(self, place: QRectF, image: QImage, edge: Ink = "line", width: float = 1) -> None:
        """An image whose pixels keep sharp edges, in a frame that does so too."""
        self.sharp()
        self.drawImage(place, image)
        if edge != "":
            self.box(place, edge=edge, width=width)
        self.sharp(False)

    def setFont(self, font: QFont) -> None:  # type: ignore[override]
        """As Qt's own; in a PDF with the plain signs alone, for only these are found and copied
        as what they are."""
        super().setFont(plain_signs(font) if self._engine == QPaintEngine.Type.Pdf else font)

    def drawImage(  # type: ignore[override]
        self, place: QRectF | QPointF | QPoint, image: QImage, part: QRectF | None = None
    ) -> None:
        """As Qt's own; in a file of lines with more pixels, since most readers smooth an image
        that has few, and what is drawn of digits and weights is small. (An SVG has no parts of
        images.)"""
        if self._engine in LINES:
            image, part = image if part is None else image.copy(part.toRect()), None
        if self._engine in LINES and isinstance(place, QRectF):
            across, down = place.width() / image.width(), place.height() / image.height()
            image = image.scaled(image.size() * max(1, round(IMAGE_PIXELS * max(across, down))))
        super().drawImage(place, image, *(() if part is None else (part,)))

    def ring(self, place: QRectF, radius: float = 0) -> None:
        """The frame round what the keys are on."""
        inset = self.px(3) / 2
        self.box(place.adjusted(inset, inset, -inset, -inset), edge="focus", width=3, radius=radius)
