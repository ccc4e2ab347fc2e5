"""What every page is: a picture of the state that draws only while it can be seen."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.theme import Theme


class Page(QWidget):
    """Draws the fields of the state that it names in `draws`."""

    id = ""
    title = ""
    question = ""
    """What the page answers; shown as its tooltip."""
    draws: frozenset[str] = frozenset()
    views: Mapping[str, str] = MappingProxyType({})
    """Id -> words of the views that it shows one at a time."""
    readings: tuple[str, ...] = ()
    """Those that it shows for every design, also for one that cannot be read so."""
    view_asked = Signal(str)
    """A view of a page asks for another one of its views, by its id."""

    export_asked = Signal()
    """A page asks for the digits that it lists to be saved."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.session = session
        self.theme = theme
        self._behind = True
        session.watch(self._changed)

    def _changed(self, state: State, fields: frozenset[str]) -> None:
        if not self.draws & fields:
            return
        if self.isVisible():
            self.render_state(state, fields)
        else:
            self._behind = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._behind:
            self._behind = False
            self.render_state(self.session.state, self.draws)

    def render_state(self, state: State, fields: frozenset[str]) -> None:
        """Draws the state; `fields` are those that changed."""

    def use_theme(self, theme: Theme) -> None:
        """Draws with another theme from now on."""
        self.theme = theme

    def slow_tick(self, state: State) -> None:
        """Called five times a second while it runs, for what must not change faster than it
        can be read."""

    def curves_tick(self, state: State) -> None:
        """Called as often, a few frames later, for what costs as much as all the rest."""

    def load_late(self) -> None:
        """Called once, after the window has appeared."""

    def choose_view(self, view: str) -> None:
        """Shows one of `views`."""

    def beside_digit(self, beside: bool) -> None:
        """Told whether the column with the digit stands beside it: where it does not, a page
        about one digit shows it itself."""

    @classmethod
    def count_steps(cls, state: State) -> int:
        """How many steps `State.step` can go up to on this page."""
        verdict = state.sure_verdict
        if not cls.readings or verdict.reading in cls.readings:
            return len(verdict.steps)
        return state.digits.classes - 1

    @property
    def hovering(self) -> bool:
        """Whether the pointer makes it look otherwise than it does by itself."""
        return self.underMouse()

    def leave(self) -> bool:
        """Esc: takes back the last thing selected here; -> whether there was one."""
        selected = "pair" in self.draws and self.session.state.pair is not None
        if selected:
            self.session.change(pair=None)
        return selected

    def step(self, direction: int) -> None:
        """PageDown (1) and PageUp (-1): the next and the previous digit, if nothing else."""
        self.session.picking.pick("next" if direction > 0 else "previous")
