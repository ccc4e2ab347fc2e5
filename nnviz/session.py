"""The only place that changes what is being looked at."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from nnviz.engine import Died, Engine
from nnviz.learning.curves import Position
from nnviz.learning.digits import ShownDigits, Source
from nnviz.learning.messages import (
    BeginRun,
    Broken,
    Change,
    DigitsOpened,
    Go,
    Look,
    Measure,
    NetworkMeasured,
    OpenDigits,
    Pause,
    Snapshot,
    Told,
    Trouble,
)
from nnviz.learning.mistakes import measured
from nnviz.learning.network import initial_network
from nnviz.learning.settings import LIVE, SettingError, Settings
from nnviz.learning.trained import NetworkFileError, TrainedNetwork, fitting, load, save
from nnviz.picking import pick
from nnviz.state import Notice, State, Work, derive

Watcher = Callable[[State, frozenset[str]], None]

STEPS = {"batch": Go(steps=1), "hundred": Go(steps=100), "epoch": Go(to_epoch_end=True)}
MEASURED_HERE = 2000
"""Test digits that a network file is measured on at once; more go to the training process."""


class Session:
    """Holds the state, talks to the engine, tells watchers which fields changed."""

    def __init__(self, engine: Engine, digits: ShownDigits, settings: Settings) -> None:
        self._engine = engine
        self._watchers: list[Watcher] = []
        self._chance = random.Random(settings.seed)
        self._begun = -1  # the run that the training process has taken up
        self._orders = 0
        self._looking = False
        self._settled = True
        self._go: Go | None = None  # what was asked for before the engine was ready
        self._opening = digits.source
        self._last_words: Broken | None = None
        self._state = derive(State(digits, _fresh(settings, digits)))

    @property
    def state(self) -> State:
        return self._state

    def watch(self, watcher: Watcher) -> None:
        """Calls the watcher after every change with the state and the names of its fields."""
        self._watchers.append(watcher)

    def change(self, **changes: Any) -> None:
        """Replaces fields of the state and tells every watcher once."""
        old = self._state
        self._state = derive(old, **changes)
        names = {name for name in changes if getattr(old, name) != getattr(self._state, name)}
        if self._state.verdict is not old.verdict:
            names.add("verdict")
        if names:
            for watcher in self._watchers:
                watcher(self._state, frozenset(names))

    def say(self, kind: str, sentence: str, **more: str) -> None:
        """Puts a notice on the banner."""
        self.change(notice=Notice(kind, sentence, **more))

    # ---- the run ---------------------------------------------------------------------

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

    def train_further(self) -> None:
        """Goes on training the network file on screen, from where its own run stood."""
        work, digits = self._state.work, self._state.digits
        if work.opened is None:
            self.run()
            return
        settings = work.opened.settings.change(speed=work.settings.speed)
        same = (work.opened.digits, work.opened.trained_on) == (digits.name, digits.train_count)
        if not same:
            work = replace(work, position=Position(), points=())
        self._show(replace(work, settings=settings, opened=None, file=""))
        self.run()

    def _learn(self, go: Go) -> None:
        state = self._state
        if state.engine == "dead":
            self._go = go
            self.start_engine()
        elif state.engine == "starting":
            self._go = go
            self.say("info", "The trainer is loading; learning begins in a moment.")
        else:
            if state.work.opened is not None:
                self._start_over(state.settings)
            if self._begun != self._state.run:
                self._begin()
            self._engine.ask(go)
            self._ordered(running=True, notice=None)

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
        self._show(_fresh(settings, self._state.digits), undo=undo, notice=notice)

    def _show(self, work: Work, **changes: Any) -> None:
        self._engine.ask(Pause())
        classes, hidden = len(work.network.output_biases), work.network.hidden
        output, neuron = self._state.output, self._state.neuron
        self._settled = True
        self.change(
            work=work,
            run=self._state.run + 1,
            running=False,
            output=output if output is not None and output < classes else None,
            neuron=neuron if neuron is not None and neuron < hidden else None,
            **changes,
        )

    # ---- digits and files ------------------------------------------------------------

    def pick(self, way: str) -> None:
        """Shows another test digit: one of picking.WAYS, among those with the chosen label."""
        image = pick(way, self._state, self._chance)
        if image is None:
            label = self._state.label
            among = "" if label is None else f" with the label {self._name(label)}"
            self.say("info", f"No test digit{among} is misread now.")
        else:
            self.change(image=image, output=None)

    def pick_label(self, label: int | None) -> None:
        """From now on picks only digits of this class (None: all), and shows one."""
        self.change(label=label)
        if label is not None and self._state.shown_label != label:
            self.pick("next")

    def open_digits(self, source: Source) -> None:
        """Has the training process take another data set; the run on screen is dropped."""
        self.say("info", f"Opening the digits in {source.folder or source.digits}.")
        self._opening = source
        self._engine.ask(OpenDigits(source))

    def open_network(self, path: Path) -> bool:
        """Shows the network of a file and takes over its settings; -> whether it could."""
        return self._open(path, path.name, None)

    def open_shipped(self, path: Path) -> bool:
        """Shows a network that comes with the program; the next run keeps its own settings."""
        return self._open(path, "that comes with nnviz", self._state.settings)

    def _open(self, path: Path, name: str, settings: Settings | None) -> bool:
        try:
            trained = fitting(load(path), path, self._state.digits)
        except NetworkFileError as error:
            self.say("error", str(error))
            return False
        self._show_file(trained, name, settings, notice=None)
        return True

    def save_network(self, path: Path) -> bool:
        """Saves the network on screen; -> whether it could be saved."""
        work, digits = self._state.work, self._state.digits
        story = work.opened or TrainedNetwork(
            work.network,
            work.settings,
            digits.class_names,
            digits.name,
            work.epoch_length(digits),
            len(digits.labels),
            "",
            work.position,
            work.points,
        )
        try:
            save(story, path)
        except NetworkFileError as error:
            self.say("error", str(error))
            return False
        if work.opened is None:
            self.change(work=replace(work, file=path.name))
        self.say("info", f"Saved {path.name}.")
        return True

    def _show_file(
        self, trained: TrainedNetwork, name: str, settings: Settings | None, **changes: Any
    ) -> None:
        digits = self._state.digits
        settings = settings or trained.settings.change(speed=self._state.settings.speed)
        work = Work(
            settings, trained.network, trained.position, trained.points, None, trained, name
        )
        examples = trained.position.examples
        if len(digits.labels) <= MEASURED_HERE:
            result = measured(
                trained.network,
                settings.design,
                digits.classes,
                examples,
                digits.images,
                digits.labels,
            )
            work = replace(work, measured=result)
        self._show(work, **changes)
        if work.measured is None:
            run = self._state.run
            self._engine.ask(Measure(run, trained.network, settings.design, examples))

    def _name(self, label: int) -> str:
        return self._state.digits.class_names[label]

    # ---- the engine ------------------------------------------------------------------

    def start_engine(self, source: Source | None = None) -> None:
        """Starts the training process, with another data set if one is named."""
        self._begun, self._looking, self._last_words = -1, False, None
        self._opening = source or self._state.digits.source
        self.change(engine="starting", notice=None)
        self._engine.start()
        self._engine.ask(OpenDigits(self._opening))

    def stop(self) -> None:
        """Ends the training process. May be called twice."""
        self._engine.stop()

    def refresh(self) -> None:
        """Takes in what the engine told, and asks for the next snapshot while it runs."""
        for told in self._engine.heard():
            self._hear(told)
        if not self._settled and not self._looking:
            self._looking = True
            self._engine.ask(Look(len(self._state.work.points), self._orders))

    def _hear(self, told: Told | Died) -> None:
        match told:
            case Snapshot():
                self._take(told)
            case DigitsOpened():
                self._use_digits(told.digits)
            case NetworkMeasured(run=run, measured=result):
                if run == self._state.run:
                    self.change(work=replace(self._state.work, measured=result))
            case Trouble(about="digits"):
                self._digits_refused(told.sentence)
            case Trouble():
                self._begun, self._settled = -1, True
                self.change(running=False)
                self.say("error", told.sentence, action="reset", action_label="Reset")
            case Broken():
                self._last_words = told
            case Died():
                self._died(told.reason)

    def _take(self, snapshot: Snapshot) -> None:
        if snapshot.run != self._state.run or self._begun != self._state.run:
            return
        self._looking = False
        work = self._state.work
        changes: dict[str, Any] = {}
        if snapshot.order == self._orders:
            self._settled = snapshot.settled
            changes["running"] = snapshot.running
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

    def _use_digits(self, digits: ShownDigits) -> None:
        self._begun, self._looking = -1, False
        changes: dict[str, Any] = {"engine": "ready"}
        notice = self._state.notice
        if notice is not None and notice.kind == "info":
            changes["notice"] = None  # what was being opened or loaded is there now
        if digits.source != self._state.digits.source:
            work = _fresh(self._state.settings, digits)
            changes |= {"digits": digits, "image": 0, "label": None, "output": None}
            shown = self._state.work
            self._show(work, undo=None, **changes)
            if shown.opened is not None and shown.opened.class_names == digits.class_names:
                self._show_file(shown.opened, shown.file, shown.settings)
        else:
            self.change(**changes)
        if self._go is not None:
            go, self._go = self._go, None
            self._learn(go)

    def _digits_refused(self, sentence: str) -> None:
        if self._state.engine == "starting" and self._opening != self._state.digits.source:
            self._opening = self._state.digits.source
            self._engine.ask(OpenDigits(self._opening))
        self.say("error", sentence)

    def _died(self, reason: str) -> None:
        was_running = self._state.running
        self._begun, self._looking, self._settled = -1, False, True
        self.change(engine="dead", running=False)
        words = self._last_words
        sentence = (
            f"The training process stopped ({words.sentence if words else reason}); "
            f"the run is kept as it stood at step {self._state.work.position.steps:,}."
        )
        details = words.details if words else ""
        action = ("run", "Go on") if was_running else ("start_engine", "Restart")
        self.say("error", sentence, action=action[0], action_label=action[1], details=details)


def _fresh(settings: Settings, digits: ShownDigits) -> Work:
    return Work(settings, initial_network(settings, digits.inputs, digits.classes))
