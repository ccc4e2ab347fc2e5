"""A square to draw on by mouse, pen, finger or keys."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.data.drawing import NOTHING_DRAWN, RADIUS, SIDE, Drawing, curve
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.theme import BACK_ROW, TEXT, Theme
from nnviz.ui.kit.tooltips import wrapped

FRAME = 16
"""Milliseconds over which points are gathered: none waits longer, and none queues up."""
KEY_STEP = 1 / 56
"""How far an arrow key moves the pen, in sides."""
LIGHTEST, HEAVIEST = 0.6, 1.2
"""Radius of a pen without and with full pressure, as a share of the usual one."""
FRAME_COLOUR = "#56B4E9"
"""Of the box of the ink: on black in both themes."""
HINT = "Draw a digit here"
WAYS = ("by mouse, pen or finger;", "or open, paste or drop an image.")
KEYS = "Keys: arrows move the pen, Return lowers and lifts it, Delete clears."
HELP = f"The right button and the other end of a pen erase.\n{KEYS}"
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Pad(QWidget):
    """Shows a drawing; tells the lines drawn on it."""

    drawn = Signal(object, float, bool, bool)
    """points (points, 2) in sides of the square, radius, erasing, goes on"""
    cleared = Signal()

    def __init__(self, theme: Theme, aspect: float = 1, hint: str = HINT) -> None:
        super().__init__()
        self.aspect = aspect
        """Width in heights."""
        self._hint = hint
        self.setObjectName("pad")
        self.setAccessibleName("Drawing pad")
        self.setAccessibleDescription(KEYS)
        self.setToolTip(wrapped(HELP))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.drawing = NOTHING_DRAWN
        self.pen = QPointF(0.5, 0.3)
        """Where the keys have moved the pen to, in sides."""
        self.lowered = False
        self._image = QImage()
        self._framed = False
        self._down = self._erasing = self._pen_used = False
        self._radius = RADIUS
        self._points: list[tuple[float, float]] = []
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(FRAME)
        self._gather.setTimerType(Qt.TimerType.PreciseTimer)
        self._gather.timeout.connect(self._tell)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_drawing(self, drawing: Drawing, framed: bool = False) -> None:
        """Shows another drawing; `framed` with the box of its ink."""
        if drawing is not self.drawing or framed != self._framed:
            self.drawing, self._framed = drawing, framed
            # nothing pops up over what is being drawn
            self.setToolTip(wrapped(HELP) if drawing.empty else "")
            height, width = drawing.ink.shape
            grey = QImage.Format.Format_Grayscale8
            self._image = QImage(drawing.ink.data, width, height, width, grey)
            self.update()

    @property
    def place(self) -> QRectF:
        """Where the square lies, or the sheet that is wider than high."""
        side = max(8.0, min(self.width() / self.aspect, self.height()))
        return QRectF(0, 0, self.aspect * side, side)

    # ---- lines -----------------------------------------------------------------------

    def lift(self) -> None:
        """Ends the line being drawn; what follows of it is not drawn."""
        self._end()
        self.lowered = False
        self.update()

    def _begin(self, point: QPointF, erasing: bool = False, pressure: float | None = None) -> None:
        self._end()
        self._down, self._erasing, self._pen_used = True, erasing, False
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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._begin(event.position(), event.button() == Qt.MouseButton.RightButton)

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

    def touchEvent(self, event: QTouchEvent) -> None:
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

    def event(self, event: QEvent) -> bool:
        types = QEvent.Type
        touches = (types.TouchBegin, types.TouchUpdate, types.TouchEnd, types.TouchCancel)
        if isinstance(event, QTouchEvent) and event.type() in touches:
            self.touchEvent(event)
            event.accept()
            return True
        return super().event(event)

    # ---- keys ------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = event.key(), Qt.Key
        if key in (keys.Key_Return, keys.Key_Enter):
            self._lower_or_lift()
        elif key in (keys.Key_Delete, keys.Key_Backspace) and not event.modifiers():
            self.lift()
            self.cleared.emit()
        elif key in _MOVES and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._move_pen(*_MOVES[keys(key)])
        else:
            super().keyPressEvent(event)

    def _lower_or_lift(self) -> None:
        self.lowered, self._pen_used = not self.lowered, True
        if self.lowered:
            self.drawn.emit(np.array([self.pen.toTuple()]), RADIUS, False, False)
        self.update()

    def _move_pen(self, right: int, down: int) -> None:
        old, self._pen_used = self.pen, True
        x, y = old.x() + right * KEY_STEP, old.y() + down * KEY_STEP
        self.pen = QPointF(min(max(x, 0.0), self.aspect), min(max(y, 0.0), 1.0))
        if self.lowered:
            line = np.array([old.toTuple(), self.pen.toTuple()])
            self.drawn.emit(line, RADIUS, False, True)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        reasons = Qt.FocusReason
        self._pen_used = event.reason() in (
            reasons.TabFocusReason,
            reasons.BacktabFocusReason,
        )

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, place = self._theme, self.place
        with QPainter(self) as painter:
            painter.fillRect(place, Qt.GlobalColor.black)
            if not self.drawing.empty:
                # an image as it came keeps its pixels
                smooth = len(self.drawing.ink) == SIDE
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
                painter.drawImage(place, self._image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.drawing.empty:
                self._draw_hint(painter, place)
            elif self._framed:
                self._draw_box(painter, place)
            if self._pen_used and self.hasFocus():
                self._draw_pen(painter, place)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus" if self.hasFocus() else "line"), theme.px(2)))
            painter.drawRect(place.adjusted(1, 1, -1, -1))

    def _draw_box(self, painter: QPainter, place: QRectF) -> None:
        """The box that is cut out."""
        done = self.drawing.normalised
        if done is None:
            return
        box, pixel = done.ink, place.width() / len(self.drawing.ink)
        frame = QRectF(box.left * pixel, box.top * pixel, box.width * pixel, box.height * pixel)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(FRAME_COLOUR), self._theme.px(2), Qt.PenStyle.DashLine))
        painter.drawRect(frame.translated(place.topLeft()))

    def _draw_hint(self, painter: QPainter, place: QRectF) -> None:
        theme = self._theme
        painter.setPen(Qt.GlobalColor.white)
        line = QRectF(place.x() + theme.px(12), 0, place.width() - theme.px(24), theme.px(40))
        line.moveTop(place.center().y() - theme.px(60))
        centre = Qt.AlignmentFlag.AlignCenter
        draw_fitted(painter, line, centre, self._hint, theme, BACK_ROW, bold=True)
        painter.setPen(Qt.GlobalColor.lightGray)
        for words in WAYS:
            line.translate(0, theme.px(34))
            draw_fitted(painter, line, centre, words, theme, TEXT)

    def _draw_pen(self, painter: QPainter, place: QRectF) -> None:
        """A ring where the keys have the pen: filled while it is down."""
        centre = place.topLeft() + self.pen * place.height()
        size = RADIUS * place.height()
        painter.setPen(QPen(self._theme.colour("focus"), self._theme.px(3)))
        painter.setBrush(self._theme.colour("focus") if self.lowered else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, size, size)

    # ---- Qt's own --------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMaximumHeight(
            round(self.width() / self.aspect)
        )  # what stands below a square follows it at once

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.lift()

    def minimumSizeHint(self) -> QSize:
        wide = 280 if self.aspect == 1 else 300
        return QSize(self._theme.px(wide), self._theme.px(wide / self.aspect))

    def sizeHint(self) -> QSize:
        # a page whose buttons wrap is made as high as the hints of its parts
        return self.minimumSizeHint()
