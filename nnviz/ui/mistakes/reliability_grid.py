"""The reliability of every output by itself: small curves side by side."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from nnviz.questions.reliability import BINS, Bin, Reliability
from nnviz.ui.kit.canvas import CENTRE, LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import fits
from nnviz.ui.kit.matrix import paint_turned
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.twin import Twin
from nnviz.ui.mistakes import trust_words as words
from nnviz.ui.mistakes.reliability_plot import reliability_twin
from nnviz.words import number, sentences

COLUMNS, ROWS = 5, 2
MARGIN, BELOW, GAP, WORDS = 72, 48, 12, 30
"""Room of an axis with its words, at the left and below, between two curves, and of the words
above each."""
POINT = 13
"""Half the side of what can be clicked round a point."""


@dataclass(frozen=True, eq=False)
class OutputCurve:
    """One output."""

    name: str
    found: Reliability
    """In bins wide enough to see a curve."""
    fine: Reliability
    """In the usual bins."""
    words: str
    """What stands beside its name."""
    off: bool
    """Whether it is off by more than chance"""
    number: int = 0
    """Of the output, among those surveyed."""

    def bins(self) -> Iterable[Bin]:
        """Those of its points."""
        together = BINS // len(self.found.counts)
        for place in self.found.filled.tolist():
            first = place * together
            yield Bin(first, first + together - 1, self.number)


@dataclass(frozen=True)
class OutputsView:
    """COLUMNS x ROWS curves at most."""

    curves: tuple[OutputCurve, ...]
    bin: Bin | None = None
    """Whose digits are listed."""


class ReliabilityGrid(Picture[OutputsView]):
    """Curves with Wilson's intervals, on axes from 0 to 100 %."""

    id = "reliability-grid"
    title = words.OUTPUTS_ALONE
    tip = words.OUTPUTS_ALONE_TIP
    least = (MARGIN + COLUMNS * 96, BELOW + ROWS * (WORDS + 80))

    def place(self, number: int) -> QRectF:
        """The square of axes of a curve."""
        px = self.px
        row, column = divmod(number, COLUMNS)
        across = (self.width() - px(MARGIN)) / COLUMNS
        down = (self.height() - px(BELOW)) / ROWS
        left, top = px(MARGIN) + column * across, row * down + px(WORDS)
        return QRectF(left, top, across - px(GAP), down - px(WORDS + GAP))

    def regions(self, view: OutputsView) -> Iterable[Region]:
        for place, curve in enumerate(view.curves):
            square = self.place(place).adjusted(0, -self.px(WORDS), 0, 0)
            yield Region(place, square, words=words.output_told(curve.name, curve.words))
        for place, curve in enumerate(view.curves):
            side = self.px(POINT)
            found = zip(curve.bins(), self.points(place, curve), strict=True)
            for each, (point, digits, true) in found:
                spot = QRectF(point.x() - side, point.y() - side, 2 * side, 2 * side)
                told = words.bin_offered(each, digits, true)
                yield Region(each, spot, words=told, tip=told)

    def points(self, place: int, curve: OutputCurve) -> Iterable[tuple[QPointF, int, int]]:
        """Each point of a curve, how many digits it stands for, and of how many it was so."""
        square, found = self.place(place), curve.found
        for said, true, bin in zip(
            found.said.tolist(), found.true.tolist(), found.filled.tolist(), strict=True
        ):
            point = QPointF(
                square.x() + said * square.width(), square.bottom() - true * square.height()
            )
            yield point, int(found.counts[bin]), int(found.hits[bin])

    def choose(self, key: Hashable) -> None:
        """Only points are chosen; where keys are on a curve, its first one."""
        if isinstance(key, int):
            key = next(iter(self.view.curves[key].bins()), None)
        if isinstance(key, Bin):
            super().choose(key)

    def selected(self, view: OutputsView) -> Hashable:
        return view.bin

    def table(self, view: OutputsView) -> Twin:
        return reliability_twin((each.name, each.found) for each in view.curves)

    def words(self, view: OutputsView) -> str:
        off = [curve.name for curve in view.curves if curve.off]
        told = (each.words for each in self.regions(view) if isinstance(each.key, int))
        return sentences(*told, words.off_told(off))

    def paint(self, canvas: Canvas, view: OutputsView) -> None:
        px = canvas.px
        for place, curve in enumerate(view.curves):
            self._paint_curve(canvas, self.place(place), curve)
            for each, (point, *_) in zip(curve.bins(), self.points(place, curve), strict=True):
                if each == view.bin:
                    canvas.circle(point, px(POINT - 3), edge="focus", width=3)
            self._paint_axes(canvas, place, len(view.curves))
        if view.curves:
            below = QRectF(px(MARGIN), self.height() - px(28), self.width() - px(MARGIN), px(28))
            canvas.text(below, words.SAYS_AXIS)
            side = QRectF(0, 0, px(26), self.height() - px(BELOW))
            paint_turned(canvas, side, words.FIRE_AXIS, CENTRE)

    def _paint_curve(self, canvas: Canvas, square: QRectF, curve: OutputCurve) -> None:
        px = canvas.px
        canvas.box(square, edge="wrong" if curve.off else "line", width=3 if curve.off else 1)
        canvas.line(square.bottomLeft(), square.topRight(), "muted", 2, dashes=(1, 2))

        def at(said: float, true: float) -> QPointF:
            return QPointF(
                square.x() + said * square.width(), square.bottom() - true * square.height()
            )

        said, true = curve.found.said.tolist(), curve.found.true.tolist()
        for each, (low, high) in zip(said, curve.found.intervals().tolist(), strict=True):
            canvas.line(at(each, low), at(each, high), "muted", 2)
        points = [at(*each) for each in zip(said, true, strict=True)]
        canvas.outline(edge="text", width=3)
        canvas.drawPolyline(QPolygonF(points))
        for point in points:
            canvas.circle(point, px(4), fill="text")
        above = QRectF(square.x(), square.y() - px(WORDS), square.width(), px(WORDS))
        name = f"{curve.name} ≠" if curve.off else curve.name
        canvas.text(above, name, LEFT, size=WORDS * 0.85, bold=True)
        beside = above.adjusted(px(14 * max(2, len(name))), 0, 0, 0)
        if fits(curve.words, beside.width(), self.theme):
            canvas.text(beside, curve.words, RIGHT)

    def _paint_axes(self, canvas: Canvas, place: int, curves: int) -> None:
        """Numbers at the left of a row and below the last one of a column."""
        px, square, high = canvas.px, self.place(place), canvas.px(TEXT + 6)
        none, all_ = number(0), number(100)
        if place % COLUMNS == 0:
            left = QRectF(square.x() - px(40), square.y(), px(36), high)
            canvas.text(left, all_, RIGHT, "muted")
            left.moveBottom(square.bottom())
            canvas.text(left, none, RIGHT, "muted")
        if place + COLUMNS >= curves:
            below = QRectF(square.x(), square.bottom() + 1, square.width(), high)
            canvas.text(below, none, LEFT, "muted")
            canvas.text(below, all_, RIGHT, "muted")
