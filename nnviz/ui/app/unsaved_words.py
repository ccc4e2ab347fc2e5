"""What is said of networks that no file holds, before something closes them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nnviz.networks.designs import DESIGNS
from nnviz.session.state import State
from nnviz.session.work import Work
from nnviz.ui.pages.estimate_words import share_of
from nnviz.words import number, tr, tr_n
from nnviz.writing import folder_in_words

UNSAVED = tr("Networks in no file")
UNSAVED_COLUMNS = (tr("network"), tr("design"), tr("test accuracy"), tr("epochs"))
SAVE_ONE, SAVE_TICKED, SAVE_ALL = tr("Save…"), tr("Save ticked…"), tr("Save all…")
SAVE_TICKED_TIP = tr("Save what is ticked; the rest stays in the list.")
SAVE_ALL_TIP = tr("Save all of them in one folder, each in a file of its own.")
SAVE_FOLDER = tr("Folder to save the networks in")
DROP_TIP = tr("Nothing of what is listed is kept.")
DROP_TICKED_TIP = tr("Nothing of what is ticked is kept; the rest stays in the list.")
KEEP_ALL_TIP = tr("Nothing is closed, nothing is dropped (Esc).")


@dataclass(frozen=True)
class Ending:
    """Something that closes networks."""

    headline: Callable[[int], str]
    """Of how many no file holds, and what becomes of them."""
    drop: str
    """Doing it without saving any of them."""


def _closing_nnviz(count: int) -> str:
    return tr_n(
        "{count} network is in no file, and nnviz is about to close.",
        "{count} networks are in no file, and nnviz is about to close.",
        count,
    )


def _opening_digits(count: int) -> str:
    return tr_n(
        "{count} network is in no file, and closes when other digits are opened.",
        "{count} networks are in no file, and close when other digits are opened.",
        count,
    )


def _closing_network(count: int) -> str:
    return tr_n(
        "{count} network is in no file, and is about to close.",
        "{count} networks are in no file, and are about to close.",
        count,
    )


CLOSE_ALL = Ending(_closing_nnviz, tr("Close without saving"))
CLOSE_NETWORK = Ending(_closing_network, tr("Close without saving"))
OPEN_DIGITS = Ending(_opening_digits, tr("Open without saving"))


def drop_ticked(count: int) -> str:
    return tr_n("Drop {count} ticked", "Drop {count} ticked", count)


def unsaved_cells(state: State, work: Work) -> tuple[str, str, str]:
    """Design, accuracy and epochs of a network in the list."""
    epochs = work.epochs(state.digits)
    shown = share_of(work.measured) if work.measured else tr("– %")
    return DESIGNS[work.design].label, shown, number(epochs, 1)


def unsaved_row(network: str, design: str, accuracy: str, epochs: str) -> str:
    """The same as one sentence."""
    return tr(
        "{network}, {design}: test accuracy {accuracy}, {epochs} epochs.",
        network=network,
        design=design,
        accuracy=accuracy,
        epochs=epochs,
    )


def saved_several(count: int, folder: Path) -> str:
    return tr_n(
        "Saved {count} network in {folder}.",
        "Saved {count} networks in {folder}.",
        count,
        folder=folder_in_words(folder),
    )
