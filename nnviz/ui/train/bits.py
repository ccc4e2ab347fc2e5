"""Bits in the picture of a network: the layer that makes them of outputs, and the word that they
are read as."""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import SMALLEST, width_of
from nnviz.ui.kit.sheet import Layer
from nnviz.ui.kit.sign_legend import DOWN_DASHES
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.train import words
from nnviz.ui.train.places import WORD_LINE, NetworkPlaces
from nnviz.ui.train.view import LayerView, WordView

Bit = tuple[str, str, str, bool | None]
"""Its name, 0 or 1, its percentage, and whether it is right."""
LARGEST = 58.0
"""Size of the type of a word at most, on the design grid."""
CELL, GAP, SIGN = 0.66, 0.22, 1.5
"""Widths in sizes of the type: of a bit, between two of them, and of the sign behind them."""
THICK = 8
"""Of the thickest line of the layer, see LayerView.amounts."""


def bit_layers(
    places: NetworkPlaces, layer: LayerView | None, word: WordView | None
) -> list[Layer]:
    """What is painted of them."""
    made = []
    if layer is not None:
        between = QRectF(places.outputs[0].topRight(), places.outputs[-1].bottomRight())
        between.setRight(places.bits[0].left())
        parts = layer.up, layer.amounts
        made.append(Layer(between, parts, partial(_paint_lines, places=places, layer=layer)))
        bits = zip(layer.names, layer.bits, layer.percents, layer.marks, strict=True)
        for row, bit in zip(places.bits, bits, strict=True):
            made.append(Layer(row, bit, partial(_paint_bit, row=row, of=bit)))
    if word is not None:
        paint = partial(paint_word, place=places.word, word=word)
        made.append(Layer(places.word, word, paint))
    return made


def _paint_lines(canvas: Canvas, places: NetworkPlaces, layer: LayerView) -> None:
    """From each output to each bit: what says much now is thick, the rest thin and grey."""
    scale = canvas.theme.scale
    for thick in (False, True):  # what matters lies above the rest
        for place, target in enumerate(places.bits):
            for output, source in enumerate(places.outputs):
                amount, up = layer.amounts[place][output], layer.up[place][output]
                if bool(amount) is not thick:
                    continue
                start = QPointF(source.right() + scale, source.center().y())
                end = QPointF(target.left() - scale, target.center().y())
                middle = (start.x() + end.x()) / 2
                path = QPainterPath(start)
                path.cubicTo(middle, start.y(), middle, end.y(), end.x(), end.y())
                ink = ("positive" if up else "negative") if thick else "line"
                pen = canvas.stroke(ink, dashes=() if up else DOWN_DASHES)
                pen.setWidthF(scale * (1.8 + 3 * amount / THICK if thick else 1))
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                canvas.setPen(pen)
                canvas.setBrush(Qt.BrushStyle.NoBrush)
                canvas.drawPath(path)


def _paint_bit(canvas: Canvas, row: QRectF, of: Bit) -> None:
    """Its name and how strongly it fires; the bit itself large."""
    name, bit, share, right = of
    px = canvas.px
    canvas.box(row, "panel", "line", 1, radius=6)
    inside = row.adjusted(px(8), px(3), -px(8), -px(3))
    line = QRectF(inside.x(), inside.y(), inside.width(), min(px(26), inside.height() / 2))
    canvas.text(line, name, LEFT, "muted", bold=True)
    if width_of(f"{name} {share}", canvas.theme, bold=True) <= line.width():
        canvas.text(line, share, RIGHT, "muted")
    large = QRectF(inside.x(), line.bottom(), inside.width(), inside.bottom() - line.bottom())
    size = min(46.0, large.height() / canvas.theme.scale)
    canvas.text(large, bit, size=max(TEXT, size), bold=True)
    if right is not None:
        mark = QRectF(large.right() - px(26), large.y(), px(26), large.height())
        canvas.mark(mark, right)


# ---- the word -----------------------------------------------------------------------


