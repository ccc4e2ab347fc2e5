"""A row of digits, where it is cut, its pieces as a network sees them, and all pieces tried; cuts
are dragged, added and taken away, by mouse or keys."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from nnviz.data.arrays import Indices
from nnviz.data.digits import GREY
from nnviz.data.row_cuts import Row
from nnviz.questions.readers import SURE
from nnviz.questions.row_signs import marks_told
from nnviz.questions.rows import JudgedPieces
from nnviz.ui.draw import words
from nnviz.ui.draw.row_answers import Mark, WholeRow
from nnviz.ui.draw.row_layout import IMAGE, NAME, NARROW, PERCENT, WIDE, RowLayout, row_layout
from nnviz.ui.kit.canvas import CENTRE, LEFT, Canvas, mixed
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.seeing import Kept
from nnviz.ui.kit.theme import BACK_ROW, Theme
from nnviz.ui.kit.weight_images import digit_image
from nnviz.words import percent, sentences

DIGIT = 42
MARK = 22
"""Side of the frame of what was left out, at least."""
NEAR = 10
"""Distance from a cut at which the mouse takes it."""
DASHES = (4.0, 2.0)


@dataclass(frozen=True)
class CutRow:
    """A row and a way to cut it."""

    row: Row
    candidates: Indices
    """Columns at which it may be cut."""
    tried: JudgedPieces
    shown: JudgedPieces
    """The pieces of the way shown."""
    columns: tuple[int, ...]
    """The columns it is cut at, without the ends of the row."""
    names: tuple[str, ...]
    """Of the classes."""
    whole: WholeRow
    """It with what was left out"""

    @property
    def left_out(self) -> frozenset[int]:
        """The numbers of the signs that are not read"""
        return frozenset(number for number, mark in enumerate(self.whole.marks) if mark.left_out)


@dataclass(frozen=True)
class BoardView:
    """What the picture shows."""

    cut: CutRow | None = None
    """None without a row."""
    compact: bool = False
    """Whether the images of the pieces are left out, as something else needs their room."""
    piece: int | None = None
    """The piece of the way that is looked at."""
    hint: str = ""
    """What is said in the place of a row, line by line."""
    hidden: bool = False
    """Whether the room is asked first: nothing tells what the network reads."""


class RowBoard(Picture[BoardView]):
    """Tells where a person wants the row cut. Its regions are the cuts, by their numbers."""

    id = "row-picture"
    title = words.BOARD
    tip = words.BOARD_TIP

    cuts_moved = Signal(object, bool)
    """columns, whether it goes on with the cut before"""
    signs_chosen = Signal(object, bool)
    """numbers of the signs that are left out, whether one was taken back in"""

    def __init__(self, theme: Theme, view: BoardView | None = None, **names: str) -> None:
        super().__init__(theme, view or BoardView(), **names)
        self.dragged: int | None = None
        """Number of the cut that the mouse holds."""
        self._moved = False
        self.sign: int | None = None
        """Number of the sign that keys leave out or take back in."""
        self._layouts = Kept[RowLayout]()
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)  # it takes a cut away
        # the piece that is looked at is told
        self.pointed.connect(lambda _piece: self._teller.changed())

    def show_view(self, view: BoardView) -> None:
        old = self.view.cut
        super().show_view(view)
        if view.cut is not None:
            if old is None or old.row is not view.cut.row:
                self.hovered = None
            if self.sign is not None and self.sign >= len(view.cut.whole.marks):
                self.sign = None
            self.at = max(0, min(self.taken, len(view.cut.columns) - 1))

    @property
    def taken(self) -> int:
        """Number of the cut that keys move."""
        return self.at if isinstance(self.at, int) else 0

    def words(self, view: BoardView) -> str:
        cut = view.cut
        if cut is None:
            return view.hint.replace("\n", " ") or words.NO_ROW
        if view.hidden:
            return words.HIDDEN
        piece = self._piece(cut)
        looked_at = "" if piece is None else f"{words.piece_told(cut.tried, cut.names, piece)}."
        count = len(cut.tried.pieces)
        marks = [mark.kind for mark in cut.whole.marks if mark.left_out]
        sign = "" if self.sign is None else words.sign_told(cut.whole.marks[self.sign])
        row = words.row_told(cut.columns, cut.shown, cut.names, count)
        return sentences(sign, looked_at, row, marks_told(marks))

    def _piece(self, cut: CutRow) -> int | None:
        """The piece tried that the mouse or the keys are on, else the one of the way that is
        looked at."""
        piece, looked_at = self.hovered, self.view.piece
        if isinstance(piece, int) and piece < len(cut.tried.pieces):
            return piece
        if looked_at is None:
            return None
        wanted = cut.shown.pieces.spans[looked_at]
        found = np.flatnonzero((cut.tried.pieces.spans == wanted).all(axis=1))
        return int(found[0]) if found.size else None

    def layout_of(self, cut: CutRow) -> RowLayout:
        """Where everything lies."""
        size = self.width(), self.height(), self.theme.scale, self.view.compact
        whole, (height, width) = cut.whole, cut.row.picture.shape
        parts = (*size, whole.picture, cut.shown.pieces.spans, cut.tried.pieces.spans)
        under = whole.picture.shape[0] - whole.above - height
        behind = whole.picture.shape[1] - whole.before - width
        around = whole.above, whole.before, under, behind

        def made() -> RowLayout:
            spans = cut.shown.pieces.spans, cut.tried.pieces.spans
            return row_layout(*size[:2], cut.row.picture.shape, *spans, self.theme, size[3], around)

        return self._layouts.get("", parts, made)

    def least_size(self, view: BoardView | None) -> tuple[float, float]:
        return 300, 220 if view is not None and view.compact else 268

    def regions(self, view: BoardView) -> Iterable[Region]:
        if view.cut is None:
            return
        layout, near = self.layout_of(view.cut), self.px(NEAR)
        for number, column in enumerate(view.cut.columns):
            place = QRectF(layout.x_of(column) - near, 0, 2 * near, layout.row.bottom())
            yield Region(number, place, words=words.cut_told(column))
        for mark in view.cut.whole.marks:
            if mark.left_out:
                told = words.sign_told(mark)
                yield Region(None, self._place_of(mark, layout), words.mark_tip(mark), told)

    def _place_of(self, mark: Mark, layout: RowLayout) -> QRectF:
        """Of a sign, large enough for a finger."""
        column, room = layout.column, self.px(4)
        place = QRectF(
            layout.x_of(mark.left),
            layout.row.y() + mark.top * column,
            (mark.right - mark.left) * column,
            (mark.bottom - mark.top) * column,
        ).adjusted(-room, -room, room, room)
        least, centre = self.px(MARK), place.center()
        place.setSize(QSizeF(max(least, place.width()), max(least, place.height())))
        place.moveCenter(centre)
        return place

    def ring(self, view: BoardView) -> None:
        """The cut that keys move is thicker."""

    def tip_at(self, point: QPointF) -> str:
        """Over what was tried, the score stands above it instead of a tooltip on it."""
        cut = self.view.cut
        tried = cut is not None and point.y() >= self.layout_of(cut).tried.y()
        return "" if tried else super().tip_at(point)

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: BoardView) -> None:
        cut = view.cut
        if cut is None:
            if view.hint:
                self._paint_hint(canvas, view.hint.split("\n"))
            return
        layout = self.layout_of(cut)
        self.still(canvas, view, lambda once: self._paint_still(once, cut, layout))
        self._paint_looked_at(canvas, cut, layout)
        if self.sign is not None and self.hasFocus():
            place = self._place_of(cut.whole.marks[self.sign], layout)
            canvas.box(place.adjusted(-2, -2, 2, 2), edge="focus", width=4)
        self._paint_cuts(canvas, cut, layout)

    def _paint_hint(self, canvas: Canvas, lines: Sequence[str]) -> None:
        high = self.px(1.7 * BACK_ROW) * len(lines)
        place = self.room.adjusted(self.px(8), 0, -self.px(8), 0)
        middle = QRectF(place.x(), place.center().y() - high / 2, place.width(), high)
        canvas.lines(middle, lines, CENTRE, "muted", BACK_ROW)

    def _paint_still(self, canvas: Canvas, cut: CutRow, layout: RowLayout) -> None:
        """What does not depend on where the mouse is."""
        px, bottom, picture = self.px, layout.row.bottom(), cut.whole.picture
        greys = self.theme.grey_colours
        image = digit_image(picture.reshape(-1), greys, (*picture.shape, 1))
        canvas.image(layout.whole, image, edge="")
        self._paint_marks(canvas, cut, layout)
        canvas.setPen(canvas.stroke("muted", 2))
        columns = (layout.x_of(column) for column in cut.candidates.tolist())
        canvas.drawLines([QLineF(x, bottom, x, bottom + px(6)) for x in columns])
        canvas.box(layout.whole, edge="line")
        for number, tile in enumerate(layout.tiles):
            if self.view.compact:
                self._paint_name(canvas, cut, number, tile)
            else:
                self._paint_tile(canvas, cut, number, tile, layout)
        if layout.shows_tried:
            self._paint_bars(canvas, cut, layout)

    def _paint_marks(self, canvas: Canvas, cut: CutRow, layout: RowLayout) -> None:
        """What was left out: framed with dashes and crossed."""
        for mark in cut.whole.marks:
            if mark.left_out:
                place = self._place_of(mark, layout)
                canvas.box(place, edge="muted", width=2, dashes=DASHES)
                canvas.line(place.topLeft(), place.bottomRight(), "muted", 2)
                canvas.line(place.bottomLeft(), place.topRight(), "muted", 2)

    def _paint_tile(
        self, canvas: Canvas, cut: CutRow, number: int, tile: QRectF, layout: RowLayout
    ) -> None:
        """A piece as the network sees it, its class and how sure that is."""
        px, (start, end) = self.px, cut.shown.pieces.spans[number].tolist()
        side, beside = min(tile.width() - px(4), px(IMAGE)), tile.width() >= px(WIDE)
        left = tile.x() + px(6) if beside else tile.center().x() - side / 2
        place = QRectF(left, tile.y(), side, side)
        above = QPointF(layout.x_of((start + end) / 2), layout.whole.bottom() + px(2))
        canvas.line(above, QPointF(place.center().x(), tile.y()), "line", 2)
        image = digit_image(cut.shown.pieces.images[number], self.theme.grey_colours, GREY)
        canvas.image(place, image, *self._edge(cut, number))
        name = QRectF(tile.x(), place.bottom(), tile.width(), px(NAME))
        if beside:
            name = QRectF(place.right(), tile.y(), tile.right() - place.right(), side)
        canvas.text(name, self._name(cut, number), size=DIGIT, bold=True)
        room = layout.room_of(number)
        if room >= px(NARROW) and not self.view.hidden:
            below = QRectF(0, name.bottom() + px(2), min(room, px(WIDE)), px(PERCENT - 2))
            below.moveCenter(QPointF(tile.center().x(), below.center().y()))
            canvas.text(below, percent(float(cut.shown.confidences[number]), 0))

    def _paint_name(self, canvas: Canvas, cut: CutRow, number: int, tile: QRectF) -> None:
        """A piece where there is no room for its image."""
        place = QRectF(tile)
        place.setWidth(min(tile.width() - 2 * self.px(2), self.px(NAME)))
        place.moveCenter(tile.center())
        edge, thick = self._edge(cut, number)
        canvas.box(place, edge=edge, width=thick)
        canvas.text(place, self._name(cut, number), size=DIGIT, bold=True)

    def _name(self, cut: CutRow, number: int) -> str:
        """What a piece of the way shown is read as."""
        return words.UNKNOWN if self.view.hidden else cut.names[int(cut.shown.digits[number])]

    def _edge(self, cut: CutRow, number: int) -> tuple[str, int]:
        """Of a piece: thicker where the network is sure, so not told by hue alone."""
        if number == self.view.piece:
            return "text", 6
        sure = not self.view.hidden and float(cut.shown.confidences[number]) > SURE
        return ("positive", 4) if sure else ("line", 1)

    def _paint_bars(self, canvas: Canvas, cut: CutRow, layout: RowLayout) -> None:
        """All pieces that were tried; those of the way shown are framed."""
        shown = {tuple(span) for span in cut.shown.pieces.spans.tolist()}
        weak, strong = canvas.ink("track"), canvas.ink("positive")
        sure = cut.tried.confidences.tolist()
        for bar, span, share in zip(
            layout.bars, cut.tried.pieces.spans.tolist(), sure, strict=True
        ):
            # thicker as well, so that it can be told without the hue
            share = 0.0 if self.view.hidden else share
            thick = max(1.5, bar.height() * (0.3 + 0.7 * share))
            filled = QRectF(bar.x(), bar.center().y() - thick / 2, bar.width(), thick)
            canvas.fillRect(filled, mixed(weak, strong, share))
            if tuple(span) in shown:
                canvas.box(bar.adjusted(-1, -1, 1, 1), edge="focus", width=2)

    def _paint_looked_at(self, canvas: Canvas, cut: CutRow, layout: RowLayout) -> None:
        """The line over what was tried, and the piece that the mouse or the keys are on."""
        if not layout.shows_tried:
            return
        piece = self._piece(cut)
        line = words.all_tried(len(cut.tried.pieces))
        if self.view.hidden:
            line = words.tried_hidden(len(cut.tried.pieces))
        elif piece is not None:
            line = words.piece_told(cut.tried, cut.names, piece)
            canvas.box(layout.bars[piece].adjusted(-1, -1, 1, 1), edge="text", width=2)
            start, end = cut.tried.pieces.spans[piece].tolist()
            x, width = layout.x_of(start), (end - start) * layout.column
            where = QRectF(x, layout.row.y(), width, layout.row.height())
            canvas.box(where, edge="text", width=2, dashes=DASHES)
        canvas.text(layout.title, line, LEFT, "muted")

    def _paint_cuts(self, canvas: Canvas, cut: CutRow, layout: RowLayout) -> None:
        px = self.px
        for number, column in enumerate(cut.columns):
            by_keys = self.shows_cursor and number == self.taken
            chosen, x = by_keys or number == self.dragged, layout.x_of(column)
            start, end = QPointF(x, px(8)), QPointF(x, layout.row.bottom())
            canvas.line(start, end, "focus", 5 if chosen else 3)
            knob = QPointF(x, px(9))
            canvas.circle(knob, px(9 if chosen else 7), "focus", "background", 2)

    # ---- the mouse -------------------------------------------------------------------

    def _near(self, point: QPointF) -> int | None:
        """Number of the cut there."""
        near = [each for each in self.regions(self.view) if each.place.contains(point)]
        best = min(near, key=lambda each: abs(each.place.center().x() - point.x()), default=None)
        return best.key if best is not None and isinstance(best.key, int) else None

    def press(self, point: QPointF) -> None:
        self.dragged, self._moved = self._near(point), False
        sign = self._sign_at(point)
        if self.dragged is not None:
            self.move_to(self.dragged)
        elif sign is not None and self.view.cut.whole.marks[sign].left_out:
            self._turn_sign(self.view.cut, sign)
        self.update()

    def drag(self, point: QPointF) -> None:
        cut = self.view.cut
        if cut is not None and self.dragged is not None and self.dragged < len(cut.columns):
            column = self.layout_of(cut).column_at(point.x())
            self._move(cut, self.dragged, column, self._moved)

    def release(self, point: QPointF) -> None:
        self.dragged = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        found = self._near(event.position())
        if event.button() == Qt.MouseButton.RightButton:
            event.accept()
            sign = self._sign_at(event.position())
            if found is not None:
                self._remove(self.view.cut, found)
            elif sign is not None:
                self._turn_sign(self.view.cut, sign)

    def _sign_at(self, point: QPointF) -> int | None:
        """Number of the smallest sign there."""
        cut = self.view.cut
        if cut is None:
            return None
        layout = self.layout_of(cut)
        places = [self._place_of(mark, layout) for mark in cut.whole.marks]
        there = [number for number, place in enumerate(places) if place.contains(point)]
        return min(
            there, key=lambda each: places[each].width() * places[each].height(), default=None
        )

    def _turn_sign(self, cut: CutRow, number: int) -> None:
        """Leaves a sign out, or takes it back in; of another line, takes that line instead."""
        marks, mark = cut.whole.marks, cut.whole.marks[number]
        if mark.kind == "line" and mark.left_out:
            chosen = frozenset(each for each, other in enumerate(marks) if other.line != mark.line)
        else:
            chosen = cut.left_out ^ {number}
        if len(chosen) < len(marks):
            self.signs_chosen.emit(chosen, mark.left_out)

    def press_again(self, point: QPointF) -> None:
        cut = self.view.cut
        if cut is not None and self.layout_of(cut).row.contains(point):
            self._add(cut, self.layout_of(cut).column_at(point.x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        cut, point = self.view.cut, event.position()
        if cut is not None and self.dragged is None:
            bars = enumerate(self.layout_of(cut).bars)
            self._hover(next((piece for piece, bar in bars if bar.contains(point)), None))
        at_cut = self.dragged is not None or self._near(point) is not None
        self.setCursor(Qt.CursorShape.SplitHCursor if at_cut else Qt.CursorShape.ArrowCursor)

    # ---- cuts ------------------------------------------------------------------------

    def _move(self, cut: CutRow, number: int, column: int, goes_on: bool) -> None:
        """Moves a cut, not beyond its neighbours."""
        ends = (0, *cut.columns, cut.row.width)
        column = min(max(column, ends[number] + 1), ends[number + 2] - 1)
        if column != cut.columns[number]:
            self._moved = True
            columns = (*cut.columns[:number], column, *cut.columns[number + 1 :])
            self.cuts_moved.emit(columns, goes_on)

    def _remove(self, cut: CutRow, number: int) -> None:
        self.cuts_moved.emit((*cut.columns[:number], *cut.columns[number + 1 :]), False)

    def _add(self, cut: CutRow, column: int) -> None:
        if 0 < column < cut.row.width and column not in cut.columns:
            columns = tuple(sorted((*cut.columns, column)))
            self.at = columns.index(column)
            self.cuts_moved.emit(columns, False)

    def key(self, event: QKeyEvent) -> bool:
        cut, key, keys = self.view.cut, event.key(), Qt.Key
        if cut is None:
            return False
        count = len(cut.columns)
        if key in (keys.Key_Comma, keys.Key_Period):
            self._look_on(cut, 1 if key == keys.Key_Period else -1)
        elif key == keys.Key_S:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._next_sign(cut, -1 if back else 1)
        elif key == keys.Key_X and self.sign is not None:
            self._turn_sign(cut, self.sign)
        elif key in (keys.Key_Plus, keys.Key_Insert):
            ends = (0, *cut.columns, cut.row.width)
            after = min(self.taken + 1, count)
            self._add(cut, (ends[after] + ends[after + 1]) // 2)
        elif key in (keys.Key_Delete, keys.Key_Backspace) and count:
            self._remove(cut, self.taken)
        else:
            return False
        return True

    def step(self, across: int, down: int) -> bool:
        """Arrows choose a cut and move it."""
        cut = self.view.cut
        if cut is None or not cut.columns:
            return False
        if across:
            self._move(cut, self.taken, cut.columns[self.taken] + across, False)
        else:
            self.move_to((self.taken + down) % len(cut.columns))
        return True

    def _next_sign(self, cut: CutRow, by: int) -> None:
        """From the left, one after the other."""
        count = len(cut.whole.marks)
        self.sign = (min(by, 0) if self.sign is None else self.sign + by) % count
        self._teller.changed()
        self.update()

    def _look_on(self, cut: CutRow, by: int) -> None:
        """At the next piece tried, from the left, short ones first."""
        spans = cut.tried.pieces.spans
        order: list[Hashable] = np.lexsort((spans[:, 1], spans[:, 0])).tolist()
        if order:
            here = order.index(self.hovered) + by if self.hovered in order else min(by, 0)
            self._hover(order[here % len(order)])
