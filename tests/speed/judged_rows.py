"""Measures how soon all designs are judged once the Mistakes page opens, and how it scrolls.

From the call that opens the page to the last answer in the state of a real window, with a real
training process. With MNIST's test digits if NNVIZ_DATA names them, else
with as many of the bundled ones.
"""

import os
import tempfile
import time
from pathlib import Path

import psutil
from PySide6.QtWidgets import QApplication

from nnviz.data.digits import Source
from nnviz.networks.designs import DESIGNS
from nnviz.questions.listing import Listing
from nnviz.ui.app.application import make_application
from nnviz.ui.app.window import Window
from nnviz.ui.mistakes.confusion import ConfusionAndDigits
from nnviz.ui.pages.views_page import ViewsPage
from tests.speed.row import Row
from tests.speed.windows import DIGITS, learning_window, many_digits, wait_until

JUDGED, FRAME = 2.0, 1000 / 60
"""Limits: seconds, milliseconds."""
FRAMES = 120


def measure(rounds: int) -> list[Row]:
    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        taken = [_opened(application, _digits(Path(folder))) for _ in range(rounds)]
    judged, processor, frames = zip(*taken, strict=True)
    return [
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


def _digits(folder: Path) -> Source:
    """MNIST, or the bundled digits as often as it takes."""
    mnist = Path(os.environ.get("NNVIZ_DATA", folder)) / "mnist"
    return Source("folder", str(mnist)) if mnist.is_dir() else many_digits(folder)


def _opened(application: QApplication, source: Source) -> tuple[float, float, float]:
    """Seconds until all is judged, in a window of its own, by the clock and of processor time;
    milliseconds of a frame."""
    window = learning_window(application, source)
    session = window.session
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
