"""The speaker's window: what it says, what it does, and on which screen it is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from nnviz.session.slices import LectureShown, SceneWords
from nnviz.ui.app.lecture.speaker_time import behind
from nnviz.ui.app.lecture.speaker_window import SpeakerWindow
from tests.patience import SECONDS
from tests.ui.conftest import Opened, Show

BEAMER = {"name": "beamer", "x": 0, "y": 0, "width": 1280, "height": 720, "logicalDpi": 96}
LAPTOP = {"name": "laptop", "x": 1280, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96}
FILE = """---
title: Two lamps
minutes: 10
---
## First
What is a lamp?

How many lamps?

- [x] ten
- [ ] four

Ten.

> Say it *slowly*. <script>
>
> Then wait.

```nnviz
page=votes image=0
```

## Second
Another one.

```nnviz
page=train image=1
```
"""


def on_screens(folder: Path, *screens: dict[str, object]) -> dict[str, dict[str, object]]:
    """What becomes of the windows on these screens."""
    (folder / "screens.json").write_text(json.dumps({"screens": screens}), "utf-8")
    platform = f"offscreen:configfile={folder / 'screens.json'}"
    subprocess.run(
        [sys.executable, "-m", "tests.ui.speaker_on_screens", str(folder)],
        env=os.environ | {"QT_QPA_PLATFORM": platform},
        check=True,
        timeout=SECONDS,
    )
    told: dict[str, dict[str, object]] = json.loads((folder / "told.json").read_text("utf-8"))
    return told


def test_it_is_on_the_second_screen_while_a_lecture_runs(tmp_path: Path) -> None:
    told = on_screens(tmp_path, BEAMER, LAPTOP)
    assert {when: (seen["room"], seen["speaker"]) for when, seen in told.items()} == {
        "before": ("beamer", None),
        "in it": ("beamer", "laptop"),
        "swapped": ("laptop", "beamer"),
        "closed": ("laptop", None),
        "asked for": ("laptop", "beamer"),
        "after": ("beamer", None),
    }
    assert all(told[when]["whole room"] for when in ("in it", "swapped", "closed"))
    assert told["in it"]["fills"]
    assert told["after"] == told["before"]


def test_with_a_mirrored_screen_nothing_changes(tmp_path: Path) -> None:
    mirror = LAPTOP | {"x": 0, "width": 1280, "height": 720}
    told = on_screens(tmp_path, BEAMER, mirror)
    assert told["in it"]["speaker"] is None
    assert told["in it"]["whole room"]
    assert (told["asked for"]["speaker"], told["asked for"]["fills"]) == ("beamer", False)
    assert told["after"] == told["before"]


def play(show: Show, folder: Path) -> tuple[Opened, SpeakerWindow]:
    """A lecture with the speaker's window on the same screen."""
    opened = show(trained=True)
    file = folder / "lamps.md"
    file.write_text(FILE, "utf-8")
    opened.window.parts.player.open(file, full_screen=False)
    assert opened.window.parts.speaker.shown is None
    opened.window.parts.speaker.toggle()
    shown = opened.window.parts.speaker.shown
    assert shown is not None
    return opened, shown


def point(shown: SpeakerWindow, at: QPoint) -> None:
    """Moves the mouse to a place of the copy."""
    QTest.mouseMove(shown.windowHandle(), shown.copy.mapTo(shown, at))


