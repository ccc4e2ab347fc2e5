"""What the networks that stand for the designs say of all test digits, the digits of the lists on
the Mistakes page, and the way through them."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

import numpy as np

from nnviz.data.arrays import Bools, Floats, Indices
from nnviz.networks.designs import BITS, ONE_NETWORK
from nnviz.questions.bits_apart import binary_words, bits_apart
from nnviz.questions.judged import Judge, Judged
from nnviz.questions.listing import AllSaid, cell_of, listed, misses, only_these
from nnviz.questions.reliability import ALL_ANSWERS, SurveyOutputs
from nnviz.questions.saying_yes import SAYING, saying
from nnviz.session.answers import Answers
from nnviz.session.state import State, Work
from nnviz.session.store import Store
from nnviz.verdicts.answers import NOT_A_DIGIT
from nnviz.verdicts.readings import READINGS

Everyone = Mapping[str, Judged]
"""Design -> what its network said of the test digits in use"""
Found = TypeVar("Found")


class Judgements:
    """Has every representative judged once, and again where it has changed."""

    def __init__(self, store: Store, answers: Answers) -> None:
        self._store = store
        self._answers = answers
        self._said: AllSaid | None = None

    def ask(self) -> None:
        """Asks all test digits about the network of every design, that on screen first."""
        state = self._store.state
        for design in dict.fromkeys((state.design, *state.representatives)):
            if self.work(design).learned:
                self._answers.get(self._question(design))

    def of(self, design: str) -> Judged | None:
        """What the network of a design last said of all test digits, as it is read now."""
        state = self._store.state
        if design not in state.representatives:
            return None
        known = self._answers.newest(self._question(design))
        if known is None or (known.about.reading, known.about.options) != state.read_as(design):
            return None
        return known.result

    @property
    def missing(self) -> tuple[str, ...]:
        """The designs with a trained network whose answers are still to come."""
        return tuple(
            design
            for design in self._store.state.representatives
            if self.work(design).learned and self.of(design) is None
        )

    def work(self, design: str) -> Work:
        """The network that is judged for a design that has one: on screen, the one seen."""
        state = self._store.state
        return state.seen if design == state.design else state.representatives[design]

    @property
    def said(self) -> AllSaid | None:
        """What is known of all test digits, seen from the design whose mistakes are listed."""
        state, everyone = self._store.state, self.known
        whose = state.mistakes.listing.whose
        design = whose if whose in state.representatives else state.design
        own = everyone.get(design)
        if own is None:
            return None
        counted = among(everyone, state.alike_to(design))
        last, rejects = self._said, READINGS[state.read_as(design)[0]].rejects
        if last is None or last.own is not own or last.everyone != counted:
            left_out = len(state.representatives) - len(state.alike_to(design))
            labels = state.digits.labels
            last = self._said = AllSaid(own, counted, labels, rejects, left_out)
        return last

    @property
    def known(self) -> Everyone:
        """Design -> what its network said of the test digits in use, that on screen first."""
        state = self._store.state
        designs = dict.fromkeys((state.design, *state.representatives))
        found = {design: self.of(design) for design in designs}
        images = len(state.digits.labels)
        return {name: each for name, each in found.items() if each and len(each.answers) == images}

    def _question(self, design: str) -> Judge:
        state, read = self._store.state, self._store.state.read_as(design)
        shown = design == state.design
        return Judge(state.asked(*read) if shown else self.work(design).asked(*read))


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


def among(known: Mapping[str, Found], designs: Collection[str]) -> Mapping[str, Found]:
    """What is known of some designs."""
    return {design: found for design, found in known.items() if design in designs}


def designs_compared(state: State) -> tuple[str, str]:
    """The two designs chosen, as far as they have networks; the second is "" if there is none,
    and one that can be compared with the first if none is chosen."""
    known, wanted = tuple(state.representatives), state.mistakes.disagreement
    first = wanted.first if wanted.first in known else state.design
    alike = state.alike_to(first)
    likely = sorted((state.baseline, *known), key=lambda design: design not in alike)
    others = [design for design in (wanted.second, *likely) if design in known]
    return first, next((design for design in others if design != first), "")


def _counted(state: State, known: Everyone) -> Bools:
    """(images,): the test digits that are counted where designs disagree."""
    said = [judged.answers for judged in known.values()]
    return only_these(state.mistakes.listing.cells, state.digits.labels, said)


def apart_compared(state: State) -> tuple[str, str]:
    """The two designs whose mistakes are sorted by bits, as far as they have networks ("" for
    none); the second one can be compared with the first."""
    known, wanted = tuple(state.representatives), state.mistakes.apart
    upper = next((each for each in (wanted.upper, BITS, *known) if each in known), "")
    likely = (wanted.lower, ONE_NETWORK, *known)
    alike = state.alike_to(upper)
    return upper, next((each for each in likely if each in alike and each != upper), "")


def words_apart(state: State, upper: str) -> Bools:
    """(bits, classes): the code words that mistakes are sorted by: those of the first of the two,
    if it writes bits, else binary numbers."""
    work = state.representatives.get(upper)
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
    right = {design: judged.answers == labels for design, judged in known.items()}
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
    judged = known.get(wanted.design or state.design)
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
