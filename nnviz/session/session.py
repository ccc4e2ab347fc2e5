"""The session: what is being looked at, and the parts that alone change it."""

import time
from collections.abc import Callable
from contextlib import nullcontext
from itertools import groupby

from nnviz.data.digits import ShownDigits
from nnviz.networks.network import initial_network
from nnviz.networks.settings import Settings
from nnviz.session.alike import Alike
from nnviz.session.answers import Answers
from nnviz.session.aside import Aside
from nnviz.session.asking import (
    Accuracies,
    Comparisons,
    Inquiries,
    NearestDigits,
    NeuronMeasures,
    Surveys,
)
from nnviz.session.autosave import Autosave
from nnviz.session.background import Background
from nnviz.session.controls import Controls
from nnviz.session.designs import Designs, Experiments, Race
from nnviz.session.digits import DigitsInUse
from nnviz.session.editing import CodeTable, DrawingPad, RowSheet
from nnviz.session.files import Files
from nnviz.session.judging import Judgements, MistakesListed
from nnviz.session.kept_drawings import KeptDrawings
from nnviz.session.operations import OperationsOnNeurons
from nnviz.session.picking import Picking
from nnviz.session.process import Process
from nnviz.session.runs import Runs
from nnviz.session.shelf import Shelf
from nnviz.session.state import State, Work
from nnviz.session.store import Passing, Store
from nnviz.session.studies import Studies
from nnviz.session.survival import Survival
from nnviz.training.engine import Died, Engine
from nnviz.training.messages import (
    Answered,
    Broken,
    Compiling,
    DigitsOpened,
    Noted,
    Opening,
    Prepared,
    Snapshot,
    Told,
    Trouble,
)
from nnviz.words import tr


class Session:
    """The state, the training process and the parts that work with them, in one hand.

    Each part knows the parts that it was made with, and none knows the session.
    """

    def __init__(
        self,
        engine: Engine,
        digits: ShownDigits,
        settings: Settings,
        autosave: Autosave | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        network = initial_network(settings, digits.inputs, digits.classes)
        store = self.store = Store(State(digits, Work(settings, network, key=1)))
        self.watch, self.change = store.watch, store.change
        self.choose, self.say = store.choose, store.say
        self._passing = Passing(store, clock)
        process = self.process = Process(store, engine)
        answers = self.answers = Answers(store, process, clock)
        process.renewed.append(answers.forget)
        runs = self.runs = Runs(store, process)
        shelf = self.shelf = Shelf(store, runs)
        accuracies = self.accuracies = Accuracies(store, answers, runs)
        self.designs = Designs(store, runs, shelf, accuracies)
        self.race = Race(store, runs, shelf, self.designs)
        self.alike = Alike(store, runs, shelf, self.race)
        self.controls = Controls(store, runs, shelf, self.race, accuracies)
        self.experiments = Experiments(store, runs, self.designs)
        self.files = Files(store, runs, shelf, accuracies)
        self.digits = DigitsInUse(store, process, runs, self.designs, self.files, accuracies)
        self.survival = Survival(store, runs, shelf, self.files, self.digits, accuracies, autosave)
        self.comparisons = Comparisons(store, answers, accuracies)
        self.surveys = Surveys(store, answers)
        self.measures = NeuronMeasures(store, answers)
        self.operations = OperationsOnNeurons(store, answers, runs, accuracies)
        self.inquiries = Inquiries(store, answers)
        self.judgements = Judgements(store, answers)
        self.mistakes = MistakesListed(store, self.judgements)
        self.neighbours = NearestDigits(store, answers)
        self._beside = Background()
        self.pad = DrawingPad(store, self._beside, clock)
        self.kept = KeptDrawings(store)
        self.row = RowSheet(store, self._beside)
        self.codes = CodeTable(store)
        self.picking = Picking(store)
        self.studies = Studies(store, self.files, self.digits, clock)
        self.aside = Aside(store, runs, shelf, process, self.designs)

    # ---- the state -------------------------------------------------------------------

    @property
    def state(self) -> State:
        """Everything that is being looked at."""
        return self.store.state

    @property
    def undoes(self) -> str:
        """What `undo` would take back of the network on screen, in words; "" for nothing."""
        work = self.state.work
        return work.history.undoes or (tr("the new start") if work.before is not None else "")

    def undo(self) -> None:
        """Takes back the last operation on the network on screen, else its last new start."""
        if self.state.work.history.before:
            self.operations.undo()
        else:
            self.controls.undo_reset()

    @property
    def reads(self) -> bool:
        """Whether something is being read beside the window."""
        return self._beside.busy

    # ---- the training process --------------------------------------------------------

    def stop(self, give_up: bool = False) -> None:
        """Ends the training process and what runs beside it. May be called twice.

        A run that no file holds is offered at the next start, unless it is given up.
        """
        self.survival.end(give_up)
        self.studies.stop()
        self._beside.stop()
        self.process.stop()

    def refresh(self) -> None:
        """Takes in what the training process told, and asks for the next snapshot while it
        runs."""
        heard = groupby(self.process.heard(), lambda told: isinstance(told, Snapshot))
        for are_snapshots, several in heard:
            # of networks that learn beside each other: drawn once, not once for each
            with self.store.together() if are_snapshots else nullcontext():
                for told in several:
                    self._hear(told)
        self.accuracies.ask_missing()
        self.answers.work()
        self.runs.look()
        self.studies.refresh()
        self._beside.look()
        self.pad.look()
        self._passing.look()

    def _hear(self, told: Told | Died) -> None:
        match told:
            case Snapshot():
                self.runs.take(told)
            case DigitsOpened():
                self.digits.take(told)
            case Opening(source=source, progress=progress):
                self.digits.tell_progress(source, progress)
            case Answered():
                self.answers.take(told)
            case Trouble(about="digits"):
                self.digits.refused(told)
            case Trouble():
                self.runs.diverged(told.diverged)
                self.process.forget_runs()
                self.change(running=False)
                again = ("controls.reset", tr("Reset"))
                action, label = ("", "") if self.state.beside else again
                self.say("error", told.sentence, action=action, action_label=label)
            case Prepared() | Compiling() | Noted():
                self._hear_of_engines(told)
            case Broken():
                self.process.last_words = told
            case Died():
                self._died(told.reason)

    def _hear_of_engines(self, told: Prepared | Compiling | Noted) -> None:
        if isinstance(told, Prepared):
            self.change(no_kernels=told.reason)
        elif isinstance(told, Compiling):
            self.runs.compiling(told.waits, told.anew)
        else:
            self.say("info", told.sentence)

    def _died(self, reason: str) -> None:
        was_running = self.state.running or self.state.awaiting
        self.runs.withdraw()
        self.process.expect_nothing()
        self.process.forget_runs()
        self.answers.lose()
        self.change(engine="dead", running=False)
        words = self.process.last_words
        sentence = tr(
            "The training process stopped ({reason}); the run is kept as it stood at step {steps}.",
            reason=words.sentence if words else reason,
            steps=self.state.work.position.steps,
        )
        details = words.details if words else ""
        goes_on = ("runs.run_beside" if self.state.beside else "runs.run", tr("Go on"))
        action = goes_on if was_running else ("process.start", tr("Restart"))
        self.say("error", sentence, action=action[0], action_label=action[1], details=details)
