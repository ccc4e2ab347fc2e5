"""A list of numbers as bars to either side of a line: orange to the right, blue to the left."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.ui.kit.fitted_text import draw_fitted, fits
from nnviz.ui.kit.theme import TEXT, Theme

TITLE, TALLEST = 27, 34


@dataclass(frozen=True)
class SignedBar:
    """One row."""

    name: str
    amount: float
    words: str
    strong: bool = False
    """It is about the answer."""


@dataclass(frozen=True)
class SignedView:
    """A title and its rows; `whole` is the amount that fills half of the width."""

    title: str
    bars: tuple[SignedBar, ...]
    whole: float
    one_sided: bool = False
    """No amount is negative: the line is at the left."""
    name_width: int = 40
    short: str = ""
    """The title where that is too long"""


class SignedBars(QWidget):
    """Draws a SignedView."""

    def __init__(self, theme: Theme, name: str, tooltip: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(tooltip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.view = SignedView("", (), 1.0)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_view(self, view: SignedView) -> None:
        self.view = view
        rows = ", ".join(f"{bar.name} {bar.words}" for bar in view.bars)
        self.setAccessibleDescription(f"{view.title}: {rows}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, view = self._theme, self.view
        top = theme.px(TITLE)
        height = min((self.height() - top) / max(1, len(view.bars)), theme.px(TALLEST))
        with QPainter(self) as painter:
            painter.setPen(theme.colour("text"))
            title = QRectF(0, 0, self.width(), top)
            words = view.title if fits(view.title, self.width(), theme) else view.short
            draw_fitted(painter, title, Qt.AlignmentFlag.AlignVCenter, words or view.title, theme)
            for number, bar in enumerate(view.bars):
                row = QRectF(0, top + number * height, self.width(), height)
                self._draw_bar(painter, row, bar)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("focus"), theme.px(2)))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _draw_bar(self, painter: QPainter, row: QRectF, bar: SignedBar) -> None:
        theme, view = self._theme, self.view
        size = min(float(TEXT), row.height() / theme.scale * 0.85)
        painter.setPen(theme.colour("text"))
        align = Qt.AlignmentFlag.AlignVCenter
        name = QRectF(row.x(), row.y(), theme.px(view.name_width), row.height())
        draw_fitted(painter, name, align, bar.name, theme, size, bar.strong)
        words = QRectF(row.right() - theme.px(56), row.y(), theme.px(56), row.height())
        draw_fitted(
            painter, words, align | Qt.AlignmentFlag.AlignRight, bar.words, theme, size, bar.strong
        )
        track = QRectF(name.right(), row.y(), words.x() - name.right() - theme.px(4), 0)
        track.setHeight(row.height())
        track.adjust(0, row.height() * 0.2, 0, -row.height() * 0.2)
        painter.fillRect(track, theme.colour("track"))
        zero = track.x() if view.one_sided else track.center().x()
        room = track.width() if view.one_sided else track.width() / 2
        length = room * min(1.0, abs(bar.amount) / (view.whole or 1.0))
        colour = "text" if view.one_sided else "positive" if bar.amount > 0 else "negative"
        left = zero if bar.amount > 0 else zero - length
        painter.fillRect(QRectF(left, track.y(), length, track.height()), theme.colour(colour))
        painter.setPen(QPen(theme.colour("text"), theme.px(2)))
        painter.drawLine(QLineF(zero, row.y(), zero, row.bottom()))

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def minimumSizeHint(self) -> QSize:
        rows = max(1, len(self.view.bars))
        return QSize(self._theme.px(150), self._theme.px(TITLE + rows * 20))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(230), self.minimumSizeHint().height())
