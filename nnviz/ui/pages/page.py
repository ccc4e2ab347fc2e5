"""What every page is: a picture of the state that draws only while it can be seen."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from nnviz.questions.question import Asking
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.layout import dress
from nnviz.ui.kit.seeing import differences
from nnviz.ui.kit.theme import Theme
from nnviz.words import tr

Seen = TypeVar("Seen")


def choose_view_of(session: Session, page: str, view: str) -> None:
    """Has a page show one of its views, whoever looks at it."""
    session.change(views={**session.state.views, page: view})


MOVING = {"moving": True}
"""Metadata of a field of a view that changes with every step while a network learns."""


def seen(kind: type[Seen], state: State, /, **own: Any) -> Seen:
    """A view of a state: `own` fields, and all others as the state calls them."""
    taken = {each.name for each in fields(kind)} - own.keys()  # type: ignore[arg-type]
    return kind(**own, **{name: getattr(state, name) for name in taken})


class Page(QWidget):
    """Draws the view that it makes of the state whenever it differs from the last one."""

    id = ""
    title = ""
    question = ""
    """What a view answers; shown as its tooltip."""
    of_weight_images = False
    """Whether a view shows nothing else, so that it is not there for a network without any."""
    of_digit = True
    """Whether a view is about the digit in use, so that a room is told what is said of it."""
    presses: ClassVar[int] = 0
    """In how many presses it is built up before a room; 0: it is there at once."""
    view_asked = Signal(str)
    """A view of a page asks for another one of its views, by its id."""

    view_turned = Signal()
    """A page shows another one of its views."""

    export_asked = Signal()
    """A page asks for the digits that it lists to be saved."""

    fetch_asked = Signal(str)
    """A page asks for a data set to be fetched, by its name."""

    digits_asked = Signal(str)
    """The same, and opened."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.session = session
        self.theme = theme
        self._behind = True
        self._seen: Any = None
        session.watch(self._changed)

    @staticmethod
    def ask(session: Session) -> None:
        """Asks all that it shows of many digits, in a session that need not be on screen; without
        `draw`, before anybody looks."""

    def see(self, state: State) -> Any:
        """What is drawn of a state: a frozen dataclass of plain values, tuples, arrays and things
        that are what they are (networks, verdicts, digits); no Qt and no session."""
        return None

    def draw(self, view: Any, only_moving: bool) -> None:
        """Draws what `see` made. `only_moving`: the network learns, and only what is `moving`
        differs; pictures of its weights follow at once, and all that it says of the digit, or is
        said of it, waits for the slow tick."""

    def look(self, state: State, words: bool = False) -> None:
        """Draws a state that looks different from what was drawn last; `words`: all of it."""
        view = self.see(state)
        if view is None:  # it draws nothing itself
            return
        changed = differences(self._seen, view)
        if changed or (words and self._behind):
            self._seen = view
            still = {each.name for each in fields(view) if "moving" not in each.metadata}
            self._behind = state.running and not words and not changed & still
            self.draw(view, self._behind)
            if self._seen is not view:  # what it asked for was known, and drawn in between
                self.draw(self._seen, False)

    def come(self, state: State) -> None:
        """Told before it comes on screen, so that nothing is shown which is put away at once."""

    def _changed(self, state: State, fields: frozenset[str]) -> None:
        if state.running and fields == {"verdict"}:
            return  # the slow tick comes in the same turn
        if self.isVisible():
            # a snapshot alone moves nothing but pictures of weights; else the digit is judged
            # anew, and all that is said of it, here and elsewhere, is written in this turn
            self.look(state, words=not self.session.store.is_snapshot(fields))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look(self.session.state, words=True)

    def heightForWidth(self, width: int) -> int:
        # a stack of views asks the hidden ones too, whose words may need more lines
        return -1 if self.isHidden() else super().heightForWidth(width)

    def use_theme(self, theme: Theme) -> None:
        """Gives all in it another theme; called once more at the end of its making."""
        self.theme = theme
        dress(self, theme)

    def slow_tick(self, state: State) -> None:
        """Called five times a second while it runs, for what must not change faster than it
        can be read."""
        self.look(state, words=True)

    def curves_tick(self, state: State) -> None:
        """Called as often, a few frames later, for what costs as much as all the rest."""

    def load_late(self) -> None:
        """Called once, after the window has appeared."""

    def choose_view(self, view: str) -> None:
        """Shows one of its views; `State.views` knows which one it is."""

    @property
    def hovering(self) -> bool:
        """Whether the pointer makes it look otherwise than it does by itself."""
        return self.underMouse()

    def holds_back(self, state: State) -> bool:
        """Whether the answer is still to come: only some of the steps that lead to it are shown,
        so that nothing beside the page may tell it."""
        return False

    def pressed(self, state: State) -> int:
        """How many of these presses are made; all of them where nobody builds it up."""
        step = state.step
        return self.presses if step is None or not state.lecturing else min(step, self.presses)

    def press(self, direction: int) -> bool:
        """One more of them (1), or one less; -> whether there was one."""
        state = self.session.state
        step = self.pressed(state) + direction
        if not state.lecturing or not 0 <= step <= self.presses:
            return False
        self.session.change(step=step)
        return True

    def tells_of_digit(self, state: State) -> bool:
        """Whether what it shows of a state is about the digit in use."""
        return self.of_digit

    def asks_first(self, state: State) -> bool:
        """Whether somebody is to say first what the digit is, so that nothing beside the page may
        tell even its label."""
        return False

    def open_picture(self) -> None:
        """Asks for a picture, where it reads pictures."""

    def take_dropped(self, data: QMimeData) -> None:
        """Reads a picture that was dropped elsewhere, where it reads pictures."""

    @property
    def inside(self) -> tuple[QWidget, ...]:
        """What in it hands the focus on, too."""
        return ()

    @contextmanager
    def without_proxies(self) -> Iterator[None]:
        """Meanwhile it hands the focus on to nothing.

        With Tab, Qt goes on to the focus proxy of whatever comes next: with a page that hands the
        focus to its picture, past every control that stands before that. The chain itself is not
        walked in Python, where PySide takes what each widget names for its child.
        """
        proxies = [(each, each.focusProxy()) for each in (self, *self.inside)]
        handing = [(each, proxy) for each, proxy in proxies if proxy is not None]
        for each, _ in handing:
            each.setFocusProxy(None)  # type: ignore[arg-type]
        try:
            yield
        finally:
            for each, proxy in handing:
                each.setFocusProxy(proxy)

    def leave(self) -> bool:
        """Esc: takes back the last thing selected here; -> whether there was one."""
        selected = self.selects_pair and self.session.state.pair is not None
        if selected:
            self.session.change(pair=None)
        return selected

    @property
    def selects_pair(self) -> bool:
        """Whether two classes are selected here."""
        return hasattr(self._seen, "pair")

    def step(self, direction: int) -> None:
        """PageDown (1) and PageUp (-1): the next and the previous digit, if nothing else."""
        self.session.picking.pick("next" if direction > 0 else "previous")