def test_it_says_what_only_the_speaker_needs_and_counts_hands(show: Show, tmp_path: Path) -> None:
    opened, shown = play(show, tmp_path)
    session, lecture = opened.session, opened.window.parts.lecture
    assert shown.scene.text() == "Two lamps, scene 1 of 2"
    assert shown.upcoming.text() == "Next: Second. Another one."
    assert shown.notes.text.toPlainText() == "Say it slowly. <script>\nThen wait."
    assert shown.time.elapsed.text().endswith("of 10 min")
    assert [shown.jump.itemText(at) for at in range(2)] == ["1  First", "2  Second"]
    ten, four = shown.hands.fields
    shown.activateWindow()
    opened.bot.waitUntil(shown.isActiveWindow)
    ten.setFocus()
    opened.bot.keyClicks(ten, "17x")
    opened.bot.keyClick(ten, Qt.Key.Key_Return)
    assert four.hasFocus()
    opened.bot.keyClicks(four, "8")
    assert session.state.lecture.hands == (17, 8)
    told = lecture.strip.scene.words(lecture.strip.scene.view)
    assert told.endswith("a) ten, 17 hands; b) four, 8 hands")
    opened.bot.keyClick(four, Qt.Key.Key_PageDown)  # the remote
    assert session.state.lecture.revealed
    assert "a) ten, 17 hands, right;" in lecture.strip.scene.words(lecture.strip.scene.view)
    opened.click(shown.next)
    assert session.state.lecture.scene == 1
    ten.setText("18")  # typed before the window has followed
    ten.textEdited.emit("18")
    ten.setText("17")
    ten.textEdited.emit("17")
    assert session.state.lecture.scene == 1
    opened.bot.waitUntil(lambda: not shown.hands.isVisible())
    assert shown.upcoming.text() == "This is the last scene."
    shown.jump.activated.emit(0)
    opened.bot.waitUntil(lambda: [field.text() for field in shown.hands.fields] == ["17", "8"])
    opened.window.parts.player.leave()
    opened.window.parts.speaker.toggle()


def test_it_shows_what_the_room_sees_and_points_there(show: Show, tmp_path: Path) -> None:
    opened, shown = play(show, tmp_path)
    window, lecture = opened.window, opened.window.parts.lecture
    for _ in range(4):
        QApplication.processEvents()
    shown.copy.take()
    before = shown.copy.grab().toImage()
    QApplication.processEvents()
    assert not shown.copy._later.isActive()  # nothing has changed
    opened.click(shown.findChild(QPushButton, "speaker-black"))
    QApplication.processEvents()
    assert shown.copy._later.isActive()
    shown.copy.take()
    assert shown.copy.grab().toImage() != before
    opened.click(shown.findChild(QPushButton, "speaker-black"))
    opened.click(shown.findChild(QPushButton, "speaker-spotlight"))
    point(shown, shown.copy.place.center())
    middle = lecture.spotlight.circle.center() - window.rect().center()
    assert middle.manhattanLength() < 8
    opened.session.say("error", "A network is missing.")
    opened.bot.waitUntil(lambda: shown.trouble.text() == "A network is missing.")
    assert not lecture.trouble.isVisible()
    shown.close()
    opened.session.say("error", "Another one is missing.")
    assert lecture.trouble.text() == "! Another one is missing."
    assert lecture.trouble.isVisible()
    opened.window.parts.player.leave()
    assert not lecture.trouble.isVisible()


@pytest.mark.parametrize(
    ("scene", "seconds", "late"), [(0, 0, 0), (0, 59, 0), (0, 75, 15), (3, 100, -80), (3, 200, 0)]
)
def test_the_pace_goes_by_the_scenes(scene: int, seconds: float, late: float) -> None:
    lecture = LectureShown("A lecture", 10, scene, 10, SceneWords("A scene"))
    assert behind(lecture, seconds) == late


def test_points_of_the_copy_are_points_of_the_room(show: Show) -> None:
    opened = show()
    opened.window.parts.speaker.toggle()
    shown = opened.window.parts.speaker.shown
    QApplication.processEvents()
    told: list[QPoint] = []
    shown.copy.pointed.connect(told.append)
    shown.copy.take()
    point(shown, shown.copy.place.bottomRight())
    room = opened.window.rect().bottomRight()
    assert (told[-1] - room).manhattanLength() < 8
    assert not shown.notes.isVisible()  # no lecture runs
    opened.window.parts.speaker.toggle()
