"""What the window remembers from one start to the next, whatever stands in its file.

The file is looked at before Qt reads it: a line that this program cannot have written is left out,
and so is a value that its key cannot have. The file as it was is put aside beside it.
"""

import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from nnviz.words import tr
from nnviz.writing import NotSaved, folder_in_words, move, write

ASIDE = ".unreadable"
"""Ending of the file as it was"""
LARGEST = 1_000_000
"""Bytes; a hundred times what is ever written"""
SECTION = re.compile(r"\[[\w%.-]+\]")
LINE = re.compile(r"[\w%.\\-]+=(?P<value>.*)")
FOREIGN = re.compile(r"@(?!ByteArray\()[A-Za-z]+\(")
"""Values of kinds that are never written here; Qt would make objects of Python of some."""
Fits = Callable[[object], bool]


def _is_number(value: object) -> bool:
    try:
        return abs(float(str(value))) < 1e6
    except ValueError:
        return False


def _is_yes_or_no(value: object) -> bool:
    return str(value).lower() in ("true", "false")


def _is_texts(value: object) -> bool:
    names = value if isinstance(value, list) else [value]
    return all(isinstance(name, str) and "\0" not in name for name in names)


def _is_bytes(value: object) -> bool:
    return isinstance(value, QByteArray)


KNOWN: Mapping[str, Fits] = {
    "geometry": _is_bytes,
    "theme": _is_texts,
    "scale": _is_number,
    "settings-shown": _is_yes_or_no,
    "recent": _is_texts,
    "recent-digits": _is_texts,
    "picture-kind": _is_number,
    "picture-white": _is_yes_or_no,
}
"""Key -> what its value may be; where a key is in no such list, any plain text."""
OF_GROUPS: Mapping[str, Fits] = {"more": _is_yes_or_no, "folders": _is_texts}
"""The same of groups of keys."""


def preference(key: str, usual: Any) -> Any:
    """What is kept under a key, of the kind of `usual`; that where nothing fitting is kept."""
    kept = QSettings().value(key)
    kind = type(usual)
    if kept is None:
        return usual
    if kind is bool:
        return str(kept).lower() == "true" if _is_yes_or_no(kept) else usual
    if kind in (int, float):
        return kind(float(str(kept))) if _is_number(kept) else usual
    if kind is list:
        names = kept if isinstance(kept, list) else [kept]  # a list of one comes back as the one
        return [name for name in names if isinstance(name, str) and name]
    return kept if isinstance(kept, kind) else usual


def put_aside_unreadable() -> str:
    """Makes the file of the preferences one that can be read; -> one sentence where it was not,
    else nothing. To be called before anything is read of it."""
    path = Path(QSettings().fileName())
    if not os.path.lexists(path):
        return ""
    try:
        found = _content(path)
        sound = b"" if found is None else _sound(found)
        # Qt reads only what looks sound
        if found is not None and sound == found and not _unfitting():
            return ""
        _replace(path, sound)
        _leave_out_unfitting(path)
    except (OSError, NotSaved):
        _keep_nothing()
        return tr(
            "{file} in {folder}, where nnviz keeps its preferences, cannot be read or mended: "
            "nnviz starts with the usual ones and keeps none.",
            file=path.name,
            folder=folder_in_words(path.parent),
        )
    return tr(
        "{file} in {folder}, where nnviz keeps its preferences, could not be read as a whole: the "
        "usual ones stand for what was lost, and the file as it was is {aside} beside it.",
        file=path.name,
        folder=folder_in_words(path.parent),
        aside=path.name + ASIDE,
    )


def _content(path: Path) -> bytes | None:
    """None where it is no file, is too large, or may not be read."""
    with suppress(OSError):
        if path.is_file() and path.stat().st_size <= LARGEST:
            return path.read_bytes()
    return None


def _sound(content: bytes) -> bytes:
    """The lines that may have been written here."""
    return b"".join(line for line in content.splitlines(keepends=True) if _is_sound(line))


def _is_sound(line: bytes) -> bool:
    try:
        text = line.decode().strip()
    except UnicodeDecodeError:
        return False
    if not text or text.startswith(";") or SECTION.fullmatch(text):
        return True
    entry = LINE.fullmatch(text)
    return entry is not None and "\0" not in text and FOREIGN.search(entry["value"]) is None


def _unfitting() -> list[str]:
    """The keys whose values they cannot have."""
    kept = QSettings()
    kept.setFallbacksEnabled(False)
    return [key for key in kept.allKeys() if not _rule(key)(kept.value(key))]


def _rule(key: str) -> Fits:
    return KNOWN.get(key) or OF_GROUPS.get(key.partition("/")[0]) or (lambda _: True)


def _replace(path: Path, sound: bytes) -> None:
    """Puts the file aside and writes what is sound of it in its place. Raises OSError, NotSaved."""
    aside = path.with_name(path.name + ASIDE)
    number = 2
    while aside.is_dir():  # nothing can be moved over it
        aside, number = path.with_name(f"{path.name}{ASIDE}-{number}"), number + 1
    move(path, aside)
    if sound:
        write(path, sound)
    QSettings().sync()


def _leave_out_unfitting(path: Path) -> None:
    kept = QSettings()
    for key in _unfitting():
        kept.remove(key)
    kept.sync()
    if kept.status() is not QSettings.Status.NoError:
        raise OSError(str(path))


def _keep_nothing() -> None:
    """Has nothing read or written from now on."""
    nowhere = str(Path(os.devnull) / "nnviz")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, nowhere)
