"""Two heaps of digits that face each other: what a way of answering rescues, and what it loses."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QLabel, QWidget

from nnviz.data.arrays import Indices
from nnviz.data.digits import ShownDigits
from nnviz.questions.comparison import SIGNIFICANT
from nnviz.questions.heaps import Heaps
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import CENTRE, LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import width_of
from nnviz.ui.kit.headline import Headline
from nnviz.ui.kit.in_lectures import for_operator
from nnviz.ui.kit.layout import column, dress, row
from nnviz.ui.kit.more import more
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import BACK_ROW, TEXT, Theme
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.kit.weight_images import digit_image
from nnviz.ui.pages.agreement import p_in_short
from nnviz.words import clauses, number, sentences, tr, tr_n

MOST, LEAST, SHRINK = 116, 34, 2
"""Sides of a digit's place on the design grid, and the steps in which one is looked for."""
CAPTION, CAPTIONED = 25, 62
"""Height of the line below a digit, and the side from which it has one."""
HEAD, FOOT, MIDDLE = 52, 32, 22
"""Heights of the totals and of the line below the heaps; half the way between these."""
TOTAL = BACK_ROW + 8
FLAT = 2.2
"""How many times wider than high a heap of few digits is, about."""


@dataclass(frozen=True)
class HeapsView:
    """What the heaps show; without heaps what is still asked."""

    digits: ShownDigits
    heaps: Heaps | None
    shown: int
    """The digit on screen."""
    hidden: bool = False
    """Whether nothing may tell what comes out."""

    def changed(self, image: int) -> str:
        """The first answer to a digit and the last."""
        assert self.heaps is not None
        names = self.digits.class_names
        first, last = (int(said[image]) for said in (self.heaps.first, self.heaps.last))
        return tr("{first} → {last}", first=names[first], last=names[last])

    def said(self, image: int) -> str:
        """A digit, read out."""
        label = self.digits.class_names[self.digits.labels[image]]
        return tr("Digit {number}, label {label}: {change}.", number=image, label=label,
                  change=self.changed(image))  # fmt: skip


class TwoHeaps(Picture[HeapsView]):
    """Tells the number of a digit that is chosen; the best of a heap lie at its foot."""

    id = "two-heaps"
    title = tr("Rescued and lost digits")
    tip = tr(
        "Left the digits that become right, right those that become wrong; 3 → 1: the first answer "
        "and the last. Click one to look at it on every page."
    )
    least = (460, 250)
    arrows_choose = True

    def wanted_size(self, view: HeapsView | None) -> tuple[float, float]:
        return 760, 290

    def table(self, view: HeapsView) -> Twin | None:
        """All digits of both heaps, also those that have no room."""
        if view.heaps is None or view.hidden or not len(view.heaps.rescued) + len(view.heaps.lost):
            return super().table(view)
        found, names, labels = view.heaps, view.digits.class_names, view.digits.labels
        rows = (
            (said, image, *(names[int(one[image])] for one in (labels, found.first, found.last)))
            for said, heap in ((RESCUED, found.rescued), (LOST, found.lost))
            for image in heap.tolist()
        )
        return twin_of((heads.HEAP, heads.DIGIT, heads.TRUE_CLASS, FIRST, LAST), rows)

    def heap(self, right: bool) -> Indices:
        """The numbers of the digits on a side, as many as there are."""
        found: Heaps = self.view.heaps
        return found.lost if right else found.rescued

    def side(self) -> float:
        """Of a digit's place on the design grid: the largest with which both heaps fit."""
        most = max(len(self.heap(right)) for right in (False, True))
        for side in range(MOST, LEAST, -SHRINK):
            across, down = self._fit(side)
            if across * down >= most:
                return side
        return LEAST

    def _fit(self, side: float) -> tuple[int, int]:
        """How many fit beside and above each other."""
        px, high = self.px, side + (CAPTION if side >= CAPTIONED else 0)
        across = (self.width() / 2 - px(MIDDLE)) / px(side)
        down = (self.height() - px(HEAD + FOOT)) / px(high)
        return max(1, int(across)), max(1, int(down))

    def placed(self, right: bool) -> list[tuple[int, QRectF]]:
        """Digits and their places; where not all have room, those that have."""
        side, found = self.side(), self.heap(right).tolist()
        across, down = self._fit(side)
        wanted = max(1, round(math.sqrt(FLAT * len(found))))
        columns = min(across, max(wanted, math.ceil(len(found) / down)))
        px, high = self.px, side + (CAPTION if side >= CAPTIONED else 0)
        bottom, middle = self.height() - px(FOOT), self.width() / 2
        places = []
        for at, image in enumerate(found[: across * down]):
            up, along = divmod(at, columns)
            left = px(MIDDLE) + along * px(side)
            x = middle + left if right else middle - left - px(side)
            places.append((image, QRectF(x, bottom - (up + 1) * px(high), px(side), px(high))))
        return places

    def regions(self, view: HeapsView) -> Iterable[Region]:
        if view.heaps is None or view.hidden:
            return
        for right in (False, True):
            for image, place in self.placed(right):
                said = view.said(image)
                yield Region(image, place, tip=said, words=said)

    def selected(self, view: HeapsView) -> int:
        return view.shown

    def words(self, view: HeapsView) -> str:
        found = view.heaps
        if found is None or view.hidden:
            return ""
        return clauses((rescued(len(found.rescued)), lost(len(found.lost)), between(found)))

    def paint(self, canvas: Canvas, view: HeapsView) -> None:
        parts = view.heaps, view.hidden, view.digits
        self.still(canvas, parts, partial(self._paint_heaps, view), paper="panel")
        if view.heaps is None or view.hidden:
            return
        for right in (False, True):
            for image, place in self.placed(right):
                if image == view.shown:
                    canvas.box(place.adjusted(1, 1, -1, -1), edge="focus", width=3, radius=4)

    def _paint_heaps(self, view: HeapsView, canvas: Canvas) -> None:
        px, width, found = canvas.px, self.width(), view.heaps
        ground = self.height() - px(FOOT) + px(2)
        canvas.line(QPointF(0, ground), QPointF(width, ground), "line", 2)
        canvas.line(QPointF(width / 2, px(6)), QPointF(width / 2, ground), "line", 2)
        for right in (False, True):
            self._paint_total(canvas, view, right)
        if found is None or view.hidden:
            return
        foot = QRectF(0, ground, width, px(FOOT - 2))
        canvas.text(foot, between(found), CENTRE, "muted")
        for right in (False, True):
            placed = self.placed(right)
            for image, place in placed:
                self._paint_digit(canvas, view, image, place)
            missing = len(self.heap(right)) - len(placed)
            if missing:
                side = QRectF(width / 2 if right else 0, ground, width / 2, foot.height())
                said = tr("+{count} more", count=missing)
                canvas.text(side, said, RIGHT if right else LEFT, "muted")

    def _paint_total(self, canvas: Canvas, view: HeapsView, right: bool) -> None:
        px, middle = canvas.px, self.width() / 2
        ink = "wrong" if right else "right"
        said = HIDDEN[right]
        if view.heaps is not None and not view.hidden:
            count = len(self.heap(right))
            said = lost(count) if right else rescued(count)
        side, high = px(40), px(HEAD - 4)
        room = middle - px(MIDDLE) - side
        place = QRectF(middle + px(MIDDLE) if right else side, 0, room, high)
        canvas.text(place, said, LEFT if right else RIGHT, ink, TOTAL, bold=True)
        used = min(room, width_of(said, self.theme, TOTAL, bold=True))
        left = place.x() + used if right else place.right() - used - side
        canvas.mark(QRectF(left, 0, side, high), not right, radius=11)

    def _paint_digit(self, canvas: Canvas, view: HeapsView, image: int, place: QRectF) -> None:
        px = canvas.px
        inside = QRectF(place.x(), place.y(), place.width(), place.width())
        inside.adjust(px(3), px(3), -px(3), -px(3))
        pixels, greys = view.digits.images[image], self.theme.grey_colours
        canvas.image(inside, digit_image(pixels, greys, view.digits.shape))
        below = QRectF(place.x(), inside.bottom(), place.width(), place.bottom() - inside.bottom())
        if below.height() >= px(CAPTION):
            canvas.text(below, view.changed(image), CENTRE, size=TEXT)


