"""What each design says along a morph: a lane each, the answer as its colour, the support as its
height."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy

from nnviz.data.arrays import Bytes
from nnviz.data.digits import Shape
from nnviz.questions.morphs import STEPS, Stretch, Turn
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import digit_image

NAMES, ANSWERS, STRIP, AXIS = 164, 124, 50, 30
"""Sizes on the design grid: the columns beside the lanes, the images above, the axis below."""
OUTPUT = 74
"""Width of the heading of the outputs."""
LANE = 34
"""Least height of a lane on the design grid."""
LEAST = 200
"""Least width of the way on the design grid."""
EVERY = 10
"""Steps between two images above the lanes."""
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, eq=False)
class Lane:
    """One design."""

    id: str
    name: str
    turn: Turn
    shown: bool
    """Whether it is the design on screen."""


class MorphLanes(KeyCursor):
    """The lanes under the images of the way; a line through all of them is where one stands."""

    moved = Signal(int)
    """The step that was asked for."""
    clicked = Signal(str)
    """Id of the lane whose name was clicked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("morph-lanes")
        self.setAccessibleName("Answers along the morph")
        self.setToolTip(
            "Each lane is a design: the colour and the digit in it are its answer, the height is "
            "how strongly its outputs speak for it, the dashed line is one half. Drag, or press "
            "the arrows, to go along."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.lanes: tuple[Lane, ...] = ()
        self.step = 0
        self._names: tuple[str, ...] = ()
        self._images: list[QImage] = []
        self._drawn: dict[str, tuple[Lane, QPixmap]] = {}
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._drawn.clear()
        self.updateGeometry()
        self.update()

    def show_way(self, images: Bytes, shape: Shape) -> None:
        """Images of the whole way (STEPS, inputs)."""
        greys = self._theme.grey_colours
        self._images = [digit_image(image, greys, shape) for image in images[::EVERY]]
        self.update()

    def show_lanes(self, lanes: Sequence[Lane], names: tuple[str, ...]) -> None:
        """All designs, and what their answers are called."""
        if names != self._names:
            self._drawn.clear()
        self.lanes, self._names = tuple(lanes), names
        self.updateGeometry()
        self.update()

    def show_step(self, step: int) -> None:
        """Where one stands."""
        if step != self.step:
            self.step = step
            self.update()

    # ---- geometry --------------------------------------------------------------------

    def line(self, row: int) -> QRectF:
        """The place of a lane with its name and answer."""
        px = self._theme.px
        room = self.height() - px(STRIP) - px(AXIS)
        height = room / max(1, len(self.lanes))
        return QRectF(0, px(STRIP) + row * height, self.width(), height - px(4))

    def track(self, row: int) -> QRectF:
        """The place of the lane itself: its ends are the first and the last step."""
        px, line = self._theme.px, self.line(row)
        return QRectF(px(NAMES), line.y(), line.width() - px(NAMES + ANSWERS), line.height())

    def x_of(self, step: float) -> float:
        """Where a step lies."""
        track = self.track(0)
        return track.x() + step / (STEPS - 1) * track.width()

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_strip(painter)
            for row, lane in enumerate(self.lanes):
                painter.drawPixmap(self.line(row).topLeft(), self._still(row, lane))
                self._draw_answer(painter, row, lane)
            if self.lanes:
                self._draw_axis(painter)
            if self.shows_cursor:
                painter.setPen(QPen(self._theme.colour("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _draw_strip(self, painter: QPainter) -> None:
        px = self._theme.px
        side = px(STRIP - 6)
        for number, image in enumerate(self._images):
            left = self.x_of(number * EVERY) - side / 2
            painter.drawImage(QRectF(left, 0, side, side), image)
        painter.setPen(self._theme.colour("muted"))
        heading = QRectF(self.width() - px(OUTPUT), px(STRIP - 28), px(OUTPUT), px(26))
        draw_fitted(painter, heading, RIGHT, "output", self._theme)

    def _draw_axis(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        here, top = self.x_of(self.step), px(STRIP)
        bottom = self.height() - px(AXIS)
        painter.setPen(QPen(theme.colour("background"), px(6)))
        painter.drawLine(QPointF(here, top), QPointF(here, bottom))
        painter.setPen(QPen(theme.colour("focus"), px(3)))
        painter.drawLine(QPointF(here, top), QPointF(here, bottom))
        painter.setBrush(theme.colour("focus"))
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(here, bottom - px(2)),
                    QPointF(here - px(8), bottom + px(9)),
                    QPointF(here + px(8), bottom + px(9)),
                ]
            )
        )
        wide = px(80)
        painter.setPen(theme.colour("text"))
        own = QRectF(here - wide / 2, bottom + px(8), wide, px(AXIS - 8))
        draw_fitted(painter, own, CENTRE, f"{self.step} %", theme, bold=True)
        painter.setPen(theme.colour("muted"))
        for step in (0, 25, 50, 75, 100):
            place = QRectF(self.x_of(step) - wide / 2, own.y(), wide, own.height())
            if not place.intersects(own):
                draw_fitted(painter, place, CENTRE, f"{step} %", theme)

    def _draw_answer(self, painter: QPainter, row: int, lane: Lane) -> None:
        """What it says where one stands."""
        theme, px, line = self._theme, self._theme.px, self.line(row)
        said = lane.turn.said
        answer = int(said.answers[self.step])
        place = QRectF(line.right() - px(ANSWERS - 12), line.y(), px(ANSWERS - 12), line.height())
        chip = QRectF(place.x(), place.y() + px(3), px(40), place.height() - px(6))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("background"))
        painter.drawRoundedRect(chip, px(6), px(6))
        painter.setPen(theme.colour("text"))
        name = self._names[answer] if answer >= 0 else "?"
        draw_fitted(painter, chip.adjusted(2, 0, -2, 0), CENTRE, name, theme, 28, bold=True)
        words = f"{float(said.for_answer[self.step]):.2f}" if answer >= 0 else "none"
        draw_fitted(painter, place, RIGHT, words, theme, TEXT + 2)

    def _still(self, row: int, lane: Lane) -> QPixmap:
        """What does not depend on the step, painted once."""
        line, ratio = self.line(row), self.devicePixelRatio()
        size = QSize(round(line.width() * ratio), round(line.height() * ratio))
        known = self._drawn.get(lane.id)
        if known is not None and known[1].size() == size:
            same = known[0].turn is lane.turn and known[0].shown == lane.shown
            if same and known[0].name == lane.name:
                return known[1]
        made = QPixmap(size)
        made.setDevicePixelRatio(ratio)
        made.fill(self._theme.colour("panel"))
        with QPainter(made) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(-line.topLeft())
            self._draw_lane(painter, row, lane)
        self._drawn[lane.id] = (lane, made)
        return made

    def _draw_lane(self, painter: QPainter, row: int, lane: Lane) -> None:
        theme, px, line, track = self._theme, self._theme.px, self.line(row), self.track(row)
        if lane.shown:
            mark = QRectF(line.x(), line.y(), px(5), line.height())
            painter.fillRect(mark, theme.colour("focus"))
        painter.setPen(theme.colour("text" if lane.shown else "muted"))
        name = QRectF(px(12), line.y(), px(NAMES - 22), line.height())
        draw_fitted(painter, name, LEFT, lane.name, theme, TEXT + 2, bold=True)
        painter.fillRect(track, theme.colour("background"))
        for stretch in lane.turn.stretches:
            self._draw_stretch(painter, track, lane.turn, stretch)
        painter.setPen(QPen(theme.colour("text"), 1, Qt.PenStyle.DashLine))
        half = track.center().y()
        painter.drawLine(QPointF(track.x(), half), QPointF(track.right(), half))
        taken = self._draw_turn(painter, track, lane.turn)
        for stretch in lane.turn.stretches:
            self._name_stretch(painter, track, stretch, taken)

    def _draw_stretch(self, painter: QPainter, track: QRectF, turn: Turn, stretch: Stretch) -> None:
        """The area under the support, reaching half a step beyond its ends."""
        if stretch.answer < 0:
            return
        steps = np.arange(stretch.start, stretch.end + 1)
        heights = turn.said.for_answer[steps].clip(0, 1) * track.height()
        left, right = self._reach(track, stretch)
        xs = [left, *(self.x_of(step) for step in steps[1:-1].tolist()), right]
        tops = [heights[0], *heights[1:-1], heights[-1]]
        points = [QPointF(x, track.bottom() - float(top)) for x, top in zip(xs, tops, strict=False)]
        points += [QPointF(right, track.bottom()), QPointF(left, track.bottom())]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.digit(stretch.answer))
        painter.drawPolygon(QPolygonF(points))

    def _reach(self, track: QRectF, stretch: Stretch) -> tuple[float, float]:
        left = max(track.x(), self.x_of(stretch.start - 0.5))
        return left, min(track.right(), self.x_of(stretch.end + 0.5))

    def _draw_turn(self, painter: QPainter, track: QRectF, turn: Turn) -> QRectF:
        """The line where it turns, and at how many percent."""
        theme, px = self._theme, self._theme.px
        if not turn.reads_both_ends:
            return QRectF()
        painter.setPen(QPen(theme.colour("text"), px(3)))
        for step in {turn.leaves, turn.arrives}:
            x = self.x_of(step - 0.5)
            painter.drawLine(QPointF(x, track.y()), QPointF(x, track.bottom()))
        words = f"{turn.leaves} %" if turn.clean else f"{turn.leaves}–{turn.arrives} %"
        wide = px(58 if turn.clean else 94)
        x = self.x_of(turn.arrives - 0.5)
        chip = QRectF(x + px(4), track.y() + px(2), wide, min(px(26), track.height() - px(2)))
        if chip.right() > track.right():
            chip.moveRight(self.x_of(turn.leaves - 0.5) - px(4))
        self._chip(painter, chip, words, TEXT)
        return chip

    def _name_stretch(
        self, painter: QPainter, track: QRectF, stretch: Stretch, taken: QRectF
    ) -> None:
        """The answer in its stretch, where there is room."""
        px = self._theme.px
        left, right = self._reach(track, stretch)
        if taken.isValid() and left < taken.center().x() < right:  # beside the percentage
            left, right = max((left, taken.left()), (taken.right(), right), key=_width)
        room = right - left - px(4)
        if room < px(17):
            return
        name = self._names[stretch.answer] if stretch.answer >= 0 else "?"
        wide = min(room, float(px(30 if len(name) < 3 else 110)))
        height = min(px(30), track.height() - px(2))
        middle = (left + right) / 2
        chip = QRectF(middle - wide / 2, track.center().y() - height / 2, wide, height)
        self._chip(painter, chip, name, 26)

    def _chip(self, painter: QPainter, place: QRectF, words: str, size: float) -> None:
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("background"))
        painter.drawRoundedRect(place, theme.px(5), theme.px(5))
        painter.setPen(theme.colour("text"))
        draw_fitted(painter, place, CENTRE, words, theme, size, bold=True)

    # ---- keys and mouse --------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        key = keys(event.key())
        by = {keys.Key_Left: -1, keys.Key_Right: 1, keys.Key_Down: -EVERY, keys.Key_Up: EVERY}
        if key in by:
            self.moved.emit(min(STEPS - 1, max(0, self.step + by[key])))
        elif key in (keys.Key_Home, keys.Key_End):
            self.moved.emit(0 if key == keys.Key_Home else STEPS - 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if event.button() != Qt.MouseButton.LeftButton or not self.lanes:
            return
        if point.x() < self.track(0).x() - self._theme.px(STRIP / 2):
            for row, lane in enumerate(self.lanes):
                if self.line(row).contains(point):
                    self.clicked.emit(lane.id)
            return
        self._go(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self.lanes:
            self._go(event.position())

    def _go(self, point: QPointF) -> None:
        track = self.track(0)
        share = (point.x() - track.x()) / track.width()
        self.moved.emit(round(min(1.0, max(0.0, share)) * (STEPS - 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drawn.clear()

    def minimumSizeHint(self) -> QSize:
        px = self._theme.px
        lanes = max(1, len(self.lanes)) * LANE
        return QSize(px(NAMES + ANSWERS + LEAST), px(STRIP + AXIS + lanes))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


def _width(span: tuple[float, float]) -> float:
    return span[1] - span[0]
