"""Where lectures live: those that come with the program, and the user's own."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nnviz.lectures.faults import LectureError
from nnviz.lectures.files import title_of
from nnviz.paths import RESOURCES, user_data
from nnviz.words import commas, sentences, tr

SHIPPED = RESOURCES / "lectures"
ENDING = ".md"
ORDER = ("why-ten-outputs", "one-network-or-ten", "votes-and-elimination", "attract")
"""Of the lectures that come with the program; any others follow."""


@dataclass(frozen=True)
class AtHand:
    """A lecture that can be opened by its name."""

    name: str
    path: Path
    title: str
    own: bool = False
    """Whether it is the user's."""


def own_folder() -> Path:
    """Where the user's own lectures lie (not created here)."""
    return user_data() / "lectures"


def lectures_at_hand() -> tuple[AtHand, ...]:
    """Those that come with the program, then the user's own."""
    return (*_in_folder(SHIPPED, own=False), *_in_folder(own_folder(), own=True))


def find_lecture(word: str) -> Path:
    """The file of a lecture: its path, or the name of one at hand, the user's own first.

    Raises LectureError.
    """
    here = lectures_at_hand()
    for each in reversed(here):
        if each.name == word:
            return each.path
    path = Path(word)
    if path.suffix or os.path.exists(path):
        return path
    names = commas(dict.fromkeys(each.name for each in here))
    raise LectureError(
        sentences(
            tr("{word} is no file and no lecture at hand.", word=word),
            tr("There are: {names}.", names=names) if names else "",
        )
    )


def _in_folder(folder: Path, own: bool) -> list[AtHand]:
    """The lectures of a folder; none where it is not there or cannot be looked into."""
    files: dict[str, Path] = {}
    with suppress(OSError):
        files = {path.stem: path for path in sorted(folder.glob(f"*{ENDING}")) if path.is_file()}
    first = {name: files[name] for name in ORDER if name in files and not own}
    return [AtHand(name, path, title_of(path), own) for name, path in (first | files).items()]
