"""McNemar's table: how often two designs are both right, one of them, or neither."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from nnviz.questions.listing import CELLS
from nnviz.ui.kit.fitted_text import draw_fitted, fits
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.tooltips import wrapped

HEADING, SIDE = 58, 128
"""Height of the column heads and width of the row heads on the design grid."""
COUNT = 44
"""Size of the counts."""
CENTRE = Qt.AlignmentFlag.AlignCenter
COLOURS = {"only-first": "positive", "only-second": "negative"}


@dataclass(frozen=True)
class OutcomeView:
    """The names of both designs, how many digits each cell of CELLS holds, and which is listed."""

    first: str
    second: str
    counts: tuple[int, ...]
    chosen: str = ""

    def in_words(self, cell: str) -> str:
        """What a cell counts."""
        return {
            "both": "both right",
            "only-first": f"only {self.first} right",
            "only-second": f"only {self.second} right",
            "neither": "both wrong",
        }[cell]


class OutcomeTable(KeyCursor):
    """Rows for the first design, columns for the second; a cell can be chosen."""

    chosen = Signal(str)
    """One of CELLS."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("outcome-table")
        self.setAccessibleName("Both right, one, or neither")
        self.setToolTip(
            wrapped(
                "How many test digits both designs get right, only one of them, or neither. Click "
                "a cell, or use the arrow keys, to list its digits."
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.view: OutcomeView | None = None
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_view(self, view: OutcomeView | None) -> None:
        """Draws this from now on; None for nothing."""
        if view == self.view:
            return
        self.view = view
        self.update()
        if view is None:
            self.setAccessibleDescription("Nothing to compare yet")
            return
        told = [
            f"{count:,} {view.in_words(cell)}{', listed' if cell == view.chosen else ''}"
            for cell, count in zip(CELLS, view.counts, strict=True)
        ]
        self.setAccessibleDescription("; ".join(told))

    def place(self, cell: str) -> QRectF:
        """Where a cell lies."""
        first, second = CELLS[cell]
        px = self._theme.px
        wide = (self.width() - px(SIDE)) / 2
        high = (self.height() - px(HEADING)) / 2
        left = px(SIDE) + (0 if second else wide)
        top = px(HEADING) + (0 if first else high)
        return QRectF(left, top, wide, high).adjusted(3, 3, -3, -3)

    def paintEvent(self, event: QPaintEvent) -> None:
        view, px = self.view, self._theme.px
        if view is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for right in (True, False):
                column = self.place("both" if right else "only-first")
                head = QRectF(column.x(), 0, column.width(), px(HEADING))
                self._draw_head(painter, head, view.second, right)
                row = self.place("both" if right else "only-second")
                side = QRectF(0, row.center().y() - px(29), px(SIDE) - px(6), px(58))
                self._draw_head(painter, side, view.first, right)
            for cell, count in zip(CELLS, view.counts, strict=True):
                self._draw_cell(painter, cell, count)

    def _draw_head(self, painter: QPainter, place: QRectF, name: str, right: bool) -> None:
        theme = self._theme
        painter.setPen(theme.colour("text"))
        upper = QRectF(place.x(), place.y(), place.width(), place.height() / 2)
        draw_fitted(painter, upper, CENTRE, name, theme, TEXT, bold=True)
        lower = upper.translated(0, upper.height())
        mark = QRectF(lower.center().x() - theme.px(44), lower.y(), theme.px(24), lower.height())
        draw_mark(
            painter, mark, theme.colour("right" if right else "wrong"), theme.scale * 0.9, right
        )
        painter.setPen(theme.colour("text"))
        words = QRectF(mark.right(), lower.y(), theme.px(66), lower.height())
        draw_fitted(
            painter,
            words,
            Qt.AlignmentFlag.AlignVCenter,
            "right" if right else "wrong",
            theme,
        )

    def _draw_cell(self, painter: QPainter, cell: str, count: int) -> None:
        view, theme, px = self.view, self._theme, self._theme.px
        assert view is not None
        place, chosen = self.place(cell), cell == view.chosen
        fill = theme.colour("raised")
        if cell in COLOURS:
            fill = _mixed(fill, theme.colour(COLOURS[cell]), 0.3)
        painter.setBrush(fill)
        ink = theme.colour("focus" if chosen and self.shows_cursor else "text")
        painter.setPen(QPen(ink, px(4)) if chosen else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(place, px(7), px(7))
        painter.setPen(theme.colour("text"))
        size = min(float(COUNT), place.height() / theme.scale * 0.45)
        upper = QRectF(place.x(), place.y(), place.width(), place.height() * 0.52)
        draw_fitted(painter, upper, CENTRE, f"{count:,}", theme, size, bold=True)
        lower = QRectF(place.x() + 4, upper.bottom() - px(4), place.width() - 8, 0)
        lower.setBottom(place.bottom() - px(4))
        lines = [view.in_words(cell)]
        if not fits(lines[0], lower.width(), theme) and lower.height() >= px(42):
            lines = _halves(lines[0])
        for number, line in enumerate(lines):
            row = QRectF(lower.x(), lower.y(), lower.width(), lower.height() / len(lines))
            row.translate(0, number * row.height())
            draw_fitted(painter, row, CENTRE, line, theme)

    # ---- pointer and keys ------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for cell in CELLS:
            if self.place(cell).contains(event.position()):
                self.chosen.emit(cell)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        if self.view is None or event.key() not in (
            keys.Key_Up,
            keys.Key_Down,
            keys.Key_Left,
            keys.Key_Right,
        ):
            super().keyPressEvent(event)
            return
        first, second = CELLS[self.view.chosen or "both"]
        if event.key() in (keys.Key_Up, keys.Key_Down):
            first = event.key() == keys.Key_Up
        else:
            second = event.key() == keys.Key_Left
        self.chosen.emit(next(cell for cell, each in CELLS.items() if each == (first, second)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(SIDE + 300), self._theme.px(HEADING + 200))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


def _halves(words: str) -> list[str]:
    """Two lines as equally long as can be."""
    ways = [(words[:at], words[at + 1 :]) for at, each in enumerate(words) if each == " "]
    return list(min(ways, key=lambda way: max(map(len, way)), default=(words,)))


def _mixed(one: QColor, other: QColor, amount: float) -> QColor:
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * amount,
        one.greenF() + (other.greenF() - one.greenF()) * amount,
        one.blueF() + (other.blueF() - one.blueF()) * amount,
    )
