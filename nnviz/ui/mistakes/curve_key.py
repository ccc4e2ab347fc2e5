"""Which curve is which, with a number each; a click shows or hides one."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent

from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.line_styles import LineStyle
from nnviz.ui.kit.picture import Picture, Policy, Region
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.mistakes.trust_words import (
    CALIBRATION_ERROR,
    CURVES_SHOWN,
    CURVES_SHOWN_TIP,
    key_told,
)
from nnviz.words import listed, sentences

TITLE, ROW, SAMPLE, VALUE = 54, 46, 52, 76


@dataclass(frozen=True)
class KeyRow:
    """One curve."""

    key: str
    name: str
    value: str
    style: LineStyle
    shown: bool
    first: bool = False
    """Whether it belongs to the design on screen, whose curve always shows."""


@dataclass(frozen=True)
class KeyView:
    """The curves there are."""

    rows: tuple[KeyRow, ...]


class CurveKey(Picture[KeyView]):
    """Tells which curve is to be shown or hidden."""

    id = "curve-key"
    title = CURVES_SHOWN
    tip = CURVES_SHOWN_TIP
    policy = (Policy.Preferred, Policy.Preferred)

    def place(self, number: int) -> QRectF:
        """Where a row lies."""
        top = self.px(TITLE)
        height = min((self.height() - top) / max(1, len(self.view.rows)), self.px(ROW))
        return QRectF(0, top + number * height, self.width(), height).adjusted(1, 1.5, -1, -1.5)

    def regions(self, view: KeyView) -> Iterable[Region]:
        for number, row in enumerate(view.rows):
            yield Region(row.key, self.place(number), words=key_told(row.name, row.value))

    def words(self, view: KeyView) -> str:
        shown = (key_told(row.name, row.value) for row in view.rows if row.shown)
        return sentences(*CALIBRATION_ERROR, listed(shown))

    def key(self, event: QKeyEvent) -> bool:
        here = self.here
        if event.key() != Qt.Key.Key_Space or here is None:
            return False
        self.choose(here.key)
        return True

    def paint(self, canvas: Canvas, view: KeyView) -> None:
        title = QRectF(2, 0, self.width() - canvas.px(10), 2 * canvas.px(TITLE / 2))
        canvas.lines(title, CALIBRATION_ERROR, RIGHT, "muted")
        for number, row in enumerate(view.rows):
            self._paint_row(canvas, self.place(number), row)

    def _paint_row(self, canvas: Canvas, place: QRectF, row: KeyRow) -> None:
        px = canvas.px
        canvas.box(place, "raised" if row.shown else "panel", radius=5)
        if row.shown:
            sample = QRectF(place.x() + px(8), place.y(), px(SAMPLE - 8), place.height())
            row.style.draw_sample(canvas, sample, self.theme)
        size = min(float(TEXT), place.height() / self.theme.scale * 0.7)
        ink = "text" if row.shown else "muted"
        value = QRectF(place.right() - px(VALUE + 8), place.y(), px(VALUE), place.height())
        canvas.text(value, row.value, RIGHT, ink, size, row.first)
        left = place.x() + px(SAMPLE + 8)
        name = QRectF(left, place.y(), value.x() - left - px(4), place.height())
        canvas.text(name, row.name, LEFT, ink, size, row.first)

    def least_size(self, view: KeyView | None) -> tuple[float, float]:
        rows = 0 if view is None else len(view.rows)
        return SAMPLE + VALUE + 140, TITLE + rows * 30

    def wanted_size(self, view: KeyView | None) -> tuple[float, float]:
        return SAMPLE + VALUE + 170, self.least_size(view)[1]
