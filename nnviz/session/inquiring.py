"""Putting questions to all readers at once: the networks that stand for the designs, and the
naive ones."""

from dataclasses import replace
from typing import Any

from nnviz.data.digits import GREY
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import NetworkFileError
from nnviz.questions.inquiries import Asked, Inquired, Inquiry, Question, asked_of
from nnviz.questions.naive import NAIVE, naive_reader
from nnviz.questions.readers import Reader
from nnviz.session.process import Process
from nnviz.session.state import State, Work
from nnviz.session.store import Store


class Inquiries:
    """Asks each reader once, and again when it has learned or is read otherwise."""

    def __init__(self, store: Store, process: Process) -> None:
        self._store = store
        self._process = process
        process.renewed.append(self.forget)
        self._inquired: dict[tuple[type, str], tuple[Question, Asked]] = {}

    def ask(self, question: Question, naive: bool = False) -> None:
        """Puts a question to all readers whose answer is neither here nor on its way; `naive`
        ones are asked, too. Whoever learns is asked once, and again when it pauses."""
        state = self._store.state
        if state.engine != "ready":
            return
        for reader in readers_of(state, naive):
            key, wanted = (type(question), reader.name), (question, asked_of(reader))
            before = self._inquired.get(key)
            moved = before is not None and before[0] == question and before[1].run == reader.run
            if before == wanted or (state.running and moved):
                continue
            self._inquired[key] = wanted
            self._process.ask(Inquiry(question, reader))

    def answers(self, question: Question, naive: bool = False) -> dict[str, Inquired]:
        """Reader -> its newest answer to a question, as far as known; of a reader that has
        learned since, what it said before."""
        found = {}
        for reader in readers_of(self._store.state, naive):
            told = self._store.state.inquiries.get((type(question), reader.name))
            if told is not None and told.question == question and told.asked.run == reader.run:
                found[reader.name] = told
        return found

    def forget(self) -> None:
        """The training process knows of none: it has started again, or has other digits."""
        self._inquired.clear()
        self._store.change(inquiries={})

    def look_at_morph(self, **changes: Any) -> None:
        """Changes fields of `State.morph`."""
        self._store.change(morph=replace(self._store.state.morph, **changes))

    def look_at_specimen(self, **changes: Any) -> None:
        """Changes fields of `State.strange`; whatever is chosen takes the place of the drawing."""
        if "measure" not in changes:
            changes = {"drawn": False} | changes
        self._store.change(strange=replace(self._store.state.strange, **changes))

    def take(self, told: Inquired) -> None:
        """Keeps an answer."""
        inquiries = dict(self._store.state.inquiries)
        inquiries[type(told.question), told.name] = told
        self._store.change(inquiries=inquiries)


def readers_of(state: State, naive: bool = False) -> tuple[Reader, ...]:
    """The networks that stand for the designs, in their order, then the naive ones."""
    works = state.representatives
    found = [reader_of(state, design, work) for design, work in works.items() if work.learned]
    if naive and state.digits.shape == GREY:
        for name in NAIVE:
            try:
                found.append(naive_reader(name))
            except NetworkFileError:
                continue  # a program without its files shows the others
    return tuple(found)


def reader_of(state: State, design: str, work: Work) -> Reader:
    """A network as a reader; the one on screen is read as it is on screen."""
    shown = design == state.design
    return Reader(
        design,
        DESIGNS[design].label,
        work.network,
        work.judged_by,
        state.digits.class_names,
        state.shown_reading if shown else work.readings[0],
        state.options,
        run=work.run,
        examples=work.position.examples,
    )
