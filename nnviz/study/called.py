"""The naive child: who was only taught some classes, and calls everything by their names."""

from collections.abc import Mapping

import numpy as np

from nnviz.data.arrays import Bools, Bytes, Doubles, Indices
from nnviz.data.digits import DigitSet
from nnviz.data.specimens import kinds_for, material_of, specimen
from nnviz.study.answering import meant, options_of, outcome_with, work_of
from nnviz.study.chance import Purpose, chance_of
from nnviz.study.learning import Progress
from nnviz.study.made import Made
from nnviz.study.plan import SchemeEntry, Study
from nnviz.study.rows import Outcome
from nnviz.study.schemes import reading_of
from nnviz.verdicts.answers import Answers, Options
from nnviz.verdicts.evidence import Evidence
from nnviz.verdicts.readings import READINGS, Reading

OF_A_KIND = 200
"""Specimens of each kind that are asked about."""
SAYS, SURE = 0.5, 0.9
"""From here on an output says that it sees its class, and that it is sure."""


def specimens_of(study: Study, trial: int, digits: DigitSet) -> dict[str, Bytes]:
    """Kind -> images (images, inputs) that are no digits, drawn for a trial; none where the kind
    cannot be made beside these digits, and none at all of pictures in colour."""
    seed = int(chance_of(study, trial, Purpose.SPECIMENS).integers(1_000_000_000))
    material = material_of(digits)
    if material.shape[2] > 1:
        return {}
    found = {}
    for name, kind in kinds_for(material).items():
        if not kind.digit:
            numbers = range(min(OF_A_KIND, kind.count))
            found[name] = np.stack([specimen(name, each, seed, material) for each in numbers])
    return found


def outcome_of_called(
    study: Study,
    entry: SchemeEntry,
    made: Made,
    digits: DigitSet,
    specimens: Mapping[str, Bytes],
    progress: Progress,
) -> Outcome:
    """How much that is of none of the classes in question is called one of them.

    `accuracy` is that share of the other test images; an image of the classes is right where it
    is called its own, another where it is called none of them. Figures: `called:KIND` is the
    share of specimens of a kind, `called:NAME` of the test images of another class; `sure` of
    all the others that are called so with more than nine tenths.
    """
    called = [digits.class_names.index(each) for each in study.called]
    reading, options = reading_of(entry), options_of(entry)
    answered, said, sure = _asked(entry, made, digits.test_images, progress)
    labels = digits.test_labels
    other = ~np.isin(labels, called)
    wrongly = said & np.isin(answered, called)
    right = np.where(other, ~wrongly, wrongly & (answered == labels))
    figures = {"sure": _share(wrongly & sure, other)}
    for number, name in enumerate(digits.class_names):
        own = labels == number
        if number not in called and own.any():
            figures[f"called:{name}"] = float(wrongly[own].mean())
    for kind, images in specimens.items():
        classes, says, _ = _asked(entry, made, images, progress)
        figures[f"called:{kind}"] = float(np.mean(says & np.isin(classes, called)))
    first = made.answers(digits.test_images[:1], reading, options, progress)
    work = work_of(made.network, made.layout, reading, options, first)
    return outcome_with(made, digits, right, _share(wrongly, other), work, figures)


def _share(which: Bools, among: Bools) -> float:
    """What part of some images some are; 0 where there are none."""
    return float(which[among].mean()) if among.any() else 0.0


def _asked(
    entry: SchemeEntry, made: Made, images: Bytes, progress: Progress
) -> tuple[Indices, Bools, Bools]:
    """-> the answers (images,), as classes of the study; whether the outputs say them: where
    each speaks for a class, that of the answer is above one half, else whatever is said; and
    whether they are sure of them."""
    reading, options = READINGS[reading_of(entry)], options_of(entry)
    answered, says, sure = [], [], []
    for evidence in made.evidence(images, progress):
        answers = reading.read(evidence, options)
        answered.append(meant(made, answers.classes))
        says.append(_says(evidence, answers))
        sure.append(_confidences(evidence, answers, reading, options) > SURE)
    return np.concatenate(answered), np.concatenate(says), np.concatenate(sure)


def _confidences(
    evidence: Evidence, answers: Answers, reading: Reading, options: Options
) -> Doubles:
    """(images,): what the output of the answer says, where each speaks for a class; else what
    the reading has for it."""
    if evidence.layout.one_hot:
        return np.asarray(evidence.scores[np.arange(len(evidence)), answers.classes])
    return reading.confidences(evidence, answers, options)


def _says(evidence: Evidence, answers: Answers) -> Bools:
    if not evidence.layout.one_hot:
        return np.ones(len(evidence), bool)
    rows = np.arange(len(evidence))
    return np.asarray(evidence.scores[rows, answers.classes] > SAYS)
