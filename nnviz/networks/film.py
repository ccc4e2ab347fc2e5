"""The film of a run: its weights at the points of the curves, in bounded memory.

Weights are kept as float16 (a relative error below 2^-11); the present weights of a run are
no part of its film, so that where it stands stays exact.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Floats
from nnviz.networks.curves import Point, Position
from nnviz.networks.network import Network

BUDGET = 64_000_000
"""Bytes that the weights of a film take at most."""
OPENING = 48
"""Points of the curves that share half the budget among themselves: about one epoch."""
BYTES = np.dtype(np.float16).itemsize
LARGEST_WEIGHT = float(np.finfo(np.float16).max)
Weights = NDArray[np.float16]


@dataclass(frozen=True, eq=False)
class Moment:
    """The weights of a run as they were at a point of its curves."""

    number: int
    """Which point."""
    position: Position
    weights: Weights
    """(parameters,): all weights in the order of a network file"""

    def __post_init__(self) -> None:
        self.weights.flags.writeable = False

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Moment):
            return NotImplemented
        # the same run takes another time on another day
        here, there = (replace(each.position, seconds=0.0) for each in (self, other))
        same = (self.number, here) == (other.number, there)
        return same and np.array_equal(self.weights, other.weights)

    __hash__ = None  # type: ignore[assignment]

    def belongs(self, network: Network, points: Sequence[Point]) -> bool:
        """Whether it can be of a run with this network and these curves."""
        return (
            self.number < len(points)
            and self.position.examples == points[self.number].examples
            and len(self.weights) == network.parameters
            and bool(np.isfinite(self.weights).all())
        )

    def network(self, like: Network) -> Network:
        """The network of that moment; `like` is a later one of the same run."""
        arrays: dict[str, Floats] = {}
        start = 0
        for name, array in like.weights().items():
            part = self.weights[start : start + array.size]
            arrays[name] = part.astype(np.float32).reshape(array.shape)
            start += array.size
        return like.with_weights(arrays)


def moment_of(network: Network, number: int, position: Position) -> Moment:
    """What a film keeps of a network."""
    flat = np.concatenate([array.ravel() for array in network.weights().values()])
    np.clip(flat, -LARGEST_WEIGHT, LARGEST_WEIGHT, out=flat)
    return Moment(number, position, flat.astype(np.float16))


@dataclass(frozen=True)
class Film:
    """The moments kept of one run, in their order."""

    moments: tuple[Moment, ...] = ()

    def __len__(self) -> int:
        return len(self.moments)

    def grown(self, newer: Iterable[Moment], points: int) -> "Film":
        """The film after more moments of a run that has so many points; it thins out by `kept`.

        Moments that are not newer than its last one change nothing.
        """
        last = self.moments[-1].number if self.moments else -1
        found = [*self.moments, *(moment for moment in newer if moment.number > last)]
        return Film(tuple(each for each in found if kept(each.number, points, each.weights.size)))

    def since(self, number: int) -> "Film":
        """The moments from a point on."""
        return Film(tuple(moment for moment in self.moments if moment.number >= number))

    def fitting(self, network: Network, points: Sequence[Point]) -> "Film":
        """The moments that can be of a run with this network and these curves."""
        return Film(tuple(each for each in self.moments if each.belongs(network, points)))

    def at(self, number: int) -> Moment | None:
        """The last moment that is not after a point (the first one, if all are)."""
        if not self.moments:
            return None
        place = bisect_right(self.moments, number, key=lambda moment: moment.number)
        return self.moments[max(0, place - 1)]


def kept(number: int, points: int, parameters: int) -> bool:
    """Whether the film of a run with so many points still has the moment of one of them.

    All of them at first; then every second one is dropped as often as needed, in the opening
    and in the rest by itself. Depends on nothing but the run, and what is dropped never comes
    back, so the same seed gives the same film however often somebody looks. A network of
    which half the budget holds not even one moment has no film.
    """
    most = BUDGET // 2 // (parameters * BYTES)
    if number < OPENING:
        return most > 0 and number % _stride(min(points, OPENING), most) == 0
    return most > 0 and (number - OPENING) % _stride(points - OPENING, most) == 0


def _stride(count: int, most: int) -> int:
    """The smallest power of two in steps of which at most `most` of `count` remain."""
    stride = 1
    while -(-count // stride) > most:
        stride *= 2
    return stride


NO_FILM = Film()
