"""A three-layer network as one connected picture: digit, weight images, outputs."""

from collections.abc import Hashable, Iterable
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainterPath

from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.enlarged import CAPTION_WIDTH, Lines, overlay_place, paint_large, paint_overlay
from nnviz.ui.kit.fitted_text import fits
from nnviz.ui.kit.picture import MOVES, Picture, Region, beside
from nnviz.ui.kit.seeing import alike
from nnviz.ui.kit.sheet import Layer, Sheet, paint_layers
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.kit.weight_images import WeightImages, digit_image
from nnviz.ui.train import words
from nnviz.ui.train.bits import bit_layers
from nnviz.ui.train.layers import (
    Badges,
    output_layers,
    paint_activity,
    paint_lines,
    thicknesses,
)
from nnviz.ui.train.places import NetworkPlaces, lay_out
from nnviz.ui.train.view import NetworkView
from nnviz.words import number

DIGIT = ("digit", 0)
"""The key of the digit; the others are ("neuron", its number) and ("output", its row)."""
SMALLEST = (820, 340)
"""Room that the picture needs at scale 1."""
LEAST = 270
"""Height below which it is not pressed by larger type around it, on the design grid."""


class NetworkPicture(Picture[NetworkView]):
    """The digit, the neurons and the outputs can be chosen; arrows go from neuron to neuron, with
    Shift from output to output."""

    id = "network-picture"
    title = words.NETWORK
    hovers = True

    def __init__(self, theme: Theme, view: NetworkView | None = None, **names: str) -> None:
        super().__init__(theme, view, **names)
        self._images = WeightImages()
        self._sheet = Sheet()
        self._laid: Any = None
        self._written: NetworkView | None = None
        self._badges = Badges()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def words(self, view: NetworkView) -> str:
        return view.sentence

    @property
    def hovering(self) -> bool:
        """Whether the weight image under the pointer is shown large."""
        return self._hovered_tile(self.view) is not None if self.view is not None else False

    def _hovered_tile(self, view: NetworkView) -> int | None:
        kind, neuron = self.hovered if isinstance(self.hovered, tuple) else DIGIT
        return view.tile_of(neuron) if kind == "neuron" else None

    # ---- places ----------------------------------------------------------------------

    @property
    def fitted(self) -> Theme:
        """Lets the words grow only as far as there is room for them."""
        room = min(self.width() / SMALLEST[0], self.height() / SMALLEST[1])
        return self.theme.at_most(max(room, 0.5))

    @property
    def places(self) -> NetworkPlaces:
        """Where everything lies at the present size."""
        view: NetworkView = self.view
        return lay_out(
            self.width(),
            self.height(),
            self.fitted.scale,
            len(view.neurons),
            len(view.outputs),
            view.dense,
            view.selected is not None,
            view.large,
            None if view.word is None else view.word.lines,
            0 if view.layer is None else len(view.layer.names),
        )

    def regions(self, view: NetworkView) -> Iterable[Region]:
        places = self.places
        neurons = zip(view.neurons.tolist(), places.tiles, view.activity.tolist(), strict=True)
        for neuron, place, activity in neurons:
            yield Region(("neuron", neuron), place, words=_fires(neuron, activity))
        for output, place in enumerate(places.outputs):
            yield Region(("output", output), place, *_output_told(view, output))
        yield Region(DIGIT, places.digit, words=words.pixels_heading(view.shape))
        if view.word is not None:
            yield Region(None, places.word, words.WORD_TIP)

    def selected(self, view: NetworkView) -> Hashable:
        return None if view.selected is None else ("neuron", view.selected)

    # ---- painting --------------------------------------------------------------------

    def table(self, view: NetworkView) -> Twin:
        """What stands beside each output."""
        rows = zip(view.names, view.percents, strict=True)
        return twin_of((heads.NAME, view.outputs_title), rows)

    def paint(self, canvas: Canvas, view: NetworkView) -> None:
        places, theme = self.places, self.fitted
        if canvas.once:
            canvas.use(theme)
            paint_layers(canvas, self._layers(places, theme, view), "background")
            self._colour(view)
            canvas.sharp()
            for tile, place in enumerate(places.tiles):
                self._images.draw(canvas, tile, place)
        else:
            self._paint_sheet(canvas, places, view)
            canvas.use(theme)
        canvas.sharp()
        canvas.outline(edge="line")
        canvas.drawRects(places.tiles)
        canvas.sharp(False)
        if not view.dense:
            tiles = [places.tiles[tile] for tile in view.lines]
            up = (view.contributions[list(view.lines)] > 0).tolist()
            self._badges.draw(canvas, tiles, up, self.devicePixelRatioF())
        self._paint_chosen(canvas, places, view)

    def _paint_sheet(self, canvas: Canvas, places: NetworkPlaces, view: NetworkView) -> None:
        """What stays, painted when it has changed, and the weight images over it."""
        theme, size, ratio = self.fitted, self.room.size(), self.devicePixelRatioF()
        anew, laid = False, (view.still, size, ratio, theme)
        if not alike(self._laid, laid):
            layers = self._layers(places, theme, view)
            anew = self._sheet.lay(layers, size, ratio, theme, "background")
            self._laid = laid
        if anew or self._written is not view:
            self._colour(view)
            corners = ((tile.x(), tile.y()) for tile in places.tiles)
            self._sheet.write(self._images.pixels, corners, places.tiles[0].width())
            self._written = view
        self._sheet.draw(canvas)

    def _colour(self, view: NetworkView) -> None:
        colours = self.fitted.weight_colours
        self._images.colour(view.weights, view.inked, view.limit, colours, view.shape)

    def changed(self, before: NetworkView, view: NetworkView) -> QRectF:
        if self.hovering or not alike(before.still, view.still):
            return self.room
        places = self.places
        return places.images.united(places.enlarged)

    def _layers(self, places: NetworkPlaces, theme: Theme, view: NetworkView) -> list[Layer]:
        """What does not move at 30 pictures a second, in parts of which few change at a time."""
        headings = view.shape, view.heading, view.outputs_title
        ground = *headings, view.pixels, view.dense
        made = [Layer(self.room, ground, lambda once: self._paint_ground(once, places, view))]
        if not view.dense:
            lines = view.lines, thicknesses(view.amounts), view.shown_output
            made.append(Layer(places.lanes, lines, lambda once: paint_lines(once, places, *lines)))
            high = places.bars[0].height()
            bars = tuple(np.rint(np.clip(view.activity, -1, 1) * high).astype(int).tolist())
            paint = partial(paint_activity, places=places, heights=bars)
            made.append(Layer(places.lanes, bars, paint, wiped=False))
        made += output_layers(places.outputs, theme, view)
        return made + bit_layers(places, view.layer, view.word)

    def _paint_ground(self, canvas: Canvas, places: NetworkPlaces, view: NetworkView) -> None:
        self._paint_headings(canvas, places, view)
        image = digit_image(view.pixels, canvas.theme.grey_colours, view.shape)
        canvas.image(places.digit, image, width=2)
        if not view.dense:
            self._paint_bundle(canvas, places)

    def _paint_headings(self, canvas: Canvas, places: NetworkPlaces, view: NetworkView) -> None:
        long, short = view.heading
        if not fits(long, places.headings[1].width(), canvas.theme, TEXT, True):
            long = short
        texts = words.pixels_heading(view.shape), long, view.outputs_title
        for place, text in zip(places.headings, texts, strict=True):
            canvas.text(place, text, LEFT, bold=True)

    def _paint_bundle(self, canvas: Canvas, places: NetworkPlaces) -> None:
        canvas.outline(edge="line", width=3)
        start = QPointF(places.digit.right() + canvas.px(3), places.digit.center().y())
        for tile in places.tiles[:: places.columns]:
            end = QPointF(tile.left() - 6 * canvas.theme.scale, tile.center().y())
            middle = (start.x() + end.x()) / 2
            path = QPainterPath(start)
            path.cubicTo(middle, start.y(), middle, end.y(), end.x(), end.y())
            canvas.drawPath(path)

    def _paint_chosen(self, canvas: Canvas, places: NetworkPlaces, view: NetworkView) -> None:
        """The frame and large picture of the selected neuron, and the one under the pointer."""
        tile = view.tile_of(view.selected)
        if tile is not None:
            canvas.box(places.tiles[tile].adjusted(-3, -3, 3, 3), edge="text", width=4)
            self._paint_large(canvas, places.enlarged, view, tile)
        tile = self._hovered_tile(view)
        if tile is not None:
            place = overlay_place(places.tiles[tile], self.room, canvas.theme, view.shape[0])
            self._paint_large(canvas, place, view, tile, above=True)

    def _paint_large(
        self, canvas: Canvas, place: QRectF, view: NetworkView, tile: int, above: bool = False
    ) -> None:
        def draw(painter: Canvas, target: QRectF) -> None:
            self._images.draw(painter, tile, target)

        push = float(view.contributions[tile])
        fields = {"output": view.names[view.shown_output], "amount": number(abs(push), 1)}
        templates = words.PUSHES_UP if push > 0 else words.PUSHES_DOWN
        long, short = (each.format(**fields) for each in templates)
        width = max(place.width(), canvas.px(CAPTION_WIDTH))
        lines: Lines = ((_fires(int(view.neurons[tile]), float(view.activity[tile])), "text"),)
        if view.drawn:
            said = long if fits(long, width, canvas.theme) else short
            lines = (*lines, (said, "positive" if push > 0 else "negative"))
        (paint_overlay if above else paint_large)(canvas, place, draw, lines)

    # ---- keys ------------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        move = MOVES.get(Qt.Key(event.key()))
        if move is None or not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        view: NetworkView = self.view
        self._go(("output", (view.shown_output + sum(move)) % len(view.outputs)))
        return True

    def step(self, across: int, down: int) -> bool:
        view, here = self.view, self.here
        assert here is not None
        regions = [each for each in self.regions(view) if across or each.key[0] == here.key[0]]
        fresh = self.at is None and view.selected is None
        self._go(here.key if fresh else beside(regions, here, (across, down)).key)
        return True

    def _go(self, key: Any) -> None:
        """Chooses at once, but for the digit, which would be another one."""
        self.move_to(key)
        if key not in (DIGIT, ("neuron", self.view.selected), ("output", self.view.shown_output)):
            self.choose(key)

    # ---- size ------------------------------------------------------------------------

    def least_size(self, view: NetworkView | None) -> tuple[float, float]:
        return 380, LEAST

    def wanted_size(self, view: NetworkView | None) -> tuple[float, float]:
        return 1100, 450


def _fires(neuron: int, activity: float) -> str:
    return words.FIRES.format(neuron=neuron, amount=number(activity, 2))


def _output_told(view: NetworkView, output: int) -> tuple[str, str]:
    """Tooltip, and what is read out."""
    name, right = view.names[output], view.marks[output]
    said = words.NAME_AND_VALUE.format(name=name, value=view.percents[output])
    if view.word is None or right is None:
        return "", said
    return words.BIT_MARKED[right].format(bit=name), said
