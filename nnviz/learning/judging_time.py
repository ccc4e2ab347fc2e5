"""How long judging a digit takes: the fastest of a few tries, so that nothing else counts."""

import time
from collections.abc import Callable, Generator

from nnviz.learning.answers import Options
from nnviz.learning.evidence import evidence_of
from nnviz.learning.idx import Bytes
from nnviz.learning.layouts import Layout
from nnviz.learning.network import Network
from nnviz.learning.readings import READINGS

TRIES = 7
MOST = 1000
"""Digits judged together in one try."""
SLICE = 0.04
"""Seconds that one try may take."""


def judging_seconds(
    network: Network,
    layout: Layout,
    reading: str,
    images: Bytes,
    clock: Callable[[], float] = time.perf_counter,
) -> Generator[None, None, float]:
    """Yields after every try; returns seconds per digit. images (images, inputs) 0..255."""
    read = READINGS[reading].read

    def one_try(count: int) -> float:
        began = clock()
        read(evidence_of(network, layout, images[:count]), Options())
        return (clock() - began) / count

    count = min(len(images), 10)
    if not count:
        return 0.0
    while count < min(len(images), MOST):  # as many as a slice has time for
        seconds = one_try(count)
        yield
        # a few digits take longer each, so this is careful
        allowed = int(SLICE / max(seconds, 1e-9))
        if allowed <= count:
            break
        count = min(allowed, count * 10, len(images), MOST)
    fastest = one_try(count)
    for _ in range(TRIES - 1):
        yield
        fastest = min(fastest, one_try(count))
    return fastest
