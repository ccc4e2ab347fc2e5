"""Asking many digits: about the network on screen, the designs, a race, and all readers at once.

Readers are the networks that are compared, and the naive ones. Questions that no start of
the window asks are imported when they are first asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nnviz.data.digits import GREY
from nnviz.networks.files import NetworkFileError
from nnviz.questions.accuracy import Measure, Timed
from nnviz.questions.question import Asking, Found, Question
from nnviz.questions.readers import NAIVE, Reader, naive_reader
from nnviz.session.answers import Answers
from nnviz.session.known import Known
from nnviz.session.runs import Runs
from nnviz.session.state import State, Work
from nnviz.session.store import Store

if TYPE_CHECKING:  # imported with the first such question: a start asks none
    from nnviz.questions.detectors.measures import Detectors, MeasureNeurons
    from nnviz.questions.detectors.shapes import MeasureShapes, Shapes
    from nnviz.questions.neighbours import FindNeighbours, Neighbours


class Accuracies:
    """Has networks measured that do not measure themselves while they learn."""

    def __init__(self, store: Store, answers: Answers, runs: Runs) -> None:
        self._store = store
        self._answers = answers
        self._runs = runs
        self._wanted: set[int] = set()  # runs whose answer has not come yet
        self._timed = False
        answers.heard.append(self._hear)

    def ask(self, work: Work) -> None:
        """Asks how good a network is."""
        self._wanted.add(work.run)
        question = Measure(work.asked(), work.on_curve(self._store.state.digits))
        known = self._answers.get(question)
        if known is not None:
            self._keep(work.run, known.result)

    def ask_missing(self) -> None:
        """Has every network at rest measured where it stands, however it came there; asks again
        what nobody has answered. Called with every picture."""
        state = self._store.state
        timed = {work.run for work in state.entrants.values()} if self._timed else set()
        for work in (*state.works, *state.trained.values()):
            if not self._runs.measures_itself(work) and (
                work.run in self._wanted
                or (work.learned and self._is_behind(work))
                or (not work.judging_seconds and (work.opened is not None or work.run in timed))
            ):
                self.ask(work)

    def time_missing(self) -> None:
        """Has judging timed for the runs of this window, too, as soon as none of them learns."""
        self._timed = True

    def _is_behind(self, work: Work) -> bool:
        """Whether its accuracy, or the last point of its curves, is of another moment."""
        measured = work.measured
        if measured is None or measured.examples != work.position.examples or not measured.whole:
            return True
        return work.ends_behind(self._store.state.digits)

    def _hear(self, known: Known[Any]) -> None:
        if isinstance(known.question, Measure):
            self._keep(known.run, known.result)

    def _keep(self, run: int, told: Timed) -> None:
        """Keeps an answer with the networks that it is about."""

        def with_it(work: Work) -> Work:
            if work.run != run:
                return work
            here = told.measured.examples == work.position.examples  # else it has moved on
            measured = told.measured if here else work.measured
            return replace(work, measured=measured, judging_seconds=told.seconds)

        self._wanted.discard(run)
        state = self._store.state
        self._runs.renew(*(with_it(work) for work in state.works if work.run == run))
        if any(work.run == run for work in state.trained.values()):
            trained = {design: with_it(work) for design, work in state.trained.items()}
            self._store.change(trained=trained)


class Comparisons:
    """Has the entrants measured and compared."""

    def __init__(self, store: Store, answers: Answers, accuracies: Accuracies) -> None:
        self._store = store
        self._answers = answers
        self._accuracies = accuracies

    def compare(self) -> None:
        """Asks how sure the differences are, if anything has changed since the last time, and
        how long judging takes."""
        self._accuracies.time_missing()
        wanted = self._store.state.comparing
        if wanted is not None:
            self._answers.get(wanted)

    def choose_baseline(self, name: str) -> None:
        """Compares the others with this entrant from now on."""
        self._store.change(baseline=self._store.state.keeping(name))
        self.compare()


class Surveys:
    """Asks all test digits about one network."""

    def __init__(self, store: Store, answers: Answers) -> None:
        self._store = store
        self._answers = answers

    def ask(self, kind: Asking[Found], force: bool = False, work: Work | None = None) -> None:
        """Asks about a network (None: the one that the page shows), unless its answer is here or
        on its way; a run that moves is asked when told to (`force`)."""
        state = self._store.state.here
        work = work or state.work
        moves = state.learns if work is state.work else state.running
        if work.learned and (force or not moves):
            self._answers.get(kind(work.asked(options=state.options)))

    def found(self, kind: Asking[Found], work: Work | None = None) -> Known[Found] | None:
        """The newest answer about a network (None: the one that the page shows)."""
        state = self._store.state.here
        work = work or state.work
        return self._answers.newest(kind(work.asked(options=state.options)))


class NeuronMeasures:
    """Asks for the measures of what is shown; those of another moment are never given out."""

    def __init__(self, store: Store, answers: Answers) -> None:
        self._store = store
        self._answers = answers

    def measure_neurons(self) -> None:
        """Has the hidden neurons shown measured, unless that is known or on its way."""
        self._answers.get(_neurons(self._store.state))

    @property
    def neurons_measured(self) -> "Detectors | None":
        """The measures of exactly the network that is shown, with the reading chosen."""
        return self._answers.result(_neurons(self._store.state))

    def measure_shapes(self, works: Sequence[Work]) -> None:
        """Has the weight images of several networks measured, unless that is known."""
        for work in works:
            self._answers.get(_shapes(work))

    def shapes_measured(self, work: Work) -> "Shapes | None":
        """The shapes in the weight images of exactly this network."""
        return self._answers.result(_shapes(work))


def _neurons(state: State) -> "MeasureNeurons":
    from nnviz.questions.detectors.measures import MeasureNeurons

    return MeasureNeurons(state.seen.asked(state.shown_reading, state.options))


def _shapes(work: Work) -> "MeasureShapes":
    from nnviz.questions.detectors.shapes import MeasureShapes

    return MeasureShapes(work.asked())


Inquiry = Callable[[Reader], Question[Found]]
"""What every reader is asked."""


class Inquiries:
    """Asks each reader once, and again when it has learned or is read otherwise."""

    def __init__(self, store: Store, answers: Answers) -> None:
        self._store = store
        self._answers = answers

    def ask(self, inquiry: Inquiry[Found], naive: bool = False) -> None:
        """Puts a question to all readers; `naive` ones are asked, too. Whoever learns is asked
        once, and again when it pauses."""
        state = self._store.state
        known = self.answers(inquiry, naive) if state.running else {}
        for reader in readers_of(state, naive):
            if reader.name not in known:
                self._answers.get(inquiry(reader))

    def answers(self, inquiry: Inquiry[Found], naive: bool = False) -> dict[str, Known[Found]]:
        """Reader -> its newest answer to a question, as far as known; of a reader that has
        learned since, or was read otherwise, what it said before."""
        found = {}
        for reader in readers_of(self._store.state, naive):
            wanted = inquiry(reader)
            known = self._answers.newest(wanted)
            if known is not None and known.question.put_to(reader) == wanted:
                found[reader.name] = known
        return found


def readers_of(state: State, naive: bool = False) -> tuple[Reader, ...]:
    """The entrants, in their order, then the naive ones."""
    works = state.entrants
    found = [reader_of(state, name, work) for name, work in works.items() if work.learned]
    if naive and state.digits.shape == GREY:
        for name in NAIVE:
            try:
                found.append(naive_reader(name))
            except NetworkFileError:
                continue  # a program without its files shows the others
    return tuple(found)


def reader_of(state: State, name: str, work: Work) -> Reader:
    """An entrant as a reader; the one on screen is read as it is on screen."""
    reading, options = state.read_as(name)
    return Reader(
        work.network,
        work.judged_by,
        reading,
        options,
        work.run,
        work.position.examples,
        name=name,
        label=state.labels[name],
        class_names=state.digits.class_names,
    )


class NearestDigits:
    """Finds the neighbours of each digit once for each network."""

    def __init__(self, store: Store, answers: Answers) -> None:
        self._store = store
        self._answers = answers

    def ask(self) -> None:
        """Asks for the neighbours of the digit on screen."""
        self._answers.get(_question(self._store.state))

    @property
    def found(self) -> "Neighbours | None":
        """The neighbours of the digit on screen, by the newest weights asked about."""
        wanted = _question(self._store.state)
        known = self._answers.newest(wanted)
        if known is None or known.question.put_to(wanted.subject) != wanted:
            return None  # of another digit
        return known.result


def _question(state: State) -> "FindNeighbours":
    from nnviz.questions.neighbours import FindNeighbours

    return FindNeighbours(state.asked(), state.pixels.tobytes())
