"""The exact layer of the book's exercise as a matrix: outputs above, bits at the right."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from nnviz.data.arrays import Floats
from nnviz.networks.bit_layer import FixedLayer, Guarantee
from nnviz.ui.designs import code_words as words
from nnviz.ui.designs.words import with_sign
from nnviz.ui.kit.canvas import CENTRE, LEFT, Canvas
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import Theme
from nnviz.words import number

WIDTH, HEIGHT = 1060, 354
"""Room that the picture needs at scale 1."""
LEFT_SIDE, BIAS, SUM, LAMP, MARGIN = 92, 66, 96, 66, 92
"""Widths on the design grid; the outputs have ten times `CELL`, the scales what is left."""
CELL = 56
NAME, SAID, HEADING = 40, 36, 54
"""Heights on the design grid: a class, its output, the headings of the columns."""
BAR, ROW = (62, 150), (46, 60)
"""Least and most height of a bar and of a row of weights."""


@dataclass(frozen=True, eq=False)
class BitLayerView:
    """What the picture shows."""

    names: tuple[str, ...]
    """Of the classes"""
    bars: Floats
    """(outputs,) in 0..1, as they are at this moment"""
    outputs: Floats
    """(outputs,) as they are written"""
    layer: FixedLayer
    """Of scale 1"""
    bit_names: tuple[str, ...]
    promised: Guarantee
    label: int | None
    """None where nobody knows it"""
    met: bool
    """Whether the outputs are what the exercise assumes"""
    chosen: tuple[int, int] | None = None
    """Bit and output of the weight that is put into words"""

    @cached_property
    def sums(self) -> Floats:
        """(bits,), at scale 1"""
        found: Floats = self.layer.sums(self.outputs[None])[0]
        return found

    @cached_property
    def bits(self) -> tuple[bool, ...]:
        return tuple((self.sums > 0).tolist())

    @property
    def word(self) -> str:
        """The bits as 0s and 1s."""
        return "".join("1" if bit else "0" for bit in self.bits)

    @property
    def spelled(self) -> str:
        """What the bits spell, in words."""
        return words.spelled(int(self.word, 2), self.names)

    @property
    def right(self) -> bool | None:
        return None if self.label is None else int(self.word, 2) == self.label

    def adds(self, bit: int, output: int) -> str:
        """What a weight does."""
        said, own = float(self.outputs[output]), float(self.layer.weights[bit, output])
        return words.adds(self.names[output], said, self.bit_names[bit], own)


class BitLayerPicture(Picture[BitLayerView]):
    """Tells which weight was chosen, or None; everything grows only as far as there is room."""

    id = "bit-layer-picture"
    title = words.BIT_PICTURE
    tip = words.BIT_PICTURE_TIP
    arrows_choose = True

    # ---- where it stands -------------------------------------------------------------

    @property
    def _grid(self) -> "Grid":
        return _grid(self.width(), self.height())

    def _px(self, size: float) -> int:
        """A size of its grid in pixels."""
        return max(1, round(size * self._grid.scale))

    def cell(self, bit: int, output: int) -> QRectF:
        """Where a weight stands."""
        px, grid = self._px, self._grid
        x, y = px(LEFT_SIDE + output * CELL), px(grid.top + bit * grid.row)
        return QRectF(x, y, px(CELL) - px(4), px(grid.row) - px(4))

    def lamp(self, bit: int) -> QPointF:
        """The middle of a lamp."""
        return self._column("lamp", self.cell(bit, 0)).center()

    def _column(self, name: str, row: QRectF) -> QRectF:
        """The part of a row that a column right of the weights has."""
        left = LEFT_SIDE + 10 * CELL
        widths = {"bias": BIAS, "sum": SUM, "lamp": LAMP, "margin": MARGIN, "scale": 0}
        widths["scale"] = WIDTH - left - sum(widths.values())
        before = list(widths)[: list(widths).index(name)]
        left += sum(widths[each] for each in before)
        return QRectF(self._px(left), row.y(), self._px(widths[name]), row.height())

    def least_size(self, view: BitLayerView | None) -> tuple[float, float]:
        # it needs no wider a window where all else is larger
        return 0.75 * WIDTH * self.theme.at_most(1.0).scale / self.theme.scale, 0.5 * HEIGHT

    def wanted_size(self, view: BitLayerView | None) -> tuple[float, float]:
        return WIDTH, 0.6 * HEIGHT

    # ---- what can be chosen ----------------------------------------------------------

    def regions(self, view: BitLayerView) -> Iterable[Region]:
        for bit in range(len(view.bits)):
            for output in range(len(view.names)):
                place, told = self.cell(bit, output), view.adds(bit, output)
                yield Region((bit, output), place, words=told)

    def selected(self, view: BitLayerView) -> Any:
        return view.chosen

    def press(self, point: QPointF) -> None:
        if self.region_at(point) is None:
            self.at = None
            self.choose(None)
        super().press(point)

    def words(self, view: BitLayerView) -> str:
        sums = dict(zip(view.bit_names, view.sums.tolist(), strict=True))
        return words.layer(sums, view.word, view.spelled, view.right)

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: BitLayerView) -> None:
        canvas.use(Theme(self.theme.name, self._grid.scale))
        self._paint_outputs(canvas, view)
        for name, heading in words.BIT_HEADINGS.items():
            lines = QRectF(0, self._px(self._grid.top - HEADING), 0, 2 * self._px(25))
            canvas.lines(self._column(name, lines), heading, CENTRE, "muted")
        self._paint_answer(canvas, view)
        for bit in range(len(view.bits)):
            self._paint_weights(canvas, view, bit)
            self._paint_sum(canvas, view, bit)
        below = self._px(self._grid.top + len(view.bits) * self._grid.row + 2)
        line = QRectF(0, below, self._px(WIDTH), self._px(30))
        canvas.text(line, view.adds(*view.chosen) if view.chosen else words.SUM_RULE, LEFT)

    def _paint_outputs(self, canvas: Canvas, view: BitLayerView) -> None:
        px, top, height = self._px, self._px(NAME), self._px(self._grid.bar)
        canvas.text(QRectF(0, top, px(LEFT_SIDE), height), words.OUTPUTS, LEFT, "muted")
        for output, name in enumerate(view.names):
            column = self.cell(0, output)
            ink = "text" if output == view.label else "muted"
            place = QRectF(column.x(), 0, column.width(), px(38))
            canvas.text(place, name, ink=ink, size=30, bold=True)
            track = QRectF(column.x() + px(13), top, column.width() - px(26), height)
            canvas.fillRect(track, canvas.ink("track"))
            filled = QRectF(track)
            filled.setTop(track.bottom() - max(2.0, height * float(view.bars[output])))
            canvas.box(filled, self.theme.digit(output), "text")
            below = QRectF(column.x(), track.bottom() + px(3), column.width(), px(28))
            said = float(view.outputs[output])
            canvas.text(below, number(said, 2), ink="text" if said > 0.5 else "muted", size=22)

    def _paint_answer(self, canvas: Canvas, view: BitLayerView) -> None:
        px, colour = self._px, self.theme.judged(view.right)
        ink = canvas.ink("on_accent") if view.right else colour
        left = px(LEFT_SIDE + 10 * CELL + 10)
        place = QRectF(left, px(2), px(WIDTH) - left, px(56))
        badge = place.adjusted(2, 2, -2, -2)
        canvas.box(badge, colour if view.right else "", colour, 3, radius=8)
        said = place.adjusted(px(14), 0, -px(50), 0)
        canvas.text(said, words.word_is(view.word, view.spelled), LEFT, ink, 32, bold=True)
        mark = QRectF(place.right() - px(48), place.y(), px(40), place.height())
        if view.right is not None:
            canvas.mark(mark, view.right, ink)
        below = QRectF(left, place.bottom() + px(6), place.width(), px(52))
        canvas.paragraph(below, words.assumption(view.met), "muted")

    def _paint_weights(self, canvas: Canvas, view: BitLayerView, bit: int) -> None:
        row = self.cell(bit, 0)
        name = QRectF(0, row.y(), self._px(LEFT_SIDE), row.height())
        canvas.text(name, words.bit(view.bit_names[bit]), LEFT, size=28, bold=True)
        values = [*view.layer.weights[bit].tolist(), float(view.layer.biases[bit])]
        firing = [*view.bars.tolist(), 1.0]
        for output, (weight, fires) in enumerate(zip(values, firing, strict=True)):
            place = self.cell(bit, output)
            if output == len(view.bars):
                place = self._column("bias", place).adjusted(self._px(3), 0, -self._px(3), 0)
            amount = min(1.0, max(0.0, fires)) if weight else 0.0
            edge = "line" if not weight else "positive" if weight > 0 else "negative"
            filled = QColor(canvas.ink(edge))
            filled.setAlphaF(amount)
            canvas.box(place, filled, edge, 2)
            ink = "muted" if not weight else "on_accent" if amount > 0.75 else "text"
            canvas.text(place, words.weight(weight), ink=ink, size=24, bold=True)
        if view.chosen is not None and view.chosen[0] == bit:
            canvas.box(self.cell(*view.chosen), edge="focus", width=4)

    def _paint_sum(self, canvas: Canvas, view: BitLayerView, bit: int) -> None:
        row, on = self.cell(bit, 0), view.bits[bit]
        total = with_sign(float(view.sums[bit]))
        canvas.text(self._column("sum", row), total, size=28, bold=True)
        edge = "focus" if on else "muted"
        canvas.circle(self.lamp(bit), self._px(20), "focus" if on else "", edge, 3)
        lamp, ink = self._column("lamp", row), "on_accent" if on else "text"
        canvas.text(lamp, number(on), CENTRE, ink, 28, bold=True)
        for name, each in (("margin", view.promised.margins), ("scale", view.promised.scales)):
            canvas.text(self._column(name, row), number(float(each[bit]), 2), size=24)


@dataclass(frozen=True)
class Grid:
    """Where everything grows to, as far as there is room."""

    scale: float
    """Pixels per unit."""
    bar: float
    """Height of a bar, and below of a row of weights."""
    row: float

    @property
    def top(self) -> float:
        """Where the weights begin."""
        return NAME + self.bar + SAID


@lru_cache(maxsize=8)
def _grid(width: int, height: int) -> Grid:
    scale = max(min(width / WIDTH, height / HEIGHT), 0.5)
    spare = max(0.0, height / scale - HEIGHT)
    return Grid(scale, min(BAR[1], BAR[0] + spare / 2), min(ROW[1], ROW[0] + spare / 8))
