"""The film on the Detectors page: all that is said and done belongs to the moment shown."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from nnviz.networks.files import load
from nnviz.questions.detectors.measures import MeasureNeurons
from nnviz.questions.detectors.shapes import moran, weight_images
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Subject
from tests.ui.conftest import Opened
from tests.ui.detectors_window import (
    Show,
    accuracy_of,
    all_neurons,
    compared,
    one_neuron,
    opened_at,
    rests,
)


def test_words_and_numbers_are_those_of_the_moment_shown(show: Show) -> None:
    opened, view = one_neuron(show)
    session = opened.session
    session.change(neuron=5)
    assert view.headline.text == "Neuron 5: one bar, leaning right, nearly upright"
    opened.window.show_film(True)
    session.change(moment=0)
    assert view.headline.text == "Neuron 5"
    assert view.facts.text() == "Measured once the film rests on a moment."
    rests(opened, lambda: session.measures.neurons_measured is not None)
    assert view.headline.text == "Neuron 5: noise"
    state, found = session.state, session.measures.neurons_measured
    alone = MeasureNeurons(Subject(state.seen.network, state.work.judged_by))
    expected = at_once(alone.work(state.digits, {}))
    np.testing.assert_allclose(found.stroke_fit, expected.stroke_fit)
    assert found.accuracy == pytest.approx(accuracy_of(state, state.seen.network))


def test_neurons_keep_their_order_until_the_moment_is_measured(show: Show) -> None:
    opened, view = all_neurons(show)
    session = opened.session
    opened.ticks_until(lambda: session.measures.neurons_measured is not None)
    session.choose("detectors", order="stroke_fit")
    before = view.mosaic.view
    opened.window.show_film(True)
    session.change(moment=0)
    shown = view.mosaic.view
    assert shown.names == before.names
    assert set(shown.captions) == {"…"}
    rests(opened, lambda: session.measures.neurons_measured is not None)
    shown = view.mosaic.view
    values = [float(words) for words in shown.captions]
    assert values == sorted(values, reverse=True)
    assert max(values) < 0.1  # noise


def test_measures_of_an_earlier_pause_are_not_shown_of_a_run_that_goes_on(show: Show) -> None:
    opened, view = opened_at(show, "neuron")
    session = opened.session
    session.controls.reset()
    opened.learn(3)
    opened.ticks_until(lambda: session.measures.neurons_measured is not None)
    assert view.facts.text().startswith("A straight bar")
    steps = session.state.work.position.steps
    session.runs.run()
    opened.ticks_until(lambda: session.state.work.position.steps > steps)
    view.slow_tick(session.state)
    assert view.facts.text() == "Measured at the next pause."
    assert ":" not in view.headline.text
    session.runs.pause()


def test_the_runs_follow_the_film_and_are_measured(show: Show) -> None:
    opened, view = opened_at(show, "settings")
    session = opened.session
    assert [strip.settings.text for strip in view.strips] == [
        "N(0, 1), λ = 0",
        "N(0, 1/n), W / 100, λ = 0",
        "N(0, 1/n), W / 100, λ = 1.33",
        "W ≥ 0, N(0, 1/n), λ = 1.33",
    ]
    QApplication.processEvents()
    before = {strip.accuracy.y() for strip in view.strips}
    view.start.click()
    opened.ticks_until(lambda: len(compared(session)[0].film) > 3)
    session.runs.pause()
    opened.ticks_until(lambda: session.runs.settled and not session.state.running)
    opened.ticks_until(
        lambda: all(session.measures.shapes_measured(work) for work in compared(session))
    )
    for strip, work in zip(view.strips, compared(session), strict=True):
        images = weight_images(
            work.network.hidden_weights[0], session.state.digits.inked, (28, 28, 1)
        )
        mean = f"{moran(images).mean():.2f}".replace("-", "−")
        assert strip.shapes.text == f"smoothness {mean}"
        assert strip.strokes.text.startswith("strokes beyond chance ")
    QApplication.processEvents()
    assert {strip.accuracy.y() for strip in view.strips} == before  # what is known moves nothing
    opened.window.show_film(True)
    session.shelf.visit(compared(session)[0].key)  # its film, with the others beside it
    session.change(moment=1)
    for strip, work in zip(view.strips, compared(session), strict=True):
        shown, then = strip.mosaic.view, work.film.at(1)
        np.testing.assert_array_equal(shown.weights, then.network(work.network).hidden_weights[0])
        assert strip.accuracy.text() == f"{100 * work.points[1].test_accuracy:.1f} %"
        assert strip.shapes.text == "smoothness …"
    rests(opened, lambda: "…" not in "".join(strip.shapes.text for strip in view.strips))


# ---- a hand on a neuron in the film ---------------------------------------------------


def at_the_start(opened: Opened) -> None:
    opened.window.show_film(True)
    opened.session.change(moment=0)


def test_off_in_the_film_is_judged_at_that_moment(show: Show) -> None:
    opened, view = one_neuron(show)
    session = opened.session
    at_the_start(opened)
    session.change(neuron=5)
    view.operate.off.click()
    opened.ticks_until(lambda: session.state.known_operated is not None)
    state, known = session.state, session.state.known_operated
    known = known.result
    assert known.before == pytest.approx(accuracy_of(state, state.seen.network))
    assert known.accuracy == pytest.approx(accuracy_of(state, state.operated_network))
    assert f"{100 * known.accuracy:.1f} %" in opened.window.parts.top_bar.accuracy.text()
    session.change(moment=None)
    opened.ticks_until(lambda: session.state.known_operated is not None)
    assert session.state.known_operated.result != known


def test_a_neuron_held_in_the_film_is_held_at_its_mean_then(show: Show) -> None:
    opened, _ = one_neuron(show)
    session = opened.session
    at_the_start(opened)
    session.operations.change(0, 5, held=True)
    opened.ticks_until(lambda: session.state.known_operated is not None)
    state = session.state
    found = state.seen.network
    inputs = state.digits.images / np.float32(255)
    sums = inputs @ found.hidden_weights[0, 5] + found.hidden_biases[0, 5]
    mean = float((1 / (1 + np.exp(-sums))).mean())
    expected = found.output_weights[:, 5] * mean
    gained = state.operated_network.output_biases - found.output_biases
    np.testing.assert_allclose(gained, expected, rtol=1e-3, atol=1e-5)
    by_itself = state.seen.look(
        state.digits.images[state.image], 10, network=state.operated_network
    )
    np.testing.assert_allclose(state.sure_verdict.outputs, by_itself.outputs)


def test_what_is_kept_of_a_moment_says_where_it_is_from(show: Show, tmp_path: Path) -> None:
    opened, view = one_neuron(show)
    session = opened.session
    at_the_start(opened)
    session.change(neuron=5)
    view.operate.off.click()
    altered = session.state.operated_network
    opened.window.parts.altered.keep.click()
    state = session.state
    assert state.work.network is altered
    assert (state.moment, state.work.position.examples, state.work.points) == (None, 0, ())
    header = opened.window.parts.top_bar.progress.text()
    assert "altered network" in header
    assert "from epoch 0.00" in header
    opened.ticks_until(lambda: session.state.work.measured is not None)
    path = tmp_path / "altered.safetensors"
    assert session.files.save(path)
    found = load(path)
    assert found.test_accuracy is None
    assert not found.film
    np.testing.assert_array_equal(found.network.output_weights, altered.output_weights)
    assert not session.state.work.would_be_lost


def test_the_end_of_a_run_is_kept_with_its_own_epochs(show: Show) -> None:
    opened, view = one_neuron(show)
    opened.session.change(neuron=2)
    view.operate.off.click()
    opened.window.parts.altered.keep.click()
    state = opened.session.state
    assert "from epoch 30.0" in opened.window.parts.top_bar.progress.text()
    assert all(p.examples < state.work.position.examples for p in state.work.points)


def test_the_table_of_designs_marks_what_is_past_or_altered(show: Show) -> None:
    opened = show(trained=True)
    session = opened.session
    session.change(page="designs")
    page = opened.window.page
    view = page.view

    def row() -> tuple[str, str, list[str]]:
        shown = next(each for each in view.rows if each.design == "ten-outputs")
        return shown.answer, shown.origin, shown.cells[0].splitlines()

    session.change(moment=0)
    answer, origin, accuracy = row()
    assert answer == session.state.named(session.state.sure_verdict.answer)
    assert (origin, accuracy) == ("film, epoch 0.00", ["–", "film"])
    session.change(moment=None)
    assert row()[1] == "shipped, MNIST"
    session.operations.change(0, 3, scale=-5.0)
    opened.ticks_until(lambda: session.state.known_operated is not None)
    known = session.state.known_operated
    assert row()[1:] == ("altered", [f"{100 * known.result.accuracy:.1f} %", "altered"])
