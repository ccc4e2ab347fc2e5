"""Runs: their random starts, what learns, what is asked of it, and the network on screen."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from nnviz.errors import Refusal
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import SettingError, Settings, must_be_learnable
from nnviz.networks.story import SETTINGS_COMPARED
from nnviz.session.process import Process
from nnviz.session.state import Notice, State, Work, still_waiting
from nnviz.session.store import Store
from nnviz.training.messages import BeginRace, BeginRun, Change, Go, Look, Pause, Snapshot
from nnviz.words import tr, tr_n


def fresh_work(
    state: State, settings: Settings, trunk: Work | None = None, experiment: bool = False
) -> Work:
    """The random start of a run; on a frozen trunk it takes over the trunk's size.

    `trunk` is the one to begin on (None: that of the network it comes from), which may be of an
    experiment if this run is of one.

    Raises SettingError if there is no trunk, or only studies make such networks; CodeError if the
    code has too few words.
    """
    digits = state.digits
    must_be_learnable(settings)
    if settings.trunk == "frozen":
        trunk = trunk or trunk_for(state, settings, experiment)
        if trunk is not None:
            network = trunk.network
            settings = settings.change(hidden=network.hidden, activation=network.activation)
            must_be_learnable(settings)
            frozen = trunk.judged_by.trunk == "frozen"
            before = trunk.taught_before if frozen else trunk.taught(digits)
            fresh = initial_network(settings, digits.inputs, digits.classes, network)
            return Work(settings, fresh, taught_before=before)
    return Work(settings, initial_network(settings, digits.inputs, digits.classes))


def first_of(state: State, settings: Settings) -> Work:
    """The same, from scratch where there is no trunk yet. Raises CodeError."""
    try:
        return fresh_work(state, settings)
    except SettingError:
        if settings.trunk == "scratch":
            raise
        return fresh_work(state, settings.change(trunk="scratch"))


def trunk_for(state: State, settings: Settings, experiment: bool = False) -> Work | None:
    """The network whose hidden layer is copied: the one of the design it comes from that learned it
    and was last on screen, else of the trained one; for an experiment the newest of its kind."""
    everyone = sorted(state.works, key=lambda work: (work.aside, work.shown, work.key))
    found = [
        work
        for work in (*state.trained.values(), *everyone)
        if (experiment or not work.aside)
        and work.design == settings.trunk_from
        and work.learned
        and work.judged_by.trunk == "scratch"
        and work.network.networks == 1
        and work.network.front is None
        and work.network.inputs == state.digits.inputs
    ]
    return found[-1] if found else None


def carried(settings: Settings) -> dict[str, Any]:
    """Settings that belong to the session rather than to a design."""
    return {name: getattr(settings, name) for name in ("seed", "speed", "images", "device")}


MOST_PER_SECOND = 30
LEAST_PER_SECOND = 10
ENOUGH = 6_000_000
"""Numbers per second that can be copied without slowing learning noticeably."""


class Pacing:
    """Large networks are asked for less often, but often enough to be seen moving."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._asked: dict[int, float] = {}

    def due(self, run: int, network: Network) -> bool:
        """Whether it is time to ask for a run; counts as asked then."""
        now = self._clock()
        rate = min(MOST_PER_SECOND, max(LEAST_PER_SECOND, ENOUGH / network.parameters))
        if rate < MOST_PER_SECOND and now - self._asked.get(run, -1.0) < 1 / rate:
            return False
        self._asked[run] = now
        return True


UNDO = "controls.undo_reset"
"""The action of a notice that offers to bring back what a new start took away."""
STEPS = {"batch": Go(steps=1), "hundred": Go(steps=100), "epoch": Go(to_epoch_end=True)}


