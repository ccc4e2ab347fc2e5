"""What the training loop does between two looks for commands, and how much of it is measuring.

Processor time of every slice of work and of every message, once a run is ready: at full speed on a
large set of digits, while snapshots are copied, epochs begin and questions are answered.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nnviz.data.digits import Source
from nnviz.networks.curves import Position
from nnviz.networks.layouts import layout_of
from nnviz.networks.network import Network, initial_network
from nnviz.networks.settings import Settings
from nnviz.questions.accuracy import Measure, OnCurve
from nnviz.questions.bits import SurveyBitLayer, SurveyBits
from nnviz.questions.detectors.measures import MeasureNeurons
from nnviz.questions.detectors.shapes import MeasureShapes
from nnviz.questions.detectors.templates import MeasureTemplates
from nnviz.questions.elimination import SurveyDepartures, SurveySavings
from nnviz.questions.judged import Judge
from nnviz.questions.kept_activity import Operate
from nnviz.questions.morphs import FindTurns
from nnviz.questions.neighbours import FindNeighbours
from nnviz.questions.question import Question, Subject
from nnviz.questions.readers import Reader
from nnviz.questions.reliability import SurveyOutputs
from nnviz.questions.strangeness import JudgeSpecimens
from nnviz.questions.votes import SurveyVotes
from nnviz.training.loop import TrainingLoop
from nnviz.training.messages import Ask, BeginRun, DigitsOpened, Go, Look, OpenDigits, Told

CLASS_NAMES = tuple("0123456789")
SNAPSHOTS = 1 / 30
"""Seconds between two snapshots asked for."""


@dataclass
class Slices:
    """Seconds of processor time, each of one turn of the loop."""

    learning: list[float] = field(default_factory=list)
    measuring: list[float] = field(default_factory=list)
    beginning: list[float] = field(default_factory=list)
    """Of a run, with the first measuring of all digits"""
    answering: dict[str, list[float]] = field(default_factory=dict)
    """Question -> turns while it is answered; learning goes on between them"""
    hearing: list[float] = field(default_factory=list)
    """Of a message: most are snapshots to be copied"""
    points: int = 0
    """Of the curves, in the first epoch"""

    @property
    def all(self) -> list[float]:
        """Every turn."""
        answered = [each for turns in self.answering.values() for each in turns]
        own = self.learning, self.measuring, self.beginning, self.hearing
        return [each for turns in own for each in turns] + answered

    @property
    def share_of_measuring(self) -> float:
        """Of learning and measuring in the first epoch, 0..1."""
        measured = sum(self.measuring)
        return measured / (measured + sum(self.learning))

    def percentile(self, share: float = 99.0) -> float:
        """Milliseconds that so many percent of all turns take at most."""
        return 1000 * float(np.percentile(self.all, share))


class Looker:
    """A training loop on one set of digits, whose turns are timed."""

    def __init__(self, source: Source) -> None:
        self._told: list[Told] = []
        self._loop = TrainingLoop(self._told.append)
        self._loop.hear(OpenDigits(source))
        (opened,) = (each for each in self._told if isinstance(each, DigitsOpened))
        self._shown = opened.digits
        self._runs = 0

    def start(self, settings: Settings, trunk: Network | None = None) -> Network:
        """The random start of a run."""
        return initial_network(settings, self._shown.inputs, self._shown.classes, trunk)

    def epochs(
        self, settings: Settings, network: Network, ask: bool = True, more: int = 1
    ) -> Slices:
        """Turns of a run: its beginning, its first epoch and `more` epochs, and then, while it
        goes on, all questions that can be asked of its design."""
        found = Slices()
        self._runs += 1
        self._hear(BeginRun(self._runs, settings, network, Position(), ()), found.beginning)
        self._until_rest(found.beginning, found.beginning, found.hearing)
        for epoch in range(1 + more):
            self._loop.hear(Go(to_epoch_end=True))
            learned, measured = (found.learning, found.measuring) if not epoch else ([], [])
            self._until_rest(learned, measured, found.hearing)
            found.points = found.points or len(self._lane._trainer.points)
            found.beginning += [*learned, *measured] if epoch else []
        if ask:
            self._loop.hear(Go())
            for question in questions(settings, self._lane._trainer.network()):
                found.answering[type(question).__name__] = list(self._answering(question))
        return found

    @property
    def _lane(self) -> Any:
        return self._loop._lanes[self._runs]

    def _until_rest(self, learned: list[float], measured: list[float], heard: list[float]) -> None:
        looked = time.monotonic()
        while True:
            steps, began = self._lane.position.steps, time.process_time()
            rests = self._loop.work() is None
            taken = time.process_time() - began
            (measured if steps == self._lane.position.steps else learned).append(taken)
            if rests:
                return
            if time.monotonic() - looked > SNAPSHOTS:
                looked = time.monotonic()
                self._hear(Look(0, 0, self._runs), heard)

    def _answering(self, question: Question[Any]) -> Iterator[float]:
        self._told.clear()
        self._loop.hear(Ask(1, question))
        while not self._told:
            began = time.process_time()
            self._loop.work()
            yield time.process_time() - began

    def _hear(self, asked: Any, heard: list[float]) -> None:
        began = time.process_time()
        self._loop.hear(asked)
        heard.append(time.process_time() - began)


def questions(settings: Settings, network: Network) -> list[Question[Any]]:
    """Those that can be asked of a network while it learns."""
    subject = Subject(network, settings)
    layout = layout_of(settings, len(CLASS_NAMES))
    reader = Reader(network, settings, name=settings.design, label="", class_names=CLASS_NAMES)
    found: list[Question[Any]] = [
        Measure(subject, OnCurve(settings.cost, 5000)),
        Judge(subject),
        SurveyDepartures(subject),
        SurveySavings(subject),
        SurveyOutputs(subject),
        SurveyVotes(subject),
        Operate(subject),
        MeasureNeurons(subject),
        MeasureShapes(subject),
        MeasureTemplates(subject),
        FindNeighbours(subject, bytes(network.inputs)),
        FindTurns(reader, 3, 8, "fade"),
        JudgeSpecimens(reader),
    ]
    if settings.design == "ten-outputs":
        found.append(SurveyBitLayer(subject))
    return [*found, SurveyBits(subject)] if layout.has_bits else found
