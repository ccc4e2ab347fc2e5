"""The Race view: choosing, starting, curves on one axis, and the lanes beside them."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from nnviz.networks.designs import DESIGNS
from nnviz.questions.comparison import SIGNIFICANT, mcnemar
from nnviz.ui.designs.lanes import Lane
from nnviz.ui.designs.race import RaceView
from nnviz.ui.kit.line_styles import LINE_STYLES
from nnviz.ui.kit.theme import Theme
from nnviz.words import number
from tests.ui.conftest import Opened
from tests.ui.designs_window import Show, keys, opened_at
from tests.ui.test_all_pictures import contrast


def race_view(show: Show) -> tuple[Opened, RaceView]:
    return opened_at(show, "race", loaded=True)


def started(show: Show, *designs: str) -> tuple[Opened, RaceView]:
    opened, view = race_view(show)
    for name, choice in view.choices.items():
        if choice.isChecked() != (name in designs):
            opened.click(choice)
    opened.click(view.start)
    return opened, view


def lanes(view: RaceView) -> list[Lane]:
    return [row.cells[0] for row in view.lanes.view.rows]


def names(view: RaceView) -> list[str]:
    return [lane.design for lane in lanes(view)]


def curve(view: RaceView, part: str, number: int) -> tuple[np.ndarray, np.ndarray]:
    """x and y of a curve ("l") or of its symbols ("s")."""
    return view.curves.axes[0]._curves[part, number].getData()


def test_ten_outputs_and_the_design_on_screen_are_chosen_at_first(show: Show) -> None:
    opened, view = race_view(show)
    opened.session.designs.choose("all-pairs")
    assert names(view) == ["ten-outputs", "all-pairs"]
    opened.click(view.choices["four-bits"])
    assert names(view) == ["ten-outputs", "four-bits", "all-pairs"]
    for design in ("four-bits", "all-pairs"):
        opened.click(view.choices[design])
    assert not view.start.isEnabled(), "one alone is no race"


def test_before_a_start_the_curves_are_those_of_the_trained_networks(show: Show) -> None:
    opened, view = race_view(show)
    opened.session.designs.choose("all-pairs")
    work = opened.session.state.representatives["all-pairs"]
    x, y = curve(view, "l", 1)
    np.testing.assert_allclose(x, [point.examples / 55_000 for point in work.points])
    np.testing.assert_allclose(y, [100 * point.test_accuracy for point in work.points])
    assert "shipped, curve: MNIST test" in lanes(view)[1].details


def test_start_begins_a_race_of_the_chosen_designs_and_runs(show: Show) -> None:
    opened, view = started(show, "ten-outputs", "four-bits")
    state = opened.session.state
    assert [work.design for work in state.racing] == ["ten-outputs", "four-bits"]
    assert state.running
    assert not view.start.isVisible()
    assert view.words.text().startswith("Same seed (1), same digits in the same order.")
    opened.ticks_until(lambda: min(work.position.steps for work in opened.session.state.racing) > 2)


def test_a_race_ends_in_who_leads_and_a_trained_trunk_is_said(show: Show) -> None:
    opened, view = started(show, "ten-outputs", "four-bits", "elimination")
    assert "Elimination begins on a hidden layer that has learned before." in view.words.text()
    assert [lane.beside for lane in lanes(view)] == ["", "", "+ trunk"]
    session = opened.session
    opened.ticks_until(lambda: min(work.position.steps for work in session.state.racing) > 0)
    session.runs.pause()
    opened.ticks_until(lambda: session.runs.settled)
    labels, two = session.state.digits.labels, session.state.racing[:2]
    first, second = sorted(two, key=lambda work: -work.measured.accuracy)
    found = mcnemar(first.measured.answers, second.measured.answers, labels)
    epochs = number(first.position.examples / 4000, 2)
    said = view.words.text()
    leader = DESIGNS[first.design].label
    assert f"{leader} leads after {epochs.rstrip('0')}" in said
    assert f" epochs: {100 * found.accuracy:.1f} points above" in said
    assert ("more than chance" in said) == (found.p < SIGNIFICANT)
    assert "Elimination began on a hidden layer that had learned from 55,000 MNIST digits" in said
    assert [lane.grey for lane in lanes(view)] == [False, False, True]


def test_the_lanes_of_other_contests_are_none_of_the_race(show: Show) -> None:
    opened, view = race_view(show)
    session = opened.session
    settings = [session.state.settings.change(design="ten-outputs", seed=n) for n in (1, 2)]
    session.experiments.compare(settings, ["one", "other"])
    assert names(view) == ["ten-outputs", "four-bits"]
    assert view.start.isVisible()
    session.experiments.run(design="any-code", code="gray")
    opened.click(view.start)
    assert [work.design for work in session.state.racing] == names(view)
    session.experiments.run(design="any-code", code="separable")
    assert [work.design for work in session.state.racing] == names(view)


def test_curves_and_weights_follow_the_race(show: Show) -> None:
    opened, view = started(show, "ten-outputs", "one-vs-rest")
    opened.ticks_until(lambda: min(len(w.points) for w in opened.session.state.racing) > 3)
    opened.session.runs.pause()
    opened.ticks_until(lambda: opened.session.runs.settled)
    for place, work in enumerate(opened.session.state.racing):
        x, y = curve(view, "l", place)
        np.testing.assert_allclose(x, [point.examples / 4000 for point in work.curve])
        np.testing.assert_allclose(y, [100 * point.test_accuracy for point in work.curve])
        assert len(curve(view, "s", place)[0]) > 0
        _, images = view.lanes.view.rows[place].cells
        np.testing.assert_array_equal(images.weights, work.network.hidden_weights[0])
        assert work.measured.examples == work.position.examples
        assert lanes(view)[place].accuracy == f"{100 * work.measured.accuracy:.1f} %"
    assert lanes(view)[0].accuracy in opened.window.parts.top_bar.accuracy.text()
    item = view.curves.axes[0].item
    assert item.getAxis("left").labelText == "test accuracy %"
    assert item.getAxis("bottom").labelText == "epochs"


def test_a_click_on_a_lane_shows_its_design_and_the_race_goes_on(show: Show) -> None:
    opened, view = started(show, "ten-outputs", "four-bits")
    opened.click(view.lanes, view.lanes.row_place(1, view.lanes.view))
    state = opened.session.state
    assert (state.design, state.running) == ("four-bits", True)
    assert [lane.shown for lane in lanes(view)] == [False, True]
    keys(opened, view.lanes, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert opened.session.state.design == "ten-outputs"
    assert "10 outputs" in view.lanes.here.words


def test_a_fair_race_says_both_numbers_of_parameters(show: Show) -> None:
    opened, view = race_view(show)
    opened.session.designs.choose("one-vs-rest")
    opened.click(view.fair)
    words = view.words.text()
    assert "10 outputs gets 297 hidden neurons" in words
    assert "10 outputs 236,125, One-vs-rest 235,810" in words
    opened.click(view.start)
    assert [w.network.parameters for w in opened.session.state.racing] == [236_125, 235_810]
    assert "10 outputs 236,125, One-vs-rest 235,810" in view.words.text()


def test_a_network_on_the_trunk_of_another_is_said_to_race_from_scratch(show: Show) -> None:
    opened, view = race_view(show)
    session = opened.session
    session.designs.load("four-bits")
    session.controls.set(trunk="frozen", trunk_from="four-bits")
    assert view.words.text().endswith("In the race from scratch: 10 outputs.")
    opened.click(view.start)
    assert {work.settings.trunk for work in session.state.racing} == {"scratch"}
    assert "scratch" not in view.words.text()


def test_a_baseline_that_cannot_get_as_large_is_said_to_be_smaller(show: Show) -> None:
    opened, view = race_view(show)
    opened.session.designs.choose("one-vs-rest")
    opened.session.controls.set(hidden=100)
    opened.click(view.fair)
    assert "500 hidden neurons, the most there can be" in view.words.text()


def test_ending_the_race_keeps_the_networks(show: Show) -> None:
    opened, view = started(show, "ten-outputs", "four-bits")
    opened.ticks_until(lambda: min(w.position.steps for w in opened.session.state.racing) > 2)
    opened.click(view.end)
    state = opened.session.state
    assert (state.race, state.running) == ((), False)
    assert sum(work.would_be_lost for work in state.works) == 2
    assert view.start.isVisible()


def test_the_end_of_a_race_offers_the_network_before_it(show: Show) -> None:
    opened = show(trained=True)
    session = opened.session
    session.change(page="designs")
    opened.window.page.choose_view("race")
    before = session.state.work
    session.race.begin(["ten-outputs", "four-bits"])
    assert session.state.work.experiment == "race"
    opened.click(opened.window.page.view.end)
    assert opened.said == f"The race is over. Before it, {before.full_title} was on screen."
    opened.click(opened.window.parts.banner.action)
    assert session.state.work.key == before.key


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_style_has_its_own_colour_dashes_and_symbol(theme: str) -> None:
    assert len(LINE_STYLES) >= len(DESIGNS)
    for part in ("dashes", "symbol", theme):
        assert len({getattr(style, part) for style in LINE_STYLES}) == len(LINE_STYLES)
    ground = Theme(theme).colour("panel").getRgbF()
    for style in LINE_STYLES:
        assert contrast(style.colour(Theme(theme)).getRgbF(), ground) >= 3


def test_a_chosen_design_without_a_network_is_named(show: Show) -> None:
    opened, view = race_view(show)
    session = opened.session
    assert "No network yet" not in view.words.text()
    session.change(trained={})
    assert "No network yet: 4 bits." in view.words.text()


def test_the_step_menu_says_that_a_race_takes_in_the_same_digits(show: Show) -> None:
    opened, _ = started(show, "ten-outputs", "four-bits")
    opened.session.runs.pause()
    batch, hundred, epoch = opened.window.parts.top_bar.step.menu().actions()
    assert all(
        "the same digits" in action.toolTip().replace("\n", " ") for action in (batch, hundred)
    )
    assert epoch.toolTip() == "Learn one epoch and pause."
    opened.session.race.end()
    assert batch.toolTip() == "Learn one batch and pause."
