"""Tooltips that stay narrow enough to read."""

import textwrap
from functools import lru_cache

LONGEST_LINE = 60
"""Letters."""


@lru_cache(maxsize=512)
def wrapped(text: str) -> str:
    """A tooltip in lines of a readable length; Qt wraps only what is HTML."""
    return "\n".join(textwrap.fill(line, LONGEST_LINE) for line in text.splitlines())