class Runs:
    """Asks the training process for learning and takes in its snapshots."""

    def __init__(self, store: Store, process: Process) -> None:
        self._store = store
        self._process = process
        self._begun: frozenset[int] = frozenset()  # the runs that the training process has
        self._orders = 0
        self._looking: set[int] = set()
        self._restless: set[int] = set()  # the runs of which more is to come
        self.learning: set[int] = set()
        """Numbers of the runs that learn."""
        self._pacing = Pacing()
        self._last_key = store.state.work.key
        self._last_run = self._last_shown = 0
        self.asked_for: Go | None = None
        """What is to be learned once the training process is there; whatever is pressed last."""
        self._last_go: Go | None = None
        self.moved: list[Callable[[bool], None]] = []
        """Called when a run has learned something; True where it is at rest."""
        process.forgetting.append(self._forget)

    def run(self) -> None:
        """Learns until told to pause. A network file on screen makes way for a new run; a LeNet
        stays, and it is said why."""
        if self.can_learn():
            self._store.change(beside=())
            self._learn(Go())

    def step(self, size: str) -> None:
        """Learns one of STEPS and pauses, or says the same."""
        if self.can_learn():
            self._store.change(beside=())
            self._learn(STEPS[size])

    def can_learn(self) -> bool:
        """Whether what is on screen learns in the window; if not, it is said."""
        if self._store.state.work.network.front is None:
            return True
        self._store.say(
            "passing",
            tr(
                "A LeNet learns in studies only; a change of a setting begins a three-layer "
                "network beside it."
            ),
        )
        return False

    def run_beside(self, *keys: int) -> None:
        """Has networks of an experiment learn until told to pause; without keys, those that
        learned last. What learns goes on, and what is on screen stays there."""
        state = self._store.state
        learning = (work.key for work in state.works if work.run in self.learning)
        on_their_way = (key for key in learning if key in state.beside)
        self._store.change(beside=tuple(dict.fromkeys((*on_their_way, *(keys or state.beside)))))
        self._learn(Go())

    def pause(self) -> None:
        """Stops learning; what was learned stays."""
        self.withdraw()
        self._process.ask(Pause())
        self.learning.clear()
        self._ordered(running=False, resting=False)

    def rest(self) -> None:
        """Nothing learns, and nothing is about to; what learned is kept as it was last seen."""
        if self._store.state.running or self._store.state.awaiting:
            self._tell_moved(at_rest=True)
            self.pause()
            self._restless.clear()

    def go_on(self, asked: Go | None = None) -> None:
        """Learns what is `asked`, else what was asked for before it could be."""
        go = asked or self.asked_for
        if go is not None:
            self._learn(go)
        else:
            self.level()

    def level(self) -> None:
        """Brings all of a race to where the furthest is, if it stands still: each is known from
        the moment at which it was last seen."""
        state = self._store.state
        stands = {work.position.examples for work in state.racing}
        raced = state.work.key in state.race and not state.beside
        if len(stands) > 1 and raced and not state.running:
            self._learn(Go(steps=0))

    def withdraw(self) -> None:
        """Takes back what was asked for before it could be done."""
        self.asked_for = None
        if self._store.state.awaiting:
            self._store.change(awaiting=False)
        self._store.end_wait("learning")

    @property
    def begun(self) -> frozenset[int]:
        """Numbers of the runs that the training process has."""
        return self._begun

    @property
    def going(self) -> Go | None:
        """What is being learned, or will be; None while nothing learns."""
        return self.asked_for or (self._last_go if self.learning else None)

    @property
    def settled(self) -> bool:
        """Whether nothing more will come of the runs by themselves."""
        return not self._restless

    def measures_itself(self, work: Work) -> bool:
        """Whether more is to come of its run, which is measured where it comes to rest."""
        return work.run in self._restless

    def start_over(self, settings: Settings) -> bool:
        """Shows the random start of settings in the place of what is on screen; -> whether there
        is one."""
        work = self._store.state.work
        try:
            fresh = fresh_work(self._store.state, settings)
        except Refusal as error:
            self._store.say("error", str(error))
            return False
        fresh = started_over(work, fresh)
        self.show(fresh, notice=self.undo_offer(fresh))
        return True

    def undo_offer(self, work: Work) -> Notice | None:
        """What to say of a random start that took a run away."""
        if work.before is None or work.learned:
            return None
        again = tr("The run starts again.")
        if work.key in self._store.state.race:
            again = tr("The race starts again.")
        return Notice("info", again, UNDO, tr("Undo"))

    def adjust(self, *works: Work) -> None:
        """Puts networks with other live settings in the place of those with their keys."""
        for work in works:
            if work.run in self._begun:
                self._process.ask(Change(work.settings, work.run))
        self.renew(*works)

    def renew(self, *newer: Work, **changes: Any) -> None:
        """Puts newer moments of open networks in their places."""
        state = self._store.state
        by_key = {work.key: work for work in newer}
        shelf = tuple(by_key.get(work.key, work) for work in state.shelf)
        if shelf != state.shelf:
            changes["shelf"] = shelf
        if state.work.key in by_key:
            changes["work"] = by_key[state.work.key]
        self._store.change(**changes)

    def number_from(self, first: int) -> None:
        """Has runs numbered from here, which other sessions do not do."""
        self._last_run = max(self._last_run, first)

    def next_run(self) -> int:
        """A number for a run."""
        self._last_run += 1
        return self._last_run

    def numbered(self, work: Work) -> Work:
        """The work with a key, and as a run that the training process does not have yet."""
        if not work.key:
            self._last_key += 1
            work = replace(work, key=self._last_key)
        return replace(work, run=self.next_run())

    def now_shown(self, *works: Work) -> list[Work]:
        """Networks as being on screen now, together."""
        self._last_shown += 1
        return [replace(work, shown=self._last_shown) for work in works]

    def show(self, work: Work, **changes: Any) -> None:
        """Puts a network on screen; a race that it is part of goes on, and so does an experiment
        beside what stood still."""
        state = self._store.state
        begun = self.asked_for is not None or work.run in self._begun
        if work.key not in (*state.race, *state.beside) or not begun:
            if not self._rests(state.work):
                self.withdraw()
                self._tell_moved(at_rest=True)  # what leaves the screen is kept as it is
                self._process.ask(Pause())
                self.learning.clear()
                self._restless.clear()
                changes = {"running": False} | changes
            work = self.numbered(work)
        changes = {"resting": self._rests(work)} | changes
        (work,) = self.now_shown(work)
        if "notice" in changes and changes["notice"] is None:
            changes["notice"] = still_waiting(self._store.state.notice)
        state = self._store.state
        outputs, hidden = len(work.network.output_biases), work.network.hidden
        same = work.design == state.design
        still_there = {
            "output": state.output
            if same and state.output is not None and state.output < outputs
            else None,
            "neuron": state.neuron if state.neuron is not None and state.neuron < hidden else None,
            "member": min(state.member, work.network.networks - 1),
            "moment": None,
        }
        self._store.change(**{"work": work} | still_there | changes)

    def look(self) -> None:
        """Asks for the next snapshots while more is to come."""
        works = {work.run: work for work in self._store.state.works}
        for run in sorted(self._restless & self._begun - self._looking):
            resting = run not in self.learning
            if run in works and (resting or self._pacing.due(run, works[run].network)):
                self._looking.add(run)
                self._process.ask(Look(len(works[run].points), self._orders, run))

    def take(self, snapshot: Snapshot) -> None:
        """Takes in a snapshot of an open network; others are stale."""
        run = snapshot.run
        work = next((work for work in self._store.state.works if work.run == run), None)
        if work is None or run not in self._begun:
            return
        self._looking.discard(run)
        settled = False
        if snapshot.order == self._orders:
            if snapshot.settled:
                settled = run in self._restless
                self._restless.discard(run)
            if not snapshot.running:
                self.learning.discard(run)
        paused = self._store.state.running and not self.learning
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
            learned_by=snapshot.learned_by,
            file="" if moved else work.file,
            diverged=work.diverged and not moved,
        )
        self.renew(newer, running=bool(self.learning), resting=self._rests(self._store.state.work))
        epochs = work.settings.epochs
        epoch, offset = snapshot.position.epoch, snapshot.position.offset
        if paused and epochs and not offset and epoch % epochs == 0:
            self._store.say("info", _complete(epoch, beside=bool(self._store.state.beside)))
        if paused:
            self.asked_for = None
        if moved or paused or settled:
            self._tell_moved(at_rest=run not in self.learning)

    def diverged(self, run: int) -> None:
        """The weights of a run are no longer numbers; it stays as it was last seen."""
        self.renew(
            *(replace(work, diverged=True) for work in self._store.state.works if work.run == run)
        )

    def compiling(self, waits: bool, anew: bool) -> None:
        """The training process cannot begin a run before what learns it is loaded, or compiled
        anew; or now it can."""
        self._process.begins_late = (_once() if anew else _loading()) if waits else None
        if not waits:
            self._store.end_wait("learning")
        elif self._store.state.running:
            self._store.change(notice=self._process.begins_late)

    def _learn(self, go: Go) -> None:
        state = self._store.state
        if state.engine == "dead":
            self._process.start()
        if self._must_wait():
            self.asked_for = go
            late = _loading()
            if self._store.state.engine == "ready":
                opening = tr("Learning begins once the digits are open.")
                late = Notice("wait", opening, about="learning")
            self._store.change(awaiting=True, notice=late)
        else:
            self.withdraw()
            works = self._beside() if state.beside else self._on_screen()
            if not works:
                return
            if self._begun != {work.run for work in works}:
                self._begin(works)
            self._process.ask(go)
            self._last_go = go
            if self._process.awaited is not None and go == Go():
                self.asked_for = go  # other digits will stop it
            self.learning = set(self._begun)
            rests = self._rests(self._store.state.work)
            moment = self._store.state.moment if rests else None
            said = still_waiting(self._store.state.notice)
            said = self._process.begins_late or said
            self._ordered(running=True, resting=rests, notice=said, moment=moment)

    def _on_screen(self) -> tuple[Work, ...]:
        """What learns when the network on screen does: all of its race; none if there is no
        start for it."""
        state = self._store.state
        if state.work.key not in state.race:
            self._store.change(race=())
        if state.work.opened is not None and not self.start_over(state.own_settings):
            return ()
        return self._store.state.racing or (self._store.state.work,)

    def _beside(self) -> tuple[Work, ...]:
        """What learns when an experiment does: with it, whatever learns already."""
        state = self._store.state
        return tuple(
            work for work in state.works if work.key in state.beside or work.run in self.learning
        )

    def _rests(self, work: Work) -> bool:
        """Whether others learn and this one does not."""
        return bool(self.learning) and work.run not in self.learning

    def _must_wait(self) -> bool:
        """Whether there are no digits to learn from yet; sees to it that some are on their way."""
        state, process = self._store.state, self._process
        here = state.digits.source
        if state.engine == "starting":
            if process.awaited is None:
                process.open(here)
            return True
        coming = process.awaited  # own digits are read between slices of learning
        return coming is not None and not (coming.tests and coming.training == here.training)

    def _begin(self, works: Sequence[Work]) -> None:
        runs = tuple(
            BeginRun(
                work.run,
                work.settings,
                work.network,
                work.position,
                work.points,
                work.learned_by,
            )
            for work in works
        )
        self._begun = frozenset(work.run for work in works)
        self._looking.clear()
        race = self._store.state.race
        raced = [work.run for work in works if work.key in race]
        compared = [work.run for work in works if work.experiment == SETTINGS_COMPARED]
        level = frozenset(raced or compared)
        self._process.ask(runs[0] if len(runs) == 1 else BeginRace(runs, level))

    def _ordered(self, **changes: Any) -> None:
        self._orders += 1
        self._restless = set(self._begun)
        self._store.change(**changes)

    def _forget(self) -> None:
        self._begun = frozenset()
        self._looking.clear()
        self._restless.clear()
        self.learning.clear()

    def _tell_moved(self, at_rest: bool) -> None:
        for watcher in self.moved:
            watcher(at_rest)


