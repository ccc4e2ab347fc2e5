"""The design switch: three buttons, one for each group of designs."""

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QPushButton

from nnviz.networks.designs import DESIGNS, GROUPS
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.app import words
from nnviz.ui.kit.controls import Menu, button, keep_width
from nnviz.ui.kit.telling import explain
from nnviz.words import tr


class DesignSwitch:
    """Buttons for a bar, with a menu where a group has several designs.

    A button shows the design of its group that was last on screen; the button of the group
    that is on screen opens the menu.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last = {group: members(group)[0] for group in GROUPS}
        self.buttons: dict[str, QPushButton] = {}
        self.menus: dict[str, Menu] = {}
        self.actions: dict[str, QAction] = {}
        for number, group in enumerate(GROUPS, start=1):
            tip = words.design_tip(members(group), number)
            made = button(GROUPS[group], tip, partial(self.press, group), f"designs-{group}")
            made.setCheckable(True)
            self.buttons[group] = made
            if len(members(group)) > 1:
                self.menus[group] = self._menu(group, made)

    def keep_widths(self) -> None:
        """Has no button move the others when it shows another design of its group."""
        for group, made in self.buttons.items():
            names = [GROUPS[group], *(DESIGNS[name].label for name in members(group))]
            several = group in self.menus
            keep_width(made, [f"{name} ▾" for name in names] if several else names)

    def press(self, group: str) -> None:
        """What a click does: shows the group, or its menu if it is on screen."""
        state = self._session.state
        if DESIGNS[state.design].group != group:
            self.choose(self._last[group])
        elif state.stand_in is not None:
            self.choose(state.design)
        elif group in self.menus:
            below = self.buttons[group].mapToGlobal(QPoint(0, self.buttons[group].height()))
            self.menus[group].popup(below)
        self.show_state(self._session.state)

    def next_of(self, group: str) -> None:
        """What a key does: shows the group, or the next design of it if it is on screen."""
        state = self._session.state
        shown, everyone = state.design, members(group)
        if shown in everyone and state.stand_in is not None:
            self.choose(shown)  # the page shows another network in its place
        elif shown in everyone:
            self.choose(everyone[(everyone.index(shown) + 1) % len(everyone)])
        else:
            self.choose(self._last[group])

    def choose(self, design: str) -> None:
        """Shows a design; the digit and the page stay."""
        self._session.designs.choose(design)

    def show_state(self, state: State) -> None:
        design = state.design
        shown = DESIGNS[design].group
        self._last[shown] = design
        for group, made in self.buttons.items():
            last = self._last[group]
            several = group in self.menus
            name = GROUPS[group] if last == members(group)[0] else DESIGNS[last].label
            if several:
                name = DESIGNS[design].label if group == shown else GROUPS[group]
            made.setText(f"{name} ▾" if several else name)
            made.setAccessibleName(tr("Design: {design}", design=name))
            made.setChecked(group == shown)
        if design in self.actions:
            self.actions[design].setChecked(True)

    def _menu(self, group: str, parent: QPushButton) -> Menu:
        menu = Menu(parent)
        menu.setObjectName(f"menu-{group}")
        menu.setToolTipsVisible(True)
        together = QActionGroup(menu)
        for name in members(group):
            action = menu.addAction(DESIGNS[name].label)
            explain(action, DESIGNS[name].help)
            action.setCheckable(True)
            action.triggered.connect(partial(self.choose, name))
            together.addAction(action)
            self.actions[name] = action
        return menu


def members(group: str) -> list[str]:
    """The designs of a group."""
    return [name for name, design in DESIGNS.items() if design.group == group]
