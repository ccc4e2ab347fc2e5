"""The pictures of the Votes page, side by side as far as there is room."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QGridLayout,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from nnviz.ui.kit.folding import room_across
from nnviz.ui.kit.layout import column, dress, shaped
from nnviz.ui.kit.picture import Policy
from nnviz.ui.kit.ranked_bars import RankedBars, RankedView
from nnviz.ui.kit.theme import Theme
from nnviz.ui.votes import words
from nnviz.ui.votes.matrix import MatrixView, VoteMatrix
from nnviz.ui.votes.pair import PairPicture
from nnviz.words import number

SHARES = (584, 190, 272)
"""Widths of the matrix, the list and the pair on the design grid."""
THREE_FIT, TWO_FIT = 880, 660
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
        self._lists = QWidget()
        self._lists.setLayout(column(self.worst, self.decisive))
        self._middle = QStackedWidget()
        self._middle.addWidget(self.totals)
        self._middle.addWidget(self._lists)
        self._grid = shaped(QGridLayout(self), 14)
        self.columns = 0
        """How many stand side by side."""
        self._pair_shown = True
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        dress(self, theme)
        self._fold()

    def show_lists(self, lists: bool) -> None:
        """Shows the lists of pairs in the middle, or else the totals; the others ask for no room,
        of which a lecture leaves little."""
        for place, part in enumerate((self.totals, self._lists)):
            policy = Policy.Preferred if place == int(lists) else Policy.Ignored
            part.setSizePolicy(Policy.Expanding, policy)
        self._middle.setCurrentIndex(int(lists))

    def show_pair(self, shown: bool) -> None:
        """Whether what decides between two classes is there; else the others have its room."""
        if shown != self._pair_shown:
            self._pair_shown, self.columns = shown, 0
            self.pair.setVisible(shown)
            self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        width = room_across(self) / self._theme.scale
        most = 3 if self._pair_shown else 2
        columns = min(most, 3 if width >= THREE_FIT else 2 if width >= TWO_FIT else 1)
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


def show_table(parent: QWidget, theme: Theme, view: MatrixView, totals: RankedView | None) -> None:
    """Opens a dialog with the numbers as they are now."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setObjectName("vote-table")
    dialog.setWindowTitle(words.TABLE_TITLE)
    dialog.setAccessibleDescription(view.words)
    names, headings = list(view.names), [*view.names, *([totals.title] if totals else [])]
    ranked = {bar.key: bar.value for bar in totals.bars} if totals else {}
    table = QTableWidget(len(names), len(headings))
    table.setAccessibleName(words.TABLE_NAME)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setFont(theme.font())
    table.setVerticalHeaderLabels(names)
    table.setHorizontalHeaderLabels(headings)
    for row, beats in enumerate(view.beats):
        shown = zip(beats, view.shown[row], strict=True)
        cells = [number(100 * share) if known else "" for share, known in shown]
        for place, said in enumerate([*cells, ranked.get(row, "")][: len(headings)]):
            item = QTableWidgetItem(said)
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            table.setItem(row, place, item)
    table.resizeColumnsToContents()
    column(table, of=dialog)
    dialog.resize(theme.px(900), theme.px(480))
    dialog.show()
