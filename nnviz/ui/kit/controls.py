"""Buttons, check boxes, combo boxes and paragraphs: words, a tooltip, and Tab focus only.

A click does not take the focus, so that the space bar keeps running and pausing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QChildEvent,
    QCoreApplication,
    QEvent,
    QObject,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from nnviz.session.history import History
from nnviz.ui.kit.layout import style
from nnviz.ui.kit.telling import explain, wrapped
from nnviz.ui.kit.theme import Theme
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


def keep_width(control: QPushButton | QLabel, texts: Iterable[str]) -> None:
    """Makes room for the widest of the texts that it may show, so that what stands beside it stays
    where it is; after each change of the theme."""
    shown, widths = control.text(), [0]
    control.setMinimumWidth(0)  # a label asks for no less
    for text in texts:
        control.setText(text)
        widths.append(control.sizeHint().width())
    control.setText(shown)
    control.setMinimumWidth(max(widths))


def keep_box_width(box: QComboBox, texts: Iterable[str]) -> None:
    """The same for all entries that a box may ever offer."""
    widest = QComboBox()
    widest.setFont(box.font())
    widest.addItems(list(texts))
    box.setMinimumWidth(widest.sizeHint().width())


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
        style(found, theme)


class CheckBox(QCheckBox):
    """Fusion darkens the outline, which on a dark panel leaves nothing of an empty box."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        box = QRectF(self.style().subElementRect(part, option, self))
        with QPainter(self) as painter:
            pen = QPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            pen.setWidthF(max(1.0, box.width() / 9))
            painter.setPen(pen)
            inset = pen.widthF() / 2
            painter.drawRect(box.adjusted(inset, inset, -inset, -inset))


Items = Sequence[tuple[str, Any]]
"""Words and value of each entry."""


class ComboBox(QComboBox):
    """Qt keeps the least size of the largest font that a box ever had; and a moment after its
    entries have changed it makes the box as wide as those, until its layout widens it again."""

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        if event.added():
            event.child().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Timer:
            return super().eventFilter(watched, event)
        size = self.size()
        watched.removeEventFilter(self)
        QCoreApplication.sendEvent(watched, event)
        watched.installEventFilter(self)
        self.resize(size)
        return True


class Menu(QMenu):
    """Qt rounds the width of the longest entry down, and in larger type leaves letters of it
    out. And it disables an open menu with the button that it belongs to, which then takes no
    click and no key, so that nothing else gets any: this one closes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.aboutToShow.connect(self._widen)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            self.close()

    def _widen(self) -> None:
        self.setMinimumWidth(0)
        self.setMinimumWidth(self.sizeHint().width() + self.fontMetrics().averageCharWidth())


def combo_box(id: str, name: str, tip: str, chosen: Callable[[Any], object]) -> QComboBox:
    """An empty one; `chosen` is told the value of the entry that the user chooses."""
    box = ComboBox()
    box.setObjectName(id)
    box.setAccessibleName(name)
    explain(box, tip)
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
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
                box.setItemData(at, wrapped(tip), Qt.ItemDataRole.ToolTipRole)
        values = [each for _, each in items]
        box.setCurrentIndex(values.index(value) if value in values else 0)


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
