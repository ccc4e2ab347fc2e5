"""The training digits nearest to the digit on screen."""

from nnviz.questions.neighbours import FindNeighbours, Neighbours
from nnviz.session.answers import Answers
from nnviz.session.state import State
from nnviz.session.store import Store


class NearestDigits:
    """Finds the neighbours of each digit once for each network."""

    def __init__(self, store: Store, answers: Answers) -> None:
        self._store = store
        self._answers = answers

    def ask(self) -> None:
        """Asks for the neighbours of the digit on screen."""
        self._answers.get(_question(self._store.state))

    @property
    def found(self) -> Neighbours | None:
        """The neighbours of the digit on screen, by the newest weights asked about."""
        wanted = _question(self._store.state)
        known = self._answers.newest(wanted)
        if known is None or known.question.put_to(wanted.subject) != wanted:
            return None  # of another digit
        return known.result


def _question(state: State) -> FindNeighbours:
    return FindNeighbours(state.asked(), state.pixels.tobytes())
