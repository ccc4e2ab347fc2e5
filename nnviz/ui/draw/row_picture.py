"""A row of digits, where it is cut, its pieces as a network sees them, and all pieces tried."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from nnviz.data.arrays import Indices
from nnviz.data.digits import GREY
from nnviz.data.row_cuts import Row
from nnviz.questions.readers import SURE
from nnviz.questions.rows import JudgedPieces
from nnviz.ui.draw.row_layout import (
    BAR,
    IMAGE,
    NAME,
    NARROW,
    PERCENT,
    TITLE,
    WIDE,
    RowLayout,
    lanes_of,
)
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import digit_image

DIGIT = 42


@dataclass(frozen=True, eq=False)
class RowView:
    """What the picture shows."""

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
    note: str = ""
    """What stands beside the title of what was tried."""


@dataclass(frozen=True)
class Marks:
    """What a hand is on."""

    chosen: int | None = None
    """Number of the cut that keys move, where that is shown."""
    dragged: int | None = None
    """Number of the cut that the mouse holds."""
    hovered: int | None = None
    """The piece tried that is looked at."""


class RowDrawing:
    """Draws a RowView; what is done to its cuts stands in `row_board`."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._view: RowView | None = None
        self._image = QImage()
        self._tiles: list[QImage] = []
        self._lanes: Indices = np.zeros(0, np.intp)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme

    def prepare(self, view: RowView) -> None:
        """Makes the images of another row, or of another way to cut it."""
        old, self._view = self._view, view
        greys = self._theme.grey_colours
        if old is None or old.row is not view.row:
            shape = (*view.row.picture.shape, 1)
            self._image = digit_image(view.row.picture.reshape(-1), greys, shape)
        if old is None or old.tried.pieces is not view.tried.pieces:
            self._lanes = lanes_of(view.tried.pieces.spans)
        self._tiles = [digit_image(image, greys, GREY) for image in view.shown.pieces.images]

    def draw(self, painter: QPainter, layout: RowLayout, marks: Marks, compact: bool) -> None:
        """Draws the view prepared last; compact: without the images of the pieces."""
        view = self._view
        assert view is not None
        painter.drawImage(layout.row, self._image)
        self._draw_candidates(painter, view, layout)
        self._draw_tiles(painter, view, layout, compact)
        self._draw_tried(painter, view, layout, marks.hovered)
        self._draw_cuts(painter, view, layout, marks)

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

    def _draw_cuts(self, painter: QPainter, view: RowView, layout: RowLayout, marks: Marks) -> None:
        theme, px = self._theme, self._theme.px
        for number, column in enumerate(view.columns):
            x, chosen = layout.x_of(column), number in (marks.dragged, marks.chosen)
            painter.setPen(QPen(theme.colour("focus"), px(5 if chosen else 3)))
            painter.drawLine(QPointF(x, px(8)), QPointF(x, layout.row.bottom()))
            painter.setBrush(theme.colour("focus"))
            painter.setPen(QPen(theme.colour("background"), px(2)))
            size = px(9 if chosen else 7)
            painter.drawEllipse(QPointF(x, px(9)), size, size)

    def _draw_tiles(
        self, painter: QPainter, view: RowView, layout: RowLayout, compact: bool
    ) -> None:
        theme, px, align = self._theme, self._theme.px, Qt.AlignmentFlag
        centre = align.AlignCenter
        spans = view.shown.pieces.spans
        for number, (tile, image) in enumerate(zip(layout.tiles, self._tiles, strict=True)):
            middle = layout.x_of((spans[number, 0] + spans[number, 1]) / 2)
            if compact:
                self._draw_name(painter, view, number, tile)
                continue
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
            colour, thick = ("positive", 4) if sure > SURE else ("line", 1)
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

    def _draw_name(self, painter: QPainter, view: RowView, number: int, tile: QRectF) -> None:
        """A piece where there is no room for its image."""
        theme, px = self._theme, self._theme.px
        sure = float(view.shown.confidences[number]) > SURE
        place = tile.adjusted(px(2), 0, -px(2), 0)
        place.setWidth(min(place.width(), px(NAME)))
        place.moveCenter(tile.center())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("positive" if sure else "line"), px(4 if sure else 1)))
        painter.drawRect(place)
        painter.setPen(theme.colour("text"))
        name = view.names[int(view.shown.digits[number])]
        draw_fitted(painter, place, Qt.AlignmentFlag.AlignCenter, name, theme, DIGIT, bold=True)

    def _draw_tried(
        self, painter: QPainter, view: RowView, layout: RowLayout, hovered: int | None
    ) -> None:
        theme, px, area = self._theme, self._theme.px, layout.tried
        if area.height() < px(8):
            return
        pieces, sure = view.tried.pieces, view.tried.confidences
        title = self.title_place(layout)
        painter.setPen(theme.colour("muted"))
        align = Qt.AlignmentFlag.AlignVCenter
        draw_fitted(painter, title, align, _title(view, hovered), theme, TEXT)
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
            if (start, end) in shown or piece == hovered:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                name = "text" if piece == hovered else "focus"
                painter.setPen(QPen(theme.colour(name), px(2)))
                painter.drawRect(bar.adjusted(-1, -1, 1, 1))
        if hovered is not None and hovered < len(pieces):
            start, end = pieces.spans[hovered].tolist()
            x, width = layout.x_of(start), (end - start) * layout.column
            painter.setPen(QPen(theme.colour("text"), px(2), Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(x, layout.row.y(), width, layout.row.height()))

    def title_place(self, layout: RowLayout) -> QRectF:
        """Of the words over what was tried."""
        px, area = self._theme.px, layout.tried
        return QRectF(px(4), area.y() - px(TITLE), area.width() - px(8), px(TITLE - 2))

    def bar_height(self, layout: RowLayout) -> float:
        """Of each piece that was tried."""
        lanes = int(self._lanes.max(initial=0)) + 1
        return min(float(self._theme.px(BAR + 3)), layout.tried.height() / lanes)

    def bar_of(self, layout: RowLayout, piece: int, start: int, end: int, high: float) -> QRectF:
        """Where a piece that was tried lies: below the columns it covers."""
        y = layout.tried.y() + int(self._lanes[piece]) * high
        x = layout.x_of(start)
        return QRectF(x + 1, y, max(2.0, (end - start) * layout.column - 2), high - 1)


def _between(weak: QColor, strong: QColor, share: float) -> QColor:
    pairs = (
        (weak.red(), strong.red()),
        (weak.green(), strong.green()),
        (weak.blue(), strong.blue()),
    )
    return QColor(*(round(one + (other - one) * share) for one, other in pairs))


def _title(view: RowView, hovered: int | None) -> str:
    if hovered is None or hovered >= len(view.tried.pieces):
        return view.note
    return piece_in_words(view, hovered)


def piece_in_words(view: RowView, piece: int) -> str:
    """A piece that was tried, and its score."""
    tried = view.tried
    start, end = tried.pieces.spans[piece].tolist()
    name, sure = view.names[int(tried.digits[piece])], float(tried.confidences[piece])
    return f"columns {start} to {end - 1}: {name}, {sure:.0%}"


def in_words(view: RowView) -> str:
    pieces = ", ".join(
        f"{view.names[digit]} {sure:.0%}"
        for digit, sure in zip(
            view.shown.digits.tolist(), view.shown.confidences.tolist(), strict=True
        )
    )
    cuts = ", ".join(map(str, view.columns))
    where = f"cut at columns {cuts}" if cuts else "not cut"
    return f"The row is {where}; its pieces: {pieces}. {len(view.tried.pieces)} were tried."
