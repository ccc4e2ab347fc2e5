"""Damage behind what guards a file: packing, checksums, and the JSON in a head.

Blind damage is noticed by these, so that what stands behind them would hardly ever be tried.
"""

import copy
import gzip
import io
import json
import random
import re
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from typing import Any

from tests.fuzz.mutations import damaged

DEEP = 987_654_321_987
"""Stands for lists within lists until the text is written: json would not write so many"""
DEPTHS = (50, 3000, 100_000)
ODD: tuple[Any, ...] = (
    *(None, True, -1, 0, 1, 2, 1.5, 1e308, 2**31, 2**63, 2**64, 10**60, DEEP),
    *(float("nan"), float("inf"), "", " ", "x" * 5000, "\x00", "1", "\u0661", "\ud800"),
    *([], {}, [[]], [None], {"a": 1}, [0] * 3000, "../../x", "/dev/zero", "%s{0}{x}"),
)
FILM = struct.Struct("<II")
PNG = b"\x89PNG\r\n\x1a\n"
FLOATS = (b"\x00\x00\xc0\x7f", b"\x00\x00\x80\x7f", b"\xff\xff\x7f\x7f", b"\x01\x00\x00\x00")


def damaged_anyhow(content: bytes, chance: random.Random) -> bytes:
    """Damaged from outside, or behind its guards where these are known."""
    if chance.random() < 0.4:
        return damaged(content, chance)
    for begins, damage in KNOWN:
        if begins(content):
            return damage(content, chance)
    return damaged(content, chance)


def _packed(content: bytes, chance: random.Random) -> bytes:
    return gzip.compress(damaged_anyhow(gzip.decompress(content), chance), 1)


