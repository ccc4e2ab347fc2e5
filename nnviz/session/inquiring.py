"""Putting questions to all readers at once: the networks that stand for the designs, and the
naive ones."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial
from typing import Any

from nnviz.data.digits import GREY
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import NetworkFileError
from nnviz.questions.naive import NAIVE, naive_reader
from nnviz.questions.question import Question
from nnviz.questions.readers import Reader
from nnviz.session.answers import Known
from nnviz.session.rows import Rows
from nnviz.session.state import State, Work
from nnviz.training.engine import Engine

Asking = Callable[[Reader], Question[Any]]
"""What every reader is asked."""


class Inquiring(Rows):
    """Asks each reader once, and again when it has learned or is read otherwise."""

    def __init__(self, state: State, engine: Engine) -> None:
        super().__init__(state, engine)
        self._inquired: dict[Hashable, Question[Any]] = {}  # by place

    def inquire(self, asking: Asking, naive: bool = False) -> None:
        """Puts a question to all readers whose answer is neither here nor on its way; `naive`
        ones are asked, too. Whoever learns is asked once, and again when it pauses."""
        state = self._state
        if state.engine != "ready":
            return
        for reader in readers_of(state, naive):
            wanted = asking(reader)
            before = self._inquired.get(wanted.place)
            if before is not None and (
                before.is_same(wanted) or (state.running and _moved(before, wanted))
            ):
                continue
            self._inquired[wanted.place] = wanted
            self._ask(wanted, partial(self._take_inquired, wanted))

    def inquired(self, asking: Asking, naive: bool = False) -> dict[str, Known[Any]]:
        """Reader -> its newest answer to a question, as far as known; of a reader that has
        learned since, what it said before."""
        found = {}
        for reader in readers_of(self._state, naive):
            wanted = asking(reader)
            told = self._state.inquiries.get(wanted.place)
            if told is not None and _moved(told.question, wanted):
                found[reader.name] = told
        return found

    def forget_inquiries(self) -> None:
        """The training process knows of none: it has started again, or has other digits."""
        self._inquired.clear()
        self.change(inquiries={})

    def look_at_morph(self, **changes: Any) -> None:
        """Changes fields of `State.morph`."""
        self.change(morph=replace(self._state.morph, **changes))

    def look_at_specimen(self, **changes: Any) -> None:
        """Changes fields of `State.strange`; whatever is chosen takes the place of the drawing."""
        if "measure" not in changes:
            changes = {"drawn": False} | changes
        self.change(strange=replace(self._state.strange, **changes))

    def _take_inquired(self, asked: Question[Any], found: Any) -> None:
        self.change(inquiries={**self._state.inquiries, asked.place: Known(asked, found)})


def _moved(before: Question[Any], wanted: Question[Any]) -> bool:
    """Whether both are the same question to the same run, however it is read."""
    own, its = before.about, wanted.about
    assert own is not None
    assert its is not None
    read_alike = replace(own, reading=its.reading, options=its.options)
    return own.run == its.run and before.put_to(read_alike).is_like(wanted)


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
        work.network,
        work.judged_by,
        state.shown_reading if shown else work.readings[0],
        state.options,
        work.run,
        work.position.examples,
        name=design,
        label=DESIGNS[design].label,
        class_names=state.digits.class_names,
    )
