"""Separate networks drawn as one: all wires of the last layer, of which the foreign ones fade."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QVariantAnimation
from PySide6.QtGui import QColor

from nnviz.ui.designs import size_words as words
from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.fitted_text import width_of
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import BACK_ROW, Theme

APART, CUT = 1, 2
"""The stages in which own wires stand out, and in which they are all there is."""
FADING = 900
"""Milliseconds until foreign wires are gone."""
OUTPUT, NEURONS, PIXELS, GAP = 44, 26, 40, 0.18
"""Heights of the rows on the design grid, and the part of a group's room that lies between two."""
OWN, FOREIGN, BELOW = 210, 48, 26
"""How much is seen of wires, of 255: to the own output, to others, and from the pixels."""


@dataclass(frozen=True)
class WiresView:
    """What the picture shows."""

    names: tuple[str, ...]
    """Of the outputs"""
    networks: tuple[int, ...]
    """(outputs,): the network that each belongs to"""
    hidden: int
    """Neurons of each network"""
    pixels: int
    stage: int
    """0: one network, 1: which wires lead to outputs of other networks, 2: those are cut"""

    @property
    def cut(self) -> bool:
        """Whether only the own wires are left."""
        return self.stage >= CUT

    @property
    def count(self) -> int:
        """Networks."""
        return max(self.networks) + 1

    @property
    def wires(self) -> int:
        """From every hidden neuron to every output."""
        return self.count * self.hidden * len(self.names)

    @property
    def own(self) -> int:
        """From hidden neurons to outputs of the same network."""
        return self.hidden * len(self.names)


class WiresPicture(Picture[WiresView]):
    """A row of outputs, below it all hidden neurons in groups, and the pixels that all of them
    see."""

    id = "wires-picture"
    title = words.WIRES_PICTURE
    tip = words.WIRES_TIP
    least = (640, 280)

    def __init__(self, theme: Theme, view: WiresView | None = None, **names: str) -> None:
        super().__init__(theme, view, **names)
        self._fading = QVariantAnimation(self)
        self._fading.setDuration(FADING)
        self._fading.valueChanged.connect(lambda _: self.update())

    def show_view(self, view: WiresView) -> None:
        before: WiresView | None = self.view
        super().show_view(view)
        fades = before is not None and view.cut and not before.cut and self.isVisible()
        self._fading.stop()
        if fades:
            self._fading.setStartValue(1.0)
            self._fading.setEndValue(0.0)
            self._fading.start()

    @property
    def foreign(self) -> float:
        """How much of foreign wires is still seen, 0..1."""
        if self._fading.state() == QVariantAnimation.State.Running:
            return float(self._fading.currentValue())
        return 0.0 if self.view is not None and self.view.cut else 1.0

    # ---- places ----------------------------------------------------------------------

    @property
    def _side(self) -> float:
        """Width of the words at the left."""
        told = (words.OUTPUT_ROW, words.NEURON_ROW, words.PIXEL_ROW)
        return max(width_of(each, self.theme) for each in told) + self.px(12)

    def group(self, network: int, view: WiresView) -> QRectF:
        """Where the hidden neurons of a network stand."""
        pitch = (self.width() - self._side - self.px(8)) / view.count
        between = self.px(PIXELS) + 0.22 * self.height()
        top = self.height() - between - self.px(NEURONS)
        left = self._side + (network + GAP / 2) * pitch
        return QRectF(left, top, pitch * (1 - GAP), self.px(NEURONS))

    def output(self, number: int, view: WiresView) -> QRectF:
        """Where an output stands: above its network, side by side with others of it."""
        network = view.networks[number]
        same = [each for each, of in enumerate(view.networks) if of == network]
        room, side = self.group(network, view), self.px(OUTPUT)
        x = room.x() + room.width() * (same.index(number) + 0.5) / len(same)
        return QRectF(x - side / 2, self.px(3), side, side)

    def neurons(self, view: WiresView) -> list[list[QPointF]]:
        """[network][neuron]: where wires begin."""
        found = []
        for network in range(view.count):
            room = self.group(network, view)
            across = (np.arange(view.hidden) + 0.5) / view.hidden * room.width()
            found.append([QPointF(room.x() + x, room.y()) for x in across.tolist()])
        return found

    def regions(self, view: WiresView) -> Iterable[Region]:
        for number, name in enumerate(view.names):
            room = self.group(view.networks[number], view)
            whole = QRectF(room.x(), 0, room.width(), room.bottom())
            told = words.output_of(name, view.hidden, view.cut)
            yield Region(number, whole, told, told)

    def words(self, view: WiresView) -> str:
        return words.wires(view.wires, view.own, view.count, view.hidden, view.stage)

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: WiresView) -> None:
        foreign = self.foreign
        if foreign:
            canvas.setOpacity(foreign)
            self.still(
                canvas, view.networks, lambda once: self._paint_wires(once, view, False), "foreign"
            )
            canvas.setOpacity(1)
        parts = view.networks, view.stage >= APART
        self.still(canvas, parts, lambda once: self._paint_rest(once, view), "rest")

    def _paint_wires(self, canvas: Canvas, view: WiresView, own: bool) -> None:
        neurons = self.neurons(view)
        for number, network in enumerate(view.networks):
            stands_out = own and view.stage >= APART
            ink = QColor(self.theme.digit(number) if stands_out else canvas.ink("muted"))
            ink.setAlpha(OWN if stands_out else FOREIGN)
            canvas.setPen(canvas.stroke(ink))
            end = self.output(number, view).center()
            groups: Sequence[int] = (
                [network] if own else [each for each in range(view.count) if each != network]
            )
            canvas.drawLines([QLineF(at, end) for each in groups for at in neurons[each]])

    def _paint_rest(self, canvas: Canvas, view: WiresView) -> None:
        self._paint_wires(canvas, view, True)
        px, pixels = canvas.px, self._pixels_place()
        for network in range(view.count):
            room = self.group(network, view)
            ink = QColor(canvas.ink("text"))
            ink.setAlpha(BELOW)
            canvas.polygon(
                [room.bottomLeft(), room.bottomRight(), pixels.topRight(), pixels.topLeft()], ink
            )
            canvas.box(room, "raised", "text", 1, radius=4)
            self._paint_neurons(canvas, view, room)
        canvas.box(pixels, "raised", "text", 1, radius=4)
        canvas.text(pixels, words.pixels(view.pixels))
        for number, name in enumerate(view.names):
            place = self.output(number, view)
            canvas.circle(place.center(), place.width() / 2, "background", "text", 2)
            canvas.text(place, name, size=BACK_ROW - 4, bold=True)
        rows = (
            (words.OUTPUT_ROW, self.output(0, view)),
            (words.NEURON_ROW, self.group(0, view)),
            (words.PIXEL_ROW, pixels),
        )
        for told, place in rows:
            line = QRectF(0, place.center().y() - px(16), self._side, px(32))
            canvas.text(line, told, LEFT, "muted")

    def _paint_neurons(self, canvas: Canvas, view: WiresView, room: QRectF) -> None:
        pitch = room.width() / view.hidden
        radius = min(pitch * 0.4, room.height() * 0.3)
        for neuron in range(view.hidden):
            at = QPointF(room.x() + (neuron + 0.5) * pitch, room.center().y())
            canvas.circle(at, radius, "text")

    def _pixels_place(self) -> QRectF:
        px = self.px
        width = self.width() - self._side - px(8)
        return QRectF(self._side, self.height() - px(PIXELS) - px(2), width, px(PIXELS))
