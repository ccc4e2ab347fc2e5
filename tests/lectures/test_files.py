"""Lecture files: what each part of the Markdown means, and where each mistake stands."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.lectures.action_line import FASTEST_FILM, action_line, read_action
from nnviz.lectures.faults import LectureError
from nnviz.lectures.files import lecture_from, read_lecture
from nnviz.lectures.lecture import Action, PlayFilm, RaceOf, Train, Walk
from nnviz.lectures.scenes import MOST_SCENES
from nnviz.networks.designs import DESIGNS
from nnviz.session.slices import SceneWords

PATH = Path("a.md")
WHOLE = """---
title: Why ten outputs and not four?
author: nnviz
minutes: 45
source: Nielsen, chapter 1: "digits"
loop: yes
pause: 8.5
---
An introduction that no scene has.

## Two ways to *write* an answer
Ten lamps, **one** per digit. Or `four` lamps that
write a [number](http://example.com/).

Four lamps are cheaper.

Which network reads better?

- [x] ten
- [ ] four &amp; no more
- [ ] 2 \\* 2

36. Ten outputs do.

By three points.

> Notes for the *speaker*.
>
> - a list

~~~nnviz
page=designs view=codes
walk
~~~

<!-- a comment with
## no scene in it -->

## The second one

1. ten
2. four
"""


def faults(text: str) -> list[tuple[int, str]]:
    """Line and sentence of each mistake in the scenes of a titled lecture."""
    _, found = lecture_from(f"---\ntitle: t\n---\n{text}", PATH)
    return [(fault.line - 3, fault.sentence) for fault in found]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_part_of_a_lecture_has_its_place(end: str) -> None:
    lecture, found = lecture_from("\ufeff" + WHOLE.replace("\n", end), PATH)
    assert (lecture.title, lecture.author) == ("Why ten outputs and not four?", "nnviz")
    assert (lecture.minutes, lecture.loops, lecture.pause) == (45, True, 8.5)
    assert lecture.source == 'Nielsen, chapter 1: "digits"'
    first, second = lecture.scenes
    assert first.words == SceneWords(
        heading="Two ways to write an answer",
        caption="Ten lamps, one per digit. Or four lamps that write a number.\n"
        "Four lamps are cheaper.",
        question="Which network reads better?",
        choices=("ten", "four & no more", "2 * 2"),
        right=0,
        answer="36. Ten outputs do.\nBy three points.",
        notes="Notes for the *speaker*.\n\n- a list",
    )
    assert (first.shows, first.action) == ("page=designs view=codes", Walk())
    lines = WHOLE.split("\n")
    for place, text in (
        (first.line, "## Two"),
        (first.shows_line, "page="),
        (first.action_line, "walk"),
        (second.line, "## The"),
    ):
        assert lines[place - 1].startswith(text)
    assert second.words.choices == ("ten", "four")
    assert second.words.question == "The second one"
    assert [fault.line for fault in found] == [second.line]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("## a\n\n```nnviz\npage=train\ntrain to=few\n```", 5, "'few'"),
        ("## a\n```nnviz\npage=train\nwalk\nwalk\n```", 5, "one action"),
        ("## a\n```nnviz\npage=train\nfly\n```", 4, "'fly'"),
        ("## a\n```nnviz\nwalk\n```", 3, "below the line"),
        ("## a\n```nnviz\n\n```", 2, "nothing"),
        ("## a\n```nnviz\npage=a\n```\n\n```nnviz\npage=b\n```", 6, "one block"),
        ("## a\n```nnviz\npage=a\n\n## b", 2, "no end"),
        ("## a\n```python\n## no scene\n```", 2, "no code"),
        ("## a\n~~~\n## no scene", 2, "no end"),
        ("## a\n### b", 2, "one heading"),
        ("## a\n<div>x</div>", 2, "HTML"),
        ("## a\n<!-- never\n\n## b", 2, "HTML"),
        ("## a\nq?\n- [x] b\n- [x] c", 3, "More than one"),
        ("## a\nq?\n- b\n\nc\n\n- d", 7, "one list"),
        ("## a\nq?\n- b\n\n  c", 5, "one paragraph"),
        ("## a\nq?\n" + "- b\n" * 11, 3, "choices"),
        ("## a\n> ```nnviz\n> page=a\n> ```", 2, "notes"),
        ("## a\n![b](c.png)", 2, "pictures"),
        ("```nnviz\npage=a\n```\n## a", 1, "before"),
        (f"## a\n\n{'b' * 2001}", 3, "2,000"),
        ("## a\n\f\x0b\u2028x\n### b", 3, "one heading"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int, word: str) -> None:
    ((found, sentence),) = faults(text)
    assert (found, word in sentence) == (line, True), sentence


@pytest.mark.parametrize(
    ("head", "line", "word"),
    [
        ("title: t\nminute: 4", 3, "'minute'"),
        ("title: t\nminutes: many", 3, "'many'"),
        ("title: t\nminutes: 0", 3, "above 0"),
        ("title: t\nloop: maybe", 3, "'maybe'"),
        ("title: t\ntitle: u", 3, "twice"),
        ("title: t\nwords", 3, "key: value"),
        ("author: t", 1, "title"),
    ],
)
def test_a_mistake_in_the_header_is_named_with_its_line(head: str, line: int, word: str) -> None:
    lecture, (fault,) = lecture_from(f"---\n{head}\n---\n## a", PATH)
    assert (fault.line, word in fault.sentence) == (line, True), fault.sentence
    assert lecture.title == ("a" if line == 1 else "t")
    assert fault.placed.startswith(f"a.md:{line}: ")


def test_a_header_without_an_end_hides_no_scene() -> None:
    lecture, (fault,) = lecture_from("---\ntitle: t\n\n## a\n## b", PATH)
    assert (lecture.title, len(lecture.scenes), fault.line) == ("t", 2, 1)


def test_a_faulty_scene_still_says_its_words_and_the_rest_is_there() -> None:
    text = "# t\n## a\nb\n```nnviz\npage=train\ntrain to=x\n## c\nd\n\n\t- e"
    lecture, found = lecture_from(text, PATH)
    assert [scene.words.heading for scene in lecture.scenes] == ["a", "c"]
    assert lecture.title == "t"
    assert (lecture.scenes[0].words.caption, lecture.scenes[0].shows) == ("b", "page=train")
    assert lecture.scenes[1].words.choices == ("e",)
    assert [fault.line for fault in found] == [4, 6]


def test_a_block_in_a_list_is_the_block_of_its_scene() -> None:
    lecture, found = lecture_from("# t\n## a\nb\n- c\n\n  ```nnviz\n  page=a\n  ```\n", PATH)
    assert (lecture.scenes[0].shows, lecture.scenes[0].shows_line, found) == ("page=a", 7, ())


def test_ten_thousand_scenes_are_cut_with_a_message() -> None:
    lecture, (fault,) = lecture_from("# t\n" + "## a\n```nnviz\npage=b\n```\n" * 10_000, PATH)
    assert len(lecture.scenes) == MOST_SCENES
    assert fault.line == 2 + 4 * MOST_SCENES


def test_what_looks_like_scenes_is_no_scene_in_code() -> None:
    code = "```text\n" + "## a\n" * (2 * MOST_SCENES) + "```\n"
    lecture, _ = lecture_from("# t\n## first\n" + code + "## last\n", PATH)
    assert [scene.words.heading for scene in lecture.scenes] == ["first", "last"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"words", b"\x00## a", b"\xff\xfe#\x00#\x00", b"## a\n\n\xe4", b"# a", b"---"],
)
def test_what_is_no_lecture_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(content)
    with pytest.raises(LectureError, match=r"a\.md .*\.$"):
        read_lecture(file)
    for absent in (tmp_path, tmp_path / "b.md", tmp_path / ("c" * 300)):
        with pytest.raises(LectureError, match="cannot be read"):
            read_lecture(absent)


PIECES = (
    *("## ", "\n", "\n\n", "```nnviz", "```", "~~~", "> ", "- ", "1. ", "[x] ", "<!--", "-->"),
    *("---", "title: ", "\t", "    ", "\r", "\x0c", "\u2028", "page=train", "walk", "train to=1"),
    *("#", "a", "<b>", "*", "`", "![", "](", "\\", "&lt;", "===", "\x00", "\U0001f600"),
)
PARTS = st.sampled_from(PIECES)


@settings(max_examples=80)
@given(st.lists(st.one_of(PARTS, st.text(max_size=3)), max_size=40).map("".join))
def test_any_text_is_a_lecture_or_refused(text: str) -> None:
    try:
        lecture, found = lecture_from(text, PATH)
    except LectureError:
        return
    count = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    assert all(1 <= fault.line <= count and fault.sentence for fault in found)
    places = [scene.line for scene in lecture.scenes]
    assert places == sorted(set(places))
    assert 1 <= places[0] <= places[-1] <= count
    assert lecture.title


ACTIONS = st.one_of(
    st.builds(Train, st.integers(1, 1000), st.none() | st.integers(1, 999_999)),
    st.just(Walk()),
    st.builds(
        lambda first, more, speed: PlayFilm(first, first + more, speed),
        st.integers(0, 1000),
        st.integers(1, 1000),
        st.floats(0.01, FASTEST_FILM),
    ),
    st.builds(
        RaceOf,
        st.lists(st.sampled_from(list(DESIGNS)), min_size=2, unique=True).map(tuple),
        st.integers(1, 1000),
        st.booleans(),
    ),
)


@settings(max_examples=60)
@given(ACTIONS)
def test_an_action_is_read_back_from_its_line(action: Action) -> None:
    assert read_action(action_line(action)) == action


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("train", "to="),
        ("train to=0", "'0'"),
        ("train to=5 speed", "speed=..."),
        ("train to=5 to=6", "twice"),
        ("train until=5", "'until'"),
        ("film from=3 to=3", "to=3"),
        ("film to=3 speed=nan", "'nan'"),
        ("film to=3 speed=61", "60"),
        ("walk on", "'on'"),
        ("race designs=ten-outputs epochs=3", "two"),
        ("race designs=ten-outputs,five-bits epochs=3", "'five-bits'"),
        ("race designs=ten-outputs,four-bits epochs=3 fair=1", "'1'"),
        (f"race designs=ten-outputs,four-bits epochs={'9' * 5000}", "..."),
    ],
)
def test_what_no_action_says_is_named(line: str, word: str) -> None:
    with pytest.raises(LectureError) as refused:
        read_action(line)
    assert word in str(refused.value)
    assert len(str(refused.value)) < 200
