"""The help: pages in Markdown, what stands on them, and where words stand. No Qt.

The pages and their order are the links of `resources/help/index.md`: a new page is a file and a
line there. A page that has been translated lies in the folder of its language.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from nnviz import words
from nnviz.errors import Refusal
from nnviz.paths import RESOURCES
from nnviz.words import tr

if TYPE_CHECKING:  # imported with the first page: the start reads only the contents
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FOLDER = RESOURCES / "help"
INDEX, PAGES, KEYS, ABOUT = "index.md", "pages.md", "keys.md", "about.md"
"""The contents; the pages of the window; all keys; the program."""
BEFORE, AFTER = 12, 80
"""Letters shown before what was found, and from it on."""
LETTERS, PADDING = 64, 3
"""In a line of a page at its usual size; around the words of a cell, in letters."""
Rows = Sequence[Sequence[str]]
_LINK = re.compile(
    r"^- \[(?P<title>[^]]+)\]\((?P<name>[\w-]+\.md)\): (?P<about>.+?)$", re.MULTILINE
)
_KEYS = re.compile(r"<!-- made: keys -->.*?<!-- made -->", re.DOTALL)
_LEARNS = "<!-- made here: what learns -->"
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)


class HelpError(Refusal):
    """A page cannot be read; the message is one sentence for the user."""


@dataclass(frozen=True)
class Listed:
    """A line of the contents."""

    name: str
    """Of the file, such as designs.md."""
    title: str
    about: str


@dataclass(frozen=True)
class Section:
    """What stands below one heading."""

    page: str
    """Name of the file."""
    heading: str
    anchor: str
    """What a link writes after #."""
    level: int
    """1 is the title of the page."""
    text: str
    """Its words, without any marks."""


@dataclass(frozen=True)
class HelpPage:
    """A page, ready to be shown and searched."""

    name: str
    html: str
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        """Its first heading."""
        return self.sections[0].heading if self.sections else self.name


@dataclass(frozen=True)
class Hit:
    """A section that holds all words looked for."""

    section: Section
    around: str
    """Some text around the first of them."""


def contents(folder: Path = FOLDER) -> tuple[Listed, ...]:
    """All pages in their order. Raises HelpError."""
    return tuple(Listed(**found.groupdict()) for found in _LINK.finditer(text_of(INDEX, folder)))


def text_of(name: str, folder: Path = FOLDER) -> str:
    """A page in Markdown, in the language of the program where it has been translated. Raises
    HelpError."""
    file = folder / words.LANGUAGE / name
    if not file.is_file():
        file = folder / name
    try:
        if not file.resolve().is_relative_to(folder.resolve().parent):
            raise HelpError(tr("{page} is no page of the help.", page=name))
        return file.read_text("utf-8")
    except (OSError, UnicodeError) as error:
        message = tr("The page {page} of the help cannot be read.", page=name)
        raise HelpError(message) from error


def read_page(
    name: str,
    keys: Sequence[tuple[str, Rows]] = (),
    folder: Path = FOLDER,
    learns: str = "",
) -> HelpPage:
    """A page; `keys`, subjects with rows below their heads, take the place of the tables of keys in
    the file, which names them as no system in particular does, and `learns` is told where the file
    has a place for what learns here. Raises HelpError."""
    text = text_of(name, folder).replace(_LEARNS, learns)
    if keys:
        tables = "\n\n".join(f"## {title}\n\n{_table(rows)}" for title, rows in keys)
        text = _KEYS.sub(lambda _: tables, text)
    return page_of(name, text)


