"""The bar below every page: which digits and the keys; behind *More* which seed, and how fast."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QWidget

from nnviz.session.session import Session
from nnviz.session.state import TYPED, State
from nnviz.ui.app import words
from nnviz.ui.kit.controls import button
from nnviz.ui.kit.layout import dress, flowing, muted, sized
from nnviz.ui.kit.more import more
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
        seldom = (
            QLabel(words.SEED),
            sized(self.seed, width=90),
            self.new_seed,
            QLabel(words.SPEED),
            sized(self.speed, width=140),
            sized(self.speed_words, width=168),
        )
        self.more = more("footer", *seldom)
        self._seldom: tuple[QWidget, ...] = seldom
        self._row = flowing(
            self,
            self.settings,
            self.digits,
            self.more,
            *seldom,
            self.hints,
            spacing=10,
            margins=(10, 6, 14, 6),
            spring_before=self.hints,
        )
        self.more.toggled.connect(lambda _: self._show_hints(self.width()))
        self.use_theme(theme)

    def set_digits_menu(self, menu: QMenu) -> None:
        self.digits.setMenu(menu)

    def use_theme(self, theme: Theme) -> None:
        dress(self, theme)
        self.show_state(self._session.state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_hints(event.size().width())

    def _show_hints(self, room: int) -> None:
        """Where all that is there fits in one line with them."""
        needed = self._row.width_in_one_line()
        if not self.more.isChecked():
            sizes = (each.sizeHint().expandedTo(each.minimumSize()) for each in self._seldom)
            needed -= sum(size.width() + self._row.spacing() for size in sizes)
        self.hints.setVisible(needed <= room)

    def show_state(self, state: State) -> None:
        which = words.data_set(state.digits)
        self.digits.setText(f"{which} ▾")
        self.digits.setAccessibleName(tr("Digits: {digits}", digits=which))
        show_value(self.seed, state.settings.seed)
        show_value(self.speed, state.settings.speed)
        self.speed_words.setText(words.speed(state.settings.speed))
