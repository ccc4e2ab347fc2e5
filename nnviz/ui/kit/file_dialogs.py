"""The dialogs that ask for a file or a folder; each begins where the last one of its kind ended."""

import os
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

from nnviz.ui.kit.preferences import preference

FOLDERS = "folders"
"""Group of the settings: what is asked for -> the folder used last."""


def last_folder(about: str) -> str:
    """The folder used last for files of a kind, such as networks or pictures; "" where there is
    none, or it is gone."""
    kept = str(preference(f"{FOLDERS}/{about}", ""))
    return kept if kept and os.path.isdir(kept) else ""


def used(about: str, folder: Path) -> None:
    """Has the next dialog of this kind begin in a folder."""
    QSettings().setValue(f"{FOLDERS}/{about}", str(folder.resolve()))


def ask_open(parent: QWidget | None, about: str, title: str, kinds: str) -> Path | None:
    """Asks for a file that is there; None if the user asks for none."""
    name, _ = QFileDialog.getOpenFileName(parent, title, last_folder(about), kinds)
    return _used(about, name)


def ask_save(
    parent: QWidget | None, about: str, title: str, proposed: str, kinds: str
) -> tuple[Path | None, str]:
    """Asks for a file to write, by a name that is proposed; -> the file, and which of the kinds
    was chosen."""
    folder = last_folder(about)
    first = str(Path(folder) / proposed) if folder else proposed
    name, chosen = QFileDialog.getSaveFileName(parent, title, first, kinds)
    return _used(about, name), chosen


def ask_folder(parent: QWidget | None, about: str, title: str) -> Path | None:
    """Asks for a folder."""
    name = QFileDialog.getExistingDirectory(parent, title, last_folder(about))
    if not name:
        return None
    used(about, Path(name))
    return Path(name)


def _used(about: str, name: str) -> Path | None:
    if not name:
        return None
    used(about, Path(name).parent)
    return Path(name)
