"""The film of a run that goes on, on disk: one record after the other, each whole or ignored.

A record is the length and the checksum of a safetensors file of one moment, then that file.
"""

import dataclasses
import io
import json
import struct
import zlib
from itertools import accumulate
from pathlib import Path

import numpy as np
import safetensors.numpy
from safetensors import SafetensorError

from nnviz.networks.film import BUDGET, Film, Moment
from nnviz.networks.story import moment_from
from nnviz.writing import append, move, write

HEAD = struct.Struct("<II")
"""Length and CRC-32 of what follows."""


class FilmFile:
    """Appends what is new of a film; writes it anew only when the film has thinned out."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written: tuple[Moment, ...] = ()
        self._ends: list[int] = []

    def keep(self, film: Film) -> None:
        """Brings the file up to date. Raises NotSaved where the disk is full; as many whole
        moments as have room are then in it, and the others follow once there is more."""
        moments, have = film.moments, len(self._written)
        if have and moments[:1] != self._written[:1]:
            self.forget()  # another run: its network must not find the moments of the last one
            have = 0
        if [each.number for each in moments[:have]] != [each.number for each in self._written]:
            self._write_anew(moments)
        elif len(moments) > have:
            if not have:
                write(self._path, b"")
            self._append(moments[have:])

    def take_over(self, path: Path, film: Film) -> None:
        """Goes on with the file of a program that died, of which `film` is the beginning.
        Raises OSError."""
        ends = [end for _, end in _records(path)]
        move(path, self._path)
        self._written, self._ends = film.moments, ends[: len(film)]

    def make_room(self, room: int) -> bool:
        """Gives up its last moments, as many as take so many bytes; -> whether there were any.
        Raises NotSaved."""
        if not self._ends:
            return False
        left = [end for end in self._ends if end <= self._ends[-1] - room]
        self._written, self._ends = self._written[: len(left)], left
        append(self._path, left[-1] if left else 0, b"")
        return True

    def forget(self) -> None:
        """Takes the file away. Raises OSError."""
        self._written, self._ends = (), []
        self._path.unlink(missing_ok=True)

    def _write_anew(self, moments: tuple[Moment, ...]) -> None:
        records = list(map(_record, moments))
        write(self._path, b"".join(records))
        self._written, self._ends = moments, list(accumulate(map(len, records)))

    def _append(self, moments: tuple[Moment, ...]) -> None:
        for moment in moments:
            end, record = self._ends[-1] if self._ends else 0, _record(moment)
            append(self._path, end, record)
            self._written = (*self._written, moment)
            self._ends.append(end + len(record))


def read_film(path: Path) -> Film:
    """The film of a file up to its last whole moment; nothing where there is no file."""
    return Film(tuple(moment for moment, _ in _records(path)))


def _records(path: Path) -> list[tuple[Moment, int]]:
    """The whole moments of a file, and where each ends."""
    try:
        if not path.is_file():
            return []
        with path.open("rb") as file:
            content = file.read(2 * BUDGET)
    except OSError:
        return []
    found: list[tuple[Moment, int]] = []
    stream = io.BytesIO(content)
    while (moment := _next_moment(stream)) is not None:
        if found and moment.number <= found[-1][0].number:
            break
        found.append((moment, stream.tell()))
    return found


def _record(moment: Moment) -> bytes:
    about = {"number": moment.number, "position": dataclasses.asdict(moment.position)}
    body = safetensors.numpy.save({"weights": moment.weights}, {"moment": json.dumps(about)})
    return HEAD.pack(len(body), zlib.crc32(body)) + body


def _next_moment(stream: io.BytesIO) -> Moment | None:
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    length, checksum = HEAD.unpack(head)
    body = stream.read(length)
    if len(body) < length or zlib.crc32(body) != checksum:
        return None
    try:
        return _moment(body)
    # RecursionError: lists in lists without end
    except (SafetensorError, LookupError, TypeError, ValueError, AttributeError, RecursionError):
        return None


def _moment(body: bytes) -> Moment:
    weights = safetensors.numpy.load(body)["weights"]
    header_length = int.from_bytes(body[:8], "little")
    about = json.loads(json.loads(body[8 : 8 + header_length])["__metadata__"]["moment"])
    if weights.dtype != np.float16 or weights.ndim != 1:
        raise ValueError("the weights of a moment are one row of float16")
    return Moment(*moment_from(about), weights)
