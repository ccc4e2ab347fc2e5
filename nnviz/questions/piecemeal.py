"""Long work in pieces: generators that yield after every piece and return a result."""

from collections.abc import Callable, Generator
from itertools import count
from typing import Any, TypeVar

Result = TypeVar("Result")
Told = TypeVar("Told")


def at_once(
    work: Generator[Any, None, Result], hear: Callable[[Any], None] = lambda _: None
) -> Result:
    """Works to the end and returns the result; `hear` is told what each piece yields."""
    while True:
        try:
            hear(next(work))
        except StopIteration as done:
            result: Result = done.value
            return result


def silently(work: Generator[Any, None, Result]) -> Generator[None, None, Result]:
    """The same work without what its pieces yield."""
    return (yield from _telling(work, lambda: None))


def counted(
    work: Generator[Any, None, Result], before: int, total: int
) -> Generator[float, None, Result]:
    """The same work; its pieces yield the fraction done of all pieces, some of them before."""
    done = count(before + 1)
    return (yield from _telling(work, lambda: next(done) / total))


def _telling(
    work: Generator[Any, None, Result], told: Callable[[], Told]
) -> Generator[Told, None, Result]:
    while True:
        try:
            next(work)
        except StopIteration as done:
            result: Result = done.value
            return result
        yield told()
