"""Measures how long the film takes to show any moment, on every page."""

import time

from PySide6.QtWidgets import QApplication

from nnviz.ui.app.application import make_application
from nnviz.ui.app.window import Window
from tests.speed.row import Row
from tests.speed.windows import still_window

APART = 7
"""Moments between two that are shown, so that none is near the last one."""
MOST = 50.0
"""Milliseconds."""


def measure(rounds: int) -> list[Row]:
    application = make_application()
    window = still_window()
    session = window.session
    while session.designs.load_next():
        pass
    session.process.start()
    while not session.process._engine.silent:
        session.refresh()
    window.show()
    window.load_late()
    window.show_film(True)
    rows = []
    for page in window.parts.pages:
        session.change(page=page)
        scrub(window, application)  # the first time, everything is made
        values = [max(scrub(window, application)) for _ in range(rounds)]
        rows.append(
            Row(
                f"film-{page}",
                f"show any moment of the shipped film on the page {page}, 1280x720: the slowest",
                "-",
                "ms",
                values,
                MOST,
            )
        )
    window.leave()
    return rows


def scrub(window: Window, application: QApplication) -> list[float]:
    """Milliseconds of processor time until each moment is painted."""
    taken = []
    moments = window.session.state.work.film.moments
    for place in range(len(moments)):
        moment = moments[place * APART % len(moments)]
        began = time.process_time()
        window.session.change(moment=moment.number)
        application.processEvents()
        taken.append(1000 * (time.process_time() - began))
    return taken
