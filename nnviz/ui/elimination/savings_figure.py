"""Accuracy and changed answers against the heads that a walk asks, for every variant."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.questions.elimination import Saving
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.verdicts.answers import Options

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
LEAST_SPAN = 0.01
"""An axis shows at least one percentage point, so that noise does not look large."""


class SavingsFigure(QWidget):
    """Two plots over one axis. Circles: k leave per step; squares: all below p leave."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("savings-figure")
        self.setAccessibleName("Accuracy and changed answers against heads asked")
        self.setToolTip(
            "Each mark is one variant of the walk on all test digits. The dashed line is the head "
            "of all classes alone."
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._savings: Sequence[Saving] = ()
        self._chosen: Options | None = None
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_savings(self, savings: Sequence[Saving], chosen: Options) -> None:
        """The head of all classes alone, then the variants; the one in use has a ring."""
        self._savings, self._chosen = savings, chosen
        self.update()

    def point(self, saving: Saving, changed: bool) -> QPointF:
        """Where a variant stands in the upper plot, or in the lower one."""
        place = self._places()[changed]
        low, high = self._ranges()[changed]
        value = saving.changed if changed else saving.accuracy
        return QPointF(self._x(saving.heads, place), self._y(value, low, high, place))

    def _places(self) -> tuple[QRectF, QRectF]:
        px = self._theme.px
        left, right = px(86), self.width() - px(24)
        top, bottom = px(34), self.height() - px(64)
        half = (bottom - top - px(44)) / 2
        upper = QRectF(left, top, right - left, half)
        return upper, QRectF(left, bottom - half, right - left, half)

    def _ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        right = [saving.accuracy for saving in self._savings]
        middle, spread = (max(right) + min(right)) / 2, max(right) - min(right)
        reach = max(LEAST_SPAN, spread * 1.5) / 2
        most = max(saving.changed for saving in self._savings)
        return (middle - reach, middle + reach), (0.0, max(LEAST_SPAN, most * 1.4))

    def _x(self, heads: float, place: QRectF) -> float:
        most = max(2.0, max(saving.heads for saving in self._savings))
        part = math.log(heads) / math.log(most)
        inset = self._theme.px(14)
        return place.x() + inset + part * (place.width() - 2 * inset)

    def _y(self, value: float, low: float, high: float, place: QRectF) -> float:
        return place.bottom() - (value - low) / (high - low) * place.height()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._savings:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            titles = ("accuracy", "answers changed by the walk")
            for changed, title in enumerate(titles):
                self._draw_axes(painter, bool(changed), title)
                self._draw_marks(painter, bool(changed))
            self._draw_heads_axis(painter)

    def _draw_axes(self, painter: QPainter, changed: bool, title: str) -> None:
        theme, px, place = self._theme, self._theme.px, self._places()[changed]
        low, high = self._ranges()[changed]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("background"))
        painter.drawRect(place)
        painter.setPen(theme.colour("text"))
        heading = QRectF(place.x(), place.y() - px(32), place.width(), px(30))
        draw_fitted(painter, heading, LEFT, title, theme, TEXT + 2, bold=True)
        step = _tick(high - low)
        value = math.ceil(low / step) * step
        while value <= high + 1e-9:
            y = self._y(value, low, high, place)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(place.x(), y), QPointF(place.right(), y))
            painter.setPen(theme.colour("text"))
            words = QRectF(0, y - px(14), place.x() - px(8), px(28))
            draw_fitted(painter, words, RIGHT, f"{100 * value:.1f} %", theme)
            value += step
        if not changed:
            pen = QPen(theme.colour("muted"), px(2), Qt.PenStyle.DashLine)
            painter.setPen(pen)
            y = self._y(self._savings[0].accuracy, low, high, place)
            painter.drawLine(QPointF(place.x(), y), QPointF(place.right(), y))

    def _draw_marks(self, painter: QPainter, changed: bool) -> None:
        theme, px = self._theme, self._theme.px
        places = self.places_of_names(changed)
        for square in (False, True):
            line = [s for s in self._savings if _is_square(s) == square and s.options]
            points = [self.point(saving, changed) for saving in line]
            colour = theme.colour("negative" if square else "positive")
            painter.setPen(QPen(colour, px(2)))
            painter.drawPolyline(points)
            for saving, point in zip(line, points, strict=True):
                chosen = saving.options == self._chosen
                painter.setPen(
                    QPen(theme.colour("focus" if chosen else "text"), 3 if chosen else 1)
                )
                painter.setBrush(colour)
                size = px(9 if chosen else 7)
                if square:
                    painter.drawRect(QRectF(point.x() - size, point.y() - size, 2 * size, 2 * size))
                else:
                    painter.drawEllipse(point, size, size)
                painter.setPen(theme.colour("text"))
                assert saving.options is not None
                draw_fitted(painter, places[saving.options], CENTRE, _name(saving.options), theme)

    def places_of_names(self, changed: bool) -> dict[Options, QRectF]:
        """Where the name of each variant stands: beside its mark, above or below it, so that it
        covers no other name, no mark and nothing outside its plot as far as that can be."""
        px, inside = self._theme.px, self._places()[changed]
        metrics = QFontMetricsF(self._theme.font())
        named = [
            (each.options, self.point(each, changed)) for each in self._savings if each.options
        ]
        size = px(9)
        marks = [QRectF(p.x() - size, p.y() - size, 2 * size, 2 * size) for _, p in named]
        found: dict[Options, QRectF] = {}
        for options, point in named:
            width, height = metrics.horizontalAdvance(_name(options)) + px(4), px(24)
            away, middle = px(12), point.y() - height / 2
            centred = min(max(point.x() - width / 2, inside.x()), inside.right() - width)
            tries = [
                QRectF(point.x() + away, middle, width, height),
                QRectF(point.x() - away - width, middle, width, height),
                *(
                    QRectF(centred, point.y() - away - by, width, height)
                    for by in (px(24), px(50), px(76), px(102))
                ),
                *(
                    QRectF(centred, point.y() + away + by, width, height)
                    for by in (0, px(26), px(52), px(78))
                ),
            ]
            if options.below is not None:  # names of squares are long: rather above
                tries = [*tries[2:], *tries[:2]]
            taken = [*marks, *found.values()]
            found[options] = min(
                tries,
                key=lambda place: (
                    not inside.contains(place),
                    sum(place.intersects(other) for other in taken),
                ),
            )
        return found

    def _draw_heads_axis(self, painter: QPainter) -> None:
        theme, px, place = self._theme, self._theme.px, self._places()[1]
        painter.setPen(theme.colour("text"))
        most = max(saving.heads for saving in self._savings)
        for heads in sorted({1, 2, 3, 5, 9, round(most)}):
            if heads <= most + 1e-9:
                x = self._x(heads, place)
                words = QRectF(x - px(20), place.bottom() + px(7), px(40), px(26))
                draw_fitted(painter, words, CENTRE, str(heads), theme)
        title = QRectF(place.x(), place.bottom() + px(32), place.width(), px(30))
        about = "heads asked per digit (● k leave per step, ■ all below p)"
        draw_fitted(painter, title, CENTRE, about, theme)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(360))


def _name(options: Options) -> str:
    return str(options.drop) if options.below is None else f"{100 * options.below:g} %"


def _is_square(saving: Saving) -> bool:
    return saving.options is not None and saving.options.below is not None


def _tick(span: float) -> float:
    """A round step that cuts a span into two to five parts."""
    rough = span / 4
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
