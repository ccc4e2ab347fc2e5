"""Putting questions to all readers at once: the networks that stand for the designs, and the
naive ones."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nnviz.data.digits import GREY
from nnviz.networks.designs import DESIGNS
from nnviz.networks.files import NetworkFileError
from nnviz.questions.naive import NAIVE, naive_reader
from nnviz.questions.question import Found, Question
from nnviz.questions.readers import Reader
from nnviz.session.answers import Answers
from nnviz.session.known import Known
from nnviz.session.state import State, Work
from nnviz.session.store import Store

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

    def look_at_morph(self, **changes: Any) -> None:
        """Changes fields of `State.morph`."""
        self._store.change(morph=replace(self._store.state.morph, **changes))

    def look_at_specimen(self, **changes: Any) -> None:
        """Changes fields of `State.strange`; whatever is chosen takes the place of the drawing."""
        if "measure" not in changes:
            changes = {"drawn": False} | changes
        self._store.change(strange=replace(self._store.state.strange, **changes))


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
