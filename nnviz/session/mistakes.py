"""The digits of the lists on the Mistakes page, and the way through them."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from nnviz.questions.disagreeing import cell_of, misses
from nnviz.questions.judged import Judged
from nnviz.questions.listing import Said, listed
from nnviz.session.judging import Judgements
from nnviz.session.state import State
from nnviz.session.store import Store
from nnviz.verdicts.answers import NOT_A_DIGIT

Numbers = NDArray[np.intp]
Known = Mapping[str, Judged]
"""Design -> what its network said of the test digits in use"""


class MistakesListed:
    """Knows which digits are listed, and shows one after the other."""

    def __init__(self, store: Store, judgements: Judgements) -> None:
        self._store = store
        self._judgements = judgements

    def listed(self, which: str = "") -> Numbers | None:
        """(digits,): numbers of the test digits of one of LISTS, in its order ("": the one last
        looked at); None where what it needs is not judged yet."""
        state = self._store.state
        judgements = self._judgements
        return LISTS[which or state.mistakes.list_shown](state, judgements.known, judgements.said)

    def walk(self, direction: int) -> bool:
        """Shows the next (1) or previous (-1) digit of the list, from the one on screen; the
        first or last one if that is not listed. -> whether any is listed."""
        images = self.listed()
        if images is None or not len(images):
            return False
        here = np.flatnonzero(images == self._store.state.test_digit)
        start = int(here[0]) if len(here) else -1 if direction > 0 else 0
        self._store.change(image=int(images[(start + direction) % len(images)]), output=None)
        return True


def designs_compared(state: State) -> tuple[str, str]:
    """The two designs chosen, as far as they have networks; the second is "" if there is none."""
    known, wanted = tuple(state.representatives), state.mistakes.disagreement
    first = wanted.first if wanted.first in known else state.design
    others = [design for design in (wanted.second, state.baseline, *known) if design in known]
    return first, next((design for design in others if design != first), "")


def _asked_for(state: State, _: Known, said: Said | None) -> Numbers | None:
    return None if said is None else listed(state.mistakes.listing, said)


def _disagreed_on(state: State, known: Known, _: Said | None) -> Numbers | None:
    wanted, labels = state.mistakes.disagreement, state.digits.labels
    right = {design: judged.answers == labels for design, judged in known.items()}
    first, second = designs_compared(state)
    if wanted.missed is not None and right:
        return np.flatnonzero(misses(list(right.values())) == wanted.missed)
    if first in right and second in right:
        return np.flatnonzero(cell_of(right[first], right[second], wanted.cell))
    return None


def _refused_or_kept(state: State, known: Known, _: Said | None) -> Numbers | None:
    own = known.get(state.design)
    if own is None:
        return None
    answered = (own.answers != NOT_A_DIGIT) & (own.chances >= state.mistakes.trust.threshold)
    stay = answered & (own.answers != state.digits.labels)
    images: Numbers = np.flatnonzero(stay if state.mistakes.trust.listed == "kept" else ~answered)
    return images[np.argsort(-own.chances[images], kind="stable")]


LISTS: Mapping[str, Callable[[State, Known, Said | None], Numbers | None]] = {
    "confusion": _asked_for,
    "disagree": _disagreed_on,
    "unsure": _refused_or_kept,
}
"""View -> the digits that it lists, the surest first where it sorts by that."""
