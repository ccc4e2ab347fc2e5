"""The votes as a table, for screen readers and for copying numbers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nnviz.ui.kit.ranked_bars import RankedView
from nnviz.ui.kit.theme import Theme
from nnviz.ui.votes.matrix_layout import MatrixView


def show_table(
    parent: QWidget, theme: Theme, sentence: str, view: MatrixView, totals: RankedView | None
) -> QDialog:
    """Opens a dialog with the numbers as they are now."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setObjectName("vote-table")
    dialog.setWindowTitle("Votes as a table")
    dialog.setAccessibleDescription(sentence)
    names = list(view.names)
    table = QTableWidget(len(names), len(names) + (totals is not None))
    table.setAccessibleName("Percent for the row's class against the column's")
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setFont(theme.font())
    table.setVerticalHeaderLabels(names)
    table.setHorizontalHeaderLabels([*names, *([totals.title] if totals else [])])
    ranked = {bar.key: bar.value for bar in totals.bars} if totals else {}
    for row in range(len(names)):
        for column in range(len(names)):
            shown = view.shown[row, column]
            words = f"{100 * view.beats[row, column]:.0f}" if shown else ""
            table.setItem(row, column, _item(words))
        if totals:
            table.setItem(row, len(names), _item(ranked.get(row, "")))
    table.resizeColumnsToContents()
    QVBoxLayout(dialog).addWidget(table)
    dialog.resize(theme.px(900), theme.px(480))
    dialog.show()
    return dialog


def _item(words: str) -> QTableWidgetItem:
    item = QTableWidgetItem(words)
    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
    return item
