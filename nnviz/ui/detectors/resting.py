"""Waits until a film that is being scrubbed or played rests on one moment."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from nnviz.session.state import State, Work

REST = 550
"""Milliseconds on one moment; the slowest film that plays does not rest."""


class Resting(QObject):
    """Calls `rested` for the present when it pauses, for the past half a second later."""

    def __init__(
        self,
        parent: QObject,
        rested: Callable[[], object],
        draw: Callable[[], object] = lambda: None,
    ) -> None:
        """`draw` is called once a film rests, for what is drawn otherwise while it moves."""
        super().__init__(parent)
        self._rested = rested
        self._seen: tuple[int, int] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(rested)
        self._timer.timeout.connect(draw)

    @property
    def waiting(self) -> bool:
        """Whether a film moves, or did a moment ago."""
        return self._timer.isActive()

    def appear(self, state: State) -> None:
        """Told when its view comes on screen: nobody scrubs by that."""
        self.see(state.seen, state.past is not None, state.learns, at_once=True)

    def see(self, seen: Work, film: bool, running: bool, at_once: bool = False) -> None:
        """Told whenever its view draws a network, or a moment of its film; `at_once` for what
        nobody scrubs."""
        place = seen.run, seen.position.examples
        moved, self._seen = place != self._seen, place
        if not film or at_once:
            self._timer.stop()
            if film or not running:
                self._rested()
        elif moved:
            self._timer.start(REST)
        elif not self._timer.isActive():
            self._rested()
