"""The pictures of the Votes page, side by side as far as there is room."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from nnviz.ui.kit.layout import column, dress, shaped
from nnviz.ui.kit.ranked_bars import RankedBars
from nnviz.ui.kit.theme import Theme
from nnviz.ui.votes import words
from nnviz.ui.votes.matrix import VoteMatrix
from nnviz.ui.votes.pair import PairPicture

SHARES = (584, 190, 272)
"""Widths of the matrix, the list and the pair on the design grid."""
THREE_FIT, TWO_FIT = 900, 660
"""Widths on the design grid from which so many stand side by side: more than they need at least,
or a page once unfolded would never fold again."""
PLACES = {
    3: ((0, 0, 1), (0, 1, 1), (0, 2, 1)),
    2: ((0, 0, 1), (0, 1, 1), (1, 0, 2)),
    1: ((0, 0, 1), (1, 0, 1), (2, 0, 1)),
}
"""Columns -> row, column and columns taken by each."""


class VotePictures(QWidget):
    """The matrix, the totals or the lists of pairs, and the pair."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.matrix = VoteMatrix(theme)
        self.totals = RankedBars(theme, title=words.TOTALS, tip=words.TOTALS_TIP)
        self.worst = RankedBars(theme, title=words.WORST, tip=words.WORST_TIP)
        self.decisive = RankedBars(theme, title=words.DECIDING, tip=words.DECIDING_TIP)
        self.pair = PairPicture(theme)
        lists = QWidget()
        lists.setLayout(column(self.worst, self.decisive))
        self._middle = QStackedWidget()
        self._middle.addWidget(self.totals)
        self._middle.addWidget(lists)
        self._grid = shaped(QGridLayout(self), 14)
        self.columns = 0
        """How many stand side by side."""
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        dress(self, theme)
        self._fold()

    def show_lists(self, lists: bool) -> None:
        """Shows the lists of pairs in the middle, or else the totals."""
        self._middle.setCurrentIndex(int(lists))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        width = self.width() / self._theme.scale
        columns = 3 if width >= THREE_FIT else 2 if width >= TWO_FIT else 1
        if columns == self.columns:
            return
        self.columns = columns
        pictures: tuple[QWidget, ...] = (self.matrix, self._middle, self.pair)
        for part in pictures:
            self._grid.removeWidget(part)
        for part, (line, place, span) in zip(pictures, PLACES[columns], strict=True):
            self._grid.addWidget(part, line, place, 1, span)
        for place, stretch in enumerate(SHARES):
            self._grid.setColumnStretch(place, stretch if place < columns else 0)
