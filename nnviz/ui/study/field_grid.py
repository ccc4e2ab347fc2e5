"""Fields of the plan below each other: a label and the control that its kind wants."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from nnviz.ui.kit.controls import CheckBox, ComboBox, offer
from nnviz.ui.kit.layout import shaped, sized
from nnviz.ui.kit.number_field import NumberField, TypingEnds
from nnviz.ui.kit.telling import explain
from nnviz.ui.pages.setting_controls import guard_wheel
from nnviz.ui.study import words
from nnviz.ui.study.fields import Check, Choice, Kind, NotTaken, Number, Text

WIDTH = 150
"""Of a control on the design grid, at least."""
ROW = 36
"""Height of a row on the design grid."""

Entered = Callable[[Any], object]
Refuse = Callable[[str], object]


class Labelled(Protocol):
    """What is shown of a field of the plan."""

    @property
    def place(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def tip(self) -> str: ...


class TextField(QLineEdit):
    """A text that counts when it is entered, by Return or by going elsewhere."""

    entered = Signal(object)
    refused = Signal(str)

    def __init__(self, label: str, tip: str, kind: Text) -> None:
        super().__init__()
        self._label, self._tip, self._kind = label, tip, kind
        self._shown: Any = None
        self.setPlaceholderText(kind.hint)
        TypingEnds(self)
        self.editingFinished.connect(self._enter)
        self.returnPressed.connect(self.clearFocus)

    def show_value(self, value: Any) -> None:
        """Shows what is in force, unless somebody is typing it."""
        self._shown = value
        text = self._kind.write(value)
        if text != self.text() and not (self.hasFocus() and self.isModified()):
            self.setText(text)
            self.setCursorPosition(0)

    def _enter(self) -> None:
        text = self.text()
        self.setModified(False)
        try:
            value = self._kind.read(text)
        except NotTaken:
            self.refused.emit(words.refused(self._label, text, self._tip))
            value = self._shown
        self.setText(self._kind.write(value))
        if value != self._shown:
            self._shown = value
            self.entered.emit(value)


def make_field(
    field: Labelled, kind: Kind, prefix: str, entered: Entered, refuse: Refuse
) -> QWidget:
    """The control of a field, with its tooltip and names."""
    control: QWidget
    match kind:
        case Number():
            control = NumberField(field.label, kind.low, kind.high, kind.whole, kind.zero, kind.log)
            control.refused.connect(refuse)
            whole = kind.whole
            control.valueChanged.connect(lambda value: entered(int(value) if whole else value))
        case Choice():
            control = _box(kind, entered)
        case Text():
            control = TextField(field.label, field.tip, kind)
            control.refused.connect(refuse)
            control.entered.connect(entered)
        case Check():
            control = CheckBox(field.label)
            control.clicked.connect(lambda checked: entered(checked))
    control.setObjectName(f"{prefix}-{field.place.replace('.', '-')}")
    control.setAccessibleName(field.label)
    explain(control, field.tip)
    guard_wheel(control)
    return control


def _box(kind: Choice, entered: Entered) -> QComboBox:
    box = ComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    offer(box, [(label, value) for value, label in kind.items.items()], None)
    box.activated.connect(lambda index: entered(box.itemData(index)))
    return box


def show_in(control: QWidget, kind: Kind, value: Any) -> None:
    """Puts a value on the control of a field without its asking for anything."""
    with QSignalBlocker(control):
        if isinstance(control, TextField):
            control.show_value(value)
        elif isinstance(control, QComboBox) and isinstance(kind, Choice):
            offer(control, [(label, each) for each, label in kind.items.items()], value)
        elif isinstance(control, CheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, NumberField) and control.value() != value:
            control.setValue(value)


class FieldGrid(QWidget):
    """Tells of what is entered by the place of the field and its value."""

    entered = Signal(str, object)
    refused = Signal(str)

    def __init__(self, fields: Sequence[tuple[Labelled, Kind]], prefix: str) -> None:
        super().__init__()
        self.controls: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._rows = {field.place: number for number, (field, _) in enumerate(fields)}
        grid = shaped(QGridLayout(self), 6)
        for number, (field, kind) in enumerate(fields):
            tell = partial(self.entered.emit, field.place)
            control = make_field(field, kind, prefix, tell, self.refused.emit)
            if not isinstance(control, QComboBox):  # it knows how long its words are
                sized(control, least_width=WIDTH)
            self.controls[field.place] = control
            label = self._labels[field.place] = QLabel("" if kind == Check() else field.label)
            label.setWordWrap(True)
            label.setBuddy(control)
            explain(label, field.tip)
            grid.addWidget(label, number, 0)
            grid.addWidget(control, number, 1)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(len(fields), 1)
        grid.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_value(self, place: str, kind: Kind, value: Any, matters: bool) -> None:
        """Shows the value of a field; one that changes nothing is left out."""
        for part in (self._labels[place], self.controls[place]):
            part.setVisible(matters)
        if matters:
            show_in(self.controls[place], kind, value)
