"""What the networks that stand for the designs say of all test digits."""

from collections.abc import Mapping

from nnviz.questions.judged import Judge, Judged
from nnviz.questions.listing import Said
from nnviz.session.answers import Answers
from nnviz.session.state import Work
from nnviz.session.store import Store
from nnviz.session.work import PLAIN
from nnviz.verdicts.answers import Options
from nnviz.verdicts.readings import READINGS


class Judgements:
    """Has every representative judged once, and again where it has changed."""

    def __init__(self, store: Store, answers: Answers) -> None:
        self._store = store
        self._answers = answers
        self._said: Said | None = None

    def ask(self) -> None:
        """Asks all test digits about the network of every design, that on screen first."""
        state = self._store.state
        for design in dict.fromkeys((state.design, *state.representatives)):
            if self.work(design).learned:
                self._answers.get(self._question(design))

    def of(self, design: str) -> Judged | None:
        """What the network of a design last said of all test digits, as it is read now."""
        if design not in self._store.state.representatives:
            return None
        known = self._answers.newest(self._question(design))
        if known is None or (known.about.reading, known.about.options) != self._reading(design):
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
    def said(self) -> Said | None:
        """What is known of all test digits, seen from the design whose mistakes are listed."""
        state, everyone = self._store.state, self.known
        whose = state.mistakes.listing.whose
        design = whose if whose in state.representatives else state.design
        own = everyone.get(design)
        if own is None:
            return None
        last, rejects = self._said, READINGS[self._reading(design)[0]].rejects
        if last is None or last.own is not own or last.everyone != everyone:
            last = self._said = Said(own, everyone, state.digits.labels, rejects)
        return last

    @property
    def known(self) -> Mapping[str, Judged]:
        """Design -> what its network said of the test digits in use, that on screen first."""
        state = self._store.state
        designs = dict.fromkeys((state.design, *state.representatives))
        found = {design: self.of(design) for design in designs}
        images = len(state.digits.labels)
        return {name: each for name, each in found.items() if each and len(each.answers) == images}

    def _question(self, design: str) -> Judge:
        state, read = self._store.state, self._reading(design)
        shown = design == state.design
        return Judge(state.asked(*read) if shown else self.work(design).asked(*read))

    def _reading(self, design: str) -> tuple[str, Options]:
        state = self._store.state
        if design != state.design:
            return state.representatives[design].readings[0], PLAIN
        reading = state.shown_reading
        return reading, state.options if reading == "walk" else PLAIN
