"""The best ways to cut a row, one below the other, with what each scores."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.theme import TEXT, Theme

ROW, HEADING, NUMBER, MARK = 44, 30, 82, 26
LARGE = 28


@dataclass(frozen=True)
class WayRow:
    """One line of the list."""

    string: str
    total: str
    shown: bool = False
    mark: bool | None = None
    """Whether it is right, where that is known."""


class WayList(KeyCursor):
    """A click, or the arrow keys, choose the way that is shown."""

    chosen = Signal(int)
    """Place in the list."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("way-list")
        self.setAccessibleName("The best ways to cut the row")
        self.setToolTip(
            "The best ways to cut the row, each another string, with what it scores.\n"
            "Click or press the arrow keys to see one."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.rows: Sequence[WayRow] = ()
        self.others: Sequence[tuple[str, WayRow]] = ()
        self._title = ""
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_rows(
        self, title: str, rows: Sequence[WayRow], others: Sequence[tuple[str, WayRow]] = ()
    ) -> None:
        """The best ways by a score, and below them others to compare, each with a title."""
        if (title, rows, others) != (self._title, self.rows, self.others):
            self._title, self.rows, self.others = title, rows, others
            said = [f"{title}: " + "; ".join(f"{row.string}, {row.total}" for row in rows)]
            said += [f"{heading}: {row.string} {row.total}".rstrip() for heading, row in others]
            self.setAccessibleDescription(". ".join(said) + "." if rows else "No way yet.")
            self.update()

    def place(self, number: int) -> QRectF:
        """Where a line lies; those of the others follow, each below its title."""
        px = self._theme.px
        headings = 1 + max(0, number - len(self.rows) + 1)
        top = px(headings * HEADING + number * ROW)
        return QRectF(2, top, self.width() - 4, px(ROW - 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        px, align = theme.px, Qt.AlignmentFlag
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            lines = [("", row) for row in self.rows]
            if lines:
                lines[0] = (self._title, self.rows[0])
            for number, (title, row) in enumerate([*lines, *self.others]):
                place = self.place(number)
                if place.bottom() > self.height():
                    break
                heading = QRectF(px(8), place.y() - px(HEADING), place.width(), px(HEADING - 2))
                painter.setPen(theme.colour("muted"))
                draw_fitted(painter, heading, align.AlignVCenter, title, theme, TEXT)
                self._draw_row(painter, place, row)

    def _draw_row(self, painter: QPainter, place: QRectF, row: WayRow) -> None:
        theme, px, align = self._theme, self._theme.px, Qt.AlignmentFlag
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("raised" if row.shown else "background"))
        painter.drawRoundedRect(place, px(4), px(4))
        if row.shown:
            painter.fillRect(
                QRectF(place.x(), place.y(), px(5), place.height()), theme.colour("focus")
            )
            if self.shows_cursor:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("focus"), px(2)))
                painter.drawRoundedRect(place, px(4), px(4))
        mark = px(MARK) if row.mark is not None else 0
        number = QRectF(place.right() - px(NUMBER), place.y(), px(NUMBER - 6), place.height())
        string = QRectF(place)
        string.setLeft(place.x() + px(12) + mark)
        string.setRight(number.left())
        if row.mark is not None:
            painter.setPen(theme.colour("right" if row.mark else "wrong"))
            sign = QRectF(place.x() + px(9), place.y(), mark, place.height())
            draw_fitted(
                painter, sign, align.AlignVCenter, "✓" if row.mark else "✗", theme, TEXT, True
            )
        painter.setPen(theme.colour("text"))
        draw_fitted(painter, string, align.AlignVCenter, row.string, theme, LARGE, bold=True)
        right = align.AlignVCenter | align.AlignRight
        draw_fitted(painter, number, right, row.total, theme, TEXT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number in range(len(self.rows)):
            if self.place(number).contains(event.position()):
                self.chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is None or not self.rows:
            super().keyPressEvent(event)
            return
        shown = [place for place, row in enumerate(self.rows) if row.shown]
        here = shown[0] + by if shown else 0
        self.chosen.emit(min(max(here, 0), len(self.rows) - 1))

    def sizeHint(self) -> QSize:
        # a page whose buttons wrap is made as high as the hints of its parts
        return QSize(self._theme.px(290), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(210), self._theme.px(HEADING + 3 * ROW))
