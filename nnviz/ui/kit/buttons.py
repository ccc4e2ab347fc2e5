"""Buttons of the bars and cards: words, a tooltip, and Tab focus only.

A click does not take the focus, so that the space bar keeps running and pausing.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from nnviz.session.history import History
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.tooltips import explain
from nnviz.words import tr


def button(
    text: str, tooltip: str, clicked: Callable[[], object] | None = None, name: str = ""
) -> QPushButton:
    """A button with its words, tooltip and what it does."""
    made = QPushButton(text)
    made.setObjectName(name or text.lower().replace(" ", "-"))
    explain(made, tooltip)
    made.setAccessibleName(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(False)
    if clicked is not None:
        made.clicked.connect(lambda: clicked())
    return made


def choices(
    words: Mapping[str, tuple[str, str]],
    prefix: str,
    chosen: Callable[[str], object],
    of: QWidget,
    several: bool = False,
) -> dict[str, QPushButton]:
    """Name -> a button with these words and tooltip that stays down, one of them unless `several`
    may; `chosen` is told the name of the one that is clicked."""
    group, made = QButtonGroup(of), {}
    group.setExclusive(not several)
    for name, (text, tooltip) in words.items():
        made[name] = button(text, tooltip, partial(chosen, name), f"{prefix}-{name}")
        made[name].setCheckable(True)
        group.addButton(made[name])
    return made


def name_undo(undo: QPushButton, history: History[Any], redo: QPushButton | None = None) -> None:
    """Has the buttons say what they take back and do again; without that they are off."""
    what = history.undoes or tr("what was done last")
    undo.setEnabled(bool(history.undoes))
    explain(undo, tr("Take back {what} (Ctrl+Z)", what=what))
    if redo is not None:
        what = history.redoes or tr("what was done last")
        redo.setEnabled(bool(history.redoes))
        explain(redo, tr("Do again {what} (Ctrl+Shift+Z)", what=what))


def style_buttons(container: QWidget, theme: Theme) -> None:
    """Gives every button in a container the look of the theme."""
    for found in container.findChildren(QPushButton):
        align = "left" if found.property("in-list") else "center"
        found.setStyleSheet(theme.button_style(align, narrow=bool(found.property("narrow"))))
