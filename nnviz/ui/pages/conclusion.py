"""What a page says over all test digits: one sentence, always in the same place of the page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nnviz.questions.question import Found, Question
from nnviz.session.session import Session
from nnviz.session.state import State
from nnviz.ui.kit.headline import Caption
from nnviz.ui.kit.layout import column
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.page import MOVING, TICKS, Page
from nnviz.words import said_now, tr

SIZE = 22
"""Of its type."""
ASKING = tr("Over all test digits: being asked…")
WHEN_PAUSED = tr("Over all test digits: asked when learning pauses.")
RANDOM_START = tr("Over all test digits: a random start says nothing yet.")
WITHOUT_PROCESS = tr("Over all test digits: asked once the training process is there.")


@dataclass(frozen=True)
class Concluded:
    """A sentence, and what must be asked for it."""

    sentence: str
    wanted: tuple[Question[Any], ...] = ()
    designs: tuple[str, ...] = ()
    """Designs whose network that comes with the program is needed beside that on screen."""


Conclude = Callable[[Session, State], Concluded]
"""What a page concludes from a state; asks nobody."""


def not_known(state: State) -> str:
    """Why there is no sentence yet."""
    return WITHOUT_PROCESS if state.engine == "starting" else ASKING


def answer_to(session: Session, question: Question[Found]) -> Found | None:
    """What a network last said to this question; of one that learns, a moment ago."""
    known = session.answers.newest(question)
    return known.result if known is not None and known.question.is_like(question) else None


@dataclass(frozen=True)
class ConclusionSeen:
    """All that the line shows of a state."""

    running: bool
    engine: str
    sentence: str
    designs: tuple[str, ...]
    answered: int
    """How many of the questions have an answer."""
    wanted: tuple[Question[Any], ...] = field(metadata=MOVING)


class Conclusion(Page):
    """One sentence on a ground of its own, as high with any words as with none, of so many lines. A
    run that goes on is asked every few seconds."""

    def __init__(self, session: Session, theme: Theme, conclude: Conclude, lines: int = 2) -> None:
        super().__init__(session, theme)
        self.setObjectName("conclusion")
        self._conclude = conclude
        self._ticks = 0
        self.line = Caption(theme, SIZE, lines)
        column(self.line, of=self)
        self.use_theme(theme)

    @property
    def text(self) -> str:
        """The sentence."""
        return self.line.text

    def see(self, state: State) -> ConclusionSeen:
        found = self._conclude(self.session, state)
        return ConclusionSeen(
            running=state.learns,
            engine=state.engine,
            sentence=said_now(found.sentence),
            designs=found.designs,
            answered=sum(answer_to(self.session, each) is not None for each in found.wanted),
            wanted=found.wanted,
        )

    def draw(self, view: ConclusionSeen, only_moving: bool) -> None:
        if only_moving:
            return
        self.line.say(view.sentence)
        for design in view.designs:
            self.session.designs.load_once(design)
        if not view.running:
            self._ask(view)

    def slow_tick(self, state: State) -> None:
        super().slow_tick(state)
        self._ticks -= 1
        if state.learns and self._ticks <= 0:
            self._ticks = TICKS
            self._ask(self.see(state))

    def _ask(self, view: ConclusionSeen) -> None:
        """One question after the other: two about one network would take each other's place."""
        missing = [each for each in view.wanted if answer_to(self.session, each) is None]
        for question in missing or view.wanted:
            if self.session.answers.get(question) is None:
                return
