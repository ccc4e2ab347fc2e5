"""The exact layer of the book's exercise as a matrix: outputs above, bits at the right."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from PySide6.QtCore import QPointF, QRectF

from nnviz.data.arrays import Floats
from nnviz.networks.bit_layer import FixedLayer, Guarantee
from nnviz.ui.designs import code_words as words
from nnviz.ui.designs.words import with_sign
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import CENTRE, LEFT, Canvas
from nnviz.ui.kit.contrast import clear_fill, readable
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.words import number

HEIGHT = 354
"""Room that the picture needs at scale 1."""
LEFT_SIDE, BIAS, SUM, LAMP, MARGIN, SCALE = 92, 66, 96, 66, 92, 88
"""Widths on the design grid; the outputs have ten times `CELL`."""
CELL, WIRE = 56, 10
"""Width of a column of weights, and what of it is left for the wires between two."""
NARROW = LEFT_SIDE + 10 * CELL + BIAS + SUM + LAMP
WIDE = NARROW + MARGIN + SCALE
"""Width without and with what the layer promises."""
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
    filled: int = 99
    """Rows of weights that are there; in the others somebody has still to find them"""
    promises: bool = True
    """Whether it says what the layer promises"""
    told: bool = True
    """Whether it says anything of the digit"""
    large: bool = False
    """Whether it does without what a room cannot read"""

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
    def whole(self) -> bool:
        """Whether it says what the bits spell."""
        return self.told and self.filled >= len(self.bits)

    @property
    def so_far(self) -> str:
        """The bits that are known, one by one, and what they spell once all are."""
        known = self.filled if self.told else 0
        shown = (*self.word[:known], *(words.UNKNOWN,) * (len(self.bits) - known))
        return words.word_is(shown, int(self.word, 2) if self.whole else None)

    @property
    def right(self) -> bool | None:
        return None if self.label is None else int(self.word, 2) == self.label

    def adds(self, bit: int, output: int) -> str:
        """What a weight does."""
        if bit >= self.filled:
            return words.find_weight(self.names[output], self.bit_names[bit])
        said, own = float(self.outputs[output]), float(self.layer.weights[bit, output])
        if not self.told:
            return words.has_weight(self.names[output], self.bit_names[bit], own)
        return words.adds(self.names[output], said, self.bit_names[bit], own)


class BitLayerPicture(Picture[BitLayerView]):
    """Tells which weight was chosen, or None; everything grows only as far as there is room."""

    id = "bit-layer-picture"
    title = words.BIT_PICTURE
    tip = words.BIT_PICTURE_TIP
    arrows_choose = True

    def table(self, view: BitLayerView) -> Twin:
        """A row for each bit: the weights from the outputs, and the bias. Those that somebody has
        still to find are not told."""
        layer = view.layer
        rows = (
            (bit, *((*weights, bias) if at < view.filled else [None] * (len(weights) + 1)))
            for at, (bit, weights, bias) in enumerate(
                zip(view.bit_names, layer.weights, layer.biases, strict=True)
            )
        )
        return twin_of((heads.NAME, *view.names, heads.BIAS), rows)

    # ---- where it stands -------------------------------------------------------------

    @property
    def _grid(self) -> "Grid":
        wide = self.view is None or self.view.promises
        return _grid(self.width(), self.height(), WIDE if wide else NARROW)

    def _px(self, size: float) -> int:
        """A size of its grid in pixels."""
        return max(1, round(size * self._grid.scale))

    def cell(self, bit: int, output: int) -> QRectF:
        """Where a weight stands."""
        px, grid = self._px, self._grid
        x, y = px(LEFT_SIDE + output * CELL), px(grid.top + bit * grid.row)
        return QRectF(x, y, px(CELL) - px(WIRE), px(grid.row) - px(WIRE))

    def lamp(self, bit: int) -> QPointF:
        """The middle of a lamp."""
        return self._column("lamp", self.cell(bit, 0)).center()

    def _column(self, name: str, row: QRectF) -> QRectF:
        """The part of a row that a column right of the weights has."""
        left = LEFT_SIDE + 10 * CELL
        widths = {"bias": BIAS, "sum": SUM, "lamp": LAMP, "margin": MARGIN, "scale": SCALE}
        before = list(widths)[: list(widths).index(name)]
        left += sum(widths[each] for each in before)
        return QRectF(self._px(left), row.y(), self._px(widths[name]), row.height())

    def least_size(self, view: BitLayerView | None) -> tuple[float, float]:
        # it needs no wider a window where all else is larger
        return 0.75 * WIDE * self.theme.at_most(1.0).scale / self.theme.scale, 0.5 * HEIGHT

    def wanted_size(self, view: BitLayerView | None) -> tuple[float, float]:
        return WIDE, 0.6 * HEIGHT

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
        if not view.whole:
            return words.not_whole(min(view.filled, len(view.bits)), len(view.bits))
        sums = dict(zip(view.bit_names, view.sums.tolist(), strict=True))
        return words.layer(sums, view.word, view.spelled, view.right)

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: BitLayerView) -> None:
        canvas.use(Theme(self.theme.name, self._grid.scale))
        self._paint_wires(canvas, view)
        self._paint_outputs(canvas, view)
        for name, heading in words.BIT_HEADINGS.items():
            if view.promises or name not in words.PROMISES:
                lines = QRectF(0, self._px(self._grid.top - HEADING), 0, 2 * self._px(25))
                canvas.lines(self._column(name, lines), heading, CENTRE, "muted")
        self._paint_answer(canvas, view)
        for bit in range(len(view.bits)):
            if bit < view.filled:
                self._paint_weights(canvas, view, bit)
            else:
                self._paint_unknown(canvas, view, bit)
            if bit < view.filled and view.told:
                self._paint_sum(canvas, view, bit)
            if bit < view.filled and view.promises:
                self._paint_promise(canvas, view, bit)
        below = self._px(self._grid.top + len(view.bits) * self._grid.row + 2)
        line = QRectF(0, below, self._px(WIDE if view.promises else NARROW), self._px(30))
        canvas.text(line, view.adds(*view.chosen) if view.chosen else words.SUM_RULE, LEFT)

    def _paint_wires(self, canvas: Canvas, view: BitLayerView) -> None:
        """From each output down past all bits, and from all weights of a bit to its lamp."""
        rows = range(len(view.bits))
        for output in range(len(view.names)):
            x, ink = self.cell(0, output).center().x(), self.theme.digit(output)
            start = QPointF(x, self._px(NAME + self._grid.bar))
            canvas.line(start, QPointF(x, self.cell(rows[-1], output).center().y()), ink, 3)
        for bit in rows:
            row = self.cell(bit, 0)
            canvas.line(row.center(), self.lamp(bit), "muted", 3)

    def _paint_outputs(self, canvas: Canvas, view: BitLayerView) -> None:
        px, top, height = self._px, self._px(NAME), self._px(self._grid.bar)
        canvas.text(QRectF(0, top, px(LEFT_SIDE), height), words.OUTPUTS, LEFT, "muted")
        for output, name in enumerate(view.names):
            column = self.cell(0, output)
            known = output == view.label and view.told
            place = QRectF(column.x(), 0, column.width(), px(38))
            canvas.text(place, name, ink="text" if known else "muted", size=30, bold=True)
            track = QRectF(column.x() + px(10), top, column.width() - px(20), height)
            canvas.fillRect(track, canvas.ink("track"))
            if not view.told:
                continue
            filled = QRectF(track)
            filled.setTop(track.bottom() - max(2.0, height * float(view.bars[output])))
            canvas.box(filled, self.theme.digit(output), "text")
            said = float(view.outputs[output])
            below = QRectF(column.x(), track.bottom() + px(3), column.width(), px(28))
            canvas.box(below, "panel")
            canvas.text(below, number(said, 2), ink="text" if said > 0.5 else "muted", size=22)

    def _paint_answer(self, canvas: Canvas, view: BitLayerView) -> None:
        px, right = self._px, view.right if view.whole else None
        colour = self.theme.judged(right)
        ink = canvas.ink("on_accent") if right else colour
        left = px(LEFT_SIDE + 10 * CELL + 10)
        place = QRectF(left, px(2), px(WIDE if view.promises else NARROW) - left, px(56))
        badge = place.adjusted(2, 2, -2, -2)
        canvas.box(badge, colour if right else "", colour, 3, radius=8)
        said = place.adjusted(px(12), 0, -px(40 if right is not None else 6), 0)
        canvas.text(said, view.so_far, LEFT, ink, 32, bold=True)
        mark = QRectF(place.right() - px(42), place.y(), px(36), place.height())
        if right is not None:
            canvas.mark(mark, right, ink)
        below = QRectF(left, place.bottom() + px(4), place.width(), px(52))
        if view.whole and int(view.word, 2) >= len(view.names):
            below.setHeight(px(30))
            canvas.text(below, words.NOT_A_DIGIT, LEFT, size=26, bold=True)
        elif view.whole and not view.large:
            canvas.paragraph(below, words.assumption(view.met), "muted")

    def _paint_unknown(self, canvas: Canvas, view: BitLayerView, bit: int) -> None:
        """A row that somebody has still to find."""
        self._paint_name(canvas, view, bit)
        for output in range(len(view.names) + 1):
            place = self.cell(bit, output)
            if output == len(view.names):
                place = self._column("bias", place).adjusted(self._px(3), 0, -self._px(3), 0)
            canvas.box(place, "panel", "muted", 2)
            canvas.text(place, words.UNKNOWN, ink="muted", size=24, bold=True)
        canvas.circle(self.lamp(bit), self._px(20), "panel", "muted", 3)

    def _paint_name(self, canvas: Canvas, view: BitLayerView, bit: int) -> None:
        row = self.cell(bit, 0)
        name = QRectF(0, row.y(), self._px(LEFT_SIDE), row.height())
        canvas.text(name, words.bit(view.bit_names[bit]), LEFT, size=28, bold=True)

    def _paint_weights(self, canvas: Canvas, view: BitLayerView, bit: int) -> None:
        self._paint_name(canvas, view, bit)
        values = [*view.layer.weights[bit].tolist(), float(view.layer.biases[bit])]
        firing = [*view.bars.tolist(), 1.0]
        for output, (weight, fires) in enumerate(zip(values, firing, strict=True)):
            place = self.cell(bit, output)
            if output == len(view.bars):
                place = self._column("bias", place).adjusted(self._px(3), 0, -self._px(3), 0)
            amount = min(1.0, max(0.0, fires)) if weight and view.told else 0.0
            edge = "line" if not weight else "positive" if weight > 0 else "negative"
            inks = canvas.ink("text" if weight else "muted"), canvas.ink("on_accent")
            filled = clear_fill(canvas.ink("panel"), canvas.ink(edge), amount, inks)
            canvas.box(place, filled, edge, 2)
            ink = inks[readable(filled, inks)]
            canvas.text(place, words.weight(weight), ink=ink, size=28, bold=True)
        if not view.told:
            canvas.circle(self.lamp(bit), self._px(20), "panel", "muted", 3)
        if view.chosen is not None and view.chosen[0] == bit:
            canvas.box(self.cell(*view.chosen), edge="focus", width=4)

    def _paint_sum(self, canvas: Canvas, view: BitLayerView, bit: int) -> None:
        row, on = self.cell(bit, 0), view.bits[bit]
        total, place = with_sign(float(view.sums[bit])), self._column("sum", row)
        canvas.box(place.adjusted(self._px(4), 0, -self._px(4), 0), "panel")
        canvas.text(place, total, size=28, bold=True)
        edge = "focus" if on else "muted"
        canvas.circle(self.lamp(bit), self._px(20), "focus" if on else "panel", edge, 3)
        lamp, ink = self._column("lamp", row), "on_accent" if on else "text"
        canvas.text(lamp, number(on), CENTRE, ink, 28, bold=True)

    def _paint_promise(self, canvas: Canvas, view: BitLayerView, bit: int) -> None:
        row = self.cell(bit, 0)
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
def _grid(width: int, height: int, wide: float) -> Grid:
    scale = max(min(width / wide, height / HEIGHT), 0.5)
    spare = max(0.0, height / scale - HEIGHT)
    return Grid(scale, min(BAR[1], BAR[0] + spare / 2), min(ROW[1], ROW[0] + spare / 8))
