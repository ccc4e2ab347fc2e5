"""A CSV file beside pictures that names them and tells their labels."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nnviz.data.forms.labels import NUMBER_WORDS
from nnviz.data.own.listing import TABLES, Listing, listed
from nnviz.words import commas, tr_n

LARGEST = 20_000_000
"""Bytes."""
SEPARATORS = ",;\t|"
NAMES = ("file", "filename", "file_name", "name", "image", "path", "picture", "bild", "datei", "id")
"""How columns of names are called."""
LABELS = ("label", "labels", "class", "digit", "target", "y", "category", "ziffer", "klasse")
ENOUGH = 0.5
"""Of its lines so many must name pictures that are there."""
NAMED = 3

Row = list[str]


@dataclass(frozen=True)
class LabelTable:
    """What it says."""

    path: Path
    labels: dict[Path, str] = field(default_factory=dict)
    """Of each picture that it names"""
    several: dict[Path, str] = field(default_factory=dict)
    """Pictures that it gives several labels, and those"""
    missing: list[str] = field(default_factory=list)
    """Names of pictures that are not there"""

    def told(self) -> list[str]:
        """What must be said of it, a sentence each."""
        if not self.missing:
            return []
        names = [*self.missing[:NAMED], *(["…"] if len(self.missing) > NAMED else [])]
        return [
            tr_n(
                "{path} names {count} picture that is not there: {names}.",
                "{path} names {count} pictures that are not there: {names}.",
                len(self.missing),
                path=self.path.name,
                names=commas(names),
            )
        ]


def names_pictures(path: Path) -> bool:
    """Whether a file is a table that tells labels of pictures beside it. Raises DigitsError."""
    if path.suffix.lower() not in TABLES or not path.is_file():
        return False
    return read_table(path, listed(path.parent)) is not None


def label_tables(listing: Listing) -> list[LabelTable]:
    """The tables beside the pictures of a folder, and of those in it, that tell their labels;
    those that tell most of them first."""
    found = [table for path in listing.tables if (table := read_table(path, listing)) is not None]
    return sorted(found, key=lambda table: -len(table.labels))


def class_of(label: str, class_names: Sequence[str]) -> int | None:
    """The class that a table means: by its name, or by a number as `7`, `07`, `7.0` or
    `seven`."""
    names = [name.casefold() for name in class_names]
    wanted = label.strip().casefold()
    if wanted in names:
        return names.index(wanted)
    if wanted in NUMBER_WORDS:
        wanted = str(NUMBER_WORDS[wanted])
    try:
        value = float(wanted)
    except ValueError:
        return None
    whole = str(int(value)) if value.is_integer() else ""
    return names.index(whole) if whole in names else None


def read_table(path: Path, listing: Listing) -> LabelTable | None:
    """What a file tells of the labels of pictures; None where it names few that are there."""
    text = _text_of(path)
    if not text.strip():
        return None
    known = _known(path.parent, listing.pictures)
    best: list[Row] = []
    column, most = 0, 0
    for rows in (*(_rows(text, each) for each in SEPARATORS), _pairs(text)):
        for place in range(max(map(len, rows), default=0)):
            hits = sum(place < len(row) and _meant(row[place], known) is not None for row in rows)
            if hits > most:
                best, column, most = rows, place, hits
    if not best or max(map(len, best)) < 2 or most < ENOUGH * (len(best) - 1):
        return None
    return _made(path, best, column, known)


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            return ""
        content = path.read_bytes()
    except OSError:
        return ""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _rows(text: str, separator: str) -> list[Row]:
    lines = text.splitlines()
    try:
        rows = list(csv.reader(lines, delimiter=separator, skipinitialspace=True))
    except csv.Error:
        return []
    return [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]


def _pairs(text: str) -> list[Row]:
    """Lines of a name, then a label behind a blank, a colon or an equals sign."""
    found = (re.fullmatch(r"(.+?)\s*[\s:=]\s*(\S+)", line.strip()) for line in text.splitlines())
    return [[each[1].strip("\"' "), each[2].strip("\"'")] for each in found if each]


def _meant(name: str, known: dict[str, Path]) -> Path | None:
    """The picture of a name; of a whole path, wherever it was written, what is left of it from
    some folder on."""
    key = _key(name)
    if key in known or not re.match(r"/|[a-z]:/", key):
        return known.get(key)
    parts = key.split("/")
    rests = ("/".join(parts[begin:]) for begin in range(1, len(parts)))
    return next((known[rest] for rest in rests if rest in known), None)


def _key(name: str) -> str:
    return name.strip().replace("\\", "/").removeprefix("./").casefold()


def _known(folder: Path, pictures: Sequence[Path]) -> dict[str, Path]:
    """Pictures by what a table may call them: their paths, and what only one of them is called,
    its name, and both without their endings."""
    found: dict[str, Path] = {}
    shorter: dict[str, list[Path]] = {}
    for path in pictures:
        inside = path.relative_to(folder) if path.is_relative_to(folder) else path
        found[_key(inside.as_posix())] = path
        for name in {path.name, path.stem, inside.with_suffix("").as_posix()}:
            shorter.setdefault(_key(name), []).append(path)
    return {name: paths[0] for name, paths in shorter.items() if len(paths) == 1} | found


def _made(path: Path, rows: list[Row], column: int, known: dict[str, Path]) -> LabelTable | None:
    head, *rest = rows
    headed = column >= len(head) or _meant(head[column], known) is None
    headed = headed and (not rest or _is_heading(head, column))
    label = _label_column(head if headed else [], rows, column)
    table = LabelTable(path)
    for row in rest if headed else rows:
        if column >= len(row) or label >= len(row):
            continue
        picture = _meant(row[column], known)
        if picture is None:
            table.missing.append(row[column])
        elif table.labels.setdefault(picture, row[label]) != row[label]:
            both = commas((table.labels[picture], row[label]))
            table.several[picture] = both
    return table if table.labels else None


def _is_heading(head: Row, column: int) -> bool:
    """Whether the first line, which names no picture that is there, is no missing one either."""
    if any(cell.casefold() in (*NAMES, *LABELS) for cell in head):
        return True
    return "." not in head[column] if column < len(head) else True


def _label_column(head: Row, rows: list[Row], column: int) -> int:
    """The column of labels: as its heading says, else the first one behind the names, as those in
    front of them count lines; else the one in front."""
    for place, cell in enumerate(head):
        if place != column and cell.casefold() in LABELS:
            return place
    behind = column + 1
    return behind if behind < max(map(len, rows)) else column - 1
