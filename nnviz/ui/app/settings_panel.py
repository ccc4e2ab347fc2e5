"""The settings of the run, made from the settings table, and how the pictures look."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nnviz.networks.designs import DESIGNS
from nnviz.networks.settings import PRESETS, SETTINGS, matters
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.check_box import CheckBox
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.tooltips import wrapped
from nnviz.ui.pages.setting_controls import allow, guard_wheel, make_control, show_value

VIEWS = {
    "dense": ("All weight images", "Show every hidden neuron, without the lines."),
    "own_scales": (
        "Own colour scale each",
        "Each weight image uses its own strongest weight as the end of the scale.",
    ),
}


class SettingsPanel(QScrollArea):
    """Folds away; scrolls when the window is low."""

    def __init__(
        self, session: Session, theme: Theme, ask: Callable[[Mapping[str, Any]], None]
    ) -> None:
        super().__init__()
        self.setObjectName("settings-panel")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._session = session
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._headings: list[QLabel] = []
        self._labels: list[QLabel] = []
        self._heading("Settings")
        self.presets = QComboBox()
        self.presets.setObjectName("preset")
        self.presets.setAccessibleName("Preset")
        self.presets.setToolTip("Settings that belong together; starts a new run.")
        for name, preset in PRESETS.items():
            self.presets.addItem(preset.label, name)
            tip = Qt.ItemDataRole.ToolTipRole
            self.presets.setItemData(self.presets.count() - 1, wrapped(preset.help), tip)
        self.presets.setPlaceholderText("own settings")
        self.presets.activated.connect(
            lambda index: ask(PRESETS[self.presets.itemData(index)].changes)
        )
        guard_wheel(self.presets)
        self._labelled("Preset", self.presets)
        self.controls: dict[str, QWidget] = {}
        self._labels_of: dict[str, QLabel] = {}
        for name, setting in SETTINGS.items():
            if setting.place != "panel":
                continue
            control = make_control(name, lambda name, value: ask({name: value}))
            self.controls[name] = control
            if isinstance(control, QCheckBox):
                self._column.addWidget(control)
            else:
                self._labels_of[name] = self._labelled(setting.label, control)
        self._heading("Pictures")
        self.views: dict[str, QCheckBox] = {}
        for name, (words, help) in VIEWS.items():
            box = CheckBox(words)
            box.setObjectName(f"view-{name}")
            box.setToolTip(wrapped(help))
            box.setAccessibleName(words)
            box.clicked.connect(lambda checked, name=name: session.change(**{name: checked}))
            self.views[name] = box
            self._column.addWidget(box)
        self._column.addStretch(1)
        self.setWidget(self._inside)
        self.use_theme(theme)

    def use_theme(self, theme: Theme) -> None:
        self._column.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        self._column.setSpacing(theme.px(4))
        for heading in self._headings:
            heading.setFont(theme.font(24, bold=True))
        for widget in self._inside.findChildren(QWidget):
            if widget not in self._headings:
                widget.setFont(theme.font())
        self.setFixedWidth(theme.px(300))
        self.show_state(self._session.state)

    def show_state(self, state: State) -> None:
        settings, design = state.settings, DESIGNS[state.settings.design]
        for name, control in self.controls.items():
            show_value(control, getattr(settings, name))
            control.setVisible(matters(name, settings))
            if name in self._labels_of:
                self._labels_of[name].setVisible(matters(name, settings))
        allow(self.controls["cost"], design.costs)
        allow(self.controls["trunk"], design.trunks)
        for name, box in self.views.items():
            with QSignalBlocker(box):
                box.setChecked(getattr(state, name))
        matching = (
            index
            for index, preset in enumerate(PRESETS.values())
            if all(getattr(state.settings, key) == value for key, value in preset.changes.items())
        )
        self.presets.setCurrentIndex(next(matching, -1))

    def _heading(self, text: str) -> None:
        label = QLabel(text)
        self._headings.append(label)
        self._column.addWidget(label)

    def _labelled(self, text: str, control: QWidget) -> QLabel:
        label = QLabel(text)
        label.setBuddy(control)
        label.setToolTip(control.toolTip())
        self._labels.append(label)
        self._column.addWidget(label)
        self._column.addWidget(control)
        return label
