"""NumPy's own files: one array (.npy), or an archive of several (.npz). Nothing is unpickled."""

import math
import zipfile
from pathlib import PurePosixPath
from tokenize import TokenError
from typing import IO

import numpy as np
from numpy.lib import format as npy

from nnviz.data.forms.content import Content, Numbers, Reading, must_fit, sorted_out
from nnviz.data.forms.members import Member
from nnviz.data.forms.names import named
from nnviz.data.idx import DigitsError
from nnviz.words import commas

ARRAY, ARCHIVE = b"\x93NUMPY", b"PK\x03\x04"


def read_array(member: Member) -> Reading:
    """The array of an .npy file. Raises DigitsError."""
    yield 0, 1
    told = named(member.name, member.folders)
    with member.opened() as unpacked:
        array = _array(unpacked.stream, str(member))
    return [sorted_out(str(member), told.part, array)]


def read_archive(member: Member) -> Reading:
    """All arrays of an .npz file, as mnist.npz has them. Raises DigitsError."""
    own = named(member.name, member.folders)
    found: list[Content] = []
    with member.opened() as unpacked, zipfile.ZipFile(unpacked.stream) as archive:
        names = [each for each in archive.namelist() if each.endswith(".npy")]
        for done, name in enumerate(names):
            yield done, len(names)
            key = PurePosixPath(name).stem
            where = f"{member}, {key}"
            with archive.open(name) as stream:
                array = _array(stream, where)
            if array.ndim:  # else a remark
                found.append(sorted_out(where, named(key).part or own.part, array))
    found = _without_remarks(found)
    _must_be_clear(member, found)
    return found


def _without_remarks(found: list[Content]) -> list[Content]:
    """Without arrays in one column that have no number for each image, such as names of classes,
    where another one has."""
    counts = {each.part: len(each.images) for each in found if each.images is not None}
    fit = {
        id(each): len(each.labels) == counts.get(each.part)
        for each in found
        if each.labels is not None
    }
    told = {each.part for each in found if fit.get(id(each))}
    return [each for each in found if each.part not in told or fit.get(id(each), True)]


def _array(stream: IO[bytes], where: str) -> Numbers:
    """The array that is written here; its size is looked at before memory is taken."""
    try:
        version = npy.read_magic(stream)
        read_header = {
            (1, 0): npy.read_array_header_1_0,
            (2, 0): npy.read_array_header_2_0,
        }.get(version)
        if read_header is None:
            raise ValueError(f"version {version}")
        shape, by_columns, kind = read_header(stream)
        if any(side < 0 for side in shape):
            raise ValueError("sides below nothing")
    # NumPy lets through what the parser of its header raises
    except (ValueError, SyntaxError, TypeError, TokenError) as error:
        raise DigitsError("{path} is no array of NumPy.", path=where) from error
    if kind.hasobject:
        raise DigitsError(
            "{path} holds Python objects, which nnviz never opens: save it again as an array of "
            "numbers, numpy.asarray(..., dtype=numpy.uint8).",
            path=where,
        )
    size = math.prod(shape) * kind.itemsize
    must_fit(where, size)
    content = stream.read(size)
    if len(content) < size:
        raise DigitsError("{path} is cut short.", path=where)
    # a bytearray, because torch wants memory that could be written
    array = np.frombuffer(bytearray(content), kind) if size else np.zeros(math.prod(shape), kind)
    try:
        return array.reshape(shape, order="F" if by_columns else "C")
    except (ValueError, OverflowError) as error:  # 65 dimensions, or some beyond any size
        raise DigitsError("{path} is no array of NumPy.", path=where) from error


def _must_be_clear(member: Member, found: list[Content]) -> None:
    """Two arrays of images for one part leave open which is meant."""
    for part in {each.part for each in found}:
        images = [each.where for each in found if each.part == part and each.images is not None]
        labels = [each.where for each in found if each.part == part and each.labels is not None]
        for several in (images, labels):
            if len(several) > 1:
                raise DigitsError(
                    "{path} holds several arrays that can be meant: {arrays}. nnviz looks for "
                    "x_train, y_train, x_test and y_test.",
                    path=str(member),
                    arrays=commas(each.removeprefix(f"{member}, ") for each in several),
                )
