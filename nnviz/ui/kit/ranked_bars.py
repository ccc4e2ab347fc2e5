"""A ranked list: name, bar and value of each row, the best first."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import CENTRE, DASHES, LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import SMALLEST, fits
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.kit.twin import Twin, twin_of

TALLEST = 46
TITLE, TWO_LINES = 30, 44
WORDS_HEIGHT = 0.66
"""How much of a row its words take when the bar is below them."""


@dataclass(frozen=True)
class Bar:
    """One row of the list."""

    key: int
    """What is told when it is clicked."""
    name: str
    share: float
    """Length of the bar, 0..1"""
    value: str
    colour: int | None = None
    """The class whose colour it has."""
    mark: bool | None = None
    frame: str = ""
    """solid, dashed, focus, or none"""


@dataclass(frozen=True)
class RankedView:
    """A title and its rows, in the order shown."""

    title: str
    bars: tuple[Bar, ...]
    name_width: int = 40
    """On the design grid."""
    value_width: int = 62
    words: bool = False
    """Whether names are so long that the bars stand below them."""


class RankedBars(Picture[RankedView]):
    """Tells which row was chosen."""

    arrows_choose = True

    def place(self, number: int) -> QRectF:
        """Where a row lies."""
        top = self.title_height()
        height = min((self.height() - top) / max(1, len(self.view.bars)), self.px(TALLEST))
        return QRectF(0, top + number * height, self.width(), height).adjusted(2, 2, -2, -2)

    def title_height(self) -> float:
        """Of one line, or of two if it needs them, in pixels."""
        room = self.width() - 4
        one = fits(self.view.title, room, self.theme, SMALLEST)
        return self.px(TITLE if one else TWO_LINES)

    def regions(self, view: RankedView) -> Iterable[Region]:
        for number, bar in enumerate(view.bars):
            yield Region(bar.key, self.place(number), words=f"{bar.name} {bar.value}")

    def table(self, view: RankedView) -> Twin:
        return twin_of((heads.NAME, view.title), ((bar.name, bar.value) for bar in view.bars))

    def paint(self, canvas: Canvas, view: RankedView) -> None:
        title = QRectF(2, 0, self.width() - 4, self.title_height())
        canvas.text(title, view.title, LEFT, "muted")
        for number, bar in enumerate(view.bars):
            self._paint_bar(canvas, self.place(number), bar, view)

    def _paint_bar(self, canvas: Canvas, row: QRectF, bar: Bar, view: RankedView) -> None:
        px, strong = self.px, bar.frame in ("solid", "focus")
        canvas.box(row, "raised" if strong else "panel", radius=5)
        height = row.height() * (WORDS_HEIGHT if view.words else 1)
        size = min(26.0, height / self.theme.scale * 0.8)
        value = QRectF(
            row.right() - px(view.value_width + 4), row.y(), px(view.value_width), height
        )
        mark = px(26) if any(each.mark is not None for each in view.bars) else 0
        name = QRectF(row.x(), row.y(), px(view.name_width), height)
        if view.words:
            name.setRight(value.x() - (mark if bar.mark is not None else 0))
            name.setLeft(row.x() + px(4))
        canvas.text(name, bar.name, LEFT if view.words else CENTRE, size=size, bold=True)
        canvas.text(value, bar.value, RIGHT, size=min(24.0, size), bold=strong)
        if bar.mark is not None:
            canvas.mark(QRectF(value.x() - mark, row.y(), mark, height), bar.mark)
        canvas.bar(
            self._track(row, name, value.x() - mark, view.words),
            bar.share,
            "muted" if bar.colour is None else self.theme.digit(bar.colour),
        )
        if bar.frame:
            dashed = bar.frame == "dashed"
            canvas.box(
                row,
                edge="focus" if bar.frame == "focus" else "text",
                width=2 if dashed else 3,
                radius=5,
                dashes=DASHES if dashed else (),
            )

    def _track(self, row: QRectF, name: QRectF, right: float, words: bool) -> QRectF:
        """Where a bar can go: beside the name, or below it."""
        if words:
            inset = self.px(4)
            top = row.y() + row.height() * WORDS_HEIGHT
            return QRectF(row.x() + inset, top, row.width() - 2 * inset, row.bottom() - inset - top)
        height = min(row.height() * 0.55, self.px(22))
        width = max(4.0, right - self.px(4) - name.right())
        return QRectF(name.right(), row.center().y() - height / 2, width, height)

    def least_size(self, view: RankedView | None) -> tuple[float, float]:
        return 180, TITLE + _rows(view) * (TEXT + 8)

    def wanted_size(self, view: RankedView | None) -> tuple[float, float]:
        return 210, TITLE + _rows(view) * 32


def _rows(view: RankedView | None) -> int:
    return max(1, len(view.bars)) if view is not None else 1
