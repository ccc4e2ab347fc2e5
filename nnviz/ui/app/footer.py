"""The bar below every page: which digits, which seed, how fast, and the keys."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app import words
from nnviz.ui.app.bar import Bar
from nnviz.ui.kit.buttons import button
from nnviz.ui.kit.flow_layout import FlowLayout
from nnviz.ui.kit.layout import muted, shaped, sized
from nnviz.ui.kit.theme import Theme
from nnviz.ui.kit.tooltips import explain
from nnviz.ui.pages.setting_controls import make_control, show_value


class Footer(Bar):
    """Data set, seed and speed; opens the settings."""

    def __init__(
        self, session: Session, theme: Theme, ask: Callable[[Mapping[str, Any]], None]
    ) -> None:
        super().__init__("footer", session, theme)
        self._row = shaped(FlowLayout(self), 10, (10, 6, 14, 6))
        self.settings = button(words.SETTINGS, words.SETTINGS_TIP, name="settings")
        self.settings.setCheckable(True)
        self.digits = button(words.DIGITS, words.DIGITS_TIP, name="digits")
        self.seed = sized(make_control("seed", lambda name, value: ask({name: value})), width=90)
        self.speed = sized(make_control("speed", lambda name, value: ask({name: value})), width=140)
        self.speed_words = sized(QLabel(), width=96)
        self.speed_words.setObjectName("speed-words")
        explain(self.speed_words, self.speed.toolTip())
        controls = session.controls
        for widget in (
            self.settings,
            self.digits,
            QLabel(words.SEED),
            self.seed,
            button(words.NEW_SEED, words.NEW_SEED_TIP, controls.new_seed, "new-seed"),
            QLabel(words.SPEED),
            self.speed,
            self.speed_words,
        ):
            self._row.addWidget(widget)
        self._row.add_spring()
        self.hints = muted(QLabel(words.HINTS))
        explain(self.hints, words.HINTS_TIP)
        self._row.addWidget(self.hints)
        self.use_theme(theme)

    def set_digits_menu(self, menu: QMenu) -> None:
        self.digits.setMenu(menu)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.hints.setVisible(self._row.width_in_one_line() <= event.size().width())

    def show_state(self, state: State) -> None:
        digits, settings = state.digits, state.settings
        own = digits.source.tests is not None
        count = len(digits.labels) + (0 if own else digits.train_count)
        shown = words.digits_in_use(digits.name, count, own)
        self.digits.setText(words.opens(shown))
        self.digits.setAccessibleName(words.digits(shown))
        show_value(self.seed, settings.seed)
        show_value(self.speed, settings.speed)
        self.speed_words.setText(words.speed(settings.speed))
