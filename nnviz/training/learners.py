"""Which learner trains a run."""

from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.networks.settings import Settings
from nnviz.training.gradient import Learner
from nnviz.training.side_by_side import SideBySide


def make_learner(network: Network, settings: Settings, layout: Layout) -> Learner | SideBySide:
    """Side by side where networks of their own learn from digits of their own."""
    if settings.trunk == "scratch" and _digits_of_their_own(settings, layout):
        return SideBySide(network, settings.cost, layout)
    return Learner(network, settings.cost, layout, frozen=settings.trunk == "frozen")


def _digits_of_their_own(settings: Settings, layout: Layout) -> bool:
    if len(layout.networks) > layout.network_count:
        return False
    several = layout.network_count > 1
    balanced = "balance" in DESIGNS[settings.design].uses and settings.balance != "all"
    return balanced or (several and not layout.asks_all)
