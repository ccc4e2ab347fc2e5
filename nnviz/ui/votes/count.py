"""The votes of the digit on screen, counted up to the step shown."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.digits import ShownDigits
from nnviz.questions.votes import RULES, VoteSurvey, answers_by_rule
from nnviz.session.known import Known
from nnviz.session.state import State, Work
from nnviz.ui.pages.own_kind import OwnKindSeen
from nnviz.ui.pages.page import MOVING
from nnviz.verdicts.answers import Step
from nnviz.verdicts.verdict import Verdict

Pair = tuple[int, int]


def rule_of(state: State) -> str:
    """The rule in use: the reading chosen, that of the design, or the first of RULES."""
    wanted = (state.reading, state.shown_reading)
    return next((reading for reading in wanted if reading in RULES), RULES[0])


def verdict_by_rule(state: State) -> Verdict:
    """What the rule makes of the pairs, also where the design itself is read otherwise."""
    return replace(state.sure_verdict, reading=rule_of(state))


@dataclass(frozen=True)
class VotesSeen:
    """All that the page shows of a state."""

    own_kind: OwnKindSeen | None
    untrained: bool
    running: bool
    engine: str
    design: str
    digits: ShownDigits
    pixels: Bytes
    label: int | None
    asked: int
    """The class whose test digits are asked about."""
    rule: str
    """One of RULES."""
    step: int | None
    pair: Pair | None
    """The two classes selected."""
    shown: str
    """The votes of this digit, or of all: one of words.VIEWS."""
    lecturing: bool
    hidden: bool
    """Whether nothing may tell what the votes come to, so that none is counted."""
    roomy: bool
    """Whether buttons of single pairs have room; the matrix leads to each of them too."""
    found: Known[VoteSurvey] | None
    when: str
    """At which point of its run the network was asked."""
    seen: Work = field(metadata=MOVING)
    """The network on screen, or a moment of its film."""
    verdict: Verdict = field(metadata=MOVING)
    broken: bool = field(metadata=MOVING)

    @property
    def names(self) -> tuple[str, ...]:
        return self.digits.class_names

    @property
    def survey(self) -> VoteSurvey | None:
        """What all test digits said."""
        return None if self.found is None else self.found.result


@dataclass(frozen=True, eq=False)
class Count:
    """A verdict seen up to a step."""

    verdict: Verdict
    done: int
    """Steps counted."""
    answers: tuple[int, ...]
    """The answer by each of RULES."""

    @property
    def rule(self) -> str:
        return self.verdict.reading

    @property
    def duels(self) -> bool:
        """Whether classes leave one by one."""
        return self.rule == "duels"

    @property
    def classes(self) -> int:
        return self.verdict.evidence.layout.classes

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.verdict.steps

    @property
    def complete(self) -> bool:
        return self.done == len(self.steps)

    @property
    def last(self) -> Step | None:
        """The step counted last."""
        return self.steps[self.done - 1] if self.done else None

    @property
    def scores(self) -> dict[int, float]:
        """Class -> its total so far; in duels, how many duels it has stayed for."""
        if self.duels:
            return self._survived()
        if self.last is None:
            return {}
        return dict(zip(self.last.in_play, self.last.scores, strict=True))

    def _survived(self) -> dict[int, float]:
        stayed = dict.fromkeys(range(self.classes), float(self.done))
        for number, step in enumerate(self.steps[: self.done]):
            stayed |= dict.fromkeys(step.leaving, float(number))
        return stayed

    @property
    def ranking(self) -> tuple[int, ...]:
        """The classes, the largest total first, of equal ones the answer first once it is known."""
        scores, answer = self.scores, self.verdict.answer if self.complete else -1
        everyone: Iterable[int] = range(self.classes)
        return tuple(sorted(everyone, key=lambda each: (-scores.get(each, -1), each != answer)))

    @property
    def leaders(self) -> tuple[int, ...]:
        """The classes with the largest total, in their order."""
        scores = self.scores
        best = max(scores.values(), default=0.0)
        return tuple(
            each for each in sorted(scores) if np.isclose(scores[each], best, rtol=0, atol=1e-9)
        )

    @property
    def first(self) -> int | None:
        """Who is ahead, if anybody is alone."""
        if self.complete:
            return self.verdict.answer
        return self.leaders[0] if self.done and len(self.leaders) == 1 else None

    @property
    def second(self) -> int | None:
        """Who is next to the answer, once it is known."""
        return self.verdict.runner_up if self.complete else None

    @property
    def others(self) -> dict[int, list[str]]:
        """Answer -> the rules that give it, of those that give another one than this rule."""
        found: dict[int, list[str]] = {}
        for rule, answer in zip(RULES, self.answers, strict=True):
            if answer != self.verdict.answer:
                found.setdefault(answer, []).append(rule)
        return found

    @property
    def pair(self) -> Pair:
        """The two classes to look at while the user has chosen none; never ahead of the count."""
        if self.complete:
            return self.verdict.answer, self.verdict.runner_up
        if self.duels:
            low, high = self.steps[max(0, self.done - 1)].rivals
            return low, high
        return self.ranking[0], self.ranking[1]


def count(view: VotesSeen) -> Count:
    """The votes up to the step that is shown."""
    verdict = replace(view.verdict, reading=view.rule)
    total = len(verdict.steps)
    done = total if view.step is None else min(view.step, total)
    answers = tuple(answers_by_rule(verdict.evidence)[0].tolist())
    return Count(verdict, done, answers)


def selected_pair(view: VotesSeen, counted: Count) -> Pair:
    """The two classes whose evidence is shown."""
    return view.pair or counted.pair
