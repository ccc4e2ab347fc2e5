"""What the blocks of a section mean: caption, question, choices, answer, notes and the line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from nnviz.lectures.action_line import KEYS, read_action
from nnviz.lectures.faults import Faults, LectureError
from nnviz.lectures.lecture import Action, Scene
from nnviz.lectures.markdown import (
    OURS,
    blocks_of,
    is_closed,
    is_comment,
    is_ours,
    pictures_in,
    plain_words,
)
from nnviz.session.slices import SceneWords
from nnviz.words import tr

MOST_SCENES = 1000
MOST_CHOICES = 10
LONGEST = 2000
"""Letters of one text for the room; of what is longer nobody reads the end."""
LONGEST_NOTES = 10_000
TASK = re.compile(r"\[([ xX])\](?:[ \t\n]+|$)")
QUOTED = re.compile(r" {0,3}> ?")


@dataclass(frozen=True)
class Found:
    """What stands in a file below its header."""

    scenes: tuple[Scene, ...]
    title: str = ""
    """A heading above all scenes"""


def read_scenes(lines: Sequence[str], faults: Faults) -> Found:
    """The scenes that lines hold; what is wrong with them goes to the faults."""
    title, made = "", list[Scene]()
    section: _Section | None = None
    for block in blocks_of(lines, MOST_SCENES + 1):
        head = block[0]
        if head.type == "heading_open" and head.tag == "h2":
            if section is not None:
                made.append(section.scene())
            section = _Section(_said(block), _line_of(head), lines, faults)
            if len(made) == MOST_SCENES:
                faults.add(section.line, _too_many())
                break
        elif section is not None:
            section.take(block)
        elif head.tag == "h1" and not title:
            title = _said(block)
        elif any(is_ours(token) for token in block):
            faults.add(_line_of(head), tr("This block stands before the first scene."))
    else:
        if section is not None:
            made.append(section.scene())
    return Found(tuple(made), title)


@dataclass
class _Section:
    """One section, block by block."""

    heading: str
    line: int
    lines: Sequence[str]
    faults: Faults
    before: list[str] = field(default_factory=list)
    """Paragraphs above the choices"""
    after: list[str] = field(default_factory=list)
    """And below them"""
    choices: tuple[str, ...] | None = None
    right: int | None = None
    notes: list[str] = field(default_factory=list)
    shows: str | None = None
    """None: no block of ours has come yet"""
    shows_line: int = 0
    action: Action | None = None
    action_line: int = 0

    def scene(self) -> Scene:
        """The scene that the section describes."""
        before = self.before
        question = before.pop() if self.choices and before else ""
        if self.choices and not question:
            self.faults.add(self.line, tr("The choices of this scene have no question above them."))
            question = self.heading
        words = SceneWords(
            heading=self.heading,
            caption="\n".join(before),
            question=question,
            choices=self.choices or (),
            right=self.right,
            answer="\n".join(self.after),
            notes="\n\n".join(self.notes),
        )
        return Scene(
            words,
            self.shows or "",
            self.action,
            self.line,
            self.shows_line or self.line,
            self.action_line or self.line,
        )

    def take(self, block: Sequence[Token]) -> None:
        """One block of the section."""
        head = block[0]
        if head.type == "paragraph_open":
            self.say(block[1].content, _line_of(head))
        elif head.type == "ordered_list_open" and _items(block) == 1:
            self.say_number(block)
        elif head.type in ("bullet_list_open", "ordered_list_open"):
            self.choose(block)
        elif head.type == "blockquote_open":
            self.note(block)
        elif is_ours(head):
            self.show(head)
        elif head.type != "hr" and not (head.type == "html_block" and is_comment(head)):
            self.faults.add(_line_of(head), self.not_shown(head))

    def not_shown(self, head: Token) -> str:
        """That a block is nothing that scenes have."""
        if head.type == "heading_open":
            return tr("A scene has one heading: this one is not shown.")
        if head.type == "html_block":
            return tr("A scene shows no HTML.")
        if not is_closed(head, self.lines):
            return tr("The block that begins here has no end, so that all below is part of it.")
        return tr(
            "A scene shows no code; the block that says what is looked at is marked {word}.",
            word=OURS,
        )

    def say(self, text: str, line: int) -> None:
        """One paragraph."""
        said = self.words(text, line)
        if said:
            (self.before if self.choices is None else self.after).append(said)

    def say_number(self, block: Sequence[Token]) -> None:
        """A sentence such as "36. That is most of them.", which is a list for Markdown."""
        number = f"{block[1].info}{block[1].markup} "
        for token in block:
            if is_ours(token):
                self.show(token)
            elif token.type == "inline":
                self.say(number + token.content, _line_of(token))
                number = ""

    def words(self, text: str, line: int) -> str:
        """Words without marks, which are not too many."""
        text = self.cut(text, line, LONGEST)
        if any(pictures_in(text)):
            self.faults.add(line, tr("Only notes show pictures of files: this one is not shown."))
        return plain_words(text)

    def cut(self, text: str, line: int, most: int) -> str:
        """A text that is not too long."""
        if len(text) <= most:
            return text
        self.faults.add(line, tr("This text is cut: it has more than {most} letters.", most=most))
        return text[:most]

    def choose(self, block: Sequence[Token]) -> None:
        """A list: the choices."""
        for token in block:
            if is_ours(token):
                self.show(token)
        line = _line_of(block[0])
        if self.choices is not None:
            self.faults.add(line, tr("A scene has one list, its choices: this one is not shown."))
            return
        said, right = list[str](), list[int]()
        for text, place in self.items(block):
            mark = TASK.match(text)
            words = self.words(text[mark.end() :] if mark else text, place)
            if words and mark and mark[1] != " ":
                right.append(len(said))
            said += [words] if words else []
        if len(said) > MOST_CHOICES:
            self.faults.add(line, tr("A question has {most} choices at most.", most=MOST_CHOICES))
            said = said[:MOST_CHOICES]
        if len(right) > 1:
            self.faults.add(line, tr("More than one choice is marked as right."))
        self.choices = tuple(said)
        self.right = right[0] if right and right[0] < len(said) else None

    def items(self, block: Sequence[Token]) -> list[tuple[str, int]]:
        """Texts of the items of a list, and their lines; lists in an item are items, too."""
        found: list[tuple[str, int]] = []
        begins = False
        for token in block:
            if token.type == "list_item_open":
                begins = True
            elif token.type == "inline":
                if begins:
                    found.append((token.content, _line_of(token)))
                else:
                    sentence = tr("A choice has one paragraph: this one is not shown.")
                    self.faults.add(_line_of(token), sentence)
                begins = False
        return found

    def note(self, block: Sequence[Token]) -> None:
        """A block quote: notes, as they are written."""
        assert block[0].map is not None
        lines = self.lines[slice(*block[0].map)]
        said = "\n".join(QUOTED.sub("", line, count=1) for line in lines).strip()
        self.notes.append(self.cut(said, _line_of(block[0]), LONGEST_NOTES))
        for token in block:
            if is_ours(token):
                self.faults.add(
                    _line_of(token), tr("This block stands in the notes, so that it shows nothing.")
                )

    def show(self, block: Token) -> None:
        """A block that says what is looked at, and what happens then."""
        line = _line_of(block)
        if not is_closed(block, self.lines):
            self.faults.add(line, tr("The block that begins here has no end."))
        if self.shows is not None:
            sentence = tr("A scene has one block marked {word}: this one is not read.", word=OURS)
            self.faults.add(line, sentence)
            return
        said = [
            (text.strip(), line + place)
            for place, text in enumerate(block.content.split("\n"), 1)
            if text.strip()
        ]
        if not said:
            self.faults.add(line, tr("This block says nothing."))
        elif said[0][0].split()[0] in KEYS:
            sentence = tr("An action stands below the line that says what is looked at.")
            self.faults.add(said[0][1], sentence)
            said = [("", line), *said]
        self.shows, self.shows_line = said[0] if said else ("", line)
        self.act(said[1:])

    def act(self, said: Sequence[tuple[str, int]]) -> None:
        """The lines below the line of what is looked at."""
        if said:
            text, self.action_line = said[0]
            try:
                self.action = read_action(text)
            except LectureError as error:
                self.faults.add(self.action_line, str(error))
        if len(said) > 1:
            self.faults.add(said[1][1], tr("A scene has one action at most."))


def _said(heading: Sequence[Token]) -> str:
    return plain_words(heading[1].content[:LONGEST]).replace("\n", " ")


def _items(block: Sequence[Token]) -> int:
    return sum(token.type == "list_item_open" for token in block)


def _line_of(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _too_many() -> str:
    return tr("A lecture has {most} scenes at most: it ends here.", most=MOST_SCENES)
