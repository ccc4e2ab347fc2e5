"""The settings of the run, made from the settings table, and how the pictures look."""

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QScrollArea,
    QWidget,
)

from nnviz.networks.designs import DESIGNS
from nnviz.networks.settings import PRESETS, SETTINGS, matters
from nnviz.session.session import Session
from nnviz.session.state import TYPED, State
from nnviz.ui.app import words
from nnviz.ui.kit.controls import CheckBox, ComboBox
from nnviz.ui.kit.layout import column, dress, sized
from nnviz.ui.kit.telling import explain, retell, wrapped
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.setting_controls import allow, guard_wheel, make_control, show_value


class SettingsPanel(QScrollArea):
    """Folds away; scrolls when the window is low. Filled when it is first looked at."""

    def __init__(
        self, session: Session, theme: Theme, ask: Callable[[Mapping[str, Any]], None]
    ) -> None:
        super().__init__()
        self.setObjectName("settings-panel")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._session, self._ask = session, ask
        self._filled = False
        self.use_theme(theme)

    @cached_property
    def inside(self) -> "Inside":
        """All that is in it."""
        made = Inside(self._session, self._ask)
        made.show_state(self._session.state)
        self.setWidget(made)
        self._filled = True
        dress(self, self._theme)
        retell(made)
        return made

    @property
    def controls(self) -> Mapping[str, QWidget]:
        """The control of each setting."""
        return self.inside.controls

    @property
    def presets(self) -> QComboBox:
        """The choice of settings that belong together."""
        return self.inside.presets

    @property
    def views(self) -> Mapping[str, QCheckBox]:
        """What can be chosen about the look of pictures."""
        return self.inside.views

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFixedWidth(theme.px(300))
        if self._filled:
            dress(self, theme)
            self.show_state(self._session.state)

    def show_state(self, state: State) -> None:
        self.inside.show_state(state)


class Inside(QWidget):
    """The presets, a control for each setting, and how the pictures look."""

    def __init__(self, session: Session, ask: Callable[[Mapping[str, Any]], None]) -> None:
        super().__init__()
        self._column = column(spacing=4, margins=(14, 10, 14, 10), of=self)
        self._heading(words.SETTINGS)
        self.presets = self._presets(ask)
        self._labelled(words.PRESET, self.presets)
        refuse = partial(session.say, "error", about=TYPED)
        self.controls: dict[str, QWidget] = {}
        self._labels_of: dict[str, QLabel] = {}
        for name, setting in SETTINGS.items():
            if setting.place != "panel":
                continue
            control = make_control(name, lambda name, value: ask({name: value}), refuse)
            self.controls[name] = control
            if isinstance(control, QCheckBox):
                self._column.addWidget(control)
            else:
                self._labels_of[name] = self._labelled(setting.label, control)
        self._heading(words.PICTURES)
        self.views: dict[str, QCheckBox] = {}
        for name, (label, help) in words.LOOKS.items():
            box = CheckBox(label)
            box.setObjectName(f"view-{name}")
            explain(box, help)
            box.setAccessibleName(label)
            box.clicked.connect(lambda checked, name=name: session.change(**{name: checked}))
            self.views[name] = box
            self._column.addWidget(box)
        self._column.addStretch(1)

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

    def _presets(self, ask: Callable[[Mapping[str, Any]], None]) -> QComboBox:
        made = ComboBox()
        made.setObjectName("preset")
        made.setAccessibleName(words.PRESET)
        explain(made, words.PRESET_TIP)
        for place, (name, preset) in enumerate(PRESETS.items()):
            made.addItem(preset.label, name)
            made.setItemData(place, wrapped(preset.help), Qt.ItemDataRole.ToolTipRole)
        made.setPlaceholderText(words.OWN_SETTINGS)
        made.activated.connect(lambda index: ask(PRESETS[made.itemData(index)].changes))
        guard_wheel(made)
        return made

    def _heading(self, text: str) -> None:
        self._column.addWidget(sized(QLabel(text), text=24, bold=True))

    def _labelled(self, text: str, control: QWidget) -> QLabel:
        label = QLabel(text)
        label.setBuddy(control)
        explain(label, control.toolTip())
        self._column.addWidget(label)
        self._column.addWidget(control)
        return label
