"""Choosing which open networks are compared besides those that stand for the designs: a menu of
ticks, and the button that opens it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPushButton, QWidget

from nnviz.networks.designs import DESIGNS
from nnviz.session.entrants import in_short
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.kit.controls import Menu, button
from nnviz.ui.kit.telling import explain
from nnviz.words import tr

COMPARE = (
    tr("Compare…"),
    tr(
        "Compare open networks beside those that stand for the designs, also several of one "
        "design: mine against the one that comes along."
    ),
)
OPEN_NETWORKS, SHIPPED_NETWORKS = tr("Open networks"), tr("Come with nnviz")
ALONE = (
    tr("Only these"),
    tr("Leave out designs of which only one network is compared, but for that on screen."),
)
NONE = tr("None of them"), tr("Compare one network of each design again.")
STANDS = tr("It is compared in any case: it stands for its design.")
ADDS = tr("A tick compares it, too: it gets a row and a lane of its own.")
TAKES = tr("Without the tick it is compared no longer; it stays open.")


LONGEST = 60
"""Signs of a title in a menu."""


@dataclass(frozen=True)
class Tick:
    """What an entry of the menu is at the moment."""

    on: bool
    tip: str
    enabled: bool = True


class ComparedMenu(Menu):
    """Made anew each time it opens; stays open while ticks are made."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(COMPARE[0])
        self.setObjectName("menu-compared")
        self.setToolTipsVisible(True)
        self._session = session
        self._ticks: list[tuple[QAction, Callable[[State], Tick]]] = []
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Lists the open networks, those that come with the program, and what goes for all."""
        self.clear()
        self._ticks = []
        session = self._session
        session.designs.load_all()
        self.addSection(OPEN_NETWORKS)
        for work in session.state.works:
            self._add(
                in_short(work.full_title, LONGEST),
                lambda state, key=work.key: _of_open(state, key),  # type: ignore[misc]
                lambda on, key=work.key: session.shelf.compare(key, on),  # type: ignore[misc]
            )
        self.addSection(SHIPPED_NETWORKS)
        for name, design in DESIGNS.items():
            self._add(
                design.label,
                lambda state, name=name: self._of_shipped(state, name),  # type: ignore[misc]
                lambda on, name=name: session.designs.compare_shipped(name, on),  # type: ignore[misc]
            )
        self.addSeparator()
        self._add(
            ALONE[0],
            lambda state: Tick(state.besides.alone, ALONE[1], _several(state)),
            lambda on: session.choose("besides", alone=on),
        )
        none = self.addAction(NONE[0])
        explain(none, NONE[1])
        none.triggered.connect(session.shelf.compare_none)
        self._show_ticks()

    def _add(self, text: str, tick: Callable[[State], Tick], do: Callable[[bool], object]) -> None:
        action = self.addAction(text)
        action.setCheckable(True)
        action.triggered.connect(do)
        self._ticks.append((action, tick))

    def _show_ticks(self) -> None:
        for action, tick in self._ticks:
            now = tick(self._session.state)
            action.setChecked(now.on)
            action.setEnabled(now.enabled)
            explain(action, now.tip)

    def _of_shipped(self, state: State, name: str) -> Tick:
        why = self._session.designs.why_not(name)
        work = state.trained.get(name)
        if why or work is None:
            return Tick(False, why or ADDS, not why)
        return _tick(state, list(filter(work.is_same, state.entrants.values())))

    # ---- it stays open -------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ticks = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (ticks and self._tick(self.activeAction())):
            super().keyPressEvent(event)

    def _tick(self, action: QAction | None) -> bool:
        if action is None or not action.isCheckable() or not action.isEnabled():
            return False
        action.trigger()
        self._show_ticks()
        return True


def compare_button(session: Session) -> QPushButton:
    """A button that opens the menu."""
    made = button(*COMPARE, name="compare-networks")
    made.setMenu(ComparedMenu(session, made))
    return made


def _several(state: State) -> bool:
    return any(name not in DESIGNS for name in state.entrants)


def _of_open(state: State, key: int) -> Tick:
    return _tick(state, [each for each in state.entrants.values() if each.key == key])


def _tick(state: State, found: list[Work]) -> Tick:
    """Of a network that is among the entrants or not."""
    stands = any(each in state.representatives.values() for each in found)
    if stands:
        return Tick(True, STANDS, enabled=False)
    return Tick(bool(found), TAKES if found else ADDS)
