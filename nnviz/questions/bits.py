"""What all test digits say of the bits: how often each is right, and the exercise's assumption."""

from dataclasses import dataclass

import numpy as np

from nnviz.data.digits import Digits
from nnviz.networks.bit_layer import BIT_WEIGHTS, bit_layer, met
from nnviz.networks.codes import code_table
from nnviz.questions.question import Kept, Question, Subject, Working


@dataclass(frozen=True)
class BitLayerSurvey:
    """How the layer of the book's exercise does on real outputs; counts of test digits."""

    images: int
    met: int
    """The outputs are what the exercise assumes."""
    right: dict[str, int]
    """One of BIT_WEIGHTS -> the bits above 0 spell the label."""
    strongest_right: int
    """The strongest output alone is right."""
    lost: int
    """The strongest output is right and the layer of 0 and 1 wrong."""
    lost_faint: int
    """Of those, no output is above 0.5."""


@dataclass(frozen=True)
class SurveyBitLayer(Question[BitLayerSurvey]):
    """Puts both layers on top of one-hot outputs; several of one class count by their mean."""

    subject: Subject

    def work(self, digits: Digits, kept: Kept) -> Working[BitLayerSurvey]:
        words = code_table("natural", digits.classes) > 0
        layers = {kind: bit_layer(kind, digits.classes) for kind in BIT_WEIGHTS}
        right = dict.fromkeys(layers, 0)
        fulfilled = strongest = lost = faint = 0
        for evidence, given in self.subject.tested(digits):
            outputs = evidence.scores.astype(np.float32)
            spelled = {
                kind: ((layer.sums(outputs) > 0) == words[:, given].T).all(axis=1)
                for kind, layer in layers.items()
            }
            best = outputs.argmax(axis=1) == given
            missed = best & ~spelled["zero-one"]
            fulfilled += int(met(outputs, given).sum())
            strongest += int(best.sum())
            lost += int(missed.sum())
            faint += int((missed & (outputs.max(axis=1) <= 0.5)).sum())
            for kind, found in spelled.items():
                right[kind] += int(found.sum())
            yield
        return BitLayerSurvey(len(digits.test_labels), fulfilled, right, strongest, lost, faint)


@dataclass(frozen=True)
class BitSurvey:
    """How often each bit is right."""

    right: tuple[float, ...]
    """For each bit the fraction of test digits."""


@dataclass(frozen=True)
class SurveyBits(Question[BitSurvey]):
    """Compares each bit, 1 above 0.5, with the code word of the label."""

    subject: Subject

    def work(self, digits: Digits, kept: Kept) -> Working[BitSurvey]:
        fires = self.subject.laid_out(digits.classes).words > 0
        right = np.zeros(len(fires), np.intp)
        for evidence, given in self.subject.tested(digits):
            right += ((evidence.bits > 0.5) == fires[:, given].T).sum(axis=0)
            yield
        return BitSurvey(tuple((right / len(digits.test_labels)).tolist()))
