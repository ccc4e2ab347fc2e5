"""The bit layer: the matrix says what the layer does with the outputs of the digit on screen."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from nnviz.networks.bit_layer import bit_layer, guarantee
from nnviz.questions.bits import SurveyBitLayer
from nnviz.ui.designs.bit_layer import BitLayerPage
from tests.ui.conftest import Opened
from tests.ui.designs_window import Show, keys, opened_at


def opened_layer(
    show: Show, design: str = "bit-layer", **more: object
) -> tuple[Opened, BitLayerPage]:
    opened, view = opened_at(show, "bit-layer", **more)
    opened.session.designs.choose(design)
    opened.ticks_until(lambda: opened.session.state.engine == "ready")
    return opened, view


def press(page: BitLayerPage, kind: str) -> None:
    found = page.findChild(QPushButton, f"bit-weights-{kind}")
    found.click()


@pytest.mark.parametrize("kind", ["plus-minus", "zero-one"])
def test_sums_lamps_and_answer_are_those_of_the_layer(show: Show, kind: str) -> None:
    opened, page = opened_layer(show)
    press(page, kind)
    for image in range(0, 1000, 50):
        opened.session.change(image=image)
        view, state = page.picture.view, opened.session.state
        outputs = state.sure_verdict.outputs.astype(float)
        layer = bit_layer(kind, 10, 1.0)
        sums = layer.weights.astype(float) @ outputs + layer.biases
        np.testing.assert_allclose(view.sums, sums, atol=1e-6)
        number = int("".join(str(int(total > 0)) for total in sums), 2)
        assert (view.word, view.right) == (f"{number:04b}", number == state.shown_label)
        answer = state.sure_verdict.answer
        assert answer == (number if number < 10 else -1)
        assert view.spelled == (str(number) if number < 10 else f"{number}, not a digit")


def test_the_switch_is_live_and_the_accuracy_follows(show: Show) -> None:
    opened, page = opened_layer(show)
    opened.ticks_until(lambda: opened.session.state.work.measured is not None)
    before, run = opened.session.state.work.measured, opened.session.state.run
    press(page, "zero-one")
    assert opened.session.state.settings.bit_weights == "zero-one"
    assert opened.session.state.run == run
    opened.ticks_until(lambda: opened.session.state.work.measured is not before)
    told = opened.session.surveys.found(SurveyBitLayer)
    measured = opened.session.state.work.measured
    assert measured.accuracy == told.result.right["zero-one"] / 1000
    assert before.accuracy == told.result.right["plus-minus"] / 1000
    assert before.accuracy > measured.accuracy
    promised = guarantee("zero-one")
    assert f"{promised.margin:.2f}" in page.promise.text()
    assert f"{promised.scale:.2f}" in page.promise.text()


def test_the_survey_says_how_often_the_assumption_holds(show: Show) -> None:
    opened, page = opened_layer(show)
    opened.ticks_until(lambda: opened.session.surveys.found(SurveyBitLayer) is not None)
    told = opened.session.surveys.found(SurveyBitLayer)
    found = told.result
    assert f"{found.met / 10:.0f} %" in page.met.text()
    for right in (*found.right.values(), found.strongest_right):
        assert f"{right / 10:.1f} %" in page.accuracy.text()
    assert f"{found.lost:,}</span> digits" in page.lost.text()
    assert found.right["plus-minus"] >= 950
    assert found.lost_faint > 0.5 * found.lost


@pytest.mark.parametrize("design", ["ten-outputs", "one-vs-rest", "plain-ensemble"])
def test_any_network_with_an_output_for_each_class_will_do(show: Show, design: str) -> None:
    opened, page = opened_layer(show, design)
    state = opened.session.state
    np.testing.assert_allclose(page.picture.view.outputs, state.sure_verdict.scores, atol=1e-6)


@pytest.mark.parametrize("design", ["four-bits", "any-code", "all-pairs", "elimination"])
def test_others_make_way_for_the_network_that_has_the_layer(show: Show, design: str) -> None:
    opened, page = opened_layer(show, design)
    opened.session.designs.load("bit-layer")
    opened.session.change(image=1)
    state = opened.session.state
    assert state.design == design
    work = state.representatives["bit-layer"]
    expected = work.look(state.digits.images[1], 10).outputs
    np.testing.assert_allclose(page.picture.view.outputs, expected, atol=1e-6)
    assert not page.nothing.isVisible()


def test_without_any_such_network_it_says_what_to_choose(show: Show) -> None:
    opened, page = opened_layer(show)
    opened.session.designs.forget()
    opened.session.designs.choose("four-bits")
    opened.session.change(shelf=(), place=0)
    opened.session.designs.forget()
    opened.session.change(image=2)
    assert page.nothing.isVisible()
    assert not page.picture.isVisible()
    assert "choose such a design" in page.nothing.text()


def test_arrows_and_clicks_choose_a_weight_and_put_it_into_words(show: Show) -> None:
    opened, page = opened_layer(show)
    picture, view = page.picture, page.picture.view
    opened.click(picture, picture.cell(1, 4))
    assert picture.view.chosen == (1, 4)
    arrow = Qt.Key
    keys(opened, picture, arrow.Key_Down, arrow.Key_Left, arrow.Key_Left, arrow.Key_Up)
    assert picture.view.chosen == (1, 2)
    said = float(view.outputs[2])
    words = picture.here.words
    assert words.startswith(f"Output 2 says {said:.2f}, its weight for bit 4 is −1: it adds ")
    keys(opened, picture, *[arrow.Key_Left] * 12)
    assert picture.view.chosen == (1, 0)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_lamp_that_is_on_is_filled(show: Show, theme: str) -> None:
    opened, page = opened_layer(show, theme=theme)
    picture, view = page.picture, page.picture.view
    assert 0 < sum(view.bits) < 4
    image = picture.grab().toImage()
    for bit, on in enumerate(view.bits):
        beside = picture.lamp(bit).toPoint()
        beside.setX(beside.x() - opened.window.theme.px(10))
        found = image.pixelColor(beside)
        assert (found == opened.window.theme.colour("focus")) is on


def test_bars_and_numbers_are_of_one_moment_while_it_learns(show: Show) -> None:
    opened, page = opened_layer(show)
    session = opened.session
    session.controls.set(images=500)
    session.runs.run()
    opened.ticks_until(lambda: session.state.work.position.steps > 3)
    for _ in range(8):
        opened.window.parts.clock.tick()
        for shown in (page.picture.view.bars, page.picture.view.outputs):
            np.testing.assert_allclose(shown, session.state.sure_verdict.scores, atol=1e-6)
    session.runs.pause()


def test_the_description_says_what_a_person_would_say(show: Show) -> None:
    _, page = opened_layer(show)
    words = page.picture.accessibleDescription()
    assert words.startswith("Bit 8 is ")
    assert words.endswith(("which is right.", "which is wrong."))
