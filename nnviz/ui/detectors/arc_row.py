"""A digit, how strongly each of four shape detectors fires on it, and what follows."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.ui.kit.fitted_text import draw_fitted
from nnviz.ui.kit.output_rows import draw_mark
from nnviz.ui.kit.theme import TEXT, Theme

TITLE, NAME, VALUE, DIGIT = 27, 126, 52, 104


@dataclass(frozen=True, eq=False)
class ArcView:
    """What the row shows."""

    title: str
    image: QImage
    names: tuple[str, ...]
    activity: tuple[float, ...]
    verdict: str
    right: bool | None
    """None where nobody knows."""


class ArcRow(QWidget):
    """Draws an ArcView."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName(name.lower().replace(" ", "-"))
        self.setAccessibleName(name)
        self.setToolTip("How strongly each of the four hand-set neurons fires; all four must.")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.view: ArcView | None = None
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_view(self, view: ArcView) -> None:
        self.view = view
        fires = ", ".join(
            f"{name} {amount:.2f}" for name, amount in zip(view.names, view.activity, strict=True)
        )
        right = "" if view.right is None else f", which is {'right' if view.right else 'wrong'}"
        self.setAccessibleDescription(f"{view.title}: {fires}; {view.verdict}{right}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self.view, self._theme
        if view is None:
            return
        top = theme.px(TITLE)
        side = min(self.height() - top, theme.px(DIGIT))
        align = Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.colour("text"))
            title = QRectF(0, 0, self.width() * 0.5, top)
            draw_fitted(painter, title, align, view.title, theme)
            mark = QRectF(self.width() - theme.px(30), 0, theme.px(30), top)
            verdict = QRectF(title.right(), 0, mark.x() - title.right() - 4, top)
            right = align | Qt.AlignmentFlag.AlignRight
            draw_fitted(painter, verdict, right, view.verdict, theme, TEXT + 2, bold=True)
            if view.right is not None:
                draw_mark(painter, mark, theme.judged(view.right), theme.scale, view.right)
            place = QRectF(1, top, side - 2, side - 2)
            painter.drawImage(place, view.image)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place)
            height = side / max(1, len(view.names))
            for number, (name, amount) in enumerate(zip(view.names, view.activity, strict=True)):
                row = QRectF(side + theme.px(10), top + number * height, 0, height)
                row.setRight(self.width() - 2)
                self._draw_bar(painter, row, name, amount)
            if self.hasFocus():
                painter.setPen(QPen(theme.colour("focus"), theme.px(2)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _draw_bar(self, painter: QPainter, row: QRectF, name: str, amount: float) -> None:
        theme, fires = self._theme, amount > 0.5
        size = min(float(TEXT), row.height() / theme.scale * 0.9)
        align = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.colour("text"))
        words = QRectF(row.x(), row.y(), theme.px(NAME), row.height())
        draw_fitted(painter, words, align, name, theme, size, bold=fires)
        value = QRectF(row.right() - theme.px(VALUE), row.y(), theme.px(VALUE), row.height())
        right = align | Qt.AlignmentFlag.AlignRight
        draw_fitted(painter, value, right, f"{amount:.2f}", theme, size, bold=fires)
        inset = row.height() * 0.2
        track = QRectF(
            words.right(), row.y() + inset, value.x() - words.right(), row.height() - 2 * inset
        )
        painter.fillRect(track, theme.colour("track"))
        filled = QRectF(track)
        filled.setWidth(track.width() * min(1.0, max(0.0, amount)))
        painter.fillRect(filled, theme.colour("text" if fires else "muted"))

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(TITLE + 84))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
