"""The only place that changes what is being looked at."""

import random
from pathlib import Path
from typing import Any

from nnviz.data.digits import ShownDigits, Source
from nnviz.errors import Refusal
from nnviz.networks.files import TrainedNetwork
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.session.autosave import Autosave
from nnviz.session.own_tests import OwnTests, digits_anew
from nnviz.session.picking import pick
from nnviz.session.state import State, Work
from nnviz.training.engine import Died, Engine
from nnviz.training.messages import (
    Answered,
    Broken,
    DigitsOpened,
    OpenDigits,
    Opening,
    Snapshot,
    Told,
    Trouble,
)


class Session(OwnTests):
    """The state, the engine and all that can be done with them, in one hand.

    Its parts stand in files of their own: `store` (the state), `starts`, `runs`, `shelf`,
    `networks`, `switching` (designs), `races`, `experimenting`, `comparing`, `measuring`,
    `operating`, `drawings`, `rows`, `inquiring`, `judging`, `walking`, `neighbouring`,
    `survival`, `own_tests`.
    """

    def __init__(
        self,
        engine: Engine,
        digits: ShownDigits,
        settings: Settings,
        autosave: Autosave | None = None,
    ) -> None:
        network = initial_network(settings, digits.inputs, digits.classes)
        first = Work(settings, network, key=1)
        super().__init__(State(digits, first), engine, autosave)
        self._chance = random.Random(settings.seed)
        self._last_words: Broken | None = None

    # ---- digits ----------------------------------------------------------------------

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

    def open_network_then(self, path: Path) -> None:
        """Shows the network of a file as soon as the digits being opened are there."""
        self._to_open = path

    def open_digits(self, source: Source) -> None:
        """Has the training process take another data set; the run on screen is dropped."""
        where = source.tests or source.folder or source.digits
        self.say("wait", f"Opening the digits in {where}.")
        self._opening = source
        self._engine.ask(OpenDigits(source))

    # ---- the engine ------------------------------------------------------------------

    def start_engine(self, source: Source | None = None) -> None:
        """Starts the training process, with another data set if one is named."""
        self._forget_runs()
        self._last_words = None
        self._opening = source or self._state.digits.source
        if self._state.engine == "dead":
            self.change(notice=None)
        self.change(engine="starting")
        self._engine.start()
        self._engine.ask(OpenDigits(self._opening))

    def stop(self, give_up: bool = False) -> None:
        """Ends the training process. May be called twice.

        A run that no file holds is offered at the next start, unless it is given up.
        """
        if self._autosave is not None:
            self._keep_safe(at_once=True)
            for work in self._state.works:
                if give_up or not self._worth_keeping(work):
                    self._autosave.drop(work.key)
            self._autosave.stop()
        self._engine.stop()

    def refresh(self) -> None:
        """Takes in what the engine told, and asks for the next snapshot while it runs."""
        for told in self._engine.heard():
            self._hear(told)
        self._look()

    def _hear(self, told: Told | Died) -> None:
        match told:
            case Snapshot():
                self._take(told)
            case DigitsOpened():
                self._use_digits(told.digits)
                self._tell_left_out(told)
            case Opening(source=source, progress=progress):
                self._tell_progress(source, progress)
            case Answered():
                self._take_answer(told)
            case Trouble(about="digits"):
                self._digits_refused(told.sentence)
            case Trouble():
                self._forget_runs()
                self.change(running=False)
                self.say("error", told.sentence, action="reset", action_label="Reset")
            case Broken():
                self._last_words = told
            case Died():
                self._died(told.reason)

    def _use_digits(self, digits: ShownDigits) -> None:
        self._forget_runs()
        self._asking.clear()
        self._compared = None
        self._timed.clear()
        self._surveyed.clear()
        self._forget_judged()
        self.forget_inquiries()
        changes: dict[str, Any] = {"engine": "ready"}
        notice = self._state.notice
        here = digits.source == self._opening  # others may be on their way already
        if notice is not None and notice.kind == "wait" and here:
            changes["notice"] = None  # what was being opened or loaded is there now
        source = self._state.digits.source
        if digits.source.training == source.training and digits.source != source:
            self._use_tests(digits, **changes)
        elif digits.source != source:
            shown = self._state.work
            self.forget_trained()
            self._show(self._start_on(digits), **changes, **digits_anew(digits))
            if shown.opened is not None and _suits(shown.opened, digits):
                self._show_file(shown.opened, shown.file, shown.settings)
        else:
            self.change(**changes)
        self._measure_missing()
        if self._to_open is not None:
            path, self._to_open = self._to_open, None
            self.open_network(path)
        if self._continuing:
            self._continuing = False
            self._take_up()
        if self._go is not None:
            go, self._go = self._go, None
            self._learn(go)

    def _digits_refused(self, sentence: str) -> None:
        self._to_open = None
        self._open_instead()
        self.say("error", sentence)

    def _died(self, reason: str) -> None:
        was_running = self._state.running
        self._forget_runs()
        self.change(engine="dead", running=False)
        words = self._last_words
        sentence = (
            f"The training process stopped ({words.sentence if words else reason}); "
            f"the run is kept as it stood at step {self._state.work.position.steps:,}."
        )
        details = words.details if words else ""
        action = ("run", "Go on") if was_running else ("start_engine", "Restart")
        self.say("error", sentence, action=action[0], action_label=action[1], details=details)

    def _start_on(self, digits: ShownDigits) -> Work:
        """A random start on digits that are not on screen yet."""
        settings = self._state.settings
        try:
            network = initial_network(settings, digits.inputs, digits.classes)
        except Refusal:  # no trunk of that size, or a code with too few words
            usual = Settings()
            settings = usual.change(seed=settings.seed, speed=settings.speed)
            network = initial_network(settings, digits.inputs, digits.classes)
        work = self._state.work
        return Work(settings, network, touched=work.touched and work.opened is None)

    def _name(self, label: int) -> str:
        return self._state.digits.class_names[label]


def _suits(trained: TrainedNetwork, digits: ShownDigits) -> bool:
    same_inputs = trained.network.inputs == digits.inputs
    return same_inputs and trained.class_names == digits.class_names
