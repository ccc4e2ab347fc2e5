"""Measures a whole trial of a study against a loop of scikit-learn's classifier."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.neural_network import MLPClassifier

from nnviz.data.digits import DigitSet
from nnviz.networks.codes import code_table
from nnviz.networks.network import as_inputs
from nnviz.networks.settings import Settings
from nnviz.study.digits import open_study_digits
from nnviz.study.plan import SchemeEntry, Study, StudyDigits
from nnviz.study.rows import Place
from nnviz.study.trials import Task, run_trial
from tests.speed.digit_folders import folder_of
from tests.speed.learners.scikit import plain_descent
from tests.speed.rounds import time_steps, times_faster
from tests.speed.row import Row

EPOCHS = 30
LIMIT = 15
SCHEMES = (SchemeEntry("Ten outputs", "ten-outputs"), SchemeEntry("Four bits", "four-bits"))


def measure(rounds: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as home:
        folder = folder_of("mnist", Path(home))
    where = StudyDigits("mnist", folder) if folder else StudyDigits()
    study = Study("Ten against four outputs", "", SCHEMES, where)
    digits = open_study_digits(study)
    taken = time_steps(
        {"ours": _Ours(study, digits), "scikit-learn": _Loop(digits)},
        {"ours": EPOCHS, "scikit-learn": 1},
        min(rounds, 3),
    )
    row = times_faster(
        "study-ten-or-four",
        f"a trial of a study: ten outputs and four bits, {len(digits.train_labels):,} digits, "
        f"{EPOCHS} epochs and all answers; an epoch of both",
        "one epoch of scikit-learn's MLPClassifier for each, without answers",
        taken,
        LIMIT,
        "scikit-learn",
    )
    return [row]


class _Ours:
    """The next trials of a study."""

    def __init__(self, study: Study, digits: DigitSet) -> None:
        self._study, self._digits, self._trial = study, digits, 0

    def learn(self, epochs: int) -> None:
        self._trial += 1
        study = replace(self._study, learning=replace(self._study.learning, epochs=epochs))
        run_trial(Task(study, Place(0, self._trial)), self._digits)


class _Loop:
    """One classifier after the other, as anybody would write it."""

    def __init__(self, digits: DigitSet) -> None:
        inputs, labels = as_inputs(digits.train_images), digits.train_labels
        bits = (code_table("natural", digits.classes).T[labels] > 0).astype(int)
        self._learn: Sequence[Callable[[], MLPClassifier]] = (
            lambda: plain_descent(Settings()).partial_fit(inputs, labels, classes=np.arange(10)),
            lambda: plain_descent(Settings()).partial_fit(inputs, bits, classes=np.arange(4)),
        )

    def learn(self, epochs: int) -> None:
        for each in self._learn:
            for _ in range(epochs):
                each()
