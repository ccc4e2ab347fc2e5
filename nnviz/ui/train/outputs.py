"""The outputs as rows: name, bar, percentage; which one answers and which one is right."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QRectF

from nnviz.ui.kit.canvas import CENTRE, LEFT, RIGHT, Canvas
from nnviz.ui.kit.fitted_text import are_words, fitting_font
from nnviz.ui.kit.theme import TEXT, Theme

NAME, MARK, PERCENT = 44, 26, 92
"""Widths of the parts of a row on the design grid; the bar has what is left."""
NAMED_PERCENT = 78
"""Width of the percentage where a word needs room; the bar is then below them."""
WORDS_HEIGHT = 0.66
"""How much of a row its words take when the bar is below them."""


class Outputs(Protocol):
    """What the rows show (see NetworkView)."""

    @property
    def percents(self) -> tuple[str, ...]: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def strong(self) -> frozenset[int]: ...
    @property
    def marks(self) -> tuple[bool | None, ...]: ...
    @property
    def shown_output(self) -> int: ...


def paint_outputs(canvas: Canvas, rows: Sequence[QRectF], view: Outputs) -> None:
    """One row for each output, without its bar.

    The answer is bold with a tick or a cross; the output whose contributions are drawn has a
    frame.
    """
    words = are_words(view.names, canvas.theme)
    size = _name_size(rows[0], canvas.theme, view.names if words else ())
    for output, row in enumerate(rows):
        _paint_output(canvas, row, view, output, size, words)


def _paint_output(
    canvas: Canvas, row: QRectF, view: Outputs, output: int, size: float, words: bool
) -> None:
    px, chosen, answers = canvas.px, output == view.shown_output, output in view.strong
    canvas.box(row, "raised" if chosen else "panel", "focus" if chosen else "", 3, radius=6)
    ink = "text" if answers or chosen else "muted"
    height = row.height() * (WORDS_HEIGHT if words else 1)
    left = row.right() - px(NAMED_PERCENT if words else PERCENT)
    mark = QRectF(left - px(MARK), row.y(), px(MARK), height)
    if words:
        name = QRectF(row.x() + px(8), row.y(), mark.x() - row.x() - px(8), height)
    else:
        name = QRectF(row.x(), row.y(), px(NAME), height)
    canvas.text(name, view.names[output], LEFT if words else CENTRE, ink, size, bold=True)
    right = view.marks[output]
    if right is not None:
        canvas.mark(mark, right)
    percent = QRectF(left, row.y(), row.right() - px(8) - left, height)
    larger = min(size, TEXT + 6 if answers and not words else TEXT)
    canvas.text(percent, view.percents[output], RIGHT, ink, larger, bold=answers)


def _name_size(row: QRectF, theme: Theme, words: Sequence[str]) -> float:
    """One size for the names of all rows; `words` are those that must fit beside the rest."""
    if not words:
        return min(30.0, row.height() / theme.scale * 0.8)
    size = min(float(TEXT), row.height() * WORDS_HEIGHT / theme.scale * 0.8)
    room = row.width() - theme.px(8 + MARK + NAMED_PERCENT)
    fonts = [fitting_font(word, room, theme, size, bold=True) for word in words]
    return min(font.pixelSize() for font in fonts) / theme.scale


def paint_bars(
    canvas: Canvas, rows: Sequence[QRectF], names: Sequence[str], values: Sequence[float]
) -> None:
    """How strongly each output fires, 0..1."""
    words = are_words(names, canvas.theme)
    for output, (row, value) in enumerate(zip(rows, values, strict=True)):
        track = _track(row, canvas.theme, words)
        canvas.fillRect(track, canvas.ink("track"))
        filled = QRectF(track.x(), track.y(), max(2.0, track.width() * value), track.height())
        canvas.fillRect(filled, canvas.theme.digit(output))
        canvas.box(filled, edge="text")


def _track(row: QRectF, theme: Theme, words: bool) -> QRectF:
    """Where the bar of a row can go."""
    if words:
        top = row.y() + row.height() * WORDS_HEIGHT
        inset = theme.px(8)
        height = (row.bottom() - top) * 0.7
        return QRectF(row.x() + inset, top, row.width() - 2 * inset, height)
    height = min(row.height() * 0.55, 22 * theme.scale)
    left = row.x() + theme.px(NAME)
    right = row.right() - theme.px(PERCENT) - theme.px(MARK) - theme.px(4)
    return QRectF(left, row.center().y() - height / 2, max(4.0, right - left), height)
