"""Lectures that come with the program: what each has, and that a room can read it."""

import pytest

from nnviz.lectures.files import read_lecture
from nnviz.lectures.lecture import Lecture, Walk
from nnviz.paths import RESOURCES

FOLDER = RESOURCES / "lectures"
LECTURES = ("why-ten-outputs", "one-network-or-ten", "votes-and-elimination")
READABLE = 110
"""Letters of a text for the room: two lines of large type"""


def lecture(name: str) -> Lecture:
    found, faults = read_lecture(FOLDER / f"{name}.md")
    assert not faults
    return found


@pytest.mark.parametrize("name", LECTURES)
def test_a_lecture_asks_concludes_and_helps_its_speaker(name: str) -> None:
    found = lecture(name)
    assert 12 <= len(found.scenes) <= 20
    assert found.source
    assert found.minutes == 45
    assert not found.loops
    asking = [scene for scene in found.scenes if scene.words.question]
    assert len(asking) >= len(found.scenes) / 2
    assert all(scene.words.answer for scene in asking)
    assert all(scene.words.notes and scene.shows for scene in found.scenes)


def test_what_runs_by_itself_asks_nobody() -> None:
    found = lecture("attract")
    assert found.loops
    assert found.pause > 0
    assert all(scene.shows and not scene.words.choices for scene in found.scenes)
    assert found.scenes[-1].shows == "page=draw view=pad"
    assert any(isinstance(scene.action, Walk) for scene in found.scenes)


@pytest.mark.parametrize("name", [*LECTURES, "attract"])
def test_a_room_can_read_what_a_scene_says(name: str) -> None:
    for scene in lecture(name).scenes:
        words = scene.words
        said = (words.heading, words.caption, words.question, words.answer)
        assert all(len(text) <= READABLE for text in said), scene.words.heading
        assert len(words.choices) <= 4
        assert all(len(each) <= 40 for each in words.choices), scene.words.heading
