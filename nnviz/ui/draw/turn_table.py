"""Where many morphs turn, design by design: a histogram each, and how often else what happens."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from nnviz.questions.morphs import STEPS
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.theme import TEXT, Theme

NAMES, NUMBER, HEADER, AXIS = 164, 84, 58, 30
"""Sizes on the design grid: names, each column of numbers, the lines above and below."""
ROW = 34
"""Least height of a row on the design grid."""
LEAST = 110
"""Least width of a histogram on the design grid."""
BINS = 25
COLUMNS = (
    ("reads", "right"),
    ("turns at", "median"),
    ("third", "answer"),
    ("unsure", "half-way"),
)
"""Headings of the numbers."""
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, eq=False)
class TurnRow:
    """One design."""

    id: str
    name: str
    places: NDArray[np.float64]
    """(pairs,): where those turn that it reads right at both ends, in steps"""
    quartiles: tuple[float, float, float] | None
    """None where no pair counts."""
    numbers: tuple[str, ...]
    """One for each of COLUMNS."""
    shown: bool
    """Whether it is what the baseline is compared with."""
    baseline: bool


class TurnTable(KeyCursor):
    """Rows with a histogram over the way; the quartiles are a box, the median a line."""

    chosen = Signal(str)
    """Id of the row that was clicked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("turn-table")
        self.setAccessibleName("Where many morphs turn, design by design")
        self.setToolTip(
            "Each row is a design: how many pairs turn where on the way; the box holds the middle "
            "half of them. Reads right: pairs of which it reads both ends right; the other "
            "numbers of the line are about these. Third answer: share of them with a digit on "
            "the way that is neither of the two. Unsure: share in which no output reaches 0.5 "
            "half-way. Click a row, or press up and down, to compare it with the baseline."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.rows: tuple[TurnRow, ...] = ()
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_rows(self, rows: Sequence[TurnRow]) -> None:
        self.rows = tuple(rows)
        self.updateGeometry()
        self.update()

    # ---- geometry --------------------------------------------------------------------

    def line(self, row: int) -> QRectF:
        """The place of a row."""
        px = self._theme.px
        height = (self.height() - px(HEADER) - px(AXIS)) / max(1, len(self.rows))
        return QRectF(0, px(HEADER) + row * height, self.width(), height - px(4))

    def track(self, row: int) -> QRectF:
        """The place of its histogram."""
        px, line = self._theme.px, self.line(row)
        width = line.width() - px(NAMES + len(COLUMNS) * NUMBER)
        return QRectF(px(NAMES), line.y(), width, line.height())

    def number(self, column: int, line: QRectF) -> QRectF:
        """The place of a number in a line."""
        px = self._theme.px
        left = self.width() - px((len(COLUMNS) - column) * NUMBER)
        return QRectF(left, line.y(), px(NUMBER), line.height())

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        most = max((_counts(row).max() for row in self.rows), default=1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.colour("muted"))
            for column, words in enumerate(COLUMNS):
                for below, word in enumerate(words):
                    line = QRectF(0, px(2 + 26 * below), self.width(), px(26))
                    draw_fitted(painter, self.number(column, line), CENTRE, word, theme)
            for number, row in enumerate(self.rows):
                self._draw_row(painter, number, row, int(most))
            if self.rows:
                self._draw_axis(painter)
            if self.shows_cursor:
                painter.setPen(QPen(theme.colour("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _draw_row(self, painter: QPainter, number: int, row: TurnRow, most: int) -> None:
        theme, px, line, track = self._theme, self._theme.px, self.line(number), self.track(number)
        if row.shown:
            painter.fillRect(line, theme.colour("raised"))
            painter.fillRect(
                QRectF(line.x(), line.y(), px(5), line.height()), theme.colour("focus")
            )
        painter.setPen(theme.colour("text" if row.shown or row.baseline else "muted"))
        name = QRectF(px(12), line.y(), px(NAMES - 20), line.height())
        draw_fitted(painter, name, LEFT, row.name, theme, TEXT + 2, bold=True)
        painter.fillRect(track, theme.colour("background"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("focus" if row.shown else "muted"))
        if row.baseline:
            painter.setBrush(theme.colour("text"))
        wide = track.width() / BINS
        for part, count in enumerate(_counts(row).tolist()):
            high = count / most * (track.height() - px(2))
            bar = QRectF(track.x() + part * wide, track.bottom() - high, wide - 1, high)
            painter.drawRect(bar)
        if row.quartiles is not None:
            self._draw_quartiles(painter, track, row.quartiles)
        painter.setPen(theme.colour("text"))
        for column, words in enumerate(row.numbers):
            place = self.number(column, line)
            draw_fitted(painter, place, CENTRE, words, theme, TEXT + 4, bold=row.shown)

    def _draw_quartiles(
        self, painter: QPainter, track: QRectF, quartiles: tuple[float, float, float]
    ) -> None:
        theme, px = self._theme, self._theme.px
        low, middle, high = (track.x() + q / (STEPS - 1) * track.width() for q in quartiles)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("right"), px(2)))
        painter.drawRect(QRectF(low, track.y() + px(3), high - low, track.height() - px(6)))
        for colour, width in (("background", 8), ("right", 4)):
            painter.setPen(QPen(theme.colour(colour), px(width)))
            painter.drawLine(QPointF(middle, track.y()), QPointF(middle, track.bottom()))

    def _draw_axis(self, painter: QPainter) -> None:
        theme, px, track = self._theme, self._theme.px, self.track(0)
        painter.setPen(theme.colour("muted"))
        for step in (0, 25, 50, 75, 100):
            x = track.x() + step / (STEPS - 1) * track.width()
            place = QRectF(x - px(40), self.height() - px(AXIS), px(80), px(AXIS))
            draw_fitted(painter, place, CENTRE, f"{step} %", theme)

    # ---- keys and mouse --------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is None or not self.rows:
            super().keyPressEvent(event)
            return
        here = next((n for n, row in enumerate(self.rows) if row.shown), -by)
        self.chosen.emit(self.rows[min(len(self.rows) - 1, max(0, here + by))].id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, row in enumerate(self.rows):
            if self.line(number).contains(event.position()):
                self.chosen.emit(row.id)

    def minimumSizeHint(self) -> QSize:
        px = self._theme.px
        rows = max(1, len(self.rows)) * ROW
        return QSize(px(NAMES + len(COLUMNS) * NUMBER + LEAST), px(HEADER + AXIS + rows))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


def _counts(row: TurnRow) -> NDArray[np.intp]:
    """(BINS,): how many pairs turn in each part of the way."""
    found: NDArray[np.intp] = np.histogram(row.places, BINS, (0, STEPS - 1))[0]
    return found
