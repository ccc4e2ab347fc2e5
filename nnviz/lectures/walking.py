"""How "next" and "back" walk through a lecture: places, and what comes after and before each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from nnviz.lectures.lecture import Scene, Walk


@dataclass(frozen=True)
class Place:
    """Where one is in a lecture."""

    scene: int = 0
    """Its number; 0 is the first."""
    revealed: bool = True
    """Whether the answer to its question is shown; without a question there is none to hide."""
    step: int = 0
    """How many steps of its walk are shown."""


class Route:
    """The places of a lecture in their order: a scene with a question first hides the answer, then
    shows it; then come the steps of its walk, then the next scene."""

    def __init__(self, scenes: Sequence[Scene], steps: Callable[[int], int]) -> None:
        """`steps` counts the steps of the walk of a scene, by its number; it is asked only where
        the scene walks."""
        self._scenes = scenes
        self._steps = steps

    def first_of(self, scene: int) -> Place:
        """Where a scene begins; numbers beyond the ends lead to them."""
        scene = min(max(0, scene), len(self._scenes) - 1)
        return Place(scene, revealed=not self._scenes[scene].words.question)

    def last_of(self, scene: int) -> Place:
        """Where a scene ends."""
        return Place(scene, step=self._steps_of(scene))

    @property
    def end(self) -> Place:
        """The beginning of the last scene."""
        return self.first_of(len(self._scenes) - 1)

    def after(self, place: Place) -> Place:
        """Where "next" leads; at the end of the lecture it stays."""
        if not place.revealed:
            return replace(place, revealed=True)
        if place.step < self._steps_of(place.scene):
            return replace(place, step=place.step + 1)
        if place.scene + 1 < len(self._scenes):
            return self.first_of(place.scene + 1)
        return place

    def before(self, place: Place) -> Place:
        """Where "back" leads: to where "next" came from; at the beginning it stays."""
        if place.step:
            return replace(place, step=place.step - 1)
        first = self.first_of(place.scene)
        if place != first:
            return first
        return self.last_of(place.scene - 1) if place.scene else place

    def _steps_of(self, scene: int) -> int:
        walks = isinstance(self._scenes[scene].action, Walk)
        return max(0, self._steps(scene)) if walks else 0
