"""The exact layer of the book's exercise as a matrix: outputs above, bits at the right."""

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnviz.networks.bit_layer import FixedLayer, Guarantee
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import Floats

SMALLEST = (1060, 354)
"""Room that the picture needs at scale 1."""
LEFT, BIAS, SUM, LAMP, MARGIN = 92, 66, 96, 66, 92
"""Widths on the design grid; the outputs have ten times `CELL`, the scales what is left."""
CELL = 56
NAME, SAID, HEADING = 40, 36, 54
"""Heights on the design grid: a class, its output, the headings of the columns."""
BAR, ROW = (62, 150), (46, 60)
"""Least and most height of a bar and of a row of weights."""
_CENTRE = Qt.AlignmentFlag.AlignCenter


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
        number = int(self.word, 2)
        if number >= len(self.names):
            return f"{number}, not a digit"
        name = self.names[number]
        return name if name == str(number) else f"{number}, {name}"

    @property
    def right(self) -> bool | None:
        return None if self.label is None else int(self.word, 2) == self.label


def signed(value: float, places: int = 2) -> str:
    """A number with its sign, and a minus as long as the plus."""
    return f"{value:+.{places}f}".replace("-", "−")


def weight_in_words(weight: float) -> str:
    """+1, −1, 0 or −0.5."""
    return f"{weight:+g}".replace("-", "−") if weight else "0"


