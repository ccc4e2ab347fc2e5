"""All that the lectures claim is so: every number of every scene is worked out again from the files
that come along."""

import re
from collections.abc import Iterator, Mapping

import pytest

from nnviz.lectures.files import read_lecture
from nnviz.lectures.lecture import Scene
from nnviz.paths import RESOURCES
from tests.lectures import about_attract, about_one_or_ten, about_ten_or_four, about_votes
from tests.lectures.claims import Claims
from tests.lectures.finds import KINDS, ranked
from tests.lectures.search import main

FOLDER = RESOURCES / "lectures"
ABOUT: Mapping[str, Claims] = {
    "why-ten-outputs": about_ten_or_four.CLAIMS,
    "one-network-or-ten": about_one_or_ten.CLAIMS,
    "votes-and-elimination": about_votes.CLAIMS,
    "attract": about_attract.CLAIMS,
}
NUMBER = re.compile(r"-?\d[\d,.]*\d|-\d|\d(?=\s?%)")
"""But for a digit alone, which is the name of a digit or of a bit"""
DEFINED: Mapping[str, str] = {
    r"of 2020|in 2020": "a year",
    r"above 0\.99 or below 0\.01|at 0\.99, all others are below 0\.01": "the book's exercise",
    r"for 1,000 classes": "a thought",
    r"in (?:50|90|99) %": "what can be chosen, and that nine of ten are strangers",
    r"MNIST's 10,000(?= test digits)": "the size of a data set",
    r"all 55,000 digits|with 55,000 not": "what the networks that come along learned from",
    r"[Oo]n (?:these )?1,000 digits|these 1,000 digits": "the test digits that are bundled",
    r"(?:all|of|on|the) 5,000|5,000 (?:bundled )?digits": "the digits that are bundled",
}
"""Numbers that nobody measures -> why."""


def spoken(scene: Scene) -> str:
    """All that a scene says, in one line."""
    words = scene.words
    said = (words.caption, words.question, *words.choices, words.answer, words.notes)
    return " ".join(" ".join(re.sub(r"[*_]|^> ?", "", text, flags=re.M) for text in said).split())


def measured(text: str) -> Iterator[re.Match[str]]:
    """The numbers in it that may have been measured."""
    return NUMBER.finditer(text)


def scenes(name: str) -> tuple[Scene, ...]:
    lecture, faults = read_lecture(FOLDER / f"{name}.md")
    assert not faults
    return lecture.scenes


def all_scenes() -> Iterator[tuple[str, Scene]]:
    for name in ABOUT:
        yield from ((name, scene) for scene in scenes(name))


def test_all_lectures_are_held() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == ABOUT.keys()
    for name, claims in ABOUT.items():
        assert [scene.words.heading for scene in scenes(name)] == list(claims)


@pytest.mark.parametrize(
    ("name", "scene"),
    list(all_scenes()),
    ids=lambda each: each if isinstance(each, str) else each.words.heading,
)
def test_every_number_of_a_scene_is_worked_out_again(name: str, scene: Scene) -> None:
    held, text = ABOUT[name][scene.words.heading], spoken(scene)
    assert held.shows == scene.shows
    covered = [match.span() for known in DEFINED for match in re.finditer(known, text)]
    for claim in held.claims:
        words = claim.as_it_is()
        assert words in text, "the file says otherwise"
        assert claim.holds(), words
        covered += [match.span() for match in re.finditer(re.escape(words), text)]
    assert not [
        text[max(0, at.start() - 30) : at.end() + 10]
        for at in measured(text)
        if not any(first <= at.start() and at.end() <= last for first, last in covered)
    ]


@pytest.mark.parametrize("text", ["12 of them", "97.1", "by 4 %", "by -3", "1,000"])
def test_a_number_that_nobody_holds_is_found(text: str) -> None:
    assert list(measured(text))


def test_names_of_digits_are_no_numbers() -> None:
    assert not list(measured("A 3, not an 8: 0 1 1 0 is 6. Of the 9s, 4|9."))


def test_the_search_finds_digits_of_every_kind(monkeypatch, capsys) -> None:
    assert all(ranked(kind) for kind in KINDS)
    monkeypatch.setattr("sys.argv", ["search", "tie", "--most", "1"])
    assert main() == 0
    assert str(ranked("tie")[0].image) in capsys.readouterr().out
