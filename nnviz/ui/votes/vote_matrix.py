"""Who beats whom: a matrix of probabilities, filled where the row's class wins.

The cells are one small image and the numbers are texts laid out once: nine times cheaper than
a text item of the plot library for each cell.
"""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.tooltips import wrapped
from nnviz.ui.votes.matrix_layout import Doubles, Indices, MatrixLayout, MatrixView, lay_out
from nnviz.ui.votes.matrix_names import draw_names
from nnviz.ui.votes.percents import numeral_size, percent_texts, win_colours

SMALLEST = (430, 300)


class VoteMatrix(QWidget):
    """Draws a MatrixView; tells which cell was chosen."""

    chosen = Signal(int, int)
    row_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("vote-matrix")
        self.setAccessibleName("Votes: each row's class against each column's")
        self.setToolTip(
            wrapped(
                "Percent for the row's class against the column's; filled: the row wins. Click a "
                "cell, or use the arrow keys, to see what decides between the two; the name of a "
                "row for its class."
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._view: MatrixView | None = None
        self._layout: MatrixLayout | None = None
        self._still: QPixmap | None = None
        self._percents = np.zeros((0, 0), np.intp)
        self._wins = np.zeros((0, 0))  # who wins by the numbers that can be read
        self._colours = np.zeros((0, 0), np.uint32)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._layout = self._still = None
        self.updateGeometry()
        self.update()

    def show_view(self, view: MatrixView) -> None:
        """Draws this from now on."""
        if self._view is None or view.names != self._view.names:
            self._layout = None
        if self._view is None or _still_parts(view) != _still_parts(self._view):
            self._still = None
        self._view = view
        self._percents = np.rint(100 * view.beats).astype(np.intp)
        self._wins = np.sign(view.beats - 0.5)
        self.update()

    def follow(self, beats: Doubles) -> None:
        """The shades of the cells follow new probabilities (classes, classes); the numbers, and who
        wins by them, stay as they were."""
        if self._view is not None and beats.shape == self._view.beats.shape:
            self._view = replace(self._view, beats=beats)
            self.update()

    @property
    def view(self) -> MatrixView | None:
        return self._view

    @property
    def layout_now(self) -> MatrixLayout:
        """Where everything lies at the present size."""
        assert self._view is not None
        if self._layout is None:
            self._layout = lay_out(self.width(), self.height(), self._theme, self._view.names)
        return self._layout

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        if view is None:
            return
        layout = self.layout_now
        with QPainter(self) as painter:
            self._draw_still(painter, layout, view)
            self._draw_cells(painter, layout, view)
            self._draw_numbers(painter, layout, view)
            self._draw_frames(painter, layout, view)

    def _draw_still(self, painter: QPainter, layout: MatrixLayout, view: MatrixView) -> None:
        """Caption, names and marks: words cost more than everything else."""
        ratio = self.devicePixelRatioF()
        if self._still is None:
            self._still = QPixmap(self.size() * ratio)
            self._still.setDevicePixelRatio(ratio)
            self._still.fill(Qt.GlobalColor.transparent)
            with QPainter(self._still) as still:
                draw_names(still, layout, self._theme, view)
        cells = layout.cells
        above = QRectF(0, 0, self.width(), cells.y())
        beside = QRectF(0, cells.y(), cells.x(), self.height() - cells.y())
        for place in (above, beside):
            source = QRectF(place.topLeft() * ratio, place.size() * ratio)
            painter.drawPixmap(place, self._still, source)

    def _draw_cells(self, painter: QPainter, layout: MatrixLayout, view: MatrixView) -> None:
        theme, classes = self._theme, len(view.names)
        wins = view.shown & (self._wins > 0)
        fills, _ = win_colours(theme.name)
        place = self._shades(view) * wins
        colours = fills[place]
        self._colours = colours  # the image is made over this memory
        image = QImage(colours.data, classes, classes, 4 * classes, QImage.Format.Format_RGB32)
        painter.drawImage(layout.cells, image)
        gap = theme.px(3)
        painter.setPen(QPen(theme.colour("background"), gap))
        painter.drawLines(layout.gaps)
        loses = view.shown & (self._wins < 0)
        even = view.shown & (self._wins == 0)
        np.fill_diagonal(loses, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        silent = ~view.shown
        np.fill_diagonal(silent, False)
        outlines = ((silent, "track", 1), (loses, "negative", 2), (even, "muted", 2))
        for chosen, colour, width in outlines:
            places = [layout.outlines[each] for each in np.flatnonzero(chosen).tolist()]
            if places:
                painter.setPen(QPen(theme.colour(colour), theme.px(width)))
                painter.drawRects(places)

    def _shades(self, view: MatrixView) -> Indices:
        """(classes, classes): percent of the winning side, so that a shade never contradicts
        its number."""
        shades: Indices = np.rint(100 * np.maximum(view.beats, 0.5)).astype(np.intp)
        return shades

    def _draw_numbers(self, painter: QPainter, layout: MatrixLayout, view: MatrixView) -> None:
        theme = self._theme
        size = numeral_size(theme, layout.cells.width() / len(view.names))
        font = theme.font(size, bold=True)
        painter.setFont(font)
        texts = percent_texts(theme.px(size))
        _, dark = win_colours(theme.name)
        percents = self._percents.ravel().tolist()
        inks = np.where(self._wins > 0, 1 + dark[self._shades(view)], 0)
        np.fill_diagonal(inks, -1)
        inks[~view.shown] = -1
        for ink, colour in enumerate(("muted", "text", "on_accent")):
            painter.setPen(theme.colour(colour))
            for each in np.flatnonzero(inks == ink).tolist():
                text, half = texts[percents[each]]
                painter.drawStaticText(layout.centres[each] - half, text)
        turns = np.argwhere(view.turns > 0).tolist()
        if turns:
            painter.setFont(theme.font(20))
            painter.setPen(theme.colour("muted"))
            for row, column in turns:
                words = f"{view.turns[row, column]}."
                painter.drawText(layout.cell(column, row), Qt.AlignmentFlag.AlignCenter, words)

    def _draw_frames(self, painter: QPainter, layout: MatrixLayout, view: MatrixView) -> None:
        theme = self._theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if view.now is not None:
            painter.setPen(QPen(theme.colour("text"), theme.px(2), Qt.PenStyle.DotLine))
            painter.drawRect(layout.column(view.now))
        for row, style, width in (
            (view.second, Qt.PenStyle.DashLine, 2),
            (view.first, Qt.PenStyle.SolidLine, 3),
        ):
            if row is not None:
                painter.setPen(QPen(theme.colour("text"), theme.px(width), style))
                painter.drawRect(layout.row(row))
        row, column = view.selected
        painter.setPen(QPen(theme.colour("focus"), theme.px(4 if self.hasFocus() else 3)))
        chosen = layout.cell(row, column)
        painter.drawRect(chosen)
        painter.setPen(QPen(theme.colour("background"), 1))  # tells the frame from the cell
        inset = theme.px(3)
        painter.drawRect(chosen.adjusted(inset, inset, -inset, -inset))

    # ---- pointer and keys ------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._view is not None and event.button() == Qt.MouseButton.LeftButton:
            found = self.layout_now.cell_at(event.position())
            if found is not None and found[0] != found[1]:
                self.chosen.emit(*found)
            for row in range(len(self._view.names)):
                if self.layout_now.row_name(row).contains(event.position()):
                    self.row_chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        moves = {
            keys.Key_Left: (0, -1),
            keys.Key_Right: (0, 1),
            keys.Key_Up: (-1, 0),
            keys.Key_Down: (1, 0),
        }
        view, key = self._view, event.key()
        if view is None or key not in moves:
            super().keyPressEvent(event)
            return
        down, along = moves[keys(key)]
        row, column = view.selected[0] + down, view.selected[1] + along
        if row == column:  # over the empty diagonal
            row, column = row + down, column + along
        classes = range(len(view.names))
        if row in classes and column in classes:
            self.chosen.emit(row, column)

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def resizeEvent(self, event: object) -> None:
        self._layout = self._still = None

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(SMALLEST[0]), self._theme.px(SMALLEST[1]))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(560), self._theme.px(390))


def _still_parts(view: MatrixView) -> tuple[object, ...]:
    """What the words depend on."""
    return view.names, view.now, view.first, view.second, view.marks, view.caption
