"""What more there is to say about a notice: lines that can be read through and copied."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QTextEdit, QWidget

from nnviz.ui.app import words
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme

LIST_SIZE = 640, 320
"""Of the list, on the design grid."""


def show_details(parent: QWidget, theme: Theme, sentence: str, details: str) -> QMessageBox:
    """Opens a box with a sentence and a list of lines below it, all of which can be copied."""
    box = QMessageBox(parent)
    box.setObjectName("details")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Information)
    box.setText(sentence)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.setFont(theme.font())
    role = QMessageBox.ButtonRole.ActionRole
    copy = box.addButton(words.COPY_DETAILS, role)
    copy.setObjectName("details-copy")
    explain(copy, words.COPY_DETAILS_TIP)
    copy.clicked.disconnect()  # which would close the box
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(f"{sentence}\n\n{details}"))
    close = box.addButton(QMessageBox.StandardButton.Close)
    box.setDefaultButton(close)
    box.setEscapeButton(close)
    known = box.buttons()
    box.setDetailedText(details)
    _unfold(box, theme, known)
    box.open()
    return box


def _unfold(box: QMessageBox, theme: Theme, known: list[QAbstractButton]) -> None:
    """Shows the list at once, and large: it is what the box was opened for."""
    width, height = (theme.px(side) for side in LIST_SIZE)
    for text in box.findChildren(QTextEdit):
        text.setAccessibleName(words.DETAILS)
        text.setMinimumWidth(width)
        text.setFixedHeight(height)
    for made in box.buttons():
        if made not in known:  # the one that folds the list
            made.click()
            made.hide()
