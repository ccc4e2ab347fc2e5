"""One step of a walk in large type: who leaves, and where it would end had another left."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.data.arrays import Bytes
from nnviz.data.digits import Shape
from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import TEXT, Theme
from nnviz.ui.kit.weight_images import digit_image

WIDTH = 294
"""On the design grid."""
IN_A_ROW = 5
GHOST, LOW_GHOST, LEAST_GHOST = 66, 50, 32
"""Heights on the design grid: where there is room; below which name and end share a line; the
least."""
LARGE_FIT = 3
"""Classes in large type that fit beside the digit; of more, the first and how many more."""
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
    """(class, name, whether it leaves) of those the step is about"""
    words: tuple[str, ...]
    """At most three short lines beside the digit."""
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
        height = self._ghost_height()
        place = QRectF(px(10) + column * width, self._ghosts_top() + row * height, width, height)
        return place.adjusted(px(3), px(3), -px(3), -px(3))

    def _ghosts_top(self) -> float:
        return float(self._theme.px(188))

    def _ghost_rows(self) -> int:
        return -(-len(self.view.ghosts) // IN_A_ROW) if self.view is not None else 0

    def _ghost_height(self) -> float:
        px, below = self._theme.px, self.lines_below()
        top = below[0][0].top() if below else float(self.height())
        room = (top - self._ghosts_top()) / max(1, self._ghost_rows())
        return min(max(room, px(LEAST_GHOST)), px(GHOST))

    def lines_below(self) -> list[tuple[QRectF, str]]:
        """Place and words of what stands below the ghosts; where the card is too low for all,
        first the details are left out, then the note."""
        view, px = self.view, self._theme.px
        if view is None:
            return []
        width = self.width() - px(24)
        lines = [(px(34 if not number else 27), words) for number, words in enumerate(view.footer)]
        if view.note:
            lines.append((self._note_height(view.note, width), view.note))
        least = self._ghosts_top() + self._ghost_rows() * px(LEAST_GHOST) + px(8)
        while len(lines) > 1 and least + sum(height for height, _ in lines) > self.height():
            details = len(lines) - (2 if view.note and lines[-1][1] == view.note else 1)
            del lines[details or -1]
        found = []
        bottom = float(self.height() - px(8))
        for height, words in reversed(lines):
            found.append((QRectF(px(12), bottom - height, width, height), words))
            bottom -= height
        return found[::-1]

    def _note_height(self, note: str, width: int) -> int:
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        metrics = QFontMetrics(self._theme.font())
        room = QRect(0, 0, width, self._theme.px(200))
        return metrics.boundingRect(room, flags, note).height() + self._theme.px(4)

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
            many = len(view.large) > LARGE_FIT
            drawn = view.large[: LARGE_FIT - many]
            parts, gap = len(drawn) + many, px(8 if len(drawn) + many < 3 else 4)
            largest = px(64 if len(view.words) < 3 else 48)
            size = min(largest, (room.width() - (parts - 1) * gap) / parts)
            for number, (one, name, leaves) in enumerate(drawn):
                place = QRectF(left + number * (size + gap), px(14), size, size)
                self._draw_large(painter, place, one, name, leaves)
            if many:
                place = QRectF(left + len(drawn) * (size + gap), px(14), size, size)
                painter.setPen(theme.colour("text"))
                more = f"+{len(view.large) - len(drawn)}"
                draw_fitted(painter, place, CENTRE, more, theme, 28, bold=True)
            room.setTop(px(14) + size + px(4))
        painter.setPen(theme.colour("text"))
        height = room.height() / max(len(view.words), 2)
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
        roomy = place.width() >= px(46)  # else the line below says that all of them leave
        numeral = inside.adjusted(0, 0, -px(16) if leaves and roomy else 0, 0)
        size = 28 if place.width() < px(56) else 40
        draw_fitted(painter, numeral, CENTRE, name, theme, size, bold=True)
        if leaves and roomy:
            middle = QPointF(inside.right() - px(13), inside.y() + px(14))
            badge = QRectF(middle - QPointF(8, 8), middle + QPointF(8, 8))
            draw_mark(painter, badge, theme.colour("wrong"), theme.scale, right=False)

    def _draw_ghosts(self, painter: QPainter, view: CardView) -> None:
        theme, px = self._theme, self._theme.px
        painter.setPen(theme.colour("muted"))
        title = QRectF(px(13), self._ghosts_top() - px(30), self.width() - px(20), px(30))
        draw_fitted(painter, title, LEFT, view.ghosts_title, theme)
        for number, ghost in enumerate(view.ghosts):
            place = self.ghost(number)
            colour = theme.colour("focus" if ghost.differs else "line")
            pen = QPen(colour, px(3 if ghost.differs else 2), Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place, px(6), px(6))
            if self._ghost_height() < px(LOW_GHOST):
                painter.setPen(theme.colour("text" if ghost.differs else "muted"))
                words = f"{ghost.name}→{ghost.end}"
                draw_fitted(painter, place, CENTRE, words, theme, TEXT, bold=ghost.differs)
                continue
            upper = QRectF(place.x(), place.y() + px(2), place.width(), place.height() / 2 - px(2))
            lower = upper.translated(0, upper.height())
            painter.setPen(theme.colour("text"))
            draw_fitted(painter, upper, CENTRE, ghost.name, theme, TEXT + 6, bold=True)
            painter.setPen(theme.colour("text" if ghost.differs else "muted"))
            end = f"→ {ghost.end}"
            draw_fitted(painter, lower, CENTRE, end, theme, TEXT, bold=ghost.differs)

    def _draw_footer(self, painter: QPainter, view: CardView) -> None:
        theme, px = self._theme, self._theme.px
        for number, (place, words) in enumerate(self.lines_below()):
            painter.setPen(theme.colour("muted" if number else "text"))
            if words == view.note:
                painter.setFont(theme.font())
                flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
                painter.drawText(place.adjusted(0, 0, px(4), px(4)), flags, words)
            else:
                size = TEXT if number else TEXT + 6
                draw_fitted(painter, place, LEFT, words, theme, size, bold=not number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.view is None or event.button() != Qt.MouseButton.LeftButton:
            return
        for number, ghost in enumerate(self.view.ghosts):
            if self.ghost(number).contains(event.position()):
                self.ghost_clicked.emit(ghost.one)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDTH), self._theme.px(300))
