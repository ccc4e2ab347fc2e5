"""What decides between two classes: probability, weights, neurons, the digits they confuse."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.ui.kit.fitted_text import draw_fitted, fits
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.signs import draw_sign
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.tooltips import wrapped
from nnviz.ui.kit.weight_images import WeightImages, digit_image, own_limits
from nnviz.ui.votes.pair_layout import LINE, PairLayout, PairView, lay_out

SMALLEST = (250, 350)


class PairPicture(QWidget):
    """Draws a PairView; tells which hidden neuron or digit was clicked."""

    neuron_chosen = Signal(int, int)
    digit_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("pair-picture")
        self.setAccessibleName("What decides between two classes")
        self.setToolTip(
            wrapped(
                "Orange pixels speak for the first class, blue ones for the second. Click a "
                "neuron to select it, a confused digit to show it."
            )
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
        self._cursor = min(self._cursor, max(0, len(self.layout_now.clickable) - 1))
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

    @property
    def layout_now(self) -> PairLayout:
        """Where everything lies at the present size."""
        view = self._view
        neurons, confused = (len(view.neurons), len(view.confused)) if view else (0, 0)
        return lay_out(self.width(), self.height(), self._theme, neurons, confused)

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        view, words = self._view, self._words
        if view is None or words is None:
            return
        with QPainter(self) as painter:
            if view.trouble:
                painter.setPen(self._theme.colour("text"))
                painter.setFont(self._theme.font(24))
                flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
                painter.drawText(self.rect(), flags, view.trouble)
                return
            self._draw_heading(painter, view, words)
            self._draw_large(painter, view)
            self._draw_neurons(painter, view, words)
            self._draw_confused(painter, words)
            places = self.layout_now.clickable
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
        # long names leave no room for it, and half a word says nothing
        if fits(view.source, width - used, theme):
            draw_fitted(painter, title.adjusted(used, 0, 0, 0), right, view.source, theme)
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
        half = width / 2 - theme.px(6)
        for name, said, align, place in (
            (view.names[0], percent, middle, numbers.adjusted(0, 0, -half, 0)),
            (view.names[1], 100 - percent, right, numbers.adjusted(half, 0, 0, 0)),
        ):
            draw_fitted(painter, place, align, f"{name}: {said} %", theme, 24, bold=True)

    def _draw_large(self, painter: QPainter, view: PairView) -> None:
        theme = self._theme
        half = self.width() / 2
        captions = ("weights", "on this digit")
        for number, place in enumerate(self.layout_now.large):
            self._images.draw(painter, number, place)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place)
            painter.setPen(theme.colour("muted"))
            below = QRectF(number * half, place.bottom(), half, theme.px(LINE))
            draw_fitted(painter, below, Qt.AlignmentFlag.AlignCenter, captions[number], theme)

    def _draw_neurons(self, painter: QPainter, view: PairView, words: PairView) -> None:
        theme = self._theme
        places = self.layout_now.neurons
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
        layout = self.layout_now
        top = layout.confused_top
        painter.setPen(theme.colour("text"))
        fact = QRectF(0, top - theme.px(2 * LINE + 2), self.width(), theme.px(LINE))
        draw_fitted(painter, fact, middle, words.fact, theme)
        if not words.confused:
            return
        painter.setPen(theme.colour("muted"))
        caption = "most confused test digits:"
        line = fact.translated(0, theme.px(LINE))
        draw_fitted(painter, line, middle, caption, theme)
        for each, place in zip(words.confused, layout.confused, strict=False):
            painter.drawImage(place, digit_image(each.pixels, theme.grey_colours, words.shape))
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place)
            below = QRectF(place.x(), place.bottom(), layout.step, theme.px(LINE))
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
        for number, place in enumerate(self.layout_now.clickable):
            if place.contains(event.position()):
                self._choose(number)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys, last = event.key(), Qt.Key, len(self.layout_now.clickable) - 1
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
        return QSize(self._theme.px(272), self._theme.px(390))
