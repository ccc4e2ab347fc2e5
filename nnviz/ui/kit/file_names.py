"""Names of files that say what they hold, as the dialogs propose them and as dragged ones do."""

import re
import unicodedata
from pathlib import Path

from PySide6.QtCore import QMimeData

from nnviz.networks.foreign.arrays import may_be_network
from nnviz.networks.foreign.kinds import NETWORK_ENDINGS
from nnviz.session.state import State

PARTED = re.compile(r"[^a-z0-9]+")
UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
"""Signs that a system does not take in the name of a file."""
LONGEST = 80
"""Letters of a name without its ending."""


def network_in(dragged: QMimeData) -> Path | None:
    """The file that is dragged, if it is called like a network of any program."""
    urls = dragged.urls() if dragged.hasUrls() else []
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    ending = path.suffix.lower()
    of_network = ending in NETWORK_ENDINGS and (ending != ".npz" or may_be_network(path))
    return path if of_network else None


def name_of(*parts: str) -> str:
    """nnviz-votes-all-pairs: the parts as plain letters, each once."""
    plain = (unicodedata.normalize("NFKD", part).encode("ascii", "ignore") for part in parts)
    words = [PARTED.sub("-", part.decode().lower()).strip("-") for part in plain]
    return "-".join(["nnviz", *dict.fromkeys(word for word in words if word)])[:LONGEST].strip("-")


def picture_name(state: State, picture: str = "") -> str:
    """Of what is on screen: page, picture, design, digit and the moment of the film."""
    seen = state.here
    digit = f"digit-{state.image}" if state.page != "draw" else ""
    moment = "" if state.moment is None else f"moment-{state.moment}"
    view = state.views.get(state.page, "")
    return name_of(state.page, view, picture, seen.design, digit, moment)


def network_name(state: State) -> str:
    """Of the network on screen: what the user calls it, else design, hidden neurons and epochs."""
    work = state.work
    named = " ".join(UNFIT.sub(" ", work.name).split()).strip(" .")
    if named:
        return named[:LONGEST]
    size = "" if work.network.front is not None else f"{work.network.hidden}-hidden"
    return name_of(work.design, size, _epochs(state))


def film_name(state: State) -> str:
    """Of its film."""
    return name_of("film", state.work.design, _epochs(state))


def digits_name(state: State) -> str:
    """Of the digits listed on the Mistakes page."""
    return name_of("digits", state.mistakes.list_shown, state.design, state.digits.name)


def _epochs(state: State) -> str:
    return f"{round(state.work.epochs(state.digits))}-epochs"
