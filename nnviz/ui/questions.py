"""Questions before something would be lost. They do not block the program."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask(
    parent: QWidget,
    question: str,
    yes: str,
    agreed: Callable[[], object],
    refused: Callable[[], object],
) -> QMessageBox:
    """Opens a question with the answers `yes` and Cancel; Cancel is the default."""
    box = QMessageBox(parent)
    box.setObjectName("question")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(question)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.setFont(parent.font())
    box.buttonClicked.connect(lambda pressed: agreed() if pressed is accept else refused())
    box.open()
    return box
