"""The Train page: what is drawn is what the state says, and clicks lead where they should."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage

from nnviz.ui.kit.weight_images import keep_places
from nnviz.ui.pages.conclusion import RANDOM_START
from nnviz.ui.train.curves import FEW
from nnviz.ui.train.network import NetworkPicture
from nnviz.ui.train.page import TILES
from nnviz.ui.train.view import NetworkView, WordView
from nnviz.verdicts.evidence import evidence_of
from nnviz.verdicts.readings import literal_bits
from tests.ui.conftest import MISREAD, Opened, Show


def picture_of(opened: Opened) -> NetworkPicture:
    return opened.window.page.picture


def view_of(opened: Opened) -> NetworkView:
    return picture_of(opened).view


def middle(place: QRectF) -> QPoint:
    return place.center().toPoint()


def grabbed(opened: Opened) -> QImage:
    return picture_of(opened).grab().toImage()


def test_the_picture_shows_the_weights_activities_and_outputs_of_the_state(show: Show) -> None:
    opened = show(trained=True)
    state, view = opened.session.state, view_of(opened)
    np.testing.assert_array_equal(view.weights, state.work.network.hidden_weights[0])
    np.testing.assert_array_equal(view.activity, state.sure_verdict.activity[0])
    np.testing.assert_array_equal(view.outputs, state.sure_verdict.outputs)
    np.testing.assert_array_equal(view.pixels, state.digits.images[0])
    assert view.strong == {state.sure_verdict.answer}
    assert view.marks[state.sure_verdict.answer] is (state.sure_verdict.answer == state.shown_label)


def test_lines_lead_from_the_eight_strongest_contributions(show: Show) -> None:
    opened = show(trained=True)
    state, view = opened.session.state, view_of(opened)
    network, answer = state.work.network, state.sure_verdict.answer
    amounts = network.output_weights[answer] * state.sure_verdict.activity[0]
    expected = set(np.argsort(-np.abs(amounts))[:8].tolist())
    assert {int(view.neurons[tile]) for tile in view.lines} == expected
    np.testing.assert_allclose(view.contributions, amounts, rtol=1e-5)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_strongest_weights_have_the_colours_of_their_sign(show: Show, theme: str) -> None:
    opened = show(theme=theme, size=(1920, 1080), trained=True)
    opened.session.change(own_scales=True)
    view, layout = view_of(opened), picture_of(opened).places
    image = grabbed(opened)
    colours = opened.window.theme.colours
    inked = np.where(view.inked, view.weights, 0)
    plain = [tile for tile in range(len(view.neurons)) if tile not in view.lines]
    for tile in plain[:4]:
        for pick, end in ((np.argmax, 1), (np.argmin, 0)):
            pixel = int(pick(inked[tile]))
            if abs(inked[tile, pixel]) < np.abs(inked[tile]).max():
                continue  # only the strongest of both signs reaches the end of the scale
            place, row, column = layout.tiles[tile], *divmod(pixel, 28)
            x = place.x() + (column + 0.5) * place.width() / 28
            y = place.y() + (row + 0.5) * place.height() / 28
            found, expected = image.pixelColor(int(x), int(y)), QColor(colours.weight_ends[end])
            distance = max(
                abs(found.red() - expected.red()),
                abs(found.green() - expected.green()),
                abs(found.blue() - expected.blue()),
            )
            assert distance <= 2
    corner = layout.tiles[7].bottomRight().toPoint() - QPoint(4, 4)
    assert image.pixelColor(corner) == QColor(colours.zero)  # it never carries ink


def test_an_output_bar_is_as_long_as_its_output_is_strong(show: Show) -> None:
    opened = show(trained=True)
    view, layout, image = view_of(opened), picture_of(opened).places, grabbed(opened)
    (answer,) = view.strong
    assert view.outputs[answer] > 0.9
    row = layout.outputs[answer]
    start = QPoint(int(row.x()) + opened.window.theme.px(50), int(row.center().y()))
    assert image.pixelColor(start) == opened.window.theme.digit(answer)
    other = layout.outputs[(answer + 1) % 10]
    start = QPoint(int(other.x()) + opened.window.theme.px(70), int(other.center().y()))
    assert image.pixelColor(start) == opened.window.theme.colour("track")


def test_clicking_a_weight_image_selects_its_neuron_and_again_lets_go(show: Show) -> None:
    opened = show()
    picture = picture_of(opened)
    opened.click(picture, picture.places.tiles[11])
    assert opened.session.state.neuron == 11
    assert view_of(opened).selected == 11
    assert not picture.places.enlarged.isEmpty()
    opened.click(picture, picture.places.tiles[11])
    assert opened.session.state.neuron is None


def test_pointing_at_a_weight_image_enlarges_it(show: Show) -> None:
    opened = show()
    picture = picture_of(opened)
    before = grabbed(opened)
    opened.bot.mouseMove(picture, middle(picture.places.tiles[8]))
    opened.bot.waitUntil(lambda: grabbed(opened) != before)
    opened.bot.mouseMove(picture, QPoint(2, picture.height() - 2))
    opened.bot.waitUntil(lambda: grabbed(opened) == before)


def test_clicking_an_output_draws_what_speaks_for_it(show: Show) -> None:
    opened = show(trained=True)
    picture, state = picture_of(opened), opened.session.state
    other = (state.sure_verdict.answer + 3) % 10
    row = picture.places.outputs[other]
    opened.click(picture, row)
    assert opened.session.state.output == other
    np.testing.assert_allclose(
        view_of(opened).contributions, state.sure_verdict.contributions_of(other), rtol=1e-6
    )
    opened.click(picture, row)
    assert opened.session.state.output is None


def test_clicking_the_digit_shows_the_next_one(show: Show) -> None:
    opened = show()
    picture = picture_of(opened)
    opened.click(picture, picture.places.digit)
    assert opened.session.state.image == 1


def test_arrows_move_between_neurons_and_with_shift_between_outputs(show: Show) -> None:
    opened = show()
    picture = picture_of(opened)
    picture.setFocus()
    columns = picture.places.columns
    for key, expected in (
        (Qt.Key.Key_Right, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + columns),
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_Left, 0),
    ):
        opened.bot.keyClick(picture, key)
        assert opened.session.state.neuron == expected
    answer = opened.session.state.sure_verdict.answer
    opened.bot.keyClick(picture, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert opened.session.state.output == (answer + 1) % 10


def test_up_to_36_neurons_are_all_shown_above_the_30_that_contribute_most(show: Show) -> None:
    opened = show()
    for hidden in (1, 2, 15, 36, 37, 100, 500):
        opened.session.change(dense=False)
        opened.session.controls.set(hidden=hidden)
        view, verdict = view_of(opened), opened.session.state.sure_verdict
        assert len(view.neurons) == (hidden if hidden <= 36 else TILES)
        amounts = np.abs(verdict.contributions_of(verdict.answer))
        left_out = np.setdiff1d(np.arange(hidden), view.neurons)
        if len(left_out):
            assert amounts[left_out].max() <= amounts[view.neurons].min()
        opened.session.change(dense=True)
        assert len(view_of(opened).neurons) == hidden
        layout = picture_of(opened).places
        bounds = QRectF(picture_of(opened).rect())
        assert all(bounds.contains(tile) for tile in layout.tiles)
        opened.click(picture_of(opened), layout.tiles[hidden - 1])
        assert opened.session.state.neuron == hidden - 1


def test_while_learning_a_weight_image_keeps_its_place(show: Show) -> None:
    opened = show()
    session = opened.session
    session.controls.set(hidden=100, speed=0)
    session.runs.run()
    shown, newcomers = view_of(opened).neurons, 0
    while session.state.work.position.steps < 600:
        opened.window.parts.clock.tick()
        before, shown = shown, view_of(opened).neurons
        assert len(set(shown.tolist())) == TILES
        stays = np.isin(before, shown)
        assert (shown[stays] == before[stays]).all()
        newcomers += int((~stays).sum())
    assert newcomers
    assert (np.diff(shown) < 0).any()  # some stand where they would not stand in order
    session.picking.pick("next")
    assert (np.diff(view_of(opened).neurons) > 0).all()  # another digit, another choice
    session.runs.pause()
    opened.ticks_until(lambda: not session.state.running)
    assert (np.diff(view_of(opened).neurons) > 0).all()


@given(st.permutations(range(12)), st.permutations(range(12)))
def test_neurons_that_stay_keep_their_places(one: list[int], other: list[int]) -> None:
    shown, wanted = np.array(one[:5]), np.array(other[:5])
    places = keep_places(shown, wanted)
    assert sorted(places) == sorted(wanted)
    stays = np.isin(shown, wanted)
    assert (places[stays] == shown[stays]).all()


def curves_of(opened: Opened) -> list[tuple[Any, Any, Any]]:
    """Of accuracy and cost: the axes, the curve of the training digits, that of the test."""
    page = opened.window.page
    page.load_late()
    plots = (page.curves.accuracy, page.curves.cost)
    return [(plot.axes[0].item, *plot.axes[0].item.listDataItems()) for plot in plots]


def test_the_curves_are_the_points_of_the_run(show: Show) -> None:
    opened = show()
    opened.learn(300)
    points = opened.session.state.work.curve
    assert len(points) > 5
    (accuracy, _, test), (cost, train, _) = curves_of(opened)
    x, y = test.getData()
    np.testing.assert_allclose(x, [point.examples / 4000 for point in points])
    np.testing.assert_allclose(y, [100 * point.test_accuracy for point in points])
    np.testing.assert_allclose(train.getData()[1], [point.train_cost for point in points])
    opened.window.other_theme()
    opened.window.zoom(1)
    opened.window.resize(1100, 700)
    for item, quantity in ((accuracy, "accuracy"), (cost, "cost")):
        assert quantity in item.getAxis("left").labelText
        assert item.getAxis("bottom").labelText == "epochs"
        for side in ("left", "bottom"):  # never divided by a thousand
            assert item.getAxis(side).autoSIPrefixScale == 1.0
            assert item.getAxis(side).labelUnitPrefix == ""


def test_every_accuracy_says_of_which_test_digits_it_is(show: Show) -> None:
    opened = show(trained=True)
    curves_of(opened)
    shown, curves = opened.window.parts.top_bar.accuracy, opened.window.page.curves
    assert "bundled test" in shown.text()
    assert curves.legend.view[0].name == "MNIST test"
    opened.session.controls.reset()
    opened.learn()
    assert "bundled test" in shown.text()
    assert curves.legend.view[0].name == "bundled test"


def test_the_points_of_a_short_run_are_marked(show: Show) -> None:
    opened = show(trained=True)
    plots, curves = curves_of(opened), opened.window.page.curves
    points = opened.session.state.work.curve
    for count, marked in ((2, True), (FEW - 1, True), (FEW, False), (len(points), False)):
        curves.show_points(points[:count], 4000)
        for _, *lines in plots:
            for line in lines:
                assert (line.opts["symbol"] is not None) is marked
        if marked:
            (_, _), (_, top) = curves.cost.axes[0].widget.viewRange()
            assert top > points[0].test_cost


def test_words_wait_for_the_slow_tick_while_pictures_move(show: Show) -> None:
    opened = show()
    opened.session.runs.run()
    opened.ticks_until(lambda: opened.session.state.work.position.steps > 3)
    view = view_of(opened)
    np.testing.assert_array_equal(view.weights, opened.session.state.work.network.hidden_weights[0])
    opened.session.runs.pause()
    verdict = opened.session.state.sure_verdict
    assert view_of(opened).strong == {verdict.answer}
    assert view_of(opened).percents == tuple(f"{100 * o:.0f} %" for o in verdict.outputs)


def test_the_description_says_what_a_person_would_say(show: Show) -> None:
    opened = show(trained=True)
    words = picture_of(opened).accessibleDescription()
    assert words.startswith("The label is ")
    assert words.endswith(("which is right.", "which is wrong."))


def test_a_pair_chosen_anywhere_is_the_network_that_is_shown(show: Show) -> None:
    opened = show(trained=True)
    opened.session.designs.choose("all-pairs")
    for pair in ((3, 5), (9, 4)):
        opened.session.change(pair=pair)
        state, view = opened.session.state, view_of(opened)
        output = max(int(state.layout.pair_outputs[one]) for one in (pair, pair[::-1]))
        np.testing.assert_array_equal(view.weights, state.work.network.hidden_weights[output])
        assert view.shown_output == pair[0]
        amounts = state.sure_verdict.contributions_of(output)
        sign = 1 if pair[0] < pair[1] else -1
        np.testing.assert_allclose(view.contributions, sign * amounts)
        assert f"{min(pair)} or {max(pair)}" in view.heading[0]


def test_the_ratio_that_an_output_learns_from_is_told(show: Show) -> None:
    opened = show()
    session = opened.session
    session.controls.set(design="one-vs-rest")
    session.change(output=3)
    threes = int((session.state.digits.train_labels == 3).sum())
    others = session.state.digits.train_count - threes
    ratio = f"1 yes : {others / threes:.1f} no"
    assert view_of(opened).heading[0] == f"network for 3: is it a 3?  {ratio}"
    picture_of(opened).tell()
    assert f"learns from ({ratio})" in picture_of(opened).accessibleDescription()
    for balance, expected in (("equal", "1 yes : 1 no"), ("none", "1 yes : 0 no")):
        session.controls.set(balance=balance)
        session.change(output=3)
        assert view_of(opened).heading[0].endswith(expected)


def test_headings_tell_what_is_not_known_and_not_shown(show: Show) -> None:
    opened = show(trained=True)
    opened.session.designs.choose("one-vs-rest")
    opened.session.change(output=0)
    assert "about 1 yes : 9 no" in view_of(opened).heading[0]
    opened.session.designs.choose("elimination")
    assert view_of(opened).outputs_title == "10 of 5,110 outputs"


def test_the_page_concludes_what_was_measured_of_all_test_digits(show: Show) -> None:
    opened = show(trained=True)
    session, line = opened.session, opened.window.page.conclusion
    assert line.text == (
        "10 outputs: 965 of 1,000 test digits are read right (96.5 %); misread most often: 5 as 3 "
        "(4 of 35)."
    )
    room = line.geometry()
    session.runs.step("batch")
    opened.ticks_until(lambda: not session.state.running)
    opened.ticks_until(lambda: not line.text.startswith("Over all test digits"))
    right = round(1000 * session.state.work.measured.accuracy)
    assert line.text.startswith(f"10 outputs: {right} of 1,000 test digits are read right")
    session.controls.reset()
    assert line.text == RANDOM_START
    assert line.geometry() == room


def impossible(opened: Opened) -> int:
    """A test digit of which four bits write a number above 9."""
    state = opened.session.state
    evidence = evidence_of(state.work.network, state.layout, state.digits.images)
    return int(np.flatnonzero(literal_bits(evidence).classes < 0)[0])


def test_bits_end_in_a_word_that_says_what_is_wrong(show: Show) -> None:
    opened = show(trained=True)
    session = opened.session
    session.designs.choose("four-bits")
    session.change(image=int(np.flatnonzero(session.state.digits.labels == 4)[0]))
    view = view_of(opened)
    assert view.names == ("bit 8", "bit 4", "bit 2", "bit 1")
    assert view.word == replace(
        WordView(("0", "1", "0", "0"), means="4", remark="all 4 bits right", framed="means"),
        sentence=view.word.sentence,
    )
    assert view.framed is None, "the yellow frame is the answer, not a bit"
    session.change(image=impossible(opened))
    bits = session.state.sure_verdict.bits > 0.5
    label = session.state.shown_label
    for reading, framed in (("nearest-code", "nearest"), ("literal-bits", "not_a_digit")):
        session.change(reading=reading)
        word = view_of(opened).word
        assert word.number == str(int("".join(word.bits), 2))
        assert int(word.number) > 9
        assert (word.not_a_digit, word.means, word.framed) == ("not a digit", "", framed)
        assert word.wrong == tuple(np.flatnonzero(bits != ((label >> np.arange(3, -1, -1)) & 1)))
        near = word.nearest[1]
        assert word.nearest[0].replace(" ", "") == f"{int(near):04b}"
        if framed == "nearest":
            assert session.state.sure_verdict.answer == int(near)
    picture, layout = picture_of(opened), picture_of(opened).places
    assert picture.region_at(layout.word.center()) is not None
    session.designs.choose("bit-layer")
    view = view_of(opened)
    assert (len(view.outputs), len(view.layer.bits)) == (10, 4)
    assert view.layer.bits == view.word.bits
    assert picture.places.bits[0].left() > picture.places.outputs[0].right()


def test_a_hidden_answer_leaves_nothing_that_tells_it(show: Show) -> None:
    opened = show(trained=True)
    session = opened.session
    for design in ("one-vs-rest", "four-bits", "bit-layer", "all-pairs"):
        session.designs.choose(design)
        session.change(image=MISREAD)
        before, seen = view_of(opened), grabbed(opened)
        session.change(answer_hidden=True)
        hidden = view_of(opened)
        assert not hidden.outputs.any()
        assert set(hidden.percents) == {""}
        assert (hidden.lines, hidden.strong, hidden.framed) == ((), frozenset(), None)
        assert set(hidden.marks) == {None}
        assert hidden.word is None or {*hidden.word.bits, hidden.word.means} == {"?"}
        assert hidden.layer is None or set(hidden.layer.bits) == {"?"}
        assert hidden.sentence == "The answer is hidden."
        first = hidden
        session.change(image=MISREAD + 1)  # another answer changes nothing but the digit
        assert (view_of(opened).heading, view_of(opened).shown_output) == (
            first.heading,
            first.shown_output,
        )
        session.change(image=MISREAD, answer_hidden=False)
        assert view_of(opened).percents == before.percents
        assert grabbed(opened) == seen


def test_a_room_gets_the_network_alone_and_large(show: Show) -> None:
    opened = show(trained=True)
    page, picture = opened.window.page, picture_of(opened)
    digit = picture.places.digit.width()
    opened.session.change(lecturing=True)
    assert not page.panel.isVisible()
    assert not page.conclusion.isVisible()
    assert page.line_legend.isVisible()
    opened.bot.waitUntil(lambda: picture.places.digit.width() > 1.3 * digit)
    opened.session.change(lecturing=False)
    assert page.panel.isVisible()
    assert page.legend.isVisible()
    opened.bot.waitUntil(lambda: picture.places.digit.width() == digit)
