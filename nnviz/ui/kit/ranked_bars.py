"""A ranked list: name, bar and value of each row, the best first."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.tooltips import wrapped

TALLEST = 46
TITLE = 30
WORDS_HEIGHT = 0.66
"""How much of a row its words take when the bar is below them."""


@dataclass(frozen=True)
class Bar:
    """One row of the list."""

    key: int
    """What is told when it is clicked."""
    name: str
    share: float
    """Length of the bar, 0..1"""
    value: str
    colour: int | None = None
    """The class whose colour it has."""
    mark: bool | None = None
    frame: str = ""
    """solid, dashed, focus, or none"""


@dataclass(frozen=True)
class RankedView:
    """A title and its rows, in the order shown."""

    title: str
    bars: tuple[Bar, ...]
    name_width: int = 40
    """On the design grid."""
    value_width: int = 62
    words: bool = False
    """Whether names are so long that the bars stand below them."""


class RankedBars(QWidget):
    """Draws a RankedView; tells which row was clicked."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, name: str, tooltip: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(wrapped(tooltip))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._view = RankedView("", ())
        self._cursor = 0

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_view(self, view: RankedView) -> None:
        self._view = view
        self._cursor = min(self._cursor, max(0, len(view.bars) - 1))
        self.update()

    @property
    def view(self) -> RankedView:
        return self._view

    def place(self, number: int) -> QRectF:
        """Where a row lies."""
        top = self._theme.px(TITLE)
        room = (self.height() - top) / max(1, len(self._view.bars))
        height = min(room, self._theme.px(TALLEST))
        return QRectF(0, top + number * height, self.width(), height).adjusted(2, 2, -2, -2)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, view = self._theme, self._view
        centre = Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.colour("muted"))
            title = QRectF(2, 0, self.width() - 4, theme.px(TITLE))
            draw_fitted(painter, title, centre, view.title, theme)
            for number, bar in enumerate(view.bars):
                self._draw_bar(painter, self.place(number), bar)
            if self.hasFocus() and view.bars:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("focus"), theme.px(2)))
                painter.drawRect(self.place(self._cursor))

    def _draw_bar(self, painter: QPainter, row: QRectF, bar: Bar) -> None:
        theme, view = self._theme, self._view
        strong = bar.frame in ("solid", "focus")
        painter.setBrush(theme.colour("raised" if strong else "panel"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(row, theme.px(5), theme.px(5))
        painter.setPen(theme.colour("text"))
        lines = QRectF(row)
        if view.words:
            lines.setHeight(row.height() * WORDS_HEIGHT)
        size = min(26.0, lines.height() / theme.scale * 0.8)
        value = QRectF(row.right() - theme.px(view.value_width + 4), row.y(), 0, lines.height())
        value.setWidth(theme.px(view.value_width))
        mark = theme.px(26) if any(each.mark is not None for each in view.bars) else 0
        name = QRectF(lines)
        name.setWidth(theme.px(view.name_width))
        centre = Qt.AlignmentFlag.AlignCenter
        if view.words:
            name.setRight(value.x() - (mark if bar.mark is not None else 0))
            name.setLeft(row.x() + theme.px(4))
            centre = Qt.AlignmentFlag.AlignVCenter
        draw_fitted(painter, name, centre, bar.name, theme, size, bold=True)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        draw_fitted(painter, value, align, bar.value, theme, min(24.0, size), bold=strong)
        if bar.mark is not None:
            colour = theme.colour("right" if bar.mark else "wrong")
            place = QRectF(value.x() - mark, row.y(), mark, lines.height())
            draw_mark(painter, place, colour, theme.scale, bar.mark)
        height = min(row.height() * 0.55, theme.px(22))
        right = value.x() - mark - theme.px(4)
        track = QRectF(name.right(), row.center().y() - height / 2, 0, height)
        track.setRight(max(track.x() + 4, right))
        if view.words:
            below = theme.px(4)
            track = QRectF(row.x() + below, lines.bottom(), row.width() - 2 * below, 0)
            track.setBottom(row.bottom() - below)
        painter.fillRect(track, theme.colour("track"))
        filled = QRectF(track)
        filled.setWidth(max(2.0, track.width() * min(1.0, max(0.0, bar.share))))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if bar.share > 0:
            painter.fillRect(filled, self._colour(bar))
            painter.setPen(theme.colour("text"))
            painter.drawRect(filled)
        if bar.frame:
            style = Qt.PenStyle.DashLine if bar.frame == "dashed" else Qt.PenStyle.SolidLine
            ink = theme.colour("focus" if bar.frame == "focus" else "text")
            painter.setPen(QPen(ink, theme.px(2 if bar.frame == "dashed" else 3), style))
            painter.drawRoundedRect(row, theme.px(5), theme.px(5))

    def _colour(self, bar: Bar) -> QColor:
        theme = self._theme
        return theme.colour("muted") if bar.colour is None else theme.digit(bar.colour)

    # ---- pointer and keys ------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, bar in enumerate(self._view.bars):
            if self.place(number).contains(event.position()):
                self._cursor = number
                self.chosen.emit(bar.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = event.key(), Qt.Key
        move = {keys.Key_Up: -1, keys.Key_Down: 1}.get(keys(key), 0)
        bars = self._view.bars
        if move and bars:
            self._cursor = min(max(0, self._cursor + move), len(bars) - 1)
            self.chosen.emit(bars[self._cursor].key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def minimumSizeHint(self) -> QSize:
        rows = max(1, len(self._view.bars))
        return QSize(self._theme.px(180), self._theme.px(TITLE + rows * (TEXT + 8)))

    def sizeHint(self) -> QSize:
        rows = max(1, len(self._view.bars))
        return QSize(self._theme.px(210), self._theme.px(TITLE + rows * 32))
