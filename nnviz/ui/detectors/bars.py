"""Numbers as bars: to either side of a line, orange to the right and blue to the left; and how
strongly four shape detectors fire on a digit."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from nnviz.data.arrays import Bytes
from nnviz.networks.book_zero import ARCS
from nnviz.networks.network import HIGHEST
from nnviz.questions.detectors.inputs import Fired
from nnviz.ui.detectors import words
from nnviz.ui.detectors.neurons_shown import NeuronsSeen, answer_or_next
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import fits
from nnviz.ui.kit.picture import Picture
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.kit.weight_images import digit_image
from nnviz.ui.pages.output_words import shows_bits, signed
from nnviz.verdicts.verdict import MOST_ROWS
from nnviz.words import listed, number, tr

TITLE, TALLEST, VALUE = 27, 34, 56
NAME, LONG_NAME = 40, 92
ARC_NAME, ARC_VALUE, DIGIT = 126, 52, 104


@dataclass(frozen=True)
class SignedBar:
    """One row."""

    name: str
    amount: float
    words: str
    strong: bool = False
    """It is about the answer."""


@dataclass(frozen=True)
class SignedView:
    """A title and its rows; `whole` is the amount that fills half of the width."""

    title: str
    bars: tuple[SignedBar, ...]
    whole: float
    one_sided: bool = False
    """No amount is negative: the line is at the left."""
    short: str = ""
    """The title where that is too long"""
    struck: bool = False
    """Whether all of it is struck through, as nobody hears it."""

    @property
    def name_width(self) -> int:
        """On the design grid."""
        return LONG_NAME if any(len(bar.name) > 2 for bar in self.bars) else NAME


class SignedBars(Picture[SignedView]):
    """Rows of names, bars and numbers."""

    id = "signed-bars"

    def table(self, view: SignedView) -> Twin:
        return twin_of((heads.NAME, view.title), ((bar.name, bar.amount) for bar in view.bars))

    def words(self, view: SignedView) -> str:
        values = listed(tr("{name} {value}", name=bar.name, value=bar.words) for bar in view.bars)
        if view.struck:
            return tr("{title}, struck out: {values}", title=view.title, values=values)
        return tr("{title}: {values}", title=view.title, values=values)

    def paint(self, canvas: Canvas, view: SignedView) -> None:
        top = self.px(TITLE)
        height = min((self.height() - top) / max(1, len(view.bars)), self.px(TALLEST))
        long = not view.short or fits(view.title, self.width(), self.theme)
        canvas.text(QRectF(0, 0, self.width(), top), view.title if long else view.short, LEFT)
        for place, bar in enumerate(view.bars):
            row = QRectF(0, top + place * height, self.width(), height)
            self._paint_bar(canvas, row, bar, view)

    def _paint_bar(self, canvas: Canvas, row: QRectF, bar: SignedBar, view: SignedView) -> None:
        width = self.px(view.name_width)
        track = paint_row(canvas, row, bar, width, self.px(VALUE), 0.97)
        track.setRight(track.right() - self.px(4))
        canvas.fillRect(track, canvas.ink("track"))
        zero = track.x() if view.one_sided else track.center().x()
        room = track.width() if view.one_sided else track.width() / 2
        length = room * min(1.0, abs(bar.amount) / (view.whole or 1.0))
        ink = "text" if view.one_sided else "positive" if bar.amount > 0 else "negative"
        left = zero if bar.amount > 0 else zero - length
        canvas.fillRect(QRectF(left, track.y(), length, track.height()), canvas.ink(ink))
        canvas.line(QPointF(zero, row.y()), QPointF(zero, row.bottom()), "text", 2)
        if view.struck:
            y = row.center().y()
            canvas.line(QPointF(track.x(), y), QPointF(track.right(), y), "text", 3)

    def least_size(self, view: SignedView | None) -> tuple[float, float]:
        rows = max(1, len(view.bars)) if view is not None else 1
        return 150, TITLE + rows * 18

    def wanted_size(self, view: SignedView | None) -> tuple[float, float]:
        return 230, self.least_size(view)[1]


def paint_row(
    canvas: Canvas, row: QRectF, bar: SignedBar, name: float, value: float, high: float
) -> QRectF:
    """The name and the number of a row, so wide in pixels, in type of up to so much of its
    height; -> where its bar can go."""
    size = min(float(TEXT), row.height() / canvas.theme.scale * high)
    left = QRectF(row.x(), row.y(), name, row.height())
    canvas.text(left, bar.name, LEFT, size=size, bold=bar.strong)
    right = QRectF(row.right() - value, row.y(), value, row.height())
    canvas.text(right, bar.words, RIGHT, size=size, bold=bar.strong)
    inset = row.height() * 0.2
    return QRectF(left.right(), row.y() + inset, right.x() - left.right(), row.height() - 2 * inset)


@dataclass(frozen=True)
class ArcView:
    """What the row shows, of a digit of 28 x 28 grey pixels."""

    title: str
    pixels: Bytes
    """(inputs,)"""
    activity: tuple[float, ...]
    """Of ARCS, in 0..1"""
    verdict: str
    right: bool | None
    """None where nobody knows."""
    hidden: bool = False
    """Whether neither bars nor verdict are to be told."""


class ArcRow(Picture[ArcView]):
    """The digit at the left, a bar for each detector at the right."""

    id = "arc-row"
    tip = words.ROWS_TIP
    least = (320, TITLE + 75)

    def words(self, view: ArcView) -> str:
        amounts = listed(
            words.ARC_FIRES.format(arc=arc, amount=number(amount, 2))
            for arc, amount in zip(ARCS, view.activity, strict=True)
        )
        if view.hidden:
            return view.title
        said = words.ROW_SAID[view.right]
        return said.format(digit=view.title, amounts=amounts, verdict=view.verdict)

    def paint(self, canvas: Canvas, view: ArcView) -> None:
        px = self.px
        top = px(TITLE)
        side = min(self.height() - top, px(DIGIT))
        title = QRectF(0, 0, self.width() * 0.5, top)
        canvas.text(title, view.title, LEFT)
        mark = QRectF(self.width() - px(30), 0, px(30), top)
        verdict = QRectF(title.right(), 0, mark.x() - title.right() - 4, top)
        canvas.text(verdict, view.verdict, RIGHT, size=TEXT + 2, bold=True)
        if view.right is not None:
            canvas.mark(mark, view.right)
        image = digit_image(view.pixels, self.theme.grey_colours, (28, 28, 1))
        canvas.image(QRectF(1, top, side - 2, side - 2), image)
        bars = QRectF(side + px(10), top, self.width() - 2 - side - px(10), side)
        named = [
            SignedBar(name, 0.0, "?")
            if view.hidden
            else SignedBar(name, amount, number(amount, 2), amount > 0.5)
            for name, amount in zip(ARCS, view.activity, strict=True)
        ]
        metrics = QFontMetricsF(self.theme.font(bold=True))
        wide = max(px(ARC_NAME), *(metrics.horizontalAdvance(name) for name in ARCS))
        for place, bar in enumerate(named):
            row = QRectF(bars.x(), top + place * side / len(ARCS), bars.width(), side / len(ARCS))
            track = paint_row(canvas, row, bar, wide, px(ARC_VALUE), 0.9)
            canvas.bar(track, bar.amount, "text" if bar.strong else "muted", edge="")


def outgoing(view: NeuronsSeen, member: int, neuron: int) -> SignedView:
    """The weights from a neuron to the outputs that read it, at most MOST_ROWS."""
    network, layout = view.seen.network, view.layout
    operation = view.operations.at(member, neuron)
    heard = 1.0 if operation.off else operation.scale  # struck out, it shows what was cut
    if layout.heads:
        outputs = layout.heads[tuple(range(layout.classes))]
    else:
        outputs = np.flatnonzero(network.output_networks == member)[:MOST_ROWS]
    names = [_output_name(view, output) for output in outputs.tolist()]
    weights = (heard * np.nan_to_num(network.output_weights[outputs, neuron])).tolist()
    by_class = bool(layout.heads) or layout.one_hot
    tells = by_class and not view.answer_hidden
    answer = view.digits.class_names[answer_or_next(view)] if tells else ""
    whole = float(np.abs(np.nan_to_num(network.output_weights[outputs])).max(initial=0))
    bars = tuple(
        SignedBar(name, weight, signed(weight), name == answer)
        for name, weight in zip(names, weights, strict=True)
    )
    title = words.TO_EACH if len(bars) > 1 else words.TO_ONE
    return SignedView(title, bars, whole, short=words.TO_EACH_SHORT, struck=operation.off)


def _output_name(view: NeuronsSeen, output: int) -> str:
    layout, names = view.layout, view.digits.class_names
    asked = layout.table[output]
    if layout.heads or layout.one_hot:
        return names[int(asked.argmax())]
    if (asked != 0).sum() == 2 and layout.has_pairs:
        return words.PAIR_OUTPUT.format(yes=names[asked.argmax()], no=names[asked.argmin()])
    rows = view.verdict.rows(names)
    if shows_bits(view.layout, rows):
        return rows[output].name
    return words.OTHER_OUTPUT.format(number=output + 1)


def by_class(view: NeuronsSeen, found: Fired) -> SignedView:
    """The mean activity of a neuron over the digits of each class."""
    names, label = view.digits.class_names, view.label
    means = found.class_means.tolist()
    bars = tuple(
        SignedBar(name, mean, number(mean, 2), place == label and not view.answer_hidden)
        for place, (name, mean) in enumerate(zip(names, means, strict=True))
    )
    whole = 1.0 if view.seen.network.activation in HIGHEST else max(map(abs, means))
    return SignedView(words.MEANS, bars, whole, min(means) >= 0, words.MEANS_SHORT)
