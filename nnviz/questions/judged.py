"""What one network says of all test digits: the answer, and how likely each class is.

Of that, how often each class is read as each other one (the confusion matrix), and what every
network says of some digits, as a table for other programs.
"""

import csv
import io
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.data.arrays import Bytes, Counts, Floats, joined
from nnviz.data.digits import Digits
from nnviz.questions.question import Kept, Question, Subject, Working
from nnviz.verdicts.answers import NOT_A_DIGIT
from nnviz.verdicts.evidence import Evidence, evidence_blocks
from nnviz.verdicts.readings import READINGS


@dataclass(frozen=True, eq=False)
class Judged:
    """The answers of one network."""

    answers: NDArray[np.int8]
    """(images,): the class, or NOT_A_DIGIT"""
    confidence: Floats
    """(images,) in 0..1: how much of what was said speaks for the answer (see
    `Verdict.confidence`)"""
    probabilities: Floats
    """(images, classes): how likely each class is (see `Reading.probabilities`). What is missing
    to 1 is NOT_A_DIGIT, under the one reading that has it."""
    outputs: Floats | None
    """(images, classes) in 0..1: the output for each class, of an ensemble the mean of its
    members; None where outputs speak for more or less than one class"""

    @cached_property
    def chances(self) -> Floats:
        """(images,): how likely the answer is."""
        own = np.take_along_axis(self.probabilities, np.maximum(self.answers, 0)[:, None], 1)[:, 0]
        return np.where(self.answers == NOT_A_DIGIT, self._missing, own).astype(np.float32)

    def sureness(self, shares: bool) -> Floats:
        """(images,) in 0..1: how sure each answer is: its share of 100 % (see `chances`), or what
        its output says; where no output speaks for one class, what the reading says."""
        if shares:
            return self.chances
        if self.outputs is None:
            return self.confidence
        own = np.take_along_axis(self.outputs, np.maximum(self.answers, 0)[:, None], axis=1)[:, 0]
        return np.where(self.answers == NOT_A_DIGIT, self.confidence, own).astype(np.float32)

    @cached_property
    def margin(self) -> Floats:
        """(images,): how much likelier the answer is than the next class; below 0 where the
        reading did not choose the likeliest."""
        others = self.probabilities.copy()
        rows = np.flatnonzero(self.answers != NOT_A_DIGIT)
        others[rows, self.answers[rows]] = -1
        return np.asarray(self.chances - others.max(axis=1))

    @property
    def _missing(self) -> Floats:
        return np.asarray(np.maximum(0, 1 - self.probabilities.sum(axis=1)))


@dataclass(frozen=True)
class Judge(Question[Judged]):
    """What does a network say of all test digits?"""

    subject: Subject

    @property
    def place(self) -> Hashable:
        """That of the network in one reading: a page may ask about two readings at a time."""
        return type(self), self.subject.run, self.subject.used_reading

    def work(self, digits: Digits, kept: Kept) -> Working[Judged]:
        parts = []
        for evidence, _ in self.subject.tested(digits):
            parts.append(judged_of(self.subject, evidence))
            yield
        return joined(parts)


def judged_of(subject: Subject, evidence: Evidence) -> Judged:
    """What a network says, from its evidence of some images."""
    layout, options = evidence.layout, subject.options
    reading = READINGS[subject.used_reading]
    read = reading.read(evidence, options)
    return Judged(
        read.classes.astype(np.int8),
        reading.confidences(evidence, read, options).astype(np.float32),
        reading.probabilities(evidence).astype(np.float32),
        evidence.scores.astype(np.float32) if layout.one_hot and not layout.heads else None,
    )


def judge_images(subject: Subject, images: Bytes, classes: int) -> Judged:
    """What a network says of a few images (images, inputs) 0..255 that tell so many classes
    apart, such as drawings."""
    layout = subject.laid_out(classes)
    blocks = evidence_blocks(subject.altered, layout, images)
    return joined([judged_of(subject, each) for each in blocks])


def confusion(answers: NDArray[np.int8], labels: Bytes, classes: int) -> Counts:
    """(classes, classes + 1): digits of the row's class that were read as the column's.

    answers (images,), labels (images,); the last column counts what is read as no class.
    """
    said = np.where(answers < 0, classes, answers).astype(np.intp)
    cells = labels.astype(np.intp) * (classes + 1) + said
    return np.bincount(cells, minlength=classes * (classes + 1)).reshape(classes, classes + 1)


def answers_csv(
    images: Iterable[int],
    labels: Bytes,
    class_names: Sequence[str],
    judged: Mapping[str, Judged],
    files: Sequence[str] = (),
) -> bytes:
    """CSV: a line per digit, with its number (`index`), its label, and of each network the
    answer and the confidence 0..1; where digits were read from pictures, with their name (`file`).

    images: numbers of the digits; labels (all test digits,); judged: name of the column ->
    what a network says of all of them; files (all test digits,) or none.
    """
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    columns = [words for name in judged for words in (name, f"{name} confidence")]
    lines.writerow(["index", "label", *(["file"] if files else []), *columns])
    for image in images:
        said = [
            words
            for each in judged.values()
            for words in (
                _named(class_names, int(each.answers[image])),
                f"{each.confidence[image]:.4f}",
            )
        ]
        file = [files[image]] if files else []
        lines.writerow([image, class_names[labels[image]], *file, *said])
    return text.getvalue().encode()


def _named(class_names: Sequence[str], answer: int) -> str:
    return "not a digit" if answer == NOT_A_DIGIT else class_names[answer]
