"""Tooltips that stay narrow enough to read."""

import textwrap

LONGEST_LINE = 60
"""Letters."""


def wrapped(text: str) -> str:
    """A tooltip in lines of a readable length; Qt wraps only what is HTML."""
    return "\n".join(textwrap.fill(line, LONGEST_LINE) for line in text.splitlines())
