"""What the walk makes of the answers of its first head: digits rescued, and digits lost."""

from dataclasses import dataclass, field

import numpy as np

from nnviz.data.digits import ShownDigits
from nnviz.questions.comparison import Said
from nnviz.questions.elimination import Departures, SurveyDepartures
from nnviz.questions.heaps import Heaps, heaps_of
from nnviz.session.known import Known
from nnviz.session.session import Session
from nnviz.session.state import State, Work
from nnviz.ui.elimination import words
from nnviz.ui.elimination.path import kind_of
from nnviz.ui.kit.layout import column
from nnviz.ui.kit.theme import Theme
from nnviz.ui.pages.heaps import HeapsPanel, HeapsView
from nnviz.ui.pages.page import MOVING, LiveSurvey, Page


@dataclass(frozen=True)
class WalkHeapsSeen:
    """All that the view shows of a state."""

    running: bool
    engine: str
    digits: ShownDigits
    test_digit: int
    kind: str
    found: Known[Departures] | None
    hidden: bool
    work: Work = field(metadata=MOVING)


class RescuedAndLost(Page):
    """The first head against the end of the walk, over all test digits."""

    id = "heaps"
    title = words.HEAPS
    question = words.HEAPS_QUESTION

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(session, theme)
        self.live = LiveSurvey(session, SurveyDepartures)
        self.panel = HeapsPanel(theme, "elimination")
        self.panel.heaps.chosen.connect(lambda image: session.change(image=image))
        column(self.panel, of=self)
        self.setFocusProxy(self.panel)
        self.use_theme(theme)

    @staticmethod
    def ask(session: Session) -> None:
        session.surveys.ask(SurveyDepartures)

    def see(self, state: State) -> WalkHeapsSeen:
        state = state.here
        return WalkHeapsSeen(
            running=state.learns,
            engine=state.engine,
            digits=state.digits,
            test_digit=state.test_digit,
            kind=kind_of(state),
            found=self.session.surveys.found(SurveyDepartures),
            hidden=state.answer_hidden,
            work=state.work,
        )

    def slow_tick(self, state: State) -> None:
        self.live.tick()

    def draw(self, view: WalkHeapsSeen, only_moving: bool) -> None:
        if only_moving:  # a run that goes on is asked at slow ticks
            return
        self.ask(self.session)
        heaps = None if view.found is None else _heaps(view, view.found.result)
        shown = HeapsView(view.digits, heaps, view.test_digit, view.hidden)
        self.panel.show_heaps(shown, words.ASKING)


def _heaps(view: WalkHeapsSeen, found: Departures) -> Heaps | None:
    network, taught = view.work.network, view.work.taught(view.digits)
    left = found.duels if view.kind == "duels" else found.walk
    first, last = (
        Said(answers.astype(np.int8), taught, network)
        for answers in (found.first, left.argmin(axis=1))
    )
    return heaps_of(first, last, view.digits.labels)
