"""Running, pausing and starting over: what the session does with the run on screen."""

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any

from nnviz.engine import Engine
from nnviz.learning.digits import ShownDigits, Source
from nnviz.learning.messages import BeginRun, Change, Go, Look, Pause, Snapshot
from nnviz.learning.network import initial_network
from nnviz.learning.settings import LIVE, SettingError, Settings
from nnviz.state import Notice, State, Work
from nnviz.store import Store

STEPS = {"batch": Go(steps=1), "hundred": Go(steps=100), "epoch": Go(to_epoch_end=True)}


class Runs(Store, ABC):
    """Asks the engine for learning and takes in its snapshots."""

    def __init__(self, state: State, engine: Engine) -> None:
        super().__init__(state)
        self._engine = engine
        self._begun = -1  # the run that the training process has taken up
        self._orders = 0
        self._looking = False
        self._settled = True
        self._last_key = state.work.key
        self._go: Go | None = None  # what was asked for before the engine was ready

    def run(self) -> None:
        """Learns until told to pause. A network file on screen makes way for a new run."""
        self._learn(Go())

    def step(self, size: str) -> None:
        """Learns one of STEPS and pauses."""
        self._learn(STEPS[size])

    def pause(self) -> None:
        self._go = None
        self._engine.ask(Pause())
        self._ordered(running=False)

    def reset(self) -> None:
        """The random start of the same seed again; the run so far can be brought back."""
        self._start_over(self._state.settings)

    def new_seed(self) -> None:
        """Another random start."""
        settings = self._state.settings
        self._start_over(settings.change(seed=settings.seed + 1))

    def undo_reset(self) -> None:
        """Brings back what the last new start took away."""
        if self._state.undo is not None:
            self._show(self._state.undo, undo=None, notice=None)

    def starts_new_run(self, **changes: Any) -> bool:
        """Whether these settings can only be in force from the start of a run."""
        settings = self._state.settings
        return any(
            getattr(settings, name) != value and name not in LIVE for name, value in changes.items()
        )

    def set(self, **changes: Any) -> None:
        """Changes settings: at once where they are live, else with a new run."""
        try:
            settings = self._state.settings.change(**changes)
        except SettingError as error:
            self.say("error", str(error))
            return
        if self.starts_new_run(**changes):
            self._start_over(settings)
        elif settings != self._state.settings:
            self._engine.ask(Change(settings))
            self.change(work=replace(self._state.work, settings=settings))

    def _learn(self, go: Go) -> None:
        state = self._state
        if state.engine == "dead":
            self._go = go
            self.start_engine()
        elif state.engine == "starting":
            self._go = go
            self.say("wait", "The trainer is loading; learning begins in a moment.")
        else:
            if state.work.opened is not None:
                self._start_over(state.settings)
            if self._begun != self._state.run:
                self._begin()
            self._engine.ask(go)
            self._ordered(running=True, notice=None)

    @abstractmethod
    def start_engine(self, source: Source | None = None) -> None:
        """Starts the training process, with another data set if one is named."""

    def _begin(self) -> None:
        state, work = self._state, self._state.work
        self._begun, self._looking = state.run, False
        self._engine.ask(
            BeginRun(state.run, work.settings, work.network, work.position, work.points)
        )

    def _ordered(self, **changes: Any) -> None:
        self._orders += 1
        self._settled = self._begun != self._state.run
        self.change(**changes)

    def _start_over(self, settings: Settings) -> None:
        work = self._state.work
        notice = None
        if work.would_be_lost:
            notice = Notice("info", "The run starts again.", "undo_reset", "Undo")
        undo = work if work.would_be_lost else None
        name = work.name if work.opened is None else ""
        fresh = replace(fresh_work(settings, self._state.digits), key=work.key, name=name)
        self._show(fresh, undo=undo, notice=notice)

    def _show(self, work: Work, **changes: Any) -> None:
        self._moved(at_rest=True)  # what leaves the screen is kept as it is
        self._engine.ask(Pause())
        classes, hidden = len(work.network.output_biases), work.network.hidden
        output, neuron = self._state.output, self._state.neuron
        self._settled = True
        if not work.key:
            self._last_key += 1
            work = replace(work, key=self._last_key)
        still_there = {
            "output": output if output is not None and output < classes else None,
            "neuron": neuron if neuron is not None and neuron < hidden else None,
        }
        run = self._state.run + 1
        self.change(**{"work": work, "run": run, "running": False} | still_there | changes)

    def _look(self) -> None:
        """Asks for the next snapshot while more is to come."""
        if not self._settled and not self._looking:
            self._looking = True
            self._engine.ask(Look(len(self._state.work.points), self._orders))

    def _take(self, snapshot: Snapshot) -> None:
        if snapshot.run != self._state.run or self._begun != self._state.run:
            return
        self._looking = False
        work = self._state.work
        changes: dict[str, Any] = {}
        if snapshot.order == self._orders:
            self._settled = snapshot.settled
            changes["running"] = snapshot.running
        paused = self._state.running and not changes.get("running", True)
        moved = snapshot.position.steps != work.position.steps
        self.change(
            work=replace(
                work,
                network=snapshot.network,
                position=snapshot.position,
                points=work.points + snapshot.new_points,
                measured=snapshot.measured or work.measured,
                file="" if moved else work.file,
            ),
            **changes,
        )
        epochs = work.settings.epochs
        epoch, offset = snapshot.position.epoch, snapshot.position.offset
        if paused and epochs and not offset and epoch % epochs == 0:
            self.say("info", f"{epoch:,} epochs are complete. Run goes on.")
        if moved or paused:
            self._moved(at_rest=self._settled)

    def _moved(self, at_rest: bool) -> None:
        """Called when the run on screen has learned something."""


def fresh_work(settings: Settings, digits: ShownDigits) -> Work:
    """The random start of a run."""
    return Work(settings, initial_network(settings, digits.inputs, digits.classes))
