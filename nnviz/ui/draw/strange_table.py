"""How every reader takes every kind of strange images: readers as rows, kinds as columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy

from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.theme import TEXT, Theme

NAMES, ANSWERS, EXAMPLE, HEADER = 164, 132, 36, 62
"""Sizes on the design grid: the columns of names and answers, an example, the header."""
ROW, COLUMN = 25, 42
"""Least sizes of a cell on the design grid."""
NUMERAL = 28
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class StrangeColumn:
    """One kind of images."""

    id: str
    words: str
    example: QImage


@dataclass(frozen=True)
class StrangeCell:
    """One number."""

    words: str
    amount: float
    """0..1: how much of the colour it has."""
    good: bool
    """Whether a large number is as it should be."""


@dataclass(frozen=True)
class StrangeRow:
    """One reader."""

    id: str
    name: str
    answer: str
    """What it says of the specimen on screen; empty for no digit."""
    support: str
    sure: bool
    cells: tuple[StrangeCell | None, ...]
    """One for each column; None until it is known."""
    shown: bool
    """Whether it is the design on screen."""
    apart: bool
    """Whether a line sets it apart from the rows above."""


class StrangeTable(KeyCursor):
    """A number in each cell; a cell can be chosen by mouse and keys."""

    chosen = Signal(int, int)
    """Row and column; row -1 for a heading, column -1 for a name."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("strange-table")
        self.setAccessibleName("How each reader takes each kind of images")
        self.setToolTip(
            "Rows are designs, and two networks that were taught too little; columns are kinds of "
            "images. Click a heading for images of the kind, a cell for those that fooled the "
            "reader. The second column is about the image on screen: the answer, and the "
            "strongest output."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.rows: tuple[StrangeRow, ...] = ()
        self.columns: tuple[StrangeColumn, ...] = ()
        self.selected: tuple[int, int] = (-1, 0)
        """Row (-1: none) and column that are listed."""
        self._cursor = (-1, 0)
        self._still = QPixmap()
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._redraw()
        self.updateGeometry()

    def show_table(
        self,
        columns: Sequence[StrangeColumn],
        rows: Sequence[StrangeRow],
        selected: tuple[int, int],
    ) -> None:
        """All that is shown; `selected` is a row (-1: none) and a column."""
        now = (tuple(columns), tuple(rows), selected)
        if now == (self.columns, self.rows, self.selected):
            return
        if selected != self.selected:
            self._cursor = selected
        self.columns, self.rows, self.selected = now
        self.updateGeometry()
        self._redraw()

    # ---- geometry --------------------------------------------------------------------

    def line(self, row: int) -> QRectF:
        """The place of a row; -1 is the header."""
        px = self._theme.px
        if row < 0:
            return QRectF(0, 0, self.width(), px(HEADER))
        height = (self.height() - px(HEADER)) / max(1, len(self.rows))
        return QRectF(0, px(HEADER) + row * height, self.width(), height - px(2))

    def cell(self, row: int, column: int) -> QRectF:
        """The place of a cell."""
        px, line = self._theme.px, self.line(row)
        left = px(NAMES + ANSWERS)
        width = (self.width() - left) / max(1, len(self.columns))
        gap = px(2)
        place = QRectF(left + column * width, line.y(), width, line.height())
        return place.adjusted(gap, 0, -gap, 0)

    def _at(self, point: QPointF) -> tuple[int, int] | None:
        row = next((r for r in range(-1, len(self.rows)) if self.line(r).contains(point)), None)
        if row is None or not self.columns:
            return None
        left = self._theme.px(NAMES + ANSWERS)
        if point.x() < left:
            return row, -1
        width = (self.width() - left) / len(self.columns)
        return row, min(len(self.columns) - 1, int((point.x() - left) / width))

    # ---- painting --------------------------------------------------------------------

    def _redraw(self) -> None:
        self._still = QPixmap()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatio()
        if self._still.size() != self.size() * ratio:
            self._still = QPixmap(self.size() * ratio)
            self._still.setDevicePixelRatio(ratio)
            self._still.fill(self._theme.colour("panel"))
            with QPainter(self._still) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._draw_header(painter)
                for row in range(len(self.rows)):
                    self._draw_row(painter, row)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._still)
            if self.shows_cursor and self.columns:
                self._ring(painter, self.cell(*self._cursor), Qt.PenStyle.DashLine)

    def _draw_header(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        painter.setPen(theme.colour("muted"))
        place = QRectF(px(NAMES), px(EXAMPLE), px(ANSWERS - 8), px(HEADER - EXAMPLE))
        draw_fitted(painter, place, CENTRE, "answer, output", theme)
        place = QRectF(px(NAMES), 0, px(ANSWERS - 8), px(EXAMPLE))
        draw_fitted(painter, place, CENTRE, "this image:", theme)
        for number, column in enumerate(self.columns):
            cell, chosen = self.cell(-1, number), number == self.selected[1]
            side = px(EXAMPLE - 2)
            example = QRectF(cell.center().x() - side / 2, 0, side, side)
            painter.drawImage(example, column.example)
            painter.setPen(QPen(theme.colour("focus" if chosen else "line"), px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(example.adjusted(1, 1, -1, -1))
            painter.setPen(theme.colour("text" if chosen else "muted"))
            words = QRectF(cell.x(), px(EXAMPLE), cell.width(), px(HEADER - EXAMPLE))
            draw_fitted(painter, words, CENTRE, column.words, theme, TEXT, bold=chosen)

    def _draw_row(self, painter: QPainter, number: int) -> None:
        theme, px, row, line = self._theme, self._theme.px, self.rows[number], self.line(number)
        if row.apart:
            painter.setPen(QPen(theme.colour("muted"), px(2)))
            painter.drawLine(QPointF(0, line.y() - px(1)), QPointF(line.right(), line.y() - px(1)))
        if row.shown:
            painter.fillRect(QRectF(0, line.y(), px(5), line.height()), theme.colour("focus"))
        painter.setPen(theme.colour("text" if row.shown or row.apart else "muted"))
        name = QRectF(px(12), line.y(), px(NAMES - 20), line.height())
        draw_fitted(painter, name, LEFT, row.name, theme, TEXT + 2, bold=True)
        chip = QRectF(px(NAMES), line.y() + px(1), px(46), line.height() - px(2))
        painter.setPen(QPen(theme.colour("wrong" if row.sure else "line"), px(2)))
        painter.setBrush(theme.colour("background"))
        painter.drawRoundedRect(chip, px(5), px(5))
        painter.setPen(theme.colour("text" if row.answer else "muted"))
        draw_fitted(painter, chip, CENTRE, row.answer or "–", theme, NUMERAL - 4, bold=True)
        support = QRectF(chip.right(), line.y(), px(ANSWERS - 60), line.height())
        draw_fitted(painter, support, RIGHT, row.support, theme, TEXT + 2)
        for column, cell in enumerate(row.cells):
            self._draw_cell(painter, self.cell(number, column), cell)
        if number == self.selected[0]:
            self._ring(painter, self.cell(*self.selected), Qt.PenStyle.SolidLine)

    def _draw_cell(self, painter: QPainter, place: QRectF, cell: StrangeCell | None) -> None:
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        fill = theme.colour("background")
        if cell is not None:
            towards = theme.colour("right" if cell.good else "wrong")
            fill = _mixed(fill, towards, 0.75 * min(1.0, max(0.0, cell.amount)))
        painter.setBrush(fill)
        painter.drawRoundedRect(place, theme.px(4), theme.px(4))
        if cell is None:
            painter.setPen(theme.colour("muted"))
            draw_fitted(painter, place, CENTRE, "…", theme, NUMERAL)
            return
        painter.setPen(QColor("#101317" if fill.lightnessF() > 0.5 else "#FFFFFF"))
        size = NUMERAL if cell.words.isdigit() else NUMERAL - 6  # letters reach below the line
        draw_fitted(painter, place, CENTRE, cell.words, theme, size, bold=True)

    def _ring(self, painter: QPainter, place: QRectF, style: Qt.PenStyle) -> None:
        painter.setPen(QPen(self._theme.colour("focus"), self._theme.px(3), style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()

    # ---- keys and mouse --------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        key, (row, column) = keys(event.key()), self._cursor
        by = {
            keys.Key_Left: (0, -1),
            keys.Key_Right: (0, 1),
            keys.Key_Up: (-1, 0),
            keys.Key_Down: (1, 0),
        }.get(key)
        if by is not None and self.columns:
            row = min(len(self.rows) - 1, max(-1, row + by[0]))
            self._cursor = row, min(len(self.columns) - 1, max(0, column + by[1]))
            self.update()
        elif key in (keys.Key_Return, keys.Key_Enter) and self.columns:
            self.chosen.emit(row, column)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.chosen.emit(*found)

    def minimumSizeHint(self) -> QSize:
        px = self._theme.px
        columns, rows = max(1, len(self.columns)), max(1, len(self.rows))
        return QSize(px(NAMES + ANSWERS + columns * COLUMN), px(HEADER + rows * ROW))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


def _mixed(low: QColor, high: QColor, amount: float) -> QColor:
    parts = zip(low.getRgb()[:3], high.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a + (b - a) * amount) for a, b in parts))
