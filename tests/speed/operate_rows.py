"""Measures how soon the accuracy of 10,000 digits follows a hand on a neuron.

From the call that a control makes to the answer in the state of a real window, which draws 30
times a second, with a real training process.
"""

import tempfile
import time
from pathlib import Path

from nnviz.networks.designs import DESIGNS
from nnviz.ui.app.application import make_application
from nnviz.ui.app.window import Window
from tests.speed.row import Row
from tests.speed.windows import DIGITS, learning_window, many_digits, wait_until

LIMIT = 200.0
"""Milliseconds."""


def measure(rounds: int) -> list[Row]:
    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        window = learning_window(application, many_digits(Path(folder)))
    session = window.session
    rows = []
    session.change(page="detectors")
    window.page.choose_view("neuron")
    for design in DESIGNS:
        session.designs.choose(design)
        session.operations.change(0, 0, off=True)  # the first one needs the forward pass
        wait_until(application, lambda: _known(window))
        taken = []
        for number in range(rounds):
            began = time.perf_counter()
            session.operations.change(0, 1, scale=0.5 + 0.01 * number)
            wait_until(application, lambda: _known(window))
            taken.append(1e3 * (time.perf_counter() - began))
        rows.append(
            Row(
                f"operate-window-{design}",
                f"accuracy of {DIGITS:,} digits follows a neuron in the window, {design}",
                "limit",
                "ms",
                taken,
                LIMIT,
            )
        )
    window.leave()
    return rows


def _known(window: Window) -> bool:
    state = window.session.state
    found = state.operated
    return found is not None and (found.run, found.about.operations) == (
        state.run,
        state.operations,
    )
