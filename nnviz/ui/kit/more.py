"""Controls that stand behind *More*, so that a page begins with few."""

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from nnviz.ui.kit.controls import button
from nnviz.ui.kit.preferences import preference
from nnviz.words import tr


def more(name: str, *behind: QWidget) -> QPushButton:
    """A button that shows and hides what stands behind it; what was chosen is remembered.

    Nothing else may show or hide these widgets: give those that come and go a box around them.
    """
    made = button(tr("More"), tr("Show or hide the controls that are seldom needed."))
    made.setObjectName(f"more-{name}")
    made.setCheckable(True)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    key = f"more/{name}"

    def show(shown: bool) -> None:
        for widget in behind:
            widget.setVisible(shown)

    def choose(shown: bool) -> None:
        QSettings().setValue(key, shown)
        show(shown)

    made.setChecked(preference(key, False))
    if not made.isChecked():
        show(False)  # what is there anyway must not be shown before it has its place
    made.toggled.connect(choose)
    return made
