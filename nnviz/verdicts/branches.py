"""Walks that leave the way of the rule: where would it end had another class left?"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from nnviz.verdicts.answers import Options, Step
from nnviz.verdicts.evidence import Evidence
from nnviz.verdicts.walks import one_duel, one_step

KINDS = ("walk", "duels")
"""The readings under which classes leave until one is left."""
Detours = tuple[tuple[int, int], ...]
"""(number of the step from 1, the class that leaves there instead), in order"""
Next = Callable[[tuple[int, ...]], Step]
"""Classes in play -> the step that the rule takes from there."""


def rule(evidence: Evidence, kind: str, options: Options) -> Next:
    """What one of KINDS does with the classes in play, for the first image."""
    if kind == "duels":
        return lambda in_play: one_duel(evidence, in_play)
    return lambda in_play: one_step(evidence, in_play, options)


def alternatives(step: Step) -> tuple[int, ...]:
    """The classes that could have left instead: all that stay, in a duel the winner."""
    return tuple(each for each in step.staying if not step.rivals or each in step.rivals)


def instead(step: Step, gone: int) -> Step:
    """The step in which a class leaves in place of the likeliest of those that leave."""
    scores = dict(zip(step.in_play, step.scores, strict=True))
    spared = max(step.leaving, key=lambda each: scores[each])
    leaving = sorted({*step.leaving, gone} - {spared})
    return replace(step, leaving=tuple(leaving))


def path(follow: Next, classes: int, detours: Detours = ()) -> tuple[Step, ...]:
    """The steps from all classes to one; a detour that cannot be taken is passed over."""
    in_play, steps, forced = tuple(range(classes)), list[Step](), dict(detours)
    while len(in_play) > 1:
        step = follow(in_play)
        gone = forced.get(len(steps) + 1, -1)
        steps.append(instead(step, gone) if gone in alternatives(step) else step)
        in_play = steps[-1].staying
    return tuple(steps)


class Ends:
    """Where the rule leads from any classes in play; each set is asked once."""

    def __init__(self, follow: Next) -> None:
        self._follow = follow
        self._known: dict[tuple[int, ...], int] = {}

    def of(self, in_play: tuple[int, ...]) -> int:
        """The class that is left in the end."""
        met = []
        while len(in_play) > 1 and in_play not in self._known:
            met.append(in_play)
            in_play = self._follow(in_play).staying
        end = in_play[0] if len(in_play) == 1 else self._known[in_play]
        self._known |= dict.fromkeys(met, end)
        return end

    def beside(self, step: Step) -> dict[int, int]:
        """For each class that could have left instead, the end."""
        return {gone: self.of(instead(step, gone).staying) for gone in alternatives(step)}


def place(step: Step, one: int) -> int:
    """How many classes in play are at least as likely, itself included; 0 if it is out."""
    if one not in step.in_play:
        return 0
    own = step.scores[step.in_play.index(one)]
    return sum(score >= own for score in step.scores)


def lost(steps: Sequence[Step], one: int) -> int:
    """The number of the step from 1 at which a class leaves; 0 if it is the answer."""
    return next((number for number, step in enumerate(steps, 1) if one in step.leaving), 0)
