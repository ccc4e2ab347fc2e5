"""What of the Draw page a room can read from its back row: a few of those who are asked."""

from collections.abc import Iterable, Sequence

from nnviz.networks.designs import ONE_NETWORK, SEPARATE
from nnviz.questions.readers import NAIVE, Reader

LISTED = (ONE_NETWORK, "four-bits", SEPARATE, "all-pairs", "elimination")
"""The designs that are listed beside a drawing."""
THIRD = "four-bits"
"""What stands beside one network and separate ones, unless another design is on screen."""


def for_room(readers: Sequence[Reader], design: str) -> tuple[Reader, ...]:
    """One network, separate ones, and the design on screen or bits."""
    third = THIRD if design in (ONE_NETWORK, SEPARATE) else design
    return _only(readers, (ONE_NETWORK, SEPARATE, third))


def listed_designs(design: str) -> tuple[str, ...]:
    """The designs that are listed, that on screen among them."""
    return LISTED if design in LISTED else (*LISTED[:-1], design)


def for_room_with_naive(readers: Sequence[Reader]) -> tuple[Reader, ...]:
    """One network, separate ones, and those that were taught too little."""
    return _only(readers, (*NAIVE, ONE_NETWORK, SEPARATE))


def _only(readers: Iterable[Reader], names: Sequence[str]) -> tuple[Reader, ...]:
    return tuple(sorted((r for r in readers if r.name in names), key=lambda r: names.index(r.name)))
