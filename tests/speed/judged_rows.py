"""Measures how soon all designs are judged once the Mistakes page opens, and how it scrolls.

From the call that opens the page to the last answer in the state of a real window, with a real
training process; prints rows as JSON. With MNIST's test digits if NNVIZ_DATA names them, else
with as many of the bundled ones.
"""

import json
import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
from PySide6.QtWidgets import QApplication

from nnviz.data.digits import Source, bundled_digits
from nnviz.networks.designs import DESIGNS
from nnviz.questions.listing import Listing
from nnviz.training.engine import TrainingProcess
from nnviz.ui.app.application import make_application
from nnviz.ui.app.first_session import make_session
from nnviz.ui.app.window import Window
from nnviz.ui.mistakes.confusion import ConfusionAndDigits
from nnviz.ui.pages.views_page import ViewsPage
from tests.idx_files import write_folder
from tests.speed.row import Row
from tests.speed.waiting import wait_until

DIGITS = 10_000
JUDGED, FRAME = 2.0, 1000 / 60
"""Limits: seconds, milliseconds."""
FRAMES = 120


def main(rounds: int) -> None:
    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        taken = [_opened(application, _digits(Path(folder))) for _ in range(rounds)]
    judged, processor, frames = zip(*taken, strict=True)
    rows = [
        Row(
            "judged",
            f"{DIGITS:,} digits judged by {len(DESIGNS)} designs after the Mistakes page opens",
            "limit",
            "s",
            judged,
            JUDGED,
        ),
        Row(
            "judged-processor",
            "the same, processor time of window and training process",
            "-",
            "s",
            processor,
        ),
        Row(
            "scrolled",
            f"a frame of scrolling through a list of {DIGITS:,} digits, processor time",
            "60 Hz",
            "ms",
            frames,
            FRAME,
        ),
    ]
    sys.stdout.write(json.dumps({"rows": [vars(row) for row in rows]}))


def _digits(empty: Path) -> Source:
    """MNIST, or the bundled digits as often as it takes."""
    data = os.environ.get("NNVIZ_DATA")
    if data and (Path(data) / "mnist").is_dir():
        return Source("folder", str(Path(data) / "mnist"))
    if not any(empty.iterdir()):
        bundled = bundled_digits()
        many = replace(
            bundled,
            test_images=np.resize(bundled.train_images, (DIGITS, bundled.inputs)),
            test_labels=np.resize(bundled.train_labels, DIGITS),
        )
        write_folder(empty, many)
    return Source("folder", str(empty))


def _opened(application: QApplication, source: Source) -> tuple[float, float, float]:
    """Seconds until all is judged, in a window of its own, by the clock and of processor time;
    milliseconds of a frame."""
    session = make_session(TrainingProcess(), bundled_digits().to_look_at())
    window = Window(session)
    window.resize(1280, 720)
    window.show()
    session.process.start(source)
    window.parts.clock.start()
    wait_until(application, lambda: len(session.state.digits.labels) == DIGITS)
    while not session.state.work.learned and session.designs.load_next():
        pass
    session.designs.choose("ten-outputs")
    wait_until(application, lambda: session.state.work.learned)
    began, used = time.perf_counter(), _processor()
    session.change(page="mistakes")
    wait_until(application, lambda: len(session.judgements.known) == len(DESIGNS))
    seconds, processor = time.perf_counter() - began, _processor() - used
    frame = _scroll(application, window)
    window.leave()
    return seconds, processor, frame


def _processor() -> float:
    """Processor seconds of this process and of those that it started."""
    here = psutil.Process()
    times = [each.cpu_times() for each in (here, *here.children(recursive=True))]
    return float(sum(each.user + each.system for each in times))


def _scroll(application: QApplication, window: Window) -> float:
    window.session.choose("mistakes", listing=Listing("all", order="number"))
    page = window.page
    assert isinstance(page, ViewsPage)
    view = page.view
    assert isinstance(view, ConfusionAndDigits)
    bar, port = view.grid.verticalScrollBar(), view.grid.viewport()
    application.processEvents()
    began = time.process_time()
    for number in range(FRAMES):
        bar.setValue(bar.maximum() * number // FRAMES)
        port.repaint()
    return 1e3 * (time.process_time() - began) / FRAMES


if __name__ == "__main__":
    main(rounds=int(sys.argv[1]))
