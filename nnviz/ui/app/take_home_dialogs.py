"""What is asked before a picture is saved, and its table in a window of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from nnviz.ui.app import take_home_words as words
from nnviz.ui.kit.controls import CheckBox, button, combo_box, offer
from nnviz.ui.kit.layout import column, dress, flow, row
from nnviz.ui.kit.preferences import preference
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.twin import Twin

TABLE_SIZE = 900, 480
"""On the design grid."""
MOST_PIXELS = 4
"""Of a PNG, for each pixel of the screen."""


@dataclass(frozen=True)
class How:
    """The look of a picture file."""

    ending: str = "png"
    pixels: int = 1
    """Of a PNG, for each pixel of the screen"""
    white: bool = False
    """Whether it is drawn for paper"""


PLAIN = How()
KINDS = (*(How("png", pixels) for pixels in range(1, MOST_PIXELS + 1)), How("svg"), How("pdf"))


class PictureDialog(QDialog):
    """Tells `chosen` how a picture is wanted; what was wanted last is offered first."""

    def __init__(self, parent: QWidget, theme: Theme, chosen: Callable[[How], object]) -> None:
        super().__init__(parent)
        self.setObjectName("picture-kind")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words.SAVE_PICTURE[0].rstrip("…"))
        self._chosen = chosen
        kinds = [(words.kind_in_words(each.ending, each.pixels), at) for at, each in
                 enumerate(KINDS)]  # fmt: skip
        self.kind = combo_box("picture-kinds", words.KIND, words.KIND_TIP, lambda _: None)
        last = preference("picture-kind", 0)
        offer(self.kind, kinds, last)
        self.white = CheckBox(words.WHITE)
        self.white.setObjectName("picture-white")
        explain(self.white, words.WHITE_TIP)
        self.white.setChecked(preference("picture-white", False))
        self.go_on = button(words.GO_ON, words.GO_ON_TIP, self._go_on, "picture-go-on")
        self.go_on.setAutoDefault(True)
        self.cancel = button(words.CANCEL, words.CANCEL_TIP, self.reject, "picture-cancel")
        label = QLabel(words.KIND)
        label.setBuddy(self.kind)
        column(
            flow(label, self.kind),
            self.white,
            row(1, self.go_on, self.cancel),
            spacing=14,
            margins=(20, 16, 20, 16),
            of=self,
        )
        dress(self, theme)

    def _go_on(self) -> None:
        at, kept = int(self.kind.currentData()), QSettings()
        kept.setValue("picture-kind", at)
        kept.setValue("picture-white", self.white.isChecked())
        how = How(KINDS[at].ending, KINDS[at].pixels, self.white.isChecked())
        self.accept()
        self._chosen(how)


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
    for down, line in enumerate(rows):
        for place, said in enumerate(line):
            table.setItem(down, place, QTableWidgetItem(said))
    column(table, of=dialog)
    dress(dialog, theme)
    table.resizeColumnsToContents()
    dialog.resize(*(theme.px(side) for side in TABLE_SIZE))
    dialog.show()
    return dialog
