"""What learns is made ready beside the start, in the order of need."""

import threading

from nnviz.networks.learned_by import TORCH
from nnviz.training.messages import BeginRace, BeginRun
from nnviz.training.table import KERNELS_OF_RUNS, Kernels, kernels_of


class Preparing(threading.Thread):
    """Makes kernels ready one after the other: those that a run waits for, then those of most
    runs. It ends when all are."""

    def __init__(self) -> None:
        super().__init__(name="prepare", daemon=True)
        self.reasons: dict[Kernels, str] = {}
        """Of those that are ready: why another engine learns in their place, or nothing"""
        self.compiles = False
        """Whether those under way have never been compiled on this computer"""
        self._wanted: Kernels | None = None

    def run(self) -> None:
        from nnviz.training.engines import prepare  # beside the start: it takes long

        while missing := [each for each in KERNELS_OF_RUNS if each not in self.reasons]:
            kernels = self._wanted if self._wanted in missing else missing[0]
            reason = prepare(kernels, self._compile)
            self.compiles = False
            self.reasons[kernels] = reason

    def allows(self, asked: object, classes: int) -> bool:
        """Whether all is ready that an order needs, on digits of so many classes; else it comes
        next."""
        runs: tuple[BeginRun, ...] = ()
        if isinstance(asked, BeginRun):
            runs = (asked,)
        elif isinstance(asked, BeginRace):
            runs = asked.runs
        missing = {_needed(run, classes) for run in runs} - {None, *self.reasons}
        self._wanted = next(iter(missing), None)
        return not missing

    def _compile(self) -> None:
        self.compiles = True


def _needed(run: BeginRun, classes: int) -> Kernels | None:
    """The kernels that a run learns with; None where it learns without."""
    by_torch = run.learned_by and run.learned_by[-1].engine == TORCH
    if not classes or by_torch or run.settings.device != "cpu":
        return None
    return kernels_of(run.settings, classes)
