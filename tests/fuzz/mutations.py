"""Ways to damage the bytes of a file: blindly, by its numbers, and by its words."""

import random
import re
import struct
from collections.abc import Callable

NUMBERS = (0, 1, 2, 255, 256, 2**15, 2**16, 2**31 - 1, 2**31, 2**32 - 1, 2**63 - 1, 2**64 - 1)
WRITTEN = re.compile(rb"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
WORDS = re.compile(rb"[A-Za-z_][A-Za-z_0-9-]{2,}")
INSTEAD = (
    *(b"0", b"-1", b"1e999", b"-1e999", b"nan", b"inf", b"9" * 40, b"1.5", b'"x"', b"null"),
    *(b"[]", b"{}", b"true", b"", b"0x10", b"1_000", b"'", b'"'),
)
MOST_ADDED = 2000
"""Bytes that come into a file at once"""


def flip(content: bytearray, chance: random.Random) -> None:
    """Turns some bits."""
    for _ in range(chance.choice([1, 1, 2, 8, 64])):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def cut(content: bytearray, chance: random.Random) -> None:
    """Leaves out the end, or a part."""
    start = chance.randrange(len(content))
    end = len(content) if chance.random() < 0.6 else start + chance.randrange(1, 200)
    del content[start:end]


def repeat(content: bytearray, chance: random.Random) -> None:
    """Puts a part of it in once more, elsewhere."""
    start = chance.randrange(len(content))
    part = content[start : start + chance.randrange(1, MOST_ADDED)]
    where = chance.randrange(len(content))
    content[where:where] = part


def make_up(content: bytearray, chance: random.Random) -> None:
    """Puts in bytes that mean nothing."""
    where = chance.randrange(len(content))
    content[where:where] = chance.randbytes(chance.choice([1, 4, 16, MOST_ADDED]))


def set_number(content: bytearray, chance: random.Random) -> None:
    """Writes an extreme number over a field, mostly in the head, where sizes stand."""
    form = chance.choice(["<B", "<H", ">H", "<I", ">I", "<Q", ">Q"])
    size = struct.calcsize(form)
    room = len(content) - size
    if room <= 0:
        return
    where = chance.randrange(min(room, 128) if chance.random() < 0.7 else room)
    value = chance.choice(NUMBERS) % 256**size
    content[where : where + size] = struct.pack(form, value)


def set_written(content: bytearray, chance: random.Random) -> None:
    """Puts something else in the place of a number that is written out."""
    _instead(content, WRITTEN, chance.choice(INSTEAD), chance)


def set_word(content: bytearray, chance: random.Random) -> None:
    """Puts another word of it, or none, in the place of a word."""
    found = WORDS.findall(bytes(content[: 1 << 16]))
    if found:
        _instead(content, WORDS, chance.choice([*INSTEAD, chance.choice(found)]), chance)


def swap_lines(content: bytearray, chance: random.Random) -> None:
    """Leaves a line out, has it twice, or exchanges two."""
    lines = bytes(content).split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    what = chance.randrange(3)
    if what == 0:
        del lines[one]
    elif what == 1:
        lines.insert(other, lines[one])
    else:
        lines[one], lines[other] = lines[other], lines[one]
    content[:] = b"\n".join(lines)


def _instead(
    content: bytearray, pattern: re.Pattern[bytes], new: bytes, chance: random.Random
) -> None:
    start = chance.randrange(len(content))
    found = pattern.search(content, start) or pattern.search(content)
    if found:
        content[found.start() : found.end()] = new


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    *(flip, cut, repeat, make_up, set_number, set_written, set_word, swap_lines),
)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content after one to four of MUTATIONS."""
    made = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 4])):
        if not made:
            break
        chance.choice(MUTATIONS)(made, chance)
    return bytes(made)
