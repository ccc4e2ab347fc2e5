"""What decides between two classes: probability, weights, neurons, the digits they confuse."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.learning.digits import Shape
from nnviz.ui.pictures.contribution_lines import draw_sign
from nnviz.ui.pictures.output_rows import draw_mark
from nnviz.ui.pictures.weight_images import Floats, WeightImages, digit_image, own_limits
from nnviz.ui.pictures.words import draw_fitted
from nnviz.ui.theme import Theme

NEURONS = 4
"""Hidden neurons shown at most."""
CONFUSED = 4
SMALLEST = (250, 350)
LINE = 26


@dataclass(frozen=True, eq=False)
class Confused:
    """A test digit that the pair says little for."""

    image: int
    """Its number."""
    pixels: NDArray[np.uint8]
    name: str
    """Its class."""
    said: float
    """What the pair says for its class."""


@dataclass(frozen=True, eq=False)
class PairView:
    """What the picture shows."""

    classes: tuple[int, int]
    names: tuple[str, str]
    source: str
    """Who compares the two."""
    beats: float
    """For the first one."""
    shape: Shape
    inked: NDArray[np.bool_]
    pixels: NDArray[np.uint8]
    """(inputs,) of the digit on screen"""
    template: Floats
    """(inputs,), positive for the first one"""
    neurons: tuple[tuple[int, int], ...]
    """Network and number of each hidden neuron shown."""
    weights: Floats
    """(neurons, inputs)"""
    pushes: Floats
    """(neurons,), positive for the first one"""
    fact: str
    """What all test digits say."""
    confused: tuple[Confused, ...]


class PairPicture(QWidget):
    """Draws a PairView; tells which hidden neuron or digit was clicked."""

    neuron_chosen = Signal(int, int)
    digit_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("pair-picture")
        self.setAccessibleName("What decides between two classes")
        self.setToolTip(
            "Orange pixels speak for the first class, blue ones for the second. Click a neuron "
            "to select it, a confused digit to show it."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._view: PairView | None = None
        self._words: PairView | None = None
        self._images = WeightImages()
        self._cursor = 0

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._view is not None:
            self._colour(self._view)
        self.updateGeometry()
        self.update()

    def show_view(self, view: PairView, only_moving: bool = False) -> None:
        """Draws this from now on; `only_moving` leaves words and numbers as they were."""
        self._view = view
        if not only_moving or self._words is None:
            self._words = view
        self._cursor = min(self._cursor, max(0, len(self._places()) - 1))
        self._colour(view)
        self.update()

    @property
    def view(self) -> PairView | None:
        return self._view

    def _colour(self, view: PairView) -> None:
        on_digit = view.template * (view.pixels / np.float32(255))
        shown = np.concatenate([view.template[None], on_digit[None], view.weights])
        limits = own_limits(shown, view.inked)
        self._images.colour(shown, view.inked, limits, self._theme.weight_colours, view.shape)

    # ---- where everything lies -------------------------------------------------------

    def _heights(self) -> tuple[float, float, float]:
        """Sides of the two large images, the neurons and the confused digits."""
        px = self._theme.px
        room = self.height() - px(34 + 30 + 6 * LINE + 22)
        width = self.width() - px(8)
        return (
            min(0.46 * room, (width - px(12)) / 2),
            min(0.29 * room, width / NEURONS - px(6)),
            min(0.25 * room, width / CONFUSED - px(6)),
        )

    def _tops(self) -> tuple[float, float, float]:
        px = self._theme.px
        large, neurons, _ = self._heights()
        first = px(34 + 30 + LINE + 8)
        second = first + large + px(LINE + LINE + 4)
        third = second + neurons + px(2 * LINE + 8)
        return first, second, third

    def _places(self) -> list[QRectF]:
        """What can be clicked: the neurons, then the confused digits."""
        view = self._view
        if view is None:
            return []
        _, neurons, digits = self._heights()
        _, second, third = self._tops()
        gap = self._theme.px(6)
        tiles = [
            QRectF(gap / 2 + place * (neurons + gap), second, neurons, neurons)
            for place in range(len(view.neurons))
        ]
        step = (self.width() - gap) / CONFUSED
        return tiles + [
            QRectF(gap / 2 + place * step, third, digits, digits)
            for place in range(len(view.confused))
        ]

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        view, words = self._view, self._words
        if view is None or words is None:
            return
        with QPainter(self) as painter:
            self._draw_heading(painter, view, words)
            self._draw_large(painter, view)
            self._draw_neurons(painter, view, words)
            self._draw_confused(painter, words)
            places = self._places()
            if self.hasFocus() and places:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self._theme.colour("focus"), self._theme.px(3)))
                painter.drawRect(places[self._cursor].adjusted(-2, -2, 2, 2))

    def _draw_heading(self, painter: QPainter, view: PairView, words: PairView) -> None:
        theme, width = self._theme, self.width()
        middle = Qt.AlignmentFlag.AlignVCenter
        right = middle | Qt.AlignmentFlag.AlignRight
        title = QRectF(0, 0, width, theme.px(34))
        painter.setPen(theme.colour("text"))
        heading = f"{view.names[0]} against {view.names[1]}"
        draw_fitted(painter, title, middle, heading, theme, 26, bold=True)
        used = painter.fontMetrics().horizontalAdvance(heading) + theme.px(12)
        painter.setPen(theme.colour("muted"))
        draw_fitted(painter, title.adjusted(min(used, width), 0, 0, 0), right, view.source, theme)
        bar = QRectF(1, theme.px(36), width - 2, theme.px(26))
        painter.setPen(Qt.PenStyle.NoPen)
        won = QRectF(bar)
        won.setWidth(bar.width() * view.beats)
        painter.fillRect(bar, theme.digit(view.classes[1]))
        painter.fillRect(won, theme.digit(view.classes[0]))
        painter.setPen(QPen(theme.colour("text"), theme.px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)
        centre = bar.center().x()
        painter.drawLine(QPointF(centre, bar.y() - 3), QPointF(centre, bar.bottom() + 3))
        painter.drawLine(QPointF(won.right(), bar.y()), QPointF(won.right(), bar.bottom()))
        numbers = QRectF(0, bar.bottom(), width, theme.px(LINE + 4))
        percent = round(100 * words.beats)
        draw_fitted(painter, numbers, middle, f"{view.names[0]}: {percent} %", theme, 24, bold=True)
        other = f"{view.names[1]}: {100 - percent} %"
        draw_fitted(painter, numbers, right, other, theme, 24, bold=True)

    def _draw_large(self, painter: QPainter, view: PairView) -> None:
        theme = self._theme
        side, top = self._heights()[0], self._tops()[0]
        for number, caption in enumerate(("weights", "on this digit")):
            column = QRectF(number * self.width() / 2, top, self.width() / 2, side)
            place = QRectF(column.center().x() - side / 2, top, side, side)
            self._images.draw(painter, number, place)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place)
            painter.setPen(theme.colour("muted"))
            below = QRectF(column.x(), place.bottom(), column.width(), theme.px(LINE))
            draw_fitted(painter, below, Qt.AlignmentFlag.AlignCenter, caption, theme)

    def _draw_neurons(self, painter: QPainter, view: PairView, words: PairView) -> None:
        theme = self._theme
        places = self._places()[: len(view.neurons)]
        if not places:
            return
        painter.setPen(theme.colour("muted"))
        line = QRectF(0, places[0].y() - theme.px(LINE + 2), self.width(), theme.px(LINE))
        caption = f"neurons for {view.names[0]} (+), {view.names[1]} (−)"
        draw_fitted(painter, line, Qt.AlignmentFlag.AlignVCenter, caption, theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for number, place in enumerate(places):
            self._images.draw(painter, 2 + number, place)
            positive = view.pushes[number] > 0
            colour = theme.colour("positive" if positive else "negative")
            painter.setPen(QPen(colour, theme.px(2)))
            painter.drawRect(place)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, place in enumerate(places):
            positive = view.pushes[number] > 0
            colour = theme.colour("positive" if positive else "negative")
            corner = place.topLeft() + QPointF(theme.px(8), theme.px(8))
            draw_sign(painter, corner, theme.px(9), colour, theme.colour("background"), positive)

    def _draw_confused(self, painter: QPainter, words: PairView) -> None:
        theme = self._theme
        middle = Qt.AlignmentFlag.AlignVCenter
        top = self._tops()[2]
        painter.setPen(theme.colour("text"))
        fact = QRectF(0, top - theme.px(2 * LINE + 2), self.width(), theme.px(LINE))
        draw_fitted(painter, fact, middle, words.fact, theme)
        if not words.confused:
            return
        painter.setPen(theme.colour("muted"))
        caption = "most confused test digits:"
        line = fact.translated(0, theme.px(LINE))
        draw_fitted(painter, line, middle, caption, theme)
        view = self._view
        assert view is not None
        places = self._places()[len(view.neurons) :]
        for each, place in zip(words.confused, places, strict=False):
            painter.drawImage(place, digit_image(each.pixels, theme.grey_colours, words.shape))
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place)
            step = (self.width() - theme.px(6)) / CONFUSED
            below = QRectF(place.x(), place.bottom(), step, theme.px(LINE))
            right = each.said > 0.5
            painter.setPen(theme.colour("text"))
            says = f"{round(100 * each.said)} %"
            draw_fitted(painter, below.adjusted(theme.px(20), 0, 0, 0), middle, says, theme)
            mark = QRectF(below.x(), below.y(), theme.px(18), below.height())
            draw_mark(
                painter, mark, theme.colour("right" if right else "wrong"), 0.8 * theme.scale, right
            )

    # ---- pointer and keys ------------------------------------------------------------

    def _choose(self, number: int) -> None:
        view = self._view
        assert view is not None
        self._cursor = number
        self.update()
        if number < len(view.neurons):
            self.neuron_chosen.emit(*view.neurons[number])
        else:
            self.digit_chosen.emit(view.confused[number - len(view.neurons)].image)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, place in enumerate(self._places()):
            if place.contains(event.position()):
                self._choose(number)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys, last = event.key(), Qt.Key, len(self._places()) - 1
        if key in (keys.Key_Left, keys.Key_Right) and last >= 0:
            move = 1 if key == keys.Key_Right else -1
            self._cursor = min(max(0, self._cursor + move), last)
            self.update()
        elif key in (keys.Key_Return, keys.Key_Enter) and last >= 0:
            self._choose(self._cursor)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(SMALLEST[0]), self._theme.px(SMALLEST[1]))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(272), self._theme.px(440))
