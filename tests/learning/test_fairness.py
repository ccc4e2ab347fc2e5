"""A fair comparison gives one network as many parameters as many have."""

import pytest

from nnviz.networks.designs import DESIGNS
from nnviz.networks.network import fair_hidden, initial_network, parameter_count
from nnviz.networks.settings import Settings

TEN = Settings()


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("hidden", [1, 3, 30])
def test_the_count_is_that_of_the_network(name, hidden):
    settings = Settings().change(design=name).change(trunk="scratch", hidden=hidden)
    network = initial_network(settings, 784, 10)
    assert parameter_count(settings, 784, 10) == network.parameters


def test_ten_networks_of_thirty_match_one_of_about_three_hundred():
    # the table of Nielsen's network: 235,810 parameters against 784-n-10
    ensemble = parameter_count(Settings().change(design="one-vs-rest", hidden=30), 784, 10)
    assert ensemble == 235_810
    hidden = fair_hidden(TEN, 784, 10, ensemble)
    assert hidden == 297
    reached = parameter_count(TEN.change(hidden=hidden), 784, 10)
    assert abs(reached - ensemble) <= 795 / 2


@pytest.mark.parametrize(("wanted", "hidden"), [(0, 1), (10**9, 500)])
def test_the_settings_have_the_last_word(wanted, hidden):
    assert fair_hidden(TEN, 784, 10, wanted) == hidden
