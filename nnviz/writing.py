"""Every file that the program writes is written here: as a whole, or not at all.

No library that is kept up says beforehand what is wrong with a target, follows links and tidies
up after a program that was killed (atomicwrites, the one that was widely used, is abandoned).
"""

import errno
import glob
import os
import re
import stat
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from nnviz.errors import Refusal, reason_in_words
from nnviz.paths import user_data
from nnviz.words import tr

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Numbers of errors that mean: no room."""
LONGEST_WRITE = 48 * 3600.0
"""Seconds after which a part file of another computer, whose clock may be a day off, or of a
program of before is nobody's any more."""
DISK_AWAY = 30 * 24 * 3600.0
"""Seconds after which a part file is forgotten whose disk is not there."""
NAME_IN_PART = 50
"""Characters of a file's name in that of its part, which must not grow too long itself."""
MACHINE = f"{zlib.crc32(os.uname().nodename.encode()) if hasattr(os, 'uname') else 0:08x}"
PART = re.compile(r"\..+\.(?:([0-9a-f]{8})-(\d{1,9})-)?[0-9a-z_]{8}\.part")
"""Machine and process of a part file; those of older programs name neither."""
NOTE = re.compile(r"([0-9a-f]{8})-(\d{1,9})-[0-9a-f]{8}")
"""The same of the note that tells where a part file is."""
STILL_ACTIVE = 259
"""What Windows gives as the exit code of a process that lives"""


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
    with suppress(OSError):  # nobody may look into it
        for part in folder.glob(f".{glob.escape(name[:NAME_IN_PART])}*.part"):
            with suppress(OSError):
                if _is_left_over(part):
                    part.unlink()


def sweep_noted() -> None:
    """Removes the parts that killed programs left anywhere, as far as they are noted."""
    with suppress(OSError, RuntimeError):
        for note in _notes().iterdir():
            with suppress(OSError):
                if _is_done_with(note):
                    note.unlink()


def second_name(path: Path, target: Path) -> bool:
    """Gives a file a second name, so that nothing is lost between a first and a second move;
    -> whether the disk can do that."""
    try:
        target.unlink(missing_ok=True)
        os.link(path, target)
    except (OSError, NotImplementedError):
        return False
    return True


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
    return reason_in_words(error)


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
        with _noted(part, owner):
            try:
                with part.open("xb") as file:
                    if mode is not None:
                        part.chmod(mode)
                    yield file, part, target
            finally:
                part.unlink(missing_ok=True)


def _notes() -> Path:
    """The folder of notes where part files are, each named like the owner in the part's name.
    Raises RuntimeError where there is no home."""
    return user_data() / "parts"


@contextmanager
def _noted(part: Path, owner: str) -> Iterator[None]:
    """Notes where a part is while it may be there: a killed program leaves the note, and the next
    start of any program finds the part by it."""
    note = None
    with suppress(OSError, RuntimeError):  # then the next writing of the same file finds it
        folder = _notes()
        folder.mkdir(parents=True, exist_ok=True)
        note = folder / owner
        note.write_bytes(os.fsencode(part.absolute()))
    try:
        yield
    finally:
        if note is not None:
            with suppress(OSError):
                note.unlink()


def _is_done_with(note: Path) -> bool:
    """Removes the part that a note tells of, if its program has ended; -> whether the note is of
    no more use. Raises OSError."""
    owner = NOTE.fullmatch(note.name)
    if owner is None or not note.is_file():
        return False
    machine, process = owner.groups()
    old = time.time() - note.stat().st_mtime > DISK_AWAY
    if machine != MACHINE:  # the same path may lead elsewhere there
        return old
    if _lives(int(process)):
        return False
    with suppress(ValueError):  # a note cut off, as on a full disk: nothing was begun then
        part = Path(os.fsdecode(note.read_bytes()))
        if PART.fullmatch(part.name) and part.name.endswith(f".{note.name}.part"):
            if not (part.parent.exists() or old):
                return False  # perhaps a stick that comes again
            part.unlink(missing_ok=True)
    return True


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
    machine, process = match.groups()
    if machine == MACHINE:
        return not _lives(int(process))
    return time.time() - part.stat().st_mtime > LONGEST_WRITE  # others may share the disk


def _lives(process: int) -> bool:
    if sys.platform == "win32":  # there os.kill does not ask, it kills
        import ctypes

        system = ctypes.windll.kernel32
        found, code = system.OpenProcess(0x1000, False, process), ctypes.c_ulong(STILL_ACTIVE)
        if not found:
            return False
        known = system.GetExitCodeProcess(found, ctypes.byref(code))
        system.CloseHandle(found)
        return not known or code.value == STILL_ACTIVE
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
