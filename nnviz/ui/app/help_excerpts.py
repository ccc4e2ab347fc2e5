"""What the help says of one thing: a paragraph, an entry of a list, or a row of a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from nnviz.ui.app.help_pages import FOLDER, anchor_of, share_widths, text_in_parts

if TYPE_CHECKING:  # as in help_pages
    from markdown_it.token import Token

LEAST = 120
"""Letters of a paragraph that says enough alone."""
OPEN, CLOSE = 1, -1
"""Of a token: how the depth changes."""
ENTRIES = ("list_item_open", "tr_open")


@dataclass(frozen=True)
class Place:
    """Where the help tells of something."""

    page: str
    """Name of the file."""
    anchor: str
    """Of the heading."""
    entry: str = ""
    """Words that the entry of a list or the row of a table begins with; without any it is the
    first paragraph."""


@lru_cache(maxsize=64)
def excerpt(place: Place, whole: bool = False, folder: Path = FOLDER) -> str:
    """What stands there, as HTML: all of the section if it is wanted `whole`; nothing if there is
    no such place. Raises HelpError."""
    markdown, tokens = text_in_parts(place.page, folder)
    section = _section(tokens, place.anchor)
    if place.entry:
        section = _entry(section, place.entry)
    elif whole:
        share_widths(section)
    else:
        section = _first(section)
    said = str(markdown.renderer.render(section, markdown.options, {}))
    of_row = bool(section) and section[0].type == "inline"
    return f"<strong>{place.entry}</strong>: {said}" if of_row else said


def _section(tokens: "Sequence[Token]", anchor: str) -> "list[Token]":
    """What stands below a heading, without it."""
    heads = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    for start, end in zip(heads, [*heads[1:], len(tokens)], strict=True):
        if anchor_of(_said(tokens[start + 1])) == anchor:
            return list(tokens[start + 3 : end])
    return []


def _entry(tokens: "Sequence[Token]", words: str) -> "list[Token]":
    """What an entry says, or a row after its first cell."""
    for entry in _parts(tokens, ENTRIES):
        said = next((_said(token) for token in entry if token.type == "inline"), "")
        if not said.startswith(words):
            continue
        cells = [token for token in entry if token.type == "inline"]
        return cells[-1:] if entry[0].type == "tr_open" else entry[1:-1]
    return []


def _first(tokens: "Sequence[Token]") -> "list[Token]":
    """The first paragraph, and the next one where that says little."""
    found: list[Token] = []
    for paragraph in _parts(tokens, ("paragraph_open",)):
        if paragraph[0].level:
            break
        found += paragraph
        if sum(len(_said(token)) for token in found) >= LEAST:
            break
    return found


def _parts(tokens: "Sequence[Token]", kinds: Sequence[str]) -> "Iterator[list[Token]]":
    """All that begins with one of these kinds of tokens, to its end."""
    for start, token in enumerate(tokens):
        if token.type in kinds:
            end = next(
                at
                for at in range(start + 1, len(tokens))
                if tokens[at].nesting == CLOSE and tokens[at].level == token.level
            )
            yield list(tokens[start : end + 1])


def _said(token: "Token") -> str:
    return "".join(child.content for child in token.children or ())
