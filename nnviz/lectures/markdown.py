"""Markdown as lectures need it: blocks with their lines, and words without any marks.

markdown-it reads it. Two of its rules are bounded here, as one slip must not swallow all scenes
that follow: a block marked `nnviz` and a comment that do not end, end before the next scene.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, fence, html_block
from markdown_it.token import Token

OURS = "nnviz"
"""The first word behind the fence of a block that says what a scene shows"""
MARKED = re.compile(r"[\\`*_\[\]!<>&\n]")
"""Signs without any of which a text is as it stands"""
SCENE = re.compile("##[ \t]")
"""How a line begins that begins a scene, whatever stands before it"""
NO_WORDS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
"""Signs that are no part of any words, nor ends of lines"""
COMMENT_END = "-->"


def blocks_of(lines: Sequence[str], most: int = 0) -> Iterator[Sequence[Token]]:
    """The blocks that stand in none other, one after the other, each as its tokens; of more than
    `most` scenes only those of so many, or a few more, if it says any number."""
    text = "\n".join(lines)
    scenes = [number for number, line in enumerate(lines) if SCENE.match(line)]
    env = {"scenes": scenes, "last_comment": text.rfind(COMMENT_END)}
    parse, count = _markdown(blocks_alone=True).parse, most or len(scenes)
    while count < len(scenes):  # some of these lines may begin no scene, as in code
        tokens = parse("\n".join(lines[: scenes[count]]), env)
        if sum(map(_begins_scene, tokens)) >= most:
            break
        count *= 2
    else:
        tokens = parse(text, env)
    opened = 0
    for place, token in enumerate(tokens):
        if token.level:
            continue
        if token.nesting == 1:
            opened = place
        else:
            yield tokens[opened if token.nesting else place : place + 1]


def _begins_scene(token: Token) -> bool:
    return token.type == "heading_open" and token.tag == "h2" and not token.level


def is_ours(token: Token) -> bool:
    """Whether a block says what a scene shows."""
    return token.type == "fence" and token.info.split()[:1] == [OURS]


def is_closed(token: Token, lines: Sequence[str]) -> bool:
    """Whether a block between fences ends with one."""
    assert token.map is not None
    first, end = token.map
    last = lines[end - 1].strip(" \t")
    if token.level:  # in a quote
        last = last.lstrip("> \t")
    return end > first + 1 and len(last) >= len(token.markup) and not last.strip(token.markup[0])


def is_comment(token: Token) -> bool:
    """Whether a block of HTML is a comment with an end."""
    content = token.content.strip()
    return content.startswith("<!--") and content.endswith(COMMENT_END)


def plain_words(text: str, *, marked: bool = True) -> str:
    """Words without marks of Markdown, if they have any, and without what is no sign of a text;
    what breaks a line on purpose still does."""
    if marked and MARKED.search(text):
        text = "".join(_words(_markdown().parseInline(text)[0].children or ()))
    lines = (" ".join(NO_WORDS.sub(" ", line).split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "softbreak":
            yield " "
        elif token.type == "hardbreak":
            yield "\n"
        else:  # a picture's words stand in its content, too
            yield token.content


def pictures_in(text: str) -> Iterator[str]:
    """Where the pictures lie that a text shows."""
    if "![" not in text:
        return
    for block in _markdown().parse(text):
        for token in block.children or ():
            if token.type == "image":
                yield str(token.attrGet("src") or "")


@cache
def _markdown(*, blocks_alone: bool = False) -> MarkdownIt:
    """The parser; one for blocks alone does not look into paragraphs."""
    # without what makes text vanish or mean something else by its indentation
    markdown = MarkdownIt("commonmark").disable(["code", "reference", "html_inline"])
    for name, rule, stops in (
        ("fence", _bounded_fence, ["paragraph", "reference", "blockquote", "list"]),
        ("html_block", _bounded_html, ["paragraph", "reference", "blockquote"]),
    ):
        markdown.block.ruler.at(name, rule, {"alt": stops})
    if blocks_alone:
        markdown.core.ruler.enableOnly(["normalize", "block"])
    return markdown


def _bounded_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if first.lstrip("`~").split()[:1] == [OURS]:
        end = _next_scene(state.env, start, end)
    return fence(state, start, end, silent)


def _bounded_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if state.src.startswith("<!--", begin) and begin > state.env.get("last_comment", begin):
        end = _next_scene(state.env, start, end)
    return html_block(state, start, end, silent)


def _next_scene(env: Any, start: int, end: int) -> int:
    """The line at which the next scene begins, or `end`."""
    scenes = env.get("scenes", ())
    place = bisect_right(scenes, start)
    return min(end, scenes[place]) if place < len(scenes) else end
