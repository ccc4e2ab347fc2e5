"""The outputs of a network in two columns: as it is, and as it would be."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from nnviz.ui.detectors import beside_words as words
from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import BACK_ROW, TEXT
from nnviz.words import listed, percent, sentences

TITLE, SAYS, TALLEST, SHARE = 30, 54, 46, 130
"""Heights of the lines above the bars and of a bar, and width of the accuracy."""
LOWEST = 24
"""Height of a bar that can still be read."""
NAME, LONG_NAME, VALUE, GAP = 44, 100, 74, 34


@dataclass(frozen=True)
class Saying:
    """One column."""

    title: str
    says: str
    """The answer; "" while it is hidden or not known."""
    right: bool | None
    accuracy: str
    shares: tuple[float, ...]
    """Of the outputs, 0..1; none while they are hidden"""
    strong: frozenset[int]
    """The outputs that make the answer."""


@dataclass(frozen=True)
class BeforeAfterView:
    """Both columns, and the names of the outputs."""

    names: tuple[str, ...]
    before: Saying
    after: Saying


class BeforeAfter(Picture[BeforeAfterView]):
    """Bars on one scale; across those of the right column lines where they ended before."""

    id = "before-after"
    title = words.BEFORE_AFTER
    tip = words.BEFORE_AFTER_TIP
    least = (420, TITLE + SAYS + 10 * 18)

    def place(self, after: bool) -> QRectF:
        """Where a column lies."""
        wide = (self.width() - self.px(GAP)) / 2
        return QRectF(after * (wide + self.px(GAP)), 0, wide, self.height())

    def regions(self, view: BeforeAfterView) -> Iterable[Region]:
        for after, saying in enumerate((view.before, view.after)):
            bars = listed(
                words.output_told(name, share)
                for name, share in zip(view.names, saying.shares, strict=False)
            )
            says = saying.says or words.HIDDEN
            told = sentences(
                words.column_told(saying.title, says, bars) if bars else says, saying.accuracy
            )
            yield Region(after, self.place(bool(after)), words=told)

    def words(self, view: BeforeAfterView) -> str:
        return sentences(*(each.words for each in self.regions(view)))

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: BeforeAfterView) -> None:
        for after, saying in enumerate((view.before, view.after)):
            self._paint_column(canvas, self.place(bool(after)), saying, view, bool(after))

    def _paint_column(
        self, canvas: Canvas, place: QRectF, saying: Saying, view: BeforeAfterView, after: bool
    ) -> None:
        px = canvas.px
        title = QRectF(place.x(), 0, place.width(), px(TITLE))
        right = QRectF(title.right() - px(SHARE), 0, px(SHARE), px(TITLE))
        canvas.text(right, saying.accuracy, RIGHT, size=TEXT + 2)
        canvas.text(title.adjusted(0, 0, -right.width(), 0), saying.title, LEFT, "muted", TEXT + 2)
        says = QRectF(place.x(), title.bottom(), place.width(), px(SAYS))
        mark = px(50) if saying.right is not None else 0
        canvas.text(
            says.adjusted(0, 0, -mark, 0),
            saying.says or words.QUESTION_MARK,
            LEFT,
            size=SAYS * 0.75,
            bold=True,
        )
        if saying.right is not None:
            canvas.mark(
                QRectF(says.right() - mark, says.y(), mark, says.height()), saying.right, radius=14
            )
        top = says.bottom() + px(4)
        told = self._large(view, place.height() - top)
        high = min((place.height() - top) / max(1, len(told)), float(px(TALLEST)))
        for line, at in enumerate(told if saying.shares else ()):
            row = QRectF(place.x(), top + line * high, place.width(), high).adjusted(2, 1, -2, -1)
            was = view.before.shares[at] if after else None
            self._paint_bar(
                canvas, row, view.names[at], saying.shares[at], was, at in saying.strong
            )

    def _large(self, view: BeforeAfterView, height: float) -> list[int]:
        """The outputs that have room, in their order; those that are large in neither column go
        first."""
        both = view.before.shares, view.after.shares

        def most(at: int) -> float:
            strong = at in view.before.strong or at in view.after.strong
            return strong + max((shares[at] for shares in both if shares), default=0.0)

        room = max(2, int(height / self.px(LOWEST)))
        return sorted(sorted(range(len(view.names)), key=most, reverse=True)[:room])

    def _paint_bar(
        self,
        canvas: Canvas,
        row: QRectF,
        name: str,
        share: float,
        was: float | None,
        strong: bool,
    ) -> None:
        px = canvas.px
        long = any(len(each) > 2 for each in self.view.names)
        size = min(float(BACK_ROW), row.height() / self.theme.scale * 0.9)
        left = QRectF(row.x() + px(6), row.y(), px(LONG_NAME if long else NAME), row.height())
        right = QRectF(row.right() - px(VALUE + 6), row.y(), px(VALUE), row.height())
        canvas.text(left, name, LEFT, size=size, bold=True)
        canvas.text(right, percent(share, 0), RIGHT, size=size, bold=strong)
        inset = row.height() * 0.22
        track = QRectF(left.right(), row.y() + inset, 0, row.height() - 2 * inset)
        track.setRight(right.x() - px(4))
        canvas.bar(track, share, "text" if strong else "muted", edge="")
        if was is not None:
            x = track.x() + track.width() * was
            over = inset * 0.7
            canvas.line(
                QPointF(x, track.y() - over), QPointF(x, track.bottom() + over), "positive", 3
            )
        if strong:
            canvas.box(row, edge="focus", width=3, radius=5)
