"""How values stand in the line of what is looked at: written without spaces, read back exactly."""

import base64
import binascii
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from math import isfinite, prod
from typing import Any
from urllib.parse import quote, unquote

import numpy as np

from nnviz.data.arrays import Bytes
from nnviz.data.digits import MOST_CLASSES
from nnviz.networks.designs import DESIGNS
from nnviz.questions.reliability import ALL_ANSWERS, BINS, Bin
from nnviz.session.entrants import design_of
from nnviz.words import commas, tr

PLAIN = "/:,.+-_~|()*<>!'@&;\\"
"""Signs that stand in a line as they are, besides letters and digits."""
LONGEST_LIST = 120
"""Signs of the words that an option lists; of more it says that it is one word."""
MOST_INK = 4_000_000
"""Pixels of a drawing or a row at most: what a line can hold of one."""


@dataclass(frozen=True)
class Codec:
    """How a value is written, and read. `read` raises ValueError for a text that is none."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]
    looks: str
    """As it stands in a list of options, such as N or A,B"""
    said: Callable[[], str]
    """What it can be, in words"""


def _whole(text: str) -> int:
    if not text.removeprefix("-").isdecimal() or not text.isascii():
        raise ValueError(text)
    return int(text[:20])


def _real(text: str) -> float:
    value = float(text)
    if not isfinite(value) or "_" in text:
        raise ValueError(text)
    return value


def _flag(text: str) -> bool:
    try:
        return {"yes": True, "no": False}[text]
    except KeyError:
        raise ValueError(text) from None


def _list(text: str, each: Callable[[str], Any]) -> tuple[Any, ...]:
    return tuple(each(part.strip()) for part in text.split(",")) if text else ()


def _two(text: str) -> tuple[int, int]:
    first, second = _list(text, _whole)
    return first, second


def _other_two(text: str) -> tuple[int, int]:
    first, second = _two(text)
    if first == second:
        raise ValueError(text)
    return first, second


def _guess(text: str) -> tuple[int, int]:
    digit, guessed = _two(text)
    if not 0 <= guessed < MOST_CLASSES:
        raise ValueError(text)
    return digit, guessed


def _code_words(text: str) -> tuple[str, ...]:
    words = _list(text, str)
    if any(not word or set(word) - {"0", "1"} for word in words):
        raise ValueError(text)
    return words


def _steps(text: str) -> tuple[tuple[int, int], ...]:
    pairs = [part.partition(":") for part in text.split(",")] if text else []
    return tuple((_whole(first), _whole(second)) for first, _, second in pairs)


def _bin(text: str) -> Bin:
    first, last, output, design = text.split(":")
    found = Bin(_whole(first), _whole(last), _whole(output), design)
    if not 0 <= found.first <= found.last < BINS or found.output < ALL_ANSWERS:
        raise ValueError(text)
    if design and (design_of(design) not in DESIGNS or found.output != ALL_ANSWERS):
        raise ValueError(text)
    return found


def ink_as_text(ink: Bytes) -> str:
    """Ink (height, width) 0..255 in letters and digits: its size, and its pixels made small."""
    packed = zlib.compress(np.ascontiguousarray(ink, np.uint8).tobytes(), 9)
    size = "x".join(map(str, ink.shape))
    return f"{size}:{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def ink_of_text(text: str) -> Bytes:
    """That ink again. Raises ValueError for a text that holds none, or too much of it."""
    size, _, letters = text.partition(":")
    height, width = (_whole(side) for side in size.split("x"))
    if min(height, width) < 1 or height * width > MOST_INK:
        raise ValueError(size)
    try:
        packed = base64.b64decode(letters + "=" * (-len(letters) % 4), b"-_", validate=True)
        # no more than the size says, whatever the bytes would become
        pixels = zlib.decompressobj().decompress(packed, prod((height, width)) + 1)
    except (binascii.Error, zlib.error) as error:
        raise ValueError(letters[:20]) from error
    if len(pixels) != height * width:
        raise ValueError(size)
    return np.frombuffer(pixels, np.uint8).reshape(height, width).copy()


def _joined(values: Collection[Any]) -> str:
    return ",".join(map(str, values))


WHOLE = Codec(str, _whole, "N", lambda: tr("a whole number"))
REAL = Codec(lambda value: repr(float(value)), _real, "X", lambda: tr("a number such as 0.5"))
FLAG = Codec(lambda on: "yes" if on else "no", _flag, "yes|no", lambda: tr("yes or no"))
TEXT = Codec(str, str, "TEXT", lambda: tr("a text"))
TWO = Codec(_joined, _two, "A,B", lambda: tr("two numbers, as in 4,9"))
TWO_CLASSES = Codec(
    _joined, _other_two, "A,B", lambda: tr("the numbers of two different classes, as in 4,9")
)
GUESS = Codec(_joined, _guess, "A,B", lambda: tr("the number of a digit and a class, as in 516,4"))
CODE_WORDS = Codec(
    _joined,
    _code_words,
    "WORD,WORD",
    lambda: tr("words of 0 and 1 with commas between them, as in 0001,0010"),
)
NUMBERS = Codec(
    _joined, lambda text: _list(text, _whole), "N,N", lambda: tr("whole numbers, as in 3,14")
)
NUMBER_SET = Codec(
    lambda numbers: _joined(sorted(numbers)),
    lambda text: frozenset(_list(text, _whole)),
    "N,N",
    lambda: tr("whole numbers, as in 3,14"),
)
WORDS = Codec(_joined, lambda text: _list(text, str), "WORD,WORD", lambda: tr("words with commas"))
STEPS = Codec(
    lambda steps: ",".join(f"{step}:{gone}" for step, gone in steps),
    _steps,
    "STEP:CLASS,STEP:CLASS",
    lambda: tr("steps and the classes that leave there, as in 2:6"),
)
BIN = Codec(
    lambda bin: f"{bin.first}:{bin.last}:{bin.output}:{bin.design}",
    _bin,
    "FIRST:LAST:OUTPUT:DESIGN",
    lambda: tr("the first and the last of 15 bins, an output (-1: answers), and a design"),
)
MATRIX_CELLS = Codec(
    STEPS.write,
    lambda text: tuple(sorted(set(_steps(text)))),
    "CLASS:ANSWER,CLASS:ANSWER",
    lambda: tr("classes and what they are read as, as in 4:9,9:4"),
)
INK = Codec(ink_as_text, ink_of_text, "INK", lambda: tr("ink, as another line holds it"))


def one_of(words: Callable[[], Collection[str]], empty: bool = False) -> Codec:
    """One of some words; `empty`: or none, which stands for what is usual."""

    def read(text: str) -> str:
        if text not in words() and not (empty and not text):
            raise ValueError(text)
        return text

    listed = "|".join(words())
    looks = listed if len(listed) <= LONGEST_LIST else "WORD"
    return Codec(str, read, looks, lambda: tr("one of {words}", words=commas(words())))


def several_of(words: Callable[[], Collection[str]]) -> Codec:
    """Some of some words."""

    def read(text: str) -> tuple[str, ...]:
        found = _list(text, str)
        if not set(found) <= set(words()):
            raise ValueError(text)
        return found

    return Codec(
        _joined, read, "WORD,WORD", lambda: tr("words from {words}", words=commas(words()))
    )


def pair_of(words: Callable[[], Collection[str]]) -> Codec:
    """Two different ones of some words."""

    def read(text: str) -> tuple[str, ...]:
        found = _list(text, str)
        if len(found) != len(set(found)) or len(found) != 2 or not set(found) <= set(words()):
            raise ValueError(text)
        return found

    said = lambda: tr("two different words from {words}", words=commas(words()))  # noqa: E731
    return Codec(_joined, read, "WORD,WORD", said)


def quoted(text: str) -> str:
    """A value without spaces, so that it is one word of a line."""
    return quote(text, safe=PLAIN)


def unquoted(text: str) -> str:
    """The value again."""
    return unquote(text)
