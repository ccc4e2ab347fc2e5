"""The table twin of a picture in a window of its own, which a screen reader walks along."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QTableWidget, QTableWidgetItem, QWidget

from nnviz.ui.kit.layout import column, dress
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.twin import Twin

SIZE = 900, 480
"""On the design grid."""


def show_twin(parent: QWidget, theme: Theme, title: str, twin: Twin, words: str) -> QDialog:
    """Opens it with what the picture shows now; `words` say that as a sentence."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setObjectName("twin")
    dialog.setWindowTitle(title)
    dialog.setAccessibleDescription(words)
    headings, *rows = twin.lines()
    table = QTableWidget(len(rows), len(headings))
    table.setObjectName("twin-table")
    table.setAccessibleName(title)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setHorizontalHeaderLabels(list(headings))
    for row, line in enumerate(rows):
        for place, said in enumerate(line):
            table.setItem(row, place, QTableWidgetItem(said))
    column(table, of=dialog)
    dress(dialog, theme)
    table.resizeColumnsToContents()
    dialog.resize(*(theme.px(side) for side in SIZE))
    dialog.show()
    return dialog
