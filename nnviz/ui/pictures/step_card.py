"""One step of a walk in large type: who leaves, and where it would end had another left."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.learning.digits import Shape
from nnviz.learning.idx import Bytes
from nnviz.ui.pictures.output_rows import draw_mark
from nnviz.ui.pictures.weight_images import digit_image
from nnviz.ui.pictures.words import draw_fitted
from nnviz.ui.theme import TEXT, Theme

WIDTH = 294
"""On the design grid."""
IN_A_ROW = 5
SMALL = 48
"""Side of a class in large type where they stand in two rows."""
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True)
class Ghost:
    """A class that could have left instead."""

    one: int
    name: str
    end: str
    """Name of the class that is left then."""
    differs: bool
    """Whether the end is another one although the class that wins stays in play."""


@dataclass(frozen=True, eq=False)
class CardView:
    """What the card shows."""

    pixels: Bytes
    shape: Shape
    large: tuple[tuple[int, str, bool], ...]
    """(class, name, whether it leaves) of those the step is about, at most four"""
    words: tuple[str, ...]
    """One to three short lines beside the digit; one where four classes stand above it."""
    ghosts_title: str
    ghosts: tuple[Ghost, ...]
    footer: tuple[str, ...]
    """Lines at the bottom; the first is large."""
    note: str


class StepCard(QWidget):
    """Draws a CardView; a ghost can be clicked."""

    ghost_clicked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("step-card")
        self.setAccessibleName("The step in large type")
        self.setToolTip("Click a dashed class to see what follows if it leaves instead.")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.view: CardView | None = None
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFixedWidth(theme.px(WIDTH))
        self.update()

    def show_view(self, view: CardView) -> None:
        self.view = view
        self.update()

    def ghost(self, number: int) -> QRectF:
        """The place of a ghost."""
        px = self._theme.px
        width = (self.width() - px(20)) / IN_A_ROW
        row, column = divmod(number, IN_A_ROW)
        top = self._ghosts_top() + px(30)
        place = QRectF(px(10) + column * width, top + row * px(66), width, px(66))
        return place.adjusted(px(3), px(3), -px(3), -px(3))

    def _ghosts_top(self) -> float:
        return self._theme.px(158)

    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self.view, self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("background"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(10), theme.px(10))
            if view is not None:
                self._draw_top(painter, view)
                self._draw_ghosts(painter, view)
                self._draw_footer(painter, view)

    def _draw_top(self, painter: QPainter, view: CardView) -> None:
        theme, px = self._theme, self._theme.px
        side = px(128)
        digit = QRectF(px(12), px(12), side, side)
        painter.drawImage(digit, digit_image(view.pixels, theme.grey_colours, view.shape))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(digit)
        left = digit.right() + px(12)
        room = QRectF(left, px(12), self.width() - left - px(10), side)
        if view.large:
            rows = ceil(len(view.large) / 2)
            size = px(64 if rows == 1 else SMALL)
            for number, (one, name, leaves) in enumerate(view.large):
                row, column = divmod(number, 2)
                x, y = left + column * (size + px(8)), px(12) + row * (size + px(4))
                self._draw_large(painter, QRectF(x, y, size, size), one, name, leaves)
            room.setTop(px(14) + rows * (size + px(4)))
        painter.setPen(theme.colour("text"))
        height = room.height() / len(view.words)
        for number, line in enumerate(view.words):
            place = QRectF(room.x(), room.y() + number * height, room.width(), height)
            draw_fitted(painter, place, LEFT, line, theme, TEXT + 2)

    def _draw_large(
        self, painter: QPainter, place: QRectF, one: int, name: str, leaves: bool
    ) -> None:
        theme, px = self._theme, self._theme.px
        # filled edge in the class's colour for who stays, a cross for who leaves
        painter.setPen(QPen(theme.colour("text"), px(1)))
        painter.setBrush(theme.digit(one))
        painter.drawRoundedRect(place, px(8), px(8))
        inside = place.adjusted(px(5), px(5), -px(5), -px(5))
        painter.setBrush(theme.colour("background"))
        painter.drawRoundedRect(inside, px(5), px(5))
        painter.setPen(theme.colour("muted" if leaves else "text"))
        numeral = inside.adjusted(0, 0, -px(16) if leaves else 0, 0)
        size = 0.62 * place.height() / theme.scale
        draw_fitted(painter, numeral, CENTRE, name, theme, size, bold=True)
        if leaves:
            middle = QPointF(inside.right() - px(11), inside.y() + px(13))
            badge = QRectF(middle - QPointF(8, 8), middle + QPointF(8, 8))
            draw_mark(painter, badge, theme.colour("wrong"), theme.scale * 0.9, right=False)

    def _draw_ghosts(self, painter: QPainter, view: CardView) -> None:
        theme, px = self._theme, self._theme.px
        painter.setPen(theme.colour("muted"))
        title = QRectF(px(13), self._ghosts_top(), self.width() - px(20), px(30))
        draw_fitted(painter, title, LEFT, view.ghosts_title, theme)
        for number, ghost in enumerate(view.ghosts):
            place = self.ghost(number)
            colour = theme.colour("focus" if ghost.differs else "line")
            pen = QPen(colour, px(3 if ghost.differs else 2), Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place, px(6), px(6))
            upper = QRectF(place.x(), place.y() + px(2), place.width(), place.height() / 2 - px(2))
            lower = upper.translated(0, upper.height())
            painter.setPen(theme.colour("text"))
            draw_fitted(painter, upper, CENTRE, ghost.name, theme, TEXT + 6, bold=True)
            painter.setPen(theme.colour("text" if ghost.differs else "muted"))
            end = f"→ {ghost.end}"
            draw_fitted(painter, lower, CENTRE, end, theme, TEXT, bold=ghost.differs)

    def _draw_footer(self, painter: QPainter, view: CardView) -> None:
        theme, px = self._theme, self._theme.px
        bottom = float(self.height() - px(8))
        width = self.width() - px(24)
        if view.note:
            painter.setFont(theme.font())
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
            room = QRectF(px(12), 0, width, px(200))
            needed = painter.boundingRect(room, flags, view.note)
            needed.moveTop(bottom - needed.height())
            painter.setPen(theme.colour("muted"))
            painter.drawText(needed.adjusted(0, 0, px(4), px(4)), flags, view.note)
            bottom = needed.y() - px(4)
        for number, line in reversed(list(enumerate(view.footer))):
            height = px(34 if number == 0 else 27)
            place = QRectF(px(12), bottom - height, width, height)
            painter.setPen(theme.colour("text" if number == 0 else "muted"))
            draw_fitted(
                painter, place, LEFT, line, theme, TEXT + (6 if number == 0 else 0), number == 0
            )
            bottom -= height

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.view is None or event.button() != Qt.MouseButton.LeftButton:
            return
        for number, ghost in enumerate(self.view.ghosts):
            if self.ghost(number).contains(event.position()):
                self.ghost_clicked.emit(ghost.one)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDTH), self._theme.px(410))
