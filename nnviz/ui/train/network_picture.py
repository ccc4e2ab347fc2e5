"""A three-layer network as one connected picture: digit, weight images, outputs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from nnviz.data.digits import Shape
from nnviz.ui.kit.enlarged import draw_enlarged, overlay_place
from nnviz.ui.kit.output_rows import draw_bars, draw_output_rows
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import Floats, WeightImages, digit_image
from nnviz.ui.train.contribution_lines import draw_badge, draw_lines
from nnviz.ui.train.network_layout import NetworkLayout, lay_out


@dataclass(frozen=True, eq=False)
class NetworkView:
    """What the picture shows."""

    pixels: NDArray[np.uint8]
    """(inputs,): the digit"""
    shape: Shape
    """(height, width, channels) of the digit and the weight images"""
    neurons: NDArray[np.intp]
    """(tiles,): the hidden neurons shown, of all `hidden`"""
    hidden: int
    of_network: str
    """Which of several networks is shown, or nothing"""
    outputs_title: str
    weights: Floats
    """(tiles, inputs)"""
    limit: float | Floats
    """End of the colour scale, shared or (tiles, 1)"""
    inked: NDArray[np.bool_]
    activity: Floats
    """(tiles,) in -1..1: how strongly each one fires"""
    contributions: Floats
    """(tiles,): weight x activity for the output that is drawn"""
    lines: NDArray[np.intp]
    """Tiles whose contribution is drawn as a line"""
    outputs: Floats
    """(outputs,) in 0..1"""
    percents: tuple[str, ...]
    """What is written beside each output"""
    names: tuple[str, ...]
    strong: frozenset[int]
    """Rows of outputs that make the answer"""
    marks: tuple[bool | None, ...]
    """For each row whether it is right, where it says anything of the answer or the label"""
    shown_output: int
    selected: int | None
    """Number of the selected neuron"""
    dense: bool


SMALLEST = (820, 340)
"""Room that the picture needs at scale 1."""


class NetworkPicture(QWidget):
    """Draws a NetworkView; tells which neuron, output or digit was clicked."""

    neuron_clicked = Signal(int)
    output_clicked = Signal(int)
    digit_clicked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("network-picture")
        self.setAccessibleName("Network: digit, hidden neurons, outputs")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._images = WeightImages()
        self._view: NetworkView | None = None
        self._layout: NetworkLayout | None = None
        self._hovered: int | None = None
        self._still: QPixmap | None = None
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._wanted_theme = theme
        self._fit_theme()
        if self._view is not None:
            self._colour(self._view)
        self.updateGeometry()
        self.update()

    def _fit_theme(self) -> None:
        """Lets the words grow only as far as there is room for them."""
        room = min(self.width() / SMALLEST[0], self.height() / SMALLEST[1])
        self._theme = self._wanted_theme.at_most(max(room, 0.5))
        self._layout = self._still = None

    def show_view(self, view: NetworkView, only_moving: bool = False) -> None:
        """Draws this from now on; `only_moving` leaves words and lines as they were."""
        old = self._view
        if old is None or _shape(old) != _shape(view):
            self._layout = None
            self._hovered = None
            only_moving = False
        if not only_moving:
            self._still = None
        self._view = view
        self._colour(view)
        self.update()

    @property
    def view(self) -> NetworkView | None:
        return self._view

    @property
    def hovering(self) -> bool:
        """Whether the weight image under the pointer is shown large."""
        return self._hovered is not None

    @property
    def layout_now(self) -> NetworkLayout:
        """Where everything lies at the present size."""
        if self._layout is None:
            view = self._view
            assert view is not None
            self._layout = lay_out(
                self.width(),
                self.height(),
                self._theme.scale,
                len(view.neurons),
                len(view.outputs),
                view.dense,
                view.selected is not None,
            )
        return self._layout

    def _colour(self, view: NetworkView) -> None:
        self._images.colour(
            view.weights, view.inked, view.limit, self._theme.weight_colours, view.shape
        )

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        if view is None:
            return
        layout = self.layout_now
        if self._still is None:
            self._still = self._draw_still(layout, view)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._still)
            self._draw_tiles(painter, layout, view)
            draw_bars(painter, layout.outputs, self._theme, view.names, view.outputs.tolist())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not view.dense:
                for tile, amount in zip(*_line_ends(view), strict=True):
                    draw_badge(painter, layout.tiles[tile], self._theme, amount > 0)
            self._draw_chosen(painter, layout, view)

    def _draw_still(self, layout: NetworkLayout, view: NetworkView) -> QPixmap:
        """What does not move at 30 pictures a second: it is most of the work."""
        ratio = self.devicePixelRatioF()
        still = QPixmap(self.size() * ratio)
        still.setDevicePixelRatio(ratio)
        still.fill(self._theme.colour("background"))
        with QPainter(still) as painter:
            self._draw_headings(painter, layout, view)
            self._draw_digit(painter, layout, view)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not view.dense:
                self._draw_bundle(painter, layout)
                tiles, amounts = _line_ends(view)
                draw_lines(painter, layout, self._theme, tiles, amounts, view.shown_output)
            draw_output_rows(painter, layout.outputs, self._theme, view)
        return still

    def _draw_headings(self, painter: QPainter, layout: NetworkLayout, view: NetworkView) -> None:
        shown = len(view.neurons)
        count = f"{shown}" if shown == view.hidden else f"{shown} of {view.hidden}"
        detail = "" if shown == view.hidden else " that contribute most"
        plural = "" if view.hidden == 1 else "s"
        height, width, channels = view.shape
        texts = (
            f"{height} × {width} {'pixels' if channels == 1 else 'in colour'}",
            f"{count} hidden neuron{plural}{view.of_network}{detail}: their weights",
            view.outputs_title,
        )
        painter.setFont(self._theme.font(bold=True))
        painter.setPen(self._theme.colour("text"))
        for place, text in zip(layout.headings, texts, strict=True):
            # what can be seen anyway is left out first
            if painter.fontMetrics().horizontalAdvance(text) > place.width():
                text = text.removesuffix(": their weights")
            fitted = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, int(place.width())
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, fitted)

    def _draw_digit(self, painter: QPainter, layout: NetworkLayout, view: NetworkView) -> None:
        image = digit_image(view.pixels, self._theme.grey_colours, view.shape)
        painter.drawImage(layout.digit, image)
        painter.setPen(QPen(self._theme.colour("line"), self._theme.px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(layout.digit)

    def _draw_tiles(self, painter: QPainter, layout: NetworkLayout, view: NetworkView) -> None:
        for number, place in enumerate(layout.tiles):
            self._images.draw(painter, number, place)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRects(layout.tiles)
        if view.dense:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("raised"))
        painter.drawRects(layout.bars)
        for sign, colour in ((1, "text"), (-1, "negative")):
            painter.setBrush(self._theme.colour(colour))
            filled = []
            for bar, activity in zip(layout.bars, view.activity.tolist(), strict=True):
                if activity * sign > 0:
                    height = bar.height() * min(1.0, abs(activity))
                    filled.append(QRectF(bar.x(), bar.bottom() - height, bar.width(), height))
            if filled:
                painter.drawRects(filled)

    def _draw_bundle(self, painter: QPainter, layout: NetworkLayout) -> None:
        painter.setPen(QPen(self._theme.colour("line"), self._theme.px(3)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        start = QPointF(layout.digit.right() + self._theme.px(3), layout.digit.center().y())
        for tile in layout.tiles[:: layout.columns]:
            end = QPointF(tile.left() - 6 * self._theme.scale, tile.center().y())
            middle = (start.x() + end.x()) / 2
            path = QPainterPath(start)
            path.cubicTo(middle, start.y(), middle, end.y(), end.x(), end.y())
            painter.drawPath(path)

    def _draw_chosen(self, painter: QPainter, layout: NetworkLayout, view: NetworkView) -> None:
        """The frame and large picture of the selected neuron, and the one under the pointer."""
        tile = self._tile_of(view.selected)
        if tile is not None:
            painter.setPen(QPen(self._theme.colour("focus"), self._theme.px(4)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(layout.tiles[tile].adjusted(-3, -3, 3, 3))
            draw_enlarged(painter, self._images, self._theme, view, tile, layout.enlarged)
        if self._hovered is not None:
            place = overlay_place(
                layout.tiles[self._hovered], QRectF(self.rect()), self._theme, self._images.rows
            )
            painter.fillRect(place.adjusted(-8, -8, 8, 8), self._theme.colour("panel"))
            painter.setPen(QPen(self._theme.colour("focus"), self._theme.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(-8, -8, 8, 8))
            side = place.width()
            image = QRectF(place.x(), place.y(), side, side)
            draw_enlarged(painter, self._images, self._theme, view, self._hovered, image)

    def _tile_of(self, neuron: int | None) -> int | None:
        if neuron is None or self._view is None:
            return None
        found = np.flatnonzero(self._view.neurons == neuron)
        return int(found[0]) if len(found) else None

    # ---- pointer and keys ------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.layout_now.tile_at(event.position()) if self._view else None)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, tile: int | None) -> None:
        if tile != self._hovered:
            self._hovered = tile
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        view = self._view
        if view is None or event.button() != Qt.MouseButton.LeftButton:
            return
        point, layout = event.position(), self.layout_now
        tile, output = layout.tile_at(point), layout.output_at(point)
        if tile is not None:
            self.neuron_clicked.emit(int(view.neurons[tile]))
        elif output is not None:
            self.output_clicked.emit(output)
        elif layout.digit.contains(point):
            self.digit_clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view = self._view
        if view is None:
            return
        key, keys = event.key(), Qt.Key
        moves = {
            keys.Key_Left: -1,
            keys.Key_Right: 1,
            keys.Key_Up: -self.layout_now.columns,
            keys.Key_Down: self.layout_now.columns,
        }
        if key not in moves:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            step = 1 if key in (keys.Key_Right, keys.Key_Down) else -1
            self.output_clicked.emit((view.shown_output + step) % len(view.outputs))
        else:
            tile = self._tile_of(view.selected)
            moved = 0 if tile is None else tile + moves[keys(key)]
            if 0 <= moved < len(view.neurons):
                self.neuron_clicked.emit(int(view.neurons[moved]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_theme()

    def minimumSizeHint(self) -> QSize:
        theme = self._wanted_theme.at_most(1.0)
        return QSize(theme.px(SMALLEST[0] - 240), theme.px(SMALLEST[1] - 20))

    def sizeHint(self) -> QSize:
        return QSize(self._wanted_theme.px(1100), self._wanted_theme.px(450))


def _line_ends(view: NetworkView) -> tuple[list[int], list[float]]:
    """Tiles that have a line, and their contributions."""
    return view.lines.tolist(), view.contributions[view.lines].tolist()


def _shape(view: NetworkView) -> tuple[int, int, bool, bool]:
    return len(view.neurons), len(view.outputs), view.dense, view.selected is not None
