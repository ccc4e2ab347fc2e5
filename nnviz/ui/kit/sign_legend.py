"""What orange and blue mean: in one line, or below each other with the lines that are drawn."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.picture import Picture, Policy
from nnviz.ui.kit.telling import wrapped

ROW = 36
DOWN_DASHES = (2.2, 1.2)
"""Of a line that pushes down."""


@dataclass(frozen=True)
class SignWords:
    """The words beside the signs, and the same as a sentence."""

    up: str
    down: str
    sentence: str
    bar: str = ""
    """What the bars beside images are: then each has a line of its own"""


class SignLegend(Picture[SignWords]):
    """A sign each for up and down with its words, and a bar where there are some."""

    id = "sign-legend"
    keys = False
    policy = (Policy.Fixed, Policy.Preferred)

    def words(self, view: SignWords) -> str:
        return view.sentence

    def tip_at(self, point: QPointF) -> str:
        return wrapped(self.view.sentence) if self.view is not None else ""

    def least_size(self, view: SignWords | None) -> tuple[float, float]:
        if view is None:
            return 214, 120
        metrics = QFontMetricsF(self.theme.font())
        wide = [metrics.horizontalAdvance(words) for words in (view.up, view.down)]
        if view.bar:
            return max(214, 84 + max(wide) / self.theme.scale), 120
        return sum(wide) / self.theme.scale + 88, 30

    def paint(self, canvas: Canvas, view: SignWords) -> None:
        if view.bar:
            self._paint_rows(canvas, view)
            return
        px, x, metrics = self.px, 0.0, QFontMetricsF(self.theme.font())
        for words, up in ((view.up, True), (view.down, False)):
            canvas.sign(QPointF(x + px(12), self.height() / 2), up)
            x += px(28)
            wide = metrics.horizontalAdvance(words) + 1
            canvas.text(QRectF(x, 0, wide, self.height()), words, LEFT)
            x += wide + px(15)

    def _paint_rows(self, canvas: Canvas, view: SignWords) -> None:
        px, row = self.px, self.px(ROW)
        top = max(0, (self.height() - 3 * row) // 2)
        for number, words in enumerate((view.up, view.down, view.bar)):
            y = top + (number + 0.5) * row
            if number < 2:
                canvas.sign(QPointF(px(18), y), number == 0, 11)
                pen = canvas.stroke(
                    "positive" if number == 0 else "negative", 4, DOWN_DASHES if number else ()
                )
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                canvas.setPen(pen)
                canvas.drawLine(QLineF(px(36), y, px(70), y))
            else:
                bar = QRectF(px(14), y - row * 0.35, px(9), row * 0.7)
                canvas.fillRect(bar, canvas.ink("raised"))
                canvas.fillRect(bar.adjusted(0, bar.height() * 0.4, 0, 0), canvas.ink("text"))
            left = px(80 if number < 2 else 38)
            canvas.text(QRectF(left, y - row / 2, self.width() - left, row), words, LEFT)
