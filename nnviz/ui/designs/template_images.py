"""The templates of several designs side by side, one image for each output."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from nnviz.data.digits import Shape
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.signs import draw_sign
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.weight_images import Floats, WeightImages

TITLE, CAPTION, LEGEND = 34, 34, 36
GAP, BETWEEN = 8, 36
SIGNS = (
    (True, "ink here speaks for the output"),
    (False, "ink here speaks against it"),
)
IN_COLOUR = "bright colours speak for the output, dark ones against it; mid grey says nothing"


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


class TemplateImages(KeyCursor):
    """Draws panels; says which output was clicked."""

    clicked = Signal(str, int)
    """Design and output row."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("template-images")
        self.setAccessibleName("What each output looks for")
        self.setToolTip(
            "One image for each output: orange where ink speaks for it, blue where ink speaks "
            "against it. Click one to see its strongest hidden neurons on the Train page."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme = theme
        self.panels: tuple[Panel, ...] = ()
        self.templates: list[Floats] = []
        self._limits: list[float | Floats] = []
        self._images: list[WeightImages] = []
        self._inked: NDArray[np.bool_] = np.zeros(0, bool)
        self._shape: Shape = (1, 1, 1)
        self._cursor = 0

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.show_templates(self.templates, self._limits, self._inked, self._shape)
        self.updateGeometry()

    def show_panels(self, panels: Sequence[Panel]) -> None:
        """Takes new words."""
        self.panels = tuple(panels)
        self._describe()
        self.update()

    def show_templates(
        self,
        templates: Sequence[Floats],
        limits: Sequence[float | Floats],
        inked: NDArray[np.bool_],
        shape: Shape,
    ) -> None:
        """Takes the templates of each panel (outputs, inputs), and the ends of their scales."""
        self.templates, self._limits = list(templates), list(limits)
        self._inked, self._shape = inked, shape
        while len(self._images) < len(self.templates):
            self._images.append(WeightImages())
        for images, each, limit in zip(self._images, templates, limits, strict=False):
            images.colour(each, inked, limit, self._theme.weight_colours, shape)
        self.update()

    # ---- where it stands -------------------------------------------------------------

    def _grid(self) -> tuple[float, list[int]]:
        """The side of an image, and the columns of each panel."""
        px = self._theme.px
        height = self.height() - px(TITLE) - px(LEGEND)
        width = self.width() - px(BETWEEN) * max(0, len(self.panels) - 1)
        best: tuple[float, list[int]] = (0.0, [1] * len(self.panels))
        for rows in range(1, 6):
            columns = [math.ceil(len(panel.names) / rows) for panel in self.panels]
            across = width / max(1, sum(columns)) - px(GAP)
            side = min(across, height / rows - px(CAPTION) - px(GAP))
            best = max(best, (side, columns), key=lambda each: each[0])
        whole = self._shape[0] * max(1, int(best[0] // self._shape[0]))
        side = whole if whole > 0.9 * best[0] else best[0]
        return side, best[1]

    def image_place(self, panel: int, output: int) -> QRectF:
        """Where the image of an output stands; its caption is below."""
        px, (side, columns) = self._theme.px, self._grid()
        pitch = side + px(GAP)
        used = sum(columns) * pitch + px(BETWEEN) * (len(columns) - 1)
        left = max(0.0, (self.width() - used) / 2)
        left += sum(columns[:panel]) * pitch + panel * px(BETWEEN)
        row, column = divmod(output, columns[panel])
        y = px(TITLE) + row * (side + px(CAPTION) + px(GAP))
        return QRectF(left + column * pitch, y, side, side)

    def output_at(self, point: QPoint) -> tuple[int, int] | None:
        """-> panel, output"""
        for place in self._everyone():
            image = self.image_place(*place)
            if image.adjusted(0, 0, 0, self._theme.px(CAPTION)).contains(point):
                return place
        return None

    def _everyone(self) -> list[tuple[int, int]]:
        return [
            (number, output)
            for number, panel in enumerate(self.panels)
            for output in range(len(panel.names))
        ]

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, align = self._theme, Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            for number, panel in enumerate(self.panels):
                first = self.image_place(number, 0)
                width = self._grid()[1][number] * (first.width() + theme.px(GAP))
                painter.setPen(theme.colour("text"))
                title = QRectF(first.x(), 0, width, theme.px(TITLE - 4))
                draw_fitted(painter, title, align, panel.title, theme, 24, bold=True)
                for output in range(min(len(panel.names), len(self.templates[number]))):
                    self._draw_output(painter, number, output)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_legend(painter)
            if self.shows_cursor and self.panels:
                place = self.image_place(*self._everyone()[self._cursor])
                painter.setPen(QPen(theme.colour("focus"), theme.px(3)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(place.adjusted(-3, -3, 3, 3))

    def _draw_output(self, painter: QPainter, number: int, output: int) -> None:
        theme, panel = self._theme, self.panels[number]
        place = self.image_place(number, output)
        self._images[number].draw(painter, output, place)
        chosen = panel.chosen == output
        frame = theme.colour("text" if chosen else "line")
        painter.setPen(QPen(frame, theme.px(3 if chosen else 1)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        caption = QRectF(place.x(), place.bottom(), place.width(), theme.px(CAPTION))
        painter.setPen(theme.colour("text"))
        left = caption.adjusted(theme.px(2), 0, -caption.width() * 0.5, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        draw_fitted(painter, left, middle, panel.names[output], theme, 28, bold=True)
        right = panel.marks[output]
        painter.setPen(theme.colour("text" if right is not None else "muted"))
        value = caption.adjusted(caption.width() * 0.4, 0, -theme.px(2), 0)
        draw_fitted(
            painter, value, middle | Qt.AlignmentFlag.AlignRight, panel.values[output], theme
        )
        if right is not None:
            self._draw_badge(painter, place.topRight(), right)

    def _draw_badge(self, painter: QPainter, corner: QPointF, right: bool) -> None:
        """The tick or cross on the corner of an image."""
        theme = self._theme
        radius, colour = theme.px(14), theme.colour("right" if right else "wrong")
        centre = corner + QPointF(-radius - theme.px(1), radius + theme.px(1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, theme.px(3)))
        painter.setBrush(colour if right else theme.colour("background"))
        painter.drawEllipse(centre, radius, radius)
        around = QPointF(radius, radius)
        ink = theme.colour("on_accent") if right else colour
        draw_mark(painter, QRectF(centre - around, centre + around), ink, theme.scale, right)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw_legend(self, painter: QPainter) -> None:
        theme = self._theme
        y, x = self.height() - theme.px(LEGEND / 2), float(theme.px(14))
        if self._shape[2] > 1:
            room = QRectF(0, y - theme.px(16), self.width(), theme.px(32))
            painter.setPen(theme.colour("text"))
            draw_fitted(painter, room, Qt.AlignmentFlag.AlignVCenter, IN_COLOUR, theme)
            return
        for positive, words in SIGNS:
            ink = theme.colour("positive" if positive else "negative")
            ground = theme.colour("background")
            draw_sign(painter, QPointF(x, y), theme.px(11), ink, ground, positive)
            painter.setPen(theme.colour("text"))
            room = QRectF(x + theme.px(20), y - theme.px(16), self.width() / 2 - x, theme.px(32))
            if not positive:
                room.setRight(self.width())
            draw_fitted(painter, room, Qt.AlignmentFlag.AlignVCenter, words, theme)
            x += theme.px(44) + painter.fontMetrics().horizontalAdvance(words)

    # ---- input -----------------------------------------------------------------------

    def _describe(self) -> None:
        everyone = self._everyone()
        if not everyone:
            return
        self._cursor = min(self._cursor, len(everyone) - 1)
        number, output = everyone[self._cursor]
        panel = self.panels[number]
        self.setAccessibleDescription(
            f"{panel.title}: output {panel.names[output]}, {panel.values[output]}"
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.output_at(event.position().toPoint())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._cursor = self._everyone().index(found)
            self._describe()
            self.clicked.emit(self.panels[found[0]].design, found[1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        everyone = self._everyone()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and everyone:
            number, output = everyone[self._cursor]
            self.clicked.emit(self.panels[number].design, output)
        elif event.key() in moves and everyone:
            wanted = self._cursor + moves[Qt.Key(event.key())]
            self._cursor = min(max(wanted, 0), len(everyone) - 1)
            self._describe()
            self.update()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(640), self._theme.px(340))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
