"""The trained hidden layer that a frozen trunk is copied from, on the command line."""

from pathlib import Path

from nnviz.networks.files import load
from nnviz.networks.network import Network
from nnviz.networks.settings import SettingError, Settings
from nnviz.paths import TRAINED


def trunk_of(settings: Settings, file: Path | None, hidden_fixed: bool) -> tuple[Network, Settings]:
    """The network to copy from, and the settings with its size unless that was asked for.

    Raises SettingError if it has several hidden layers or another size than asked for,
    NetworkFileError if the file cannot be read.
    """
    path = file or TRAINED / f"{settings.trunk_from}.safetensors"
    network = load(path).network
    if network.networks > 1:
        raise SettingError(
            f"{path.name} holds {network.networks} networks side by side; a trunk is the hidden "
            "layer of one."
        )
    if hidden_fixed and settings.hidden != network.hidden:
        raise SettingError(
            f"The trunk in {path.name} has {network.hidden} hidden neurons, not "
            f"{settings.hidden}: leave --hidden out."
        )
    return network, settings.change(hidden=network.hidden, activation=network.activation)
