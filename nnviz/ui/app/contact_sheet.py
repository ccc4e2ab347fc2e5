"""Many digits with their labels and answers as one picture to take home."""

import math
from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from nnviz.ui.kit.canvas import LEFT, Canvas
from nnviz.ui.kit.capture import encoded
from nnviz.ui.kit.digit_tiles import GAP, LINE, SIDE, WIDE, DigitTiles, GridView
from nnviz.ui.kit.fitted_text import are_words
from nnviz.ui.kit.theme import BACK_ROW, Theme

MOST = 2500
"""Digits on a sheet: 20 million pixels."""
LEAST_COLUMNS = 10
HEAD, MARGIN = 56, 16


def contact_sheet(
    view: GridView, title: str, theme: Theme, told: Callable[[int, int], bool]
) -> bytes | None:
    """A PNG of all digits of a view, at most MOST of them, row by row; None if not wanted.

    Can be called in a thread; `told` hears of the digits done, and says whether to go on.
    """
    px, tiles = theme.px, DigitTiles(theme)
    words = are_words(view.digits.class_names, theme)
    across, down = px((WIDE if words else SIDE) + GAP), px(SIDE + 2 * LINE + GAP)
    columns = max(LEAST_COLUMNS, math.ceil(math.sqrt(len(view.images) * down / across)))
    rows = math.ceil(len(view.images) / columns)
    sheet = QImage(
        columns * across + 2 * px(MARGIN),
        rows * down + px(HEAD + MARGIN),
        QImage.Format.Format_RGB32,
    )
    sheet.fill(theme.colour("panel"))
    with Canvas(sheet, theme) as canvas:
        canvas.setRenderHint(Canvas.RenderHint.Antialiasing, False)  # edges are straight
        head = QRectF(px(MARGIN), 0, columns * across, px(HEAD))
        canvas.text(head, title, LEFT, size=BACK_ROW, bold=True)
        for row in range(rows):
            images = view.images[row * columns : (row + 1) * columns]
            top = px(HEAD) + row * down
            places = [
                QRectF(px(MARGIN) + column * across, top, across, down)
                for column in range(len(images))
            ]
            tiles.draw(canvas, view, images, places)
            if not told((row + 1) * columns, len(view.images)):
                return None
    return encoded(sheet)
