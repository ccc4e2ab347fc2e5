"""Settings whose weight images are worth comparing: noise, shapes, clearer shapes, arcs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nnviz.networks.settings import Settings

DECAY = 20
"""Weight decay on the 60,000 digits of MNIST; of fewer digits, as much less."""
MNIST = 60_000


@dataclass(frozen=True)
class Setup:
    """One of the runs that are compared."""

    label: str
    help: str
    changes: Mapping[str, Any]
    decays: bool = False


SETUPS: Mapping[str, Setup] = {
    "book": Setup(
        "The book's start",
        "Weights from N(0, 1): the random start is larger than all that is learned, so the "
        "images stay noise.",
        {"initial": "normal"},
    ),
    "small": Setup(
        "Small start",
        "Weights of 1/√fan-in: what is learned can be seen.",
        {"initial": "scaled"},
    ),
    "decay": Setup(
        "Small start, decay",
        "What no digit needs shrinks away: smoother images.",
        {"initial": "scaled"},
        decays=True,
    ),
    "nonnegative": Setup(
        "Only positive, decay",
        "Weights can only be for, never against: arcs and bars, at a price.",
        {"initial": "scaled", "nonnegative": True},
        decays=True,
    ),
}


def settings_of(setup: Setup, base: Settings, digits: int) -> Settings:
    """The settings of one of the runs, for so many training digits; all else as in `base`.

    Raises SettingError.
    """
    # a step shrinks weights by ηλ/N, so that an epoch does the same for any N
    decay = round(DECAY * digits / MNIST, 2) if setup.decays else 0.0
    start = {"nonnegative": False, "trunk": "scratch", "activation": "sigmoid"}
    return base.change(**start | {"decay": decay} | dict(setup.changes))
