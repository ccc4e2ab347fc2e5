"""The best ways to cut a row, one below the other, with what each scores."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from nnviz.ui.draw import words
from nnviz.ui.kit.canvas import LEFT, RIGHT, Canvas
from nnviz.ui.kit.picture import Picture, Policy, Region

ROW, HEADING, NUMBER, MARK = 44, 30, 82, 26
LARGE = 28


@dataclass(frozen=True)
class WayRow:
    """One line of the list."""

    string: str
    total: str
    shown: bool = False
    mark: bool | None = None
    """Whether it is right, where that is known."""
    heading: str = ""
    """What stands above it."""


@dataclass(frozen=True)
class WaysView:
    """The best ways by a score, and below them others to compare."""

    title: str = ""
    rows: tuple[WayRow, ...] = ()
    others: tuple[WayRow, ...] = ()
    """Each below a heading of its own."""


class WayList(Picture[WaysView]):
    """Tells the place in the list of the way that is wanted."""

    id = "way-list"
    title = words.WAYS
    tip = words.WAYS_TIP
    policy = (Policy.Preferred, Policy.Expanding)
    arrows_choose = True

    def place(self, number: int) -> QRectF:
        """Where a line lies; those of the others follow, each below its heading."""
        headings = 1 + max(0, number - len(self.view.rows) + 1)
        top = self.px(headings * HEADING + number * ROW)
        return QRectF(2, top, self.width() - 4, self.px(ROW - 4))

    def regions(self, view: WaysView) -> Iterable[Region]:
        for number, row in enumerate(view.rows):
            yield Region(number, self.place(number), words=f"{row.string} {row.total}")

    def selected(self, view: WaysView) -> int | None:
        return next((number for number, row in enumerate(view.rows) if row.shown), None)

    def words(self, view: WaysView) -> str:
        return words.ways_told(
            view.title,
            [(row.string, row.total) for row in view.rows],
            [words.other_told(row.heading, row.string, row.total) for row in view.others],
        )

    def paint(self, canvas: Canvas, view: WaysView) -> None:
        px = self.px
        for number, row in enumerate((*view.rows, *view.others)):
            place = self.place(number)
            if place.bottom() > self.height():
                break
            above = QRectF(px(8), place.y() - px(HEADING), place.width(), px(HEADING - 2))
            canvas.text(above, row.heading if number else view.title, LEFT, "muted")
            self._paint_row(canvas, place, row)

    def _paint_row(self, canvas: Canvas, place: QRectF, row: WayRow) -> None:
        px = self.px
        canvas.box(place, "raised" if row.shown else "background", radius=4)
        if row.shown:
            canvas.box(QRectF(place.x(), place.y(), px(5), place.height()), "focus")
        mark = px(MARK) if row.mark is not None else 0
        number = QRectF(place.right() - px(NUMBER), place.y(), px(NUMBER - 6), place.height())
        string = QRectF(place)
        string.setLeft(place.x() + px(12) + mark)
        string.setRight(number.left())
        if row.mark is not None:
            canvas.mark(QRectF(place.x() + px(6), place.y(), mark, place.height()), row.mark)
        canvas.text(string, row.string, LEFT, size=LARGE, bold=True)
        canvas.text(number, row.total, RIGHT)

    def least_size(self, view: WaysView | None) -> tuple[float, float]:
        return 210, HEADING + 3 * ROW

    def wanted_size(self, view: WaysView | None) -> tuple[float, float]:
        # a page whose buttons wrap is made as high as the hints of its parts
        return 290, HEADING + 3 * ROW
