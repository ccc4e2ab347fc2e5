"""Running, pausing and starting over: what the session does with the run on screen."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from nnviz.data.digits import Source
from nnviz.errors import Refusal
from nnviz.networks.settings import LIVE, SettingError, Settings
from nnviz.questions.question import Found, Question
from nnviz.session.pacing import Pacing
from nnviz.session.starts import Starts
from nnviz.session.state import Notice, State, Work
from nnviz.training.engine import Engine
from nnviz.training.messages import (
    Answered,
    Ask,
    BeginRace,
    BeginRun,
    Change,
    Go,
    Look,
    Pause,
    Snapshot,
)

STEPS = {"batch": Go(steps=1), "hundred": Go(steps=100), "epoch": Go(to_epoch_end=True)}


class Runs(Starts, ABC):
    """Asks the engine for learning and takes in its snapshots."""

    def __init__(self, state: State, engine: Engine) -> None:
        super().__init__(state)
        self._engine = engine
        self._begun: frozenset[int] = frozenset()  # the runs that the training process has
        self._orders = 0
        self._looking: set[int] = set()
        self._restless: set[int] = set()  # the runs of which more is to come
        self._learning: set[int] = set()
        self._pacing = Pacing()
        self._last_key = state.work.key
        self._last_run = self._last_shown = 0
        self._questions = 0
        self._asking: dict[int, Callable[[Any], None]] = {}  # number of a question -> who waits
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
        self._learning.clear()
        self._ordered(running=False)

    def reset(self) -> None:
        """The random start of the same seed again; the run so far can be brought back."""
        self._start_over(self._state.settings)

    def new_seed(self) -> None:
        """Another random start."""
        settings = self._state.settings
        self._start_over(settings.change(seed=settings.seed + 1))

    def undo_reset(self) -> None:
        """Brings back what the last new start took away; what learned since can be, too."""
        work = self._state.work
        if work.before is not None:
            self._show(brought_back(work, work.before), notice=None)

    def starts_new_run(self, **changes: Any) -> bool:
        """Whether these settings can only be in force from the start of a run."""
        settings = self._state.settings
        return any(
            getattr(settings, name) != value and name not in LIVE for name, value in changes.items()
        )

    def set(self, **changes: Any) -> None:
        """Changes settings: at once where they are live, else with a new run."""
        work = self._state.work
        try:
            settings = work.settings.change(**changes)
        except SettingError as error:
            self.say("error", str(error))
            return
        if self.starts_new_run(**changes):
            self._start_over(settings)
        elif settings != work.settings:
            if work.run in self._begun:
                self._engine.ask(Change(settings, work.run))
            touched = work.touched or settings != work.settings.change(speed=settings.speed)
            self.change(work=replace(work, settings=settings, touched=touched))

    @property
    def settled(self) -> bool:
        """Whether nothing more will come of the runs by themselves."""
        return not self._restless

    def _learn(self, go: Go) -> None:
        state = self._state
        if state.engine == "dead":
            self._go = go
            self.start_engine()
        elif state.engine == "starting":
            self._go = go
            self.say("wait", "The trainer is loading; learning begins in a moment.")
        else:
            if state.work.key not in state.race:
                self.change(race=())
            if state.work.opened is not None and not self._start_over(state.settings):
                return
            works = self._state.racing or (self._state.work,)
            if self._begun != {work.run for work in works}:
                self._begin(works)
            self._engine.ask(go)
            self._learning = set(self._begun)
            self._ordered(running=True, notice=None, moment=None)

    @abstractmethod
    def start_engine(self, source: Source | None = None) -> None:
        """Starts the training process, with another data set if one is named."""

    def _begin(self, works: Sequence[Work]) -> None:
        runs = tuple(
            BeginRun(work.run, work.settings, work.network, work.position, work.points)
            for work in works
        )
        self._begun = frozenset(work.run for work in works)
        self._looking.clear()
        self._engine.ask(runs[0] if len(runs) == 1 else BeginRace(runs))

    def _ordered(self, **changes: Any) -> None:
        self._orders += 1
        self._restless = set(self._begun)
        self.change(**changes)

    def _start_over(self, settings: Settings) -> bool:
        """Shows the random start of settings; -> whether there is one."""
        work = self._state.work
        try:
            fresh = self.fresh_work(settings)
        except Refusal as error:
            self.say("error", str(error))
            return False
        fresh = started_over(work, fresh)
        self._show(fresh, notice=self._undo_offer(fresh))
        return True

    def _undo_offer(self, work: Work) -> Notice | None:
        """What to say of a random start that took a run away."""
        if work.before is None or work.learned:
            return None
        what = "race" if work.key in self._state.race else "run"
        return Notice("info", f"The {what} starts again.", "undo_reset", "Undo")

    def _numbered(self, work: Work) -> Work:
        """The work with a key, and as a run that the training process does not have yet."""
        if not work.key:
            self._last_key += 1
            work = replace(work, key=self._last_key)
        self._last_run += 1
        return replace(work, run=self._last_run)

    def _show(self, work: Work, **changes: Any) -> None:
        """Puts a network on screen; a race that it is part of goes on."""
        if work.key not in self._state.race or work.run not in self._begun:
            self._moved(at_rest=True)  # what leaves the screen is kept as it is
            self._engine.ask(Pause())
            self._learning.clear()
            self._restless.clear()
            work = self._numbered(work)
            changes = {"running": False} | changes
        self._last_shown += 1
        work = replace(work, shown=self._last_shown)
        state = self._state
        outputs, hidden = len(work.network.output_biases), work.network.hidden
        same = work.design == state.design
        still_there = {
            "output": state.output
            if same and state.output is not None and state.output < outputs
            else None,
            "neuron": state.neuron if state.neuron is not None and state.neuron < hidden else None,
            "member": min(state.member, work.network.networks - 1),
            "moment": None,
            "operated": None,
        }
        self.change(**{"work": work} | still_there | changes)

    def _look(self) -> None:
        """Asks for the next snapshots while more is to come."""
        works = {work.run: work for work in self._state.works}
        for run in sorted(self._restless & self._begun - self._looking):
            resting = run not in self._learning
            if run in works and (resting or self._pacing.due(run, works[run].network)):
                self._looking.add(run)
                self._engine.ask(Look(len(works[run].points), self._orders, run))

    def _take(self, snapshot: Snapshot) -> None:
        run = snapshot.run
        work = next((work for work in self._state.works if work.run == run), None)
        if work is None or run not in self._begun:
            return
        self._looking.discard(run)
        settled = False
        if snapshot.order == self._orders:
            if snapshot.settled:
                settled = run in self._restless
                self._restless.discard(run)
            if not snapshot.running:
                self._learning.discard(run)
        paused = self._state.running and not self._learning
        moved = snapshot.position.steps != work.position.steps
        points = work.points + snapshot.new_points
        newer = replace(
            work,
            network=snapshot.network,
            position=snapshot.position,
            points=points,
            film=work.film.grown(snapshot.new_moments, len(points))
            if snapshot.new_points
            else work.film,
            measured=snapshot.measured or work.measured,
            file="" if moved else work.file,
        )
        self.change(**self._replaced(newer), running=bool(self._learning))
        epochs = work.settings.epochs
        epoch, offset = snapshot.position.epoch, snapshot.position.offset
        if paused and epochs and not offset and epoch % epochs == 0:
            self.say("info", f"{epoch:,} epochs are complete; Run learns more.")
        if moved or paused or settled:
            self._moved(at_rest=run not in self._learning)

    def _ask(self, question: Question[Found], take: Callable[[Found], None]) -> None:
        """Has the training process ask all test digits, and hands over what it finds."""
        self._questions += 1
        self._asking[self._questions] = take
        self._engine.ask(Ask(self._questions, question))

    def _take_answer(self, told: Answered) -> None:
        take = self._asking.pop(told.number, None)
        if take is not None:
            take(told.result)

    def _forget_runs(self) -> None:
        """The training process has none of them any more."""
        self._begun = frozenset()
        self._looking.clear()
        self._restless.clear()
        self._learning.clear()

    def _replaced(self, newer: Work) -> dict[str, Any]:
        """The change that puts a newer moment of an open network in its place."""
        state = self._state
        if newer.key == state.work.key:
            return {"work": newer}
        return {"shelf": tuple(newer if one.key == newer.key else one for one in state.shelf)}

    def _moved(self, at_rest: bool) -> None:
        """Called when a run has learned something."""


def started_over(work: Work, fresh: Work) -> Work:
    """A random start in the place of a network; it remembers what it took away."""
    before = replace(work, before=None) if work.would_be_lost else work.before
    name = work.name if work.opened is None else ""
    return replace(fresh, key=work.key, name=name, touched=True, before=before)


def brought_back(work: Work, before: Work) -> Work:
    """What a new start took away, in the place of that start."""
    return replace(before, before=replace(work, before=None) if work.would_be_lost else None)
