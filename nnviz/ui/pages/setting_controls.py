"""One control for every entry of the settings table; all of them go one way."""

import math
from collections.abc import Callable, Collection
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QSlider, QWidget

from nnviz.networks.settings import SETTING_TYPES, SETTINGS, Setting
from nnviz.ui.kit.controls import CheckBox, ComboBox
from nnviz.ui.kit.number_field import NumberField, TypingEnds
from nnviz.ui.kit.telling import explain, wrapped
from nnviz.words import sentences, tr

Ask = Callable[[str, Any], None]
"""Called with the name and the wanted value of a setting."""

Refuse = Callable[[str], object]
"""Called with a sentence that says why a text that was typed is not taken."""

NEW_RUN = tr("A change starts a new run.")


class SpeedSlider(QSlider):
    """Batches per second on a logarithmic scale; the right end is full speed (0)."""

    chosen = Signal(int)
    NOTCHES = 60

    def __init__(self, setting: Setting) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._setting = setting
        self.setRange(0, self.NOTCHES)
        self.setPageStep(8)
        self.valueChanged.connect(lambda notch: self.chosen.emit(self.speed_at(notch)))

    def speed_at(self, notch: int) -> int:
        """Batches per second at a notch; 0 for full speed."""
        if notch == self.NOTCHES:
            return 0
        speed: float = self._setting.high ** (notch / (self.NOTCHES - 1))
        return round(speed)

    def show_speed(self, speed: int) -> None:
        notch = self.NOTCHES
        if speed:
            part = math.log(speed) / math.log(self._setting.high)
            notch = round(part * (self.NOTCHES - 1))
        if speed != self.speed_at(self.value()):
            with QSignalBlocker(self):
                self.setValue(notch)


class TextControl(QComboBox):
    """A text of the settings table, with suggestions."""

    entered = Signal(str)

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self._shown = ""
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for value, words in setting.suggestions.items():
            self.addItem(value)
            self.setItemData(self.count() - 1, wrapped(words), Qt.ItemDataRole.ToolTipRole)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.activated.connect(lambda _: self._enter())
        TypingEnds(self)
        line = self.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._enter)
        line.returnPressed.connect(self.clearFocus)

    def show_text(self, text: str) -> None:
        self._shown = text
        self.setEditText(text)

    def _enter(self) -> None:
        text = "".join(self.currentText().split())
        if text != self._shown:
            self._shown = text
            self.entered.emit(text)


class _WheelGuard(QObject):
    """Leaves the wheel to the scrolling panel unless a control has been chosen."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        chosen = isinstance(watched, QWidget) and watched.hasFocus()
        if event.type() == QEvent.Type.Wheel and not chosen:
            event.ignore()
            return True
        return False


def guard_wheel(control: QWidget) -> None:
    """Keeps the wheel from changing a control that it only passes over."""
    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    control.installEventFilter(_WheelGuard(control))


def make_control(name: str, ask: Ask, refuse: Refuse) -> QWidget:
    """The control of a setting, with its tooltip and names."""
    setting = SETTINGS[name]
    control: QWidget
    if setting.choices:
        control = _choice(name, setting, ask)
    elif SETTING_TYPES[name] is bool:
        control = CheckBox(setting.label)
        control.clicked.connect(lambda checked: ask(name, checked))
    elif SETTING_TYPES[name] is str:
        control = TextControl(setting)
        control.entered.connect(lambda text: ask(name, text))
    elif name == "speed":
        control = SpeedSlider(setting)
        control.chosen.connect(lambda speed: ask(name, speed))
    else:
        whole = SETTING_TYPES[name] is int
        control = NumberField(
            setting.label, setting.low, setting.high, whole, setting.zero, setting.log
        )
        control.refused.connect(refuse)
        control.valueChanged.connect(lambda value: ask(name, int(value) if whole else value))
    control.setObjectName(f"setting-{name}")
    control.setAccessibleName(setting.label)
    explain(control, sentences(setting.help, "" if setting.live else NEW_RUN))
    guard_wheel(control)
    return control


def _choice(name: str, setting: Setting, ask: Ask) -> QComboBox:
    box = ComboBox()
    for value, words in setting.offered.items():
        box.addItem(words, value)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    box.activated.connect(lambda index: ask(name, box.itemData(index)))
    return box


def show_value(control: QWidget, value: Any) -> None:
    """Puts a value on a control without its asking for anything."""
    with QSignalBlocker(control):
        if isinstance(control, TextControl):
            control.show_text(value)
        elif isinstance(control, QComboBox):
            control.setCurrentIndex(control.findData(value))
        elif isinstance(control, QCheckBox):
            control.setChecked(value)
        elif isinstance(control, SpeedSlider):
            control.show_speed(value)
        elif isinstance(control, NumberField) and control.value() != value:
            control.setValue(value)


def allow(control: QWidget, values: Collection[str]) -> None:
    """Lets only these values of a choice be chosen."""
    assert isinstance(control, QComboBox)
    model = control.model()
    assert isinstance(model, QStandardItemModel)
    for row in range(control.count()):
        model.item(row).setEnabled(control.itemData(row) in values)
