"""Which curve is which, with a number each; a click shows or hides one."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.line_styles import LineStyle
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.tooltips import wrapped

TITLE, ROW, SAMPLE, VALUE = 54, 46, 52, 76
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class KeyRow:
    """One curve."""

    name: str
    value: str
    style: LineStyle
    shown: bool
    first: bool = False
    """Whether it belongs to the design on screen, whose curve always shows."""


class CurveKey(KeyCursor):
    """One row for each curve; tells which one is to be shown or hidden."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, title: tuple[str, str], tooltip: str) -> None:
        super().__init__()
        self.setObjectName("curve-key")
        self.setAccessibleName("Curves shown")
        self.setToolTip(wrapped(tooltip))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = title
        self.rows: tuple[KeyRow, ...] = ()
        self._cursor = 0
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_rows(self, rows: tuple[KeyRow, ...]) -> None:
        """Draws these from now on."""
        if rows == self.rows:
            return
        if len(rows) != len(self.rows):
            self.updateGeometry()
        self.rows = rows
        self._cursor = min(self._cursor, max(0, len(rows) - 1))
        self._describe()
        self.update()

    def _describe(self) -> None:
        told = [f"{row.name} {row.value}{', shown' if row.shown else ''}" for row in self.rows]
        here = f"; on {self.rows[self._cursor].name}" if self.rows else ""
        self.setAccessibleDescription(f"{' '.join(self._title)}: {'; '.join(told)}{here}")

    def place(self, number: int) -> QRectF:
        """Where a row lies."""
        top = self._theme.px(TITLE)
        room = (self.height() - top) / max(1, len(self.rows))
        height = min(room, float(self._theme.px(ROW)))
        return QRectF(0, top + number * height, self.width(), height).adjusted(1, 1.5, -1, -1.5)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.colour("muted"))
            for line, words in enumerate(self._title):
                title = QRectF(2, line * px(TITLE / 2), self.width() - px(10), px(TITLE / 2))
                draw_fitted(painter, title, RIGHT, words, theme)
            for number, row in enumerate(self.rows):
                self._draw(painter, self.place(number), row)
            if self.shows_cursor and self.rows:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("focus"), px(2)))
                painter.drawRect(self.place(self._cursor))

    def _draw(self, painter: QPainter, place: QRectF, row: KeyRow) -> None:
        theme, px = self._theme, self._theme.px
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("raised" if row.shown else "panel"))
        painter.drawRoundedRect(place, px(5), px(5))
        sample = QRectF(place.x() + px(8), place.y(), px(SAMPLE - 8), place.height())
        if row.shown:
            row.style.draw_sample(painter, sample, theme)
        size = min(float(TEXT), place.height() / theme.scale * 0.7)
        painter.setPen(theme.colour("text" if row.shown else "muted"))
        value = QRectF(place.right() - px(VALUE + 8), place.y(), px(VALUE), place.height())
        draw_fitted(painter, value, RIGHT, row.value, theme, size, row.first)
        left = place.x() + px(SAMPLE + 8)
        name = QRectF(left, place.y(), value.x() - left - px(4), place.height())
        draw_fitted(painter, name, LEFT, row.name, theme, size, row.first)

    # ---- pointer and keys ------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number in range(len(self.rows)):
            if self.place(number).contains(event.position()):
                self._cursor = number
                self.chosen.emit(number)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        by = {keys.Key_Up: -1, keys.Key_Down: 1}.get(keys(event.key()))
        if by is not None and self.rows:
            self._cursor = min(len(self.rows) - 1, max(0, self._cursor + by))
            self._describe()
            self.update()
        elif event.key() in (keys.Key_Space, keys.Key_Return, keys.Key_Enter) and self.rows:
            self.chosen.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(SAMPLE + VALUE + 140), px(TITLE + len(self.rows) * 30))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(SAMPLE + VALUE + 170), self.minimumSizeHint().height())
