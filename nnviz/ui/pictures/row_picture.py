"""A row of digits, where it is cut, its pieces as a network sees them, and all pieces tried."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from nnviz.learning.digits import GREY
from nnviz.learning.row_cuts import Indices, Row
from nnviz.learning.row_scores import Judged
from nnviz.ui.pictures.key_cursor import KeyCursor
from nnviz.ui.pictures.row_layout import (
    BAR,
    IMAGE,
    NAME,
    NARROW,
    PERCENT,
    WIDE,
    RowLayout,
    lanes_of,
    row_layout,
)
from nnviz.ui.pictures.weight_images import digit_image
from nnviz.ui.pictures.words import draw_fitted
from nnviz.ui.theme import TEXT, Theme

NEAR = 10
"""Distance from a cut at which the mouse takes it."""
DIGIT = 42


@dataclass(frozen=True, eq=False)
class RowView:
    """What the picture shows."""

    row: Row
    candidates: Indices
    """Columns at which it may be cut."""
    tried: Judged
    shown: Judged
    """The pieces of the way shown."""
    columns: tuple[int, ...]
    """The columns it is cut at, without the ends of the row."""
    names: tuple[str, ...]
    """Of the classes."""
    note: str = ""
    """What stands beside the title of what was tried."""


class RowPicture(KeyCursor):
    """Draws a RowView; cuts are dragged, added by a double click, and taken away again."""

    cut = Signal(object, bool)
    """columns, whether it goes on with the cut before"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("row-picture")
        self.setAccessibleName("The row and its pieces")
        self.setToolTip(
            "Drag a cut to move it, double-click to add one, right-click one to take it away.\n"
            "Keys: Up and Down choose a cut, Left and Right move it, + adds one after it, "
            "Delete takes it away."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.view: RowView | None = None
        self.chosen = 0
        """Number of the cut that keys move."""
        self.hovered: int | None = None
        """The piece tried that the mouse is on."""
        self._dragged: int | None = None
        self._moved = False
        self._image = QImage()
        self._tiles: list[QImage] = []
        self._lanes: Indices = np.zeros(0, np.intp)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_view(self, view: RowView | None) -> None:
        """Another row, or another way to cut it."""
        old, self.view = self.view, view
        if view is not None:
            if old is None or old.row is not view.row:
                shape = (*view.row.picture.shape, 1)
                greys = self._theme.grey_colours
                self._image = digit_image(view.row.picture.reshape(-1), greys, shape)
                self.hovered = None
            if old is None or old.tried.pieces is not view.tried.pieces:
                self._lanes = lanes_of(view.tried.pieces.spans)
            images = view.shown.pieces.images
            self._tiles = [digit_image(image, self._theme.grey_colours, GREY) for image in images]
            self.chosen = max(0, min(self.chosen, len(view.columns) - 1))
            self.setAccessibleDescription(_in_words(view))
        else:
            self.setAccessibleDescription("No row yet.")
        self.update()

    def layout_of_view(self, view: RowView) -> RowLayout:
        """Where everything lies."""
        rows, columns = view.row.picture.shape
        spans = [(int(start), int(end)) for start, end in view.shown.pieces.spans]
        return row_layout(self.width(), self.height(), columns, rows, spans, self._theme)

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self.view
        if view is None:
            return
        layout = self.layout_of_view(view)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawImage(layout.row, self._image)
            self._draw_candidates(painter, view, layout)
            self._draw_tiles(painter, view, layout)
            self._draw_tried(painter, view, layout)
            self._draw_cuts(painter, view, layout)

    def _draw_candidates(self, painter: QPainter, view: RowView, layout: RowLayout) -> None:
        px, bottom = self._theme.px, layout.row.bottom()
        painter.setPen(QPen(self._theme.colour("muted"), px(2)))
        painter.drawLines(
            [
                QLineF(layout.x_of(column), bottom, layout.x_of(column), bottom + px(6))
                for column in view.candidates.tolist()
            ]
        )
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(layout.row)

    def _draw_cuts(self, painter: QPainter, view: RowView, layout: RowLayout) -> None:
        theme, px = self._theme, self._theme.px
        for number, column in enumerate(view.columns):
            x, held = layout.x_of(column), number == self._dragged
            chosen = held or (self.shows_cursor and number == self.chosen)
            painter.setPen(QPen(theme.colour("focus"), px(5 if chosen else 3)))
            painter.drawLine(QPointF(x, px(8)), QPointF(x, layout.row.bottom()))
            painter.setBrush(theme.colour("focus"))
            painter.setPen(QPen(theme.colour("background"), px(2)))
            size = px(9 if chosen else 7)
            painter.drawEllipse(QPointF(x, px(9)), size, size)

    def _draw_tiles(self, painter: QPainter, view: RowView, layout: RowLayout) -> None:
        theme, px, align = self._theme, self._theme.px, Qt.AlignmentFlag
        centre = align.AlignCenter
        spans = view.shown.pieces.spans
        for number, (tile, image) in enumerate(zip(layout.tiles, self._tiles, strict=True)):
            middle = layout.x_of((spans[number, 0] + spans[number, 1]) / 2)
            side = min(tile.width() - px(4), px(IMAGE))
            beside = tile.width() >= px(WIDE)
            left = tile.x() + px(6) if beside else tile.center().x() - side / 2
            place = QRectF(left, tile.y(), side, side)
            painter.setPen(QPen(theme.colour("line"), px(2)))
            painter.drawLine(
                QPointF(middle, layout.row.bottom() + px(2)),
                QPointF(place.center().x(), tile.y()),
            )
            painter.drawImage(place, image)
            sure = float(view.shown.confidences[number])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            # thicker where the network is sure, so not told by hue alone
            colour, thick = ("positive", 4) if sure > 0.5 else ("line", 1)
            painter.setPen(QPen(theme.colour(colour), px(thick)))
            painter.drawRect(place)
            word = QRectF(tile.x(), place.bottom(), tile.width(), px(NAME))
            if beside:
                word = QRectF(place.right(), tile.y(), tile.right() - place.right(), side)
            painter.setPen(theme.colour("text"))
            name = view.names[int(view.shown.digits[number])]
            draw_fitted(painter, word, centre, name, theme, DIGIT, bold=True)
            if tile.width() >= px(NARROW):
                percent = QRectF(tile.x(), word.bottom() + px(2), tile.width(), px(PERCENT - 2))
                draw_fitted(painter, percent, centre, f"{sure:.0%}", theme, TEXT)

    def _draw_tried(self, painter: QPainter, view: RowView, layout: RowLayout) -> None:
        theme, px, area = self._theme, self._theme.px, layout.tried
        if area.height() < px(8):
            return
        pieces, sure = view.tried.pieces, view.tried.confidences
        title = QRectF(px(4), area.y() - px(28), area.width() - px(8), px(26))
        painter.setPen(theme.colour("muted"))
        align = Qt.AlignmentFlag.AlignVCenter
        draw_fitted(painter, title, align, self._title(view), theme, TEXT)
        high = self.bar_height(layout)
        shown = {tuple(span) for span in view.shown.pieces.spans.tolist()}
        weak, strong = theme.colour("track"), theme.colour("positive")
        for piece, (start, end) in enumerate(pieces.spans.tolist()):
            bar = self.bar_of(layout, piece, start, end, high)
            share = float(sure[piece])
            # thicker as well, so that it can be told without the hue
            thick = max(1.5, bar.height() * (0.3 + 0.7 * share))
            filled = QRectF(bar.x(), bar.center().y() - thick / 2, bar.width(), thick)
            painter.fillRect(filled, _between(weak, strong, share))
            if (start, end) in shown or piece == self.hovered:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                name = "text" if piece == self.hovered else "focus"
                painter.setPen(QPen(theme.colour(name), px(2)))
                painter.drawRect(bar.adjusted(-1, -1, 1, 1))
        if self.hovered is not None and self.hovered < len(pieces):
            start, end = pieces.spans[self.hovered].tolist()
            x, width = layout.x_of(start), (end - start) * layout.column
            painter.setPen(QPen(theme.colour("text"), px(2), Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(x, layout.row.y(), width, layout.row.height()))

    def _title(self, view: RowView) -> str:
        tried, hovered = view.tried, self.hovered
        if hovered is None or hovered >= len(tried.pieces):
            return view.note
        start, end = tried.pieces.spans[hovered].tolist()
        name, sure = view.names[int(tried.digits[hovered])], float(tried.confidences[hovered])
        return f"columns {start} to {end - 1}: {name}, {sure:.0%}"

    def bar_height(self, layout: RowLayout) -> float:
        """Of each piece that was tried."""
        lanes = int(self._lanes.max(initial=0)) + 1
        return min(float(self._theme.px(BAR + 3)), layout.tried.height() / lanes)

    def bar_of(self, layout: RowLayout, piece: int, start: int, end: int, high: float) -> QRectF:
        """Where a piece that was tried lies: below the columns it covers."""
        y = layout.tried.y() + int(self._lanes[piece]) * high
        x = layout.x_of(start)
        return QRectF(x + 1, y, max(2.0, (end - start) * layout.column - 2), high - 1)

    # ---- mouse -----------------------------------------------------------------------

    def _cut_near(self, view: RowView, layout: RowLayout, point: QPointF) -> int | None:
        if point.y() > layout.row.bottom():
            return None
        distances = [abs(point.x() - layout.x_of(column)) for column in view.columns]
        if not distances or min(distances) > self._theme.px(NEAR):
            return None
        return distances.index(min(distances))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        view = self.view
        if view is None:
            return
        found = self._cut_near(view, self.layout_of_view(view), event.position())
        if found is None:
            return
        self.chosen = found
        if event.button() == Qt.MouseButton.RightButton:
            self._remove(view, found)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._dragged, self._moved = found, False
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        view = self.view
        if view is None:
            return
        layout = self.layout_of_view(view)
        if self._dragged is not None and self._dragged < len(view.columns):
            self._move(view, self._dragged, layout.column_at(event.position().x()), self._moved)
            return
        near = self._cut_near(view, layout, event.position()) is not None
        self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)
        self._hover(self._piece_at(view, layout, event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        view = self.view
        if view is None:
            return
        layout = self.layout_of_view(view)
        if layout.row.contains(event.position()):
            self._add(view, layout.column_at(event.position().x()))

    def leaveEvent(self, event: object) -> None:
        self._hover(None)

    def _hover(self, piece: int | None) -> None:
        if piece != self.hovered:
            self.hovered = piece
            self.update()

    def _piece_at(self, view: RowView, layout: RowLayout, point: QPointF) -> int | None:
        if point.y() < layout.tried.y():
            return None
        high = self.bar_height(layout)
        for piece, (start, end) in enumerate(view.tried.pieces.spans.tolist()):
            if self.bar_of(layout, piece, start, end, high).contains(point):
                return piece
        return None

    # ---- cuts ------------------------------------------------------------------------

    def _move(self, view: RowView, number: int, column: int, goes_on: bool) -> None:
        """Moves a cut, not beyond its neighbours."""
        ends = (0, *view.columns, view.row.width)
        column = min(max(column, ends[number] + 1), ends[number + 2] - 1)
        if column != view.columns[number]:
            self._moved = True
            columns = (*view.columns[:number], column, *view.columns[number + 1 :])
            self.cut.emit(columns, goes_on)

    def _remove(self, view: RowView, number: int) -> None:
        self.cut.emit((*view.columns[:number], *view.columns[number + 1 :]), False)

    def _add(self, view: RowView, column: int) -> None:
        if 0 < column < view.row.width and column not in view.columns:
            columns = tuple(sorted((*view.columns, column)))
            self.chosen = columns.index(column)
            self.cut.emit(columns, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view, key, keys = self.view, event.key(), Qt.Key
        if view is None or not self._done_by_key(view, key, keys):
            super().keyPressEvent(event)

    def _done_by_key(self, view: RowView, key: int, keys: type[Qt.Key]) -> bool:
        count = len(view.columns)
        if key in (keys.Key_Plus, keys.Key_Insert):
            ends = (0, *view.columns, view.row.width)
            after = min(self.chosen + 1, count)
            self._add(view, (ends[after] + ends[after + 1]) // 2)
        elif not count:
            return False
        elif key in (keys.Key_Up, keys.Key_Down):
            self.chosen = (self.chosen + (1 if key == keys.Key_Down else -1)) % count
            self.update()
        elif key in (keys.Key_Left, keys.Key_Right):
            by = 1 if key == keys.Key_Right else -1
            self._move(view, self.chosen, view.columns[self.chosen] + by, False)
        elif key in (keys.Key_Delete, keys.Key_Backspace):
            self._remove(view, self.chosen)
        else:
            return False
        return True

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(350))


def _between(weak: QColor, strong: QColor, share: float) -> QColor:
    pairs = (
        (weak.red(), strong.red()),
        (weak.green(), strong.green()),
        (weak.blue(), strong.blue()),
    )
    return QColor(*(round(one + (other - one) * share) for one, other in pairs))


def _in_words(view: RowView) -> str:
    pieces = ", ".join(
        f"{view.names[digit]} {sure:.0%}"
        for digit, sure in zip(
            view.shown.digits.tolist(), view.shown.confidences.tolist(), strict=True
        )
    )
    cuts = ", ".join(map(str, view.columns))
    where = f"cut at columns {cuts}" if cuts else "not cut"
    return f"The row is {where}; its pieces: {pieces}. {len(view.tried.pieces)} were tried."
