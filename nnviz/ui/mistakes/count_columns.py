"""How many digits 0, 1, 2, ... designs miss, as columns; one of them can be chosen."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.tooltips import wrapped

TITLE, NUMBER = 28, 28
CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class ColumnsView:
    """How many digits each number of designs misses, from 0 on, and which is listed."""

    title: str
    counts: tuple[int, ...]
    chosen: int | None = None


class CountColumns(KeyCursor):
    """The column of 0 is not to scale, or it would leave nothing of the others."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("miss-columns")
        self.setAccessibleName("How many designs miss a digit")
        self.setToolTip(
            wrapped(
                "Above each number of designs, how many test digits exactly so many of them miss. "
                "The hatched column of 0 is not to scale. Click a column, or use the left and "
                "right keys, to list its digits."
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.view = ColumnsView("", ())
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_view(self, view: ColumnsView) -> None:
        """Draws this from now on."""
        if view == self.view:
            return
        self.view = view
        told = [f"{count:,} digits missed by {n}" for n, count in enumerate(view.counts)]
        here = f"; listed: missed by {view.chosen}" if view.chosen is not None else ""
        self.setAccessibleDescription(f"{view.title}: {', '.join(told)}{here}")
        self.update()

    def place(self, number: int) -> QRectF:
        """Where a column with its numbers lies."""
        wide = self.width() / max(1, len(self.view.counts))
        top = self._theme.px(TITLE)
        return QRectF(number * wide, top, wide, self.height() - top).adjusted(2, 0, -2, -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme, px = self.view, self._theme, self._theme.px
        most = max(view.counts[1:], default=0) or 1
        with QPainter(self) as painter:
            painter.setPen(theme.colour("muted"))
            title = QRectF(2, 0, self.width() - 4, px(TITLE))
            draw_fitted(painter, title, Qt.AlignmentFlag.AlignVCenter, view.title, theme)
            for number, count in enumerate(view.counts):
                place, chosen = self.place(number), number == view.chosen
                line = px(NUMBER)
                below = QRectF(place.x(), place.bottom() - line, place.width(), line)
                room = place.height() - 2 * line
                share = 1.0 if number == 0 else count / most
                high = max(2.0, room * share) if count else 0.0
                bar = QRectF(place.x() + 3, below.y() - high, place.width() - 6, high)
                ink = theme.colour("text" if number else "muted")
                if number:
                    painter.fillRect(bar, ink)
                else:
                    painter.fillRect(bar, QBrush(ink, Qt.BrushStyle.BDiagPattern))
                painter.setPen(theme.colour("text"))
                above = QRectF(place.x() - 2, bar.y() - line, place.width() + 4, line)
                draw_fitted(painter, above, CENTRE, f"{count:,}", theme, TEXT, bold=chosen)
                draw_fitted(painter, below, CENTRE, str(number), theme, TEXT + 2, bold=True)
                if chosen:
                    frame = theme.colour("focus" if self.shows_cursor else "text")
                    painter.setPen(QPen(frame, px(3)))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), px(5), px(5))

    # ---- pointer and keys ------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number in range(len(self.view.counts)):
            if self.place(number).contains(event.position()):
                self.chosen.emit(number)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        by = {keys.Key_Left: -1, keys.Key_Right: 1}.get(keys(event.key()))
        if by is None or not self.view.counts:
            super().keyPressEvent(event)
            return
        last = len(self.view.counts) - 1
        here = self.view.chosen if self.view.chosen is not None else (0 if by > 0 else last + 1)
        self.chosen.emit(min(last, max(0, here + by)))

    def minimumSizeHint(self) -> QSize:
        count = max(1, len(self.view.counts))
        return QSize(self._theme.px(40 * count), self._theme.px(TITLE + 2 * NUMBER + 50))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
