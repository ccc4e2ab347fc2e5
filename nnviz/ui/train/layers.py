"""What lies round the weight images in the picture of a network: lines, activity, outputs."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPixmap

from nnviz.ui.kit.canvas import CENTRE, LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import are_words, fitting_font
from nnviz.ui.kit.sheet import Layer
from nnviz.ui.kit.sign_legend import DOWN_DASHES
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.train.places import NetworkPlaces
from nnviz.ui.train.view import NetworkView

MOST_LANES = 3
"""Lanes between two rows before the other side of the row is taken."""
LANE = 14
"""Height of a lane on the design grid where there is room for more."""
BADGE = 10
"""Radius of the sign at a weight image that has a line."""
LEAST_ROOM = 12
"""Height that the lanes above the first row or below the last one take at least."""
THICKNESSES = 8
"""Of lines: so few that a line is seldom painted again while a network learns."""
SIGNS = (False, True)
FRAME = 3
"""Width of the frame round the answer."""
NAME, MARK, PERCENT = 44, 26, 92
"""Widths of the parts of a row on the design grid; the bar has what is left."""
GROWN = 1.5
"""How much larger an output is as it is shown to a room."""
ROOM = 1.1
"""How much more room its name and percentage take then."""
NAMED_PERCENT = 78
"""Width of the percentage where a word needs room; the bar is then below them."""
WORDS_HEIGHT = 0.66
"""How much of a row its words take when the bar is below them."""


# ---- lines: each in a lane of its own ------------------------------------------------


def thicknesses(amounts: Sequence[float]) -> tuple[tuple[bool, int], ...]:
    """For each line whether it speaks for the output, and how thick it is: 0..THICKNESSES."""
    largest = max((abs(amount) for amount in amounts), default=0) or 1
    return tuple((amount > 0, round(THICKNESSES * abs(amount) / largest)) for amount in amounts)


def paint_lines(
    canvas: Canvas,
    places: NetworkPlaces,
    tiles: Sequence[int],
    thick: Sequence[tuple[bool, int]],
    output: int,
) -> None:
    """Draws a line from each tile to the output: solid up, dashed down, thick for much."""
    scale, target = canvas.theme.scale, places.outputs[output]
    lanes = _lanes(places, tiles, target.center().y(), scale)
    for place, (tile, (up, width)) in enumerate(zip(tiles, thick, strict=True)):
        end = QPointF(
            target.left(), target.center().y() + scale * 4 * (place - (len(tiles) - 1) / 2)
        )
        pen = canvas.stroke("positive" if up else "negative", dashes=() if up else DOWN_DASHES)
        pen.setWidthF(scale * (1.8 + 3 * width / THICKNESSES))
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


class Badges:
    """Frames round tiles that have a line, with its sign: painted once for all tiles."""

    def __init__(self) -> None:
        self._key: object = None
        self._made: list[QPixmap] = []
        self._margin = QPointF()

    def draw(
        self, canvas: Canvas, tiles: Sequence[QRectF], positive: Sequence[bool], ratio: float
    ) -> None:
        """Draws the frames of some tiles, which lie at whole pixels; `ratio` of the screen."""
        if not tiles:
            return
        if canvas.once:
            for tile, sign in zip(tiles, positive, strict=True):
                _paint_badge(canvas, tile, sign)
            return
        key = canvas.theme, ratio, tiles[0].size()
        if self._key != key:
            margin = canvas.px(BADGE + 3)
            self._key, self._margin = key, QPointF(margin, margin)
            self._made = [self._badge(canvas.theme, tiles[0], ratio, each) for each in SIGNS]
        for tile, sign in zip(tiles, positive, strict=True):
            canvas.drawPixmap(tile.topLeft() - self._margin, self._made[sign])

    def _badge(self, theme: Theme, tile: QRectF, ratio: float, positive: bool) -> QPixmap:
        margin = self._margin.x()
        size = tile.size().grownBy(QMarginsF(margin, margin, margin, margin))
        pixmap = QPixmap((size * ratio).toSize())
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with Canvas(pixmap, theme) as once:
            _paint_badge(once, QRectF(self._margin, tile.size()), positive)
        return pixmap


def _paint_badge(canvas: Canvas, tile: QRectF, positive: bool) -> None:
    edge = "positive" if positive else "negative"
    canvas.outline(edge=edge, width=3)
    canvas.drawRoundedRect(tile.adjusted(-2, -2, 2, 2), 2, 2)
    canvas.sign(tile.topLeft(), positive, BADGE)


# ---- activity -----------------------------------------------------------------------


def paint_activity(canvas: Canvas, places: NetworkPlaces, heights: Sequence[int]) -> None:
    """How strongly each neuron fires: a bar beside its tile, so many pixels high; below 0 in
    another colour."""
    canvas.sharp()
    canvas.outline("raised")
    canvas.drawRects(places.bars)
    for sign, ink in ((1, "text"), (-1, "negative")):
        filled = [
            QRectF(bar.x(), bar.bottom() - abs(height), bar.width(), abs(height))
            for bar, height in zip(places.bars, heights, strict=True)
            if height * sign > 0
        ]
        if filled:
            canvas.outline(ink)
            canvas.drawRects(filled)


# ---- outputs ------------------------------------------------------------------------


class OutputRow(NamedTuple):
    """All that a row shows."""

    output: int
    name: str
    percent: str
    size: float
    """Of the type of its name"""
    grown: float
    """How much larger all is than in the window"""
    worded: bool
    """Whether names are words, with the bar below them"""
    chosen: bool
    """Whether its contributions are drawn: its ground is lighter"""
    framed: bool
    """Whether it is the answer: it has a frame"""
    answers: bool
    """Whether it makes the answer: it is bold"""
    coloured: bool
    """Whether its bar has the colour of a class: bits have none"""
    right: bool | None
    """A tick or a cross, or neither"""
    bar: int
    """How strongly it fires: width of its bar in pixels"""


def output_layers(rows: Sequence[QRectF], theme: Theme, view: NetworkView) -> list[Layer]:
    """One for each output."""
    worded = are_words(view.names, theme)
    grown = GROWN if view.large and view.layer is None else 1.0
    size = _name_size(rows[0], theme, view.names if worded else (), grown)
    made, most = [], _track(rows[0], theme, worded, grown).width()
    for output, (row, value) in enumerate(zip(rows, view.outputs.tolist(), strict=True)):
        chosen = view.drawn and output == view.shown_output
        shown = OutputRow(
            output,
            view.names[output],
            view.percents[output],
            size,
            grown,
            worded,
            chosen,
            output == view.framed,
            output in view.strong,
            view.word is None or view.layer is not None,
            view.marks[output],
            max(2, round(most * value)) if view.percents[output] else 0,
        )
        made.append(Layer(row, shown, partial(_paint_output, row=row, shown=shown)))
    return made


def _paint_output(canvas: Canvas, row: QRectF, shown: OutputRow) -> None:
    px, size, worded, grown = canvas.px, shown.size, shown.worded, shown.grown
    inside = canvas.theme.scale * FRAME / 2 if shown.framed else 0
    box = row.adjusted(inside, inside, -inside, -inside)
    edge = "focus" if shown.framed else "muted" if shown.chosen else ""
    fill = "raised" if shown.chosen or shown.framed else "panel"
    canvas.box(box, fill, edge, FRAME if shown.framed else 1, radius=6)
    ink = "text" if shown.answers or shown.chosen else "muted"
    height = row.height() * (WORDS_HEIGHT if worded else 1)
    left = row.right() - px((NAMED_PERCENT if worded else PERCENT) * _room(grown))
    mark = QRectF(left - px(MARK), row.y(), px(MARK), height)
    if worded:
        name = QRectF(row.x() + px(8), row.y(), mark.x() - row.x() - px(8), height)
    else:
        name = QRectF(row.x(), row.y(), px(NAME * _room(grown)), height)
    canvas.text(name, shown.name, LEFT if worded else CENTRE, ink, size, bold=True)
    if shown.right is not None:
        canvas.mark(mark, shown.right)
    percent = QRectF(left, row.y(), row.right() - px(8) - left, height)
    larger = min(size, grown * (TEXT + 6 if shown.answers and not worded else TEXT))
    canvas.text(percent, shown.percent, RIGHT, ink, larger, bold=shown.answers)
    canvas.sharp()
    track = _track(row, canvas.theme, worded, grown)
    canvas.fillRect(track, canvas.ink("track"))
    if shown.bar:
        filled = QRectF(track.x(), track.y(), shown.bar, track.height())
        of_class = shown.coloured
        canvas.fillRect(
            filled, canvas.theme.digit(shown.output) if of_class else canvas.ink("muted")
        )
        canvas.box(filled, edge="text")


def _name_size(row: QRectF, theme: Theme, words: Sequence[str], grown: float) -> float:
    """One size for the names of all rows; `words` are those that must fit beside the rest."""
    if not words:
        high = row.height() / theme.scale
        # a low row is filled by numerals, which have no descenders
        return min(30.0 * grown, max(high * 0.8, min(TEXT, high * 1.15)))
    size = min(TEXT * grown, row.height() * WORDS_HEIGHT / theme.scale * 0.8)
    room = row.width() - theme.px(8 + MARK + NAMED_PERCENT * _room(grown))
    fonts = [fitting_font(word, room, theme, size, bold=True) for word in words]
    return min(font.pixelSize() for font in fonts) / theme.scale


def _room(grown: float) -> float:
    """How much wider names and percentages are where all is larger."""
    return ROOM if grown > 1 else 1.0


def _track(row: QRectF, theme: Theme, words: bool, grown: float) -> QRectF:
    """Where the bar of a row can go."""
    if words:
        top = row.y() + row.height() * WORDS_HEIGHT
        inset = theme.px(8)
        height = (row.bottom() - top) * 0.7
        return QRectF(row.x() + inset, top, row.width() - 2 * inset, height)
    height = min(row.height() * 0.55, 22 * grown * theme.scale)
    left = row.x() + theme.px(NAME * _room(grown))
    right = row.right() - theme.px(PERCENT * _room(grown)) - theme.px(MARK) - theme.px(4)
    return QRectF(left, row.center().y() - height / 2, max(4.0, right - left), height)
