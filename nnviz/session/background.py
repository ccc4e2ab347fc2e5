"""Work that would hold up the window: done in a thread beside it, one piece after the other.

What it finds is given out by `look`, so that the session changes only where everything else does.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from nnviz.errors import Refusal

Found = TypeVar("Found")


@dataclass(frozen=True)
class _Piece:
    name: str
    future: "Future[Any]"
    take: Callable[[Any], object]
    refused: Callable[[str], object]


class Background:
    """Of pieces with one name only the newest counts."""

    def __init__(self) -> None:
        self._thread: ThreadPoolExecutor | None = None
        self._pieces: list[_Piece] = []

    def do(
        self,
        name: str,
        work: Callable[[], Found],
        take: Callable[[Found], object],
        refused: Callable[[str], object],
    ) -> None:
        """Has `take` told what the work finds, or `refused` why it cannot be done. The work must
        only read what nobody changes."""
        self.forget(name)
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="beside-the-window")
        self._pieces.append(_Piece(name, self._thread.submit(work), take, refused))

    def forget(self, name: str) -> None:
        """Nobody wants to know any more what is found under this name."""
        for piece in self._pieces:
            if piece.name == name:
                piece.future.cancel()
        self._pieces = [piece for piece in self._pieces if piece.name != name]

    @property
    def busy(self) -> bool:
        """Whether something is still to be told."""
        return bool(self._pieces)

    def look(self) -> None:
        """Tells what has been found since the last time."""
        while self._pieces and self._pieces[0].future.done():
            piece = self._pieces.pop(0)
            try:
                found = piece.future.result()
            except Refusal as error:
                piece.refused(str(error))
            else:
                piece.take(found)

    def stop(self) -> None:
        """What has not begun is left undone. May be called twice."""
        self._pieces = []
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)
            self._thread = None
