"""Labels of several lines, which wrap instead of making the page wider."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from nnviz.ui.kit.tooltips import explain


def paragraph(id: str, tip: str = "", text: str = "", plain: bool = False) -> QLabel:
    """Words that go on in the next line; `plain`: no HTML, and as narrow as one likes."""
    made = QLabel(text)
    made.setObjectName(id)
    made.setWordWrap(True)
    explain(made, tip)
    if plain:
        made.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made
