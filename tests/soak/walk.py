"""What somebody does for hours: every page and view, digits, designs, lecture mode."""

import json
import sys
from collections.abc import Callable, Iterator
from itertools import count

from PySide6.QtCore import QObject, QTimer

from nnviz.networks.film import Film
from nnviz.session.work import Work
from nnviz.ui.app.pages import PAGES
from nnviz.ui.app.window import Window
from nnviz.ui.pages.page import choose_view_of

BETWEEN = 40
"""Milliseconds between two deeds."""
DESIGNS = ("ten-outputs", "all-pairs", "elimination")
PICKS = ("next", "random", "previous")

Deed = Callable[[], object]


class Walk(QObject):
    """Does one thing after the other, for ever; says after each lap where it stands."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._pid = window.session.process._engine.pid  # type: ignore[attr-defined]
        self._learned = False
        self._deeds = self._all_deeds()
        self._timer = QTimer(self)
        self._timer.setInterval(BETWEEN)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        """Begins to learn at full speed; the walk begins as soon as something was learned."""
        self._session.controls.set(speed=0, epochs=0)
        self._session.runs.run()
        self._timer.start()

    def _step(self) -> None:
        """The next deed; the first one once something has been learned."""
        state = self._session.state
        self._learned |= state.running and state.work.opened is None and state.work.learned
        if not self._learned:
            return
        next(self._deeds)()

    def _all_deeds(self) -> Iterator[Deed]:
        for lap in count():
            yield from self._lap(lap)

    def _lap(self, lap: int) -> Iterator[Deed]:
        session, window = self._session, self._window
        yield lambda: session.designs.choose(DESIGNS[lap % len(DESIGNS)])
        if lap % 3 == 1:
            yield lambda: window.parts.lecture.enter(full_screen=False)
        if lap % 3 == 2:
            yield window.other_theme
        for page in PAGES:
            yield lambda: self._tell(lap)
            yield lambda page=page: session.designs.open_page(page.id)
            yield self._learn
            for view in page.views or ("",):
                if view:
                    yield lambda page=page, view=view: choose_view_of(session, page.id, view)
                for way in PICKS:
                    yield lambda way=way: session.picking.pick(way)
        if lap % 3 == 1:
            yield window.parts.lecture.leave

    def _learn(self) -> None:
        if not self._session.state.running and not self._session.state.awaiting:
            self._session.runs.run()

    def _tell(self, lap: int) -> None:
        works = self._session.state.works
        told = {
            "lap": lap,
            "training": self._pid,
            "steps": sum(work.position.steps for work in works),
            "points": sum(len(work.points) for work in works),
            "open": len(works),
            "film": sum(bytes_of(film) for film in films(works)),
        }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def films(works: tuple[Work, ...]) -> Iterator[Film]:
    """The films of all open networks, and of those that a new start took away."""
    for work in works:
        yield work.film
        if work.before is not None:
            yield work.before.film


def bytes_of(film: Film) -> int:
    """What the weights of a film take."""
    return sum(moment.weights.nbytes for moment in film.moments)