def _archive(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [(each.filename, archive.read(each)) for each in archive.infolist()]
    at, what = chance.randrange(len(members)), chance.random()
    name, inside = members[at]
    if what < 0.1:
        members[at] = chance.choice(["", "../x.npy", "/x.npy", "a" * 300, "x", "."]), inside
    elif what < 0.15:
        members.append((name, inside[: len(inside) // 2]))
    elif what < 0.2:
        del members[at]
    else:
        members[at] = name, damaged_anyhow(inside, chance)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in members:
            archive.writestr(zipfile.ZipInfo(name), inside)
    return made.getvalue()


def _png(content: bytes, chance: random.Random) -> bytes:
    chunks, at = [], len(PNG)
    while at + 8 <= len(content):
        (size,) = struct.unpack_from(">I", content, at)
        chunks.append((content[at + 4 : at + 8], content[at + 8 : at + 8 + size]))
        at += 12 + size
    which = chance.randrange(len(chunks))
    kind, body = chunks[which]
    if kind == b"IDAT" and chance.random() < 0.7:
        body = zlib.compress(damaged(zlib.decompress(body), chance))
    elif body:
        body = damaged(body, chance)
    else:
        kind = chance.choice([b"IDAT", b"IHDR", b"PLTE", b"tRNS", b"zTXt", b"acTL", b"eXIf", kind])
    chunks[which] = kind, body
    sealed = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return PNG + b"".join(sealed)


def _safetensors(content: bytes, chance: random.Random) -> bytes:
    (size,) = struct.unpack_from("<Q", content)
    head, body = content[8 : 8 + size], bytearray(content[8 + size :])
    if chance.random() < 0.8:
        head = _json(head, chance)
    elif len(body) >= 4:
        for _ in range(chance.choice([1, 20])):
            at = 4 * chance.randrange(len(body) // 4)
            body[at : at + 4] = chance.choice(FLOATS)
    return struct.pack("<Q", len(head)) + head + bytes(body)


def _film(content: bytes, chance: random.Random) -> bytes:
    records, at = [], 0
    while at + FILM.size <= len(content):
        size, _ = FILM.unpack_from(content, at)
        records.append(content[at + FILM.size : at + FILM.size + size])
        at += FILM.size + size
    which = chance.randrange(len(records))
    if chance.random() < 0.2:
        records[which] = chance.choice(records)
    else:
        records[which] = damaged_anyhow(records[which], chance)
    return b"".join(FILM.pack(len(each), zlib.crc32(each)) + each for each in records)


def _results(content: bytes, chance: random.Random) -> bytes:
    """Another value in a table of a database that is sound as such."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
        table = chance.choice([name for (name,) in database.execute(tables)])
        columns = [each[1] for each in database.execute(f'PRAGMA table_info("{table}")')]
        column = chance.choice(columns)
        found = database.execute(f'SELECT "{column}" FROM "{table}" LIMIT 1').fetchone()
        value = found[0] if found else None
        if isinstance(value, str) and value[:1] in ("{", "[") and chance.random() < 0.9:
            new: Any = _json(value.encode(), chance).decode("utf-8", "replace")
        else:
            new = chance.choice([*filter(_storable, ODD), b"\xff\x00", b""])
        try:
            database.execute(f'UPDATE "{table}" SET "{column}" = ?', (new,))
            database.commit()
        except sqlite3.Error:
            database.rollback()  # the table itself forbids it
            database.execute(f'DELETE FROM "{table}"')
            database.commit()
        return database.serialize()


def _storable(value: Any) -> bool:
    if isinstance(value, str):
        return value.isprintable() or value == "\x00"
    return value is None or isinstance(value, float) or (isinstance(value, int) and value < 2**63)


def _json(content: bytes, chance: random.Random) -> bytes:
    """Another value somewhere in the tree, also in text that is JSON itself; or a key less."""
    tree = json.loads(content)
    for _ in range(chance.choice([1, 1, 2, 5])):
        if isinstance(tree, dict | list) and tree:
            _change(tree, chance)
    text = json.dumps(tree).encode()
    deep = chance.choice(DEPTHS)
    return text.replace(str(DEEP).encode(), b"[" * deep + b"]" * deep)


def _change(tree: Any, chance: random.Random) -> None:
    keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
    key, what = chance.choice(keys), chance.random()
    value = tree[key]
    if isinstance(value, dict | list) and value and (what < 0.8 or len(keys) == 1):
        _change(value, chance)
    elif isinstance(value, str) and _is_json(value.encode("utf-8", "replace")) and what < 0.9:
        inner = json.loads(value)
        if inner:
            _change(inner, chance)
        tree[key] = json.dumps(inner)
    elif what < 0.15:
        del tree[key]
    elif what < 0.3:
        tree[key] = copy.deepcopy(tree[chance.choice(keys)])
    elif what < 0.4 and isinstance(value, int | float) and not isinstance(value, bool):
        tree[key] = chance.choice([-value, value + 1, value * 1000, str(value), float(value)])
    else:
        tree[key] = copy.deepcopy(chance.choice(ODD))


def _is_safetensors(content: bytes) -> bool:
    size = int.from_bytes(content[:8], "little")
    return content[8:9] == b"{" and 0 < size <= len(content) - 8


def _is_film(content: bytes) -> bool:
    if len(content) < FILM.size:
        return False
    size, checksum = FILM.unpack_from(content)
    return zlib.crc32(content[FILM.size : FILM.size + size]) == checksum


def _is_json(content: bytes) -> bool:
    return re.match(rb'\s*[{\[]\s*["{\[\]}]', content) is not None and _parses(content)


def _parses(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


KNOWN: tuple[
    tuple[Callable[[bytes], bool], Callable[[bytes, random.Random], bytes]],
    ...,
] = (
    (lambda content: content.startswith(b"\x1f\x8b"), _packed),
    (lambda content: content.startswith(b"PK\x03\x04"), _archive),
    (lambda content: content.startswith(PNG), _png),
    (lambda content: content.startswith(b"SQLite format 3\x00"), _results),
    (_is_safetensors, _safetensors),
    (_is_film, _film),
    (_is_json, _json),
)
"""How a form is known -> how it is damaged inside; the content is sound when it comes here"""
