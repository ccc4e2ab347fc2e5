"""A lecture as a file: Markdown with a header, every `##` section a scene.

Markdown itself is markdown-it's; `scenes` says what its blocks mean here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from nnviz.errors import reason_in_words
from nnviz.lectures.faults import Fault, Faults, LectureError, shortened
from nnviz.lectures.lecture import Lecture
from nnviz.lectures.scenes import read_scenes
from nnviz.words import commas, tr

LARGEST = 8_000_000
"""Bytes of a file; a lecture of an hour has some ten thousand."""
LONGEST_HEADER = 100
"""Lines"""
LINE_END = re.compile("\r\n|\r|\n")
"""What ends a line for Markdown and for editors; for `str.splitlines` other signs do, too."""
AMOUNT = re.compile(r"[0-9]{1,4}(\.[0-9]{1,6})?", re.ASCII)
YES_OR_NO: Mapping[str, bool] = {"yes": True, "true": True, "no": False, "false": False}
MARK = "\ufeff"
"""With which some editors begin a file in UTF-8"""


def read_lecture(path: Path) -> tuple[Lecture, tuple[Fault, ...]]:
    """The lecture that a file holds, with one scene at least, and what is wrong in it.

    A faulty part is left out, and the rest is there. Raises LectureError where nothing can be
    shown.
    """
    return lecture_from(text_of(path), path)


def lecture_from(text: str, path: Path) -> tuple[Lecture, tuple[Fault, ...]]:
    """The lecture of a text, which the file holds. Raises LectureError."""
    faults = Faults(path)
    lines = LINE_END.split(text.removeprefix(MARK))
    length = _header_length(lines, faults)
    head = _header(lines[:length], faults)
    body = [""] * length + lines[length:]  # so that lines keep their numbers
    found = read_scenes(body, faults)
    if not found.scenes:
        raise LectureError(
            "{path} has no scene: each scene begins with a line such as ## Heading.", path=path
        )
    title = head.pop("title", "") or found.title
    if not title:
        faults.add(1, tr("The lecture has no title: title: ... is missing in its header."))
    lecture = Lecture(title or path.stem, found.scenes, path=path)
    return replace(lecture, **head), faults.in_order()


def title_of(path: Path) -> str:
    """The title in the header of a file, or the file's name; whatever is wrong with it."""
    try:
        lines = LINE_END.split(text_of(path).removeprefix(MARK))
    except LectureError:
        return path.stem
    faults = Faults(path)
    return _header(lines[: _header_length(lines, faults)], faults).get("title") or path.stem


def text_of(path: Path) -> str:
    """What a file of a lecture holds, line ends as they are. Raises LectureError."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        reason = reason_in_words(error)
        raise LectureError("{path} cannot be read: {reason}.", path=path, reason=reason) from error
    except ValueError as error:  # a name with a zero byte in it
        raise LectureError("{path} is no name of a file.", path=shortened(str(path))) from error
    if len(content) > LARGEST:
        raise LectureError("{path} is too large for the file of a lecture.", path=path)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = 1 + len(LINE_END.findall(content[: error.start].decode()))
        refusal = LectureError(
            "{path} is no lecture: line {line} is no text in UTF-8.", path=path, line=str(line)
        )
        refusal.line = line
        raise refusal from error
    if "\0" in text:
        raise LectureError("{path} is no lecture, and no text at all.", path=path)
    return text


# ---- the header ----------------------------------------------------------------------


def _header_length(lines: list[str], faults: Faults) -> int:
    """How many lines the header has, with those around it; 0 where there is none."""
    if lines[0].rstrip() != "---":
        return 0
    for place, line in enumerate(lines[1 : 1 + LONGEST_HEADER], 1):
        if line.rstrip() in ("---", "..."):
            return place + 1
        if line.startswith(("##", "```", "~~~")):
            break
    faults.add(1, tr("The header that begins here has no end: a line --- is missing."))
    rest = (place for place, line in enumerate(lines) if place and not _names_key(line))
    return next(rest, len(lines))


def _names_key(line: str) -> bool:
    return line.partition(":")[0].strip().lower() in _FIELDS


def _header(lines: list[str], faults: Faults) -> dict[str, Any]:
    """Fields of a lecture -> what the header says of them."""
    found: dict[str, Any] = {}
    for number, line in enumerate(lines, 1):
        words = line.strip()
        if words in ("", "---", "...") or words.startswith("#"):
            continue
        key, sign, value = words.partition(":")
        if sign:
            sentence = _take(found, key.strip().lower(), _bare(value))
        else:
            sentence = tr("A line of the header says key: value, as in minutes: 45.")
        if sentence:
            faults.add(number, sentence)
    return found


def _take(found: dict[str, Any], key: str, value: str) -> str:
    """Takes one key; -> what is wrong with it."""
    if key not in _FIELDS:
        return tr(
            "The header knows no {key}; it knows {keys}.", key=shortened(key), keys=commas(_FIELDS)
        )
    field, read = _FIELDS[key]
    if field in found:
        return tr("{key} is said twice.", key=key)
    taken = read(value)
    if taken is None:
        return _wrong(key, value)
    found[field] = taken
    return ""


def _wrong(key: str, value: str) -> str:
    if key == "loop":
        return tr("{key} must be yes or no, not {value}.", key=key, value=shortened(value))
    return tr("{key} must be a number above 0, not {value}.", key=key, value=shortened(value))


def _bare(value: str) -> str:
    """Without the quotes that other programs want around some values, and signs of control."""
    value = " ".join(value.split())
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value


def _amount(value: str) -> float | None:
    return (float(value) or None) if AMOUNT.fullmatch(value) else None


def _yes_or_no(value: str) -> bool | None:
    return YES_OR_NO.get(value.lower())


_FIELDS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "title": ("title", str),
    "author": ("author", str),
    "minutes": ("minutes", _amount),
    "source": ("source", str),
    "loop": ("loops", _yes_or_no),
    "pause": ("pause", _amount),
}
"""Key of the header -> the field of a lecture, and how its value is read"""
