"""A scene goes to the end of a file, and what was there stays, byte by byte."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnviz.lectures.appending import append_scene
from nnviz.lectures.collection import find_lecture, lectures_at_hand, own_folder
from nnviz.lectures.faults import LectureError
from nnviz.lectures.files import read_lecture
from nnviz.lectures.lecture import Train
from tests.lectures.test_files import PARTS, WHOLE

LINE = "page=votes design=all-pairs image=516"


def test_a_lecture_begins_with_its_first_scene(tmp_path: Path) -> None:
    path = tmp_path / "new" / "my-first_lecture.md"
    first = append_scene(path, LINE, heading="4 or 9?", caption="One.\nTwo.")
    second = append_scene(path, LINE, action=Train(5))
    lecture, found = read_lecture(path)
    assert (lecture.title, lecture.scenes, found) == ("my first lecture", (first, second), ())
    assert (first.words.heading, first.words.caption) == ("4 or 9?", "One.\nTwo.")
    assert (second.words.heading, second.action, second.shows) == ("Scene 2", Train(5), LINE)


@pytest.mark.parametrize(
    "before",
    [
        WHOLE,
        WHOLE.replace("\n", "\r\n"),
        WHOLE.replace("\n", "\r"),
        "\ufeff" + WHOLE,
        WHOLE + "last words",
        WHOLE + "- a list\n- [ ] goes on",
        WHOLE + "```nnviz\npage=train",
        WHOLE + "````\ncode\n```",
        WHOLE + "> ```\n> code",
        WHOLE + "- ```\n  code",
        WHOLE + "```\n```> ",
        WHOLE + "\n\n\n",
        "",
        "words alone",
        "---\ntitle: no end",
    ],
)
def test_what_was_written_by_hand_stays(tmp_path: Path, before: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(before.encode())
    scenes = read_lecture(path)[0].scenes if "## " in before else ()
    added = append_scene(path, LINE, heading="New", caption="Said")
    content = path.read_bytes()
    assert content.startswith(before.encode())
    assert read_lecture(path)[0].scenes == (*scenes, added)
    ends = {end for end in ("\r\n", "\r", "\n") if end in before[:100]} - {"\n"}
    assert (b"\n" in content.replace(b"\r\n", b"")) == (not ends)


def test_a_comment_without_an_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(before := WHOLE + "\n<!-- later:\n")
    with pytest.raises(LectureError, match=f"line {len(before.splitlines())} has no end"):
        append_scene(path, LINE)
    with pytest.raises(LectureError, match="nothing that is looked at"):
        append_scene(path, "walk")
    assert path.read_text() == before


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(PARTS, max_size=15).map("".join),
    st.one_of(PARTS, st.text(max_size=20)),
    st.lists(st.one_of(PARTS, st.text(max_size=9)), max_size=6).map("".join),
)
def test_any_words_come_back_as_they_were(
    tmp_path: Path, before: str, heading: str, caption: str
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(before.encode())
    try:
        scene = append_scene(path, LINE, heading=heading, caption=caption)
    except LectureError:
        assert path.read_bytes() == before.encode()
        assert "<" in before or "\0" in before
        return
    assert path.read_bytes().startswith(before.encode())
    assert read_lecture(path)[0].scenes[-1] == scene
    said = "".join(heading.split()), "".join(caption.split())
    kept = "".join(scene.words.heading.split()), "".join(scene.words.caption.split())
    if said[0].isprintable() and said[1].isprintable() and said[0]:
        assert kept == said


def test_own_lectures_are_found_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    path = own_folder() / "mine.md"
    append_scene(path, LINE)
    (own_folder() / "broken.md").write_bytes(b"\xff")
    titles = {each.name: each.title for each in lectures_at_hand() if each.own}
    assert titles == {"broken": "broken", "mine": "mine"}
    assert find_lecture("mine") == path
    assert find_lecture("elsewhere.md") == Path("elsewhere.md")
    with pytest.raises(LectureError, match="mine"):
        find_lecture("yours")
