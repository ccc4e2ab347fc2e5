"""The bar below every page: which digits, which seed, how fast, and the keys."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu

from nnviz.session.session import Session
from nnviz.session.state import TYPED, State
from nnviz.ui.app import words
from nnviz.ui.kit.controls import button
from nnviz.ui.kit.layout import dress, flowing, muted, sized
from nnviz.ui.kit.telling import explain
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.setting_controls import make_control, show_value
from nnviz.words import tr


class Footer(QFrame):
    """Data set, seed and speed; opens the settings."""

    def __init__(
        self, session: Session, theme: Theme, ask: Callable[[Mapping[str, Any]], None]
    ) -> None:
        super().__init__()
        self.setObjectName("footer")
        self.setAutoFillBackground(True)
        self._session = session
        self.settings = button(words.SETTINGS, words.SETTINGS_TIP, name="settings")
        self.settings.setCheckable(True)
        self.digits = button(words.DIGITS, words.DIGITS_TIP, name="digits")
        refuse = partial(session.say, "error", about=TYPED)
        self.seed, self.speed = (
            make_control(name, lambda name, value: ask({name: value}), refuse)
            for name in ("seed", "speed")
        )
        self.new_seed = button(
            words.NEW_SEED, words.NEW_SEED_TIP, session.controls.new_seed, "new-seed"
        )
        self.speed_words = QLabel()
        self.speed_words.setObjectName("speed-words")
        explain(self.speed_words, self.speed.toolTip())
        self.hints = muted(QLabel(words.HINTS))
        explain(self.hints, words.HINTS_TIP)
        self._row = flowing(
            self,
            self.settings,
            self.digits,
            QLabel(words.SEED),
            sized(self.seed, width=90),
            self.new_seed,
            QLabel(words.SPEED),
            sized(self.speed, width=140),
            sized(self.speed_words, width=96),
            self.hints,
            spacing=10,
            margins=(10, 6, 14, 6),
            spring_before=self.hints,
        )
        self.use_theme(theme)

    def set_digits_menu(self, menu: QMenu) -> None:
        self.digits.setMenu(menu)

    def use_theme(self, theme: Theme) -> None:
        dress(self, theme)
        self.show_state(self._session.state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.hints.setVisible(self._row.width_in_one_line() <= event.size().width())

    def show_state(self, state: State) -> None:
        which = words.data_set(state.digits)
        self.digits.setText(f"{which} ▾")
        self.digits.setAccessibleName(tr("Digits: {digits}", digits=which))
        show_value(self.seed, state.settings.seed)
        show_value(self.speed, state.settings.speed)
        self.speed_words.setText(words.speed(state.settings.speed))
