"""What each of several designs says of one digit: the answer large, and how sure it is."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.key_cursor import KeyCursor
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import BACK_ROW, TEXT, Theme
from nnviz.ui.kit.tooltips import wrapped

TITLE, TALLEST, LEAST = 28, 46, 30
MARK, NAME, PERCENT, ANSWER = 28, 138, 62, 40
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class AnswerRow:
    """One design."""

    name: str
    answer: str
    """Empty where it has no network."""
    right: bool | None
    """None where nobody knows."""
    confidence: float
    colour: int | None = None
    """The class whose colour the bar has."""
    shown: bool = False
    """Whether it is the design on screen."""

    @property
    def in_words(self) -> str:
        if not self.answer:
            return f"{self.name} has no network yet"
        mark = "" if self.right is None else ", right" if self.right else ", wrong"
        return f"{self.name} says {self.answer}{mark}, {100 * self.confidence:.0f} percent sure"


class AnswerRows(KeyCursor):
    """One row for each design; tells which one was chosen."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("answer-rows")
        self.setAccessibleName("What each design says")
        self.setToolTip(
            wrapped(
                "The answer of each design, whether it is right, and how sure it is. Click a "
                "design to see its evidence; the up and down keys do the same."
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = ""
        self.rows: tuple[AnswerRow, ...] = ()
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_rows(self, title: str, rows: tuple[AnswerRow, ...]) -> None:
        """Draws these from now on."""
        if (title, rows) == (self.title, self.rows):
            return
        self.title, self.rows = title, rows
        self.setAccessibleDescription(f"{title}: {'; '.join(row.in_words for row in rows)}.")
        self.update()

    def place(self, number: int) -> QRectF:
        """Where a row lies."""
        top = self._theme.px(TITLE)
        room = (self.height() - top) / max(1, len(self.rows))
        height = min(room, float(self._theme.px(TALLEST)))
        return QRectF(0, top + number * height, self.width(), height).adjusted(1, 1.5, -1, -1.5)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.colour("muted"))
            title = QRectF(2, 0, self.width() - 4, theme.px(TITLE))
            draw_fitted(painter, title, LEFT, self.title, theme)
            for number, row in enumerate(self.rows):
                self._draw(painter, self.place(number), row)

    def _draw(self, painter: QPainter, place: QRectF, row: AnswerRow) -> None:
        theme, px = self._theme, self._theme.px
        focused = row.shown and self.shows_cursor
        pen = QPen(theme.colour("focus" if focused else "text"), px(2.5))
        painter.setPen(pen if row.shown else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("raised" if row.shown else "panel"))
        painter.drawRoundedRect(place, px(5), px(5))
        size = min(float(BACK_ROW), place.height() / theme.scale * 0.78)
        painter.setPen(theme.colour("text"))
        name = QRectF(place.x() + px(8), place.y(), px(NAME), place.height())
        draw_fitted(painter, name, LEFT, row.name, theme, min(TEXT, size), row.shown)
        percent = QRectF(place.right() - px(PERCENT + 6), place.y(), px(PERCENT), place.height())
        if not row.answer:
            wide = QRectF(name.right(), place.y(), percent.right() - name.right(), place.height())
            painter.setPen(theme.colour("muted"))
            draw_fitted(painter, wide, RIGHT, "no network yet", theme)
            return
        answer = QRectF(name.right() + px(2), place.y(), self._answer_width, place.height())
        draw_fitted(painter, answer, CENTRE, row.answer, theme, size, bold=True)
        mark = QRectF(answer.right(), place.y(), px(MARK), place.height())
        if row.right is not None:
            colour = theme.colour("right" if row.right else "wrong")
            draw_mark(painter, mark, colour, theme.scale, row.right)
        painter.setPen(theme.colour("text"))
        draw_fitted(
            painter, percent, RIGHT, f"{100 * row.confidence:.0f} %", theme, min(TEXT, size)
        )
        high = min(place.height() * 0.5, float(px(20)))
        track = QRectF(mark.right() + px(2), place.center().y() - high / 2, 0, high)
        track.setRight(max(track.x(), percent.x() - px(2)))
        if track.width() < px(12):
            return
        painter.fillRect(track, theme.colour("track"))
        filled = QRectF(track)
        filled.setWidth(max(2.0, track.width() * min(1.0, row.confidence)))
        colour = theme.colour("muted") if row.colour is None else theme.digit(row.colour)
        painter.fillRect(filled, colour)
        painter.setPen(QPen(theme.colour("text"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(filled)

    @property
    def _answer_width(self) -> int:
        """Names of classes that are words take the room of the bar."""
        px = self._theme.px
        free = self.width() - px(NAME + MARK + PERCENT + 24)
        wordy = any(len(row.answer) > 2 for row in self.rows)
        return max(px(ANSWER), free) if wordy else px(ANSWER)

    # ---- pointer and keys ------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number in range(len(self.rows)):
            if self.place(number).contains(event.position()):
                self.chosen.emit(number)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        by = {keys.Key_Up: -1, keys.Key_Down: 1}.get(keys(event.key()))
        here = next((number for number, row in enumerate(self.rows) if row.shown), None)
        if by is None or here is None:
            super().keyPressEvent(event)
            return
        to = here + by
        while 0 <= to < len(self.rows) and not self.rows[to].answer:
            to += by
        if 0 <= to < len(self.rows):
            self.chosen.emit(to)

    def minimumSizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(NAME + ANSWER + MARK + PERCENT + 20), px(TITLE + len(self.rows) * LEAST))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
