"""The Study page: a plan on a form, results that grow, and the networks of each trial."""

import os
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from nnviz.session.slices import PlanShown
from nnviz.study import shipped
from nnviz.study.expected import duration
from nnviz.study.files import load_study, presets
from nnviz.study.plan import Comparison, Learning, SchemeEntry
from nnviz.study.rows import Place
from nnviz.study.running import Running
from nnviz.study.saying import points
from nnviz.study.shipped import shipped_rows
from nnviz.study.store import create_or_open, folder_of
from nnviz.study.table import table_of
from nnviz.study.trials import Task
from nnviz.study.worker import work
from nnviz.ui.kit.number_field import NumberField
from nnviz.ui.study.fields import FIELDS, OF_A_SCHEME, value_of, with_value
from nnviz.ui.study.results_table import result_of
from tests.studies.__main__ import lines_of
from tests.study.made_rows import made_rows, made_study
from tests.ui.conftest import Opened, Show
from tests.ui.study_window import ROWS, STUDY, opened_at, row_of, shown_study, stored, worked_out


def plan_of(opened: Opened):
    return opened.session.state.studies.plan.study


def typed(opened: Opened, field: QLineEdit, text: str) -> None:
    """A text entered in a field by keys."""
    field.setFocus()
    field.selectAll()
    opened.bot.keyClicks(field, text)
    opened.bot.keyClick(field, Qt.Key.Key_Return)


