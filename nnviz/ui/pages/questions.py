"""Questions before something would be lost. They do not block the program."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget


def ask(
    parent: QWidget,
    question: str,
    yes: str,
    agreed: Callable[[], object],
    refused: Callable[[], object],
) -> QMessageBox:
    """Opens a question with the answers `yes` and Cancel; Cancel is the default."""
    return ask_which(parent, question, {yes: agreed}, refused)


def ask_which(
    parent: QWidget,
    question: str,
    answers: Mapping[str, Callable[[], object]],
    refused: Callable[[], object],
) -> QMessageBox:
    """Opens a question with several answers and Cancel; Cancel is the default."""
    box = QMessageBox(parent)
    box.setObjectName("question")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(question)
    role = QMessageBox.ButtonRole.AcceptRole
    accepted = [(box.addButton(words, role), do) for words, do in answers.items()]
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.setFont(parent.font())

    def answered(pressed: QAbstractButton) -> None:
        next((do for made, do in accepted if made is pressed), refused)()

    box.buttonClicked.connect(answered)
    box.open()
    return box
