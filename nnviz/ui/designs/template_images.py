"""The templates of several designs side by side, one image for each output."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF

from nnviz.data.arrays import Bools, Floats
from nnviz.data.digits import Shape
from nnviz.ui.designs import words
from nnviz.ui.kit.canvas import CENTRE, LEFT, RIGHT, Canvas
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import WeightImages

TITLE, CAPTION, LEGEND = 34, 34, 36
GAP, BETWEEN = 8, 36
BADGE = 14
"""Radius of the tick or cross on the corner of an image."""


@dataclass(frozen=True)
class Panel:
    """The words beside the templates of one design."""

    design: str
    title: str
    names: tuple[str, ...]
    values: tuple[str, ...]
    marks: tuple[bool | None, ...]
    """Right or wrong, or nothing to say."""
    chosen: int | None
    """The output that other pages explain, if the design is on screen."""
    below: tuple[str, ...] = ()
    """Of each output the classes that it fires for, where a room is shown them."""
    keys: tuple[int, ...] = ()
    """Numbers of the outputs among all of the design; none: these are all."""

    def key(self, output: int) -> int:
        """The number of an output among all of the design."""
        return self.keys[output] if self.keys else output


@dataclass(frozen=True, eq=False)
class TemplatesShown:
    """Panels and their images."""

    panels: tuple[Panel, ...]
    templates: tuple[Floats, ...]
    """For each panel (outputs, inputs)."""
    limits: tuple[float | Floats, ...]
    """For each panel the ends of the colour scales."""
    inked: Bools
    shape: Shape

    @property
    def everyone(self) -> list[tuple[int, int]]:
        """Panel and output of each image."""
        return [
            (number, output)
            for number, (panel, found) in enumerate(zip(self.panels, self.templates, strict=True))
            for output in range(min(len(panel.names), len(found)))
        ]


class TemplateImages(Picture[TemplatesShown]):
    """Tells the design and the output that were chosen."""

    id = "template-images"
    title = words.TEMPLATES
    tip = words.TEMPLATES_TIP
    least = (640, 340)

    def _grid(self, view: TemplatesShown) -> tuple[float, list[int]]:
        """The side of an image, and the columns of each panel."""
        px = self.px
        height = self.height() - px(TITLE) - px(LEGEND)
        width = self.width() - px(BETWEEN) * max(0, len(view.panels) - 1)
        caption = px(self._caption(view))
        best: tuple[float, list[int]] = (0.0, [1] * len(view.panels))
        for rows in range(1, 6):
            columns = [math.ceil(len(panel.names) / rows) for panel in view.panels]
            across = width / max(1, sum(columns)) - px(GAP)
            side = min(across, height / rows - caption - px(GAP))
            best = max(best, (side, columns), key=lambda each: each[0])
        whole = view.shape[0] * max(1, int(best[0] // view.shape[0]))
        side = whole if whole > 0.9 * best[0] else best[0]
        return side, best[1]

    @staticmethod
    def _caption(view: TemplatesShown) -> float:
        """Height of the words below an image, on the design grid."""
        return CAPTION * (2 if any(panel.below for panel in view.panels) else 1)

    def image_place(self, panel: int, output: int) -> QRectF:
        """Where the image of an output stands; its caption is below."""
        px, (side, columns) = self.px, self._grid(self.view)
        pitch = side + px(GAP)
        used = sum(columns) * pitch + px(BETWEEN) * (len(columns) - 1)
        left = max(0.0, (self.width() - used) / 2)
        left += sum(columns[:panel]) * pitch + panel * px(BETWEEN)
        row, column = divmod(output, columns[panel])
        y = px(TITLE) + row * (side + px(self._caption(self.view)) + px(GAP))
        return QRectF(left + column * pitch, y, side, side)

    def regions(self, view: TemplatesShown) -> Iterable[Region]:
        for number, output in view.everyone:
            panel = view.panels[number]
            place = self.image_place(number, output).adjusted(0, 0, 0, self.px(CAPTION))
            told = words.output(panel.title, panel.names[output], panel.values[output])
            yield Region((panel.design, panel.key(output)), place, words=told)

    def paint(self, canvas: Canvas, view: TemplatesShown) -> None:
        for number, panel in enumerate(view.panels):
            images = _coloured(view, self.theme)[number]
            first = self.image_place(number, 0)
            after = self.image_place(number + 1, 0).x() if view.panels[number + 1 :] else None
            end = self.width() if after is None else after - self.px(GAP)
            title = QRectF(first.x(), 0, end - first.x(), self.px(TITLE - 4))
            canvas.text(title, panel.title, LEFT, size=24, bold=True)
            for output in range(min(len(panel.names), len(view.templates[number]))):
                place = self.image_place(number, output)
                canvas.setRenderHint(canvas.RenderHint.Antialiasing, False)
                images.draw(canvas, output, place)
                chosen = panel.chosen == output
                canvas.box(place, edge="text" if chosen else "line", width=3 if chosen else 1)
                canvas.setRenderHint(canvas.RenderHint.Antialiasing)
                self._paint_words(canvas, place, panel, output)
        self._paint_legend(canvas, view)

    def _paint_words(self, canvas: Canvas, place: QRectF, panel: Panel, output: int) -> None:
        px, right = self.px, panel.marks[output]
        caption = QRectF(place.x(), place.bottom(), place.width(), px(CAPTION))
        if panel.below:
            place = caption.translated(0, caption.height() - px(4))
            canvas.text(place, panel.below[output], CENTRE, size=26)
            canvas.text(caption, panel.names[output], CENTRE, size=28, bold=True)
            return
        name = caption.adjusted(px(2), 0, -caption.width() * 0.5, 0)
        canvas.text(name, panel.names[output], LEFT, size=28, bold=True)
        value = caption.adjusted(caption.width() * 0.4, 0, -px(2), 0)
        ink = "muted" if right is None else "text"
        canvas.text(value, panel.values[output], RIGHT, ink)
        if right is not None:
            radius, colour = px(BADGE), self.theme.judged(right)
            centre = place.topRight() + QPointF(-radius - px(1), radius + px(1))
            canvas.circle(centre, radius, colour if right else "background", colour, 3)
            around = QPointF(radius, radius)
            mark = QRectF(centre - around, centre + around)
            canvas.mark(mark, right, "on_accent" if right else colour)

    def _paint_legend(self, canvas: Canvas, view: TemplatesShown) -> None:
        px, y = self.px, self.height() - self.px(LEGEND / 2)
        room = QRectF(0, y - px(16), self.width(), px(32))
        if view.shape[2] > 1:
            canvas.text(room, words.IN_COLOUR, LEFT)
            return
        half = room.width() / 2
        for positive, told in ((True, words.SPEAKS_FOR), (False, words.SPEAKS_AGAINST)):
            canvas.sign(QPointF(room.x() + px(14), y), positive, 11)
            room.adjust(px(34), 0, 0, 0)
            if positive:
                room.setRight(half)
            canvas.text(room, told, LEFT)
            used = canvas.fontMetrics().horizontalAdvance(told)
            room = QRectF(min(half, room.x() + used + px(10)), room.y(), 0, room.height())
            room.setRight(self.width())


@lru_cache(maxsize=1)
def _coloured(view: TemplatesShown, theme: Theme) -> tuple[WeightImages, ...]:
    """The images of each panel, coloured once for all paintings."""
    made = []
    for weights, limit in zip(view.templates, view.limits, strict=True):
        made.append(WeightImages())
        made[-1].colour(weights, view.inked, limit, theme.weight_colours, view.shape)
    return tuple(made)
