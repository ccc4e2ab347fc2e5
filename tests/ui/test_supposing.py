"""Detectors: a neuron supposed gone, two networks side by side, a zero built up by presses."""

import numpy as np

from nnviz.networks.operations import NO_OPERATIONS, Operation, operated
from nnviz.questions.detectors.shapes import MeasureShapes
from nnviz.questions.piecemeal import at_once
from tests.ui.conftest import Show
from tests.ui.detectors_window import accuracy_of, opened_at
from tests.ui.mistakes_window import told_by

NEURON = 16


def test_what_a_network_would_say_without_a_neuron_is_only_supposed(show: Show) -> None:
    opened, view = opened_at(show, "off")
    session = opened.session
    session.change(image=497, neuron=NEURON)
    opened.ticks_until(lambda: view.picture.view.after.accuracy.endswith("right"))
    state, picture = session.state, view.picture.view
    network = state.work.network
    gone = operated(network, NO_OPERATIONS.put(0, NEURON, Operation(off=True)), np.zeros((1, 30)))
    for saying, each in ((picture.before, network), (picture.after, gone)):
        verdict = state.work.look(state.pixels, 10, network=each)
        np.testing.assert_allclose(saying.shares, verdict.outputs, rtol=1e-6)
        assert saying.says == f"says {verdict.answer}"
        assert saying.accuracy.startswith(f"{100 * accuracy_of(state, each):.1f} %")
    assert not state.operations
    assert network is session.state.work.network
    weights = network.output_weights[:, NEURON]
    assert view.outgoing.view.struck
    np.testing.assert_allclose([bar.amount for bar in view.outgoing.view.bars], weights)
    view.at_mean.click()
    opened.ticks_until(lambda: view.picture.view.after.says != "")
    assert view.picture.view.after.shares != picture.after.shares
    session.change(answer_hidden=True)
    assert told_by(view.picture).count("Hidden until") == 2
    session.change(answer_hidden=False)
    view.gone.click()
    view.do_it.click()
    assert session.state.operations.at(0, NEURON).off
    assert not view.do_it.isEnabled()

    # side by side: what is ringed is what a bar explains better than chance
    page = opened.window.page
    page.choose_view("beside")
    beside = page.shown["beside"]
    opened.ticks_until(lambda: bool(beside.its.mosaic.view and beside.its.mosaic.view.ringed))
    for side, work in ((beside.own, state.work), (beside.its, session.state.trained["four-bits"])):
        shapes = at_once(MeasureShapes(work.asked()).work(state.digits, {}))
        assert side.mosaic.view.ringed == shapes.strokes
        assert side.strokes.text == f"{shapes.stroke_like} of 30 neurons look like strokes"
        np.testing.assert_array_equal(side.mosaic.view.weights, work.network.hidden_weights[0])

    # the zero of the book, press by press
    page.choose_view("zero")
    zero = page.shown["zero"]
    session.change(lecturing=True, step=0)
    seen = []
    for _ in range(4):
        parts = (zero.arcs[0], zero.rows[0], zero.measured, zero.rows[2])
        seen.append([part.isVisible() for part in parts])
        zero.step(1)
    assert seen == [[True] * count + [False] * (4 - count) for count in (1, 2, 3, 4)]
    assert not zero.learned[0].isVisible()
