"""A lecture on paper, as HTML: each scene with its picture, words, answer and notes."""

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from itertools import chain

from markdown_it import MarkdownIt

from nnviz.lectures.lecture import Lecture, Scene
from nnviz.session.slices import SceneWords
from nnviz.words import LANGUAGE, clauses, plain, tr, tr_n

STYLE = """
body { font-family: Inter, "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #1a1a1a;
  background: #ffffff; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.45; }
h1 { margin-bottom: 0.2rem; }
h2 { margin: 0 0 0.4rem; font-size: 1.3rem; break-after: avoid; }
section { margin: 2.5rem 0; }
img { display: block; width: 100%; height: auto; border: 1px solid #bbbbbb; break-inside: avoid; }
.source, .notes { color: #444444; }
.question { font-weight: 600; }
ol.choices { margin-top: 0.2rem; }
.notes { margin: 0.8rem 0 0; padding-left: 1rem; border-left: 3px solid #bbbbbb;
  font-size: 0.92rem; }
@page { margin: 16mm; }
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; }
  section { margin: 0 0 1.6rem; break-inside: avoid; }
  img { max-height: 105mm; width: auto; max-width: 100%; }
}
"""


def handout_html(lecture: Lecture, pictures: Sequence[str]) -> str:
    """A whole document; `pictures` are where those of the scenes lie, "" for none."""
    parts = (
        f'<section id="scene-{number}">\n{scene_html(number, scene, picture)}</section>'
        for number, (scene, picture) in enumerate(zip(lecture.scenes, pictures, strict=True), 1)
    )
    head = (
        f'<!DOCTYPE html>\n<html lang="{LANGUAGE.replace("_", "-")}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(lecture.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    )
    return "\n".join((head + title_html(lecture), *parts, "</body>\n</html>\n"))


def title_html(lecture: Lecture) -> str:
    """The title, and by whom, how long and after whom."""
    scenes = tr_n("{count} scene", "{count} scenes", len(lecture.scenes))
    minutes = tr("{minutes} minutes", minutes=plain(lecture.minutes))
    said = clauses(each for each in (lecture.author, scenes, minutes, lecture.source) if each)
    return f'<h1>{escape(lecture.title)}</h1>\n<p class="source">{escape(said)}</p>\n'


def scene_html(number: int, scene: Scene, picture: str) -> str:
    """One scene, by its number from 1 on."""
    words = scene.words
    heading = tr("{number}. {heading}", number=str(number), heading=words.heading)
    parts = chain(
        [f"<h2>{escape(heading)}</h2>\n"],
        _paragraphs("caption", words.caption),
        [f'<p><img src="{escape(picture)}" alt="{escape(words.heading)}"></p>\n']
        if picture
        else [],
        _asked(words),
        [f'<div class="notes">\n{notes_html(words.notes)}</div>\n'] if words.notes else [],
    )
    return "".join(parts)


def _asked(words: SceneWords) -> Iterator[str]:
    """The question with its choices and the answer."""
    yield from _paragraphs("question", words.question)
    if words.choices:
        items = "".join(f"<li>{escape(choice)}</li>\n" for choice in words.choices)
        yield f'<ol class="choices" type="A">\n{items}</ol>\n'
    if words.right is not None:
        right = tr("Answer: {choice}", choice=words.choices[words.right])
        yield from _paragraphs("answer", right)
    yield from _paragraphs("answer", words.answer)


def _paragraphs(kind: str, text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line:
            yield f'<p class="{kind}">{escape(line)}</p>\n'


def notes_html(notes: str) -> str:
    """Notes as HTML without any HTML of their own, and with the words of pictures for these."""
    markdown = _notes()
    tokens = markdown.parse(notes)
    for token in tokens:
        for inside in token.children or ():
            if inside.type == "image":
                inside.type, inside.tag = "text", ""
    rendered: str = markdown.renderer.render(tokens, markdown.options, {})
    return rendered


@cache
def _notes() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})
