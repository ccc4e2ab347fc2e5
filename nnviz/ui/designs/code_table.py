"""A table of code words to edit: a row for each class, a column for each bit."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import Theme

NAME, MARK = 48, 30
"""Widths on the design grid: the class, and the cross beside equal words."""
HEADING, FOOT = 28, 28
"""Heights on the design grid: the names of the bits, how often each is right."""
ROW = (26, 44)
"""Least and most height of a row."""
WIDEST = 84
READABLE = 46
"""Width of a column that has room for a percentage."""
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class CodeTableView:
    """What the table shows."""

    names: tuple[str, ...]
    """Of the classes"""
    words: tuple[str, ...]
    """One of 0s and 1s for each class"""
    bit_names: tuple[str, ...]
    equal: frozenset[int]
    """Classes that share their word with another one"""
    accuracy: tuple[float, ...]
    """How often each bit is right; empty where it is not known"""


class CodeTable(QWidget):
    """Draws a CodeTableView; a click, Space or Enter asks to turn a bit over."""

    toggled = Signal(int, int)
    """Class, bit"""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("code-table")
        self.setAccessibleName("Code table: which bits are 1 for which class")
        self.setToolTip("Click a bit to turn it over; arrow keys move, Space turns it over.")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view: CodeTableView | None = None
        self.cursor_at = (0, 0)
        """Class and bit"""
        self.use_theme(theme)

    @property
    def view(self) -> CodeTableView | None:
        return self._view

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_view(self, view: CodeTableView) -> None:
        """Draws this from now on."""
        self._view = view
        row, bit = self.cursor_at
        self.cursor_at = min(row, len(view.words) - 1), min(bit, len(view.bit_names) - 1)
        self._describe()
        self.update()

    def cell(self, row: int, bit: int) -> QRectF:
        """Where a bit of a class stands."""
        view, px = self._view, self._theme.px
        assert view is not None
        left = px(NAME)
        width = min(px(WIDEST), (self.width() - left - px(MARK)) / len(view.bit_names))
        height = self._row_height(len(view.words))
        return QRectF(left + bit * width, px(HEADING) + row * height, width, height)

    def _row_height(self, rows: int) -> float:
        px = self._theme.px
        room = (self.height() - px(HEADING) - px(FOOT)) / rows
        return max(float(px(ROW[0])), min(room, float(px(ROW[1]))))

    # ---- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self._view, self._theme
        if view is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for bit, name in enumerate(view.bit_names):
                self._draw_heading(painter, view, bit, name)
            if view.accuracy and self.cell(0, 0).width() >= theme.px(READABLE):
                bottom = self.cell(len(view.words) - 1, 0).bottom()
                place = QRectF(0, bottom, theme.px(NAME), theme.px(FOOT))
                painter.setPen(theme.colour("muted"))
                draw_fitted(painter, place, _CENTRE, "%", theme, 22)
            for row, word in enumerate(view.words):
                self._draw_row(painter, view, row, word)
            if self.hasFocus():
                painter.setPen(QPen(theme.colour("focus"), theme.px(4)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.cell(*self.cursor_at).adjusted(2, 2, -2, -2))

    def _draw_heading(self, painter: QPainter, view: CodeTableView, bit: int, name: str) -> None:
        theme, column = self._theme, self.cell(0, bit)
        many = len(view.bit_names) > 9
        if not many or bit == 0 or (bit + 1) % 5 == 0:  # there is no room for each two-figure name
            aside = theme.px(8 if many else 0)
            place = QRectF(column.x() - aside, 0, column.width() + 2 * aside, theme.px(HEADING))
            painter.setPen(theme.colour("muted"))
            draw_fitted(painter, place, _CENTRE, name, theme, 22, bold=True)
        wide = column.width() >= theme.px(READABLE)
        if view.accuracy and wide:
            hardest = view.accuracy[bit] == min(view.accuracy)
            painter.setPen(theme.colour("text" if hardest else "muted"))
            bottom = self.cell(len(view.words) - 1, bit).bottom()
            place = QRectF(column.x(), bottom, column.width(), theme.px(FOOT))
            words = f"{100 * view.accuracy[bit]:.1f}"
            draw_fitted(painter, place, _CENTRE, words, theme, 22, bold=hardest)

    def _draw_row(self, painter: QPainter, view: CodeTableView, row: int, word: str) -> None:
        theme, equal = self._theme, row in view.equal
        first = self.cell(row, 0)
        name = QRectF(0, first.y(), theme.px(NAME), first.height())
        painter.setPen(theme.colour("wrong" if equal else "text"))
        draw_fitted(painter, name, _CENTRE, view.names[row], theme, 28, bold=True)
        for bit, value in enumerate(word):
            place = self.cell(row, bit).adjusted(1.5, 1.5, -1.5, -1.5)
            on = value == "1"
            colour = theme.colour("wrong" if equal else "text" if on else "line")
            painter.setPen(QPen(colour, theme.px(2 if equal else 1)))
            painter.setBrush(theme.colour("text") if on else Qt.BrushStyle.NoBrush)
            painter.drawRect(place)
            painter.setPen(theme.colour("background" if on else "muted"))
            draw_fitted(painter, place, _CENTRE, value, theme, 24, bold=on)
        if equal:
            last = self.cell(row, len(word) - 1)
            mark = QRectF(last.right(), last.y(), theme.px(MARK), last.height())
            draw_mark(painter, mark, theme.colour("wrong"), theme.scale, right=False)

    # ---- pointer and keys ------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        view = self._view
        if view is None:
            return
        for row in range(len(view.words)):
            for bit in range(len(view.bit_names)):
                if self.cell(row, bit).contains(event.position()):
                    self.cursor_at = row, bit
                    self.toggled.emit(row, bit)
                    return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view, keys = self._view, Qt.Key
        moves = {
            keys.Key_Left: (0, -1),
            keys.Key_Right: (0, 1),
            keys.Key_Up: (-1, 0),
            keys.Key_Down: (1, 0),
        }
        if view is None:
            return
        if event.key() in (keys.Key_Space, keys.Key_Return, keys.Key_Enter):
            self.toggled.emit(*self.cursor_at)
        elif event.key() in moves:
            down, right = moves[keys(event.key())]
            row, bit = self.cursor_at[0] + down, self.cursor_at[1] + right
            last = len(view.words) - 1, len(view.bit_names) - 1
            self.cursor_at = min(max(row, 0), last[0]), min(max(bit, 0), last[1])
            self._describe()
            self.update()
        else:
            super().keyPressEvent(event)

    def _describe(self) -> None:
        view = self._view
        if view is None:
            return
        row, bit = self.cursor_at
        word = view.words[row]
        self.setAccessibleDescription(
            f"{view.names[row]} has the code word {word}; bit {view.bit_names[bit]} is {word[bit]}."
        )

    def minimumSizeHint(self) -> QSize:
        px, view = self._theme.px, self._view
        rows = 10 if view is None else len(view.words)
        return QSize(self._theme.at_most(1.0).px(240), px(HEADING + FOOT + rows * ROW[0]))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


def bit_names(words: tuple[str, ...]) -> tuple[str, ...]:
    """8, 4, 2, 1 for binary numbers, else 1, 2, 3 .."""
    bits = len(words[0])
    if all(int(word, 2) == number for number, word in enumerate(words)):
        return tuple(str(2**place) for place in reversed(range(bits)))
    return tuple(str(place) for place in range(1, bits + 1))
