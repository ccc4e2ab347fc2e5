"""A digit, how strongly each of four shape detectors fires on it, and what follows."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from nnviz.data.arrays import Bytes
from nnviz.networks.book_zero import ARCS
from nnviz.ui.detectors import words
from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.weight_images import digit_image
from nnviz.words import number

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
        return words.row_in_words(view.title, ARCS, view.activity, view.verdict, view.right)

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
        height = side / len(ARCS)
        for place, (name, amount) in enumerate(zip(ARCS, view.activity, strict=True)):
            row = QRectF(side + px(10), top + place * height, 0, height)
            row.setRight(self.width() - 2)
            self._paint_bar(canvas, row, name, amount)

    def _paint_bar(self, canvas: Canvas, row: QRectF, name: str, amount: float) -> None:
        px, fires = self.px, amount > 0.5
        size = min(float(TEXT), row.height() / self.theme.scale * 0.9)
        words = QRectF(row.x(), row.y(), px(NAME), row.height())
        canvas.text(words, name, LEFT, size=size, bold=fires)
        value = QRectF(row.right() - px(VALUE), row.y(), px(VALUE), row.height())
        canvas.text(value, number(amount, 2), RIGHT, size=size, bold=fires)
        inset, left = row.height() * 0.2, words.right()
        track = QRectF(left, row.y() + inset, value.x() - left, row.height() - 2 * inset)
        canvas.bar(track, amount, "text" if fires else "muted", edge="")
