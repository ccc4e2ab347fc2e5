"""What the schemes of a study ask, as small pictures: who is asked, and who stays in play."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from nnviz.networks.designs import Given
from nnviz.study.plan import Study
from nnviz.study.schemes import SCHEMES, Model
from nnviz.ui.kit.canvas import CENTRE, Canvas
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import TEXT
from nnviz.ui.study import figure_words as words
from nnviz.words import sentences

NAME, BELOW, GAP = 36, 32, 18
"""Heights of the words above and below a picture, and the room between two, on the design grid."""
DOT = 0.34
"""Radius of a dot, as a part of the room that it has."""
CLASSES = 10
MEMBERS = Given(CLASSES).members
"""Networks of a plain ensemble that names none."""


@dataclass(frozen=True)
class SchemePicture:
    """One scheme."""

    name: str
    """As the study calls it"""
    rows: tuple[tuple[int, ...], ...]
    """The classes of each question that is asked, one after the other"""
    networks: int


@dataclass(frozen=True)
class SchemesView:
    """What is shown."""

    schemes: tuple[SchemePicture, ...]
    classes: int


def schemes_view(study: Study, shown: Collection[int]) -> SchemesView:
    """The schemes of a study with these numbers, 1 being the first; none: all."""
    classes = len(study.digits.classes) or CLASSES
    entries = [each for at, each in enumerate(study.schemes, start=1) if not shown or at in shown]
    made = []
    for entry in entries:
        models = SCHEMES[entry.scheme].models(classes, entry.members or MEMBERS)
        made.append(SchemePicture(entry.name, _rows(models, classes), len(models)))
    return SchemesView(tuple(made), classes)


def _rows(models: Sequence[Model], classes: int) -> tuple[tuple[int, ...], ...]:
    """Of networks for sets of all sizes those that one walk asks, in any order; of those that tell
    one class from all others, that class."""
    if len({len(each.classes) for each in models}) > 1:
        return tuple(tuple(range(classes - step)) for step in range(classes - 1))
    return tuple(each.classes if each.asks < 0 else (each.asks,) for each in models)


class SchemePictures(Picture[SchemesView]):
    """Side by side: all together, every two, each against the rest, or a knockout."""

    id = "scheme-pictures"
    title = words.SCHEMES
    tip = words.SCHEMES_TIP
    least = (460, 200)

    def place(self, number: int, view: SchemesView) -> QRectF:
        """Where a scheme is drawn, with its words."""
        wide = self.width() / len(view.schemes)
        return QRectF(number * wide, 0, wide - self.px(GAP), self.height())

    def regions(self, view: SchemesView) -> Iterable[Region]:
        for number, each in enumerate(view.schemes):
            told = words.scheme_asks(each.name, each.networks)
            yield Region(number, self.place(number, view), told, told)

    def words(self, view: SchemesView) -> str:
        return sentences(*(words.scheme_asks(each.name, each.networks) for each in view.schemes))

    def paint(self, canvas: Canvas, view: SchemesView) -> None:
        px = canvas.px
        for number, each in enumerate(view.schemes):
            whole = self.place(number, view)
            name = QRectF(whole.x(), 0, whole.width(), px(NAME))
            canvas.text(name, each.name, CENTRE, size=TEXT + 6, bold=True)
            below = QRectF(whole.x(), whole.bottom() - px(BELOW), whole.width(), px(BELOW))
            canvas.text(below, words.networks(each.networks), CENTRE)
            room = whole.adjusted(0, px(NAME + 6), 0, -px(BELOW + 6))
            side = min(room.width(), room.height())
            square = QRectF(0, 0, side, side)
            square.moveCenter(room.center())
            canvas.box(square, "background", radius=8)
            inside = square.adjusted(px(10), px(10), -px(10), -px(10))
            for row in range(len(each.rows)):
                self._paint_row(canvas, inside, each, row, view.classes)

    def _paint_row(
        self, canvas: Canvas, inside: QRectF, scheme: SchemePicture, row: int, classes: int
    ) -> None:
        """The classes of one question, each in its own column."""
        wide, high = inside.width() / classes, inside.height() / len(scheme.rows)
        y, radius = inside.y() + (row + 0.5) * high, max(2.0, min(wide, high) * DOT)
        places = [(dot, QPointF(inside.x() + (dot + 0.5) * wide, y)) for dot in scheme.rows[row]]
        canvas.line(places[0][1], places[-1][1], "muted", 2)
        for dot, at in places:
            canvas.circle(at, radius, self.theme.digit(dot), "text", 1)
