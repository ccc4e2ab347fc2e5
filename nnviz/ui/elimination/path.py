"""The walk on screen: the steps of the digit, with the detours taken, and what is shown of it."""

from dataclasses import dataclass, field
from functools import cached_property
from math import comb

from nnviz.data.arrays import Bytes
from nnviz.data.digits import ShownDigits
from nnviz.networks.designs import sets_to_ask
from nnviz.networks.layouts import Layout
from nnviz.session.state import State
from nnviz.ui.pages.page import MOVING
from nnviz.verdicts.answers import Options, Step
from nnviz.verdicts.branches import Detours, Ends, Next, lost, path, rule
from nnviz.verdicts.verdict import Verdict
from nnviz.verdicts.work_per_answer import walked_multiply_adds


@dataclass(frozen=True)
class WalkSeen:
    """All that a walk on screen depends on."""

    running: bool
    design: str
    run: int
    moment: int | None
    layout: Layout
    digits: ShownDigits
    pixels: Bytes
    label: int | None
    """The true class, where it is known."""
    kind: str
    """One of KINDS."""
    options: Options
    branch: Detours
    step: int | None
    """How many steps are shown (None: all)."""
    pair: tuple[int, int] | None
    lecturing: bool
    hidden: bool
    """Whether nothing may tell the answer, so that no step is shown."""
    verdict: Verdict = field(metadata=MOVING)


@dataclass(frozen=True, eq=False)
class Walked:
    """One walk or a round of duels, up to a step."""

    seen: WalkSeen
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
        return self.seen.layout

    @property
    def label(self) -> int | None:
        """The true class, where it is known."""
        return self.seen.label

    @property
    def names(self) -> tuple[str, ...]:
        return self.seen.digits.class_names

    @property
    def kind(self) -> str:
        """One of KINDS."""
        return self.seen.kind

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
    def ends_told(self) -> bool:
        """Whether it may be said where other ways lead: that tells where this one does."""
        return self.complete or bool(self.detours)

    @property
    def lost(self) -> int:
        """The step at which the true class leaves; 0 if it is the end, or not known."""
        return 0 if self.label is None else lost(self.steps, self.label)

    @cached_property
    def ends(self) -> Ends:
        """Where other ways lead."""
        return Ends(self.follow)

    @property
    def heads_that_exist(self) -> int:
        """Heads the design has, of which a walk visits some; for duels, pairs of classes."""
        classes = self.layout.classes
        return comb(classes, 2) if self.duel else sets_to_ask(classes)

    def outputs(self, steps: int) -> int:
        """Outputs that the heads of the first steps have together."""
        return sum(1 if self.duel else len(step.in_play) for step in self.steps[:steps])

    def multiply_adds(self, outputs: int, heads: int) -> float:
        """Multiplications of a walk of so many heads, which have so many outputs together."""
        network = self.seen.verdict.evidence.network
        return walked_multiply_adds(network, self.layout, outputs, heads)

    @property
    def derived(self) -> bool:
        """Whether what is said of the classes in play follows from one score for each class."""
        return not self.layout.heads and self.seen.verdict.evidence.derived_pairs


def kind_of(state: State) -> str:
    """The kind of walk on screen: the one chosen to look at, else as the digit is read."""
    return state.elimination.kind or ("duels" if state.reading == "duels" else "walk")


def see_walk(state: State) -> WalkSeen:
    """What the walk that the state asks for depends on, for every design."""
    state = state.here
    return WalkSeen(
        verdict=state.sure_verdict,
        running=state.learns,
        design=state.design,
        run=state.run,
        moment=state.moment,
        layout=state.layout,
        digits=state.digits,
        pixels=state.pixels,
        label=None if state.answer_hidden else state.shown_label,
        kind=kind_of(state),
        options=state.options,
        branch=() if state.answer_hidden else state.elimination.branch,
        step=0 if state.answer_hidden else state.step,
        pair=state.pair,
        lecturing=state.lecturing,
        hidden=state.answer_hidden,
    )


def walked(state: State) -> Walked:
    """The walk that the state asks for."""
    return walk_of(see_walk(state))


def walk_of(seen: WalkSeen) -> Walked:
    """The walk that is seen, with its steps."""
    verdict, kind, branch = seen.verdict, seen.kind, seen.branch
    follow = rule(verdict.evidence, kind, seen.options)
    usual = verdict.steps if verdict.reading == kind else path(follow, seen.digits.classes)
    steps = path(follow, seen.digits.classes, branch) if branch else usual
    detours = tuple((at, gone) for at, gone in branch if _taken(steps, at, gone))
    shown = len(steps) if seen.step is None else min(seen.step, len(steps))
    return Walked(seen, usual, steps, shown, follow, detours)


def _taken(steps: tuple[Step, ...], at: int, gone: int) -> bool:
    return at <= len(steps) and gone in steps[at - 1].leaving
