"""Which files of a folder, at any depth, are pictures, and what the others are."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nnviz.data.idx import DigitsError
from nnviz.data.picture_folders import is_shown
from nnviz.data.picture_kinds import HEAD, SUFFIXES, format_of, why_unread
from nnviz.errors import reason_in_words
from nnviz.words import commas, tr, tr_n

TABLES = (".csv", ".tsv", ".txt")
"""Files that may hold labels."""
CLASS_NAMES = "classes.json"
NAMED = 5
"""Files that are no pictures and are named; of the others only their number is."""


@dataclass(frozen=True)
class Listing:
    """The files of a folder, in the order of their names, those of folders in it after them."""

    folder: Path
    pictures: list[Path] = field(default_factory=list)
    tables: list[Path] = field(default_factory=list)
    """Text files, one of which may tell labels"""
    left_out: list[str] = field(default_factory=list)
    """Why others are not read, a sentence each"""
    strange: list[str] = field(default_factory=list)
    """Names of those that have nothing to do with pictures"""

    def name_of(self, path: Path) -> str:
        """A path inside the folder, as it is shown."""
        return path.relative_to(self.folder).as_posix()

    def told(self, used: Collection[Path]) -> list[str]:
        """What of the folder is not read, a sentence each; the tables `used` for labels are."""
        unused = [each for each in self.tables if each not in used]
        strange = [*self.strange, *map(self.name_of, unused)]
        return [*self.left_out, *([no_pictures(strange)] if strange else [])]


def no_pictures(names: list[str]) -> str:
    """The sentence about files that are no pictures."""
    return tr_n(
        "{count} file is no picture: {names}.",
        "{count} files are no pictures: {names}.",
        len(names),
        names=commas([*names[:NAMED], *(["…"] if len(names) > NAMED else [])]),
    )


def listed(folder: Path) -> Listing:
    """Looks through a folder and all in it. Raises DigitsError where it cannot be read at all."""
    found = Listing(folder)
    try:
        first = _entries(folder)
    except OSError as error:
        raise DigitsError(_unreadable(folder, error)) from error
    _look(found, first, {os.path.realpath(folder)})
    return found


def _unreadable(folder: Path, error: OSError) -> str:
    return tr("{path} cannot be read: {reason}.", path=folder, reason=reason_in_words(error))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(_visible(entries), key=lambda entry: entry.name)


def _visible(entries: Iterator[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
    for entry in entries:
        if is_shown(entry.name):
            yield entry


def _look(found: Listing, entries: list[os.DirEntry[str]], seen: set[str]) -> None:
    folders = []
    for entry in entries:
        if _is_folder(entry):
            folders.append(Path(entry.path))
        else:
            _sort(found, Path(entry.path))
    for folder in folders:
        real = os.path.realpath(folder)
        if real in seen:
            continue  # a link to what was looked through already
        seen.add(real)
        try:
            inside = _entries(folder)
        except OSError as error:
            found.left_out.append(_unreadable(folder, error))
        else:
            _look(found, inside, seen)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _sort(found: Listing, path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        found.pictures.append(path)
    elif suffix in TABLES:
        found.tables.append(path)
    elif path.name != CLASS_NAMES:
        _sort_by_content(found, path)


def _sort_by_content(found: Listing, path: Path) -> None:
    head = _head_of(path)
    unread = why_unread(head, str(path))
    if unread:
        found.left_out.append(unread)
    elif format_of(head):
        found.pictures.append(path)
    else:
        found.strange.append(found.name_of(path))


def _head_of(path: Path) -> bytes:
    """How a file begins; nothing where that cannot be seen."""
    if not path.is_file():  # a pipe would wait
        return b""
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""