class HeapsPanel(QWidget):
    """A sentence, the heaps, and how likely so uneven a split is behind a button."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.headline = Headline(theme)
        self.headline.set_lines(2)  # what comes with the answers needs them
        self.heaps = TwoHeaps(theme)
        self.details = QLabel()
        self.details.setWordWrap(True)
        self.more = more(f"{name}-heaps", self.details)
        for_operator(self.more, self.details)
        top = row((self.headline, 1), self.more)
        column(top, self.details, (self.heaps, 1), spacing=4, of=self)
        self.setFocusProxy(self.heaps)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        dress(self, theme)

    def show_heaps(self, view: HeapsView, otherwise: str, what: str = "") -> None:
        """Shows heaps, or says why there are none; `what` is compared."""
        found = None if view.hidden else view.heaps
        told = "" if view.hidden else otherwise
        self.headline.say(sentences(what, told if found is None else in_words(found)))
        self.details.setText("" if found is None else details(found))
        self.heaps.show_view(view)


# ---- in words ------------------------------------------------------------------------

HIDDEN = (tr("rescued: ?"), tr("lost: ?"))
RESCUED, LOST, FIRST, LAST = tr("rescued"), tr("lost"), tr("first answer"), tr("last answer")


def rescued(count: int) -> str:
    return tr("{count} rescued", count=count)


def lost(count: int) -> str:
    return tr("{count} lost", count=count)


def between(found: Heaps) -> str:
    """How many change from one wrong answer to another."""
    count = len(found.between)
    return tr_n(
        "{count} more changes from one wrong answer to another",
        "{count} more change from one wrong answer to another",
        count,
    )


def in_words(found: Heaps) -> str:
    """How many answers change, and whether that is more than chance."""
    told = found.difference
    if not found.changed:
        return tr("None of {images} answers changes.", images=told.images)
    said = tr_n(
        "{count} of {images} answers changes.",
        "{count} of {images} answers change.",
        found.changed,
        images=told.images,
    )
    if told.fixed == told.broken:
        return sentences(said, tr("As many are rescued as are lost."))
    if told.p >= SIGNIFICANT:
        return sentences(said, tr("Rescues and losses differ no more than by chance."))
    if told.fixed > told.broken:
        return sentences(said, tr("It rescues more than chance would."))
    return sentences(said, tr("It loses more than chance would."))


def details(found: Heaps) -> str:
    """Whether so uneven a split comes about by chance."""
    told = found.difference
    return tr(
        "McNemar's exact test on the {count} digits that exactly one of the two gets right: {p}. "
        "Were rescue and loss equally likely, so uneven a split would come about with this "
        "probability.",
        count=number(told.fixed + told.broken),
        p=p_in_short(told.p),
    )
