"""Which tile shows which neuron while the choice of neurons changes."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.intp]


def keep_places(shown: Numbers, wanted: Numbers) -> Numbers:
    """The neurons `wanted`, those that are already `shown` in their old places.

    Newcomers take the places of those that leave, the first one the first of them. Both lists
    are of the same length, and name no neuron twice.
    """
    places = shown.copy()
    newcomers = wanted[~np.isin(wanted, shown)]
    places[~np.isin(shown, wanted)] = newcomers
    return places