TICKS = 15
"""Slow ticks between two questions: three seconds."""


class LiveSurvey:
    """Asks anew every few seconds; `Answers` sees to it that the last answer comes first."""

    def __init__(self, session: Session, kind: Asking[Any]) -> None:
        self._session, self._kind = session, kind
        self._ticks = 0

    def tick(self) -> None:
        """Called at every slow tick while its view can be seen."""
        self._ticks -= 1
        surveys = self._session.surveys
        if self._ticks <= 0 or surveys.found(self._kind) is None:
            self._ticks = TICKS
            surveys.ask(self._kind, force=True)


def when_asked(state: State, found: Known[Any]) -> str:
    """At which point of its run the network was asked, where it has gone on since or is about
    to; else nothing."""
    if not state.learns and found.examples == state.work.position.examples:
        return ""
    return tr("(at {count} digits seen)", count=found.examples)


@dataclass(frozen=True)
class Inside:
    """What a page consists of."""

    make: Callable[[Session, Theme], Page]
    views: Mapping[str, str] = field(default_factory=dict)
    """Id -> words of the views that it shows one at a time."""
    readings: tuple[str, ...] = ()
    """Those that it shows for every design, also for one that cannot be read so."""
    steps: Callable[[State], int] | None = None
    """Counts its steps where the verdict does not."""
    ask: Callable[[Session], None] | None = None
    """Asks what it will show of many digits."""
    all_designs: bool = False
    """Whether it has the networks of all designs loaded."""


@dataclass(frozen=True)
class PageKind:
    """A page as a value: its words, and what it consists of."""

    id: str
    title: str
    question: str
    """What it answers; shown as its tooltip."""
    load: Callable[[], Inside]
    """Imports what it consists of: pages that nobody looks at cost a start nothing."""

    @cached_property
    def inside(self) -> Inside:
        """What it consists of, imported when it is first asked for."""
        return self.load()

    @property
    def views(self) -> Mapping[str, str]:
        """Id -> words of the views that it shows one at a time."""
        return self.inside.views

    @property
    def readings(self) -> tuple[str, ...]:
        """Those that it shows for every design, also for one that cannot be read so."""
        return self.inside.readings

    def make(self, session: Session, theme: Theme) -> Page:
        """The page itself."""
        return self.inside.make(session, theme)

    @property
    def all_designs(self) -> bool:
        """Whether it has the networks of all designs loaded."""
        return self.inside.all_designs

    def ask(self, session: Session) -> None:
        """Asks what it will show of many digits, in a session that need not be on screen."""
        if self.inside.ask is not None:
            self.inside.ask(session)

    def count_steps(self, state: State) -> int:
        """How many steps `State.step` can go up to on this page."""
        inside = self.inside
        if inside.steps is not None:
            return inside.steps(state)
        verdict = state.here.sure_verdict
        if not inside.readings or verdict.reading in inside.readings:
            return len(verdict.steps)
        return state.digits.classes - 1
