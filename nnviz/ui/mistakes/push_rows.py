"""What adds up to a lead: weight images with signed bars, and the rest down to the total."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from nnviz.data.digits import Shape
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.tooltips import wrapped
from nnviz.ui.kit.weight_images import Floats, WeightImages

TITLE, TALLEST, PLAIN, TOTAL = 28, 62, 30, 36
NAME, WORDS = 122, 76
FEWEST = 3
"""Neurons that are shown however little room there is."""
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class PushRow:
    """One term of the sum."""

    name: str
    amount: float
    words: str
    chosen: bool = False
    """Whether its neuron is the one selected."""


@dataclass(frozen=True, eq=False)
class PushView:
    """The terms: first those of neurons with weight images, then others, then the total."""

    title: str
    neurons: tuple[PushRow, ...]
    others: tuple[PushRow, ...]
    total: PushRow
    whole: float
    """The amount that fills half of the width."""
    weights: Floats
    """(neurons, inputs)"""
    limit: float
    """End of the colour scale of the weights."""


class PushRows(KeyCursor):
    """Draws a PushView; tells which neuron was chosen."""

    chosen = Signal(int)
    """Place of a neuron in the list."""
    opened = Signal(int)
    """The same, by a double click or Enter."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("push-rows")
        self.setAccessibleName("What makes the difference")
        self.setToolTip(
            wrapped(
                "What each hidden neuron adds to the difference of the two classes: weight x "
                "activity, orange for the first, blue for the second. With the neurons not shown "
                "and the bias it adds up to the total. Click to select a neuron on every page; "
                "double-click or Enter opens it on Detectors."
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.view: PushView | None = None
        self._images = WeightImages()
        self._cursor = 0
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_view(self, view: PushView, inked: NDArray[np.bool_], shape: Shape) -> None:
        """Draws this from now on."""
        self.view = view
        self._cursor = min(self._cursor, max(0, len(view.neurons) - 1))
        self._images.colour(view.weights, inked, view.limit, self._theme.weight_colours, shape)
        rows = ", ".join(f"{row.name} {row.words}" for row in (*view.neurons, *view.others))
        total = f"{view.total.name} {view.total.words}"
        self.setAccessibleDescription(f"{view.title}: {rows}; {total}")
        self.update()

    def follow(
        self,
        amounts: tuple[float, ...],
        weights: Floats,
        inked: NDArray[np.bool_],
        shape: Shape,
    ) -> None:
        """Moves bars and weight images of the neurons shown; words stay until they are due."""
        if self.view is None or len(amounts) != len(self.view.neurons):
            return
        moved = zip(self.view.neurons, amounts, strict=True)
        neurons = tuple(replace(row, amount=amount) for row, amount in moved)
        self.view = replace(self.view, neurons=neurons)
        self._images.colour(weights, inked, self.view.limit, self._theme.weight_colours, shape)
        self.update()

    # ---- painting --------------------------------------------------------------------

    def places(self) -> list[QRectF]:
        """Where the rows lie, the total last."""
        view, px = self.view, self._theme.px
        if view is None:
            return []
        below = len(view.others) * px(PLAIN) + px(TOTAL)
        room = (self.height() - px(TITLE) - below) / max(1, len(view.neurons))
        tall = max(float(px(PLAIN)), min(room, px(TALLEST)))
        heights = [tall] * len(view.neurons) + [px(PLAIN)] * len(view.others) + [px(TOTAL)]
        tops = px(TITLE) + np.concatenate([[0], np.cumsum(heights)[:-1]])
        return [
            QRectF(0, top, self.width(), height)
            for top, height in zip(tops.tolist(), heights, strict=True)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self.view, self._theme
        if view is None:
            return
        places = self.places()
        rows = (*view.neurons, *view.others, view.total)
        with QPainter(self) as painter:
            painter.setPen(theme.colour("muted"))
            title = QRectF(0, 0, self.width(), theme.px(TITLE))
            draw_fitted(painter, title, LEFT, view.title, theme)
            for number, (row, place) in enumerate(zip(rows, places, strict=True)):
                tile = number if number < len(view.neurons) else None
                self._draw_row(painter, place, row, tile, number == len(rows) - 1)
            if self.shows_cursor and view.neurons:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("focus"), theme.px(2)))
                painter.drawRect(places[self._cursor].adjusted(1, 1, -1, -1))

    def _draw_row(
        self, painter: QPainter, place: QRectF, row: PushRow, tile: int | None, total: bool
    ) -> None:
        theme, px = self._theme, self._theme.px
        if total:
            painter.setPen(QPen(theme.colour("text"), px(2)))
            painter.drawLine(QLineF(place.x(), place.y() + 1, place.right(), place.y() + 1))
        side = px(TALLEST) - px(6)
        left = place.x()
        if tile is not None:
            side = min(side, int(place.height()) - px(4))
            square = QRectF(place.x() + 2, place.center().y() - side / 2, side, side)
            self._images.draw(painter, tile, square)
            painter.setPen(
                QPen(theme.colour("text" if row.chosen else "line"), 3 if row.chosen else 1)
            )
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(square)
            left = square.right() + px(8)
        size = TEXT + 6 if total else TEXT
        name = QRectF(left, place.y(), px(NAME) + (0 if tile is not None else px(40)), 0)
        name.setHeight(place.height())
        painter.setPen(theme.colour("text"))
        draw_fitted(painter, name, LEFT, row.name, theme, size, bold=total)
        words = QRectF(place.right() - px(WORDS + 4), place.y(), px(WORDS), place.height())
        draw_fitted(painter, words, RIGHT, row.words, theme, size, bold=total)
        start = place.x() + px(TALLEST + NAME + 8)
        track = QRectF(start, place.y(), max(8.0, words.x() - px(6) - start), place.height())
        self._draw_bar(painter, track, row.amount)

    def _draw_bar(self, painter: QPainter, track: QRectF, amount: float) -> None:
        theme, view = self._theme, self.view
        assert view is not None
        high = min(track.height() * 0.6, float(theme.px(24)))
        bar = QRectF(track.x(), track.center().y() - high / 2, track.width(), high)
        painter.fillRect(bar, theme.colour("track"))
        zero = bar.center().x()
        length = bar.width() / 2 * min(1.0, abs(amount) / (view.whole or 1.0))
        filled = QRectF(zero if amount > 0 else zero - length, bar.y(), length, high)
        painter.fillRect(filled, theme.colour("positive" if amount > 0 else "negative"))
        painter.setPen(QPen(theme.colour("text"), theme.px(2)))
        painter.drawLine(QLineF(zero, track.y(), zero, track.bottom()))

    # ---- pointer and keys ------------------------------------------------------------

    def _at(self, y: float) -> int | None:
        count = 0 if self.view is None else len(self.view.neurons)
        for number, place in enumerate(self.places()[:count]):
            if place.top() <= y < place.bottom():
                return number
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().y())
        if number is not None:
            self._cursor = number
            self.chosen.emit(number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().y())
        if number is not None:
            self.opened.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        by = {keys.Key_Up: -1, keys.Key_Down: 1}.get(keys(event.key()))
        count = 0 if self.view is None else len(self.view.neurons)
        if by is not None and count:
            self._cursor = min(count - 1, max(0, self._cursor + by))
            self.chosen.emit(self._cursor)
            self.update()
        elif event.key() in (keys.Key_Return, keys.Key_Enter) and count:
            self.opened.emit(self._cursor)
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        px, view = self._theme.px, self.view
        # of the neurons it asks room for a few only, or it could never become lower again
        neurons = 0 if view is None else min(FEWEST, len(view.neurons))
        others = 0 if view is None else len(view.others)
        height = TITLE + neurons * 40 + others * PLAIN + TOTAL
        return QSize(px(TALLEST + NAME + WORDS + 60), px(height))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
