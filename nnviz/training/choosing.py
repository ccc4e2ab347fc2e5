"""What learns a run: decided once, when it begins, and never by a clock."""

from dataclasses import dataclass

from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import Layout
from nnviz.networks.learned_by import BRINGS, COMPILED, TORCH, LearnedBy, of_this_machine
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.questions.firing import MakeFiring
from nnviz.training.engines import EngineMissing, check_device, state_of
from nnviz.training.learner import Learner
from nnviz.training.table import best_engine, kernels_of
from nnviz.words import tr


@dataclass(frozen=True)
class Chosen:
    """An engine for a run."""

    by: LearnedBy
    sentence: str = ""
    """Why it is not the engine that the table names, or that learned before; mostly nothing"""


def choose(settings: Settings, digits: DigitSet, before: LearnedBy | None = None) -> Chosen:
    """The engine for a run; `before` is what learned it so far, which goes on if it can.

    Raises EngineMissing if nothing can learn it.
    """
    if settings.device != "cpu":
        check_device(settings.device)
        return Chosen(of_this_machine(TORCH, settings.device))
    best = best_engine(settings, digits.classes, digits.ink)
    wanted = before.engine if before is not None else best
    kernels = kernels_of(settings, digits.classes)
    state = state_of(wanted, kernels)
    if state.reason:
        other = TORCH if wanted == COMPILED else COMPILED
        instead = state_of(other, kernels)
        if not instead.reason:
            return Chosen(
                of_this_machine(other), _instead(wanted, other, state.reason, before is not None)
            )
        if not (state.works or instead.works):
            raise EngineMissing(
                "Learning needs numba or torch, and neither can be used here ({reason}; {other}).",
                reason=state.reason,
                other=instead.reason,
            )
        wanted = wanted if state.works else other
    return Chosen(of_this_machine(wanted))


def make_learner(
    by: LearnedBy,
    network: Network,
    settings: Settings,
    layout: Layout,
    digits: DigitSet,
    threads: int | None = None,
) -> Learner:
    """What learns the training digits of a run from these weights on.

    `threads`: the most that it may use at once; None for what suits this machine. Either engine
    is imported only where it learns: it takes seconds.
    """
    if by.engine == COMPILED:
        from nnviz.training.compiled.making import make_compiled

        return make_compiled(network, settings, layout, digits, threads)
    from nnviz.training.with_torch.learner import TorchLearner

    return TorchLearner(network, settings, layout, digits)


def quicker_firing(by: LearnedBy) -> MakeFiring | None:
    """What measures a run with what learns it, where that is quicker than products."""
    if by.engine != COMPILED:
        return None
    # numba, which whoever learns with torch does without
    from nnviz.training.compiled.firing import make_firing

    return make_firing


def _instead(wanted: str, other: str, why: str, began: bool) -> str:
    fields = {"wanted": BRINGS[wanted], "other": BRINGS[other], "reason": why}
    if began:
        return tr(
            "This run learned with {wanted}, which cannot be used here ({reason}): it goes on with "
            "{other}, whose last digits differ.",
            **fields,
        )
    return tr(
        "{other} learns in the place of {wanted}, which would be faster and cannot be used here "
        "({reason}).",
        **fields,
    )
