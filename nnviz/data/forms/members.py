"""The files that a data set may be spread over: beside one another, in folders, in an archive."""

import bz2
import gzip
import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from nnviz.data.idx import DigitsError, reason_of_damage
from nnviz.errors import reason_in_words

DEEPEST = 2
"""Folders inside the one named that are looked through: `MNIST/raw` in torchvision's."""
MOST_LOOKED_AT = 2_000
"""Entries of folders or of an archive; a data set has a few."""
HEAD = 1024
"""Bytes that tell what a file is."""
DAMAGE = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    NotImplementedError,  # a way of packing that zipfile does not know
    RuntimeError,  # a password
    UnicodeError,
)
"""What reading a broken file raises."""
_PACKED: tuple[tuple[bytes, Callable[[IO[bytes]], Any]], ...] = (
    (b"\x1f\x8b", lambda file: gzip.GzipFile(fileobj=file)),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ", lzma.LZMAFile),
)


@dataclass(frozen=True)
class Unpacked:
    """The content of a member, as it is read."""

    stream: IO[bytes]
    share: Callable[[], float]
    """How large a part of it was read, 0..1"""


@dataclass(frozen=True)
class Member:
    """A file on the disk, or one inside a zip archive there."""

    path: Path
    inside: str = ""
    """Its name in the archive; "" for the file itself"""
    folders: tuple[str, ...] = ()
    """Names of the folders that it lies in, below the one that was named"""

    def __str__(self) -> str:
        return f"{self.path}/{self.inside}" if self.inside else str(self.path)

    @property
    def name(self) -> str:
        """Its name without folders."""
        return PurePosixPath(self.inside).name if self.inside else self.path.name

    @contextmanager
    def opened(self) -> Iterator[Unpacked]:
        """Its content, unpacked where it is gzipped or the like. Raises DigitsError for what goes
        wrong in reading it, too."""
        try:
            with ExitStack() as open_files:
                yield self._open(open_files)
        except DAMAGE as error:
            raise DigitsError(
                "{path} cannot be read: {reason}.", path=str(self), reason=reason_of_damage(error)
            ) from error

    def _open(self, open_files: ExitStack) -> Unpacked:
        if self.inside:
            archive = open_files.enter_context(zipfile.ZipFile(self.path))
            size = archive.getinfo(self.inside).file_size
            raw: IO[bytes] = open_files.enter_context(archive.open(self.inside))
        else:
            size = os.path.getsize(self.path)
            raw = open_files.enter_context(self.path.open("rb"))
        begins = raw.read(6)
        raw.seek(0)
        unpack = next((each for magic, each in _PACKED if begins.startswith(magic)), None)
        stream: IO[bytes] = raw if unpack is None else open_files.enter_context(unpack(raw))
        return Unpacked(stream, lambda: min(1.0, raw.tell() / max(1, size)))

    def head(self) -> bytes:
        """How its content begins. Raises DigitsError."""
        with self.opened() as unpacked:
            return unpacked.stream.read(HEAD)


def members_of(path: Path) -> list[Member]:
    """All files of a folder, of the folders in it, or of a zip archive; or the file itself.
    Raises DigitsError."""
    if os.path.isdir(path):
        return _in_folders(path)
    if is_archive(path):
        return _in_archive(path)
    return [Member(path)]


def beside(path: Path) -> list[Member]:
    """All files of the folder that a file lies in, without those of folders there."""
    return _in_folders(path.absolute().parent, deepest=0)


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive of files; one of arrays alone (.npz) is not, nor is what
    else is packed so (.pt)."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [each.filename for each in archive.infolist()[:MOST_LOOKED_AT]]
    except (*DAMAGE, ValueError):
        return False
    endings = {PurePosixPath(name).suffix for name in names}
    return endings not in (set(), {".npy"}) and not any(
        PurePosixPath(name).name == "data.pkl" for name in names
    )


def _in_archive(path: Path) -> list[Member]:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()[:MOST_LOOKED_AT]
    # zipfile cannot tell whether an entry without a name is a folder
    names = [each.filename for each in entries if each.filename and not each.is_dir()]
    found = [Member(path, name, PurePosixPath(name).parts[:-1]) for name in names]
    return [each for each in found if not _hidden(each)]


def _hidden(member: Member) -> bool:
    # __MACOSX: what the archives of a Mac hold besides
    return any(part.startswith((".", "__")) for part in (*member.folders, member.name))


def _in_folders(folder: Path, deepest: int = DEEPEST) -> list[Member]:
    found: list[Member] = []
    waiting: list[tuple[Path, tuple[str, ...]]] = [(folder, ())]
    looked_at = 0
    while waiting:
        here, parts = waiting.pop(0)
        for entry in _entries(here):
            looked_at += 1
            if looked_at > MOST_LOOKED_AT:
                return found
            member = Member(here / entry.name, folders=parts)
            if _hidden(member):
                continue
            if entry.is_file():
                found.append(member)
            elif len(parts) < deepest and entry.is_dir():
                waiting.append((here / entry.name, (*parts, entry.name)))
    return found


def _entries(folder: Path) -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda each: each.name)
    except OSError as error:
        reason = reason_in_words(error)
        raise DigitsError("{path} cannot be read: {reason}.", path=folder, reason=reason) from error


def as_text(unpacked: Unpacked) -> io.TextIOWrapper:
    """The same content as lines of text."""
    return io.TextIOWrapper(unpacked.stream, "utf-8-sig")
