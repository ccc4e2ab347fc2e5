"""A weighted sum as a picture of five numbered steps, of which the newest one moves in."""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QVariantAnimation
from PySide6.QtGui import QHideEvent, QPolygonF

from nnviz.data.arrays import Floats, Indices
from nnviz.networks.network import squashed
from nnviz.ui.detectors import sum_words as words
from nnviz.ui.detectors.sum_seen import SumView
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import CENTRE, LEFT, RIGHT, Canvas
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.kit.weight_images import digit_image, weight_image
from nnviz.ui.pages.output_words import signed

LASTS = 900
"""Milliseconds in which a step moves in."""
TITLE, SIGN = 36, 44
"""Height of a title, and width of a sign between two images, on the design grid."""
IMAGES = 0.6
"""Share of the height for the images, at most."""
BESIDE, NOTE = 300, 30
"""Width of what stands right of the images, and height of a line below them."""
LABEL, NUMBER = 80, 96
"""Widths beside the bars of the sum."""
LARGE = 64
"""Size of the type of the activity."""
REACH = 6.0
"""The curve reaches at least so far to either side."""
MOST_BARS = 40
"""Up to so many inputs all have a bar; of more, those that add most."""
POINTS = 121
PRODUCTS = 3
"""The step that multiplies."""


class SumPicture(Picture[SumView]):
    """Three images, what they add up to, and what that is squashed to."""

    id = "weighted-sum"
    title = words.PICTURE
    least = (560, 276)
    keys = False

    def __init__(self, theme: Theme, view: SumView | None = None, **names: str) -> None:
        super().__init__(theme, view, **names)
        self._moves = QVariantAnimation(self)
        self._moves.setDuration(LASTS)
        self._moves.setStartValue(0.0)
        self._moves.setEndValue(1.0)
        self._moves.valueChanged.connect(lambda _: self.update())

    def words(self, view: SumView) -> str:
        return view.sentence

    def table(self, view: SumView) -> Twin | None:
        """Every input with its weight and their product, once that step is shown."""
        if view.shown < PRODUCTS:
            return super().table(view)
        summed = view.summed
        parts = zip(summed.inputs, summed.weights, summed.products, strict=True)
        rows = ((number, *each) for number, each in enumerate(parts))
        return twin_of((heads.INPUT, heads.VALUE, heads.WEIGHT, heads.PRODUCT), rows)

    @property
    def progress(self) -> float:
        """How much of the newest step is there, 0..1."""
        moving = self._moves.state() == QVariantAnimation.State.Running
        return float(self._moves.currentValue()) if moving else 1.0

    def show_view(self, view: SumView) -> None:
        before: SumView | None = self.view
        super().show_view(view)
        if before is None or before.subject != view.subject or before.shown >= view.shown:
            if before is not None and before.shown != view.shown:
                self._moves.stop()
        elif self.isVisible():
            self._moves.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._moves.stop()

    # ---- places ----------------------------------------------------------------------

    def box(self, step: int) -> QRectF:
        """Of a step, 0..4, below its title: the sum and what follows stand right of the images, or
        below them, wherever these are larger."""
        px, width, height = self.px, self.width(), self.height()
        title, sign, beside = px(TITLE), px(SIGN), px(BESIDE)
        left_of_sum = min((width - 3 * sign - beside) / 3, height - title - px(NOTE))
        above_sum = min((width - 2 * sign) / 3, height * IMAGES - title)
        side = max(left_of_sum, above_sum)
        if side == left_of_sum:
            top = title + (height - title - px(NOTE) - side) / 2
            images, right, half = QRectF(0, top, side, side), 3 * (side + sign), height / 2
            above = QRectF(right, title, width - right, half - title)
            sums = [above, above.translated(0, half)]
        else:
            left = (width - 3 * side - 2 * sign) / 2
            images, top = QRectF(left, title, side, side), 2 * title + side + px(6)
            wide = width * 0.56
            sums = [QRectF(0, top, wide, height - top)]
            sums.append(QRectF(wide + px(24), top, width - wide - px(24), height - top))
        return sums[step - 3] if step > 2 else images.translated(step * (side + sign), 0)

    def regions(self, view: SumView) -> Iterable[Region]:
        for step in range(view.shown):
            yield Region(None, self.box(step), view.titles[step])

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: SumView) -> None:
        for step, title in enumerate(view.titles[: words.STEPS]):
            self._paint_title(canvas, self.box(step), step, title, step < view.shown)
        for step in range(3):
            self._paint_input(canvas, view, step)
        note = QRectF(0, self.box(0).bottom() + 2, self.box(2).right(), self.px(NOTE - 4))
        canvas.text(note, view.note, LEFT, "muted")
        for step, sign in ((1, "×"), (2, "=")):
            if view.shown > step:
                place = self.box(step)
                beside = QRectF(place.x() - self.px(SIGN), place.y(), self.px(SIGN), place.height())
                canvas.text(beside, sign, CENTRE, size=40, bold=True)
        if view.shown > 3:
            self._paint_sum(canvas, self.box(3), view, self._part(view, 3))
        if view.shown > 4:
            self._paint_squashed(canvas, self.box(4), view, self._part(view, 4))

    def _part(self, view: SumView, step: int) -> float:
        """How much of a step that is shown is there."""
        return self.progress if step == view.shown - 1 else 1.0

    def _paint_title(self, canvas: Canvas, box: QRectF, step: int, title: str, shown: bool) -> None:
        px, ink = self.px, "text" if shown else "muted"
        line = QRectF(box.x(), box.y() - px(TITLE), box.width(), px(TITLE - 4))
        radius = px(14)
        centre = QPointF(line.x() + radius, line.center().y())
        canvas.circle(centre, radius, "text" if shown else "", ink, 2)
        around = QRectF(centre.x() - radius, line.y(), 2 * radius, line.height())
        canvas.text(around, str(step + 1), ink="background" if shown else ink, bold=True)
        over = px(SIGN - 4) if step < 3 else 0  # above the sign beside an image nothing stands
        rest = line.adjusted(2 * radius + px(8), 0, over, 0)
        canvas.text(rest, title, LEFT, ink, bold=shown)

    def _paint_input(self, canvas: Canvas, view: SumView, step: int) -> None:
        """The digit, the weights or the products, from above as far as it has come."""
        box = self.box(step)
        if step >= view.shown:
            canvas.box(box, edge="line", width=1, dashes=(4.0, 3.0))
            return
        canvas.save()
        part = QRectF(box)
        part.setHeight(box.height() * self._part(view, step))
        canvas.setClipRect(part)
        if view.shape is None:
            self._paint_bars(canvas, box, view, step)
        else:
            self._paint_image(canvas, box, view, step)
        canvas.restore()
        canvas.box(box, edge="line", width=2)

    def _paint_image(self, canvas: Canvas, box: QRectF, view: SumView, step: int) -> None:
        assert view.shape is not None
        if step == 0:
            canvas.image(box, digit_image(view.pixels, self.theme.grey_colours, view.shape), "")
            return
        amounts = view.summed.weights if step == 1 else view.summed.products
        colours = self.theme.weight_colours
        image = weight_image(amounts, view.inked, view.limit, colours, view.shape)
        canvas.image(box, image, edge="")

    def _paint_bars(self, canvas: Canvas, box: QRectF, view: SumView, step: int) -> None:
        """One below the other: from the left what is never negative, else from the middle."""
        summed, places = view.summed, with_bars(view.summed.products)
        amounts = (summed.inputs, summed.weights, summed.products)[step][places]
        most = float(np.abs(amounts).max(initial=0)) or 1.0
        whole = bool((amounts >= 0).all()) and step == 0
        canvas.fillRect(box, canvas.ink("background"))
        pitch, zero = box.height() / len(places), box.x() if whole else box.center().x()
        reach = (box.width() if whole else box.width() / 2) * 0.96
        for row, amount in enumerate(amounts.tolist()):
            long = reach * amount / most
            bar = QRectF(zero, box.y() + row * pitch, long, pitch).normalized()
            inset = min(2.0, pitch * 0.15)
            ink = "text" if whole else "positive" if amount > 0 else "negative"
            canvas.fillRect(bar.adjusted(0, inset, 0, -inset), canvas.ink(ink))
        canvas.line(QPointF(zero, box.y()), QPointF(zero, box.bottom()), "muted", 1)

    def _paint_sum(self, canvas: Canvas, box: QRectF, view: SumView, part: float) -> None:
        """What speaks for and against, the bias, and all of it together."""
        up, down = view.summed.added(part)
        bias = view.summed.bias if part == 1 else 0.0
        rows = ((words.FOR, up), (words.AGAINST, down), (words.BIAS, bias))
        whole = (*view.summed.added(), view.summed.bias, view.summed.sum)
        most = max(abs(each) for each in whole) or 1.0
        high = box.height() / 4
        for number, (label, amount) in enumerate((*rows, (words.SUM, up + down + bias))):
            row = QRectF(box.x(), box.y() + number * high, box.width(), high)
            self._paint_row(canvas, row, label, amount, most, number == 3)

    def _paint_row(
        self, canvas: Canvas, row: QRectF, label: str, amount: float, most: float, last: bool
    ) -> None:
        px = self.px
        size = min(28.0, row.height() / canvas.theme.scale * 0.8)
        canvas.text(QRectF(row.x(), row.y(), px(LABEL), row.height()), label, LEFT, bold=last)
        value = QRectF(row.right() - px(NUMBER), row.y(), px(NUMBER), row.height())
        canvas.text(value, signed(amount, 2), RIGHT, size=max(TEXT, size), bold=last)
        track = QRectF(row.x() + px(LABEL), 0, row.width() - px(LABEL + NUMBER), row.height() * 0.6)
        track.moveTop(row.center().y() - track.height() / 2)
        middle = track.center().x()
        bar = QRectF(middle, track.y(), track.width() / 2 * amount / most, track.height())
        ink = "positive" if amount > 0 else "negative"
        canvas.fillRect(bar.normalized(), canvas.ink(ink))
        if last:
            canvas.box(bar.normalized(), edge="text", width=3)
            canvas.line(row.topLeft(), row.topRight(), "muted", 2)
        canvas.line(QPointF(middle, row.y()), QPointF(middle, row.bottom()), "muted", 1)

    # ---- the last step ---------------------------------------------------------------

    def _paint_squashed(self, canvas: Canvas, box: QRectF, view: SumView, part: float) -> None:
        """The curve with the sum on it, and what it is there."""
        px = self.px
        plot = QRectF(box.x(), box.y() + px(4), box.width() * 0.56, box.height() - px(36))
        beside = QRectF(plot.right(), box.y(), box.right() - plot.right(), box.height() - px(30))
        below = QRectF(box.x(), box.bottom() - px(30), box.width(), px(30))
        canvas.text(below, view.squash, LEFT, "muted")
        if view.value == words.UNKNOWN:
            part = 0.0
        if view.summed.activation == "softmax":
            bar = QRectF(plot.x(), 0, plot.width(), px(40))
            bar.moveCenter(plot.center())
            canvas.bar(bar, view.summed.value * part, "text")
        else:
            self._paint_curve(canvas, plot, view, part)
        if part == 1 or view.value == words.UNKNOWN:
            size = min(LARGE, beside.height() / canvas.theme.scale * 0.8)
            canvas.text(beside, view.value, CENTRE, size=size, bold=True)

    def _paint_curve(self, canvas: Canvas, plot: QRectF, view: SumView, part: float) -> None:
        summed = view.summed
        reach = max(REACH, 1.2 * abs(summed.sum))
        sums = np.linspace(-reach, reach, POINTS)
        values = squashed(summed.activation, sums)
        low, high = min(0.0, float(values.min())), float(values.max()) or 1.0

        def at(total: float, value: float) -> QPointF:
            across = (total + reach) / (2 * reach)
            return QPointF(
                plot.x() + across * plot.width(),
                plot.bottom() - (value - low) / (high - low) * plot.height(),
            )

        canvas.line(at(-reach, 0), at(reach, 0), "muted", 1)
        canvas.line(at(0, low), at(0, high), "muted", 1)
        canvas.outline(edge="text", width=3)
        points = zip(sums.tolist(), values.tolist(), strict=True)
        canvas.drawPolyline(QPolygonF([at(*each) for each in points]))
        if not part:
            return
        total = summed.sum * part
        value = float(squashed(summed.activation, np.array([total]))[0])
        for end in (at(total, 0), at(-reach, value)):
            canvas.line(at(total, value), end, "focus", 2, (3.0, 2.0))
        canvas.circle(at(total, value), self.px(9), "focus", "background", 2)


def with_bars(products: Floats) -> Indices:
    """The inputs that have a bar, in their order: of many, those that add most."""
    if len(products) <= MOST_BARS:
        return np.arange(len(products))
    return np.sort(np.argsort(-np.abs(products), kind="stable")[:MOST_BARS])