def _loading() -> Notice:
    """What is said while a run waits for what is only loaded."""
    sentence = tr("The trainer is loading; learning begins in a moment.")
    return Notice("wait", sentence, about="learning")


def _once() -> Notice:
    """What is said while a run waits for machine code."""
    sentence = tr(
        "Learning is being made ready for this computer, once for each version of the program: "
        "it begins by itself in some seconds, on a slow or busy computer in a minute."
    )
    return Notice("wait", sentence, about="learning")


def _complete(epoch: int, beside: bool) -> str:
    """What is said when a run, or an experiment beside the one on screen, has come to its end."""
    if beside:
        return tr_n(
            "The experiment is complete, after {count} epoch.",
            "The experiment is complete, after {count} epochs.",
            epoch,
        )
    return tr_n(
        "{count} epoch is complete; Run learns more.",
        "{count} epochs are complete; Run learns more.",
        epoch,
    )


def started_over(work: Work, fresh: Work) -> Work:
    """A random start in the place of a network; it remembers what it took away."""
    before = replace(work, before=None) if work.would_be_lost else work.before
    name = work.name if work.opened is None else ""
    again = replace(fresh, key=work.key, name=name, experiment=work.experiment)
    return replace(again, touched=True, before=before)


def brought_back(work: Work, before: Work) -> Work:
    """What a new start took away, in the place of that start."""
    return replace(before, before=replace(work, before=None) if work.would_be_lost else None)
