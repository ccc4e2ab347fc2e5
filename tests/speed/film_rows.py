"""Measures how long the film takes to show any moment, on every page; prints rows as JSON."""

import json
import sys
import time

from PySide6.QtWidgets import QApplication

from nnviz.data.digits import bundled_digits
from nnviz.ui.app.application import make_application
from nnviz.ui.app.first_session import StillEngine, make_session
from nnviz.ui.app.window import Window
from tests.speed.row import Row

APART = 7
"""Moments between two that are shown, so that none is near the last one."""
MOST = 50.0
"""Milliseconds."""


def main(rounds: int) -> None:
    application = make_application()
    digits = bundled_digits().to_look_at()
    engine = StillEngine(digits)
    session = make_session(engine, digits)
    while session.designs.load_next():
        pass
    session.process.start()
    while not engine.silent:
        session.refresh()
    window = Window(session)
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
    sys.stdout.write(json.dumps({"rows": [vars(row) for row in rows]}))


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


if __name__ == "__main__":
    main(rounds=int(sys.argv[1]))
