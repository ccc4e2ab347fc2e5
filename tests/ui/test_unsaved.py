"""Networks in no file are listed before something closes them, and saved or dropped one by one."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from nnviz.data.digits import Source
from nnviz.networks.files import load
from nnviz.paths import RESOURCES
from nnviz.session.autosave import Autosave
from nnviz.ui.app.unsaved import Unsaved, names_for
from nnviz.ui.app.unsaved_words import CLOSE_ALL, unsaved_cells
from tests.sessions import killed
from tests.ui.conftest import Opened, Show
from tests.ui.test_window import unsaved

LONG = "the run that Anna showed in the lecture"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The folder of runs that survive."""
    return tmp_path / "runs"


@pytest.fixture
def three(show: Show, kept: Path) -> Opened:
    """A window with three runs in no file, of 1, 2 and 3 batches."""
    return with_runs(show, kept)


def with_runs(show: Show, kept: Path, **how: object) -> Opened:
    opened = show(autosave=Autosave(kept), **how)
    for number in (1, 2, 3):
        if number > 1:
            opened.session.shelf.add()
        opened.learn(number)
    opened.session.shelf.rename(LONG)
    return opened


def left(kept: Path) -> list[int]:
    """Of how many batches the runs are that the next program is offered."""
    autosave = Autosave(kept)
    steps = sorted(run.trained.position.steps for run in autosave.left_behind())
    autosave.stop()
    return steps


def into(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str = "") -> None:
    """What the user chooses where a file or a folder is asked for."""
    file = str(folder / name) if name else ""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (file, ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))


def steps_in(folder: Path) -> dict[str, int]:
    return {path.name: load(path).position.steps for path in folder.glob("*.safetensors")}


def test_one_click_closes_the_window_and_nothing_of_it_comes_again(
    three: Opened, kept: Path
) -> None:
    three.window.close()
    asked = unsaved(three)
    assert [row.work.position.steps for row in asked.rows] == [1, 2, 3]
    assert "3 networks are in no file" in asked.headline.text()
    assert not asked.ticked
    three.click(asked.drop)
    assert not three.window.isVisible()
    three.session.stop()
    assert left(kept) == []


