"""Which of the compiled learners serves a run."""

from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.training.compiled.learner import CompiledLearner
from nnviz.training.learner import Learner


def make_compiled(
    network: Network, settings: Settings, layout: Layout, digits: DigitSet
) -> Learner:
    """A learner of this engine."""
    return CompiledLearner(network, settings, layout, digits)
