"""What differs between two frozen folders: pictures pixel by pixel, numbers field by field."""

import csv
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import numpy as np
import safetensors
from numpy.typing import NDArray
from PIL import Image, ImageSequence

from tests.frozen.freezing import MADE, fits

CLOCK_FIELDS = frozenset({"seconds"})
"""Fields that say how long something took."""
CHANNEL_TOLERANCE = 1
"""Levels, of 255, by which a channel of a pixel may differ."""
RELATIVE_TOLERANCE = 1e-9
MASKS = (
    ("page-designs-compare-lecture", (934, 160, 1040, 684)),
    ("page-designs-compare-*", (986, 230, 1074, 634)),
    ("more-designs-misread", (986, 230, 1074, 634)),
    ("more-designs-five", (986, 230, 1152, 634)),
)
"""Left, top, right and bottom of what shows how long something took, by pattern of the name of
the picture; the first that fits counts. They hide the column *time per digit* of all designs,
and *training time* where the network has been trained just before."""
MOST_FIELDS = 3
"""Differing fields that are named of each file."""

Frames = list[NDArray[np.uint8]]


@dataclass(frozen=True)
class Difference:
    """One file that is not as it was."""

    name: str
    what: str
    share: float | None = None
    """Of the pixels of a picture."""
    largest: int | None = None
    """Levels of a channel."""


def differences(
    before: Path, now: Path, beside: Path, only: Sequence[str] = ()
) -> list[Difference]:
    """All files that differ; pictures that do are stored in the folder `beside`: before, now,
    and where they differ. With patterns of names, nothing else is missed."""
    old, new = _files(before), _files(now)
    missed = [name for name in sorted(old - new) if fits(Path(name).stem, only)]
    found = [Difference(name, "is missing") for name in missed]
    found += [Difference(name, "is new") for name in sorted(new - old)]
    for name in sorted(old & new):
        found += _compared(before / name, now / name, beside)
    return found


def _files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()} - {MADE}


def _compared(old: Path, new: Path, beside: Path) -> list[Difference]:
    if old.suffix in (".png", ".gif"):
        return _compared_pictures(old, new, beside)
    fields = list(_unequal(_records(old), _records(new), ""))
    more = len(fields) - MOST_FIELDS
    said = fields[:MOST_FIELDS] + ([f"and {more} more"] if more > 0 else [])
    return [Difference(old.name, "\n".join(said))] if fields else []


def _compared_pictures(old: Path, new: Path, beside: Path) -> list[Difference]:
    frames = _frames(old), _frames(new)
    if [each.shape for each in frames[0]] != [each.shape for each in frames[1]]:
        return [Difference(old.name, "has another size")]
    apart = [abs(a.astype(np.int16) - b).max(axis=2) for a, b in zip(*frames, strict=True)]
    left, top, right, bottom = mask_of(old.stem)
    for each in apart:
        each[top:bottom, left:right] = 0
    share = float(np.mean([each > CHANNEL_TOLERANCE for each in apart]))
    if not share:
        return []
    worst = max(range(len(apart)), key=lambda frame: apart[frame].max())
    beside.mkdir(parents=True, exist_ok=True)
    where = np.where(apart[worst] > CHANNEL_TOLERANCE, 255, 0).astype(np.uint8)
    shown = [frames[0][worst], frames[1][worst], np.repeat(where[..., None], 3, axis=2)]
    Image.fromarray(np.hstack(shown)).save(beside / f"{old.stem}.png")
    return [Difference(old.name, "looks different", share, int(apart[worst].max()))]


def mask_of(name: str) -> tuple[int, int, int, int]:
    """The part of a picture that may differ, which is empty for most."""
    return next((box for pattern, box in MASKS if fnmatch(name, pattern)), (0, 0, 0, 0))


def _frames(path: Path) -> Frames:
    """The pictures of a file, each (height, width, 3)."""
    with Image.open(path) as opened:
        return [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(opened)]


def _records(path: Path) -> Any:
    """What a file says, as lists, dictionaries, words, numbers and arrays."""
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [
                {key: _value(word) for key, word in row.items()} for row in csv.DictReader(file)
            ]
    if path.suffix == ".safetensors":
        with safetensors.safe_open(path, framework="np") as file:
            about = {key: json.loads(word) for key, word in (file.metadata() or {}).items()}
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        return about | arrays
    return path.read_bytes()


def _value(word: str) -> str | float:
    try:
        return float(word)
    except (TypeError, ValueError):
        return word


def _unequal(old: Any, new: Any, path: str) -> Iterator[str]:
    """One line for every field that differs."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [*old, *(key for key in new if key not in old)]:
            if key not in CLOCK_FIELDS:
                yield from _unequal(old.get(key), new.get(key), f"{path}.{key}")
    elif _is_list(old) and _is_list(new) and len(old) == len(new):
        for number, pair in enumerate(zip(old, new, strict=True)):
            yield from _unequal(*pair, f"{path}[{number}]")
    elif not _same(old, new):
        yield f"{path.lstrip('.')}: {_short(old)} is now {_short(new)}"


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray):
        same_kind = (old.shape, old.dtype) == (new.shape, new.dtype)
        return same_kind and np.allclose(old, new, RELATIVE_TOLERANCE, 0, equal_nan=True)
    if isinstance(old, float) and isinstance(new, float):
        both_nan = math.isnan(old) and math.isnan(new)
        return both_nan or math.isclose(old, new, rel_tol=RELATIVE_TOLERANCE)
    return type(old) is type(new) and bool(old == new)


def _short(value: Any) -> str:
    said = "nothing" if value is None else repr(value)
    return said if len(said) <= 60 else f"{said[:60]}…"