def test_saving_what_is_ticked_leaves_the_rest_and_the_rest_can_be_dropped(
    three: Opened, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three.window.close()
    asked = unsaved(three)
    first, second, third = asked.rows
    assert not asked.save.isEnabled()
    first.box.setFocus()
    three.bot.keyClick(first.box, Qt.Key.Key_Space)
    assert asked.ticked == [first]
    into(monkeypatch, tmp_path)  # and the user thinks better of it
    three.click(asked.save)
    assert asked.rows == [first, second, third]
    into(monkeypatch, tmp_path, "mine")
    three.click(asked.save)
    assert steps_in(tmp_path) == {"mine.safetensors": 1}
    assert asked.rows == [second, third]
    assert "2 networks are" in asked.headline.text()
    second.box.setChecked(True)
    assert asked.drop.text() == "Drop 1 ticked"
    three.click(asked.drop)
    assert asked.drop.text() == "Close without saving"
    three.bot.keyClick(asked, Qt.Key.Key_Escape)
    assert three.window.isVisible()  # Cancel: what was dropped is still there
    assert [work.position.steps for work in three.session.state.works] == [1, 2, 3]
    assert [work.would_be_lost for work in three.session.state.works] == [False, True, True]
    killed(three.session)
    assert left(kept) == [2, 3]


def test_all_are_saved_in_a_folder_beside_what_is_there(
    three: Opened, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = names_for(three.session.state.works)
    assert names == [
        "10-outputs-run-1.safetensors",
        "10-outputs-run-2.safetensors",
        f"10-outputs-{LONG.replace(' ', '-')}.safetensors",
    ]
    (tmp_path / names[0]).write_bytes(b"not ours")
    three.session.runs.run()  # what learns comes to rest first
    three.ticks_until(lambda: three.session.state.work.position.steps > 3)
    three.window.close()
    asked = unsaved(three)
    into(monkeypatch, tmp_path)
    three.click(asked.save_all)
    three.window.parts.clock.start()
    three.bot.waitUntil(lambda: not three.window.isVisible())
    (tmp_path / names[0]).unlink()
    saved = steps_in(tmp_path)
    assert saved.keys() == {names[0].replace(".safe", " (2).safe"), *names[1:]}
    assert saved[names[2]] == three.session.state.work.position.steps > 3
    assert left(kept) == []


def test_the_list_says_where_a_run_stands_while_it_learns_on(three: Opened) -> None:
    three.session.runs.run()
    three.window.close()
    asked = unsaved(three)
    three.ticks_until(lambda: three.session.state.work.position.examples > 2500)
    three.session.runs.pause()
    three.ticks_until(lambda: three.session.runs.settled)
    three.bot.waitUntil(
        lambda: (
            [label.text() for label in asked.rows[-1].labels]
            == [*unsaved_cells(three.session.state, three.session.state.work)]
        )
    )
    assert asked.rows[-1].labels[2].text() in asked.rows[-1].box.accessibleName()
    assert asked.rows[-1].labels[2].text() != "0.0"
    three.click(asked.cancel)


def test_a_double_click_gives_up_no_more_than_what_is_ticked(three: Opened) -> None:
    three.window.close()
    asked = unsaved(three)
    asked.rows[0].box.setChecked(True)
    three.click(asked.drop)
    three.click(asked.drop)
    assert len(asked.rows) == 2
    assert three.window.isVisible()
    three.bot.waitUntil(asked.drop.isEnabled)
    three.click(asked.drop)
    assert not three.window.isVisible()


def test_a_folder_that_cannot_be_written_is_said_and_closes_nothing(
    three: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three.window.close()
    asked = unsaved(three)
    into(monkeypatch, tmp_path / "nowhere")
    three.click(asked.save_all)
    assert "there is no folder" in asked.trouble.text()
    assert asked.trouble.isVisible()
    assert len(asked.rows) == 3
    three.click(asked.cancel)
    assert three.window.isVisible()


def test_other_digits_are_opened_by_the_same_list_and_drop_what_was_dropped(
    three: Opened, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = Source("folder", str(shutil.copytree(RESOURCES / "digits", tmp_path / "copy")))
    session, files = three.session, three.window.parts.files
    files.open_digits(session.state.digits.source)  # those in use: nothing closes
    assert not three.window.findChildren(Unsaved)
    files.open_digits(copy)
    asked = unsaved(three)
    assert asked.drop.text() == "Open without saving"
    asked.rows[0].box.setChecked(True)
    into(monkeypatch, tmp_path, "mine")
    three.click(asked.save)
    three.click(asked.drop)
    assert len(session.state.works) == 3  # the digits are on their way
    three.ticks_until(lambda: session.state.digits.source == copy)
    assert [work.position.steps for work in session.state.works] == [0]
    killed(session)
    assert left(kept) == []


def test_going_on_with_a_run_of_other_digits_asks_about_those_that_are_open(
    show: Show, kept: Path, tmp_path: Path
) -> None:
    copy = Source("folder", str(shutil.copytree(RESOURCES / "digits", tmp_path / "copy")))
    before = show(autosave=Autosave(kept))
    before.session.digits.open(copy)
    before.ticks_until(lambda: before.session.state.digits.source == copy)
    before.learn(3)
    killed(before.session)
    opened = show(autosave=Autosave(kept))
    opened.learn(1)
    opened.session.survival.offer()
    opened.click(opened.window.parts.banner.action)
    opened.click(unsaved(opened).cancel)
    assert opened.session.state.work.position.steps == 1
    opened.click(opened.window.parts.banner.action)
    opened.click(unsaved(opened).drop)
    opened.ticks_until(lambda: opened.session.state.work.position.steps == 3)
    killed(opened.session)
    assert left(kept) == [3]


@pytest.mark.parametrize(("scale", "size"), [(1.0, (1280, 720)), (2.0, (1024, 768))])
def test_nine_runs_and_long_titles_have_room(
    show: Show, kept: Path, scale: float, size: tuple[int, int]
) -> None:
    opened = with_runs(show, kept, scale=scale, size=size, theme="light")
    works = opened.session.state.works * 3
    opened.window.parts.files.unless_lost(works, CLOSE_ALL, lambda _given_up: None)
    asked = unsaved(opened)
    assert asked.width() <= size[0]
    assert asked.height() <= size[1]
    for row in asked.rows:
        assert row.box.width() >= row.box.sizeHint().width()
        assert all(label.width() >= label.sizeHint().width() for label in row.labels)
        assert row.work.title in row.box.toolTip().replace("\n", " ")
        assert row.work.title in row.box.accessibleName()
    assert "…" in asked.rows[2].box.text()
    for each in (asked.save, asked.save_all, asked.drop, asked.cancel):
        assert asked.rect().contains(each.parentWidget().geometry())
        assert each.width() >= each.sizeHint().width()
        assert each.toolTip()
    opened.click(asked.cancel)
