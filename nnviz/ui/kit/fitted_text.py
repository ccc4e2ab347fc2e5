"""Words that must fit where they stand: class names are as long as their data set likes."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from nnviz.ui.kit.theme import TEXT, Theme

SMALLEST = 15.0
"""Size on the design grid below which words are cut off instead of shrunk."""
SIGN_WIDTH = 36.0
"""Names no wider than this on the design grid, at the usual size, stand like a digit."""


def are_words(names: Sequence[str], theme: Theme) -> bool:
    """Whether some names are too long to stand where a digit stands."""
    return any(width_of(name, theme, bold=True) > SIGN_WIDTH * theme.scale for name in names)


def fits(text: str, width: float, theme: Theme, size: float = TEXT, bold: bool = False) -> bool:
    """Whether a text of this size has room."""
    return width_of(text, theme, size, bold) <= width


def width_of(text: str, theme: Theme, size: float = TEXT, bold: bool = False) -> float:
    """Of a line of this size, in pixels."""
    return _width_of(text, theme.px(size), bold)


@lru_cache(maxsize=4096)
def _width_of(text: str, pixels: int, bold: bool) -> float:
    """Known again, since the same words are painted again and again."""
    return QFontMetricsF(Theme().font(pixels, bold)).horizontalAdvance(text)


def fitting_font(
    text: str, width: float, theme: Theme, size: float = TEXT, bold: bool = False
) -> QFont:
    """The font of this size, or as much smaller as the text needs."""
    needed = width_of(text, theme, size, bold)
    return theme.font(_fitting_size(needed, width, size), bold)


def _fitting_size(needed: float, width: float, size: float) -> float:
    if needed <= width:
        return size
    return max(min(SMALLEST, size), size * width / needed - 0.5)


cut_off: list[tuple[str, float]] | None = None
"""Where it is a list, every line that had to be cut off and the width that it had, in pixels."""


def draw_fitted(
    painter: QPainter,
    place: QRectF,
    align: Qt.AlignmentFlag,
    text: str,
    theme: Theme,
    size: float = TEXT,
    bold: bool = False,
) -> None:
    """Writes words that never leave their place: in a line, which shrinks; else in two where there
    is room for them; in the end cut off with dots."""
    font = theme.font(size, bold)
    needed = width_of(text, theme, size, bold)
    if needed > place.width():
        font = theme.font(_fitting_size(needed, place.width(), size), bold)
        metrics = QFontMetricsF(font)
        if metrics.horizontalAdvance(text) > place.width() + 1:
            wrapping = _wrapping_font(text, place, theme, bold)
            if wrapping is not None:
                painter.setFont(wrapping)
                painter.drawText(place, align | Qt.TextFlag.TextWordWrap, text)
                return
            if cut_off is not None:
                cut_off.append((text, place.width()))
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()) + 1)
    painter.setFont(font)
    painter.drawText(place, align, text)


def _wrapping_font(text: str, place: QRectF, theme: Theme, bold: bool) -> QFont | None:
    """The largest font in which a text fits if it may go on in the next line."""
    for size in range(round(SMALLEST) + 3, round(SMALLEST) - 1, -1):
        font = theme.font(size, bold)
        needed = QFontMetricsF(font).boundingRect(place, Qt.TextFlag.TextWordWrap, text)
        if needed.height() <= place.height() and needed.width() <= place.width():
            return font
    return None
