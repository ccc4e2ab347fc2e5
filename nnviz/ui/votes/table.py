"""The votes as a table, for screen readers and for copying numbers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QTableWidget, QTableWidgetItem, QWidget

from nnviz.ui.kit.layout import column
from nnviz.ui.kit.ranked_bars import RankedView
from nnviz.ui.kit.theme import Theme
from nnviz.ui.votes import words
from nnviz.ui.votes.matrix import MatrixView
from nnviz.words import number


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
