"""The film of a run that goes on, on disk: one record after the other, each whole or ignored.

A record is the length and the checksum of a safetensors file of one moment, then that file.
"""

import dataclasses
import io
import json
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import safetensors.numpy
from safetensors import SafetensorError

from nnviz.learning.curves import Position
from nnviz.learning.film import BUDGET, Film, Moment
from nnviz.learning.trained import position_from, write_whole

HEAD = struct.Struct("<II")
"""Length and CRC-32 of what follows."""


class FilmFile:
    """Appends what is new of a film; writes it anew only when the film has thinned out."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written: tuple[int, ...] = ()
        self._length = 0

    def keep(self, film: Film) -> None:
        """Brings the file up to date. Raises OSError; the file then ends with a whole record."""
        numbers = tuple(moment.number for moment in film.moments)
        if numbers == self._written:
            return
        have = len(self._written)
        if have and numbers[:have] == self._written:
            self._append(film.moments[have:])
        else:
            content = b"".join(map(_record, film.moments))
            write_whole(self._path, content)
            self._length = len(content)
        self._written = numbers

    def _append(self, moments: tuple[Moment, ...]) -> None:
        with self._path.open("r+b", buffering=0) as file:
            # what an append that failed left behind goes first
            file.truncate(self._length)
            file.seek(self._length)
            content = b"".join(map(_record, moments))
            try:
                written = 0
                while written < len(content):
                    written += file.write(content[written:])
            except OSError:
                file.truncate(self._length)
                raise
        self._length += len(content)


def read_film(path: Path) -> Film:
    """The film of a file up to its last whole moment; nothing where there is no file."""
    try:
        if not path.is_file():
            return Film()
        with path.open("rb") as file:
            content = file.read(2 * BUDGET)
    except OSError:
        return Film()
    moments: list[Moment] = []
    stream = io.BytesIO(content)
    while (moment := _next_moment(stream)) is not None:
        if moments and moment.number <= moments[-1].number:
            break
        moments.append(moment)
    return Film(tuple(moments))


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
    except (SafetensorError, LookupError, TypeError, ValueError, AttributeError):
        return None


def _moment(body: bytes) -> Moment:
    weights = safetensors.numpy.load(body)["weights"]
    header_length = int.from_bytes(body[:8], "little")
    about: dict[str, Any] = json.loads(
        json.loads(body[8 : 8 + header_length])["__metadata__"]["moment"]
    )
    if weights.dtype != np.float16 or weights.ndim != 1:
        raise ValueError("the weights of a moment are one row of float16")
    position: Position = position_from(about["position"])
    return Moment(int(about["number"]), position, weights)
