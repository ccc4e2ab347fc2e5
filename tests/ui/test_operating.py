"""A hand on a neuron: one neuron at a time, told truly, taken back, kept."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from nnviz.networks.operations import operated
from nnviz.session import answers
from tests.ui.detectors_window import Show, accuracy_of, all_neurons, one_neuron, opened_at


def test_switching_a_neuron_off_changes_the_answer_at_once_and_the_accuracy_soon(
    show: Show,
) -> None:
    opened, view = one_neuron(show)
    session = opened.session
    session.change(neuron=14)
    before, network = session.state.sure_verdict.outputs, session.state.work.network
    opened.click(view.operate.off)
    after = session.state.sure_verdict
    assert not np.array_equal(before, after.outputs)
    assert after.contributions_of(0)[14] == 0
    assert session.state.work.network is network
    altered = opened.window.parts.altered
    assert altered.isVisible()
    assert altered.sentence.text() == "Altered: neuron 14 off."
    operations = session.state.operations
    opened.ticks_until(
        lambda: (
            session.state.operated is not None
            and session.state.operated.about.operations == operations
        )
    )
    known = session.state.operated.result
    assert known.accuracy < known.before
    words = f"{100 * known.accuracy:.1f} % right instead of {100 * known.before:.1f} %"
    assert words in altered.accuracy.text()
    header = opened.window.parts.top_bar.accuracy.text()
    assert "altered" in header
    assert f"{100 * known.accuracy:.1f} %" in header


def test_undo_takes_back_a_drag_as_a_whole(show: Show) -> None:
    opened, view = one_neuron(show)
    session = opened.session
    session.change(neuron=2)
    before = session.state.sure_verdict.outputs
    view.operate.off.click()
    for value in (15, 20, 25):
        view.operate.scale.slider.setValue(value)
    assert session.state.operations.at(0, 2).scale == 2.5
    session.operations.undo()
    assert session.state.operations.at(0, 2).scale == 1
    assert session.state.operations.at(0, 2).off
    opened.window.parts.altered.undo.click()
    assert not session.state.operations
    np.testing.assert_array_equal(session.state.sure_verdict.outputs, before)
    assert opened.window.parts.altered.isHidden()


def test_a_neuron_held_at_its_mean_says_the_same_of_every_digit(show: Show) -> None:
    opened, view = one_neuron(show)
    session = opened.session
    session.change(neuron=2)
    known = session.state.operated
    view.operate.held.click()
    altered, own = session.state.operated_network, session.state.work.network
    np.testing.assert_allclose(
        altered.output_biases - own.output_biases,
        own.output_weights[:, 2] * known.result.means[0, 2],
        rtol=1e-4,
        atol=1e-6,
    )
    assert (altered.output_weights[:, 2] == 0).all()


def test_the_altered_network_can_be_kept_beside_the_old_one(show: Show) -> None:
    opened, view = one_neuron(show)
    session = opened.session
    session.change(neuron=2)
    view.operate.off.click()
    altered, old = session.state.operated_network, session.state.work
    opened.window.parts.altered.keep.click()
    state = session.state
    assert state.work.network is altered
    assert state.work.opened is not None
    assert state.work.epoch_length(state.digits) == old.epoch_length(state.digits)
    assert old.network in [work.network for work in state.shelf]
    assert not state.operations
    assert state.work.name == "altered network"
    opened.ticks_until(lambda: session.state.work.measured is not None)


def test_another_network_has_operations_of_its_own(show: Show) -> None:
    opened, view = one_neuron(show)
    session = opened.session
    view.operate.off.click()
    operations = session.state.operations
    session.designs.choose("four-bits")
    assert not session.state.operations
    assert opened.window.parts.altered.isHidden()
    session.designs.choose("ten-outputs")
    assert session.state.operations == operations
    assert opened.window.parts.altered.isVisible()
    opened.ticks_until(lambda: session.state.known_operated is not None)
    session.undo()
    assert not session.state.operations


def test_the_first_touch_holds_on_to_the_neuron_shown(show: Show) -> None:
    opened, view = opened_at(show, "neuron")
    assert opened.session.state.neuron is None
    title = view.headline.text
    opened.click(view.operate.off)
    assert view.headline.text.split(":")[0] == title.split(":")[0]
    assert view.operate.off.isChecked()
    opened.click(view.operate.off)
    assert not opened.session.state.operations


def test_a_drag_alters_one_neuron_only(show: Show) -> None:
    opened, view = opened_at(show, "neuron")
    for value in range(9, -11, -1):
        view.operate.scale.slider.setValue(value)
    ((_, operation),) = opened.session.state.operations
    assert operation.scale == -1


def test_off_and_held_exclude_each_other_and_say_what_has_no_effect(show: Show) -> None:
    opened, view = one_neuron(show)
    opened.session.change(neuron=2)
    panel = view.operate
    panel.off.click()
    assert not panel.scale.slider.isEnabled()
    assert not panel.shift.slider.isEnabled()
    assert panel.scale.slider.toolTip().startswith("Off: ")
    assert view.outgoing.view.struck  # as it was, so that one sees what was cut
    assert {bar.words for bar in view.outgoing.view.bars} != {"0.0"}
    panel.held.click()
    assert (panel.off.isChecked(), panel.held.isChecked()) == (False, True)
    assert panel.scale.slider.isEnabled()
    assert not panel.shift.slider.isEnabled()
    own = opened.session.state.work.network.output_weights[:, 2]
    np.testing.assert_allclose([bar.amount for bar in view.outgoing.view.bars], own)
    opened.session.undo()
    assert (panel.off.isChecked(), panel.held.isChecked()) == (True, False)


def test_a_neuron_that_is_off_is_struck_out_among_all(show: Show) -> None:
    opened, view = all_neurons(show)
    session = opened.session
    session.operations.change(0, 5, off=True)
    session.operations.change(0, 6, scale=2.0)
    shown = view.mosaic.view
    assert [shown.marks[each] for each in (4, 5, 6)] == ["", "off", "×2.0"]
    assert shown.activity[5] == 0
    assert shown.captions[5] == "for 8"
    image = view.mosaic.grab().toImage()
    place, text = view.mosaic.place(5), opened.window.theme.colour("text")
    corner = QPoint(int(place.right()) - 3, int(place.top()) + 3)
    assert image.pixelColor(corner).rgb() == text.rgb()


def test_the_key_for_undo_takes_back_operations_first(show: Show) -> None:
    opened, view = one_neuron(show)
    session = opened.session
    session.controls.reset()
    fresh = session.state.work.network
    view.operate.off.click()
    undo = opened.window.actions_by_text["Undo"]
    undo.trigger()
    assert not session.state.operations
    assert session.state.work.network is fresh
    opened.learn(3)
    session.controls.reset()
    undo.trigger()
    assert session.state.work.position.steps == 3


def test_the_chosen_reading_judges_what_is_operated_on(show: Show) -> None:
    opened, _ = one_neuron(show)
    session = opened.session
    session.designs.choose("all-pairs")
    session.operations.change(3, 1, scale=-5.0)
    for reading in ("votes", "summed"):
        session.change(reading=reading)
        opened.ticks_until(lambda: session.state.known_operated is not None)
        state, known = session.state, session.state.known_operated
        expected = operated(state.work.network, state.operations, known.result.means)
        assert known.result.accuracy == pytest.approx(accuracy_of(state, expected, reading))
    session.change(reading="votes")
    opened.ticks_until(lambda: session.state.known_operated is not None)
    assert opened.window.parts.altered.accuracy.text().endswith("read by votes")


def test_the_accuracy_follows_a_network_that_learns(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PAUSE", 0.0)
    opened = show()
    session = opened.session
    opened.learn(2)
    session.operations.change(0, 1, off=True)
    opened.ticks_until(lambda: session.state.known_operated is not None)
    first = session.state.known_operated
    session.runs.run()
    opened.ticks_until(lambda: session.state.known_operated not in (first, None))
    assert session.state.running
    session.runs.pause()
    opened.ticks_until(
        lambda: not session.state.running and session.state.known_operated is not None
    )
    state, known = session.state, session.state.known_operated
    assert known.examples == state.work.position.examples
    assert known.result.accuracy == pytest.approx(accuracy_of(state, state.operated_network))


# ---- room ----------------------------------------------------------------------------


def seen_whole(part: QWidget, inside: QWidget) -> bool:
    place = QRect(part.mapTo(inside, QPoint(0, 0)), part.size())
    return inside.rect().contains(place)


def test_the_hand_stays_in_sight_below_all_that_can_be_shown(show: Show) -> None:
    opened, view = one_neuron(show)
    opened.window.show_film(True)
    opened.session.change(moment=0)
    view.operate.off.click()
    opened.session.say("info", "A sentence about something else.")
    opened.bot.waitUntil(lambda: opened.window.parts.banner.isVisible())
    area = view.parentWidget()
    while area is not None and area.objectName() != "qt_scrollarea_viewport":
        area = area.parentWidget()
    assert area is not None
    panel = view.operate
    for part in (panel.off, panel.held, panel.scale, panel.shift, view.headline):
        assert seen_whole(part, area)


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.4, 2.0])
def test_the_words_of_the_sliders_have_room(show: Show, scale: float) -> None:
    opened, view = one_neuron(show, scale=scale)
    opened.session.change(neuron=2)
    opened.session.operations.change(0, 2, scale=-1.0, shift=-10.0)
    for words in (view.operate.scale.label, view.operate.shift.label):
        assert words.fontMetrics().horizontalAdvance(words.text()) <= words.width()


def test_neurons_have_one_name_everywhere(show: Show) -> None:
    opened, view = opened_at(show, "neuron")
    session = opened.session
    session.designs.choose("one-vs-rest")
    session.operations.change(7, 3, off=True)
    assert view.headline.text.startswith("Neuron 3 of the network for 7")
    assert opened.window.parts.altered.sentence.text().startswith(
        "Altered: neuron 3 of the network for 7 off"
    )
    opened.window.page.choose_view("all")
    session.choose("detectors", all_members=True)
    shown = opened.window.page.view.mosaic.view
    assert shown.names[shown.selected] == "7 · 3"
    assert shown.sentences[shown.selected][0].startswith("neuron 3 of the network for 7 fires")
