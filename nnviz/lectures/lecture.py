"""A lecture as a value: scenes, what each shows, and what it does once it stands."""

from dataclasses import dataclass
from pathlib import Path

from nnviz.session.slices import SceneWords


@dataclass(frozen=True)
class Train:
    """Learns to the end of an epoch."""

    epoch: int
    speed: int | None = None
    """Digits per second (None: as fast as it goes)"""


@dataclass(frozen=True)
class PlayFilm:
    """Plays the film from one of its moments to another one."""

    first: int
    last: int
    speed: float = 10.0
    """Moments per second"""


@dataclass(frozen=True)
class Walk:
    """ "Next" shows one step of the verdict after the other before it goes on."""


@dataclass(frozen=True)
class RaceOf:
    """Designs learn side by side from one seed."""

    designs: tuple[str, ...]
    epochs: int
    fair: bool = False
    """Whether the first gets as many parameters as the largest of the others"""


Action = Train | PlayFilm | Walk | RaceOf


@dataclass(frozen=True)
class Scene:
    """One thing that a lecture shows; it depends on no other scene."""

    words: SceneWords
    shows: str = ""
    """The line of what is looked at; "" where it only says something."""
    action: Action | None = None
    line: int = 1
    """Where its heading stands in the file, counted from 1."""
    shows_line: int = 1
    """Where its line stands."""
    action_line: int = 1


@dataclass(frozen=True)
class Lecture:
    """A lecture file."""

    title: str
    scenes: tuple[Scene, ...]
    author: str = ""
    minutes: float = 45
    """Planned"""
    source: str = ""
    """What it follows"""
    loops: bool = False
    """Whether it runs by itself, again and again, for open days."""
    pause: float = 8.0
    """Seconds that a scene stays where it runs by itself."""
    path: Path | None = None
