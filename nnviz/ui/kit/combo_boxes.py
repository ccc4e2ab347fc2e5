"""Combo boxes of which each entry stands for a value."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox

from nnviz.ui.kit.tooltips import explain

Items = Sequence[tuple[str, Any]]
"""Words and value of each entry."""


def combo_box(id: str, name: str, tip: str, chosen: Callable[[Any], object]) -> QComboBox:
    """An empty one; `chosen` is told the value of the entry that the user chooses."""
    box = QComboBox()
    box.setObjectName(id)
    box.setAccessibleName(name)
    explain(box, tip)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.activated.connect(lambda index: chosen(box.itemData(index)))
    return box


def offer(box: QComboBox, items: Items, value: Any, tips: Sequence[str] = ()) -> None:
    """Has a box offer these, and shows which one is chosen: the first one, if none has the value;
    `tips` are those of the entries."""
    with QSignalBlocker(box):
        if [(box.itemText(at), box.itemData(at)) for at in range(box.count())] != list(items):
            box.clear()
            for words, each in items:
                box.addItem(words, each)
            for at, tip in enumerate(tips):
                box.setItemData(at, tip, Qt.ItemDataRole.ToolTipRole)
        values = [each for _, each in items]
        box.setCurrentIndex(values.index(value) if value in values else 0)
