"""What the views of all test digits show: what the designs said, and which digits are listed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nnviz.data.digits import ShownDigits
from nnviz.questions.judged import Judged
from nnviz.questions.listing import AllSaid
from nnviz.session.judging import designs_compared
from nnviz.session.session import Session
from nnviz.session.slices import MistakesChoice
from nnviz.session.state import State, Work
from nnviz.ui.pages.page import MOVING
from nnviz.ui.pages.untrained import is_untrained
from nnviz.verdicts.answers import NOT_A_DIGIT_IN_WORDS, Options

WAITING = {
    "ready": "The test digits are being judged ...",
    "starting": "The test digits are still being loaded.",
    "dead": "The test digits are being judged ...",
}
"""What is said until the answers are there."""


@dataclass(frozen=True)
class JudgedSeen:
    """All that these views show of a state."""

    untrained: bool
    running: bool
    engine: str
    design: str
    reading: str
    options: Options
    designs: tuple[str, ...]
    """Those that have a network."""
    compared: tuple[str, str]
    """Two of them; the second is "" if there is none."""
    digits: ShownDigits
    image: int
    mistakes: MistakesChoice
    known: Mapping[str, Judged]
    """Design -> what its network said, that on screen first."""
    missing: tuple[str, ...]
    said: AllSaid | None
    """The same, seen from the design whose mistakes are listed."""
    works: tuple[Work, ...] = field(metadata=MOVING)
    """Those that are asked."""

    def named(self, answer: int) -> str:
        """An answer in words."""
        return self.digits.class_names[answer] if answer >= 0 else NOT_A_DIGIT_IN_WORDS


def see_judged(session: Session, state: State) -> JudgedSeen:
    """What is shown of a state."""
    judgements = session.judgements
    return JudgedSeen(
        untrained=is_untrained(state),
        running=state.running,
        engine=state.engine,
        design=state.design,
        reading=state.shown_reading,
        options=state.options,
        designs=tuple(state.representatives),
        compared=designs_compared(state),
        digits=state.digits,
        image=state.image,
        mistakes=state.mistakes,
        known=judgements.known,
        missing=judgements.missing,
        said=judgements.said,
        works=works_asked(state),
    )


def works_asked(state: State) -> tuple[Work, ...]:
    """The networks that are judged."""
    return state.seen, *state.representatives.values()
