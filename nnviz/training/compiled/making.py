"""Which of the compiled learners serves a run."""

from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.training.compiled.frozen import FrozenLearner
from nnviz.training.compiled.learner import CompiledLearner
from nnviz.training.compiled.subsets import SubsetsLearner
from nnviz.training.learner import Learner


def make_compiled(
    network: Network,
    settings: Settings,
    layout: Layout,
    digits: DigitSet,
    threads: int | None = None,
) -> Learner:
    """A learner of this engine; `threads`: the most that it may use at once, if not what suits."""
    if settings.trunk == "frozen":
        return FrozenLearner(network, settings, layout, digits)
    if layout.heads:
        return SubsetsLearner(network, settings, layout, digits)
    return CompiledLearner(network, settings, layout, digits, threads)