def _table(rows: Rows) -> str:
    lines = [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    lines.insert(1, "|---" * len(rows[0]) + "|")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return re.sub(r"([|`*_\\<&])", r"\\\1", text)


@lru_cache(maxsize=64)
def page_of(name: str, text: str) -> HelpPage:
    """A page from its Markdown; read once, however often the help is opened."""
    markdown = _markdown()
    tokens = markdown.parse(_COMMENT.sub("", text))
    sections = tuple(_sections(name, tokens))
    share_widths(tokens)
    html = markdown.renderer.render(tokens, markdown.options, {})
    return HelpPage(name, html.replace("\n</code></pre>", "</code></pre>"), sections)


def text_in_parts(name: str, folder: Path = FOLDER) -> "tuple[MarkdownIt, list[Token]]":
    """What draws a page, and its parts. Raises HelpError."""
    markdown = _markdown()
    return markdown, markdown.parse(_COMMENT.sub("", text_of(name, folder)))


@cache
def _markdown() -> "MarkdownIt":
    # only now: the start needs none of it
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def _sections(name: str, tokens: "Sequence[Token]") -> Iterator[Section]:
    """The sections in their order; puts an anchor into each heading."""
    from markdown_it.token import Token  # with the parser that made the tokens

    heads = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    taken: dict[str, int] = {}
    for start, end in zip(heads, [*heads[1:], len(tokens)], strict=True):
        heading = _words_of(tokens[start + 1])
        anchor = anchor_of(heading)
        again = taken.get(anchor, 0)
        taken[anchor] = again + 1
        anchor += f"-{again}" if again else ""
        mark = Token("html_inline", "", 0, content=f'<a name="{anchor}"></a>')
        tokens[start + 1].children = [mark, *(tokens[start + 1].children or [])]
        said = [_words_of(token) for token in tokens[start + 3 : end]]
        text = " ".join(" ".join(each for each in said if each).split())
        yield Section(name, heading, anchor, int(tokens[start].tag[1]), text)


def share_widths(tokens: "Sequence[Token]") -> None:
    """Gives the columns of every table room by what stands in them, which Qt does not: each for its
    longest word, and the rest to those with more to say."""
    heads: list[Token] = []
    cells: list[list[str]] = []
    column = 0
    for token, inside in pairwise([*tokens, *tokens[-1:]]):
        if token.type == "table_open":
            heads, cells = [], []
        elif token.type == "tr_open":
            column = 0
        elif token.type in ("th_open", "td_open"):
            if token.type == "th_open":
                heads.append(token)
                cells.append([])
            cells[column].append(_words_of(inside))
            column += 1
        elif token.type == "table_close":
            for head, share in zip(heads, _shares(cells), strict=False):
                head.attrSet("width", f"{int(100 * share)}%")


def _shares(cells: Sequence[Sequence[str]]) -> list[float]:
    """Of the width, for each column; none where all words are too long for any sharing."""
    parts = [re.split(r"[\s/-]", " ".join(each)) for each in cells]
    least = [(max(map(len, each)) + PADDING) / LETTERS for each in parts]
    left = 1 - sum(least)
    if left < 0:
        return []
    means = [sum(map(len, each)) / len(each) / LETTERS for each in cells]
    wanted = [max(mean - room, 0) for mean, room in zip(means, least, strict=True)]
    total = sum(wanted)
    if not total:
        return [room / sum(least) for room in least]
    return [room + left * more / total for room, more in zip(least, wanted, strict=True)]


def anchor_of(heading: str) -> str:
    """What a link to a heading writes after #, as forges do."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _words_of(token: "Token") -> str:
    if token.type in ("fence", "code_block"):
        return token.content
    said = {"text", "code_inline", "image"}
    return "".join(
        child.content if child.type in said else " " if child.type.endswith("break") else ""
        for child in token.children or ()
    )


def search(pages: Iterable[HelpPage], asked: str) -> list[Hit]:
    """The sections that hold all words asked for, upper or lower case; those first that have
    them in their headings, else in the order of the pages."""
    wanted = asked.casefold().split()
    if not wanted:
        return []
    named: list[Hit] = []
    others: list[Hit] = []
    for page in pages:
        for section in page.sections:
            heading = section.heading.casefold()
            whole = f"{heading} {section.text.casefold()}"
            if all(word in whole for word in wanted):
                all_named = all(word in heading for word in wanted)
                (named if all_named else others).append(Hit(section, _around(section, wanted)))
    return named + others


def _around(section: Section, wanted: Sequence[str]) -> str:
    text = section.text
    places = [place for word in wanted if (place := text.casefold().find(word)) >= 0]
    middle = min(places, default=0)
    start = text.rfind(" ", 0, middle - BEFORE) + 1 if middle > BEFORE else 0
    end = text.find(" ", middle + AFTER)
    shown = text[start:] if end < 0 else text[start:end]
    return ("… " if start else "") + shown + (" …" if end >= 0 else "")
