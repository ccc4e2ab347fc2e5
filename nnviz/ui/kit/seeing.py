"""How two frozen views differ: what is alike is neither drawn nor worked out again."""

from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

import numpy as np

Made = TypeVar("Made")
View = TypeVar("View")


def differences(old: object, new: Any) -> frozenset[str]:
    """The fields in which a frozen view differs from the last one; all of them from None or from
    a view of another kind.

    Arrays are alike where they are the same piece of memory: nobody writes into one that is shown.
    """
    anew = type(old) is not type(new)
    return frozenset(
        name
        for name in names_of(type(new))  # type: ignore[arg-type]
        if anew or not alike(getattr(old, name), getattr(new, name))
    )


def seen(kind: Callable[..., View], state: object, **others: Any) -> View:
    """A view with the fields of a state by their names, but for `others`."""
    taken = {name: getattr(state, name) for name in names_of(kind) if name not in others}
    return kind(**taken, **others)


@lru_cache(maxsize=256)
def names_of(kind: Any) -> tuple[str, ...]:
    """The fields of a kind of view: asked for with every picture."""
    return tuple(each.name for each in fields(kind))


def alike(one: Any, other: Any) -> bool:
    """Whether two values of a view look the same."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        places = one.__array_interface__["data"], other.__array_interface__["data"]
        same = one.shape == other.shape and one.strides == other.strides
        return bool(same and places[0] == places[1])
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if is_dataclass(one) and type(one).__eq__ is not object.__eq__:
        return not differences(one, other)
    return bool(one == other)


class Kept(Generic[Made]):
    """What was made last under each name; made anew only from parts that are not alike."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[tuple[Any, ...], Made]] = {}

    def get(self, name: Hashable, parts: tuple[Any, ...], make: Callable[[], Made]) -> Made:
        """What is made of these parts."""
        known = self._known.get(name)
        if known is None or not alike(known[0], parts):
            known = self._known[name] = parts, make()
        return known[1]