def drop(view: QWidget, file: Path) -> None:
    """A file dropped in the corner of a view."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    try:
        enters = QDragEnterEvent(QPointF(9, 9), *how)
    except TypeError:  # before Qt 6.11
        enters = QDragEnterEvent(QPoint(9, 9), *how)
    QApplication.sendEvent(view, enters)
    QApplication.sendEvent(view, QDropEvent(QPointF(9, 9), *how))


# ---- the plan ------------------------------------------------------------------------


def test_the_first_study_has_a_result_and_all_are_shown_as_their_files_say(show: Show) -> None:
    opened, view = opened_at(show, "plan")
    study = plan_of(opened)
    assert shipped_rows(study)
    assert "measured before" in view.told.text
    assert "fetch it first" in view.told.text
    assert not view.start.isEnabled()
    opened.session.studies.plan.choose("naive-child")
    worked_out(opened)
    study = plan_of(opened)
    assert study.digits.data == "bundled"
    assert [view.which.itemData(at) for at in range(view.which.count())] == list(presets())
    assert " process" in view.told.text
    assert f"{len(study.schemes)} schemes" in view.told.text
    assert view.start.isEnabled()
    assert opened.session.state.notice is None
    for word, path in presets().items():
        view.which.activated.emit(view.which.findData(word))
        study = load_study(path)
        assert plan_of(opened) == study
        for field in FIELDS:
            controls = {each for grid in view.grids for each in grid.controls}
            assert field.place in controls or field.place in ("name", "question")
        assert len(view.schemes.list.view.rows) == len(study.schemes)
        assert [each.key for each in view.comparisons.list.view.rows] == list(
            range(len(study.comparisons))
        )
    worked_out(opened)


def test_every_way_of_learning_of_a_file_is_on_the_form() -> None:
    places = {field.place for field in FIELDS}
    assert {f"learning.{each.name}" for each in fields(Learning)} <= places


def test_another_kind_of_network_begins_as_it_can() -> None:
    study = load_study(presets()["the-blog"])
    changes = with_value(study, "network", "three-layer")
    assert (changes["network"], changes["learning"].initial) == ("three-layer", "")


def test_what_is_entered_is_in_the_file_and_can_be_undone(show: Show, tmp_path: Path) -> None:
    opened, view = opened_at(show, "plan")
    shown_study(opened)
    before = plan_of(opened)
    digits, learning, trials = (grid.controls for grid in view.grids)
    typed(opened, digits["digits.shares"], "2, 50")
    typed(opened, digits["digits.classes"], "3, 5, 8")
    assert isinstance(learning["learning.epochs"], NumberField)
    learning["learning.epochs"].setValue(4)
    trials["trials"].setValue(7)
    matched = learning["learning.matched"]
    assert isinstance(matched, QComboBox)
    matched.activated.emit(matched.findData("updates"))
    worked_out(opened)
    study = plan_of(opened)
    assert (study.digits.shares, study.digits.classes) == ((0.02, 0.5), ("3", "5", "8"))
    assert (study.learning.epochs, study.trials, study.learning.matched) == (4, 7, "updates")
    assert "(changed)" in view.which.currentText()
    file = tmp_path / "mine.toml"
    assert opened.session.studies.plan.save(file)
    assert load_study(file) == study
    assert view.which.currentText() == "mine.toml"
    for _ in range(5):
        opened.click(view.undo)
    assert plan_of(opened) == before
    opened.bot.keyClick(view.which, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert plan_of(opened).digits.shares == (0.02, 0.5)
    opened.bot.keyClick(view.which, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert plan_of(opened) == before
    opened.session.studies.plan.redo()
    edited = plan_of(opened)
    opened.window.leave()
    assert plan_of(opened_at(show, "plan")[0]) == edited  # no file holds it


def test_schemes_are_added_changed_ordered_and_taken_away(show: Show) -> None:
    opened, view = opened_at(show, "plan")
    opened.session.studies.plan.edit("", schemes=STUDY.schemes, plan=())
    view.sections["schemes"].click()
    form = view.schemes
    form.add.click()
    assert [each.name for each in plan_of(opened).schemes] == ["one", "one (2)", "pairs"]
    how = form.grids[0].controls["scheme"]
    how.activated.emit(how.findData("plain-ensemble"))
    fields = {place: each for grid in form.grids for place, each in grid.controls.items()}
    assert fields["members"].isVisible()
    assert not fields["drop"].isVisible()
    typed(opened, fields["name"], "several")
    form.down.click()
    study = plan_of(opened)
    assert [(each.name, each.scheme) for each in study.schemes] == [
        ("one", "ten-outputs"),
        ("pairs", "all-pairs"),
        ("several", "plain-ensemble"),
    ]
    assert opened.session.state.studies.scheme == 2
    for field in OF_A_SCHEME:
        value_of(study.schemes[2], field.place)
    form.remove.click()
    assert plan_of(opened).schemes == STUDY.schemes


def test_comparisons_are_chosen_pair_by_pair(show: Show) -> None:
    opened, view = opened_at(show, "plan")
    third = replace(STUDY.schemes[1], name="third")
    opened.session.studies.plan.edit("", schemes=(*STUDY.schemes, third), plan=())
    view.sections["comparisons"].click()
    form = view.comparisons
    form.first.activated.emit(1)
    form.second.activated.emit(2)
    form.add.click()
    usual = (Comparison("pairs", "one"), Comparison("third", "one"))
    assert plan_of(opened).plan == (*usual, Comparison("pairs", "third"))
    form.list.choose(0)
    form.remove.click()
    assert plan_of(opened).plan == (usual[1], Comparison("pairs", "third"))
    form.usual.click()
    assert plan_of(opened).plan == ()


def test_a_file_that_is_dropped_is_opened(show: Show, tmp_path: Path) -> None:
    opened, view = opened_at(show, "plan")
    for name, content in (("a.toml", next(iter(presets().values())).read_bytes()), ("b", b"=")):
        file = tmp_path / name
        file.write_bytes(content)
        drop(view, file)
    assert opened.session.state.studies.plan.origin == str(tmp_path / "a.toml")
    assert "b" in opened.said
    drop(view, tmp_path / "a.toml")
    assert opened.session.state.notice is None


def test_what_cannot_be_is_said_and_a_data_set_that_is_not_here_is_offered(show: Show) -> None:
    opened, view = opened_at(show, "plan")
    opened.session.studies.plan.choose("naive-child")
    worked_out(opened)
    before = plan_of(opened)
    digits = view.grids[0].controls
    typed(opened, digits["digits.shares"], "1, many")
    assert "1, many" in opened.said
    assert plan_of(opened) == before
    assert digits["digits.shares"].text() == "100"
    typed(opened, digits["digits.classes"], "3, fish")
    assert "fish" in view.told.text
    assert not view.start.isEnabled()
    opened.session.studies.plan.undo()
    asked = []
    opened.window.page.fetch_asked.disconnect()
    opened.window.page.fetch_asked.connect(asked.append)
    digits["digits.data"].activated.emit(digits["digits.data"].findData("mnist"))
    assert "MNIST" in view.told.text
    assert not view.start.isEnabled()
    opened.click(view.fetch)
    assert asked == ["mnist"]


# ---- results and trials --------------------------------------------------------------


def test_the_numbers_on_the_page_are_those_of_the_table(show: Show, tmp_path: Path) -> None:
    stored()
    opened, view = opened_at(show, "results")
    opened.session.studies.plan.edit("", seed=99)  # of which nobody has measured anything
    worked_out(opened)
    assert not view.saving.button.isEnabled()
    shown_study(opened)
    table = table_of(STUDY, ROWS)
    assert view.sentence.text == table.sentence
    assert view.bar.view.said == "All 6 trials are finished."
    assert len(view.accuracy.view.curves) == 2
    assert [lane.mean for lane in view.differences.view.lanes] == [
        line.paired.spread.mean for line in table.comparisons
    ]
    assert not view.condition.isVisible()
    view.shown["tables"].click()
    cells = [row.cells[2].text for row in view.schemes.view.rows]
    assert cells == ["62.5 %", "78.3 %", "92.5 %", "93.3 %"]
    assert [row.cells[2].text for row in view.comparisons.view.rows] == ["+15.8 pp", "+0.8 pp"]
    assert not view.act.isEnabled()
    view.saving.save_table(tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text("utf-8").count("\n") == 7
    view.saving.save_trials(tmp_path / "rows.csv")
    assert (tmp_path / "rows.csv").read_text("utf-8").count("\n") == 1 + 2 * len(ROWS)
    for kind, begins in (("html", b"<!DOCTYPE"), ("pdf", b"%PDF")):
        view.saving.save_report(tmp_path / f"r.{kind}")
        assert (tmp_path / f"r.{kind}").read_bytes().startswith(begins)
    view.saving.save_figures(tmp_path / "f.svg")
    assert {path.name for path in tmp_path.glob("f-*")} == {"f-accuracy.svg", "f-differences.svg"}
    view.saving.save_table(tmp_path / "no such folder" / "t.csv")
    assert "no such folder" in opened.said


def test_many_differences_are_shown_one_condition_at_a_time(show: Show) -> None:
    opened, view = opened_at(show, "results")
    names = ("one", "two", "three", "four")
    study = made_study(*names, shares=(0.05, 1.0))
    right = {
        name: [few + trial % 3 for trial in range(7)]
        for few, name in zip((50, 64, 71, 83), names, strict=True)
    }
    right["one"][0] += 1
    rows = (*made_rows(right, "0.05"), *made_rows(right, "1"))
    plan, table = PlanShown(study), table_of(study, rows)
    opened.session.choose("studies", plan=plan, rows=rows, table=table)
    for number, word in enumerate(("0.05", "1")):
        view.condition.activated.emit(number)
        assert {lane.key[-1] for lane in view.differences.view.lanes} == {word}
        assert len(view.differences.view.lanes) == 3
        assert len(view.sentence.text) < len(table.sentence)
        assert opened.session.state.studies.condition == word
    view.shown["tables"].click()
    view.schemes.setFocus()
    for _ in rows:
        opened.bot.keyClick(view.schemes, Qt.Key.Key_Down)
    here = view.schemes.here
    assert here.key == ("four", "1")
    middle = view.schemes.mapTo(view, here.place.center().toPoint())
    assert view.rect().contains(middle)


def test_where_none_of_many_is_sure_the_largest_is_told() -> None:
    names = ("one", "two", "three", "four", "five")
    study = made_study(*names)
    right = {name: [50 + 9 * k % 7, 60 - 5 * k, 55] for k, name in enumerate(names)}
    table = table_of(study, made_rows(right))
    largest = max((line.paired.spread.mean for line in table.comparisons), key=abs)
    said = result_of(table, table.conditions[0])
    assert f" {points(largest, 1)} points (" in said
    assert "too few trials to tell. 3 more comparisons stand below." in said


def test_rows_that_arrive_are_drawn(show: Show) -> None:
    store = stored(ROWS[:2])
    opened, view = opened_at(show, "results")
    opened.session.change(answer_hidden=True)
    assert view.untold.isVisible()  # nobody says that there are none before they are read
    opened.session.change(answer_hidden=False)
    shown_study(opened)
    assert view.bar.view.said == "2 of 6 trials are finished."
    assert view.act.text() == "Go on"
    before = view.accuracy.view
    store.add(ROWS[3])
    opened.session.studies.runs._look_at_plan()
    worked_out(opened)
    assert view.bar.view.done == 3
    assert view.accuracy.view != before


def test_a_study_that_was_begun_is_offered_at_the_next_start(show: Show) -> None:
    stored(ROWS[:4])
    opened, view = opened_at(show, "plan")
    assert "“Two digits” stopped after 4 of 6 trials" in opened.said
    assert opened.session.state.notice.action == "studies.runs.take_up"
    begun = view.which.findText("Two digits: 4 of 6 trials")
    assert begun > 0
    view.which.activated.emit(begun)
    worked_out(opened)
    assert plan_of(opened) == STUDY
    opened.window.page.choose_view("results")
    assert opened.window.page.view.act.text() == "Go on"


def test_a_trial_whose_networks_are_not_kept_says_how_long_they_take(show: Show) -> None:
    stored((row_of("0.05", 1, (24, 30), seconds=7.4),))
    opened, view = opened_at(show, "trials")
    shown_study(opened)
    assert [row.cells[1].text for row in view.table.view.rows] == ["60.0 %"]
    view.table.setFocus()
    opened.bot.keyClick(view.table, Qt.Key.Key_Return)
    assert "about 7 s" in opened.said
    assert opened.session.state.notice.action == "studies.trials.remake"
    assert opened.session.state.shelf == ()


def test_what_was_measured_before_gives_way_to_own_rows(show: Show, tmp_path: Path) -> None:
    opened, view = opened_at(show, "results")
    study = plan_of(opened)
    rows = shipped_rows(study)
    table = table_of(study, rows)
    assert view.sentence.text == result_of(table, table.conditions[0])
    assert len(view.schemes.view.rows) == len(table.schemes)
    assert view.bar.view.said == f"Measured before, on {rows[0].processor}."
    assert not view.act.isEnabled()  # its images are not here
    view.saving.save_trials(tmp_path / "rows.csv")
    assert (tmp_path / "rows.csv").read_text("utf-8").count("\n") == 1 + sum(
        len(each.outcomes) for each in rows
    )
    opened.window.page.choose_view("trials")
    trials, first = opened.window.page.view, rows[0]
    opened.session.choose("studies", condition=first.condition)
    assert trials.told.text().startswith("Measured before")
    trials.table.choose(first.trial)
    assert f"about {duration(first.seconds)} of one processor" in opened.said
    assert opened.session.state.notice.action == "studies.trials.remake"

    own = replace(first, processor="mine")
    stored((own,), study)
    opened.session.studies.runs._look_at_plan()
    worked_out(opened)
    assert opened.session.state.studies.rows == (own,)
    assert "Measured before" not in trials.told.text()


def test_what_was_measured_before_is_gone_once_it_runs_here(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = replace(STUDY, seed=2)
    (tmp_path / "two.jsonl").write_bytes(lines_of(study, ROWS))
    monkeypatch.setattr(shipped, "FOUND", tmp_path)
    opened, view = opened_at(show, "results")
    shown_study(opened, study)
    runs = opened.session.studies.runs
    assert opened.session.state.studies.rows == ROWS
    assert view.bar.view.said == "Measured before, on a processor; Start repeats it here."
    assert view.act.isEnabled()
    runs._running = Running(study, create_or_open(study))  # no process yet
    runs._look_at_plan()
    worked_out(opened)
    assert opened.session.state.studies.rows == ()
    assert view.empty.isVisible()
    runs.cancel()
    worked_out(opened)
    assert opened.session.state.studies.rows == ROWS  # not one trial has finished here


def test_page_keys_go_through_plan_plots_tables_and_trials(show: Show) -> None:
    stored()
    opened, _ = opened_at(show, "plan")
    shown_study(opened)
    page = opened.window.page
    seen = []
    for direction in (1, 1, 1, 1, -1, -1, -1):
        page.step(direction)
        turned = "tables" if page.view.id == "results" and page.view.schemes.isVisible() else ""
        seen.append(turned or page.view.id)
    assert seen == ["results", "tables", "trials", "trials", "tables", "results", "plan"]


def test_a_real_study_runs_beside_the_window_and_its_networks_open(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a process for each core that this one may use: here a single one
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)
    opened, view = opened_at(show, "results")
    session = opened.session
    small = replace(
        STUDY,
        trials=200,
        digits=replace(STUDY.digits, shares=(0.05,)),
        learning=replace(STUDY.learning, epochs=1),
    )
    shown_study(opened, small)
    assert view.empty.isVisible()
    view.to_plan.setFocus()
    opened.click(view.act)
    assert session.state.studies.running == small
    opened.bot.waitUntil(lambda: session.refresh() or bool(session.state.studies.rows))
    assert view.reached.isVisible()
    assert view.reached.hasFocus()
    assert not view.reached.shows_cursor
    assert view.act.text() == "Pause"
    opened.window.page.choose_view("plan")
    start = opened.window.page.view.start
    assert start.text() == "Results"
    opened.click(start)
    assert opened.window.page.view is view
    opened.click(view.cancel)
    opened.bot.waitUntil(lambda: session.refresh() or session.state.studies.running is None)
    worked_out(opened)
    assert view.act.text() == "Go on"
    assert "of 200 trials are finished" in view.bar.view.said
    rows = session.state.studies.rows
    assert len(rows) == len(stored((), small).rows()) < 200
    row = rows[0]
    assert row.kept.keys() == row.outcomes.keys()

    opened.window.page.choose_view("trials")
    trials = opened.window.page.view
    trials.table.choose(row.trial)
    assert "other digits" in opened.said
    opened.window.parts.files.open_digits_of_trial()
    opened.ticks_until(lambda: len(session.state.works) == 2)
    names = [f"{entry.name}, trial {row.trial}" for entry in small.schemes]
    assert [each.title for each in session.state.works] == names
    assert session.state.digits.class_names == ("3", "5")
    kept = [each.network.hidden_weights for each in session.state.works]

    for name in row.kept.values():
        (folder_of(small) / name).unlink()
    trials.table.choose(row.trial)
    assert session.state.notice.action == "studies.trials.remake"
    session.studies.trials.remake()
    assert trials.cancel.isVisible()
    opened.bot.waitUntil(lambda: session.refresh() or len(session.state.works) == 4)
    assert not trials.cancel.isVisible()
    for again, weights in zip(session.state.works[2:], kept, strict=True):
        np.testing.assert_array_equal(again.network.hidden_weights, weights)


def test_networks_of_fewer_classes_open_after_the_others_of_their_trial(show: Show) -> None:
    study = replace(
        STUDY,
        digits=replace(STUDY.digits, classes=(), shares=(0.01,)),
        learning=replace(STUDY.learning, epochs=1),
        schemes=(
            SchemeEntry("all", "ten-outputs"),
            SchemeEntry("one", "one-vs-rest", taught=("5",)),  # opens nowhere
            SchemeEntry("two", "ten-outputs", taught=("3", "5")),
        ),
    )
    stored((), study).add(work(Task(study, Place(0, 1), keep=str(folder_of(study)))))
    opened, view = opened_at(show, "trials")
    shown_study(opened, study)
    view.table.choose(1)
    titles = [each.title for each in opened.session.state.works]
    assert titles[-1] == "all, trial 1"
    assert "“two” knows only 3 and 5." in opened.said
    opened.window.parts.files.open_digits_of_trial()
    opened.ticks_until(lambda: opened.session.state.digits.class_names == ("3", "5"))
    assert [each.title for each in opened.session.state.works] == ["two, trial 1"]
