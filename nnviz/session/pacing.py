"""How often the weights of a run are asked for."""

import time
from collections.abc import Callable

from nnviz.networks.network import Network

MOST_PER_SECOND = 30
LEAST_PER_SECOND = 10
ENOUGH = 6_000_000
"""Numbers per second that can be copied without slowing learning noticeably."""


class Pacing:
    """Large networks are asked for less often, but often enough to be seen moving."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._asked: dict[int, float] = {}

    def due(self, run: int, network: Network) -> bool:
        """Whether it is time to ask for a run; counts as asked then."""
        now = self._clock()
        rate = min(MOST_PER_SECOND, max(LEAST_PER_SECOND, ENOUGH / network.parameters))
        if rate < MOST_PER_SECOND and now - self._asked.get(run, -1.0) < 1 / rate:
            return False
        self._asked[run] = now
        return True
