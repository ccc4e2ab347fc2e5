"""Fair comparison: as many parameters for one network as for many."""

import dataclasses

from nnviz.networks.layouts import layout_of
from nnviz.networks.settings import SETTINGS, Settings


def parameter_count(settings: Settings, inputs: int, classes: int) -> int:
    """How many numbers learning can change in a network of these settings.

    Raises CodeError if the code has too few words.
    """
    layout = layout_of(settings, classes)
    per_network = settings.hidden * (inputs + 1)
    return layout.network_count * per_network + len(layout.networks) * (settings.hidden + 1)


def fair_hidden(settings: Settings, inputs: int, classes: int, parameters: int) -> int:
    """The number of hidden neurons that brings the parameters closest to those wanted.

    At most what the settings allow: see `parameter_count` for what is then reached.
    """
    one, two = (
        parameter_count(dataclasses.replace(settings, hidden=hidden), inputs, classes)
        for hidden in (1, 2)
    )
    hidden = 1 + round((parameters - one) / (two - one))
    return max(int(SETTINGS["hidden"].low), min(hidden, int(SETTINGS["hidden"].high)))
