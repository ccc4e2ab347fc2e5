"""Judging a network anew while its hidden neurons are operated on."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnviz.data.digits import Digits
from nnviz.questions.kept_activity import KeptActivity
from nnviz.questions.question import Kept, Question, Subject, Working

Doubles = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Operated:
    """What a network says with operations in force."""

    accuracy: float
    before: float
    """Accuracy without the operations"""
    answers: NDArray[np.int8]
    """(test images,): with the operations"""
    means: Doubles
    """(networks, hidden): mean activities without the operations (see `operations.operated`)"""


@dataclass(frozen=True)
class Operate(Question[Operated]):
    """What do all test digits say with these operations in force? Without any: get ready for some.

    The activity of the network last asked about is kept, so that every further operation costs
    a part of the read-out only.
    """

    urgent: ClassVar[bool] = True
    subject: Subject

    def work(self, digits: Digits, kept: Kept) -> Working[Operated]:
        subject = self.subject
        layout, reading = subject.laid_out(digits.classes), subject.used_reading
        labels, options = digits.test_labels, subject.options
        activity: KeptActivity | None = kept.get(KeptActivity)
        if activity is None or not activity.is_of(
            subject.network, layout, reading, labels, options
        ):
            kept.pop(KeptActivity, None)  # two of them need not be in memory at once
            activity = KeptActivity(
                subject.network, layout, reading, digits.test_images, labels, options
            )
            yield from activity.filling()
            kept[KeptActivity] = activity
        answers = yield from activity.judging(subject.operations)
        accuracy = activity.accuracy_of(answers)
        return Operated(accuracy, activity.accuracy, answers, activity.means)
