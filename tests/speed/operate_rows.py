"""Measures how soon the accuracy of 10,000 digits follows a hand on a neuron; prints rows as JSON.

From the call that a control makes to the answer in the state of a real window, which draws 30
times a second, with a real training process.
"""

import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from nnviz.data.digits import Source, bundled_digits
from nnviz.networks.designs import DESIGNS
from nnviz.training.engine import TrainingProcess
from nnviz.ui.app.application import make_application
from nnviz.ui.app.first_session import make_session
from nnviz.ui.app.window import Window
from tests.idx_files import write_folder
from tests.speed.row import Row
from tests.speed.waiting import wait_until

DIGITS = 10_000
LIMIT = 200.0
"""Milliseconds."""


def main(rounds: int) -> None:
    application = make_application()
    bundled = bundled_digits()
    with tempfile.TemporaryDirectory() as folder:
        many = replace(
            bundled,
            test_images=np.resize(bundled.train_images, (DIGITS, bundled.inputs)),
            test_labels=np.resize(bundled.train_labels, DIGITS),
        )
        write_folder(Path(folder), many)
        session = make_session(TrainingProcess(), bundled.to_look_at())
        window = Window(session)
        window.show()
        session.process.start(Source("folder", folder))
        window.parts.clock.start()
        wait_until(application, lambda: len(session.state.digits.labels) == DIGITS)
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
    sys.stdout.write(json.dumps({"rows": [vars(row) for row in rows]}))


def _known(window: Window) -> bool:
    state = window.session.state
    found = state.operated
    return found is not None and (found.run, found.about.operations) == (
        state.run,
        state.operations,
    )


if __name__ == "__main__":
    main(rounds=int(sys.argv[1]))
