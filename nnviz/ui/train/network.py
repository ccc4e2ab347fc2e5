"""A three-layer network as one connected picture: digit, weight images, outputs."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainterPath, QPixmap

from nnviz.data.digits import Shape
from nnviz.ui.kit.canvas import CENTRE, LEFT, RIGHT, Canvas
from nnviz.ui.kit.enlarged import CAPTION_WIDTH, Lines, overlay_place, paint_large, paint_overlay
from nnviz.ui.kit.fitted_text import are_words, fits, fitting_font
from nnviz.ui.kit.picture import MOVES, Picture, Region, beside
from nnviz.ui.kit.seeing import alike
from nnviz.ui.kit.sheet import Sheet
from nnviz.ui.kit.sign_legend import DOWN_DASHES
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import Floats, WeightImages, digit_image
from nnviz.ui.train import words
from nnviz.ui.train.places import NetworkPlaces, lay_out
from nnviz.words import number

DIGIT = ("digit", 0)
"""The key of the digit; the others are ("neuron", its number) and ("output", its row)."""
SMALLEST = (820, 340)
"""Room that the picture needs at scale 1."""
MOST_LANES = 3
"""Lanes between two rows before the other side of the row is taken."""

LANE = 14
"""Height of a lane on the design grid where there is room for more."""
BADGE = 10
"""Radius of the sign at a weight image that has a line."""
LEAST_ROOM = 12
"""Height that the lanes above the first row or below the last one take at least."""
NAME, MARK, PERCENT = 44, 26, 92
"""Widths of the parts of a row on the design grid; the bar has what is left."""
NAMED_PERCENT = 78
"""Width of the percentage where a word needs room; the bar is then below them."""
WORDS_HEIGHT = 0.66
"""How much of a row its words take when the bar is below them."""


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
    network: str
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
    lines: tuple[int, ...]
    """Tiles whose contribution is drawn as a line ..."""
    amounts: tuple[float, ...]
    """... so thick"""
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
    sentence: str
    """What a person would say of it"""

    @property
    def still(self) -> tuple[Any, ...]:
        """What does not move at 30 pictures a second: all but the weights. Drawing it is most of
        the work."""
        return (
            *(self.pixels, self.shape, self.neurons, self.hidden, self.network),
            *(self.outputs_title, self.lines, self.amounts, self.activity, self.outputs),
            *(self.percents, self.names, self.strong, self.marks, self.shown_output, self.dense),
            *(self.contributions, self.selected),
        )

    def tile_of(self, neuron: int | None) -> int | None:
        """Where a neuron is shown, if it is."""
        found = np.flatnonzero(self.neurons == neuron)
        return int(found[0]) if len(found) else None


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
        self._written: NetworkView | None = None
        self._painted_badges: Sequence[tuple[QPoint, QPixmap]] = ()
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
        )

    def regions(self, view: NetworkView) -> Iterable[Region]:
        places = self.places
        neurons = zip(view.neurons.tolist(), places.tiles, view.activity.tolist(), strict=True)
        for neuron, place, activity in neurons:
            yield Region(("neuron", neuron), place, words=_fires(neuron, activity))
        for output, place in enumerate(places.outputs):
            said = words.NAME_AND_VALUE.format(name=view.names[output], value=view.percents[output])
            yield Region(("output", output), place, words=said)
        yield Region(DIGIT, places.digit, words=words.pixels_heading(view.shape))

    def selected(self, view: NetworkView) -> Hashable:
        return None if view.selected is None else ("neuron", view.selected)

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: NetworkView) -> None:
        places, theme = self.places, self.fitted
        anew = self._sheet.lay(
            view.still,
            self.room.size(),
            self.devicePixelRatioF(),
            theme,
            "background",
            lambda once: self._paint_still(once, places, view),
        )
        if anew:
            self._painted_badges = self._badges(places, view)
        if anew or self._written is not view:
            colours = theme.weight_colours
            self._images.colour(view.weights, view.inked, view.limit, colours, view.shape)
            corners = ((tile.x(), tile.y()) for tile in places.tiles)
            self._sheet.write(self._images.pixels, corners, places.tiles[0].width())
            self._written = view
        self._sheet.draw(canvas)
        canvas.use(theme)
        canvas.sharp()
        canvas.outline(edge="line")
        canvas.drawRects(places.tiles)
        canvas.sharp(False)
        for corner, badge in self._painted_badges:
            canvas.drawPixmap(corner, badge)
        self._paint_chosen(canvas, places, view)

    def changed(self, before: NetworkView, view: NetworkView) -> QRectF:
        if self.hovering or not alike(before.still, view.still):
            return self.room
        places = self.places
        return places.images.united(places.enlarged)

    def _paint_still(self, canvas: Canvas, places: NetworkPlaces, view: NetworkView) -> None:
        self._paint_headings(canvas, places, view)
        image = digit_image(view.pixels, canvas.theme.grey_colours, view.shape)
        canvas.image(places.digit, image, width=2)
        if not view.dense:
            self._paint_bundle(canvas, places)
            paint_lines(canvas, places, view.lines, view.amounts, view.shown_output)
            self._paint_activity(canvas, places, view)
        paint_outputs(canvas, places.outputs, view)
        canvas.sharp()
        paint_bars(canvas, places.outputs, view.names, view.outputs.tolist())
        canvas.sharp(False)

    def _paint_headings(self, canvas: Canvas, places: NetworkPlaces, view: NetworkView) -> None:
        long, short = words.neurons_heading(len(view.neurons), view.hidden, view.network)
        if not fits(long, places.headings[1].width(), canvas.theme, TEXT, True):
            long = short
        texts = words.pixels_heading(view.shape), long, view.outputs_title
        for place, text in zip(places.headings, texts, strict=True):
            canvas.text(place, text, LEFT, bold=True)

    def _paint_activity(self, canvas: Canvas, places: NetworkPlaces, view: NetworkView) -> None:
        canvas.sharp()
        canvas.outline("raised")
        canvas.drawRects(places.bars)
        for sign, ink in ((1, "text"), (-1, "negative")):
            filled = []
            for bar, activity in zip(places.bars, view.activity.tolist(), strict=True):
                if activity * sign > 0:
                    height = bar.height() * min(1.0, abs(activity))
                    filled.append(QRectF(bar.x(), bar.bottom() - height, bar.width(), height))
            if filled:
                canvas.outline(ink)
                canvas.drawRects(filled)
        canvas.sharp(False)

    def _badges(self, places: NetworkPlaces, view: NetworkView) -> Sequence[tuple[QPoint, QPixmap]]:
        """The frames of weight images that have a line, and where each goes: painted once, since
        the images below them move."""
        margin, ratio = self.px(BADGE + 3), self.devicePixelRatioF()
        made = []
        for tile in view.lines if not view.dense else ():
            place = places.tiles[tile].adjusted(-margin, -margin, margin, margin)
            pixmap = QPixmap((place.size() * ratio).toSize())
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            with Canvas(pixmap, self.fitted) as once:
                once.translate(-place.topLeft())
                paint_badge(once, places.tiles[tile], bool(view.contributions[tile] > 0))
            made.append((place.topLeft().toPoint(), pixmap))
        return made

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
            canvas.box(places.tiles[tile].adjusted(-3, -3, 3, 3), edge="focus", width=4)
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
        lines: Lines = (
            (_fires(int(view.neurons[tile]), float(view.activity[tile])), "text"),
            (
                long if fits(long, width, canvas.theme) else short,
                "positive" if push > 0 else "negative",
            ),
        )
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
        return 380, 200

    def wanted_size(self, view: NetworkView | None) -> tuple[float, float]:
        return 1100, 450


def _fires(neuron: int, activity: float) -> str:
    return words.FIRES.format(neuron=neuron, amount=number(activity, 2))


# ---- lines: each in a lane of its own ------------------------------------------------


def paint_lines(
    canvas: Canvas,
    places: NetworkPlaces,
    tiles: Sequence[int],
    amounts: Sequence[float],
    output: int,
) -> None:
    """Draws a line from each tile to the output: solid up, dashed down, thick for much."""
    scale, target = canvas.theme.scale, places.outputs[output]
    largest = max((abs(amount) for amount in amounts), default=0) or 1
    lanes = _lanes(places, tiles, target.center().y(), scale)
    for place, (tile, amount) in enumerate(zip(tiles, amounts, strict=True)):
        end = QPointF(
            target.left(), target.center().y() + scale * 4 * (place - (len(tiles) - 1) / 2)
        )
        up = amount > 0
        pen = canvas.stroke("positive" if up else "negative", dashes=() if up else DOWN_DASHES)
        pen.setWidthF(scale * (1.8 + 3 * abs(amount) / largest))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        canvas.setPen(pen)
        canvas.setBrush(Qt.BrushStyle.NoBrush)
        canvas.drawPath(_path(places, scale, tile, lanes[tile], end))


def _lanes(
    places: NetworkPlaces, tiles: Sequence[int], target: float, scale: float
) -> dict[int, float]:
    """Height of the lane of each tile: below its row or above it, spread over the gutter."""
    gutters: dict[int, list[int]] = {}
    for tile in sorted(tiles, key=lambda tile: -(tile % places.columns)):
        row = tile // places.columns
        # the gutter above row r is number r, the one below it is number r + 1
        near, far = (row + 1, row) if places.tiles[tile].center().y() < target else (row, row + 1)
        crowded = len(gutters.get(near, [])) >= MOST_LANES
        gutters.setdefault(far if crowded else near, []).append(tile)
    heights: dict[int, float] = {}
    for gutter, members in gutters.items():
        first = places.tiles[min(gutter * places.columns, len(places.tiles) - 1)]
        below_last = gutter * places.columns >= len(places.tiles)
        # only half a gutter lies between an outer row and the edge of the grid
        room = places.gutter / (2 if gutter == 0 or below_last else 1)
        room = max(room, LEAST_ROOM * scale)
        middle = first.bottom() + room / 2 if below_last else first.top() - room / 2
        gap = min(room / MOST_LANES, LANE * scale)
        for lane, tile in enumerate(members):
            heights[tile] = middle + gap * (lane - (len(members) - 1) / 2)
    return heights


def _path(
    places: NetworkPlaces, scale: float, tile: int, lane: float, end: QPointF
) -> QPainterPath:
    start = QPointF(places.bars[tile].right() + scale, places.tiles[tile].center().y())
    turn = 9 * scale
    right = places.tiles[places.columns - 1].right() + 20 * scale
    path = QPainterPath(start)
    path.cubicTo(start.x() + turn, start.y(), start.x(), lane, start.x() + turn, lane)
    path.lineTo(max(right, start.x() + turn), lane)
    leave = path.currentPosition().x()
    middle = (leave + end.x()) / 2
    path.cubicTo(middle, lane, middle, end.y(), end.x(), end.y())
    return path


def paint_badge(canvas: Canvas, tile: QRectF, positive: bool) -> None:
    """The frame round a tile that has a line, with its sign."""
    edge = "positive" if positive else "negative"
    canvas.outline(edge=edge, width=3)
    canvas.drawRoundedRect(tile.adjusted(-2, -2, 2, 2), 2, 2)
    canvas.sign(tile.topLeft(), positive, BADGE)


# ---- outputs ------------------------------------------------------------------------


def paint_outputs(canvas: Canvas, rows: Sequence[QRectF], view: NetworkView) -> None:
    """One row for each output, without its bar.

    The answer is bold with a tick or a cross; the output whose contributions are drawn has a
    frame.
    """
    words = are_words(view.names, canvas.theme)
    size = _name_size(rows[0], canvas.theme, view.names if words else ())
    for output, row in enumerate(rows):
        _paint_output(canvas, row, view, output, size, words)


def _paint_output(
    canvas: Canvas, row: QRectF, view: NetworkView, output: int, size: float, words: bool
) -> None:
    px, chosen, answers = canvas.px, output == view.shown_output, output in view.strong
    canvas.box(row, "raised" if chosen else "panel", "focus" if chosen else "", 3, radius=6)
    ink = "text" if answers or chosen else "muted"
    height = row.height() * (WORDS_HEIGHT if words else 1)
    left = row.right() - px(NAMED_PERCENT if words else PERCENT)
    mark = QRectF(left - px(MARK), row.y(), px(MARK), height)
    if words:
        name = QRectF(row.x() + px(8), row.y(), mark.x() - row.x() - px(8), height)
    else:
        name = QRectF(row.x(), row.y(), px(NAME), height)
    canvas.text(name, view.names[output], LEFT if words else CENTRE, ink, size, bold=True)
    right = view.marks[output]
    if right is not None:
        canvas.mark(mark, right)
    percent = QRectF(left, row.y(), row.right() - px(8) - left, height)
    larger = min(size, TEXT + 6 if answers and not words else TEXT)
    canvas.text(percent, view.percents[output], RIGHT, ink, larger, bold=answers)


def _name_size(row: QRectF, theme: Theme, words: Sequence[str]) -> float:
    """One size for the names of all rows; `words` are those that must fit beside the rest."""
    if not words:
        return min(30.0, row.height() / theme.scale * 0.8)
    size = min(float(TEXT), row.height() * WORDS_HEIGHT / theme.scale * 0.8)
    room = row.width() - theme.px(8 + MARK + NAMED_PERCENT)
    fonts = [fitting_font(word, room, theme, size, bold=True) for word in words]
    return min(font.pixelSize() for font in fonts) / theme.scale


def paint_bars(
    canvas: Canvas, rows: Sequence[QRectF], names: Sequence[str], values: Sequence[float]
) -> None:
    """How strongly each output fires, 0..1."""
    words = are_words(names, canvas.theme)
    for output, (row, value) in enumerate(zip(rows, values, strict=True)):
        track = _track(row, canvas.theme, words)
        canvas.fillRect(track, canvas.ink("track"))
        filled = QRectF(track.x(), track.y(), max(2.0, track.width() * value), track.height())
        canvas.fillRect(filled, canvas.theme.digit(output))
        canvas.box(filled, edge="text")


def _track(row: QRectF, theme: Theme, words: bool) -> QRectF:
    """Where the bar of a row can go."""
    if words:
        top = row.y() + row.height() * WORDS_HEIGHT
        inset = theme.px(8)
        height = (row.bottom() - top) * 0.7
        return QRectF(row.x() + inset, top, row.width() - 2 * inset, height)
    height = min(row.height() * 0.55, 22 * theme.scale)
    left = row.x() + theme.px(NAME)
    right = row.right() - theme.px(PERCENT) - theme.px(MARK) - theme.px(4)
    return QRectF(left, row.center().y() - height / 2, max(4.0, right - left), height)
