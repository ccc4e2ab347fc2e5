"""Where in a folder pictures lie, at some depth, without looking at what they are."""

import os
from collections.abc import Iterator
from pathlib import Path

from nnviz.data.picture_kinds import SUFFIXES

SYSTEM = frozenset(
    {
        *("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "@eadir"),
        *("$recycle.bin", "lost+found"),
    }
)
"""What systems leave in folders; nobody misses it."""
DEEPEST = 6
"""Folders inside one that are looked through for pictures."""
MOST_LOOKED_AT = 5_000
"""Folders that are looked through: of a folder of people, each with ten of digits, enough."""


def folders_with_pictures(folder: Path) -> Iterator[tuple[str, ...]]:
    """The folders that hold pictures themselves, in one and at some depth in it, each by the names
    of those that lead to it: () for the one itself. What cannot be looked into is left out."""
    for looked_at, (where, folders, files) in enumerate(os.walk(folder)):
        if looked_at == MOST_LOOKED_AT:
            return
        inside = Path(where).relative_to(folder).parts
        folders[:] = sorted(filter(is_shown, folders)) if len(inside) < DEEPEST else []
        if any(map(is_picture, files)):
            yield inside


def is_picture(name: str) -> bool:
    """Whether a file is called like a picture."""
    return name.lower().endswith(SUFFIXES)


def is_shown(name: str) -> bool:
    """Whether a file or a folder is neither hidden nor something that systems leave."""
    return not name.startswith(".") and name.casefold() not in SYSTEM
