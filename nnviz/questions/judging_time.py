"""How long judging a digit takes: the fastest of a few tries, so that nothing else counts."""

import sys
import time
from collections.abc import Callable, Generator

from nnviz.data.arrays import Bytes
from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.verdicts.answers import Options
from nnviz.verdicts.evidence import evidence_of
from nnviz.verdicts.readings import READINGS

TRIES = 7
MOST = 1000
"""Digits judged together in one try."""
LEAST = 10
SLICE = 200_000_000
"""Multiply-adds of one try: some hundredths of a second."""
CLOCK = time.perf_counter if sys.platform == "win32" else time.thread_time
"""Counts only the work of this thread, whatever else the computer does; too coarse on Windows."""


def judging_seconds(
    network: Network,
    layout: Layout,
    reading: str,
    images: Bytes,
    clock: Callable[[], float] = CLOCK,
) -> Generator[None, None, float]:
    """Yields after every try; returns seconds per digit. images (images, inputs) 0..255."""
    read = READINGS[reading].read

    def one_try(count: int) -> float:
        began = clock()
        read(evidence_of(network, layout, images[:count]), Options())
        return (clock() - began) / count

    if not len(images):
        return 0.0
    count = min(len(images), MOST, max(LEAST, SLICE // network.multiply_adds))
    fastest = one_try(count)
    for _ in range(TRIES - 1):
        yield
        fastest = min(fastest, one_try(count))
    return fastest