class BitLayerPicture(QWidget):
    """Draws a BitLayerView; arrows and clicks choose a weight, which is put into words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("bit-layer-picture")
        self.setAccessibleName("Outputs, the weights of the fixed layer, bits")
        self.setToolTip(
            "Each bit is a weighted sum of the ten outputs. Click a weight, or go to it with the "
            "arrow keys, to read what it adds."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view: BitLayerView | None = None
        self.cursor_at: tuple[int, int] | None = None
        """Bit and output of the chosen weight"""
        self.use_theme(theme)

    @property
    def view(self) -> BitLayerView | None:
        return self._view

    def use_theme(self, theme: Theme) -> None:
        self._wanted_theme = theme
        self._fit_theme()
        self.updateGeometry()
        self.update()

    def show_view(self, view: BitLayerView | None) -> None:
        """Draws this from now on."""
        self._view = view
        self.update()

    def sentence(self) -> str:
        """What the chosen weight does, or what all of them do."""
        view = self._view
        if view is None:
            return ""
        if self.cursor_at is None or self.cursor_at[0] >= len(view.bits):
            return "Sum of weight × output, and the bias; a bit is 1 where its sum is above 0."
        bit, output = self.cursor_at
        weight, said = float(view.layer.weights[bit, output]), float(view.outputs[output])
        return (
            f"Output {view.names[output]} says {said:.2f}, its weight for bit "
            f"{view.bit_names[bit]} is {weight_in_words(weight)}: it adds {signed(weight * said)}."
        )

    def in_words(self) -> str:
        """The whole picture in one sentence."""
        view = self._view
        if view is None:
            return ""
        sums = ", ".join(
            f"bit {name} is {int(bit)} with the sum {signed(total)}"
            for name, bit, total in zip(view.bit_names, view.bits, view.sums.tolist(), strict=True)
        )
        judged = "" if view.right is None else f", which is {'right' if view.right else 'wrong'}"
        return f"{sums}; {view.word} is {view.spelled}{judged}."

    def cell(self, bit: int, output: int) -> QRectF:
        """Where a weight stands."""
        px = self._theme.px
        return QRectF(
            px(LEFT + output * CELL),
            px(self._top + bit * self._row),
            px(CELL) - px(4),
            px(self._row) - px(4),
        )

    def lamp(self, bit: int) -> QPointF:
        """The middle of a lamp."""
        row = self.cell(bit, 0)
        return QPointF(self._column("lamp", row).center().x(), row.center().y())

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        if view is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_outputs(painter, view)
            self._draw_headings(painter)
            self._draw_answer(painter, view)
            for bit in range(len(view.bits)):
                self._draw_weights(painter, view, bit)
                self._draw_sum(painter, view, bit)
            self._draw_sentence(painter, view)

    def _draw_outputs(self, painter: QPainter, view: BitLayerView) -> None:
        theme = self._theme
        px, top, height = theme.px, theme.px(NAME), theme.px(self._bar)
        self._write(painter, QRectF(0, top, px(LEFT), height), "outputs", "muted", left=True)
        for output, name in enumerate(view.names):
            column = self.cell(0, output)
            strong = "text" if output == view.label else "muted"
            place = QRectF(column.x(), 0, column.width(), px(38))
            self._write(painter, place, name, strong, 30, bold=True)
            track = QRectF(column.x() + px(13), top, column.width() - px(26), height)
            painter.fillRect(track, theme.colour("track"))
            filled = QRectF(track)
            filled.setTop(track.bottom() - max(2.0, height * float(view.bars[output])))
            painter.fillRect(filled, theme.digit(output))
            painter.setPen(theme.colour("text"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(filled)
            below = QRectF(column.x(), track.bottom() + px(3), column.width(), px(28))
            said = float(view.outputs[output])
            self._write(painter, below, f"{said:.2f}", "text" if said > 0.5 else "muted", 22)

    def _draw_headings(self, painter: QPainter) -> None:
        px = self._theme.px
        for column, *words in (
            ("bias", "", "bias"),
            ("sum", "", "sum"),
            ("lamp", "", "bit"),
            ("margin", "surely", "at least"),
            ("scale", "needs", "scale"),
        ):
            for line, text in enumerate(words):
                place = QRectF(0, px(self._top - HEADING + 25 * line), self.width(), px(25))
                self._write(painter, self._column(column, place), text, "muted")

    def _draw_answer(self, painter: QPainter, view: BitLayerView) -> None:
        theme = self._theme
        px, colour = theme.px, theme.judged(view.right)
        left = px(LEFT + 10 * CELL + 10)
        place = QRectF(left, px(2), px(SMALLEST[0]) - left, px(56))
        painter.setPen(QPen(colour, px(3)))
        painter.setBrush(colour if view.right else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(2, 2, -2, -2), px(8), px(8))
        painter.setPen(theme.colour("on_accent") if view.right else colour)
        words = place.adjusted(px(14), 0, -px(50), 0)
        said = f"{view.word} is {view.spelled}"
        draw_fitted(painter, words, Qt.AlignmentFlag.AlignVCenter, said, theme, 32, bold=True)
        mark = QRectF(place.right() - px(48), place.y(), px(40), place.height())
        ink = theme.colour("on_accent") if view.right else colour
        if view.right is not None:
            draw_mark(painter, mark, ink, theme.scale * 1.3, view.right)
        line = QRectF(left, place.bottom() + px(4), place.width(), px(28))
        negated = "" if view.met else "not "
        said = f"this digit is {negated}as the exercise assumes"
        self._write(painter, line, said, "muted", left=True)

    def _draw_weights(self, painter: QPainter, view: BitLayerView, bit: int) -> None:
        theme = self._theme
        row = self.cell(bit, 0)
        name = QRectF(0, row.y(), theme.px(LEFT), row.height())
        self._write(painter, name, f"bit {view.bit_names[bit]}", "text", 28, bold=True, left=True)
        values = [*view.layer.weights[bit].tolist(), float(view.layer.biases[bit])]
        firing = [*view.bars.tolist(), 1.0 if values[-1] else 0.0]
        for output, (weight, fires) in enumerate(zip(values, firing, strict=True)):
            place = self.cell(bit, output)
            if output == len(view.bars):
                place = self._column("bias", place).adjusted(theme.px(3), 0, -theme.px(3), 0)
            colour = theme.colour("positive" if weight > 0 else "negative")
            if not weight:
                colour = theme.colour("line")
            ink = self._fill(painter, place, colour, fires if weight else 0.0)
            painter.setPen(ink if weight else theme.colour("muted"))
            draw_fitted(painter, place, _CENTRE, weight_in_words(weight), theme, 24, bold=True)
        if self.cursor_at is not None and self.cursor_at[0] == bit:
            painter.setPen(QPen(theme.colour("focus"), theme.px(4)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell(*self.cursor_at))

    def _fill(self, painter: QPainter, place: QRectF, colour: QColor, amount: float) -> QColor:
        """Fills a weight as far as its output fires; -> the colour that can be read on it."""
        filled = QColor(colour)
        filled.setAlphaF(min(1.0, max(0.0, amount)))
        painter.setPen(QPen(colour, self._theme.px(2)))
        painter.setBrush(filled)
        painter.drawRect(place)
        return self._theme.colour("on_accent" if amount > 0.75 else "text")

    def _draw_sum(self, painter: QPainter, view: BitLayerView, bit: int) -> None:
        theme = self._theme
        px, row, on = theme.px, self.cell(bit, 0), view.bits[bit]
        total = self._column("sum", row)
        self._write(painter, total, signed(float(view.sums[bit])), "text", 28, bold=True)
        painter.setPen(QPen(theme.colour("focus" if on else "muted"), px(3)))
        painter.setBrush(theme.colour("focus") if on else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(self.lamp(bit), px(20), px(20))
        lamp = self._column("lamp", row)
        self._write(painter, lamp, str(int(on)), "on_accent" if on else "text", 28, bold=True)
        margin, scale = view.promised.margins[bit], view.promised.scales[bit]
        self._write(painter, self._column("margin", row), f"{margin:.2f}", "text", 24)
        self._write(painter, self._column("scale", row), f"{scale:.2f}", "text", 24)

    def _draw_sentence(self, painter: QPainter, view: BitLayerView) -> None:
        px = self._theme.px
        line = QRectF(0, px(self._top + len(view.bits) * self._row + 2), px(SMALLEST[0]), px(30))
        self._write(painter, line, self.sentence(), "text", left=True)

    def _write(
        self,
        painter: QPainter,
        place: QRectF,
        words: str,
        colour: str,
        size: float = TEXT,
        bold: bool = False,
        left: bool = False,
    ) -> None:
        painter.setPen(self._theme.colour(colour))
        align = Qt.AlignmentFlag.AlignVCenter if left else _CENTRE
        draw_fitted(painter, place, align, words, self._theme, size, bold)

    def _column(self, name: str, row: QRectF) -> QRectF:
        """The part of a row that a column right of the weights has."""
        px, left = self._theme.px, LEFT + 10 * CELL
        widths = {"bias": BIAS, "sum": SUM, "lamp": LAMP, "margin": MARGIN, "scale": 0}
        widths["scale"] = SMALLEST[0] - left - sum(widths.values())
        for column, width in widths.items():
            if column == name:
                return QRectF(px(left), row.y(), px(width), row.height())
            left += width
        raise KeyError(name)

    # ---- pointer and keys ------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        view = self._view
        if view is None:
            return
        for bit in range(len(view.bits)):
            for output in range(len(view.names)):
                if self.cell(bit, output).contains(event.position()):
                    self._choose((bit, output))
                    return
        self._choose(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        moves = {
            keys.Key_Left: (0, -1),
            keys.Key_Right: (0, 1),
            keys.Key_Up: (-1, 0),
            keys.Key_Down: (1, 0),
        }
        move = moves.get(keys(event.key()))
        if move is None or self._view is None:
            super().keyPressEvent(event)
            return
        bits, outputs = len(self._view.bits), len(self._view.names)
        if self.cursor_at is None:
            self._choose((0, 0))
        else:
            bit, output = self.cursor_at[0] + move[0], self.cursor_at[1] + move[1]
            self._choose((min(max(bit, 0), bits - 1), min(max(output, 0), outputs - 1)))

    def _choose(self, place: tuple[int, int] | None) -> None:
        self.cursor_at = place
        self.setAccessibleDescription(self.sentence() if place else self.in_words())
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_theme()

    def _fit_theme(self) -> None:
        """Lets everything grow only as far as there is room."""
        room = min(self.width() / SMALLEST[0], self.height() / SMALLEST[1])
        self._theme = Theme(self._wanted_theme.name, max(room, 0.5))
        spare = max(0.0, self.height() / self._theme.scale - SMALLEST[1])
        self._row = min(ROW[1], ROW[0] + spare / 8)
        self._bar = min(BAR[1], BAR[0] + spare / 2)
        self._top = NAME + self._bar + SAID

    def minimumSizeHint(self) -> QSize:
        theme = self._wanted_theme.at_most(1.0)
        return QSize(theme.px(SMALLEST[0] * 0.75), theme.px(SMALLEST[1] * 0.75))

    def sizeHint(self) -> QSize:
        theme = self._wanted_theme.at_most(1.0)
        return QSize(theme.px(SMALLEST[0]), theme.px(SMALLEST[1] * 0.9))


def natural_bit_names(bits: int) -> tuple[str, ...]:
    """8, 4, 2, 1."""
    return tuple(str(2**place) for place in reversed(range(bits)))
