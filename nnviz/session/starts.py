"""Random starts of runs, and the trained hidden layers that some begin on."""

from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import SettingError, Settings
from nnviz.session.state import State, Work


def fresh_work(state: State, settings: Settings, trunk: Network | None = None) -> Work:
    """The random start of a run; on a frozen trunk it takes over the trunk's size.

    `trunk` is the one to begin on (None: that of the network it comes from).

    Raises SettingError if there is no trunk, CodeError if the code has too few words.
    """
    digits = state.digits
    if settings.trunk == "frozen":
        trunk = trunk or trunk_for(state, settings)
        if trunk is not None:
            settings = settings.change(hidden=trunk.hidden, activation=trunk.activation)
    return Work(settings, initial_network(settings, digits.inputs, digits.classes, trunk))


def first_of(state: State, settings: Settings) -> Work:
    """The same, from scratch where there is no trunk yet. Raises CodeError."""
    try:
        return fresh_work(state, settings)
    except SettingError:
        if settings.trunk == "scratch":
            raise
        return fresh_work(state, settings.change(trunk="scratch"))


def trunk_for(state: State, settings: Settings) -> Network | None:
    """The hidden layer to copy: of the network of the design it comes from that learned it
    and was last on screen, else of the trained one."""
    found = [
        work
        for work in (*state.trained.values(), *sorted(state.works, key=lambda w: w.shown))
        if work.design == settings.trunk_from
        and work.learned
        and work.judged_by.trunk == "scratch"
        and work.network.networks == 1
        and work.network.inputs == state.digits.inputs
    ]
    return found[-1].network if found else None


def carried(settings: Settings) -> dict[str, int]:
    """Settings that belong to the session rather than to a design."""
    return {name: getattr(settings, name) for name in ("seed", "speed", "images")}
