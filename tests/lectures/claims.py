"""How a claim of a scene is held: its words as they stand in the file, and what works it out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Found = Callable[[], Sequence[object]]


@dataclass(frozen=True)
class Claim:
    """Words of a scene that say what was measured or counted."""

    words: str
    """With {} in the places of what is worked out"""
    found: Found = tuple
    """What stands in these places"""
    holds: Callable[[], bool] = lambda: True
    """Whether what the words say besides is so"""

    def as_it_is(self) -> str:
        """The words with what was worked out."""
        return self.words.format(*self.found())


@dataclass(frozen=True)
class SceneClaims:
    """What a scene says, and what it shows."""

    shows: str
    """Its line: whoever changes it must look whether the claims are still about the same"""
    claims: tuple[Claim, ...]


Claims = Mapping[str, SceneClaims]
"""Heading -> claims"""


def said(words: str, found: Found) -> Claim:
    """A claim with numbers."""
    return Claim(words, found)


def so(words: str, holds: Callable[[], bool]) -> Claim:
    """A claim in words; numbers in it are names of digits."""
    return Claim(words, holds=holds)


def percent(part: float, decimals: int = 1) -> str:
    """A fraction in percent, without the sign."""
    return f"{100 * part:.{decimals}f}"


def count(number: float) -> str:
    """A whole number."""
    return f"{int(number):,}"
