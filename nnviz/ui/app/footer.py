"""The bar below every page: which digits, which seed, how fast, and the keys."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QWidget

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.buttons import button, style_buttons
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.setting_controls import make_control, show_value

HINTS = "F5 lecture    F1 keys"


class Footer(QFrame):
    """Data set, seed and speed; opens the settings."""

    def __init__(
        self, session: Session, theme: Theme, ask: Callable[[Mapping[str, Any]], None]
    ) -> None:
        super().__init__()
        self.setObjectName("footer")
        self.setAutoFillBackground(True)
        self._session = session
        self._row = FlowLayout(self)
        self.settings = button("Settings", "Show or hide the settings (Ctrl+,)", name="settings")
        self.settings.setCheckable(True)
        self._row.addWidget(self.settings)
        self.digits = button("Digits", "The data set; open another one", name="digits")
        self._row.addWidget(self.digits)
        self._labels = [QLabel("Seed"), QLabel("Speed")]
        self.seed = make_control("seed", lambda name, value: ask({name: value}))
        self.new_seed = button(
            "New seed", "Another random start; Undo brings the run back.", session.controls.new_seed
        )
        self.speed = make_control("speed", lambda name, value: ask({name: value}))
        self.speed_words = QLabel()
        self.speed_words.setObjectName("speed-words")
        self.speed_words.setToolTip(self.speed.toolTip())
        for widget in (
            self._labels[0],
            self.seed,
            self.new_seed,
            self._labels[1],
            self.speed,
            self.speed_words,
        ):
            self._row.addWidget(widget)
        self._row.add_spring()
        self.hints = QLabel(HINTS)
        self.hints.setToolTip("All keys: F1")
        self._row.addWidget(self.hints)
        self.use_theme(theme)

    def set_digits_menu(self, menu: QMenu) -> None:
        self.digits.setMenu(menu)

    def use_theme(self, theme: Theme) -> None:
        self._row.setContentsMargins(theme.px(10), theme.px(6), theme.px(14), theme.px(6))
        self._row.setSpacing(theme.px(10))
        style_buttons(self, theme)
        widgets: list[QWidget] = [*self._labels, self.seed, self.speed_words, self.hints]
        for widget in widgets:
            widget.setFont(theme.font())
        palette = self.hints.palette()
        palette.setColor(self.hints.foregroundRole(), theme.colour("muted"))
        self.hints.setPalette(palette)
        self.seed.setFixedWidth(theme.px(90))
        self.speed.setFixedWidth(theme.px(140))
        self.speed_words.setFixedWidth(theme.px(96))
        self.show_state(self._session.state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.hints.setVisible(self._row.width_in_one_line() <= event.size().width())

    def show_state(self, state: State) -> None:
        digits = state.digits
        words = f"{digits.name} {digits.train_count + len(digits.labels):,}"
        if digits.source.tests is not None:
            words = f"own tests {len(digits.labels):,}"
        self.digits.setText(f"{words} ▾")
        self.digits.setAccessibleName(f"Digits: {words}")
        show_value(self.seed, state.settings.seed)
        show_value(self.speed, state.settings.speed)
        speed = state.settings.speed
        self.speed_words.setText(f"{speed:,} / s" if speed else "full")
