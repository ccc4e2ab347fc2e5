"""One sentence in large type that always fits, in one line or in more."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent, QShowEvent

from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.fitted_text import SMALLEST, fits
from nnviz.ui.kit.picture import Picture, Policy
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import TEXT, Theme

MOST = 6
"""Lines."""


class Headline(Picture[str]):
    """Shrinks the sentence before it cuts it off."""

    id = "headline"
    keys = False
    policy = (Policy.Preferred, Policy.Preferred)

    def __init__(self, theme: Theme, size: float = TEXT + 6, bold: bool = True) -> None:
        super().__init__(theme, "")
        self._size, self._bold, self._lines = size, bold, 1
        self.use_theme(theme)

    @property
    def text(self) -> str:
        """The sentence."""
        return str(self.view)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self.set_lines(self._lines)

    def set_lines(self, lines: int) -> None:
        """Room for so many lines; a sentence that fits in one takes one, and one that does not
        fit gets two, or in very large type as many as it needs."""
        self._lines = lines
        self._make_room()

    def _make_room(self) -> None:
        lines, wide = self._lines, self.room.width()
        if self.isVisible() and not fits(self.text, wide, self.theme, SMALLEST, self._bold):
            font = self.theme.font(round(SMALLEST) + 1, self._bold)
            room, wrapped = (
                QRectF(0, 0, wide, MOST * self.px(2 * self._size)),
                Qt.TextFlag.TextWordWrap,
            )
            needed = QFontMetricsF(font).boundingRect(room, wrapped, self.text).height()
            lines = max(2, lines)
            while self._height(lines) < needed and lines < MOST:
                lines += 1
        self.setFixedHeight(self._height(lines))

    def _height(self, lines: int) -> int:
        return self.px(self._size * (0.15 + 1.2 * lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()  # what is hidden asks for no more than one line

    def say(self, text: str) -> None:
        """Shows another sentence."""
        if text != self.view:
            self.show_view(text)
            self._make_room()
            self.setAccessibleName(text)
            explain(self, text)

    def alone(self) -> "Headline":
        made = Headline(self.theme, self._size, self._bold)
        made.set_lines(self._lines)
        made.say(self.text)
        made.resize(self.size())
        return made

    def paint(self, canvas: Canvas, view: str) -> None:
        font = self._wrapping_font(view)
        if font is None:
            canvas.text(self.room, view, LEFT, size=self._size, bold=self._bold)
        else:
            canvas.setPen(canvas.ink("text"))
            canvas.setFont(font)
            canvas.drawText(self.room, LEFT | Qt.TextFlag.TextWordWrap, view)

    def _wrapping_font(self, text: str) -> QFont | None:
        """The largest one in which it fits if it may wrap; None if it needs a single line, or
        does not fit at all."""
        place: QRectF = self.room
        small = SMALLEST if self._lines < 2 else self._size
        if fits(text, place.width(), self.theme, small, self._bold):
            return None
        for size in range(round(self._size), round(SMALLEST), -1):
            font = self.theme.font(size, self._bold)
            needed = QFontMetricsF(font).boundingRect(place, Qt.TextFlag.TextWordWrap, text)
            if needed.height() <= place.height() and needed.width() <= place.width():
                return font
        return None

    def minimumSizeHint(self) -> QSize:
        return QSize(self.px(150), self.height())


class Caption(Headline):
    """A sentence on a ground of its own, with room for so many lines in any case."""

    id = "caption"
    edge, inside = 6, 12
    """The stripe at its left end, and the room before the words, on the design grid."""

    def __init__(self, theme: Theme, size: float, lines: int) -> None:
        super().__init__(theme, size)
        self.set_lines(lines)

    @property
    def room(self) -> QRectF:
        """Where the words stand: right of the stripe."""
        return super().room.adjusted(self.px(self.edge + self.inside), 0, -self.px(4), 0)

    def paint(self, canvas: Canvas, view: str) -> None:
        ground = QRectF(self.rect())
        canvas.box(ground, "background", radius=4)
        canvas.box(QRectF(0, 0, self.px(self.edge), ground.height()), "focus")
        super().paint(canvas, view)

    def alone(self) -> "Caption":
        made = Caption(self.theme, self._size, self._lines)
        made.say(self.text)
        made.resize(self.size())
        return made
