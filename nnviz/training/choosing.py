"""Which engine learns a run."""

from nnviz.data.digits import DigitSet
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.training.learner import Learner


def make_learner(network: Network, settings: Settings, layout: Layout, digits: DigitSet) -> Learner:
    """What learns the training digits of a run from these weights on."""
    # torch is imported only where it learns: it takes seconds, and hundreds of megabytes
    from nnviz.training.with_torch.learner import TorchLearner

    return TorchLearner(network, settings, layout, digits)
