"""What the networks that stand for the designs say of all test digits: asked for, and kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from nnviz.networks.layouts import Layout
from nnviz.networks.network import Network
from nnviz.networks.operations import NO_OPERATIONS, Operations
from nnviz.questions.judged import Judge, Judged
from nnviz.questions.listing import Said
from nnviz.session.process import Process
from nnviz.session.state import Work
from nnviz.session.store import Store
from nnviz.session.work import PLAIN
from nnviz.verdicts.answers import Options

PAUSE = 1.0
"""Seconds between two questions about a run that goes on."""
MOST_KEPT = 16
"""Answers kept; those of one network to 10,000 digits take about a megabyte."""


@dataclass(frozen=True)
class _Subject:
    """What is judged; networks and layouts are equal only if they are the same object."""

    network: Network
    layout: Layout
    reading: str
    options: Options
    operations: Operations
    means: int
    """Identity of what neurons are held at, where there are operations."""


@dataclass(frozen=True)
class _Asked:
    order: int
    subject: _Subject
    examples: int
    at: float
    answered: bool = False


class Judgements:
    """Has every representative judged once, and again where it has changed."""

    def __init__(self, store: Store, process: Process, clock: Callable[[], float]) -> None:
        self._store = store
        self._process = process
        self._clock = clock
        process.renewed.append(self.forget)
        self._orders = 0
        self._asked_judged: dict[int, _Asked] = {}  # run -> the newest question
        self._kept: dict[_Subject, Judged] = {}  # the newest last
        self._said: Said | None = None

    def ask(self) -> None:
        """Asks all test digits about the network of every design, that on screen first, unless
        the answer is here or on its way; about a run that goes on, once a second."""
        state = self._store.state
        if state.engine != "ready":
            return
        for design in dict.fromkeys((state.design, *state.representatives)):
            if self.work(design).learned:
                self._judge(design)

    def of(self, design: str) -> Judged | None:
        """What the network of a design last said of all test digits, as it is read now."""
        state = self._store.state
        if design not in state.representatives:
            return None
        found = state.judged.get(self.work(design).run)
        wanted = self._reading(design)
        return found if found is not None and (found.reading, found.options) == wanted else None

    @property
    def missing(self) -> tuple[str, ...]:
        """The designs with a trained network whose answers are still to come."""
        return tuple(
            design
            for design in self._store.state.representatives
            if self.work(design).learned and self.of(design) is None
        )

    def work(self, design: str) -> Work:
        """The network that is judged for a design that has one: on screen, the one seen."""
        state = self._store.state
        return state.seen if design == state.design else state.representatives[design]

    @property
    def said(self) -> Said | None:
        """What is known of all test digits, seen from the design whose mistakes are listed."""
        state, everyone = self._store.state, self.known
        whose = state.mistakes.listing.whose
        own = everyone.get(whose if whose in state.representatives else state.design)
        if own is None:
            return None
        last = self._said
        if last is None or last.own is not own or last.everyone != everyone:
            last = self._said = Said(own, everyone, state.digits.labels)
        return last

    @property
    def known(self) -> Mapping[str, Judged]:
        """Design -> what its network said of the test digits in use, that on screen first."""
        state = self._store.state
        designs = dict.fromkeys((state.design, *state.representatives))
        found = {design: self.of(design) for design in designs}
        images = len(state.digits.labels)
        return {name: each for name, each in found.items() if each and len(each.answers) == images}

    def _reading(self, design: str) -> tuple[str, Options]:
        state = self._store.state
        if design != state.design:
            return state.representatives[design].readings[0], PLAIN
        reading = state.shown_reading
        return reading, state.options if reading == "walk" else PLAIN

    def _subject(self, design: str) -> _Subject:
        state, work = self._store.state, self.work(design)
        layout = work.layout(state.digits.classes)
        operations = state.operations if design == state.design else NO_OPERATIONS
        means = id(state.operated.means) if operations and state.operated else 0
        return _Subject(work.network, layout, *self._reading(design), operations, means)

    def _judge(self, design: str) -> None:
        state, work, subject = self._store.state, self.work(design), self._subject(design)
        asked, now = self._asked_judged.get(work.run), self._clock()
        examples = work.position.examples
        if asked is not None and replace(asked.subject, network=subject.network) == subject:
            # a snapshot brings equal weights as another object
            same = asked.subject.network is subject.network or asked.examples == examples
            soon = not asked.answered or (state.running and now - asked.at < PAUSE)
            if same or soon:
                return
        self._orders += 1
        self._asked_judged[work.run] = _Asked(self._orders, subject, examples, now)
        if subject in self._kept:
            self.take(replace(self._kept[subject], run=work.run, order=self._orders))
            return
        network = state.operated_network if subject.operations else work.network
        self._process.ask(
            Judge(
                self._orders,
                work.run,
                network,
                work.judged_by,
                examples,
                subject.reading,
                subject.options,
            )
        )

    def take(self, told: Judged) -> None:
        asked = self._asked_judged.get(told.run)
        if asked is None or asked.order != told.order:
            return
        self._asked_judged[told.run] = replace(asked, answered=True)
        # what a run said before is of no more use once it has moved on
        self._kept = {
            subject: kept
            for subject, kept in self._kept.items()
            if kept.run != told.run or subject.network is asked.subject.network
        }
        self._kept[asked.subject] = told
        for subject in list(self._kept)[:-MOST_KEPT]:
            del self._kept[subject]
        state = self._store.state
        open_runs = {work.run for work in (*state.works, *state.trained.values())}
        known = {run: judged for run, judged in state.judged.items() if run in open_runs}
        self._store.change(judged={**known, told.run: told})

    def forget(self) -> None:
        """Other digits, or another training process, which knows of no question."""
        self._asked_judged.clear()
        self._kept.clear()
