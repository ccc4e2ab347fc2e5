"""A digit, how strongly each of four shape detectors fires on it, and what follows."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from nnviz.data.arrays import Bytes
from nnviz.networks.book_zero import ARCS
from nnviz.ui.detectors import words
from nnviz.ui.detectors.bars import SignedBar, paint_row
from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.weight_images import digit_image
from nnviz.words import listed, number

TITLE, NAME, VALUE, DIGIT = 27, 126, 52, 104


@dataclass(frozen=True)
class ArcView:
    """What the row shows, of a digit of 28 x 28 grey pixels."""

    title: str
    pixels: Bytes
    """(inputs,)"""
    activity: tuple[float, ...]
    """Of ARCS, in 0..1"""
    verdict: str
    right: bool | None
    """None where nobody knows."""


class ArcRow(Picture[ArcView]):
    """The digit at the left, a bar for each detector at the right."""

    id = "arc-row"
    tip = words.ROWS_TIP
    least = (320, TITLE + 75)

    def words(self, view: ArcView) -> str:
        amounts = listed(
            words.ARC_FIRES.format(arc=arc, amount=number(amount, 2))
            for arc, amount in zip(ARCS, view.activity, strict=True)
        )
        said = words.ROW_SAID[view.right]
        return said.format(digit=view.title, amounts=amounts, verdict=view.verdict)

    def paint(self, canvas: Canvas, view: ArcView) -> None:
        px = self.px
        top = px(TITLE)
        side = min(self.height() - top, px(DIGIT))
        title = QRectF(0, 0, self.width() * 0.5, top)
        canvas.text(title, view.title, LEFT)
        mark = QRectF(self.width() - px(30), 0, px(30), top)
        verdict = QRectF(title.right(), 0, mark.x() - title.right() - 4, top)
        canvas.text(verdict, view.verdict, RIGHT, size=TEXT + 2, bold=True)
        if view.right is not None:
            canvas.mark(mark, view.right)
        image = digit_image(view.pixels, self.theme.grey_colours, (28, 28, 1))
        canvas.image(QRectF(1, top, side - 2, side - 2), image)
        bars = QRectF(side + px(10), top, self.width() - 2 - side - px(10), side)
        named = [
            SignedBar(name, amount, number(amount, 2), amount > 0.5)
            for name, amount in zip(ARCS, view.activity, strict=True)
        ]
        metrics = QFontMetricsF(self.theme.font(bold=True))
        wide = max(px(NAME), *(metrics.horizontalAdvance(name) for name in ARCS))
        for place, bar in enumerate(named):
            row = QRectF(bars.x(), top + place * side / len(ARCS), bars.width(), side / len(ARCS))
            track = paint_row(canvas, row, bar, wide, px(VALUE), 0.9)
            canvas.bar(track, bar.amount, "text" if bar.strong else "muted", edge="")
