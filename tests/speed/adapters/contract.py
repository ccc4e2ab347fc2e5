"""What an adapter offers: one module for each revision whose parts can be measured alone.

It runs with the revision's own interpreter and libraries, which know nothing of these tests, so
that adapters import nothing but the program of their revision. `serving` calls what a module has
of the functions below; what it lacks cannot be measured there. The name of a module is that of
the revision, or `present` for the working tree.
"""

from collections.abc import Mapping
from typing import Any, Protocol

Asked = Mapping[str, Any]
"""Settings by name; those that are not named are the usual ones."""


class Learns(Protocol):
    """Something that can be done over and over."""

    def learn(self, steps: int) -> None:
        """So many more times."""


class Live(Protocol):
    """The loop of the training process, within this process."""

    def ask(self, design: str) -> dict[str, Any]:
        """One epoch from the start at full speed -> `learning` and `whole`, seconds of processor
        time; `points` of the curves in it; `looks`, milliseconds between two looks for commands.
        """


class Adapter(Protocol):
    """`digits` is "bundled" or a folder of IDX files."""

    def steps(self, settings: Asked, digits: str, cores: int = 0) -> Learns:
        """Steps of the training loop at full speed, without measuring; on so many cores (0: on
        all that there are)."""

    def points(self, settings: Asked, digits: str) -> Learns:
        """Points of the curves of one network: 5,000 training digits and all test digits."""

    def live(self, settings: Asked, digits: str) -> Live:
        """Runs with these settings."""

    def process(self, settings: Asked, digits: str) -> Any:
        """A training process whose `ask("")` starts it and lets it learn one step ->
        `pid`, of the process, which goes on until the next `ask` or `close`."""
