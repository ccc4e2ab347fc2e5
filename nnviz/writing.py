"""Every file that the program writes is written here: as a whole, or not at all.

No library that is kept up says beforehand what is wrong with a target, follows links and tidies
up after a program that was killed (atomicwrites, the one that was widely used, is abandoned).
"""

import errno
import glob
import os
import re
import stat
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from nnviz.errors import Refusal
from nnviz.words import tr

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Numbers of errors that mean: no room."""
LONGEST_WRITE = 3600.0
"""Seconds after which a part file is nobody's any more, whoever began it."""
NAME_IN_PART = 50
"""Characters of a file's name in that of its part, which must not grow too long itself."""
MACHINE = f"{zlib.crc32(os.uname().nodename.encode()) if hasattr(os, 'uname') else 0:08x}"
PART = re.compile(r"\..+\.(?:([0-9a-f]{8})-(\d{1,9})-)?[0-9a-z_]{8}\.part")
"""Machine and process of a part file; those of older programs name neither."""


class NotSaved(Refusal):
    """A file cannot be written and is as it was; the message is one sentence for the user."""

    def __init__(self, sentence: str, reason: str = "") -> None:
        super().__init__(sentence)
        self.reason = reason
        """The part of the sentence that says why."""


def write(path: Path, content: bytes) -> None:
    """Replaces a file in one move, so that a crash leaves the old one or the new one.

    A link stays, and what it leads to is replaced. The mode of the old file stays too. Raises
    NotSaved.
    """
    with _part(path) as (file, part, target):
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        file.close()
        os.replace(part, target)


def check_writable(path: Path) -> None:
    """Finds out before long work whether its result can be written. Raises NotSaved."""
    with _part(path):
        pass


def append(path: Path, end: int, content: bytes) -> None:
    """Writes on from byte `end` of a file; what an earlier attempt left behind it goes first.

    Without enough room the file ends at `end`. Raises NotSaved.
    """
    with _refusing(path, path.parent), path.open("r+b", buffering=0) as file:
        file.truncate(end)
        file.seek(end)
        written = 0
        try:
            while written < len(content):
                written += file.write(content[written:])
        except OSError:
            file.truncate(end)
            raise


def move(path: Path, target: Path) -> None:
    """Gives a file or folder that is complete its place, over what is there. Raises OSError."""
    os.replace(path, target)


def saved(path: Path) -> str:
    """That a file has been written, and in which folder."""
    folder = folder_in_words(path.parent)
    return tr("Saved {file} in {folder}.", file=path.name, folder=folder)


def folder_in_words(folder: Path) -> str:
    """The whole path of a folder; that of the user is ~."""
    whole = Path(os.path.abspath(folder))
    with suppress(ValueError, RuntimeError):  # elsewhere, or nobody knows where that is
        return str(Path("~") / whole.relative_to(Path.home()))
    return str(whole)


def sweep(folder: Path, name: str = "") -> None:
    """Removes the parts that killed programs left in a folder, or only those of one file."""
    for part in folder.glob(f".{glob.escape(name[:NAME_IN_PART])}*.part"):
        with suppress(OSError):
            if _is_left_over(part):
                part.unlink()


def reason_of(error: OSError, folder: Path) -> str:
    """Why nothing could be written in a folder, in words that go on a sentence."""
    if error.errno in FULL:
        return tr("there is no room for it on the disk of {folder}", folder=folder)
    if error.errno == errno.ENAMETOOLONG:
        return tr("its name is too long")
    if isinstance(error, NotADirectoryError):
        return tr("{folder} is not a folder", folder=folder)
    if isinstance(error, FileNotFoundError) and not os.path.exists(folder):
        return tr("there is no folder {folder}", folder=folder)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return tr("nothing may be written in {folder}", folder=folder)
    return error.strerror or str(error)


@contextmanager
def _part(path: Path) -> Iterator[tuple[BinaryIO, Path, Path]]:
    """A new file beside the target, its path and the target; removed at the end unless it has
    been moved. Raises NotSaved."""
    target = Path(os.path.realpath(path))
    folder = target.parent if os.path.islink(path) else path.parent
    with _refusing(path, folder):
        mode = _checked_mode(path, target)
        sweep(target.parent, target.name)
        owner = f"{MACHINE}-{os.getpid()}-{os.urandom(4).hex()}"
        part = target.with_name(f".{target.name[:NAME_IN_PART]}.{owner}.part")
        try:
            with part.open("xb") as file:
                if mode is not None:
                    part.chmod(mode)
                yield file, part, target
        finally:
            part.unlink(missing_ok=True)


def _checked_mode(path: Path, target: Path) -> int | None:
    """The mode of the file that is there, if one is. Raises NotSaved, OSError."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        raise NotSaved(
            tr("{path} is a folder; name a file to save in.", path=path), tr("it is a folder")
        )
    # moving a file onto a device such as /dev/null would replace the device, and what
    # /dev/stdout leads to may have no name of its own
    if not (stat.S_ISREG(found.st_mode) and os.path.exists(target)):
        raise NotSaved(
            tr("{path} is not a regular file; nothing can be saved there.", path=path),
            tr("it is no regular file"),
        )
    if not os.access(target, os.W_OK):
        raise _not_saved(path, tr("it is write-protected"))
    return stat.S_IMODE(found.st_mode)


@contextmanager
def _refusing(path: Path, folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _not_saved(path, reason_of(error, folder)) from error


def _not_saved(path: Path, reason: str) -> NotSaved:
    sentence = tr(
        "{path} cannot be saved: {reason}; nothing was changed.", path=path, reason=reason
    )
    return NotSaved(sentence, reason)


def _is_left_over(part: Path) -> bool:
    """Whether a file is a part whose program has ended. Raises OSError."""
    match = PART.fullmatch(part.name)
    if match is None:
        return False
    if time.time() - part.stat().st_mtime > LONGEST_WRITE:
        return True
    machine, process = match.groups()
    # other machines may share the disk; on Windows os.kill does not ask, it kills
    return machine == MACHINE and os.name != "nt" and not _lives(int(process))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
