"""Every scene is tried on a real session: what cannot be shown is named with its line."""

from pathlib import Path

import pytest

from nnviz.lectures.checking import check
from nnviz.lectures.files import lecture_from
from nnviz.ui.app.lecture_stage import Stage
from nnviz.ui.app.page_stack import KINDS

FAULTY = """---
title: Faults
---
## Nothing is wrong
```nnviz
page=votes design=all-pairs image=516
walk
```
## Twice
> ![a picture](absent%20one.png)

```nnviz
page=train
```
## Twice
> ![a picture](absent%20one.png)

```nnviz
page=train
```
## Unknown word
```nnviz
page=train colour=blue
```
## Digit beyond the data set
```nnviz
page=train image=1000
```
## Absent network
```nnviz
page=train network=absent.safetensors
```
## Absent digits
```nnviz
page=train data=absent
```
## Nothing to learn
```nnviz
page=train
train to=30
```
## A film that is too short
```nnviz
page=train
film to=1000
```
## No film
```nnviz
page=train hidden=20
film to=1
```
## No steps
```nnviz
page=train
walk
```
## Only words
These need no line.
## All is well again
```nnviz
page=elimination design=elimination digits=bundled
walk
```
"""
FOUND = {
    "## Twice": "picture that is not there",
    "page=train colour=blue": "'colour=blue'",
    "page=train image=1000": "999",
    "page=train network=absent.safetensors": "absent.safetensors",
    "page=train data=absent": "absent",
    "train to=30": "has learned 30",
    "film to=1000": "the first being 0",
    "film to=1": "no film",
    "walk": "no steps",
}


@pytest.fixture(scope="module")
def found() -> list[tuple[str, str]]:
    """The line of each fault, and what is said of it."""
    lecture, faults = lecture_from(FAULTY, Path("faulty.md"))
    assert not faults
    done: list[int] = []
    all_found = check(lecture, faults, Stage(lecture).put, KINDS, done.append)
    assert done == list(range(1, 1 + len(lecture.scenes)))
    lines = FAULTY.split("\n")
    return [(lines[fault.line - 1], fault.sentence) for fault in all_found]


def test_every_fault_is_named_with_its_line(found: list[tuple[str, str]]) -> None:
    assert list(dict.fromkeys(line for line, _ in found)) == list(FOUND)
    for line, word in FOUND.items():
        assert any(line == at and word in sentence for at, sentence in found), line


def test_only_a_scene_that_shows_nothing_new_is_called_the_same(
    found: list[tuple[str, str]],
) -> None:
    assert len(found) == len(FOUND) + 2  # there the picture is absent, too, and once before
    assert [line for line, said in found if "the same as the one before" in said] == ["## Twice"]


def test_files_are_looked_for_beside_the_lecture(tmp_path: Path) -> None:
    shipped = Path("tests/data/six-or-nine.safetensors").resolve()
    (tmp_path / "mine.safetensors").write_bytes(shipped.read_bytes())
    text = "# t\n## a\n```nnviz\npage=train network=mine.safetensors classes=6,9\n```\n"
    lecture, _ = lecture_from(text, tmp_path / "a.md")
    state = Stage(lecture).put(lecture.scenes[0])
    assert state.work.path == str(tmp_path / "mine.safetensors")
    assert state.digits.class_names == ("6", "9")
