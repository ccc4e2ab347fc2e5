"""What the networks that are compared say of all test digits, the digits of the lists on
the Mistakes page, and the way through them."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

import numpy as np

from nnviz.data.arrays import Bools, Floats, Indices
from nnviz.networks.designs import BITS, ONE_NETWORK
from nnviz.questions.bits_apart import binary_words, bits_apart
from nnviz.questions.judged import Judge, Judged
from nnviz.questions.listing import (
    ANY,
    EVERY,
    SHOWN,
    AllSaid,
    cell_of,
    listed,
    misses,
    only_these,
)
from nnviz.questions.reliability import ALL_ANSWERS, SurveyOutputs
from nnviz.questions.saying_yes import SAYING, saying
from nnviz.session.answers import Answers
from nnviz.session.entrants import design_of, name_now
from nnviz.session.state import State, Work
from nnviz.session.store import Store
from nnviz.verdicts.answers import NOT_A_DIGIT
from nnviz.verdicts.readings import READINGS

Everyone = Mapping[str, Judged]
"""Entrant -> what it said of the test digits in use"""
Found = TypeVar("Found")


class Judgements:
    """Has every entrant judged once, and again where it has changed."""

    def __init__(self, store: Store, answers: Answers) -> None:
        self._store = store
        self._answers = answers
        self._said: AllSaid | None = None

    def ask(self) -> None:
        """Asks all test digits about every entrant, that on screen first."""
        state = self._store.state
        for name in dict.fromkeys((state.design, *state.entrants)):
            if self.work(name).learned:
                self._answers.get(self._question(name))

    def of(self, name: str) -> Judged | None:
        """What an entrant last said of all test digits, as it is read now."""
        state = self._store.state
        if name not in state.entrants:
            return None
        known = self._answers.newest(self._question(name))
        if known is None or (known.about.reading, known.about.options) != state.read_as(name):
            return None
        return known.result

    @property
    def missing(self) -> tuple[str, ...]:
        """The entrants that learned whose answers are still to come."""
        return tuple(
            name
            for name in self._store.state.entrants
            if self.work(name).learned and self.of(name) is None
        )

    def work(self, name: str) -> Work:
        """The network that is judged as an entrant: on screen, the one seen."""
        state = self._store.state
        return state.seen if name == state.design else state.entrants[name]

    @property
    def said(self) -> AllSaid | None:
        """What is known of all test digits, seen from the entrant whose mistakes are listed."""
        state, everyone = self._store.state, self.known
        whose = whose_mistakes(state)
        name = whose if whose in state.entrants else state.design
        own = everyone.get(name)
        if own is None:
            return None
        counted = among(everyone, state.alike_to(name))
        last, rejects = self._said, READINGS[state.read_as(name)[0]].rejects
        if last is None or last.own is not own or last.everyone != counted:
            left_out = len(state.entrants) - len(state.alike_to(name))
            labels = state.digits.labels
            last = self._said = AllSaid(own, counted, labels, rejects, left_out)
        return last

    @property
    def known(self) -> Everyone:
        """Entrant -> what it said of the test digits in use, that on screen first."""
        state = self._store.state
        names = dict.fromkeys((state.design, *state.entrants))
        found = {name: self.of(name) for name in names}
        images = len(state.digits.labels)
        return {name: each for name, each in found.items() if each and len(each.answers) == images}

    def _question(self, name: str) -> Judge:
        state, read = self._store.state, self._store.state.read_as(name)
        shown = name == state.design
        return Judge(state.asked(*read) if shown else self.work(name).asked(*read))


class MistakesListed:
    """Knows which digits are listed, and shows one after the other."""

    def __init__(self, store: Store, judgements: Judgements) -> None:
        self._store = store
        self._judgements = judgements

    def listed(self, which: str = "") -> Indices | None:
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


def among(known: Mapping[str, Found], names: Collection[str]) -> Mapping[str, Found]:
    """What is known of some entrants."""
    return {name: found for name, found in known.items() if name in names}


def whose_mistakes(state: State) -> str:
    """Whose mistakes are listed: SHOWN, ANY, EVERY or an entrant, as it is called now."""
    whose = state.mistakes.listing.whose
    return whose if whose in (ANY, EVERY) else name_now(whose, state.entrants) or SHOWN


def designs_compared(state: State) -> tuple[str, str]:
    """The two entrants chosen, as far as they are there; the second is "" if there is none, and
    one that can be compared with the first if none is chosen: before other designs one of the
    same."""
    known, wanted = tuple(state.entrants), state.mistakes.disagreement
    first = name_now(wanted.first, state.entrants) or state.design
    alike = state.alike_to(first)
    same = [name for name in known if design_of(name) == design_of(first)]
    likely = sorted((*same, state.base, *known), key=lambda name: name not in alike)
    others = [name for name in (name_now(wanted.second, state.entrants), *likely) if name in known]
    return first, next((name for name in others if name != first), "")


def _counted(state: State, known: Everyone) -> Bools:
    """(images,): the test digits that are counted where designs disagree."""
    said = [judged.answers for judged in known.values()]
    return only_these(state.mistakes.listing.cells, state.digits.labels, said)


def apart_compared(state: State) -> tuple[str, str]:
    """The two entrants whose mistakes are sorted by bits, as far as they are there ("" for none);
    the second one can be compared with the first."""
    known, wanted = tuple(state.entrants), state.mistakes.apart
    chosen = [name_now(name, state.entrants) for name in (wanted.upper, wanted.lower)]
    upper = next((each for each in (chosen[0], BITS, *known) if each in known), "")
    likely = (chosen[1], ONE_NETWORK, *known)
    alike = state.alike_to(upper)
    return upper, next((each for each in likely if each in alike and each != upper), "")


def words_apart(state: State, upper: str) -> Bools:
    """(bits, classes): the code words that mistakes are sorted by: those of the first of the two,
    if it writes bits, else binary numbers."""
    work = state.entrants.get(upper)
    if work is not None:
        layout = work.layout(state.digits.classes)
        if layout.has_bits and (layout.words != 0).all():
            return np.asarray(layout.words > 0)
    return binary_words(state.digits.classes)


def _asked_for(state: State, _: Everyone, said: AllSaid | None) -> Indices | None:
    return None if said is None else listed(state.mistakes.listing, said)


def _disagreed_on(state: State, known: Everyone, _: AllSaid | None) -> Indices | None:
    wanted, labels = state.mistakes.disagreement, state.digits.labels
    first, second = designs_compared(state)
    right = {name: judged.answers == labels for name, judged in known.items()}
    counted = among(right, state.alike_to(first))
    if wanted.missed is not None and counted:
        found = misses(list(counted.values())) == wanted.missed
        return np.flatnonzero(found & _counted(state, among(known, counted)))
    if first in right and second in right:
        found = cell_of(right[first], right[second], wanted.cell)
        return np.flatnonzero(found & _counted(state, among(known, (first, second))))
    return None


def _bits_apart(state: State, known: Everyone, _: AllSaid | None) -> Indices | None:
    wanted, two = state.mistakes.apart, apart_compared(state)
    judged = known.get(two[wanted.row])
    if judged is None:
        return None
    apart = bits_apart(judged.answers, state.digits.labels, words_apart(state, two[0]))
    return np.flatnonzero(apart == wanted.apart)


def _refused_or_kept(state: State, known: Everyone, _: AllSaid | None) -> Indices | None:
    own, by_yes = known.get(state.design), state.mistakes.trust.by_yes
    if own is None or (by_yes and own.outputs is None):
        return None
    sure = own.sureness(state.mistakes.trust.by_shares)
    if by_yes and own.outputs is not None:
        found = np.flatnonzero(saying(own.outputs) == SAYING.index(by_yes))
        return found[np.argsort(-sure[found], kind="stable")]
    answered = (own.answers != NOT_A_DIGIT) & (sure >= state.mistakes.trust.threshold)
    stay = answered & (own.answers != state.digits.labels)
    images: Indices = np.flatnonzero(stay if state.mistakes.trust.listed == "kept" else ~answered)
    return images[np.argsort(-sure[images], kind="stable")]


def _in_bin(state: State, known: Everyone, _: AllSaid | None) -> Indices | None:
    wanted, trust = state.mistakes.trust.bin, state.mistakes.trust
    if wanted is None:
        return np.zeros(0, np.intp)
    judged = known.get(name_now(wanted.design, state.entrants) or state.design)
    if judged is None:
        return None
    if wanted.output == ALL_ANSWERS:
        said = judged.sureness(trust.shares)
        found = np.flatnonzero(wanted.holds(said) & (judged.answers != NOT_A_DIGIT))
    else:
        everything = said_by_outputs(state, judged)
        if everything is None or wanted.output >= everything.shape[1]:
            return None
        said = everything[:, wanted.output]
        found = np.flatnonzero(wanted.holds(said) & ~np.isnan(said))
    return found[np.argsort(-said[found], kind="stable")]


def said_by_outputs(state: State, judged: Judged) -> Floats | None:
    """(images, outputs): what each output of the design on screen says of every test digit, NaN
    where it is not asked; None until that is known."""
    if judged.outputs is not None:
        return judged.outputs
    asked = state.here.work.asked(options=state.options)
    found = state.answers.newest(SurveyOutputs(asked))
    return None if found is None else found.result.said


LISTS: Mapping[str, Callable[[State, Everyone, AllSaid | None], Indices | None]] = {
    "confusion": _asked_for,
    "disagree": _disagreed_on,
    "unsure": _refused_or_kept,
    "confidence": _in_bin,
    "bits": _bits_apart,
}
"""View -> the digits that it lists, the surest first where it sorts by that."""
