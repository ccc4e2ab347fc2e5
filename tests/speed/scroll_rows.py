"""Measures how a long list of digits scrolls on the Mistakes page."""

import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from nnviz.questions.listing import Listing
from nnviz.ui.app.application import make_application
from nnviz.ui.app.window import Window
from nnviz.ui.mistakes.confusion import ConfusionAndDigits
from nnviz.ui.pages.views_page import ViewsPage
from tests.speed.row import Row
from tests.speed.windows import DIGITS, learning_window, many_digits, wait_until

FRAME = 1000 / 60
"""Milliseconds."""
FRAMES = 120


def measure(rounds: int) -> list[Row]:
    application = make_application()
    with tempfile.TemporaryDirectory() as folder:
        window = learning_window(application, many_digits(Path(folder)))
    session = window.session
    wait_until(application, lambda: session.state.work.learned)
    session.change(page="mistakes")
    session.choose("mistakes", listing=Listing("all", order="number"))
    taken = [_scroll(application, window) for _ in range(rounds)]
    window.leave()
    measured = f"a frame of scrolling through a list of {DIGITS:,} digits, processor time"
    return [Row("scrolled", measured, "60 Hz", "ms", taken, FRAME)]


def _scroll(application: QApplication, window: Window) -> float:
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
