"""A lecture in the window: two keys lead through it, and Esc back to exactly what was before."""

from collections.abc import Callable, Hashable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QInputDialog, QLineEdit, QWidget

from nnviz.lectures.collection import lectures_at_hand
from nnviz.session.state import State
from nnviz.session.store import FIELDS
from nnviz.ui.kit.digit_grid import DigitGrid
from nnviz.ui.kit.number_field import NumberField
from nnviz.ui.kit.picture import Picture
from tests.ui.conftest import Opened, Show

Key = Qt.Key
OF_NOW = {"trained", "verdict", "answers", "studies"}
"""Fields that loading and asking change by themselves"""
LECTURE = """---
title: A small lecture
minutes: 5
---
## Who leaves last?
Ten play, and the least likely leaves.

Who leaves last?

- [x] 8
- [ ] 5

~~~nnviz
page=elimination design=elimination image=497 step=6
walk
~~~

## Watch it learn
From noise.

~~~nnviz
page=train image=3 images=400
train to=4 speed=400
~~~

## Traces become strokes
Nobody drew them.

What will they become?

- [x] strokes
- [ ] digits

~~~nnviz
page=detectors view=all
film from=2 to=4 speed=1
~~~

## A race
Same start, same digits.

~~~nnviz
page=designs view=race images=400
race designs=ten-outputs,four-bits epochs=1
~~~
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.md"
    path.write_text(LECTURE, "utf-8")
    return path


@pytest.fixture
def play(show: Show, file: Path) -> Callable[..., Opened]:
    def opened(**how: object) -> Opened:
        made = show(trained=True, **how)
        assert made.window.parts.player.open(file, full_screen=False)
        return made

    return opened


def press(opened: Opened, *keys: Qt.Key, to: QWidget | None = None) -> None:
    for key in keys:
        opened.bot.keyClick(to or QApplication.focusWidget() or opened.window, key)


def where(opened: Opened) -> tuple[int, bool, int | None]:
    """The number of the scene, whether its answer is hidden, and the steps shown."""
    state = opened.session.state
    assert state.lecture is not None
    assert state.lecture.revealed != state.answer_hidden
    return state.lecture.scene + 1, state.answer_hidden, state.step


def looked_at(state: State) -> dict[str, object]:
    return {name: getattr(state, name) for name in FIELDS if name not in OF_NOW}


def places(opened: Opened) -> dict[Hashable, object]:
    """Where everything lies, and how far what scrolls is scrolled."""
    shown = [part for part in opened.window.findChildren(QWidget) if part.isVisible()]
    shown.remove(opened.window.parts.top_bar.progress)  # as wide as its words ever were
    areas = [part for part in shown if isinstance(part, QAbstractScrollArea)]
    bars = [bar for each in areas for bar in (each.verticalScrollBar(), each.horizontalScrollBar())]
    return {part: part.geometry() for part in shown} | {(bar, "at"): bar.value() for bar in bars}


def settled(opened: Opened) -> dict[Hashable, object]:
    """The places, once nothing moves any more: one layout may ask for another."""
    last: list[dict[Hashable, object]] = []

    def rests() -> bool:
        last.append(places(opened))
        return len(last) > 4 and all(each == last[-1] for each in last[-5:])

    opened.bot.waitUntil(rests)
    return last[-1]


def test_two_keys_lead_through_it_and_back_wherever_the_focus_is(
    play: Callable[..., Opened],
) -> None:
    opened = play()
    field = NumberField("A field", 0, 9)
    field.setParent(opened.window)
    field.show()
    field.setFocus()
    value = field.value()
    way = [where(opened)]
    for key in (Key.Key_PageDown, Key.Key_Right, Key.Key_Space, Key.Key_PageDown):
        press(opened, key, to=field)
        way.append(where(opened))
    assert way == [(1, True, 6), (1, False, 6), (1, False, 7), (1, False, 8), (1, False, None)]
    assert opened.session.state.design == "elimination"
    for key in (Key.Key_PageDown, Key.Key_PageDown):
        press(opened, key, to=field)
        way.append(where(opened))
    for expected in way[-2::-1]:
        press(opened, Key.Key_PageUp if expected[0] > 1 else Key.Key_Left, to=field)
        assert where(opened) == expected
    press(opened, Key.Key_End, to=field)
    assert where(opened)[0] == 4
    press(opened, Key.Key_0, Key.Key_3, to=field)
    assert opened.window.parts.keys.typed.isVisible()
    press(opened, Key.Key_Return, to=field)
    assert where(opened) == (3, True, None)
    assert not opened.window.parts.keys.typed.isVisible()
    press(opened, Key.Key_A, to=field)
    assert where(opened) == (3, False, None)
    press(opened, Key.Key_A, to=field)
    assert opened.session.state.answer_hidden
    press(opened, Key.Key_PageDown, to=field)  # first shows again what was hidden by hand
    assert where(opened) == (3, False, None)
    press(opened, Key.Key_B, Key.Key_PageDown, Key.Key_Home, to=field)
    assert where(opened) == (1, True, 6)
    assert field.value() == value


def test_esc_leads_back_to_exactly_what_was_open_and_f5_to_where_the_lecture_was(
    show: Show, file: Path
) -> None:
    opened = show(trained=True)
    session, window, player = opened.session, opened.window, opened.window.parts.player
    session.change(page="mistakes", image=7, neuron=3)
    window.page.choose_view("confusion")
    window.show_film(True)
    session.change(moment=session.state.work.film.moments[5].number)
    opened.ticks_until(lambda: session.judgements.said is not None)
    settled(opened)
    for grid in window.page.findChildren(DigitGrid):
        grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    before, lay = looked_at(session.state), settled(opened)
    assert any(isinstance(place, int) and place for place in lay.values())
    for scene in (1, 3):
        window.activateWindow()  # which the offscreen platform does not do by itself
        opened.bot.waitUntil(window.isActiveWindow)
        press(opened, Key.Key_F5) if player.resumes else player.open(file)
        opened.bot.waitUntil(window.isFullScreen)
        assert where(opened)[0] == scene
        player.jump(2)
        press(opened, Key.Key_Escape)
        opened.bot.waitUntil(lambda: not window.isFullScreen())
        assert looked_at(session.state) == before
        opened.bot.waitUntil(lambda: places(opened) == lay)
    press(opened, Key.Key_Escape)
    assert window.isVisible()
    player.close()
    press(opened, Key.Key_F5)
    assert session.state.lecturing
    assert session.state.lecture is None


def test_tab_enters_a_picture_and_esc_leads_back(play: Callable[..., Opened]) -> None:
    opened = play()
    picture = next(
        each for each in opened.window.page.findChildren(Picture) if each.isVisible() and each.keys
    )
    heard: list[int] = []
    picture.key = lambda event: heard.append(event.key()) is None
    picture.setFocus(Qt.FocusReason.OtherFocusReason)
    press(opened, Key.Key_Tab)
    assert picture.hasFocus()
    keys = (Key.Key_Right, Key.Key_Home, Key.Key_Space, Key.Key_Return)
    press(opened, *keys, to=picture)
    assert heard == [key.value for key in keys]
    assert where(opened) == (1, True, 6)
    press(opened, Key.Key_PageDown, to=picture)
    assert where(opened) == (1, False, 6)
    press(opened, Key.Key_Escape, to=picture)
    assert opened.session.state.lecture is not None
    assert not picture.hasFocus()
    picture.setFocus(Qt.FocusReason.MouseFocusReason)
    press(opened, Key.Key_Right, to=picture)
    assert where(opened) == (1, False, 7)
    press(opened, Key.Key_Escape)
    assert opened.session.state.lecture is None


def test_actions_run_by_themselves_and_are_cut_short(play: Callable[..., Opened]) -> None:
    opened = play()
    session, player = opened.session, opened.window.parts.player
    mine = session.aside.before.work
    player.jump(1)
    opened.bot.waitUntil(lambda: session.state.running)
    opened.ticks_until(lambda: session.state.work.position.steps > 5)
    assert session.state.lecture.acting
    player.next()
    assert not session.state.running
    player.next()  # the answer, and with it the film
    opened.bot.waitUntil(lambda: player.acting.film.isActive())
    moments = session.state.work.film.moments
    assert session.state.moment == moments[2].number
    player.acting.show_next_moment()
    player.acting.show_next_moment()
    assert (session.state.moment, session.state.lecture.acting) == (moments[4].number, False)
    player.back()
    assert where(opened) == (3, True, None)
    assert session.state.moment is None
    player.back()
    assert session.state.work.position.steps > 5  # what it had learned
    player.jump(3)
    opened.bot.waitUntil(lambda: session.state.running)
    assert {work.design for work in session.state.racing} == {"ten-outputs", "four-bits"}
    opened.ticks_until(lambda: not session.state.running)
    assert {work.position.epoch for work in session.state.racing} == {1}
    player.leave()
    assert session.state.work is mine or session.state.work.network is mine.network
    assert [work.title for work in session.state.shelf] == ["Watch it learn", "A race", "A race"]
    assert "3 networks" in opened.said
    assert not any(work.would_be_lost for work in session.state.works)


def test_a_lecture_in_a_loop_runs_until_somebody_touches_it(show: Show, file: Path) -> None:
    file.write_text(LECTURE.replace("minutes: 5", "loop: yes\npause: 6"), "utf-8")
    opened = show(trained=True)
    session, player = opened.session, opened.window.parts.player
    before = looked_at(session.state)
    player.open(file, full_screen=False)
    assert session.state.lecture.by_itself
    assert player.pace.interval() == 3000  # half of the time for the question
    way = []
    for _ in range(5):
        way.append(where(opened))
        player.go_on_by_itself()
    assert way == [(1, True, 6), (1, False, 6), (1, False, 7), (1, False, 8), (1, False, None)]
    opened.bot.waitUntil(lambda: session.state.running)
    player.go_on_by_itself()  # waits for the end of what it shows
    assert where(opened)[0] == 2
    player.jump(3)
    opened.bot.waitUntil(lambda: session.state.running)
    opened.ticks_until(lambda: not session.state.running)
    player.go_on_by_itself()
    assert where(opened)[0] == 1
    opened.click(opened.window.page)
    assert (session.state.page, session.state.lecture) == ("draw", None)
    assert session.state.lecturing
    press(opened, Key.Key_Escape)
    assert looked_at(session.state) == before


def test_a_file_dropped_plays_and_its_faults_are_said_while_the_rest_runs(
    show: Show, file: Path
) -> None:
    file.write_text(LECTURE.replace("image=3", "imge=3").replace("view=race", "view=rice"), "utf-8")
    opened = show(trained=True)
    session, player = opened.session, opened.window.parts.player
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(9, 9), actions, mime, button, Qt.KeyboardModifier.NoModifier)
    opened.window.dropEvent(event)
    assert session.state.lecture.title == "A small lecture"
    player.jump(1)
    assert session.state.lecture.words.heading == "Watch it learn"
    player.jump(2)
    assert session.state.page == "detectors"
    press(opened, Key.Key_Escape)
    line = 1 + file.read_text("utf-8").splitlines().index("page=train imge=3 images=400")
    assert opened.said.startswith(f"small.md, line {line}: ")
    assert "imge" in opened.said
    assert "1 more fault" in opened.said
    file.write_text(LECTURE.partition("## Traces")[0], "utf-8")
    player.resume(full_screen=False)  # of three scenes the third was on screen
    assert where(opened) == (2, False, None)
    player.leave()
    file.write_bytes(b"\xff\x00")
    press(opened, Key.Key_F5)
    assert not session.state.lecturing
    assert "small.md" in opened.said
    file.unlink()
    assert not player.open(file)
    assert "small.md" in opened.said


def test_what_is_on_screen_becomes_a_scene(show: Show, tmp_path: Path) -> None:
    opened = show(trained=True)
    session, menu = opened.session, opened.window.parts.lectures_menu
    session.designs.choose("four-bits")
    session.change(page="train", image=497)
    path = tmp_path / "own.md"
    menu.appending.ask(path)
    dialog = opened.window.findChild(QWidget, "append-scene")
    dialog.findChild(QLineEdit, "scene-heading").setText("One slip")
    dialog.caption.setPlainText("A clean 3.")
    opened.click(dialog.take)
    session.change(image=0)
    menu.check_file(path)
    assert "1 scene and no fault" in opened.said
    for _ in range(2):
        menu.aboutToShow.emit()
    assert menu.open.isEnabled()
    assert not menu.next.isEnabled()
    assert len(menu.actions()) > len(lectures_at_hand()) > 0
    opened.window.parts.player.open(path, full_screen=False)
    menu.aboutToShow.emit()
    assert menu.next.isEnabled()
    menu.ask_scene()
    opened.window.findChild(QInputDialog, "scene-number").reject()
    state = session.state
    assert (state.design, state.image, state.lecture.words.caption) == (
        "four-bits",
        497,
        "A clean 3.",
    )
