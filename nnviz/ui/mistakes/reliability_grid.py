"""The reliability of every output by itself: small curves side by side."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy

from nnviz.questions.reliability import Reliability
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.theme import BACK_ROW, TEXT, Theme
from nnviz.ui.kit.tooltips import wrapped

COLUMNS, ROWS = 5, 2
MARGIN, GAP, WORDS = 72, 12, 30
"""Room of an axis with its words, between two curves, and of the words above each."""
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


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


class ReliabilityGrid(KeyCursor):
    """As many as COLUMNS x ROWS curves with Wilson's intervals, on axes from 0 to 100 %."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("reliability-grid")
        self.setAccessibleName("Reliability of each output")
        self.setToolTip(
            wrapped(
                "For each output: to the right what it says, upwards how often it should have "
                "fired; bars are 95 % intervals (Wilson). On the dashed diagonal the two agree. "
                "Curves of separately trained networks lie differently: the same number of two "
                "outputs does not mean the same. A thick frame and ≠ mark an output that is off by "
                "more than chance where it is unsure."
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.curves: tuple[OutputCurve, ...] = ()
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_curves(self, curves: tuple[OutputCurve, ...]) -> None:
        """Draws these from now on."""
        self.curves = curves[: COLUMNS * ROWS]
        told = [
            f"output {curve.name}{', off by more than chance' if curve.off else ''}: {curve.words}"
            for curve in self.curves
        ]
        self.setAccessibleDescription("; ".join(told))
        self.update()

    def place(self, number: int) -> QRectF:
        """The square of axes of a curve."""
        px = self._theme.px
        row, column = divmod(number, COLUMNS)
        across = (self.width() - px(MARGIN)) / COLUMNS
        down = (self.height() - px(MARGIN)) / ROWS
        left, top = px(MARGIN) + column * across, row * down + px(WORDS)
        return QRectF(left, top, across - px(GAP), down - px(WORDS + GAP))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, curve in enumerate(self.curves):
                self._draw(painter, self.place(number), curve)
                self._draw_axes(painter, number)
            if self.curves:
                below = QRectF(px(MARGIN), self.height() - px(28), self.width() - px(MARGIN), 0)
                below.setHeight(px(28))
                painter.setPen(theme.colour("text"))
                draw_fitted(painter, below, CENTRE, "the output says, %", theme)
                painter.rotate(-90)
                side = QRectF(-self.height() + px(MARGIN), 0, self.height() - px(MARGIN), px(26))
                draw_fitted(painter, side, CENTRE, "it should fire, %", theme)
                painter.resetTransform()
            if self.shows_cursor:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("focus"), px(2)))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _draw(self, painter: QPainter, square: QRectF, curve: OutputCurve) -> None:
        theme, px = self._theme, self._theme.px
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = QPen(theme.colour("wrong"), px(3)) if curve.off else QPen(theme.colour("line"), 1)
        painter.setPen(frame)
        painter.drawRect(square)
        painter.setPen(QPen(theme.colour("muted"), px(2), Qt.PenStyle.DotLine))
        painter.drawLine(square.bottomLeft(), square.topRight())

        def at(said: float, true: float) -> QPointF:
            return QPointF(
                square.x() + said * square.width(), square.bottom() - true * square.height()
            )

        said, true = curve.found.said.tolist(), curve.found.true.tolist()
        painter.setPen(QPen(theme.colour("muted"), px(2)))
        for each, (low, high) in zip(said, curve.found.intervals().tolist(), strict=True):
            painter.drawLine(QLineF(at(each, low), at(each, high)))
        points = [at(*each) for each in zip(said, true, strict=True)]
        painter.setPen(QPen(theme.colour("text"), px(3)))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("text"))
        for point in points:
            painter.drawEllipse(point, px(4), px(4))
        above = QRectF(square.x(), square.y() - px(WORDS), square.width(), px(WORDS))
        painter.setPen(theme.colour("text"))
        size = min(float(BACK_ROW - 4), WORDS * 0.85)
        name = f"{curve.name} ≠" if curve.off else curve.name
        draw_fitted(painter, above, LEFT, name, theme, size, bold=True)
        beside = above.adjusted(px(14 * max(2, len(name))), 0, 0, 0)
        draw_fitted(painter, beside, RIGHT, curve.words, theme)

    def _draw_axes(self, painter: QPainter, number: int) -> None:
        """Numbers at the left of a row and below the last one of a column."""
        theme, px, square = self._theme, self._theme.px, self.place(number)
        painter.setPen(theme.colour("muted"))
        high = px(TEXT + 6)
        if number % COLUMNS == 0:
            for words, y in (("100", square.y()), ("0", square.bottom() - high)):
                place = QRectF(square.x() - px(40), y, px(36), high)
                draw_fitted(painter, place, RIGHT, words, theme, TEXT)
        if number + COLUMNS >= len(self.curves):
            for words, align in (("0", LEFT), ("100", RIGHT)):
                place = QRectF(square.x(), square.bottom() + 1, square.width(), high)
                draw_fitted(painter, place, align, words, theme, TEXT)

    def minimumSizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(MARGIN + COLUMNS * 120), px(MARGIN + ROWS * (WORDS + 110)))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
