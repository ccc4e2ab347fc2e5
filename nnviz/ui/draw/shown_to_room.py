"""What of the Draw page a room can read from its back row: a few of those who are asked, and of
what they are asked about."""

from collections.abc import Iterable, Mapping, Sequence

from nnviz.data.specimens import KINDS, Kind
from nnviz.networks.designs import BITS, DESIGNS, ONE_NETWORK, SEPARATE
from nnviz.questions.readers import NAIVE, Reader
from nnviz.session.entrants import design_of

USUAL = (ONE_NETWORK, SEPARATE, BITS)
"""The designs that stories are told of."""
DIGITS = next(name for name, kind in KINDS.items() if kind.digit)
"""The kind of images that others are told from."""
KINDS_TOLD = (DIGITS, "letters", "ten")
"""The kinds that stories are told of."""


def for_room(readers: Sequence[Reader], design: str) -> tuple[Reader, ...]:
    """One network, separate ones, and the design on screen or bits; where several are compared of
    one design, those instead."""
    several = _several_of(readers, design)
    return several or _only(readers, USUAL if design in USUAL else (*USUAL[:-1], design))


def listed_designs(design: str, entrants: Sequence[str] = ()) -> tuple[str, ...]:
    """The designs that are listed beside a drawing, that on screen among them; where several
    `entrants` are of one design, those instead."""
    several = {design_of(name) for name in entrants if name not in DESIGNS}
    if several:
        return tuple(name for name in entrants if design_of(name) in (*several, design))
    return USUAL if design in USUAL else (*USUAL, design)


def for_room_with_naive(readers: Sequence[Reader], design: str) -> tuple[Reader, ...]:
    """One network, separate ones, and those that were taught too little; where several are
    compared of one design, those instead of the former."""
    several = _several_of(readers, design)
    if several:
        return (*(each for each in readers if each.name in NAIVE), *several)
    return _only(readers, (*NAIVE, ONE_NETWORK, SEPARATE))


def _several_of(readers: Sequence[Reader], design: str) -> tuple[Reader, ...]:
    """The networks of designs of which several are compared, and of that on screen."""
    names = [reader.name for reader in readers if reader.name not in NAIVE]
    if all(name in DESIGNS for name in names):
        return ()
    wanted = listed_designs(design, names)
    return tuple(reader for reader in readers if reader.name in wanted)


def kinds_for_room(made: Mapping[str, Kind], kind: str) -> Mapping[str, Kind]:
    """Of the kinds that can be made, those that stories are told of and the one looked at."""
    told = [name for name in KINDS_TOLD if name in made]
    if kind not in told:
        told = [*told[:1], kind, *told[2:]]
    return {name: made[name] for name in told}


def _only(readers: Iterable[Reader], names: Sequence[str]) -> tuple[Reader, ...]:
    found = [reader for reader in readers if reader.name in names]
    return tuple(sorted(found, key=lambda reader: names.index(reader.name)))
