"""The learner that a run gets."""

import pytest

from nnviz.networks.designs import DESIGNS
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import initial_network
from nnviz.networks.settings import BALANCES, Settings
from nnviz.training.gradient import Learner
from nnviz.training.side_by_side import SideBySide
from nnviz.training.trainer import make_learner

EVERY = [(design, trunk) for design, entry in DESIGNS.items() for trunk in entry.trunks]


def learner_of(settings: Settings):
    trunk = initial_network(Settings(hidden=settings.hidden), 784, 5)
    network = initial_network(settings, 784, 5, trunk)
    return make_learner(network, settings, layout_of(settings, 5))


@pytest.mark.parametrize(("design", "trunk"), EVERY)
def test_only_pairs_from_scratch_see_digits_of_their_own(design, trunk):
    learner = learner_of(Settings().change(design=design, trunk=trunk))
    if (design, trunk) == ("all-pairs", "scratch"):
        assert isinstance(learner, SideBySide)
    else:
        assert isinstance(learner, Learner)
        assert learner.frozen == (trunk == "frozen")


@pytest.mark.parametrize("balance", BALANCES)
def test_networks_with_chosen_negatives_see_digits_of_their_own(balance):
    learner = learner_of(Settings().change(design="one-vs-rest", balance=balance))
    assert isinstance(learner, SideBySide) == (balance != "all")


def test_balance_means_nothing_to_designs_that_do_not_use_it():
    assert isinstance(learner_of(Settings().change(balance="equal")), Learner)
