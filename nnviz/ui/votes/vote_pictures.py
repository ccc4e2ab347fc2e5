"""The pictures of the Votes page, side by side as far as there is room."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from nnviz.ui.kit.ranked_bars import RankedBars
from nnviz.ui.kit.theme import Theme
from nnviz.ui.votes.pair_picture import PairPicture
from nnviz.ui.votes.vote_matrix import VoteMatrix

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
        self.totals = RankedBars(
            theme, title="Totals, ranked", tip="What each class has in all, ranked."
        )
        self.worst = RankedBars(
            theme,
            title="Pairs most often wrong",
            tip="How often a pair is wrong on the test digits of its two classes.",
        )
        self.decisive = RankedBars(
            theme,
            title="Pairs that decide most often",
            tip="For how many test digits the answer would be another one if this pair alone said "
            "the opposite.",
        )
        self.pair = PairPicture(theme)
        lists = QWidget()
        self._lists = QVBoxLayout(lists)
        self._lists.setContentsMargins(0, 0, 0, 0)
        self._lists.addWidget(self.worst)
        self._lists.addWidget(self.decisive)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.totals)
        self._middle.addWidget(lists)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._columns = 0
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._grid.setSpacing(theme.px(14))
        self._lists.setSpacing(theme.px(8))
        for part in (self.matrix, self.totals, self.worst, self.decisive, self.pair):
            part.use_theme(theme)
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
        if columns == self._columns:
            return
        self._columns = columns
        pictures: tuple[QWidget, ...] = (self.matrix, self._middle, self.pair)
        for part in pictures:
            self._grid.removeWidget(part)
        for part, (row, column, span) in zip(pictures, PLACES[columns], strict=True):
            self._grid.addWidget(part, row, column, 1, span)
        for column, stretch in enumerate(SHARES):
            self._grid.setColumnStretch(column, stretch if column < columns else 0)
