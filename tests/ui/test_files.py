"""Lines of settings, recent files and the menu of open networks."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog

from nnviz.data.digits import Source, bundled_digits
from nnviz.lectures.line import settings_of_line
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import load
from nnviz.paths import TRAINED
from nnviz.ui.app.digits_menu import DigitsMenu
from tests.idx_files import write_folder
from tests.ui.conftest import Opened, Show
from tests.ui.test_window import answer, unsaved


def entries(opened: Opened) -> list[str]:
    menu = opened.window.parts.networks_menu
    menu.fill()
    return [action.text() for action in menu.actions() if action.text()]


def test_a_copied_line_pasted_later_gives_the_same_start(show: Show) -> None:
    opened = show()
    session = opened.session
    session.controls.set(hidden=12, seed=77, activation="tanh")
    weights = session.state.work.network.hidden_weights
    opened.window.parts.lines.copy()
    line = QGuiApplication.clipboard().text()
    assert settings_of_line(line)[0].hidden == 12
    session.controls.set(hidden=30, seed=1, activation="sigmoid")
    opened.window.parts.lines.paste()
    assert session.state.settings.seed == 77
    assert (session.state.work.network.hidden_weights == weights).all()


def test_a_bad_line_is_refused_in_words(show: Show) -> None:
    opened = show()
    QGuiApplication.clipboard().setText("hello")
    opened.window.parts.lines.paste()
    assert "hello" in opened.said


def test_pasting_asks_before_an_unsaved_run_is_dropped(show: Show) -> None:
    opened = show()
    opened.learn(2)
    QGuiApplication.clipboard().setText("nnviz hidden=5")
    opened.window.parts.lines.paste()
    answer(opened, "Cancel")
    assert opened.session.state.work.position.steps == 2
    opened.window.parts.lines.paste()
    answer(opened, "Start a new run")
    assert opened.session.state.work.network.hidden == 5


def test_pasting_a_line_of_another_design_drops_nothing_and_asks_nothing(show: Show) -> None:
    opened = show()
    opened.learn(2)
    QGuiApplication.clipboard().setText("nnviz design=four-bits hidden=5")
    opened.window.parts.lines.paste()
    assert opened.session.state.design == "four-bits"
    assert opened.session.state.work.network.hidden == 5
    assert "10 outputs: run 1 •" in entries(opened)


def test_the_menu_lists_open_networks_and_recent_files(show: Show, tmp_path: Path) -> None:
    opened = show()
    opened.learn(2)
    assert "10 outputs: run 1 •" in entries(opened)
    copy = tmp_path / "copy.safetensors"
    copy.write_bytes((TRAINED / "ten-outputs.safetensors").read_bytes())
    opened.window.parts.files.open_network(copy)
    assert {"10 outputs: run 1 •", "10 outputs: copy.safetensors"} <= set(entries(opened))
    assert opened.window.parts.files.recent() == [copy]
    opened.window.parts.networks_menu.show_next()
    assert opened.session.state.work.title == "run 1"
    copy.unlink()
    assert opened.window.parts.files.recent() == []


def test_experiments_and_races_leave_unsaved_runs_in_the_menu_and_in_the_question(
    show: Show,
) -> None:
    opened = show(trained=True)
    session = opened.session

    def settle() -> None:
        opened.ticks_until(lambda: not session.state.running and session.runs.settled)

    for design in ("any-code", "ten-outputs"):
        session.designs.choose(design)
        session.runs.step("batch")
        settle()
    own = {work.key: work.network for work in session.state.works if work.learned}
    session.experiments.run(design="any-code", code="gray")
    session.runs.pause()
    settle()
    session.race.begin(["ten-outputs", "any-code"])
    session.runs.step("batch")
    settle()
    open_now = {work.key: work for work in session.state.works}
    assert all(open_now[key].network is network for key, network in own.items())
    for key in own:
        label = DESIGNS[open_now[key].design].label
        assert f"{label}: run {key} •" in entries(opened)
    opened.window.close()
    asked = unsaved(opened)
    assert {row.work.key for row in asked.rows} >= set(own)
    opened.click(asked.cancel)


def test_closing_a_network_asks_before_it_is_lost(show: Show) -> None:
    opened = show()
    opened.learn(2)
    opened.session.shelf.add()
    opened.session.shelf.switch(0)
    opened.window.parts.networks_menu.close_network()
    (row,) = unsaved(opened).rows
    assert row.box.isChecked()
    opened.click(unsaved(opened).drop)
    assert opened.session.state.work.position.steps == 0


def test_a_network_is_renamed_in_a_dialog(show: Show) -> None:
    opened = show()
    opened.window.parts.networks_menu.ask_name()
    dialog = opened.window.findChild(QInputDialog, "rename")
    assert isinstance(dialog, QInputDialog)
    dialog.setTextValue("mine")
    dialog.accept()
    assert opened.session.state.work.title == "mine"
    opened.bot.waitUntil(lambda: opened.window.findChild(QInputDialog, "rename") is None)


def test_a_copied_line_says_that_the_trunk_is_not_in_it(show: Show) -> None:
    opened = show(trained=True)
    opened.session.designs.choose("elimination")
    opened.window.parts.lines.copy()
    assert opened.said == "Copied: page=train design=elimination digits=bundled"
    opened.session.controls.set(seed=5)
    opened.window.parts.lines.copy()
    assert "--trunk-file" in opened.said
    assert "trunk=frozen" in opened.said


def test_names_folders_and_data_are_found_again(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = show()
    files, session = opened.window.parts.files, opened.session
    proposed: list[str] = []

    def name(*given: str) -> tuple[str, str]:
        proposed.append(given[2])
        return str(tmp_path / "a.safetensors"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    opened.learn(1)
    session.shelf.rename("mine: the 2nd")
    files.choose_save()
    files.choose_save()
    assert proposed == ["mine the 2nd.safetensors", str(tmp_path / "mine the 2nd.safetensors")]
    assert load(tmp_path / "a.safetensors").name == "mine: the 2nd"
    files.open_network(tmp_path / "a.safetensors")
    assert session.state.work.title == "mine: the 2nd"
    folder = write_folder(tmp_path / "data", bundled_digits().thinned(20))
    session.digits.open(Source("folder", str(folder)))
    opened.ticks_until(lambda: session.state.digits.train_count == 200)
    menu = opened.window.findChild(DigitsMenu)
    menu.fill()
    ticked = {each.text(): each.isChecked() for each in menu.actions() if each.isCheckable()}
    assert [text for text, on in ticked.items() if on] == [f"{tmp_path.name}/data"]
