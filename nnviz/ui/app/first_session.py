"""The session that the program opens with, and an engine for one that stands still."""

from collections.abc import Sequence
from pathlib import Path

from nnviz.data.digits import Digits, DigitSet, ShownDigits, Source
from nnviz.data.idx import DigitsError
from nnviz.networks.files import NetworkFileError, digits_for, load
from nnviz.networks.settings import Settings
from nnviz.paths import TRAINED
from nnviz.questions.orientation import upright
from nnviz.questions.piecemeal import at_once
from nnviz.questions.question import Kept
from nnviz.session.autosave import Autosave
from nnviz.session.session import Session
from nnviz.training.engine import Died, Engine
from nnviz.training.messages import Answered, Ask, Asked, DigitsOpened, OpenDigits, Told, Trouble

LECTURE_SPEED = 400
"""Batches per second at the start: about one epoch of the bundled digits."""


def make_session(
    engine: Engine,
    digits: ShownDigits,
    network: Path | None = None,
    autosave: Autosave | None = None,
) -> Session:
    """A session that shows a network file: the one named, else the one shipped."""
    session = Session(engine, digits, Settings(speed=LECTURE_SPEED), autosave)
    if network is not None and session.files.open(network):
        session.digits.tell_part(network)
        return session
    told = session.state.notice  # why the file named could not be opened
    shipped = TRAINED / f"{session.state.settings.design}.safetensors"
    if session.files.open_shipped(shipped) or digits.source != Source():
        session.change(notice=told)  # with other classes than its own there is nothing to report
    return session


def digits_of_network(path: Path | None, digits: DigitSet) -> DigitSet:
    """The digits of those classes that the network of a file tells apart, if it can be read."""
    try:
        return digits if path is None else digits_for(load(path, digits), digits)
    except NetworkFileError:  # which is told where it is opened
        return digits


class StillEngine:
    """An engine that trains nothing; it only opens digits and answers.

    `whole` are the same digits with those to train, which are read anew without it.
    """

    def __init__(self, digits: ShownDigits, whole: DigitSet | None = None) -> None:
        self._digits = digits
        self._whole: Digits = whole or digits
        self._told: list[Told | Died] = []
        self._kept: Kept = {}

    def start(self) -> None:
        """There is nothing to start."""

    def stop(self) -> None:
        """There is nothing to stop."""

    @property
    def silent(self) -> bool:
        """Whether there is nothing to hear."""
        return not self._told

    def ask(self, asked: Asked) -> None:
        if isinstance(asked, OpenDigits):
            self._told.append(self._opened(asked.source))
        elif isinstance(asked, Ask):
            result = at_once(asked.question.work(self._whole, self._kept))
            self._told.append(Answered(asked.number, result))

    def _opened(self, source: Source) -> Told:
        if source == self._digits.source:
            return DigitsOpened(self._digits)
        # Pillow and all other ways of bringing digits: most pictures are of those that are there
        from nnviz.data.own_digits import opening

        try:
            self._whole, left_out = at_once(opening(source))
        except DigitsError as error:
            return Trouble("digits", str(error), "\n".join(error.left_out), error.counted > 0)
        self._digits, self._kept = self._whole.to_look_at(), {}
        return DigitsOpened(self._digits, left_out, upright(self._whole))

    def heard(self) -> Sequence[Told | Died]:
        told, self._told = self._told, []
        return told
