"""Text with an image in each line: CSV with or without a header, ARFF, and tables with blanks.

A label stands in front of the numbers, as in the CSV of MNIST that tutorials use, or behind them,
as in the 8 x 8 digits of scikit-learn and UCI; a header says which, or the numbers do.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TextIO

import numpy as np

from nnviz.data.forms.content import FEWEST_PIXELS, Content, Numbers, Reading, must_fit, square_side
from nnviz.data.forms.members import Member, as_text
from nnviz.data.forms.names import named
from nnviz.data.idx import DigitsError

CHUNK = 2_000
"""Lines that are read together."""
LONGEST = 4_000_000
"""Signs of a line; 32 x 32 pixels in colour with all their decimals take 80,000."""
MOST_LABELS = 256
"""Different labels of a column that is one of labels."""
LABELS = frozenset({"label", "labels", "class", "class_label", "target", "digit", "y"})
INDICES = frozenset({"", "id", "index", "unnamed: 0"})
"""Names of columns that only count the lines"""
_NUMBER = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*")


def looks_like_text(head: bytes) -> bool:
    """Whether a file begins with lines of numbers or a header over them."""
    if b"\0" in head or not head.strip():
        return False
    first = head.decode("utf-8-sig", "replace").lstrip().splitlines()[0].lower()
    if first.startswith(("@relation", "%")):
        return True
    return len(re.split(r"[,;\t ]+", first)) >= FEWEST_PIXELS


@dataclass
class _Table:
    """The columns of the lines read so far."""

    firsts: list[str] = field(default_factory=list)
    lasts: list[str] = field(default_factory=list)
    middles: list[Numbers] = field(default_factory=list)
    """(lines, columns - 2) each"""


@dataclass(frozen=True)
class _Header:
    skipped: int = 0
    """Columns in front that only count the lines"""
    place: str = "?"
    """Where the label stands: first, last, none; "?" where nothing says so"""


def read_text(member: Member) -> Reading:
    """The images and labels of all lines. Raises DigitsError."""
    told = named(member.name, member.folders)
    table = _Table()
    with member.opened() as unpacked:
        text = as_text(unpacked)  # which closes the file as soon as nobody holds it
        lines = _lines(text, member)
        columns, first = _attributes(lines)
        separator = _separator(first)
        header = _Header()
        cells = first.split(separator)
        if not columns and _is_header(cells):
            columns, first = cells, ""
        if columns:
            header = _header([each.strip(" \"'#").lower() for each in columns], member)
        rows = 0
        while True:
            chunk = [first] if first else []
            first = ""
            chunk += [line for line in islice(lines, CHUNK - len(chunk)) if line.strip()]
            if not chunk:
                break
            _take(table, chunk, separator, header, member, rows)
            rows += len(chunk)
            must_fit(str(member), sum(block.nbytes for block in table.middles))
            yield rows, max(rows, round(rows / max(unpacked.share(), 1e-3)))
    if not rows:
        raise DigitsError("{path} holds no image.", path=str(member))
    return [_content(table, header, member, told.part)]


def _lines(text: TextIO, member: Member) -> Iterator[str]:
    while line := text.readline(LONGEST):
        if len(line) == LONGEST:
            raise DigitsError("{path} has a line that is too long.", path=str(member))
        yield line.replace('"', "").rstrip("\r\n")


def _attributes(lines: Iterator[str]) -> tuple[list[str], str]:
    """The names of the columns in the head of an ARFF file, and the first line that is none of
    its head."""
    names: list[str] = []
    for line in lines:
        word = " ".join(line.lower().split())
        if word.startswith("@attribute"):
            names.append(f"{word}  ".split(" ")[1])
        elif word and not word.startswith(("@", "%")):
            return names, line
    return names, ""


def _separator(line: str) -> str | None:
    """What stands between two columns; None for blanks."""
    found = max(",;\t", key=line.count)
    return found if line.count(found) else None


def _is_header(cells: Sequence[str]) -> bool:
    """Whether cells name columns: several are no numbers, or the one that is none is the name of
    labels, or they count 0, 1, 2 as pandas does."""
    words = [cell.strip(" '#").lower() for cell in cells if _NUMBER.fullmatch(cell) is None]
    if words == [""]:  # pandas leaves the name of its index away; else a number is missing
        return not cells[0].strip() and _counts(cells[1:])
    if words:
        return len(words) > 1 or words[0] in LABELS | INDICES
    return _counts(cells)


def _counts(cells: Sequence[str]) -> bool:
    return [float(cell) for cell in cells] == list(range(len(cells)))


def _header(names: Sequence[str], member: Member) -> _Header:
    skipped = 1 if names[0] in INDICES else 0
    kept = names[skipped:]
    if not kept:
        return _Header(skipped, "?")
    if kept[0] in LABELS:
        return _Header(skipped, "first")
    if kept[-1] in LABELS:
        return _Header(skipped, "last")
    if any(name in LABELS for name in kept):
        raise DigitsError(
            "{path} has its labels in the middle: nnviz reads them in the first or the last "
            "column.",
            path=str(member),
        )
    return _Header(skipped, "none" if _are_pixels(len(kept)) else "?")


def _are_pixels(columns: int) -> bool:
    """Whether so many columns are all pixels of a square image, grey or in colour."""
    return bool(square_side(columns) or (columns % 3 == 0 and square_side(columns // 3)))


def _take(
    table: _Table,
    chunk: Sequence[str],
    separator: str | None,
    header: _Header,
    member: Member,
    before: int,
) -> None:
    """Adds lines to the table. `before`: how many were read before them."""
    if separator is None:
        chunk, separator = [",".join(line.split()) for line in chunk], ","
    for _ in range(header.skipped):
        chunk = [line.partition(separator)[2] for line in chunk]
    firsts, rests = zip(*(_cut(line, separator) for line in chunk), strict=True)
    middles, lasts = zip(*(_cut_last(rest, separator) for rest in rests), strict=True)
    table.firsts += firsts
    table.lasts += lasts
    width = table.middles[0].shape[1] if table.middles else middles[0].count(separator) + 1
    for row, line in enumerate(middles):
        if line.count(separator) + 1 != width or not line:
            raise DigitsError(
                "{path} has another number of columns in its row {row} than before.",
                path=str(member),
                row=before + row + 1,
            )
    table.middles.append(_numbers(middles, separator, member, before))


def _cut(line: str, separator: str) -> tuple[str, str]:
    first, _, rest = line.partition(separator)
    return first, rest


def _cut_last(line: str, separator: str) -> tuple[str, str]:
    rest, _, last = line.rpartition(separator)
    return rest, last


def _numbers(lines: Sequence[str], separator: str, member: Member, before: int) -> Numbers:
    """(lines, columns): bytes where all are whole numbers up to 255, as they mostly are."""
    # NumPy would leave such a line out
    wrong = next((row for row, line in enumerate(lines) if not line.strip()), None)
    for kind in (np.uint8, np.float32) if wrong is None else ():
        try:
            return np.loadtxt(lines, kind, delimiter=separator, comments=None, ndmin=2)
        except ValueError as error:
            found = re.search(r"at row (\d+)", str(error))
            wrong = int(found[1]) if found else 0
    raise DigitsError(
        "{path} holds what is no number in its row {row}.",
        path=str(member),
        row=before + (wrong or 0) + 1,
    )


def _content(table: _Table, header: _Header, member: Member, part: str) -> Content:
    pixels = table.middles[0].shape[1] + 1
    where = header.place
    if where == "?":
        where = "none" if _are_pixels(pixels + 1) else _label_column(table)
    if where == "none":
        whole = _joined(table.middles, table.firsts, table.lasts, member)
        return Content(str(member), part, whole)
    if not _are_pixels(pixels):
        raise DigitsError(
            "{path} has {columns} columns; nnviz reads a label and the pixels of a square image, "
            "785 columns for 28 x 28.",
            path=str(member),
            columns=pixels + 1,
        )
    if where == "first":
        images = _joined(table.middles, None, table.lasts, member)
        return Content(str(member), part, images, np.array(table.firsts))
    images = _joined(table.middles, table.firsts, None, member)
    return Content(str(member), part, images, np.array(table.lasts))


def _label_column(table: _Table) -> str:
    """Whether the first or the last column is that of the labels: a pixel in the corner of an
    image is mostly the same everywhere, and a word is no pixel, but nothing may be a lost one."""
    for where, column in (("first", table.firsts), ("last", table.lasts)):
        if any(each.strip() and _NUMBER.fullmatch(each) is None for each in column[:CHUNK]):
            return where
    numbers = {each for each in table.firsts if each.strip()}
    different = len(numbers)
    whole = all(_NUMBER.fullmatch(each) and float(each).is_integer() for each in numbers)
    if whole and 2 <= different <= MOST_LABELS:
        return "first"
    return "last" if different == 1 < len(set(table.lasts)) <= MOST_LABELS else "first"


def _joined(
    middles: list[Numbers],
    first: list[str] | None,
    last: list[str] | None,
    member: Member,
) -> Numbers:
    """(lines, columns): the columns in the middle with the outer ones that are pixels, too."""
    rows, kept = sum(map(len, middles)), middles[0].shape[1]
    outer = [None if each is None else _column(each, member) for each in (first, last)]
    bytes_alone = all(each is None or each.dtype == np.uint8 for each in (*outer, *middles))
    kind = np.uint8 if bytes_alone else np.float32
    left = int(first is not None)
    joined = np.empty((rows, left + kept + int(last is not None)), kind)
    if outer[0] is not None:
        joined[:, 0] = outer[0]
    if outer[1] is not None:
        joined[:, -1] = outer[1]
    begin = 0
    while middles:  # each is let go of as soon as it is copied
        block = middles.pop(0)
        joined[begin : begin + len(block), left : left + kept] = block
        begin += len(block)
    return joined


def _column(cells: Sequence[str], member: Member) -> Numbers:
    return _numbers(cells, ",", member, 0)[:, 0]
