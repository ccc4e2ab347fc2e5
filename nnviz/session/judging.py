"""What the networks that stand for the designs say of all test digits: asked for, and kept."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from nnviz.questions.judged import Judge, Judged
from nnviz.questions.listing import Said
from nnviz.session.answers import Known
from nnviz.session.inquiring import Inquiring
from nnviz.session.state import State, Work
from nnviz.session.work import PLAIN
from nnviz.training.engine import Engine
from nnviz.verdicts.answers import Options
from nnviz.verdicts.readings import READINGS

PAUSE = 1.0
"""Seconds between two questions about a run that goes on."""
MOST_KEPT = 16
"""Answers kept; those of one network to 10,000 digits take about a megabyte."""


@dataclass(frozen=True)
class _Asked:
    question: Judge
    at: float
    answered: bool = False


class Judging(Inquiring):
    """Has every representative judged once, and again where it has changed."""

    def __init__(
        self, state: State, engine: Engine, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(state, engine)
        self._clock = clock
        self._asked_judged: dict[int, _Asked] = {}  # run -> the newest question
        self._kept: dict[Judge, Known[Judged]] = {}  # the newest last
        self._said: Said | None = None

    def judge(self) -> None:
        """Asks all test digits about the network of every design, that on screen first, unless
        the answer is here or on its way; about a run that goes on, once a second."""
        state = self._state
        if state.engine != "ready":
            return
        for design in dict.fromkeys((state.design, *state.representatives)):
            if self.judged_work(design).learned:
                self._judge(design)

    def judged(self, design: str) -> Judged | None:
        """What the network of a design last said of all test digits, as it is read now."""
        state = self._state
        if design not in state.representatives:
            return None
        known = state.judged.get(self.judged_work(design).run)
        if known is None or (known.about.reading, known.about.options) != self._reading(design):
            return None
        return known.result

    @property
    def unjudged(self) -> tuple[str, ...]:
        """The designs with a trained network whose answers are still to come."""
        return tuple(
            design
            for design in self._state.representatives
            if self.judged_work(design).learned and self.judged(design) is None
        )

    def judged_work(self, design: str) -> Work:
        """The network that is judged for a design that has one: on screen, the one seen."""
        state = self._state
        return state.seen if design == state.design else state.representatives[design]

    @property
    def said(self) -> Said | None:
        """What is known of all test digits, seen from the design whose mistakes are listed."""
        state, everyone = self._state, self.known_judged
        whose = state.listing.whose
        design = whose if whose in state.representatives else state.design
        own = everyone.get(design)
        if own is None:
            return None
        last, rejects = self._said, READINGS[self._reading(design)[0]].rejects
        if last is None or last.own is not own or last.everyone != everyone:
            last = self._said = Said(own, everyone, state.digits.labels, rejects)
        return last

    @property
    def known_judged(self) -> Mapping[str, Judged]:
        """Design -> what its network said of the test digits in use, that on screen first."""
        state = self._state
        designs = dict.fromkeys((state.design, *state.representatives))
        found = {design: self.judged(design) for design in designs}
        images = len(state.digits.labels)
        return {name: each for name, each in found.items() if each and len(each.answers) == images}

    def _reading(self, design: str) -> tuple[str, Options]:
        state = self._state
        if design != state.design:
            return state.representatives[design].readings[0], PLAIN
        reading = state.shown_reading
        return reading, state.options if reading == "walk" else PLAIN

    def _judge(self, design: str) -> None:
        state, read = self._state, self._reading(design)
        shown = design == state.design
        wanted = Judge(state.asked(*read) if shown else self.judged_work(design).asked(*read))
        run, now = wanted.subject.run, self._clock()
        asked = self._asked_judged.get(run)
        if asked is not None and asked.question.is_like(wanted):
            soon = not asked.answered or (state.running and now - asked.at < PAUSE)
            if soon or asked.question.is_same(wanted):
                return
        self._asked_judged[run] = _Asked(wanted, now)
        if wanted in self._kept:
            self._take_judged(wanted, self._kept[wanted].result)
        else:
            self._ask(wanted, partial(self._take_judged, wanted))

    def _take_judged(self, question: Judge, told: Judged) -> None:
        run, network = question.subject.run, question.subject.network
        asked = self._asked_judged.get(run)
        if asked is None or asked.question is not question:
            return
        self._asked_judged[run] = replace(asked, answered=True)
        # what a run said before is of no more use once it has moved on
        self._kept = {
            one: kept
            for one, kept in self._kept.items()
            if kept.run != run or one.subject.network is network
        }
        found = Known(question, told)
        self._kept.pop(question, None)
        self._kept[question] = found
        for one in list(self._kept)[:-MOST_KEPT]:
            del self._kept[one]
        state = self._state
        open_runs = {work.run for work in (*state.works, *state.trained.values())}
        known = {run: judged for run, judged in state.judged.items() if run in open_runs}
        self.change(judged={**known, run: found})

    def _forget_judged(self) -> None:
        """Other digits, or another training process, which knows of no question."""
        self._asked_judged.clear()
        self._kept.clear()