def paint_word(canvas: Canvas, place: QRectF, word: WordView) -> None:
    """The bits large, what they mean, and below it what else there is to say."""
    px = canvas.px
    line = min(px(WORD_LINE), place.height() / (word.lines + 1.6))
    first = QRectF(place.x(), place.y() + px(2), place.width() - px(4), 0)
    first.setBottom(place.bottom() - word.lines * line)
    size = _size_of(word, first, canvas.theme.scale)
    end = _paint_bits(canvas, first, word, size)
    if word.means:
        _paint_meaning(canvas, first, end, word.means, size, word.framed == "means")
    elif word.number:
        after = QRectF(first)
        after.setLeft(end + GAP * size * canvas.theme.scale)
        canvas.text(after, words.EQUALS.format(number=word.number), LEFT, size=size, bold=True)
    row = QRectF(first.x(), first.bottom(), first.width(), line)
    if word.not_a_digit:
        _paint_framed(canvas, row, word.not_a_digit, word.framed == "not_a_digit")
        row.translate(0, line)
    if word.nearest is not None:
        bits, name = word.nearest
        start = words.NEAREST_WORD.format(word=bits)
        needed = width_of(f"{start}{name}", canvas.theme, bold=True) + px(24)
        size = max(SMALLEST, TEXT * min(1.0, row.width() / needed))
        canvas.text(row, start, LEFT, size=size, bold=True)
        rest = row.adjusted(width_of(start, canvas.theme, size, bold=True) + px(4), 0, 0, 0)
        _paint_framed(canvas, rest, name, word.framed == "nearest", size)
        row.translate(0, line)
    if word.remark:
        canvas.text(row, word.remark, LEFT, "muted")


def _size_of(word: WordView, place: QRectF, scale: float) -> float:
    """The largest type in which the word and its meaning fit, on the design grid."""
    count = len(word.bits)
    after = SIGN + CELL * max(1, len(word.means or word.number))
    wide = count * CELL + (count - 1) * GAP + GAP + after + 0.3
    return min(LARGEST, place.width() / scale / wide, place.height() / scale * 0.86)


def _paint_bits(canvas: Canvas, place: QRectF, word: WordView, size: float) -> float:
    """-> where they end."""
    pitch, cell = (CELL + GAP) * size * canvas.theme.scale, CELL * size * canvas.theme.scale
    left = place.x() + 0.1 * cell
    for number, bit in enumerate(word.bits):
        one = QRectF(left + number * pitch, place.y(), cell, place.height())
        canvas.text(one, bit, size=size, bold=True)
        if number in word.wrong:
            high = min(place.height() - 2, 1.25 * size * canvas.theme.scale)
            ring = QRectF(one.x(), one.center().y() - high / 2, cell, high)
            canvas.box(ring.adjusted(-2, 0, 2, 0), edge="wrong", width=4, radius=12)
    return left + len(word.bits) * pitch


def _paint_meaning(
    canvas: Canvas, place: QRectF, left: float, means: str, size: float, framed: bool
) -> None:
    """An arrow, and the class in a frame where it is the answer."""
    unit = size * canvas.theme.scale
    arrow = QRectF(left, place.y(), (SIGN - 2 * GAP) * unit, place.height())
    y, end = arrow.center().y(), arrow.right() - 0.1 * unit
    canvas.line(QPointF(arrow.x() + 0.1 * unit, y), QPointF(end - 0.2 * unit, y), "text", 5)
    head = (QPointF(end, y), QPointF(end - 0.3 * unit, y - 0.2 * unit))
    canvas.polygon((*head, QPointF(end - 0.3 * unit, y + 0.2 * unit)), "text")
    wide = max(CELL * unit * 1.3, min(CELL * unit * len(means), place.right() - arrow.right()))
    high = min(place.height() - 2, 1.3 * unit)
    box = QRectF(arrow.right() + GAP * unit / 2, y - high / 2, wide, high)
    if framed:
        canvas.box(box, "raised", "focus", 4, radius=6)
    canvas.text(box, means, size=size, bold=True)


def _paint_framed(
    canvas: Canvas, place: QRectF, text: str, framed: bool, size: float = TEXT
) -> None:
    """Words at the left of a line, in the frame of the answer or without."""
    px = canvas.px
    if framed:
        wide = width_of(text, canvas.theme, size, bold=True) + px(16)
        box = QRectF(place.x() + px(2), place.y() + 1, wide, place.height() - 2)
        canvas.box(box, "raised", "focus", 3, radius=5)
        canvas.text(box, text, size=size, bold=True)
    else:
        canvas.text(place, text, LEFT, size=size, bold=True)
