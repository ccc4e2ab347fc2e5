"""The weighted sum: its numbers are those of the network, its steps come one by one."""

import numpy as np

from nnviz.networks.network import as_inputs
from tests.ui.conftest import Show
from tests.ui.detectors_window import opened_at


def test_its_numbers_are_those_of_the_network(show: Show) -> None:
    opened, view = opened_at(show, "sum")
    session = opened.session
    session.change(neuron=7, image=3)
    session.operations.change(0, 7, shift=0.5)
    state, summed = session.state, view.picture.view.summed
    network = state.work.network
    pixels = as_inputs(state.digits.images[3]).astype(np.float64)
    products = pixels * network.hidden_weights[0, 7]
    np.testing.assert_allclose(summed.products, products, atol=1e-7)
    total = products.sum() + network.hidden_biases[0, 7] + 0.5
    assert np.isclose(summed.sum, total, atol=1e-5)
    up, down = summed.added()
    assert np.isclose(up + down + summed.bias, total, atol=1e-5)
    assert summed.value == state.sure_verdict.activity[0, 7]
    assert np.isclose(summed.value, 1 / (1 + np.exp(-total)), atol=1e-6)
    for design in ("ten-outputs", "four-bits", "one-vs-rest", "all-pairs"):
        session.designs.choose(design)
        session.choose("detectors", summed="output")
        verdict, summed = session.state.sure_verdict, view.picture.view.summed
        row = verdict.rows(session.state.digits.class_names)[view.see(session.state).row]
        np.testing.assert_allclose(summed.products, verdict.contributions_of(row.output))
        assert summed.value == verdict.outputs[row.output]
        if summed.activation == "sigmoid":
            assert np.isclose(summed.value, 1 / (1 + np.exp(-summed.sum)), atol=1e-5)


def test_its_steps_are_walked_and_tell_no_hidden_answer(show: Show) -> None:
    opened, view = opened_at(show, "sum")
    session, picture = opened.session, view.picture
    assert picture.view.shown == 5  # all at once for whoever only looks
    session.change(step=0, image=3)
    for shown in range(1, 6):
        opened.window.step_page(1)
        assert picture.view.shown == shown
        assert len(list(picture.regions(picture.view))) == shown
    assert picture.progress < 1  # the newest one moves in
    opened.window.step_page(1)
    assert (session.state.image, session.state.step) == (4, 0)
    opened.window.step_page(-1)
    assert (session.state.image, picture.view.shown) == (3, 5)
    session.choose("detectors", summed="output")
    session.change(answer_hidden=True, step=None)
    assert (picture.view.shown, picture.view.value) == (3, "?")
    assert picture.view.subject[:2] == ("output", 0)
    assert picture.words(picture.view) == "The answer is hidden."
