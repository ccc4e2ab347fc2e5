"""The walk on screen: the steps of the digit, with the detours taken, and what is shown of it."""

from dataclasses import dataclass
from functools import cached_property

from nnviz.networks.layouts import Layout
from nnviz.session.state import State
from nnviz.verdicts.answers import Step
from nnviz.verdicts.branches import Detours, Ends, Next, lost, path, rule


@dataclass(frozen=True, eq=False)
class Walked:
    """One walk or a round of duels, up to a step."""

    state: State
    kind: str
    """One of KINDS."""
    usual: tuple[Step, ...]
    """Every step as the rule takes it."""
    steps: tuple[Step, ...]
    """The same with the detours taken."""
    shown: int
    """How many steps are shown."""
    follow: Next
    detours: Detours

    @property
    def layout(self) -> Layout:
        return self.state.layout

    @property
    def label(self) -> int | None:
        """The true class, where it is known."""
        return self.state.shown_label

    @property
    def names(self) -> tuple[str, ...]:
        return self.state.digits.class_names

    @property
    def duel(self) -> bool:
        return self.kind == "duels"

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def complete(self) -> bool:
        """Whether all steps are shown."""
        return self.shown == self.total

    @property
    def current(self) -> Step | None:
        """The last step shown."""
        return self.steps[self.shown - 1] if self.shown else None

    @property
    def in_play(self) -> tuple[int, ...]:
        """The classes that are left after the steps shown."""
        return self.current.staying if self.current else tuple(range(self.layout.classes))

    @property
    def end(self) -> int:
        return self.steps[-1].staying[0]

    @property
    def usual_end(self) -> int:
        return self.usual[-1].staying[0]

    @property
    def lost(self) -> int:
        """The step at which the true class leaves; 0 if it is the end, or not known."""
        return 0 if self.label is None else lost(self.steps, self.label)

    @cached_property
    def ends(self) -> Ends:
        """Where other ways lead."""
        return Ends(self.follow)

    @property
    def derived(self) -> bool:
        """Whether what is said of the classes in play follows from one score for each class."""
        return not self.layout.heads and self.state.sure_verdict.evidence.derived_pairs


def kind_of(state: State) -> str:
    """The kind of walk on screen."""
    return "duels" if state.reading == "duels" else "walk"


def walked(state: State) -> Walked:
    """The walk that the state asks for, for every design."""
    verdict, kind, classes = state.sure_verdict, kind_of(state), state.digits.classes
    follow = rule(verdict.evidence, kind, state.options)
    usual = verdict.steps if verdict.reading == kind else path(follow, classes)
    steps = path(follow, classes, state.elimination.branch) if state.elimination.branch else usual
    detours = tuple((at, gone) for at, gone in state.elimination.branch if _taken(steps, at, gone))
    shown = len(steps) if state.step is None else min(state.step, len(steps))
    return Walked(state, kind, usual, steps, shown, follow, detours)


def _taken(steps: tuple[Step, ...], at: int, gone: int) -> bool:
    return at <= len(steps) and gone in steps[at - 1].leaving


def heads_that_exist(found: Walked) -> int:
    """Heads the design has, of which a walk visits some; for duels, pairs of classes."""
    classes = found.layout.classes
    return classes * (classes - 1) // 2 if found.duel else 2**classes - classes - 1


def outputs_of_steps(found: Walked, steps: tuple[Step, ...]) -> int:
    """Outputs that the heads of these steps have together."""
    return sum(1 if found.duel else len(step.in_play) for step in steps)
