"""A square to draw on by mouse, pen, finger or keys."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)

from nnviz.data.drawing import NOTHING_DRAWN, RADIUS, SIDE, Drawing, Frame, curve
from nnviz.data.normalising import Box
from nnviz.ui.draw import words
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.picture import ENTER, Picture
from nnviz.ui.kit.theme import BACK_ROW, Theme

FRAME = 16
"""Milliseconds over which points are gathered: none waits longer, and none queues up."""
KEY_STEP = 1 / 56
"""How far an arrow key moves the pen, in sides."""
LIGHTEST, HEAVIEST = 0.6, 1.2
"""Radius of a pen without and with full pressure, as a share of the usual one."""
BLACK, WHITE = QColor("black"), QColor("white")
GREY = QColor(Qt.GlobalColor.lightGray)
FRAME_COLOUR = QColor("#56B4E9")
"""Of the box of the ink: on black in both themes."""
FRAME_DASHES = (4.0, 2.0)
TOUCHES = (
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TouchEnd,
    QEvent.Type.TouchCancel,
)


@dataclass(frozen=True)
class PadView:
    """What a pad shows."""

    drawing: Drawing = NOTHING_DRAWN
    framed: bool = False
    """Whether the box of the ink is shown, which is cut out."""
    hint: str = words.PAD_HINT
    """What stands on it while it is empty."""
    aspect: float = 1
    """Width in heights."""


class Pad(Picture[PadView]):
    """Shows a drawing; tells the lines drawn on it.

    It is the one picture whose right button does something all over: it erases.
    """

    id = "pad"
    title = words.PAD
    tip = f"{words.PAD_TIP}\n{words.PAD_KEYS}"

    drawn = Signal(object, float, bool, bool)
    """points (points, 2) in sides of the square, radius, erasing, goes on"""
    cleared = Signal()

    def __init__(self, theme: Theme, view: PadView | None = None, **names: str) -> None:
        super().__init__(theme, view or PadView(), **names)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)  # that button erases
        self.pen = QPointF(0.5, 0.3)
        """Where the keys have moved the pen to, in sides."""
        self.lowered = False
        self._down = self._erasing = False
        self._radius = RADIUS
        self._points: list[tuple[float, float]] = []
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(FRAME)
        self._gather.setTimerType(Qt.TimerType.PreciseTimer)
        self._gather.timeout.connect(self._tell)

    @property
    def place(self) -> QRectF:
        """Where the square lies, or the sheet that is wider than high."""
        aspect = self.view.aspect
        side = max(8.0, min(self.width() / aspect, self.height()))
        return QRectF(0, 0, aspect * side, side)

    def words(self, view: PadView) -> str:
        return words.PAD_KEYS

    def tip_at(self, point: QPointF) -> str:
        # nothing pops up over what is being drawn
        return super().tip_at(point) if self.view.drawing.empty else ""

    # ---- lines -----------------------------------------------------------------------

    def lift(self) -> None:
        """Ends the line being drawn; what follows of it is not drawn."""
        self._end()
        self.lowered = False
        self.update()

    def _begin(self, point: QPointF, erasing: bool = False, pressure: float | None = None) -> None:
        self._end()
        self._down, self._erasing, self._by_keys = True, erasing, False
        self._add(point, pressure)
        self._points *= 2  # where it begins
        self.drawn.emit(np.array(self._points[:1]), self._radius, erasing, False)

    def _add(self, point: QPointF, pressure: float | None = None) -> None:
        """One more point, in pixels of the widget."""
        if not self._down:
            return
        if self._erasing:
            self._radius = 2 * RADIUS
        elif pressure is None:
            self._radius = RADIUS
        else:
            self._radius = RADIUS * (LIGHTEST + (HEAVIEST - LIGHTEST) * pressure)
        place = self.place
        across, down = point.x() - place.x(), point.y() - place.y()
        self._points.append((across / place.height(), down / place.height()))
        if not self._gather.isActive():
            self._gather.start()

    def _end(self) -> None:
        if self._down:
            self._points.append(self._points[-1])
            self._tell()
        self._down = False
        self._points = []

    def _tell(self) -> None:
        """Tells the curve through the points gathered; the next one goes on from the last two."""
        self._gather.stop()
        points, self._points = self._points, self._points[-2:]
        if len(points) > 2:
            self.drawn.emit(curve(np.array(points)), self._radius, self._erasing, True)

    # ---- mouse, pen, finger ----------------------------------------------------------

    def press(self, point: QPointF) -> None:
        self._begin(point)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.RightButton:
            event.accept()
            self._begin(event.position(), erasing=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._add(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._add(event.position())
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        kind, types = event.type(), QEvent.Type
        if kind == types.TabletPress:
            eraser = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._begin(event.position(), eraser, event.pressure())
        elif kind == types.TabletMove:
            self._add(event.position(), event.pressure())
        else:
            self._end()
        event.accept()  # Qt makes no mouse events of it then

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent) and event.type() in TOUCHES:
            self._touched(event)
            event.accept()
            return True
        return super().event(event)

    def _touched(self, event: QTouchEvent) -> None:
        """Follows the first finger."""
        types = QEvent.Type
        if event.type() == types.TouchCancel or not event.points():
            self._end()
            return
        position = event.points()[0].position()
        if event.type() == types.TouchBegin:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._begin(position)
            return
        self._add(position)
        if event.type() == types.TouchEnd:
            self._end()

    # ---- keys ------------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        key, keys = Qt.Key(event.key()), Qt.Key
        if key in ENTER:
            self.lowered = not self.lowered
            if self.lowered:
                self.drawn.emit(np.array([self.pen.toTuple()]), RADIUS, False, False)
        elif key in (keys.Key_Delete, keys.Key_Backspace) and not event.modifiers():
            self.lift()
            self.cleared.emit()
        else:
            return False
        self.update()
        return True

    def step(self, across: int, down: int) -> bool:
        """Moves the pen of the keys."""
        old = self.pen
        x, y = old.x() + across * KEY_STEP, old.y() + down * KEY_STEP
        self.pen = QPointF(min(max(x, 0.0), self.view.aspect), min(max(y, 0.0), 1.0))
        if self.lowered:
            line = np.array([old.toTuple(), self.pen.toTuple()])
            self.drawn.emit(line, RADIUS, False, True)
        self.update()
        return True

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: PadView) -> None:
        place, drawing = self.place, view.drawing
        canvas.box(place, BLACK)
        if drawing.empty:
            self._paint_hint(canvas, place, view.hint)
        else:
            height, width = drawing.ink.shape
            grey = QImage.Format.Format_Grayscale8
            # an image as it came keeps its pixels
            canvas.setRenderHint(canvas.RenderHint.SmoothPixmapTransform, height == SIDE)
            canvas.drawImage(place, QImage(drawing.ink.data, width, height, width, grey))
            if view.framed and drawing.normalised is not None:
                paint_frame(canvas, place, drawing.normalised.ink, height)
            if len(drawing.frames) > 1:
                paint_pieces(canvas, place, drawing.frames)
        if self.shows_cursor:  # filled while it is down
            centre = place.topLeft() + self.pen * place.height()
            fill = "focus" if self.lowered else ""
            canvas.circle(centre, RADIUS * place.height(), fill, "focus", 3)
        canvas.box(place.adjusted(1, 1, -1, -1), edge="line", width=2)

    def _paint_hint(self, canvas: Canvas, place: QRectF, hint: str) -> None:
        px = self.px
        line = QRectF(place.x() + px(12), 0, place.width() - px(24), px(40))
        line.moveTop(place.center().y() - px(60))
        canvas.text(line, hint, ink=WHITE, size=BACK_ROW, bold=True)
        line.setTop(line.bottom())
        line.setBottom(place.bottom())
        centre = Qt.AlignmentFlag.AlignHCenter
        canvas.paragraph(line, words.PAD_WAYS, GREY, align=centre)

    def ring(self, view: PadView) -> QRectF:
        return self.place

    # ---- Qt's own --------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # what stands below a square follows it at once
        self.setMaximumHeight(round(self.width() / self.view.aspect))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.lift()

    def least_size(self, view: PadView | None) -> tuple[float, float]:
        aspect = 1 if view is None else view.aspect
        wide = 270 if aspect == 1 else 300
        return wide, wide / aspect


def paint_frame(canvas: Canvas, place: QRectF, box: Box, pixels: int) -> None:
    """The box of the ink on an image of so many pixels from its top to its bottom."""
    pixel = place.height() / pixels
    frame = QRectF(box.left * pixel, box.top * pixel, box.width * pixel, box.height * pixel)
    frame.translate(place.topLeft())
    canvas.box(frame, edge=FRAME_COLOUR, width=2, dashes=FRAME_DASHES)


def paint_pieces(canvas: Canvas, place: QRectF, frames: Iterable[Frame]) -> None:
    """Frames round the pieces that were taken of a picture."""
    side = place.height()
    for left, top, right, bottom in frames:
        frame = QRectF(left * side, top * side, (right - left) * side, (bottom - top) * side)
        canvas.box(frame.translated(place.topLeft()), edge=FRAME_COLOUR, width=2)
