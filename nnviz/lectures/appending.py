"""Puts a scene at the end of a file of a lecture: what was written by hand stays, byte by byte."""

import os
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from markdown_it.token import Token

from nnviz.lectures.action_line import action_line
from nnviz.lectures.faults import LectureError, shortened
from nnviz.lectures.files import LINE_END, MARK, lecture_from, text_of
from nnviz.lectures.lecture import Action, Lecture, Scene
from nnviz.lectures.markdown import OURS, blocks_of, is_closed, is_comment, plain_words
from nnviz.lectures.scenes import LONGEST, MOST_SCENES
from nnviz.words import tr
from nnviz.writing import write

MARKS = re.compile(r"([!-/:-@\[-`{-~])")
"""Signs that can mean something in Markdown; behind a backslash none does."""


def append_scene(
    path: Path, line: str, *, heading: str = "", caption: str = "", action: Action | None = None
) -> Scene:
    """Adds a scene that shows what a line says, to a new file where there is none; -> the scene as
    the file now has it. An empty heading becomes its number.

    Raises LectureError, NotSaved; then the file is as it was.
    """
    if "=" not in line.strip().partition(" ")[0]:
        raise LectureError("{line} says nothing that is looked at.", line=shortened(line))
    text = text_of(path) if os.path.exists(path) else ""
    before = _scenes(text, path)
    if len(before) == MOST_SCENES:
        raise LectureError("{file} has {most} scenes already.", file=path.name, most=MOST_SCENES)
    said = plain_words(heading[:LONGEST].replace("\n", " "), marked=False)
    wanted = (
        said or tr("Scene {number}", number=len(before) + 1),
        plain_words(caption[:LONGEST], marked=False),
        " ".join(line.split()),
        action,
    )
    lines = _end_of(text, path) if text.removeprefix(MARK) else _header(path)
    for escaped in (False, True):
        whole = text + _joined(text, [*lines, *_section(*wanted, escaped=escaped)])
        after = _scenes(whole, path)
        if after[:-1] == before and after and _is(after[-1], *wanted):
            with suppress(OSError):  # of which `write` says why
                path.parent.mkdir(parents=True, exist_ok=True)
            write(path, whole.encode())
            return after[-1]
    raise LectureError(
        "Nothing can be added to {file}: its end is part of something that has no end.",
        file=path.name,
    )


def _scenes(text: str, path: Path) -> tuple[Scene, ...]:
    """Those of a text, which may have none yet."""
    try:
        return lecture_from(text, path)[0].scenes
    except LectureError:
        return ()


def _is(scene: Scene, heading: str, caption: str, line: str, action: Action | None) -> bool:
    """Whether a scene says and shows just this."""
    plain = replace(scene.words, heading=heading, caption=caption)
    bare = not (plain.question or plain.choices or plain.answer or plain.notes)
    return bare and plain == scene.words and (scene.shows, scene.action) == (line, action)


def _header(path: Path) -> list[str]:
    title = plain_words(path.stem.replace("-", " ").replace("_", " "), marked=False)
    said = {"title": title, "minutes": str(Lecture.minutes)}
    return ["---", *(f"{key}: {value}" for key, value in said.items()), "---"]


def _section(
    heading: str, caption: str, line: str, action: Action | None, *, escaped: bool
) -> list[str]:
    """The lines of a scene."""
    if escaped:
        heading, caption = MARKS.sub(r"\\\1", heading), MARKS.sub(r"\\\1", caption)
    paragraphs = [each for text in caption.split("\n") if text for each in (text, "")]
    acts = [] if action is None else [action_line(action)]
    return ["", f"## {heading}", "", *paragraphs, f"```{OURS}", line, *acts, "```", ""]


def _end_of(text: str, path: Path) -> list[str]:
    """What must stand below a text so that a scene can follow it. Raises LectureError."""
    lines = LINE_END.split(text.removeprefix(MARK))
    last: Token | None = None
    for block in blocks_of(lines):
        last = block[0]
    if last is None or last.type not in ("fence", "html_block"):
        return []
    assert last.map is not None
    if last.type == "fence":
        return [] if is_closed(last, lines) else [last.markup]
    if last.content.lstrip().startswith("<!--") and not is_comment(last):
        raise LectureError(
            "Nothing can be added to {file}: the comment that begins in line {line} has no end.",
            file=path.name,
            line=str(last.map[0] + 1),
        )
    return []


def _joined(text: str, lines: list[str]) -> str:
    """Lines that go on a text, with the line ends that it has."""
    found = LINE_END.search(text)
    end = found[0] if found else "\n"
    starts_line = not text.removeprefix(MARK) or text.endswith(("\r", "\n"))
    return ("" if starts_line else end) + end.join(lines)
