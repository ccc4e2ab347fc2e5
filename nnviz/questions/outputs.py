"""How far each output can be trusted by itself: what it says, and how often it is so."""

from dataclasses import dataclass

import numpy as np

from nnviz.data.arrays import Bytes, Doubles, Floats, Indices
from nnviz.data.digits import Digits
from nnviz.networks.layouts import Layout
from nnviz.questions.question import Kept, Question, Subject, Working
from nnviz.questions.reliability import Reliability, added, reliability
from nnviz.verdicts.evidence import evidence_blocks

BLOCK = 1000
"""Digits between two yields."""


@dataclass(frozen=True, eq=False)
class OutputSurvey:
    """The outputs over all test digits that they are asked about."""

    outputs: Indices
    """The outputs that stand here: all of them, of heads for sets of classes that for all."""
    found: tuple[Reliability, ...]
    """One for each of them; what is true is that the output should fire."""


@dataclass(frozen=True)
class SurveyOutputs(Question[OutputSurvey]):
    """How far can each output be trusted?"""

    subject: Subject

    def work(self, digits: Digits, kept: Kept) -> Working[OutputSurvey]:
        subject, layout = self.subject, self.subject.laid_out(digits.classes)
        outputs = outputs_surveyed(layout)
        parts: list[list[Reliability]] = [[] for _ in outputs]
        start = 0
        for evidence in evidence_blocks(subject.network, layout, digits.test_images, BLOCK):
            said = evidence.scores if layout.heads else evidence.outputs[:, outputs]
            of = digits.test_labels[start : start + len(evidence)]
            start += len(evidence)
            for part, found in zip(parts, of_each(layout, outputs, said, of), strict=True):
                part.append(found)
            yield
        return OutputSurvey(outputs, tuple(added(part) for part in parts))


def outputs_surveyed(layout: Layout) -> Indices:
    """The outputs of the head of all classes where sets of classes have heads, else all."""
    if layout.heads:
        return layout.heads[tuple(range(layout.classes))]
    return np.arange(len(layout.table))


def of_each(
    layout: Layout, outputs: Indices, said: Floats | Doubles, labels: Bytes
) -> list[Reliability]:
    """What outputs say (images, outputs) of digits with these labels (images,)."""
    found = []
    for output, column in zip(outputs.tolist(), said.T, strict=True):
        wanted = layout.table[output][labels]
        asked = wanted != 0
        found.append(reliability(column[asked], wanted[asked] > 0))
    return found
