"""A picture that was opened, with frames round its pieces: what is read, and what is left out."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainterPath, QResizeEvent
from PySide6.QtWidgets import QApplication

from nnviz.data.arrays import Bytes
from nnviz.data.ink_pieces import Piece
from nnviz.data.normalising import Box
from nnviz.ui.draw import picture_words as words
from nnviz.ui.draw.pad import FRAME_COLOUR, GREY
from nnviz.ui.kit.canvas import Canvas
from nnviz.ui.kit.picture import ENTER, MOVES, Picture, Region
from nnviz.ui.kit.seeing import alike
from nnviz.ui.kit.theme import BACK_ROW, Theme
from nnviz.ui.kit.twin import Twin, twin_of

VEIL = QColor(0, 0, 0, 120)
"""Over what is not read."""
DARK = QColor(0, 0, 0, 200)
"""Round every line, which stands on light paper or on dark."""
DASHES = (3.0, 3.0)
SHARP = 4
"""Pixels of the screen for one of the picture from which on these keep sharp edges."""
NEAREST = 14
"""Side of the smallest region, on the design grid."""
SPECK = 6
"""Side of the smallest piece that is marked as left out."""
DRAGGED = 8
"""Pixels that a rectangle is high and wide at least."""
KEY_STEP = 0.02
"""How far an arrow key moves what is cut out, in longer sides of the picture."""


@dataclass(frozen=True)
class OpenedView:
    """What is shown of a picture."""

    levels: Bytes | None = None
    """(height, width) 0 black .. 255 white"""
    pieces: tuple[Piece, ...] = ()
    """With their boxes in that"""
    name: str = ""
    part: Box | None = None
    """While a part is being chosen: the one to begin with"""


class PictureBoard(Picture[OpenedView]):
    """Tells the piece that is clicked, and the part that is cut out. Its regions are the pieces,
    by their places."""

    id = "opened-picture"
    title = words.BOARD
    tip = words.BOARD_TIP

    only = Signal(int)
    """A piece that is wanted and no other"""
    cropped = Signal(object)
    """Box of the part that is wanted"""
    cleared = Signal()

    def __init__(self, theme: Theme, view: OpenedView | None = None, **names: str) -> None:
        super().__init__(theme, view or OpenedView(), **names)
        self._part: QRectF | None = None
        """What is being chosen, in pixels of the picture"""
        self._from: QPointF | None = None

    def show_view(self, view: OpenedView) -> None:
        if view.part is None:
            self._part = self._from = None
        elif self.view.part is None:
            box = view.part
            self._part = QRectF(box.left, box.top, box.width, box.height)
        if not alike(view.levels, self.view.levels):
            self.at = self.hovered = None
        super().show_view(view)
        self.setCursor(
            Qt.CursorShape.ArrowCursor if view.part is None else Qt.CursorShape.CrossCursor
        )

    @property
    def place(self) -> QRectF:
        """Where the picture lies: as wide as it is, or as high."""
        height, width = (1, 1) if self.view.levels is None else self.view.levels.shape
        scale = min(self.width() / width, self.height() / height)
        size = QRectF(0, 0, max(8.0, width * scale), max(8.0, height * scale))
        size.moveLeft((self.width() - size.width()) / 2)
        return size

    @property
    def _scale(self) -> float:
        """Pixels of the screen for one of the picture."""
        return self.place.height() / int(self.view.levels.shape[0])

    def _on_screen(self, box: Box) -> QRectF:
        scale, corner = self._scale, self.place.topLeft()
        place = QRectF(box.left * scale, box.top * scale, box.width * scale, box.height * scale)
        return place.translated(corner)

    # ---- what it says ----------------------------------------------------------------

    def words(self, view: OpenedView) -> str:
        return words.CROP_TIP if view.part is not None else words.counted(view.pieces)

    def table(self, view: OpenedView) -> Twin | None:
        if not view.pieces:
            return super().table(view)
        rows = (words.piece_row(place, piece) for place, piece in enumerate(view.pieces))
        return twin_of(words.HEADINGS, rows)

    def regions(self, view: OpenedView) -> Iterable[Region]:
        """The largest first, so that what lies in another one can be clicked."""
        if view.levels is None or view.part is not None:
            return
        order = sorted(
            enumerate(view.pieces), key=lambda each: -each[1].box.height * each[1].box.width
        )
        for place, piece in order:
            told = words.piece_told(place, piece)
            yield Region(place, self._around(piece), words.piece_tip(piece), told)

    def _around(self, piece: Piece) -> QRectF:
        """Where a piece can be clicked."""
        place, least = self._on_screen(piece.box), self.px(NEAREST)
        more = max(0.0, least - place.width()) / 2, max(0.0, least - place.height()) / 2
        return place.adjusted(-more[0], -more[1], more[0], more[1])

    def tip_at(self, point: QPointF) -> str:
        return words.CROP_TIP if self.view.part is not None else super().tip_at(point)

    # ---- mouse and keys --------------------------------------------------------------

    def press(self, point: QPointF) -> None:
        if self.view.part is not None:
            self._from = point
            return
        found = self.region_at(point)
        shift = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        if found is not None and shift:
            self.at = found.key
            self.only.emit(found.key)
        else:
            super().press(point)

    def press_again(self, point: QPointF) -> None:
        found = self.region_at(point)
        if self.view.part is None and found is not None:
            self.only.emit(found.key)

    def drag(self, point: QPointF) -> None:
        if self._from is not None and self.view.levels is not None:
            dragged = QRectF(self._from, point).normalized().intersected(self.place)
            corner, scale = self.place.topLeft(), self._scale
            self._part = QRectF(
                (dragged.topLeft() - corner) / scale, (dragged.bottomRight() - corner) / scale
            )
            self.update()

    def release(self, point: QPointF) -> None:
        begun, self._from = self._from, None
        if begun is not None and self.view.levels is not None:
            across, down = abs(point.x() - begun.x()), abs(point.y() - begun.y())
            if min(across, down) >= DRAGGED:
                self._cut()

    def key(self, event: QKeyEvent) -> bool:
        key, shift = Qt.Key(event.key()), event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        chooses = key in (*ENTER, Qt.Key.Key_Space)
        if self.view.part is not None:
            return self._key_of_part(key, shift, chooses)
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers():
            self.cleared.emit()
            return True
        here = self.here
        begun = self.at is not None or key in ENTER  # else the space bar runs and pauses
        if here is None or not (chooses and begun):
            return False
        if shift:
            self.only.emit(here.key)
        else:
            self.choose(here.key)
        return True

    def _key_of_part(self, key: Qt.Key, shift: bool, chooses: bool) -> bool:
        if shift and key in MOVES:
            self._change(0, 0, *MOVES[key])
        elif chooses:
            self._cut()
        else:
            return False
        return True

    def step(self, across: int, down: int) -> bool:
        if self.view.part is None:
            return super().step(across, down)
        self._change(across, down, 0, 0)
        return True

    def _change(self, right: int, down: int, wider: int, higher: int) -> None:
        """Moves what is cut out by a step of the keys, or makes it larger; inside the picture."""
        if self._part is None or self.view.levels is None:
            return
        height, width = self.view.levels.shape
        by = max(1.0, KEY_STEP * max(height, width))
        part = QRectF(self._part)
        part.setWidth(min(max(part.width() + wider * by, by), float(width)))
        part.setHeight(min(max(part.height() + higher * by, by), float(height)))
        part.moveLeft(min(max(part.x() + right * by, 0.0), width - part.width()))
        part.moveTop(min(max(part.y() + down * by, 0.0), height - part.height()))
        self._part = part
        self.update()

    def _cut(self) -> None:
        part = self._part
        if part is not None:
            box = (part.top(), part.left(), part.bottom(), part.right())
            self.cropped.emit(Box(*(round(side) for side in box)))

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: OpenedView) -> None:
        if view.levels is None:
            return
        self.still(
            canvas, (view.levels, view.pieces, view.part is None), lambda once: self._still(once)
        )
        if view.part is not None:
            self._paint_part(canvas)
        canvas.box(self.place.adjusted(1, 1, -1, -1), edge="line", width=2)

    def _still(self, canvas: Canvas) -> None:
        view, place = self.view, self.place
        self._paint_picture(canvas, view.levels, place)
        if view.part is not None:
            return
        frames = [(self._on_screen(piece.box), piece) for piece in view.pieces]
        read = [frame for frame, piece in frames if piece.taken]
        _veil(canvas, place, read)
        for frame, piece in frames:
            if not piece.taken:
                self._paint_left_out(canvas, frame)
        for frame in read:
            around = frame.adjusted(-2, -2, 2, 2).intersected(place.adjusted(2, 2, -2, -2))
            canvas.box(around, edge=DARK, width=6)
            canvas.box(around, edge=FRAME_COLOUR, width=3)

    def _paint_picture(self, canvas: Canvas, levels: Bytes, place: QRectF) -> None:
        """Smooth where it is made smaller."""
        height, width = levels.shape
        image = QImage(
            np.ascontiguousarray(levels).data, width, height, width, QImage.Format.Format_Grayscale8
        )
        if self._scale >= SHARP:
            canvas.image(place, image, edge="")
            return
        size = (place.size() * self.devicePixelRatioF()).toSize().expandedTo(QSize(1, 1))
        smooth = Qt.TransformationMode.SmoothTransformation
        canvas.drawImage(place, image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))

    def _paint_left_out(self, canvas: Canvas, frame: QRectF) -> None:
        """Dashed, with a cross at its corner; what is tiny has the cross alone, and specks that
        nobody could see have none."""
        longer, radius = max(frame.width(), frame.height()), 6.0
        if longer < self.px(SPECK):
            return
        if longer < self.px(NEAREST):
            radius = 4.0
        else:
            canvas.box(frame, edge=DARK, width=3)
            canvas.box(frame, edge=GREY, width=1, dashes=DASHES)
        arm = self.px(radius)
        corner = QRectF(0, 0, 2 * arm, 2 * arm)
        inside = self.place.adjusted(arm, arm, -arm, -arm)
        at = frame.topRight()
        corner.moveCenter(
            QPointF(
                min(max(at.x(), inside.left()), inside.right()),
                min(max(at.y(), inside.top()), inside.bottom()),
            )
        )
        canvas.circle(corner.center(), arm + self.px(2), DARK)
        canvas.mark(corner, False, GREY, radius)

    def _paint_part(self, canvas: Canvas) -> None:
        """What is being cut out, and what to do."""
        if self._part is None:
            return
        corner, scale = self.place.topLeft(), self._scale
        part = QRectF(
            self._part.topLeft() * scale + corner, self._part.bottomRight() * scale + corner
        )
        _veil(canvas, self.place, [part])
        canvas.box(part, edge=DARK, width=6)
        canvas.box(part, edge="focus", width=3)
        if self._from is None:
            line = QRectF(self.place.x(), self.place.bottom() - self.px(44), self.place.width(), 0)
            line.setHeight(self.px(40))
            canvas.fillRect(line, DARK)
            hint = words.CROP_KEYS if self.shows_cursor else words.CROP_HINT
            canvas.text(line, hint, ink=QColor("white"), size=BACK_ROW, bold=True)

    # ---- Qt's own --------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMaximumHeight(self.width())  # as a pad, whose place it takes

    def least_size(self, view: OpenedView | None) -> tuple[float, float]:
        return 270, 220


def _veil(canvas: Canvas, place: QRectF, but: Iterable[QRectF]) -> None:
    """Darkens a place but for some parts of it."""
    path = QPainterPath()
    path.addRect(place)
    for each in but:
        clear = QPainterPath()
        clear.addRect(each.intersected(place))
        path = path.subtracted(clear)
    canvas.fillPath(path, VEIL)
