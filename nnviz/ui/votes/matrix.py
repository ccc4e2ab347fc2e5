"""Who beats whom: a matrix of probabilities, filled where the row's class wins.

The cells are one small image and the numbers are texts laid out once: nine times cheaper than
a text item of the plot library for each cell.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QStaticText

from nnviz.data.arrays import Bools, Doubles, Indices
from nnviz.ui.kit import twin as heads
from nnviz.ui.kit.canvas import DASHES, DOTS, LEFT, RIGHT, Canvas, Ink
from nnviz.ui.kit.contrast import shades
from nnviz.ui.kit.fitted_text import fits
from nnviz.ui.kit.matrix import Matrix, matrix_in, paint_turned
from nnviz.ui.kit.picture import Picture, Region
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.twin import Twin, twin_of
from nnviz.ui.votes import words
from nnviz.words import number

Pair = tuple[int, int]
Key = tuple[int, int | None]
"""Row and column; None is the name of the row."""

CAPTION, MARK = 30, 24
HEAD, SIDE = (32, 96), (36, 116)
"""Height of the names of columns and width of those of rows; the second where they are words."""
LARGEST = 84
"""Height of a cell, where there are few."""
WIDEST = 1.9
"""How much wider than high a cell gets."""
GAP = 3
"""Between cells."""
NUMERAL = 24
"""Size of the numbers on the design grid, at most."""
FAINTEST = 0.35
"""How much of the full colour the weakest win has."""
COVER = 0.78
"""How much of a row that is not looked at is covered."""
EVEN = 50
"""Percent for both."""
INKS = ("muted", "text", "on_accent")
"""Of numbers: where the row does not win, and on the shades where it does."""


@dataclass(frozen=True)
class MatrixView:
    """What the matrix shows."""

    beats: Doubles
    """(classes, classes): r_ij, 0..1, for the row against the column: the numbers, and who wins"""
    names: tuple[str, ...]
    shown: Bools
    """(classes, classes): cells with a number; the others are still to come or never asked"""
    turns: Indices
    """(classes, classes): number to show in the mirror cell of a duel; 0 for none"""
    now: int | None
    """The column that is being counted."""
    first: int | None
    """The row with the thick frame."""
    second: int | None
    """The row with the dashed frame."""
    marks: tuple[bool | None, ...]
    """For each row a tick, a cross or nothing."""
    selected: Pair
    caption: str
    words: str = ""
    only: Pair | None = None
    """Two rows that are looked at: the others are faint."""
    newest: Doubles | None = None
    """The same as `beats` by the newest weights, which the shades of the cells follow."""


@dataclass(frozen=True)
class Cells:
    """Where the parts of the matrix lie in a widget of this size."""

    size: QSize
    theme: Theme
    names: tuple[str, ...]

    @cached_property
    def matrix(self) -> Matrix:
        """As large as the room beside the marks and below the caption."""
        px = self.theme.px
        width, height = self.size.width() - px(GAP), self.size.height() - px(GAP)
        return matrix_in(
            QRectF(px(MARK), px(CAPTION), width - px(MARK), height - px(CAPTION)),
            self.theme,
            (len(self.names), len(self.names)),
            self.names,
            side=SIDE,
            head=HEAD,
            tallest=LARGEST,
            widest=WIDEST,
        )

    @cached_property
    def gaps(self) -> list[QLineF]:
        """Lines between and around the cells."""
        cells, last = self.matrix.cells, len(self.names)
        width, height = cells.width() / last, cells.height() / last
        left, top, right, bottom = cells.x(), cells.y(), cells.right(), cells.bottom()
        across = [QLineF(left, top + n * height, right, top + n * height) for n in range(last + 1)]
        down = [QLineF(left + n * width, top, left + n * width, bottom) for n in range(last + 1)]
        return across + down

    @cached_property
    def outlines(self) -> list[QRectF]:
        """Inside of every cell, row after row, where a line round it stands free of the gaps."""
        inset, each = self.theme.px(GAP) / 2 + 1, range(len(self.names))
        return [
            # on whole pixels, where a line is as sharp in a file
            QRectF(self.matrix.place(row, column).adjusted(inset, inset, -inset, -inset).toRect())
            for row in each
            for column in each
        ]

    @cached_property
    def centres(self) -> list[QPointF]:
        """Of every cell, row after row."""
        return [outline.center() for outline in self.outlines]

    @cached_property
    def numeral(self) -> float:
        """The largest size up to NUMERAL at which 100 fits into a cell."""
        wide = QFontMetricsF(self.theme.font(NUMERAL, bold=True)).horizontalAdvance(number(100))
        cell = self.matrix.cells.width() / len(self.names)
        return NUMERAL * min(1.0, (cell - self.theme.px(3)) / wide)

    def mark(self, row: int) -> QRectF:
        """Left of the name of a row."""
        name, width = self.matrix.place(row, None), self.theme.px(MARK)
        return QRectF(name.x() - width, name.y(), width, name.height())


class VoteMatrix(Picture[MatrixView]):
    """Tells row and column of a cell, or the row of a name and None."""

    id = "vote-matrix"
    title = words.MATRIX
    tip = words.MATRIX_TIP
    least = (400, 300)

    _cells: Cells | None = None

    @property
    def cells(self) -> Cells:
        """Where everything lies at the present size."""
        wanted = Cells(self.size(), self.theme, self.view.names)
        if self._cells is None or self._cells != wanted:
            self._cells = wanted
        return self._cells

    def wanted_size(self, view: MatrixView | None) -> tuple[float, float]:
        return 560, 390

    def table(self, view: MatrixView) -> Twin:
        """What each class has against each other one, in percent."""
        known = [
            [100 * beats if shown else None for beats, shown in zip(*both, strict=True)]
            for both in zip(view.beats.tolist(), view.shown.tolist(), strict=True)
        ]
        rows = [(name, *line) for name, line in zip(view.names, known, strict=True)]
        return twin_of((heads.NAME, *view.names), rows)

    def words(self, view: MatrixView) -> str:
        return view.words

    def selected(self, view: MatrixView) -> Key:
        return view.selected

    def regions(self, view: MatrixView) -> Iterable[Region]:
        matrix, names = self.cells.matrix, view.names

        def told(row: int | None, column: int | None) -> str:
            one, other = row or 0, column or 0
            share = float(view.beats[one, other]) if view.shown[one, other] else None
            return words.cell(names[one], names[other], share)

        yield from matrix.regions(told, skip=lambda row, column: row == column)
        for row, name in enumerate(names):
            yield Region((row, None), matrix.place(row, None), words=words.row(name))

    def step(self, across: int, down: int) -> bool:
        here = self.here
        if here is None:
            return False
        key: Key = here.key
        row, column = key[0] + down, (-1 if key[1] is None else key[1]) + across
        if row == column:  # over the empty diagonal
            row, column = row + down, column + across
        classes = len(self.view.names)
        if 0 <= row < classes and -1 <= column < classes:
            self.move_to((row, None if column < 0 else column))
            if column >= 0:
                self.choose((row, column))
        return True

    # ---- painting --------------------------------------------------------------------

    def paint(self, canvas: Canvas, view: MatrixView) -> None:
        # words cost more than everything else
        around = view.names, view.now, view.first, view.second, view.marks, view.caption
        self.still(canvas, around, partial(self._paint_around, view), paper="panel")
        canvas.setRenderHint(Canvas.RenderHint.Antialiasing, False)  # cells have whole pixels
        wins = np.sign(view.beats - 0.5)
        strength = view.beats if view.newest is None else view.newest
        # of the side that wins by its number, so that a shade never contradicts it
        percents: Indices = np.rint(100 * np.maximum(strength, 0.5)).astype(np.intp)
        cells = self.cells
        self._paint_cells(canvas, view, cells, wins, percents)
        self._paint_numbers(canvas, view, cells, wins, percents)
        self._paint_faint(canvas, view, cells.matrix)
        self._paint_frames(canvas, view, cells.matrix)

    def _paint_faint(self, canvas: Canvas, view: MatrixView, matrix: Matrix) -> None:
        """Covers the rows that are not looked at, but for a trace."""
        cover = self.theme.colour("panel")
        cover.setAlphaF(COVER)
        for each in range(len(view.names)):
            if view.only is not None and each not in view.only:
                canvas.fillRect(matrix.whole(each, None), cover)

    def _paint_around(self, view: MatrixView, canvas: Canvas) -> None:
        """Caption, names and marks."""
        cells = self.cells
        self._paint_caption(canvas, view)
        for each, name in enumerate(view.names):
            ink = "text" if each in (view.first, view.second) else "muted"
            canvas.text(cells.matrix.place(each, None), name, ink=ink, size=26, bold=True)
            head, ink = cells.matrix.place(None, each), "text" if each == view.now else "muted"
            if cells.matrix.turned:
                paint_turned(canvas, head, name, ink=ink)
            else:
                canvas.text(head, name, ink=ink, size=24, bold=True)
        for each, right in enumerate(view.marks):
            if right is not None:
                canvas.mark(cells.mark(each), right)

    def _paint_caption(self, canvas: Canvas, view: MatrixView) -> None:
        px, theme = canvas.px, self.theme
        right = max(self.cells.matrix.cells.right(), self.width() - px(GAP))
        place, side = QRectF(0, 0, right, px(CAPTION)), px(18)
        whole = f"{words.ROW_WINS} {words.COLUMN_WINS} {view.caption}"
        roomy = fits(whole, right - px(72), theme)
        short = words.ROW, words.COLUMN
        metrics = QFontMetricsF(theme.font())
        said_of = (words.ROW_WINS, words.COLUMN_WINS) if roomy else short
        fills: tuple[Ink, Ink] = (QColor.fromRgb(int(win_colours(theme.name)[0][-1])), "")
        for said, fill, edge in zip(said_of, fills, ("", "negative"), strict=True):
            square = QRectF(place.x(), place.center().y() - side / 2, side, side)
            canvas.box(square if fill != "" else square.adjusted(1, 1, -1, -1), fill, edge, 2)
            place.setLeft(place.x() + side + px(7))
            canvas.text(place, said, LEFT, "muted")
            place.setLeft(place.x() + metrics.horizontalAdvance(said) + px(16))
        canvas.text(place, view.caption, RIGHT, "muted")

    def _paint_cells(
        self, canvas: Canvas, view: MatrixView, cells: Cells, wins: Doubles, percents: Indices
    ) -> None:
        classes = len(view.names)
        fills, _ = win_colours(self.theme.name)
        colours = fills[percents * (view.shown & (wins > 0))]
        image = QImage(colours.data, classes, classes, 4 * classes, QImage.Format.Format_RGB32)
        canvas.drawImage(cells.matrix.cells, image)
        canvas.setPen(canvas.stroke("background", GAP))
        canvas.drawLines(cells.gaps)
        inside = ~np.eye(classes, dtype=bool)
        for chosen, ink, width in (
            (~view.shown & inside, "track", 1),
            (view.shown & (wins < 0) & inside, "negative", 2),
            (view.shown & (wins == 0), "muted", 2),
        ):
            places = [cells.outlines[each] for each in np.flatnonzero(chosen).tolist()]
            if places:
                canvas.outline(edge=ink, width=width)
                canvas.drawRects(places)

    def _paint_numbers(
        self, canvas: Canvas, view: MatrixView, cells: Cells, wins: Doubles, percents: Indices
    ) -> None:
        theme = self.theme
        canvas.setFont(theme.font(cells.numeral, bold=True))
        texts, numbers = percent_texts(theme.px(cells.numeral)), np.rint(100 * view.beats).ravel()
        _, better = win_colours(theme.name)
        inks = np.where(wins > 0, 1 + better[percents], 0)
        inks[~view.shown | np.eye(len(inks), dtype=bool)] = -1
        for ink, name in enumerate(INKS):
            canvas.setPen(canvas.ink(name))
            for each in np.flatnonzero(inks == ink).tolist():
                text, half = texts[int(numbers[each])]
                canvas.drawStaticText(cells.centres[each] - half, text)
        for row, column in np.argwhere(view.turns > 0).tolist():
            turn = words.turn(int(view.turns[row, column]))
            canvas.text(cells.matrix.place(column, row), turn, ink="muted")

    def _paint_frames(self, canvas: Canvas, view: MatrixView, matrix: Matrix) -> None:
        if view.now is not None:
            canvas.box(matrix.whole(None, view.now), edge="text", width=2, dashes=DOTS)
        for row, dashes, width in ((view.second, DASHES, 2), (view.first, (), 3)):
            if row is not None:
                place = matrix.whole(row, None).adjusted(0, 1, 0, -1)
                canvas.box(place, edge="text", width=width, dashes=dashes)
        chosen = matrix.place(*view.selected)
        canvas.box(chosen, edge="focus", width=3)
        inset = canvas.px(3)  # tells the frame from the cell
        canvas.box(chosen.adjusted(inset, inset, -inset, -inset), edge="background")


@lru_cache(maxsize=4)
def percent_texts(pixels: int) -> list[tuple[QStaticText, QPointF]]:
    """The numbers 0..100 laid out, with half their size."""
    font, found = Theme().font(pixels, bold=True), []
    for each in range(101):
        text = QStaticText(number(each))
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.prepare(font=font)
        size = text.size()
        found.append((text, QPointF(size.width() / 2, size.height() / 2)))
    return found


@lru_cache(maxsize=2)
def win_colours(name: str) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """(101,) 0xffrrggbb by percent, and whether the number on it is the colour on accents."""
    theme = Theme(name)
    steps = np.arange(101 - EVEN) / (100 - EVEN)
    amounts = np.concatenate([np.zeros(EVEN), FAINTEST + (1 - FAINTEST) * steps])
    low, high = theme.colour("background"), theme.colour("positive")
    return shades(low, high, amounts.tolist(), [theme.colour(ink) for ink in INKS[1:]])
