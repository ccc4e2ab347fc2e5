"""Asks what a kept drawing is, where something needs to know it."""

from collections.abc import Callable

from PySide6.QtWidgets import QInputDialog, QWidget

from nnviz.session.session import Session
from nnviz.ui.draw import kept_words as words


def ask_label(parent: QWidget, session: Session, name: str, then: Callable[[str], object]) -> None:
    """Does something with the name of a kept drawing of which it is known what it is; asks first
    where it is not. "" for no drawing is passed on."""
    names, kept = session.state.digits.class_names, session.kept.found(name)
    if kept is None or kept.label(names) is not None:
        then(name)
        return
    dialog = QInputDialog(parent)
    dialog.setObjectName("what-is-drawn")
    dialog.setWindowTitle(words.ASK_TITLE)
    dialog.setLabelText(words.ASK)
    dialog.setComboBoxItems(names)

    def said(class_name: str) -> None:
        session.kept.say_what(name, class_name)
        then(session.state.kept.chosen)

    dialog.textValueSelected.connect(said)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
